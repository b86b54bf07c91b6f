// What the scenarios of camt cannot say: findings that only inform, deliveries in turns, settings of single rules, the log.
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/core/sha256.hpp"
#include "mapping/inbound/camt_duplicates.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/summary.hpp"
#include "tests/inbound/camt_on_a_ledger.hpp"

namespace brygga::inbound::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(camt_mapping, is_found_by_format_id) {
    for (const std::string_view id : {"camt.052", "camt.053", "camt.054"}) {
        ASSERT_NE(find_mapping(id), nullptr) << id;
        EXPECT_EQ(find_mapping(id)->format(), id);
    }
    EXPECT_EQ(find_mapping("camt.055"), nullptr);
}

TEST_F(camt_on_a_ledger, a_report_books_nothing) {
    const auto made = deliver_camt("052", "EX-1", one_entry);
    EXPECT_TRUE(made.told.accepted);
    EXPECT_EQ(made.told.batch_id, 0);
    EXPECT_TRUE(made.told.sections.empty());
    EXPECT_EQ(made.told.skipped, 1u);
    EXPECT_THAT(rules_of(made.told), ElementsAre("info CAMT-R05"));
    EXPECT_EQ(ledger_.books(), "");
}

TEST_F(camt_on_a_ledger, money_that_is_not_booked_is_told) {
    const auto made = deliver_camt("053", "EX-1",
                                   "entry 2026-03-02 00041 status=PDNG\npay 1.00\n"            // told by the reader
                                   "entry 2026-03-02 00042 debit ref=EXB\npay 2.00 to=none\n"  // paid out: only counted
                                   "entry 2026-03-02 00043 ref=EXB\npay 3.00 to=none\n"
                                   "entry 2026-03-02 00044 sum=4.00\n");
    EXPECT_EQ(made.told.skipped, 4u);
    EXPECT_THAT(rules_of(made.told), ElementsAre("info CAMT-R16", "info CAMT-R10", "info CAMT-R04"));
    EXPECT_EQ(made.told.findings[0].path, "Stmt[1]/Ntry[3]");
    EXPECT_EQ(made.told.findings[0].section, 3u);
}

// A short statement names its deposits by amount only; until one is booked with this amount it stands in the status.
TEST_F(camt_on_a_ledger, the_totals_of_a_statement_are_compared_with_the_deposits) {
    const auto early = deliver_camt("053", "EX-1", "entry 2026-03-02 00041 sum=10.00\nentry 2026-03-02 00042 sum=9.00\n");
    EXPECT_THAT(rules_of(early.told), ElementsAre("info CAMT-R10", "info CAMT-R10"));
    EXPECT_THAT(ledger_.totals(), ElementsAre("9912346 2026-03-02 00041 10.00 SEK", "9912346 2026-03-02 00042 9.00 SEK"));

    EXPECT_TRUE(deliver_camt("054", "EX-2", one_entry).told.accepted);
    EXPECT_THAT(ledger_.totals(), ElementsAre("9912346 2026-03-02 00042 9.00 SEK"));

    const auto other = deliver_camt("054", "EX-3", "entry 2026-03-02 00042\npay 8.00\n");
    ASSERT_THAT(rules_of(other.told), ElementsAre("warning CAMT-R10"));
    EXPECT_EQ(other.told.findings[0].found, "a deposit of 8.00 SEK");
    EXPECT_THAT(other.told.findings[0].expected, HasSubstr("the 9.00 SEK of a statement"));
    EXPECT_EQ(other.told.sections.front().state, section_state::booked);
    EXPECT_THAT(ledger_.totals(), ElementsAre("9912346 2026-03-02 00042 9.00 SEK, booked 8.00 SEK"));

    const auto late = deliver_camt("053", "EX-4", "entry 2026-03-02 00041 sum=10.00\nentry 2026-03-02 00042 sum=9.00\n");
    ASSERT_THAT(rules_of(late.told), ElementsAre("warning CAMT-R10"));
    EXPECT_EQ(late.told.findings[0].found, "a total of 9.00 SEK");
    EXPECT_THAT(late.told.findings[0].expected, HasSubstr("the 8.00 SEK of deposit"));

    // The same number in another year is another deposit.
    EXPECT_TRUE(deliver_camt("053", "EX-5", "entry 2027-03-02 00041 sum=10.00\n").told.accepted);
    EXPECT_THAT(ledger_.totals(),
                ElementsAre("9912346 2026-03-02 00042 9.00 SEK, booked 8.00 SEK", "9912346 2027-03-02 00041 10.00 SEK"));
}

TEST_F(camt_on_a_ledger, a_deposit_of_the_other_channel_is_named) {
    EXPECT_TRUE(deliver("bgmax", bgmax_bytes(bgmax_deposit)).told.accepted);
    const auto made = deliver_camt("054", "EX-1", one_entry);
    ASSERT_THAT(rules_of(made.told), ElementsAre("info CAMT-R22"));
    EXPECT_THAT(made.told.findings[0].expected, HasSubstr("by bgmax"));
    EXPECT_EQ(made.told.findings[0].path, "Ntfctn[1]/Ntry[1]");
    EXPECT_EQ(made.told.sections.front().state, section_state::already_there);

    EXPECT_TRUE(deliver_camt("054", "EX-2", "entry 2026-03-02 00042\npay 9.00\n").told.accepted);
    std::string later(bgmax_deposit);
    later.replace(later.find("00041"), 5, "00042").replace(later.find("10.00"), 5, "9.00");
    const auto second = deliver("bgmax", bgmax_bytes(later));
    ASSERT_THAT(rules_of(second.told), ElementsAre("info BGMAX-R61"));
    EXPECT_THAT(second.told.findings[0].expected, HasSubstr("by camt"));
}

// `ledger why` tells both the deposit that was booked and the delivery that was not, whichever came first.
TEST_F(camt_on_a_ledger, what_was_skipped_is_explained_from_both_sides) {
    const auto bgmax_first = deliver("bgmax", bgmax_bytes(bgmax_deposit));
    const auto camt_second = deliver_camt("054", "EX-1", one_entry);
    const auto camt_first = deliver_camt("054", "EX-2", "entry 2026-03-02 00042\npay 9.00\n");
    std::string later(bgmax_deposit);
    later.replace(later.find("00041"), 5, "00042").replace(later.find("10.00"), 5, "9.00");
    const auto bgmax_second = deliver("bgmax", bgmax_bytes(later));
    auto from = must(ledger_.store().begin_read("provbolaget"));
    std::map<std::int64_t, ledger::row_id> payments;
    must(from->each_payment([&](const ledger::payment& each) -> result<void> {
        payments[each.amount_ore] = each.id;
        return {};
    }));
    struct case_of {
        const delivery& booked;
        const delivery& skipped;
        std::string_view rule;
        ledger::row_id payment_id;
    };
    for (const case_of& each : {case_of{bgmax_first, camt_second, "CAMT-R22", payments.at(1000)},
                                case_of{camt_first, bgmax_second, "BGMAX-R61", payments.at(900)}}) {
        for (const ledger::row_id id : {each.payment_id, each.skipped.file.id, each.skipped.told.batch_id}) {
            const ledger::explanation why = must(ledger::explain(*from, id));
            ASSERT_EQ(why.skipped.size(), 1u) << each.rule;
            EXPECT_EQ(why.skipped[0].row.rule, each.rule);
            EXPECT_EQ(why.skipped[0].row.section_no, 1u);
            EXPECT_EQ(why.skipped[0].claim, each.skipped.file.claim);
            EXPECT_EQ(why.skipped[0].known_claim, each.booked.file.claim);
        }
    }
}

std::string numbered(std::string_view id, std::string_view account, std::string_view entries) {
    return "message " + std::string(id) + " 053 08\naccount " + std::string(id) + "-1 " + std::string(account) + "\n" +
           std::string(entries) + "end\n";
}

// Nothing of such a statement can be decided about, so that it must not say that something waits.
TEST_F(camt_on_a_ledger, a_repeated_number_of_a_statement_with_nothing_to_book_is_told_and_holds_nothing) {
    EXPECT_TRUE(rules_of(deliver("camt.053", camt_bytes(numbered("EX-1", "seq=41", one_entry))).told).empty());
    const auto empty = deliver("camt.053", camt_bytes(numbered("EX-2", "seq=41", "")));
    ASSERT_THAT(rules_of(empty.told), ElementsAre("info CAMT-R21"));
    EXPECT_THAT(empty.told.findings[0].expected, HasSubstr("nothing of this one is booked"));
    // What came by another channel is not booked again, and does not wait either.
    ASSERT_TRUE(deliver("camt.054", camt_bytes("message EX-3 054 08\naccount EX-3-1\nentry 2026-03-03 00050\npay 7.00 "
                                               "serial=EXBK9\nocr 1000300101\nend\n"))
                    .told.accepted);
    const auto known = deliver("camt.053", camt_bytes(numbered("EX-4", "seq=41",
                                                               "entry 2026-03-03 00050\npay 7.00 serial=EXBK9\nocr "
                                                               "1000300101\n")));
    ASSERT_EQ(known.told.sections.size(), 1U);
    EXPECT_EQ(known.told.sections[0].state, section_state::already_there);
    EXPECT_THAT(rules_of(known.told), testing::Contains("info CAMT-R21"));
    EXPECT_THAT(rules_of(known.told), testing::Not(testing::Contains("hold CAMT-R21")));
}

TEST_F(camt_on_a_ledger, a_gap_names_the_number_found_and_the_one_expected) {
    EXPECT_TRUE(rules_of(deliver("camt.053", camt_bytes(numbered("EX-1", "seq=41", one_entry))).told).empty());
    const auto made = deliver("camt.053", camt_bytes(numbered("EX-2", "seq=44", "")));
    ASSERT_THAT(rules_of(made.told), ElementsAre("warning CAMT-R21"));
    const finding& gap = made.told.findings[0];
    EXPECT_EQ(gap.found, "number 44 of 2026");
    EXPECT_EQ(gap.expected, "number 42");
    EXPECT_EQ(gap.path, "Stmt[1]");
    EXPECT_EQ(gap.field, "ElctrncSeqNb");
    EXPECT_EQ(gap.where.line, 5u);
    EXPECT_EQ(made.bytes.substr(gap.where.offset, 6), "<Stmt>");
}

// A statement of the last day of a year is made in the next, and belongs to the year that it is about.
TEST_F(camt_on_a_ledger, a_number_counts_in_the_year_that_the_statement_is_about) {
    const auto rules = [&](const std::string& account) {
        return rules_of(deliver("camt.053", camt_bytes(numbered("EX-" + std::to_string(deliveries_), account, ""))).told);
    };
    EXPECT_TRUE(rules("seq=250 written=2027-01-01 from=2026-12-31T00:00:00").empty());
    EXPECT_TRUE(rules("seq=251 written=2027-01-01 closing=2026-12-31").empty());
    EXPECT_TRUE(rules("seq=1 written=2027-01-05 closing=2027-01-04").empty());
    EXPECT_THAT(rules("seq=3 written=2027-01-07 closing=2027-01-06"), ElementsAre("warning CAMT-R21"));
    EXPECT_THAT(rules("seq=250 written=2027-12-20 closing=2027-12-19"), ElementsAre("warning CAMT-R21")) << "a gap, no repeat";
}

TEST_F(camt_on_a_ledger, the_first_statement_of_a_year_may_begin_in_the_evening_before_and_the_last_end_at_midnight) {
    const auto rules = [&](const std::string& account) {
        return rules_of(deliver("camt.053", camt_bytes(numbered("EX-" + std::to_string(deliveries_), account, ""))).told);
    };
    EXPECT_TRUE(rules("seq=1 written=2026-01-02 from=2025-12-31T23:00:00Z until=2026-01-01T23:00:00Z").empty());
    EXPECT_TRUE(rules("seq=2 written=2027-01-01 from=2026-12-31T00:00:00 until=2027-01-01T00:00:00").empty());
    EXPECT_TRUE(rules("seq=1 written=2027-01-02 from=2026-12-31T23:00:00Z until=2027-01-01T23:00:00Z").empty());
    EXPECT_TRUE(rules("seq=2 written=2027-01-03 from=2027-01-01T20:00:00 closing=2027-01-02").empty());
    EXPECT_TRUE(rules("seq=3 written=2028-01-01 from=2027-12-30T23:00:00Z closing=2027-12-31").empty());
    EXPECT_TRUE(rules("seq=1 written=2029-01-03 from=2028-12-31T18:00:00 until=2029-01-02T24:00:00").empty());
    EXPECT_TRUE(rules("seq=2 written=2029-01-04 from=2028-12-31T18:00:00 until=2029-01-03T24:00:00").empty());
}

TEST_F(camt_on_a_ledger, numbers_that_are_made_from_the_day_have_no_gaps_and_no_repeats) {
    const auto rules = [&](const std::string& account) {
        return rules_of(deliver("camt.053", camt_bytes(numbered("EX-" + std::to_string(deliveries_), account, ""))).told);
    };
    for (const char* const account :
         {"seq=20260302 closing=2026-03-02", "seq=20260304 closing=2026-03-04", "seq=260305 closing=2026-03-05",
          "seq=26030901 closing=2026-03-09", "seq=20260312 written=2026-03-12 closing=2026-03-11",
          "seq=20260313 from=2026-03-13T00:00:00 until=2026-03-13T00:00:00"})
        EXPECT_TRUE(rules(account).empty()) << account;
    EXPECT_TRUE(must(ledger_.begin()->number_gaps(9)).empty());
    EXPECT_TRUE(rules("seq=41 closing=2026-03-13").empty());
    EXPECT_THAT(rules("seq=43 closing=2026-03-16"), ElementsAre("warning CAMT-R21"));
}

TEST_F(camt_on_a_ledger, the_statements_on_each_currency_of_an_account_count_for_themselves) {
    for (const char* account : {"seq=8", "seq=8 ccy=EUR", "seq=9", "seq=9 ccy=EUR"})
        EXPECT_TRUE(
            rules_of(deliver("camt.053", camt_bytes(numbered("EX-" + std::to_string(deliveries_), account, ""))).told).empty())
            << account;
}

TEST_F(camt_on_a_ledger, a_repeated_number_can_be_made_a_warning_by_a_profile) {
    with_.policy.profile.severities.emplace("CAMT-R21", severity::warning);
    EXPECT_TRUE(deliver("camt.053", camt_bytes(numbered("EX-1", "seq=41", one_entry))).told.accepted);
    const auto made = deliver("camt.053", camt_bytes(numbered("EX-2", "seq=41", "entry 2026-03-02 00042\npay 9.00\n")));
    ASSERT_THAT(rules_of(made.told), ElementsAre("warning CAMT-R21"));
    EXPECT_THAT(made.told.findings[0].expected, HasSubstr("batch"));
    EXPECT_EQ(made.told.sections.front().state, section_state::booked);
}

TEST_F(camt_on_a_ledger, entries_held_for_a_repeated_number_are_booked_when_released) {
    EXPECT_TRUE(deliver("camt.053", camt_bytes(numbered("EX-1", "seq=41", one_entry))).told.accepted);
    const auto held = deliver("camt.053", camt_bytes(numbered("EX-2", "seq=41", "entry 2026-03-02 00042\npay 9.00\n")));
    ASSERT_EQ(held.told.sections.front().state, section_state::held);
    EXPECT_EQ(must(release(held, 1)).sections.front().state, section_state::booked);
}

// Neither leaves a number behind, so that the original or a later statement is no repeat of it.
TEST_F(camt_on_a_ledger, copies_and_messages_that_are_refused_or_report_have_no_numbers) {
    for (const auto& [kind, account] : {std::pair("053", "seq=41 copy=DUPL"), std::pair("052", "seq=41")}) {
        std::string text = numbered("EX-1", account, one_entry);
        text.replace(text.find("053"), 3, kind);
        EXPECT_TRUE(deliver("camt." + std::string(kind), camt_bytes(text)).told.accepted);
    }
    std::string cut = camt_bytes(numbered("EX-2", "seq=41", one_entry));
    cut.resize(cut.size() - 20);
    EXPECT_FALSE(deliver("camt.053", cut).told.accepted);
    EXPECT_TRUE(rules_of(deliver("camt.053", camt_bytes(numbered("EX-3", "seq=41", one_entry))).told).empty());
}

TEST_F(camt_on_a_ledger, a_number_that_is_none_is_not_compared) {
    for (const char* account : {"seq=x", "seq=1234567890123456789", "seq=-1", "seq=7 written=igår"}) {
        const auto made = deliver("camt.053", camt_bytes(numbered("EX-" + std::to_string(deliveries_), account, "")));
        EXPECT_TRUE(rules_of(made.told).empty()) << account;
    }
    EXPECT_TRUE(rules_of(deliver("camt.053", camt_bytes(numbered("EX-9", "seq=7", ""))).told).empty());
}

TEST_F(camt_on_a_ledger, a_message_id_that_stands_for_two_messages_is_told_as_such) {
    EXPECT_TRUE(deliver_camt("054", "EX-1", one_entry).told.accepted);
    const auto made = deliver_camt("054", "EX-1", "entry 2026-03-03 00042\npay 7.00\nocr 1000300101\n");
    EXPECT_FALSE(made.told.accepted);
    EXPECT_EQ(made.told.already_in_file, "");
    ASSERT_EQ(made.told.findings.size(), 1u);
    EXPECT_THAT(made.told.findings[0].found, testing::EndsWith(" with other content"));
}

TEST_F(camt_on_a_ledger, what_is_held_for_review_can_be_made_a_warning_by_a_profile) {
    EXPECT_TRUE(deliver_camt("054", "EX-1", one_entry).told.accepted);
    with_.policy.profile.severities.emplace("CAMT-R22", severity::warning);
    const auto made = deliver_camt("054", "EX-2", one_entry);
    EXPECT_THAT(rules_of(made.told), ElementsAre("warning CAMT-R22", "warning CAMT-R22"));  // the deposit and its payment
    EXPECT_EQ(made.told.held, 0u);
    EXPECT_EQ(made.told.matched, 1u);
}

// What the rules softened here guard cannot be booked or matched, whatever a profile calls it.
TEST_F(camt_on_a_ledger, no_profile_matches_a_return) {
    with_.policy.profile.severities.emplace("CAMT-R30", severity::warning);
    const auto made = deliver_camt("054", "EX-1", "entry 2026-03-02 00041\npay 10.00 returned\nocr 1000300101\n");
    EXPECT_EQ(made.told.held, 1u);
    EXPECT_EQ(made.told.sums.at("SEK").suspense_ore, 1000);
}

TEST_F(camt_on_a_ledger, no_profile_books_an_entry_without_an_amount) {
    with_.policy.profile.severities.emplace("CAMT-R02", severity::warning);
    const auto made = deliver_camt("054", "EX-1", "entry 2026-03-02 00041 sum=mycket\npay 10.00\n");
    ASSERT_TRUE(made.told.accepted);
    EXPECT_EQ(made.told.sections.front().state, section_state::held);
    EXPECT_EQ(release(made, 1).error().code, error_code::invalid_content);
}

TEST_F(camt_on_a_ledger, no_profile_divides_a_payment_whose_parts_do_not_add_up) {
    with_.policy.profile.severities.emplace("CAMT-R14", severity::warning);
    const auto made = deliver_camt("054", "EX-1", "entry 2026-03-02 00041\npay 10.00\nocr 1000300101 4.00\ndoc fri 5.00\n");
    EXPECT_EQ(made.told.unmatched, 1u);
    EXPECT_EQ(made.told.sums.at("SEK").suspense_ore, 1000);
}

TEST_F(camt_on_a_ledger, a_booking_that_was_not_committed_leaves_nothing) {
    const std::string bytes = camt_bytes(message("054", "EX-1", one_entry));
    {
        auto into = ledger_.begin();
        ledger::exchanged_file file{0, "claim-x", "x.xml", "camt.054", sha256_hex(bytes), 1, {}, {}, {}};
        must(into->add_file(file));
        EXPECT_TRUE(must(find_mapping("camt.054")->book(bytes, file, with_, *into)).files.front().accepted);
    }
    EXPECT_EQ(ledger_.books(), "");
    EXPECT_TRUE(deliver("camt.054", bytes).told.accepted);
    EXPECT_NE(ledger_.books(), "");
}

TEST_F(camt_on_a_ledger, a_failing_store_is_an_error_not_a_verdict) {
    auto reader = must(ledger_.store().begin_read("provbolaget"));
    ledger::exchanged_file file;
    file.id = 1;
    const auto told = find_mapping("camt.054")->book(camt_bytes(message("054", "EX-1", one_entry)), file, with_, *reader);
    ASSERT_FALSE(told.has_value());
    EXPECT_EQ(told.error().code, error_code::permission_denied);
}

TEST_F(camt_on_a_ledger, a_damaged_message_is_refused_and_told) {
    std::string bytes = camt_bytes(message("054", "EX-1", one_entry));
    bytes.resize(bytes.size() - 20);
    const auto made = deliver("camt.054", bytes);
    EXPECT_FALSE(made.told.accepted);
    EXPECT_EQ(made.told.sections.front().state, section_state::refused);
    EXPECT_THAT(rules_of(made.told), ElementsAre("error CAMT-R01"));
    EXPECT_EQ(ledger_.books(), "");
}

// Pages of one message carry its id; the same page again is the same message.
TEST(camt_identity, tells_pages_apart) {
    const auto identity = [](std::string_view page, std::string_view id) {
        std::string bytes = camt_bytes(message("054", "EX-1", one_entry));
        const std::size_t at = bytes.find("<MsgId>EX-1</MsgId>");
        bytes.replace(at, 19, "<MsgId>" + std::string(id) + "</MsgId>");
        if (!page.empty())
            bytes.insert(bytes.find("</GrpHdr>"),
                         "<MsgPgntn><PgNb>" + std::string(page) + "</PgNb><LastPgInd>true</LastPgInd></MsgPgntn>");
        return camt_identity(camt::read(bytes), bytes);
    };
    EXPECT_EQ(identity("", "EX-1"), identity("", "EX-1"));
    EXPECT_EQ(identity("1", "EX-1"), identity("1", "EX-1"));
    EXPECT_NE(identity("1", "EX-1"), identity("2", "EX-1"));
    EXPECT_NE(identity("", "EX-1"), identity("", "EX-2"));
    EXPECT_NE(identity("", ""), identity("1", ""));
}

}  // namespace
}  // namespace brygga::inbound::test
