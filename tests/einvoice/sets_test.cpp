// Every case of the published test sets that are there, and of our own, which have one that holds and one that does not for each
// rule.
#include <map>

#include <gtest/gtest.h>

#include "tests/einvoice/test_sets.hpp"
#include "tests/einvoice/verdicts.hpp"

namespace brygga::einvoice::testing {

namespace {

void expect_verdicts(const set_test& test) {
    const std::set<std::string> broken = broken_by(test.document);
    for (const expected_verdict& each : test.verdicts)
        EXPECT_EQ(broken.contains(each.rule), !each.holds) << test.file << " test " << test.number << ": " << each.rule;
}

TEST(published_sets, every_asserted_verdict_is_met) {
    const auto tests = tests_of_folder(std::filesystem::path(BRYGGA_SHARED_DIR) / "samples/einvoice/cen-unit");
    if (tests.empty()) GTEST_SKIP() << "no published test sets are there";
    for (const set_test& each : tests)
        expect_verdicts(each);
}

}  // namespace

}  // namespace brygga::einvoice::testing
