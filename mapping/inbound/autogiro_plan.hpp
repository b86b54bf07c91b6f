// Pass 1 of Autogiro into the ledger: what the file holds and what may be booked, before anything is written.
//
// What is booked or held together is a part: each TK15, TK16 or TK17 of a payment specification with its records, and every other
// section whole. Parts are numbered from 1 in the order of the file: these are the section numbers that the intake shows.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/autogiro/reader.hpp"
#include "formats/core/finding.hpp"
#include "mapping/inbound/duplicates.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/sections.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

enum class autogiro_part : std::uint8_t {
    deposit,       // TK15: collections
    withdrawal,    // TK16: payouts
    refunds,       // TK17: payments that go back
    old_payments,  // a payment specification of the old layout
    mandates,      // advice, mandates from internet banks, extract of the mandate register
    answers,       // rejected instructions, amendments, extract of the watch register
    instructions,  // to Bankgirot: nothing to book
};

struct autogiro_part_plan {
    autogiro_part kind{};
    std::uint32_t section_no{};  // of the file, as its findings count them
    section_plan section;        // row.section_no: of the part
    bool is_register = false;    // of the mandate register
};

[[nodiscard]] constexpr bool moves_money(autogiro_part kind) noexcept {
    return kind == autogiro_part::deposit || kind == autogiro_part::withdrawal || kind == autogiro_part::refunds ||
           kind == autogiro_part::old_payments;
}

struct autogiro_plan {
    autogiro::logical_file file;
    std::vector<autogiro_part_plan> parts;    // part n at n - 1
    std::vector<payment_mark> marks;          // in order of ordinal
    std::vector<std::string> specifications;  // what names each payment specification: layout, time of writing, bankgiro
    compared_part compared;
    finding_list ledger_findings;  // AG-R19

    // A register that has not changed is the same bytes as the last one, and no delivery of before: it has no date of its own.
    [[nodiscard]] bool is_register() const noexcept {
        return !parts.empty() && std::all_of(parts.begin(), parts.end(), [](const auto& each) { return each.is_register; });
    }
};

[[nodiscard]] autogiro::read_options options_for_autogiro(const settings& with);

[[nodiscard]] autogiro_plan plan_autogiro(std::string_view bytes, const settings& with, const compared_part& part);

// Counts parts while a file is read: both passes must agree on them.
class part_counter {
 public:
    // The number of the part that begins, or 0: a PAYSPEC_NEW has a part for each of its entries.
    [[nodiscard]] std::uint32_t section_opened(const autogiro::section_view& section) noexcept;
    [[nodiscard]] std::uint32_t entry_opened() noexcept;
    // A payment specification without any entry is a part of its own, which begins with its end.
    [[nodiscard]] std::uint32_t section_closed(const autogiro::section_view& section) noexcept;
    [[nodiscard]] std::uint32_t now() const noexcept { return now_; }

 private:
    std::uint32_t last_ = 0, now_ = 0;
    bool without_entries_ = false;
};

}  // namespace brygga::inbound
