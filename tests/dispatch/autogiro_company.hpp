// A company of an office that collects by Autogiro, and what its books hold.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/intake/scratch_folder.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::dispatch::test {

inline constexpr ledger::timestamp_ms hour = 3'600'000, day = 24 * hour;
inline constexpr ledger::timestamp_ms monday_noon = 1'795'431'600'000;  // 2026-11-23 12:00 in Sweden

// For the configuration of an office: two bankgiro numbers under one customer number, sealed files.
inline std::string agreement() {
    return fmt::format(
        "seal = '471117'\n[[tenant.partner.fetch]]\nfolder = 'out'\nthen = 'remove'\nquiet_ms = 0\n"
        "[[tenant.seal_key]]\ncustomer = '471117'\nsecret.file = 'seal.key'\nkvv = '{}'\n"
        "[[tenant.bankgiro]]\nnumber = '991-2346'\n[[tenant.bankgiro]]\nnumber = '5805-6201'\n"
        "[tenant.autogiro]\ncustomer = '471117'\nbankgiros = ['991-2346', '5805-6201']\npartner = 'bank'\nfolder = 'in'\n",
        seal::testing::key_of(seal::testing::other_key).kvv().text());
}

inline void put_key(const std::filesystem::path& folder) {
    intake_test::put(folder / "seal.key", std::string(seal::testing::other_key));
    std::filesystem::permissions(folder / "seal.key", std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

// An active mandate of a customer, and an invoice of 125.00 that falls due on 30 November 2026.
inline void seed(ledger::store& books, std::string_view payer = "7001") {
    using namespace std::chrono_literals;
    const auto into = books.begin("energi");
    ASSERT_TRUE(into);
    const std::string customer(payer);
    ASSERT_TRUE((*into)->put_customer(ledger::samples::a_customer(customer)));
    ledger::invoice invoice = ledger::samples::an_invoice("1000" + customer, customer, {12'500});
    invoice.reference = "1000" + customer;
    invoice.issue_date = 2026y / 11 / 2;
    invoice.due_date = 2026y / 11 / 30;
    ledger::samples::post(**into, invoice);
    ledger::mandate mandate{0, "9912346", customer};
    ASSERT_TRUE((*into)->direct_debit().add_mandate(mandate));
    ledger::mandate_event event;
    event.state = ledger::mandate_state::active;
    event.customer_id = customer;
    event.account = "8901003232323232";
    event.identity = "191212121212";
    event.day = 2026y / 10 / 1;
    ASSERT_TRUE((*into)->direct_debit().add_mandate_event(mandate.id, event));
    ASSERT_TRUE((*into)->commit());
}

}  // namespace brygga::dispatch::test
