// LB-R11 and the files of each route: what goes in, what stays, and that our own reader takes them.
#include <gmock/gmock.h>

#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/bankgirot/sus/reader.hpp"
#include "formats/iso20022/pain/reader.hpp"
#include "formats/registry.hpp"
#include "mapping/outbound/autogiro_run.hpp"
#include "mapping/outbound/credit_transfers.hpp"
#include "mapping/outbound/lb_payouts.hpp"
#include "mapping/outbound/sus_payouts.hpp"
#include "tests/payouts/desk.hpp"

namespace brygga::payouts::test {
namespace {

using outbound::payout_file;
using testing::HasSubstr;
using testing::Not;

constexpr date pays = 2026y / 6 / 1;

class payout_export : public desk {
 protected:
    payout_file transfers(ledger::row_id file_id = 77) {
        outbound::credit_transfer_terms how;
        how.head.initiator_name = how.head.debtor_name = "Exempel Energi AB";
        how.head.initiator_id = "5566778899";
        how.head.account = {pain::debit_form::iban, "SE4550000000058398257466"};
        how.head.agent_bic = "ESSESESS";
        how.now = time.now_ms;
        how.pays = pays;
        return must(outbound::prepare_credit_transfers(how, limits(), file_id, in()));
    }
    payout_file suppliers(ledger::row_id file_id = 77) {
        return must(outbound::prepare_lb_payouts({"9912346", today, pays}, limits(), file_id, in()));
    }
    payout_file civic(ledger::row_id file_id = 77) {
        sus::agreement under;
        under.number = "123456";
        under.distribution = "1";
        under.method = "1";
        under.register_at_swedbank = true;
        return must(outbound::prepare_sus_payouts(under, pays, limits(), file_id, in()));
    }
    outbound::payout_limits limits() const { return {terms, daily_ore, time.now_ms - 1000, until.value_or(time.now_ms)}; }

    // Of our own reader: no finding that holds anything.
    static void expect_clean(const payout_file& made, std::string_view format) {
        const brygga::format* const known = sniff(made.bytes);
        ASSERT_NE(known, nullptr);
        EXPECT_EQ(known->id(), format);
        known->check(made.bytes, {}, [](const check_report& told) {
            EXPECT_TRUE(told.accepted);
            for (const finding& each : told.findings->kept())
                EXPECT_LT(each.level, severity::hold) << each.rule->id << each.expected;
        });
    }

    std::optional<std::int64_t> daily_ore;
    std::optional<ledger::timestamp_ms> until;
};

TEST_F(payout_export, a_credit_transfer_names_the_payout_and_pays_its_account) {
    pay_too_much(100000);
    const auto id = approved(30050);
    const auto made = transfers();
    expect_clean(made, "pain.001");
    EXPECT_EQ(made.payouts, 1u);
    EXPECT_EQ(made.sum_ore, 30050);
    EXPECT_THAT(made.bytes, HasSubstr("<EndToEndId>" + ledger::format_id(id) + "</EndToEndId>"));
    EXPECT_THAT(made.bytes, HasSubstr("300.50"));
    EXPECT_THAT(made.bytes, HasSubstr("1009823"));
    EXPECT_THAT(made.bytes, HasSubstr("ÅTERBET K1"));
    EXPECT_THAT(made.bytes, HasSubstr("<MsgId>" + made.reference + "</MsgId>"));
    EXPECT_EQ(state(id), "exported");
    EXPECT_EQ(item(id).newest.day, pays);
    EXPECT_EQ(must(in().payouts().payouts_of_file(77)).size(), 1u);
}

TEST_F(payout_export, LB_R11_a_payout_leaves_once) {
    pay_too_much(100000);
    approved(30050);
    EXPECT_EQ(transfers().payouts, 1u);
    const auto again = transfers(78);
    EXPECT_EQ(again.payouts, 0u);
    EXPECT_EQ(again.bytes, "");
}

TEST_F(payout_export, LB_R11_the_same_again_gives_the_same_bytes) {
    terms.to_accounts = ledger::payout_route::supplier_payment;
    pay_too_much(100000);
    approved(30050);
    std::string first, second;
    for (std::string* const bytes : {&first, &second})
        EXPECT_FALSE(in().attempt([&]() -> result<void> {
            *bytes = suppliers().bytes;
            return fail(error_code::io, "the work was cut here");
        }));
    EXPECT_NE(first, "");
    EXPECT_EQ(first, second);
    EXPECT_EQ(suppliers().bytes, first);
}

TEST_F(payout_export, drafts_and_other_routes_stay) {
    pay_too_much(100000);
    must(ask_for(100));
    approved(200);
    EXPECT_EQ(suppliers().payouts, 0u);
    EXPECT_EQ(civic().payouts, 0u);
    EXPECT_EQ(transfers().sum_ore, 200);
}

TEST_F(payout_export, what_is_approved_after_its_time_waits_for_the_next) {
    pay_too_much(100000);
    approved(200);
    until = time.now_ms - 1;
    EXPECT_EQ(transfers().payouts, 0u);
    until = time.now_ms;
    EXPECT_EQ(transfers().payouts, 1u);
}

TEST_F(payout_export, LB_pays_accounts_and_giros) {
    terms.to_accounts = ledger::payout_route::supplier_payment;
    pay_too_much(10000);
    const auto to_account = approved(10000);
    pay_too_much(20000, "", "9912346");
    approved(20000);
    pay_too_much(30000, "");
    give_account({ledger::payee_account_kind::plusgiro, {}, "28571"});
    approved(30000);
    const auto made = suppliers();
    expect_clean(made, "lb");
    EXPECT_EQ(made.payouts, 3u);
    EXPECT_EQ(made.sum_ore, 60000);
    EXPECT_THAT(made.bytes, HasSubstr(ledger::format_id(to_account)));
    EXPECT_THAT(made.bytes, Not(HasSubstr("\n26")));
}

TEST_F(payout_export, SUS_pays_the_civic_number_and_names_no_account) {
    terms.to_accounts = ledger::payout_route::none;
    terms.by_civic_number = true;
    pay_too_much(30050, "");
    const auto id = approved(30050);
    const auto made = civic();
    expect_clean(made, "sus");
    EXPECT_THAT(made.bytes, HasSubstr(ledger::format_id(id)));
    EXPECT_THAT(made.bytes, HasSubstr("198112289874"));
    EXPECT_EQ(state(id), "exported");
}

TEST_F(payout_export, Autogiro_pays_the_account_of_the_mandate) {
    terms.direct_debit_up_to_ore = 5000;
    pay_too_much(4050, "");
    add_mandate("5841000001009823");
    const auto id = approved(4050);
    const auto run = [&](ledger::row_id file_id, std::string bankgiro = "9912346") {
        outbound::autogiro_terms how;
        how.customer_number = "471117";
        how.bankgiro = std::move(bankgiro);
        how.today = today;
        how.pays_back = limits();
        return must(outbound::prepare_autogiro(how, file_id, in()));
    };
    EXPECT_EQ(run(76, "58056201").payouts, 0u) << "the mandate is for another bankgiro";
    const auto made = run(77);
    EXPECT_EQ(made.payouts, 1u) << matters();
    EXPECT_EQ(made.paid_back_ore, 4050);
    EXPECT_THAT(made.bytes, HasSubstr("\n3220260529"));  // the next bank day
    EXPECT_THAT(made.bytes, HasSubstr(ledger::format_id(id)));
    EXPECT_EQ(state(id), "exported");
    EXPECT_EQ(run(78).bytes, "");
}

TEST_F(payout_export, what_the_writer_refuses_is_a_draft_again_and_keeps_nobody_back) {
    pay_too_much(300);
    berit.name.clear();
    change(berit);
    const auto nameless = approved(100);
    EXPECT_EQ(transfers().payouts, 0u);
    EXPECT_EQ(state(nameless), "draft");
    EXPECT_EQ(matters(), "payout-not-sent");
    EXPECT_THAT(must(in().matters().open_matters(1)).at(0).row.detail, HasSubstr("P1-R02"));
    EXPECT_THAT(must(in().matters().open_matters(1)).at(0).row.detail, HasSubstr("Cdtr/Nm"));
    berit.name = "Berit Björk";
    change(berit);
    approved(100);
    EXPECT_EQ(transfers().payouts, 1u);
}

TEST_F(payout_export, what_is_beyond_the_daily_limit_waits_and_is_not_overtaken) {
    daily_ore = 1000;
    pay_too_much(5000);
    const auto first = approved(600), second = approved(500), third = approved(100);
    const auto made = transfers();
    EXPECT_EQ(made.payouts, 1u);
    EXPECT_EQ(made.beyond_daily_limit, 2u);
    EXPECT_EQ(transfers(78).payouts, 0u) << "the same day again";
    time.now_ms += 24LL * 3600 * 1000;
    EXPECT_EQ(transfers(79).sum_ore, 600);
    EXPECT_EQ(state(first) + state(second) + state(third), "exportedexportedexported");
}

TEST_F(payout_export, one_above_the_daily_limit_is_for_a_person) {
    daily_ore = 1000;
    pay_too_much(5000);
    approved(1001);
    approved(300);
    const auto made = transfers();
    EXPECT_EQ(made.sum_ore, 300);
    EXPECT_EQ(made.held, 1u);
    EXPECT_EQ(matters(), "payout-above-daily-limit");
}

TEST_F(payout_export, one_above_the_daily_limit_goes_when_a_person_has_seen_to_it) {
    daily_ore = 1000;
    pay_too_much(5000);
    approved(1001);
    EXPECT_EQ(transfers().held, 1u);
    close_matters();
    EXPECT_EQ(transfers(78).sum_ore, 1001);
}

// Nobody would take it any more, and nobody would know.
TEST_F(payout_export, approved_by_a_way_that_is_not_gone_any_more_is_a_draft_again) {
    pay_too_much(1000);
    const auto id = approved(500);
    terms.to_accounts = ledger::payout_route::supplier_payment;
    EXPECT_EQ(suppliers().payouts, 0u);
    EXPECT_EQ(state(id), "draft");
    EXPECT_EQ(matters(), "payout-goes-elsewhere");
}

TEST_F(payout_export, PRO_R12_a_protected_payee_is_not_in_free_text) {
    terms.to_accounts = ledger::payout_route::supplier_payment;
    pay_too_much(10000);
    berit.protected_identity = true;
    change(berit);
    const auto id = must(ask_for(10000)).id;
    close_matters();
    ASSERT_TRUE(must(approve(id, std::string(chief), "seen", terms, in())).approved);
    const auto made = suppliers();
    expect_clean(made, "lb");
    EXPECT_THAT(made.bytes, Not(HasSubstr("K1")));
    EXPECT_THAT(made.bytes, Not(HasSubstr("Berit")));
}

TEST_F(payout_export, a_long_customer_id_is_left_out_of_the_text) {
    berit.customer_id = "PROVSTAD-KUND-00012345";
    change(berit);
    pay_too_much(1000);
    approved(1000);
    const auto made = transfers();
    expect_clean(made, "pain.001");
    EXPECT_THAT(made.bytes, HasSubstr("ÅTERBET<"));
    EXPECT_THAT(made.bytes, Not(HasSubstr("PROVSTAD")));
}

}  // namespace
}  // namespace brygga::payouts::test
