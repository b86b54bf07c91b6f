// Claims of invoices in the books: interest per part, the one reminder fee, and what is handed over or may be cut.
#include "mapping/claims/claim.hpp"

#include <gmock/gmock.h>

#include "mapping/claims/fees.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::claims::test {

namespace {

using namespace ledger::samples;
using namespace std::chrono_literals;
using ledger::must;
using ledger::objection_state;
using ledger::utility;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class claims_of_invoices : public ledger::store_test {
 protected:
    // Lines for EL, FV, FI, VA, RE in turn, due 31 March 2026.
    void invoiced(std::vector<std::int64_t> lines_ore) { id_ = post(in(), an_invoice("F1", "K1", std::move(lines_ore))); }

    void paid_on(date day, std::int64_t amount_ore) {
        bank_file from(in(), "file-" + format_iso_date(day));
        ledger::payment what = from.make_payment(amount_ore);
        what.value_date = day;
        must(in().add_payment(what));
        ledger::entry booked = to_invoice(from, what, invoice(), amount_ore);
        must(in().add_entry(booked));
        from.finish();
    }

    void object_to(std::uint16_t part_no, objection_state state = objection_state::raised) {
        must(in().add_objection({id_, part_no, state, "eva", "meter", 0, 0}));
    }

    [[nodiscard]] ledger::open_invoice invoice() { return must(in().invoice_with_id(id_)).value(); }

    [[nodiscard]] std::vector<std::int64_t> interest_by_part(date to) {
        const invoice_interest got = must(interest_of(invoice(), to, {}, rate_table::published(), in()));
        std::vector<std::int64_t> out;
        std::int64_t sum_ore = 0;
        for (const part_interest& each : got.parts) {
            out.push_back(each.accrued.ore);
            sum_ore += each.accrued.ore;
        }
        EXPECT_EQ(got.ore, sum_ore);
        return out;
    }

    ledger::transaction& in() {
        if (!in_) in_ = begin();
        return *in_;
    }

    ledger::row_id id_{};

 private:
    std::unique_ptr<ledger::transaction> in_;
};

// BILL-R32. 30 days at 10 % on each: 1 899.00 gives 15.6082, 499.00 gives 4.1014, 812.50 gives 6.6781. On the sum it would
// be 26.39.
TEST_P(claims_of_invoices, bear_interest_part_by_part_rounded_each_bill_r32) {
    invoiced({189900, 49900, 81250});
    EXPECT_THAT(interest_by_part(2026y / 4 / 30), ElementsAre(1561, 410, 668));
    EXPECT_THAT(interest_by_part(2026y / 3 / 31), ElementsAre(0, 0, 0));
}

// Paid on the 20th: the old capital bears interest through that day. What is paid keeps its interest (CL-R05).
TEST_P(claims_of_invoices, bear_interest_on_what_is_left_from_the_day_after_a_payment) {
    invoiced({100000});
    paid_on(2026y / 4 / 20, 60000);
    EXPECT_THAT(interest_by_part(2026y / 4 / 30), ElementsAre(548 + 110));
    paid_on(2026y / 4 / 30, 40000);
    EXPECT_THAT(interest_by_part(2026y / 7 / 30), ElementsAre(548 + 110));
}

TEST_P(claims_of_invoices, bear_interest_to_the_payment_and_not_to_the_day_on_which_a_person_matched_it) {
    invoiced({100000});
    bank_file from(in(), "unknown");
    ledger::payment what = from.make_payment(100000);
    what.value_date = 2026y / 4 / 10;
    must(in().add_payment(what));
    ledger::entry waiting = to_suspense(from, what);
    must(in().add_entry(waiting));
    ledger::entry matched{0,
                          ledger::entry_kind::match,
                          what.id,
                          2026y / 6 / 1,
                          0,
                          {{ledger::account::suspense, 100000, "SEK", what.id, 0, {}, "clerk"},
                           {ledger::account::receivable, -100000, "SEK", id_, 1, "K1", "clerk"}}};
    must(in().add_entry(matched));
    from.finish();
    EXPECT_THAT(interest_by_part(2026y / 6 / 30), ElementsAre(274));  // ten days
}

TEST_P(claims_of_invoices, bear_no_interest_on_what_a_credit_note_takes_back) {
    const ledger::invoice item = an_invoice("F1", "K1", {100000});
    id_ = post(in(), item);
    ledger::credit_note credit = a_credit_note("C1", item, 40000);
    credit.issue_date = 2026y / 5 / 15;
    post(in(), credit);
    EXPECT_THAT(interest_by_part(2026y / 4 / 30), ElementsAre(493));  // 30 days on 600.00
}

// An open one that is netted long after.
TEST_P(claims_of_invoices, bear_no_interest_on_what_a_credit_note_takes_back_whenever_it_is_netted) {
    const ledger::invoice item = an_invoice("F1", "K1", {100000});
    id_ = post(in(), item);
    ledger::credit_note credit = a_credit_note("C1", item, 40000);
    credit.settlement = ledger::credit_settlement::open;
    const ledger::row_id credit_id = post(in(), credit);
    const ledger::row_id advance_id = give_advance(in(), "K1", 10000, 2026y / 4 / 10);
    ledger::entry netted{0,
                         ledger::entry_kind::advance_use,
                         id_,
                         2026y / 6 / 1,
                         0,
                         {{ledger::account::receivable, -50000, "SEK", id_, 1, "K1", "netted"},
                          {ledger::account::credit_note, 40000, "SEK", credit_id, 0, "K1", "netted"},
                          {ledger::account::advance, 10000, "SEK", advance_id, 0, "K1", "netted"}}};
    must(in().add_entry(netted));
    EXPECT_THAT(interest_by_part(2026y / 4 / 30), ElementsAre(438));  // 10 days on 600.00, and 20 on 500.00
}

TEST_P(claims_of_invoices, bear_interest_as_if_what_was_taken_back_had_not_been_paid) {
    invoiced({100000});
    bank_file from(in(), "bounced");
    ledger::payment what = from.make_payment(100000);
    what.value_date = 2026y / 4 / 1;
    must(in().add_payment(what));
    ledger::entry booked = to_invoice(from, what, invoice(), 100000);
    must(in().add_entry(booked));
    ledger::entry reversed{0, ledger::entry_kind::correction, from.file.id, 2026y / 4 / 20, booked.id, booked.postings};
    for (ledger::posting& each : reversed.postings)
        each.amount_ore = -each.amount_ore;
    must(in().add_entry(reversed));
    from.finish();
    EXPECT_THAT(interest_by_part(2026y / 4 / 30), ElementsAre(822));
}

// What the invoice gives back on one part lowers what is owed on the others.
TEST_P(claims_of_invoices, with_a_part_in_credit_bear_interest_on_what_is_owed_on_the_whole) {
    invoiced({100000, -20000});
    EXPECT_THAT(interest_by_part(2026y / 4 / 30), ElementsAre(658, 0));
    EXPECT_THAT(parts_to_cut(invoice()), ElementsAre(1));
}

TEST_P(claims_of_invoices, that_are_nothing_on_the_whole_are_not_collected) {
    invoiced({100000, -100000});
    EXPECT_THAT(interest_by_part(2026y / 4 / 30), ElementsAre(0, 0));
    EXPECT_THAT(agency_cases(invoice()), IsEmpty());
    EXPECT_THAT(parts_to_cut(invoice()), IsEmpty());
}

TEST_P(claims_of_invoices, want_a_rate_for_each_half_year_cl_r03) {
    invoiced({100000});
    ledger::expect_error(interest_of(invoice(), 2027y / 1 / 1, {}, rate_table::published(), in()), error_code::not_found,
                         "CL-R03");
}

// BILL-R33.
TEST_P(claims_of_invoices, bear_one_reminder_fee_on_the_first_part_whose_contract_has_the_clause_bill_r33) {
    const auto borne = [&](std::vector<std::int64_t> lines_ore, std::vector<utility> with_clause) {
        const auto parts = ledger::parts_of(an_invoice("F", "K1", std::move(lines_ore)));
        return part_of_reminder_fee(parts, [&](const ledger::invoice_part& each) {
            return std::find(with_clause.begin(), with_clause.end(), each.kind) != with_clause.end();
        });
    };
    EXPECT_EQ(borne({100, 100, 100, 100, 100}, {utility::EL, utility::FV, utility::FI}), 1);
    EXPECT_EQ(borne({100, 100, 100, 100, 100}, {utility::FI, utility::FV}), 2);
    EXPECT_EQ(borne({100, 100, 100, 100, 100}, {utility::FI}), 3);
    EXPECT_EQ(borne({100, 100, 100, 100, 100}, {utility::VA, utility::RE}), std::nullopt);
    EXPECT_EQ(borne({100, 100}, {}), std::nullopt);
}

// BILL-R35.
TEST_P(claims_of_invoices, are_handed_over_together_when_the_invoice_is_combined_bill_r35) {
    invoiced({189900, 49900, 81250, 60000, 26000});
    const auto cases = agency_cases(invoice());
    ASSERT_EQ(cases.size(), 1U);
    EXPECT_EQ(cases[0].utility, "OV");
    EXPECT_THAT(cases[0].debts, ElementsAre(1, 2, 3, 4, 5));
    EXPECT_THAT(parts_to_cut(invoice()), ElementsAre(1, 2, 3, 4));  // each in a case of its own, never waste
}

TEST_P(claims_of_invoices, are_handed_over_by_supply_point_when_one_utility_is_all_there_is) {
    ledger::invoice item = an_invoice("F1", "K1", {100000, 50000});
    item.lines[1].kind = utility::EL;
    id_ = post(in(), item);
    const auto cases = agency_cases(invoice());
    ASSERT_EQ(cases.size(), 2U);
    EXPECT_EQ(cases[0].utility, "EL");
    EXPECT_THAT(cases[0].debts, ElementsAre(1));
    EXPECT_THAT(cases[1].debts, ElementsAre(2));
}

// BILL-R34.
TEST_P(claims_of_invoices, that_are_objected_to_pause_alone_bill_r34) {
    invoiced({189900, 49900, 81250});
    object_to(2);
    EXPECT_TRUE(invoice().is_disputed());
    EXPECT_EQ(invoice().undisputed().open_ore(), 189900 + 81250);
    EXPECT_THAT(agency_cases(invoice()).at(0).debts, ElementsAre(1, 3));
    EXPECT_THAT(parts_to_cut(invoice()), ElementsAre(1, 3));
    object_to(0);
    EXPECT_THAT(agency_cases(invoice()), IsEmpty());
    object_to(0, objection_state::rejected);
    EXPECT_THAT(parts_to_cut(invoice()), ElementsAre(1, 3));  // the objection to the part has not been answered
    object_to(2, objection_state::rejected);
    EXPECT_THAT(parts_to_cut(invoice()), ElementsAre(1, 2, 3));
}

BRYGGA_ALL_STORES(claims_of_invoices);

}  // namespace

}  // namespace brygga::claims::test
