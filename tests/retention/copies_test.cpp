// Copies in archive/ and rejected/: only what the ledger knows by claim and bytes, and only while its original is safe.
#include <filesystem>
#include <string>

#include <gmock/gmock.h>

#include "connectors/intake/detail/work.hpp"
#include "tests/inbound/bgmax_text.hpp"
#include "tests/ledger/store_fixture.hpp"
#include "tests/retention/years.hpp"

namespace brygga::retention::test {
namespace {

namespace fs = std::filesystem;
using intake_test::put;
using intake_test::site;
using ledger::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class copies : public testing::Test {
 protected:
    copies() {
        place_.with.retention.archive_days = 90;
        place_.with.retention.rejected_days = 30;
        place_.deliver("paid.txt", intake_test::paid_file());
        place_.deliver("blank.txt", "\r\n");
        EXPECT_EQ(place_.run().files.size(), 2U);
        came_ = place_.clock.now_ms;
    }

    retention_report after(std::int64_t days) {
        place_.clock.now_ms = came_ + days * one_day;
        return retain_all(place_);
    }
    // With receipts.
    [[nodiscard]] static std::size_t names_in(const fs::path& folder) {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }
    [[nodiscard]] fs::path archive() const { return place_.tenant().archive(); }
    [[nodiscard]] fs::path rejected() const { return place_.tenant().rejected(); }
    [[nodiscard]] fs::path original() const {
        const std::string hash =
            must(must(place_.store->begin_read(place_.tenant().id))->files_named("paid.txt", 1)).at(0).sha256;
        return place_.with.originals / hash.substr(0, 2) / hash;
    }

    intake_test::scratch_folder folder_;
    site place_{folder_.path()};
    ledger::timestamp_ms came_{};
};

TEST_F(copies, go_with_their_receipts_after_their_days) {
    EXPECT_EQ(names_in(archive()), 2U);
    EXPECT_THAT(told_of(after(29)), IsEmpty());
    EXPECT_THAT(told_of(after(30)), ElementsAre("provbolaget rejected 1, 2 bytes, 0 unknown"));
    EXPECT_EQ(names_in(rejected()), 0U);
    EXPECT_THAT(told_of(after(89)), IsEmpty());
    EXPECT_EQ(names_in(archive()), 2U);
    const auto last = after(90);
    EXPECT_EQ(last.kinds.at(0).removed.files, 1U);
    EXPECT_THAT(troubles_of(last), IsEmpty());
    EXPECT_EQ(names_in(archive()), 0U);
    EXPECT_EQ(kept_originals(place_), 2U);
    EXPECT_THAT(told_of(after(91)), IsEmpty());
}

TEST_F(copies, stay_where_nothing_is_said_of_them) {
    place_.with.retention.archive_days.reset();
    EXPECT_EQ(after(1000).kinds.size(), 1U);
    EXPECT_EQ(names_in(archive()), 2U);
    place_.with.retention = {};
    EXPECT_EQ(after(1000).kinds.size(), 0U);
}

TEST_F(copies, of_others_are_counted_and_never_touched) {
    put(archive() / "mine.txt", "mine");
    put(archive() / "note.receipt.json", "{}");
    put(archive() / "stranger.txt", "stranger");
    put(archive() / "stranger.txt.receipt.json", R"({"receipt": 1, "claim": "0SA94VZH27K4B", "outcome": "archived"})");
    fs::create_directory(archive() / "folder");
    fs::create_symlink(archive() / "mine.txt", archive() / "link.txt");
    fs::create_symlink(archive() / "paid.txt.receipt.json", archive() / "link.txt.receipt.json");
    const auto told = after(90);
    EXPECT_EQ(told.kinds.at(0).removed.files, 1U);
    EXPECT_EQ(told.kinds.at(0).unknown, 7U);
    EXPECT_EQ(names_in(archive()), 7U);
    EXPECT_THAT(troubles_of(told), IsEmpty());
}

TEST_F(copies, that_are_links_or_other_bytes_now_are_not_the_files_that_came) {
    const fs::path elsewhere = folder_.path() / "elsewhere.txt";
    fs::rename(archive() / "paid.txt", elsewhere);
    fs::create_symlink(elsewhere, archive() / "paid.txt");
    EXPECT_EQ(after(90).kinds.at(0).unknown, 2U);
    EXPECT_TRUE(fs::exists(elsewhere));
    fs::remove(archive() / "paid.txt");
    std::string bytes = intake_test::paid_file();
    bytes.back() = ' ';
    put(archive() / "paid.txt", bytes);
    EXPECT_EQ(after(90).kinds.at(0).unknown, 2U);
    put(archive() / "paid.txt", bytes + "longer");
    EXPECT_EQ(after(90).kinds.at(0).unknown, 2U);
    EXPECT_EQ(names_in(archive()), 2U);
}

TEST_F(copies, whose_receipt_lies_in_another_folder_than_the_ledger_says_stay) {
    for (const char* const name : {"blank.txt", "blank.txt.receipt.json"})
        fs::rename(rejected() / name, archive() / name);
    const auto told = after(90);
    EXPECT_EQ(told.kinds.at(0).unknown, 2U);
    EXPECT_EQ(names_in(archive()), 2U);
}

TEST_F(copies, are_the_last_ones_when_their_original_is_lost) {
    fs::remove(original());
    const auto told = after(90);
    ASSERT_EQ(told.troubles.size(), 1U);
    EXPECT_THAT(told.troubles[0].why.text, HasSubstr("its original is lost: this copy is kept"));
    EXPECT_EQ(told.kinds.at(0).removed.files, 0U);
    EXPECT_EQ(names_in(archive()), 2U);
    put(original(), "damaged");
    EXPECT_EQ(after(90).troubles.at(0).why.code, error_code::corrupt);
    EXPECT_EQ(names_in(archive()), 2U);
}

TEST_F(copies, of_originals_that_retention_removed_go_too) {
    place_.with.retention = {7, {}, {}};
    place_.clock.now_ms = eighth_year;
    EXPECT_EQ(retain_all(place_).originals.files, 2U);
    place_.with.retention = {{}, 90, {}};
    EXPECT_THAT(troubles_of(retain_all(place_)), IsEmpty());
    EXPECT_EQ(names_in(archive()), 0U);
}

TEST_F(copies, count_from_the_last_decision) {
    place_.deliver("held.txt", inbound::test::bgmax_bytes("written 2026-03-03 P\n"
                                                          "section 9912346\n"
                                                          "pay 20.00 ref=\"okänd\" code=3 serial=313149850005\n"
                                                          "deposit 2026-03-04 00044 sum=21.00\n"
                                                          "end\n"));
    EXPECT_EQ(place_.run().files.size(), 1U);
    (void)after(1000);
    EXPECT_EQ(site::files_in(place_.tenant().held()), std::vector<std::string>{"held.txt"}) << "whatever its age";
    ASSERT_TRUE(place_.refuse("held.txt", {1, 1}));
    EXPECT_EQ(names_in(rejected()), 2U);
    (void)after(1029);
    EXPECT_EQ(names_in(rejected()), 2U);
    EXPECT_THAT(troubles_of(after(1030)), IsEmpty());
    EXPECT_EQ(names_in(rejected()), 0U);
}

TEST_F(copies, of_files_with_money_that_waits_for_its_owner_stay) {
    place_.deliver("unknown.txt", intake_test::other_file());
    EXPECT_EQ(place_.run().files.size(), 1U);
    (void)after(1000);
    EXPECT_EQ(site::files_in(archive()), std::vector<std::string>{"unknown.txt"});
}

TEST_F(copies, wait_for_an_intake_that_is_at_work) {
    const auto lock =
        must(filedrop::take_lock(filedrop::posix_file_system(), place_.tenant().work() / intake::detail::lock_name));
    const auto told = after(90);
    EXPECT_TRUE(told.busy());
    EXPECT_THAT(troubles_of(told), ElementsAre("archive busy: an intake is at work", "rejected busy: an intake is at work"));
    EXPECT_EQ(names_in(archive()), 2U);
}

TEST_F(copies, are_only_counted_in_a_dry_run) {
    place_.clock.now_ms = came_ + 90 * one_day;
    const auto told = retain(place_.with, *place_.store, place_.how, extent::nothing);
    EXPECT_EQ(told_of(told).size(), 2U);
    EXPECT_EQ(names_in(archive()) + names_in(rejected()), 4U);
}

TEST_F(copies, heed_a_stop_between_files) {
    place_.with.retention.archive_days = 30;
    place_.clock.now_ms = came_ + 90 * one_day;
    std::stop_source stop;
    place_.how.at_step = [&](std::string_view step) {
        if (step == step::copy_cleared) stop.request_stop();
    };
    (void)retain(place_.with, *place_.store, place_.how, extent::all, stop.get_token());
    EXPECT_EQ(names_in(archive()) + names_in(rejected()), 2U);
}

TEST_F(copies, are_left_alone_without_the_keys_of_their_originals) {
    place_.with.original_keys = encryption::key_settings{"key-1", {{"key-1", {folder_.path() / "no.key", {}, {}}}}};
    const auto told = after(90);
    ASSERT_EQ(told.troubles.size(), 1U);
    EXPECT_EQ(names_in(archive()), 2U);
}

}  // namespace
}  // namespace brygga::retention::test
