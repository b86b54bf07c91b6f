// What reminders, claims and cuts may cost (claims-process.md section 2): Act 1981:739, ordinance 1992:1094, Ellag chapter 11.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::claims {

enum class fee_code : std::uint8_t {
    PAM,  // reminder (påminnelse)
    INK,  // collection claim (inkassokrav)
    AMO,  // instalment plan (amorteringsplan)
    FSE,  // late-payment compensation (förseningsersättning), businesses
    KFA,  // application for a payment order (betalningsföreläggande)
    KFG,  // enforcement (grundavgift)
    KFO,  // the agent's cost in a payment order (ombudsarvode)
    AVI,  // notice within a plan (aviavgift)
    UPP,  // demand for rectification (uppmaning)
    DEL,  // service by receipt (delgivning)
    STA,  // service by process server (stämningsman)
    SOC,  // notice to the social welfare board
    AVS,  // cut (avstängning)
    TIL,  // reconnection (tillkoppling)
    ALT,  // information on alternatives to a cut: free of charge, always
    FAK,  // invoice fee
    OVR,  // other, with a text
};
[[nodiscard]] std::string_view name(fee_code code) noexcept;
[[nodiscard]] std::optional<fee_code> parse_fee_code(std::string_view text) noexcept;

// What is charged, and what decides whether it may be.
struct fee {
    fee_code code{};
    std::int64_t ore{};
    date day{};
    ledger::utility of{};
    bool is_consumer = true;
    bool is_agreed = false;                  // before the debt arose (PAM)
    bool claim_is_complete = true;           // the letter has every row of section 4.2 (INK)
    bool is_whole_debt = true;               // the plan covers it, in writing (AMO)
    bool is_performed = true;                // the field report is there (AVS, TIL)
    bool has_reference = true;               // a letter or a text says what for
    std::span<const fee_code> earlier = {};  // of the same claim
};

// Rules that forbid it, CL-R20 to CL-R29 but for the count of invoices, in their order; empty: it may be charged.
[[nodiscard]] std::vector<std::string_view> faults_of(const fee& item);

// By law on this day; nothing where the law has no amount. Nothing may be charged of a code outside of its periods: zero.
[[nodiscard]] std::optional<std::int64_t> statutory_maximum(fee_code code, date day) noexcept;

// The part of an invoice that bears its one reminder fee: the first of EL, FV, FI whose contract has the clause (BILL-R33).
// `parts` in the order of the invoice; nothing where there is none.
[[nodiscard]] std::optional<std::uint16_t> part_of_reminder_fee(
    std::span<const ledger::invoice_part> parts, const std::function<bool(const ledger::invoice_part&)>& has_clause);

}  // namespace brygga::claims
