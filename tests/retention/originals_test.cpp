// Originals: when they go, what stays, and that nobody needs one that goes.
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "connectors/intake/kept_original.hpp"
#include "formats/core/sha256.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"
#include "tests/retention/years.hpp"

namespace brygga::retention::test {
namespace {

using intake_test::put;
using intake_test::site;
using ledger::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class originals : public testing::Test {
 protected:
    originals() { place_.with.retention.originals_years = 7; }

    std::size_t left_after(ledger::timestamp_ms moment = eighth_year) {
        place_.clock.now_ms = moment;
        EXPECT_THAT(troubles_of(retain_all(place_)), IsEmpty());
        return kept_originals(place_);
    }
    // An original, and a bank file of these bytes in the books of a company; `more` adds what makes it wait.
    void add_file(const std::string& bytes,
                  const std::function<void(ledger::transaction&, ledger::samples::bank_file&)>& more = {},
                  std::string_view tenant = {}) {
        keep(bytes);
        auto into = must(place_.store->begin(tenant.empty() ? std::string_view(place_.tenant().id) : tenant));
        ledger::samples::bank_file from(*into, sha256_hex(bytes));
        from.file.sha256 = sha256_hex(bytes);
        from.file.size_bytes = static_cast<std::int64_t>(bytes.size());
        from.file.claim = ledger::format_id(from.file.id);
        if (more) more(*into, from);
        from.finish();
        must(into->commit());
    }
    void keep(const std::string& bytes) {
        put(folder_.path() / "to-keep", bytes);
        const auto store = must(intake::open_originals(filedrop::posix_file_system(), place_.with.originals, {}));
        must(store->keep(folder_.path() / "to-keep", {sha256_hex(bytes), bytes.size()}, "test"));
    }
    [[nodiscard]] bool proves() {
        const auto in = must(place_.store->begin_read(place_.tenant().id));
        for (const ledger::original_use& use : must(in->retention().uses())) {
            if (must(in->retention().removal_of(use.sha256))) continue;
            const auto store = must(intake::open_originals(filedrop::posix_file_system(), place_.with.originals, {}));
            if (!store->prove({use.sha256, use.size_bytes})) return false;
        }
        return must(place_.store->verify(place_.tenant().id)).chain_intact;
    }

    intake_test::scratch_folder folder_;
    site place_{folder_.path()};
};

TEST_F(originals, go_when_the_seventh_year_after_theirs_is_over_in_sweden) {
    place_.deliver("paid.txt", intake_test::paid_file());
    ASSERT_EQ(place_.run().files.size(), 1U);
    constexpr ledger::timestamp_ms new_year = 2'019'682'800'000;  // 2034-01-01T00:00 in Sweden
    EXPECT_EQ(left_after(new_year - 1), 1U);
    EXPECT_EQ(removals(place_), 0U);
    EXPECT_EQ(left_after(new_year), 0U);
    EXPECT_EQ(removals(place_), 1U);
    EXPECT_TRUE(proves());
    const auto in = must(place_.store->begin_read(place_.tenant().id));
    EXPECT_EQ(must(in->retention().removals()).at(0).kept_until,
              date(std::chrono::year(2033), std::chrono::December, std::chrono::day(31)));
}

TEST_F(originals, stay_while_anybody_waits) {
    add_file("nothing waits");
    add_file("a section waits", [](ledger::transaction& into, ledger::samples::bank_file& from) {
        ledger::hold item{0, from.file.id, ledger::hold_subject::section, 1, 2, 0, "BGMAX-R32", "{}"};
        must(into.add_hold(item));
    });
    add_file("money waits", [](ledger::transaction& into, ledger::samples::bank_file& from) {
        const ledger::payment what = from.add_payment(700);
        ledger::entry received = to_suspense(from, what);
        must(into.add_entry(received));
    });
    add_file("left out of a handover", [](ledger::transaction& into, ledger::samples::bank_file& from) {
        ledger::handover item{0, from.file.id, 0, 0, "bgmax", "outbox", "", 1, "{}"};
        must(into.add_handover(item));
    });
    add_file("not handed over", [](ledger::transaction& into, ledger::samples::bank_file& from) {
        ledger::handover item{0, from.file.id, 0, 0, "bgmax", "outbox", "x.bgmax", 0, "{}"};
        must(into.add_handover(item));
    });
    add_file("behind a gap", [](ledger::transaction& into, ledger::samples::bank_file& from) {
        for (const std::int64_t number : {5, 7})
            must(into.add_number({from.group.id, static_cast<std::uint32_t>(number), ledger::number_series::legal, "camt.053",
                                  "58411009823", "SEK", 2026, number, fmt::format("EX-{}", number),
                                  fmt::format("EX-{}-1", number), ""}));
    });
    add_file("without its deposit", [](ledger::transaction& into, ledger::samples::bank_file& from) {
        must(into.add_total({from.group.id, 3, from.money.bankgiro, from.money.payment_date, "00043", "SEK", 900}));
    });
    EXPECT_EQ(left_after(), 6U) << "the first of these goes";
    EXPECT_EQ(left_after(2 * eighth_year), 6U) << "whatever their age";
    EXPECT_TRUE(proves());
}

TEST_F(originals, count_from_the_last_decision) {
    place_.deliver("held.txt", intake_test::held_file());
    ASSERT_EQ(place_.run().files.size(), 1U);
    place_.clock.now_ms += 200 * one_day;  // 2026-12
    ASSERT_TRUE(place_.refuse("held.txt", {1, 2}));
    place_.clock.now_ms += 60 * one_day;  // 2027-02
    ASSERT_TRUE(place_.refuse("held.txt", {1, 3}));
    // Section 1 is in suspense for ever, and its match is another matter.
    const auto in = must(place_.store->begin_read(place_.tenant().id));
    const auto use = must(in->retention().uses()).at(0);
    EXPECT_EQ(use.newest_at, place_.clock.now_ms);
}

TEST_F(originals, of_several_companies_go_when_the_last_of_them_may_let_them_go) {
    place_.with.tenants.push_back(place_.with.tenants.front());
    place_.with.tenants.back().id = "other";
    add_file("both have it");
    place_.clock.now_ms += 365 * one_day;
    add_file("both have it", {}, "other");
    add_file("only the other has it", {}, "other");
    place_.clock.now_ms = eighth_year;
    const auto early = retain_all(place_);
    EXPECT_THAT(troubles_of(early), IsEmpty());
    EXPECT_EQ(early.originals.files, 0U);
    EXPECT_EQ(kept_originals(place_), 2U);
    EXPECT_EQ(removals(place_), 0U) << "no row for what stays";
    place_.clock.now_ms += 365 * one_day;
    const auto late = retain_all(place_);
    EXPECT_THAT(told_of(late),
                ElementsAre("provbolaget originals 1, 12 bytes, 0 unknown", "other originals 2, 33 bytes, 0 unknown"));
    EXPECT_EQ(late.originals.files, 2U);
    EXPECT_EQ(kept_originals(place_), 0U);
}

TEST_F(originals, of_a_company_that_the_configuration_does_not_know_stay) {
    add_file("both have it");
    add_file("both have it", {}, "gone");
    add_file("mine");
    EXPECT_EQ(left_after(), 1U);
    EXPECT_EQ(removals(place_), 1U);
}

TEST_F(originals, that_are_lost_are_not_called_removed) {
    add_file("lost");
    add_file("there");
    const std::string hash = sha256_hex("lost");
    std::filesystem::remove(place_.with.originals / hash.substr(0, 2) / hash);
    EXPECT_EQ(left_after(), 0U);
    EXPECT_EQ(removals(place_), 1U);
    EXPECT_FALSE(proves());
}

TEST_F(originals, that_no_ledger_knows_are_counted_and_kept) {
    keep("of an outbox that refused it");
    put(place_.with.originals / sha256_hex("of an outbox that refused it").substr(0, 2) / "notes.txt", "mine");
    place_.clock.now_ms = eighth_year;
    const auto told = retain_all(place_);
    EXPECT_EQ(told.unknown_originals, 2U);
    EXPECT_EQ(kept_originals(place_), 1U);
}

TEST_F(originals, that_come_again_between_row_and_removal_are_kept) {
    place_.deliver("paid.txt", intake_test::paid_file());
    ASSERT_EQ(place_.run().files.size(), 1U);
    place_.clock.now_ms = eighth_year;
    place_.how.at_step = [&](std::string_view step) {
        if (step != step::removal_noted) return;
        place_.how.at_step = {};
        place_.deliver("again.txt", intake_test::paid_file());
        EXPECT_EQ(place_.run().files.size(), 1U);
    };
    // The steps are read from a copy: what is set above must not change under it.
    const intake::options how = place_.how;
    const auto told = retain(place_.with, *place_.store, how, extent::all);
    EXPECT_EQ(told.originals.files, 0U);
    EXPECT_EQ(kept_originals(place_), 1U);
    EXPECT_EQ(removals(place_), 0U) << "the row is no longer in force";
    EXPECT_TRUE(proves());
}

TEST_F(originals, that_are_removed_under_a_delivery_are_kept_again_at_the_next_pass) {
    place_.deliver("paid.txt", intake_test::paid_file());
    ASSERT_EQ(place_.run().files.size(), 1U);
    place_.clock.now_ms = eighth_year;
    place_.deliver("again.txt", intake_test::paid_file());
    place_.how.at_step = [&](std::string_view step) {
        if (step != intake::step::sniffed) return;
        intake::options how = place_.how;
        how.at_step = {};
        EXPECT_EQ(retain(place_.with, *place_.store, how, extent::all).originals.files, 1U);
    };
    const intake::day_report cut = place_.run();
    ASSERT_EQ(cut.failures.size(), 1U);
    EXPECT_THAT(cut.failures[0].why.text, HasSubstr("retention removed an earlier original"));
    place_.how.at_step = {};
    const intake::day_report next = place_.run();
    EXPECT_EQ(next.files.size(), 1U);
    EXPECT_THAT(next.failures, IsEmpty());
    EXPECT_EQ(kept_originals(place_), 1U);
    EXPECT_TRUE(proves());
}

TEST_F(originals, wait_for_another_process_that_works_on_them) {
    add_file("done");
    place_.clock.now_ms = eighth_year;
    {
        const auto lock = must(intake::lock_originals(filedrop::posix_file_system(), place_.with.originals));
        const auto told = retain_all(place_);
        EXPECT_TRUE(told.busy());
        EXPECT_THAT(troubles_of(told), ElementsAre("originals busy: another process encrypts or removes these originals"));
        EXPECT_EQ(kept_originals(place_), 1U);
    }
    EXPECT_EQ(left_after(), 0U);
}

TEST_F(originals, are_only_counted_in_a_dry_run) {
    add_file("done");
    place_.clock.now_ms = eighth_year;
    const auto would = retain(place_.with, *place_.store, place_.how, extent::nothing);
    EXPECT_THAT(told_of(would), ElementsAre("provbolaget originals 1, 4 bytes, 0 unknown"));
    EXPECT_EQ(would.originals.bytes, 4U);
    EXPECT_EQ(kept_originals(place_), 1U);
    EXPECT_EQ(removals(place_), 0U);
}

TEST_F(originals, heed_a_stop_between_files) {
    add_file("one");
    add_file("two");
    place_.clock.now_ms = eighth_year;
    std::stop_source stop;
    place_.how.at_step = [&](std::string_view step) {
        if (step == step::original_removed) stop.request_stop();
    };
    EXPECT_EQ(retain(place_.with, *place_.store, place_.how, extent::all, stop.get_token()).originals.files, 1U);
    EXPECT_EQ(kept_originals(place_), 1U);
    EXPECT_EQ(removals(place_), 2U);
    place_.how.at_step = {};
    EXPECT_EQ(left_after(), 0U);
    EXPECT_EQ(removals(place_), 2U);
}

TEST_F(originals, of_more_than_one_transaction_all_go) {
    for (int i = 0; i < 205; ++i)
        add_file(fmt::format("file {}", i));
    add_file("waits", [](ledger::transaction& into, ledger::samples::bank_file& from) {
        ledger::hold item{0, from.file.id, ledger::hold_subject::section, 1, 2, 0, "BGMAX-R32", "{}"};
        must(into.add_hold(item));
    });
    EXPECT_EQ(left_after(), 1U);
    EXPECT_EQ(removals(place_), 205U);
    EXPECT_TRUE(proves());
}

TEST_F(originals, that_were_removed_are_told_from_those_that_never_were) {
    const intake::fingerprint is{sha256_hex("done"), 4};
    add_file("done");
    EXPECT_EQ(left_after(), 0U);
    const auto store = must(intake::open_originals(filedrop::posix_file_system(), place_.with.originals, {}));
    const auto removed = open_original(*store, *place_.store, place_.tenant().id, is);
    ASSERT_FALSE(removed);
    EXPECT_EQ(removed.error().code, error_code::not_found);
    EXPECT_THAT(removed.error().text, HasSubstr("the original was removed by retention on 2034-01-03, row "));
    EXPECT_THAT(removed.error().text, HasSubstr("(originals_years = 7)"));
    const auto never = open_original(*store, *place_.store, place_.tenant().id, {sha256_hex("never"), 5});
    ASSERT_FALSE(never);
    EXPECT_THAT(never.error().text, Not(HasSubstr("retention")));
    EXPECT_EQ(store->remove({"../brygga.db", 1}).error().code, error_code::invalid_argument);
}

}  // namespace
}  // namespace brygga::retention::test
