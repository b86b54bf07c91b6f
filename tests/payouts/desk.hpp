// A ledger with a customer who has paid too much, for the tests of payouts.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "mapping/payouts/outcome.hpp"
#include "mapping/payouts/request.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::payouts::test {

using namespace std::chrono_literals;
using ledger::expect_error;
using ledger::must;

inline constexpr date today = 2026y / 5 / 28;  // of the tests' clock
inline constexpr std::string_view clerk = "eva", chief = "nils";
inline const ledger::payee_account their_account{ledger::payee_account_kind::bank_account, "5841", "1009823"};

// Accounts by pain.001 and two persons for any amount.
[[nodiscard]] payout_terms plain_terms();

class desk : public testing::Test {
 protected:
    desk();

    // What the customer has paid too much, from this account (as ledger::payer has it) or bankgiro.
    ledger::row_id pay_too_much(std::int64_t amount_ore, std::string_view from_account = "5841000001009823",
                                std::string_view from_bankgiro = "");
    ledger::row_id open_credit(std::int64_t amount_ore);
    void give_account(const ledger::payee_account& account);
    ledger::row_id add_mandate(std::string_view account, ledger::mandate_state state = ledger::mandate_state::active);
    void change(const ledger::customer& to) { must(in().put_customer(to)); }

    [[nodiscard]] result<asked_payout> ask_for(std::int64_t amount_ore);
    // Asked for and approved.
    ledger::row_id approved(std::int64_t amount_ore);
    ledger::row_id exported(std::int64_t amount_ore, ledger::row_id file_id = 77);
    [[nodiscard]] ledger::payout_item item(ledger::row_id id) { return *must(in().payouts().payout_with_id(id)); }
    [[nodiscard]] std::string state(ledger::row_id id) { return std::string(name(item(id).newest.state)); }
    // Free of all advances and credits.
    [[nodiscard]] std::int64_t free_ore();
    // What waits on account::payout, credit positive.
    [[nodiscard]] std::string sum_of(ledger::account of);
    // Kinds of the open ones, oldest first, with blanks between.
    [[nodiscard]] std::string matters();
    void close_matters();

    ledger::transaction& in() { return *into_; }

    payout_terms terms = plain_terms();
    ledger::customer berit = ledger::samples::a_customer("K1");
    ledger::manual_clock time;

 private:
    ledger::temporary_folder folder_;
    std::unique_ptr<ledger::store> books_;
    std::unique_ptr<ledger::transaction> into_;
    int files_ = 0;
};

}  // namespace brygga::payouts::test
