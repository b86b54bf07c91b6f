#include "connectors/intake/decisions.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "connectors/intake/original_encryption.hpp"
#include "tests/intake/site.hpp"

namespace brygga::intake {
namespace {

using intake_test::get;
using intake_test::site;
using ledger::file_outcome;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class decisions_test : public testing::Test {
 protected:
    void SetUp() override {
        site_.deliver("held.txt", intake_test::held_file());
        const day_report report = site_.run();
        ASSERT_EQ(report.files.size(), 1U);
        ASSERT_EQ(report.files[0].held.size(), 2U);
        claim_ = report.files[0].claim;
        file_id_ = report.files[0].file_id;
    }
    [[nodiscard]] json receipt(const std::filesystem::path& folder) const {
        return json::parse(get(folder / "held.txt.receipt.json"));
    }

    intake_test::scratch_folder scratch_;
    site site_{scratch_.path()};
    const config::tenant& who_ = site_.tenant();
    std::string claim_, file_id_;
};

TEST_F(decisions_test, the_file_moves_to_archive_when_the_last_section_is_released) {
    const auto first = site_.release(claim_, {1, 2});
    ASSERT_TRUE(first) << first.error().text;
    EXPECT_EQ(first->claim, claim_);
    EXPECT_EQ(first->place, file_outcome::held);
    EXPECT_EQ(first->booked.payments, 1U);
    EXPECT_EQ(first->booked.in("SEK").booked_ore, ore_sum() += 2000);
    EXPECT_THAT(site::files_in(who_.held()), ElementsAre("held.txt"));
    const auto second = site_.release(file_id_, {1, 3});
    ASSERT_TRUE(second) << second.error().text;
    EXPECT_EQ(second->place, file_outcome::archived);
    EXPECT_EQ(second->move_failed, "");
    EXPECT_THAT(site::files_in(who_.held()), ElementsAre());
    EXPECT_FALSE(std::filesystem::exists(who_.held() / "held.txt.receipt.json"));
    EXPECT_EQ(get(who_.archive() / "held.txt"), intake_test::held_file());
    EXPECT_EQ(receipt(who_.archive())["outcome"], "archived");
    EXPECT_EQ(receipt(who_.archive())["decisions"].size(), 2U);
    EXPECT_THAT(site_.books(), HasSubstr("sum bank SEK 6200"));
}

TEST_F(decisions_test, a_refusal_books_nothing_and_the_file_ends_in_rejected) {
    ASSERT_TRUE(site_.refuse("held.txt", {1, 2}));
    const auto last = site_.release("held.txt", {1, 3});
    ASSERT_TRUE(last) << last.error().text;
    EXPECT_EQ(last->place, file_outcome::rejected);
    EXPECT_THAT(site::files_in(who_.rejected()), ElementsAre("held.txt"));
    EXPECT_THAT(site_.books(), HasSubstr("sum bank SEK 4100"));
    const std::string text = get(who_.rejected() / "held.txt.receipt.json");
    EXPECT_THAT(text, Not(HasSubstr("clerk-7")));
    EXPECT_THAT(text, Not(HasSubstr("confirmed")));
}

TEST_F(decisions_test, the_same_decision_again_changes_nothing_and_the_other_is_a_conflict) {
    ASSERT_TRUE(site_.release(claim_, {1, 2}));
    const std::string books = site_.books();
    const auto again = site_.release(claim_, {1, 2});
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->booked.payments, 0U);
    EXPECT_EQ(site_.refuse(claim_, {1, 2}).error().code, error_code::conflict);
    EXPECT_EQ(site_.books(), books);
}

TEST_F(decisions_test, what_is_not_held_cannot_be_decided) {
    EXPECT_EQ(site_.release(claim_, {1, 1}).error().code, error_code::not_found);
    EXPECT_EQ(site_.release(claim_, {2, 2}).error().code, error_code::not_found);
    EXPECT_EQ(site_.release("none.txt", {1, 2}).error().code, error_code::not_found);
    EXPECT_EQ(site_.release("../held/held.txt", {1, 2}).error().code, error_code::not_found);
    EXPECT_EQ(release(site_.with, *site_.store, site_.how, {"other", claim_, {1, 2}, "a", "b", {}}).error().code,
              error_code::not_found);
    EXPECT_EQ(release(site_.with, *site_.store, site_.how, {who_.id, claim_, {1, 2}, "", "b", {}}).error().code,
              error_code::invalid_argument);
    EXPECT_EQ(release(site_.with, *site_.store, site_.how, {who_.id, claim_, {1, 2}, "a", "", {}}).error().code,
              error_code::invalid_argument);
}

TEST_F(decisions_test, a_file_that_cannot_be_moved_now_is_moved_by_the_next_pass) {
    ASSERT_TRUE(site_.release(claim_, {1, 2}));
    const auto aside = scratch_.path() / "aside";
    std::filesystem::rename(who_.archive(), aside);
    const auto last = site_.release(claim_, {1, 3});
    ASSERT_TRUE(last);
    EXPECT_EQ(last->place, file_outcome::archived);
    EXPECT_NE(last->move_failed, "");
    EXPECT_THAT(site::files_in(who_.held()), ElementsAre("held.txt"));
    std::filesystem::rename(aside, who_.archive());
    EXPECT_TRUE(site_.run().failures.empty());
    EXPECT_THAT(site::files_in(who_.archive()), ElementsAre("held.txt"));
    EXPECT_THAT(site::files_in(who_.held()), ElementsAre());
}

TEST_F(decisions_test, a_release_without_the_original_changes_nothing) {
    const std::string books = site_.books();
    std::filesystem::remove_all(site_.with.originals);
    EXPECT_EQ(site_.release(claim_, {1, 2}).error().code, error_code::not_found);
    EXPECT_EQ(site_.books(), books);
}

TEST_F(decisions_test, a_release_without_the_key_of_the_original_changes_nothing) {
    site_.encrypt_originals();
    const auto keys = read_original_keys(site_.files, site_.with.originals, site_.with.original_keys);
    ASSERT_TRUE(keys);
    ASSERT_EQ(encrypt_originals(site_.files, site_.with.originals, *keys, {})->encrypted, 1U);
    const std::string books = site_.books();
    const auto with_keys = site_.with.original_keys;
    site_.with.original_keys.reset();
    const auto without = site_.release(claim_, {1, 2});
    EXPECT_EQ(without.error().code, error_code::invalid_config);
    EXPECT_THAT(without.error().text, HasSubstr("the key key-1, which the configuration does not name"));
    EXPECT_EQ(site_.books(), books);
    site_.with.original_keys = with_keys;
    const auto released = site_.release(claim_, {1, 2});
    ASSERT_TRUE(released) << released.error().text;
    EXPECT_EQ(released->booked.payments, 1U);
}

TEST_F(decisions_test, a_held_file_whose_name_is_taken_keeps_its_claim_only_where_needed) {
    std::string other = intake_test::held_file();
    for (const auto* const serial : {"00043", "00044", "00045"})
        other.replace(other.find(serial), 5, std::string("0005") + serial[4]);
    for (const auto* const serial : {"313149850004", "313149850005", "313149850006"})
        other.replace(other.find(serial), 12, std::string("3131498500") + "1" + serial[11]);
    site_.deliver("held.txt", other);
    const day_report report = site_.run();
    ASSERT_EQ(report.files.size(), 1U);
    const std::string second = report.files[0].claim + "__held.txt";
    EXPECT_THAT(site::files_in(who_.held()), testing::UnorderedElementsAre("held.txt", second));
    ASSERT_TRUE(site_.release(second, {1, 2}));
    ASSERT_TRUE(site_.release(second, {1, 3}));
    EXPECT_THAT(site::files_in(who_.archive()), ElementsAre("held.txt"));
    EXPECT_EQ(get(who_.archive() / "held.txt"), other);
    EXPECT_EQ(get(who_.held() / "held.txt"), intake_test::held_file());
}

TEST_F(decisions_test, a_head_that_cannot_be_kept_is_a_warning_and_the_work_is_done) {
    std::filesystem::remove(scratch_.path() / "brygga.db.head");
    const auto file = scratch_.path() / "own.log";
    auto log = logging::event_log::open({file, logging::log_level::warning});
    ASSERT_TRUE(log);
    site_.how.log = &*log;
    EXPECT_TRUE(site_.release(claim_, {1, 2}));
    const std::string after_decision = get(file);
    EXPECT_THAT(after_decision, HasSubstr("event=head-not-kept tenant=provbolaget"));
    site_.deliver("paid.txt", intake_test::paid_file());
    EXPECT_EQ(site_.run().files.size(), 1U);
    EXPECT_THAT(get(file).substr(after_decision.size()), HasSubstr("event=head-not-kept tenant=provbolaget"));
}

}  // namespace
}  // namespace brygga::intake
