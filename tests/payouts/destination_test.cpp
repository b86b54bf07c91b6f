// RF-R03: where money goes back to.
#include "mapping/payouts/destination.hpp"

#include <gmock/gmock.h>

#include "tests/payouts/desk.hpp"

namespace brygga::payouts::test {
namespace {

using ledger::payee_account_kind;
using ledger::payout_route;

class payout_destination : public desk {
 protected:
    std::string of(std::int64_t amount_ore = 100) {
        const destination found = must(ask_for(amount_ore)).goes;
        return std::string(name(found.route)) + (found.to.kind == payee_account_kind::none ? "" : " " + masked(found.to));
    }
};

TEST_F(payout_destination, RF_R03_is_the_account_that_paid) {
    pay_too_much(1000);
    give_account({payee_account_kind::plusgiro, {}, "28571"});
    EXPECT_EQ(of(), "pain.001 account ...9823");
}

TEST_F(payout_destination, RF_R03_may_be_an_iban_or_a_bankgiro_that_paid) {
    pay_too_much(1000, "SE4550000000058398257466");
    EXPECT_EQ(of(1000), "pain.001 iban ...7466");
    pay_too_much(1000, "", "9912346");
    EXPECT_EQ(of(1000), "pain.001 bankgiro ...2346");
}

TEST_F(payout_destination, RF_R03_of_two_accounts_that_paid_is_neither) {
    pay_too_much(1000);
    pay_too_much(1000, "SE4550000000058398257466");
    EXPECT_EQ(of(1500), "none");
}

TEST_F(payout_destination, RF_R03_is_otherwise_the_account_that_the_customer_gave) {
    pay_too_much(1000, "");
    give_account(their_account);
    give_account({payee_account_kind::plusgiro, {}, "28571"});
    EXPECT_EQ(of(), "pain.001 plusgiro ...71");
}

TEST_F(payout_destination, an_account_that_paid_and_cannot_be_one_is_none) {
    pay_too_much(1000, "5841000001009824");  // its check digit is wrong
    EXPECT_EQ(of(), "none");
}

TEST_F(payout_destination, is_the_account_of_an_active_mandate) {
    pay_too_much(1000, "");
    add_mandate("5841000001009823");
    EXPECT_EQ(of(), "pain.001 account ...9823");
}

TEST_F(payout_destination, is_the_mandate_itself_for_small_amounts) {
    terms.direct_debit_up_to_ore = 100;
    pay_too_much(1000, "");
    const auto mandate_id = add_mandate("5841000001009823");
    EXPECT_EQ(of(100), "autogiro account ...9823");
    EXPECT_EQ(of(101), "pain.001 account ...9823");
    EXPECT_EQ(must(ask_for(100)).goes.through_id, mandate_id);
}

TEST_F(payout_destination, is_not_a_mandate_that_has_ended) {
    terms.direct_debit_up_to_ore = 100;
    pay_too_much(1000, "");
    add_mandate("5841000001009823", ledger::mandate_state::cancelled);
    EXPECT_EQ(of(100), "none");
}

TEST_F(payout_destination, BILL_R26_is_the_civic_number_where_that_is_agreed) {
    terms.by_civic_number = true;
    pay_too_much(1000, "");
    EXPECT_EQ(of(), "sus");
    berit.category = ledger::customer_category::business;
    change(berit);
    EXPECT_EQ(of(), "none");
}

TEST_F(payout_destination, is_never_the_civic_number_of_somebody_protected) {
    terms.by_civic_number = true;
    pay_too_much(1000, "");
    berit.protected_identity = true;
    change(berit);
    EXPECT_EQ(of(), "none");
}

TEST_F(payout_destination, without_a_route_to_accounts_is_no_account) {
    terms.to_accounts = payout_route::none;
    terms.by_civic_number = true;
    pay_too_much(1000);
    give_account(their_account);
    EXPECT_EQ(of(), "sus");
}

TEST_F(payout_destination, of_LB_is_no_iban) {
    terms.to_accounts = payout_route::supplier_payment;
    pay_too_much(1000, "SE4550000000058398257466");
    EXPECT_EQ(of(), "none");
    give_account(their_account);
    EXPECT_EQ(of(), "lb account ...9823");
}

TEST_F(payout_destination, is_not_a_mandate_of_a_bankgiro_that_does_not_collect) {
    terms.direct_debit_up_to_ore = 100;
    terms.collecting = {"58056201"};
    pay_too_much(1000, "");
    add_mandate("5841000001009823");
    EXPECT_EQ(of(100), "pain.001 account ...9823");
}

struct written_account {
    std::string_view text, expected;
};

TEST(payee_account, is_read_as_people_write_it) {
    const written_account all[] = {
        {"5841-1009823", "account ...9823"},
        {"5841 100 98 23", "account ...9823"},
        {"bankgiro:991-2346", "bankgiro ...2346"},
        {"plusgiro:2857-1", "plusgiro ...71"},
        {"SE45 5000 0000 0583 9825 7466", "iban ...7466"},
    };
    for (const written_account& each : all)
        EXPECT_EQ(masked(must(parse_payee_account(each.text))), each.expected) << each.text;
}

TEST(payee_account, that_is_none_is_refused_without_being_repeated) {
    for (const std::string_view text :
         {"5841-1009824", "bankgiro:991-2347", "plusgiro:2857-8", "SE4650000000058398257466", "", "x"}) {
        const auto read = parse_payee_account(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, error_code::invalid_argument);
        const std::string_view number =
            text.substr(text.find_first_of("0123456789") == text.npos ? text.size() : text.find_first_of("0123456789"));
        EXPECT_TRUE(number.empty() || read.error().text.find(number) == std::string::npos) << text;
    }
}

}  // namespace
}  // namespace brygga::payouts::test
