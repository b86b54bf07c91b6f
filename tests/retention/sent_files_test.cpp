// Originals of files that were sent go by the same rule, once nobody needs them any more.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "connectors/intake/original_store.hpp"
#include "formats/core/sha256.hpp"
#include "tests/dispatch/office.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/ledger/store_fixture.hpp"
#include "tests/retention/years.hpp"

namespace brygga::retention::test {
namespace {

namespace fs = std::filesystem;
using dispatch::test::office;
using ledger::must;
using ledger::sending;
using testing::HasSubstr;

class sent_files : public testing::Test {
 protected:
    static void settle(office& at) {
        at.with.retention.originals_years = 7;
        at.how.base.files = &at.files;
    }
    static std::uint64_t removed_from(office& at) {
        at.clock.now_ms = eighth_year;
        return retain(at.with, *at.store, at.how.base, extent::all).originals.files;
    }
    static ledger::row_id only_file(office& at) {
        const auto in = must(at.store->begin_read("energi"));
        return must(in->retention().uses()).at(0).id;
    }
    static void add(office& at, sending state) {
        auto into = must(at.store->begin("energi"));
        must(into->exchange().add_event(only_file(at), {state, 0, "r", "eva", 0}));
        must(into->commit());
    }

    intake_test::scratch_folder folder_;
};

TEST_F(sent_files, stay_until_they_have_come_to_their_end) {
    office at(folder_.path());
    settle(at);
    at.lay("pain.xml", dispatch::test::payment_order());
    ASSERT_EQ(at.run().files.size(), 1U);
    for (const sending state : {sending::queued, sending::sending, sending::uploaded, sending::failed, sending::rejected}) {
        add(at, state);
        EXPECT_EQ(removed_from(at), 0U) << name(state);
    }
    add(at, sending::closed);
    EXPECT_EQ(removed_from(at), 0U) << "closed now: seven years from now";
    at.clock.now_ms += 8 * 366 * one_day;
    EXPECT_EQ(retain(at.with, *at.store, at.how.base, extent::all).originals.files, 1U);
}

TEST_F(sent_files, go_when_they_were_sent_and_nothing_is_to_come_back) {
    office at(folder_.path());
    settle(at);
    at.lay("pain.xml", dispatch::test::payment_order());
    ASSERT_EQ(at.run().files.at(0).state, sending::sent);
    EXPECT_EQ(removed_from(at), 1U);
    // Queued once more all the same, it goes nowhere.
    add(at, sending::queued);
    ASSERT_EQ(at.run().files.size(), 1U);
    EXPECT_NE(at.queue(), std::vector<std::string>{"pain.xml sent 1 now"});
}

TEST_F(sent_files, stay_while_their_answer_is_missing) {
    office at(folder_.path(), "formats = ['pain.001']\nanswered_within_minutes = 60\n");
    settle(at);
    at.lay("pain.xml", dispatch::test::payment_order());
    ASSERT_EQ(at.run().files.at(0).state, sending::sent);
    EXPECT_EQ(removed_from(at), 0U);
    add(at, sending::confirmed);
    at.clock.now_ms += 8 * 366 * one_day;
    EXPECT_EQ(retain(at.with, *at.store, at.how.base, extent::all).originals.files, 1U);
}

// Bytes that had come from somebody before, and are laid out to be sent while that original goes.
TEST_F(sent_files, whose_bytes_are_removed_while_they_are_queued_are_kept_again_at_the_next_pass) {
    office at(folder_.path());
    settle(at);
    const std::string bytes = dispatch::test::payment_order();
    intake_test::put(folder_.path() / "came.xml", bytes);
    ledger::exchanged_file came;
    came.claim = "0SA94VZH27K4B";
    came.name = "came.xml";
    came.sha256 = sha256_hex(bytes);
    came.size_bytes = static_cast<std::int64_t>(bytes.size());
    came.receipt = "{}";
    const auto store = must(intake::open_originals(filedrop::posix_file_system(), at.with.originals, {}));
    must(store->keep(folder_.path() / "came.xml", {came.sha256, bytes.size()}, came.claim));
    auto into = must(at.store->begin("energi"));
    must(into->add_file(came));
    must(into->commit());
    into.reset();

    at.clock.now_ms = eighth_year;
    at.lay("pain.xml", bytes);
    const fs::path original = at.with.originals / came.sha256.substr(0, 2) / came.sha256;
    at.files.at_look = [&](const fs::path& file) {
        if (file == original) fs::remove(original);
    };
    const auto cut = at.run();
    ASSERT_EQ(cut.troubles.size(), 1U);
    EXPECT_THAT(cut.troubles[0].text, HasSubstr("retention removed an earlier original"));
    EXPECT_TRUE(at.queue().empty());
    at.files.at_look = {};
    EXPECT_EQ(at.run().files.at(0).state, sending::sent);
    EXPECT_TRUE(store->prove({came.sha256, bytes.size()}));
}

}  // namespace
}  // namespace brygga::retention::test
