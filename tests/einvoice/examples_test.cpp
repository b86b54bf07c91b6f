// The documents of the specification page, with the verdicts that it gives.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "tests/einvoice/verdicts.hpp"

namespace brygga::einvoice::testing {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string example(std::string_view name) {
    std::ostringstream out;
    out << std::ifstream(std::filesystem::path(BRYGGA_SHARED_DIR) / "specs/einvoice-examples" / name, std::ios::binary).rdbuf();
    return out.str();
}

TEST(einvoice_examples, are_judged_as_the_official_rules_judge_them) {
    if (example("peppol-credit-note.xml").empty()) GTEST_SKIP() << "no examples are there";
    EXPECT_THAT(broken_by(example("peppol-combined-invoice.xml")), IsEmpty());
    EXPECT_THAT(broken_by(example("peppol-credit-note.xml")), IsEmpty());
    EXPECT_THAT(broken_by(example("bank-route-consumer-invoice.xml")), ElementsAre("PEPPOL-EN16931-R010", "PEPPOL-EN16931-R020"));
}

}  // namespace

}  // namespace brygga::einvoice::testing
