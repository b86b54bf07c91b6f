// What the duplicate rules of all formats share (BGMAX-R60 to R63, CAMT-R20 and R22).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "formats/core/date.hpp"
#include "mapping/inbound/sections.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

inline constexpr std::string_view no_deposit_serial = "00000";  // what is written where the bank gives no number

[[nodiscard]] inline bool has_number(std::string_view deposit_serial) noexcept {
    return !deposit_serial.empty() && deposit_serial != no_deposit_serial;
}

// How far back the bank's number of a payment is compared. 29 February goes to the 28th.
[[nodiscard]] inline date two_years_before(date day) {
    const date before = day - std::chrono::years{2};
    return before.ok() ? before : before.year() / before.month() / std::chrono::day{28};
}

// Looks payments up by the bank's number while a file is read, until one is known: it may be the same money.
class number_lookup {
 public:
    // Payments of the source `other_than` do not count.
    explicit number_lookup(ledger::transaction& before, std::string_view other_than = {})
        : before_(before), other_than_(other_than) {}

    std::optional<ledger::known_payment> found;  // to be reset for the next deposit
    result<void> outcome;                        // the first failure ends all looking

    void look_for(std::string_view serial, ledger::payment_kind kind, std::int64_t amount_ore, date not_before) {
        if (found || !outcome || !others_are_there() || !ledger::tells_apart(serial)) return;
        auto known = before_.payment_with_serial(serial, amount_ore, not_before, kind);
        if (!known)
            outcome = tl::unexpected(known.error());
        else if (*known && (*known)->source != other_than_)
            found = std::move(*known);
    }

 private:
    // Asked once: for each payment it would cost a quarter of the booking.
    [[nodiscard]] bool others_are_there() {
        if (others_) return *others_;
        const auto known = before_.has_batches_of_others(other_than_);
        if (!known) outcome = tl::unexpected(known.error());
        others_ = known.value_or(false);
        return *others_;
    }

    ledger::transaction& before_;
    std::string_view other_than_;
    std::optional<bool> others_;
};

// What a finding says it expected.
[[nodiscard]] inline std::string seen_before(const ledger::known_payment& known) {
    return fmt::format("not imported before; payment {} of {} came by {}", ledger::format_id(known.id),
                       format_iso_date(known.value_date), known.source);
}

// The earliest deposit that `may_be` and that the section may be once more: of the same bankgiro, day, amount and currency, where
// one of both has no number. Two numbers that differ are two deposits.
template <class MayBe>
[[nodiscard]] std::optional<ledger::known_deposit> unnumbered_twin(const section_plan& section,
                                                                   const std::vector<ledger::known_deposit>& of_day,
                                                                   MayBe may_be) {
    for (const ledger::known_deposit& each : of_day) {
        const bool numbers_differ = has_number(section.row.serial) && has_number(each.serial);
        if (each.currency == section.row.currency && !numbers_differ && may_be(each)) return each;
    }
    return std::nullopt;
}

// An earlier deposit to the same bankgiro that holds the same payments by the bank's numbers for them, for the same amount, where
// nothing says that it is another one: its day, its number, the payers' references.
[[nodiscard]] result<std::optional<ledger::known_deposit>> deposit_of_same_payments(const section_plan& section,
                                                                                    ledger::transaction& before);

// Whether the payers' references say that the earlier deposit of the same number and amount is another one, or the bank's, which
// are the same in all its camt messages but not in BgMax.
[[nodiscard]] result<bool> holds_other_payments(const ledger::known_deposit& earlier, const section_plan& section, bool both_camt,
                                                ledger::transaction& before);

// Whether a deposit may hold payments that another channel has brought in other groups, where the bank's numbers cannot tell: a
// payment of the same bankgiro, day, amount and payer's reference, in a deposit of another format, where one of both has no
// number.
class payments_of_the_day {
 public:
    // `format` is that of the delivery, `source` that of its batches.
    payments_of_the_day(ledger::transaction& before, std::string_view format, std::string_view source)
        : before_(before), format_(format), source_(source) {}

    [[nodiscard]] result<bool> hold_some_of(const section_plan& section);

 private:
    ledger::transaction& before_;
    std::string_view format_, source_;
    // What was asked for last: many deposits of a file are of one day.
    std::tuple<std::string, date, bool> asked_for_;
    std::vector<ledger::other_payment> found_;  // that have a reference, by amount and reference
};

// What a finding says it expected where payments_of_the_day says so.
[[nodiscard]] inline std::string of_the_day(const section_plan& section) {
    return fmt::format("payments that another channel had not brought in deposits of {}; one has the same amount and reference",
                       format_iso_date(section.row.payment_date));
}

// The numbered deposits of one file.
class deposits_of_file {
 public:
    // True when the file has brought the number of the section before, in the same year and with the same amount.
    [[nodiscard]] bool again(const section_plan& section) {
        if (!has_number(section.row.serial)) return false;
        const int year = static_cast<int>(section.row.payment_date.year());
        return !seen_.emplace(section.row.bankgiro, year, section.row.serial, section.row.amount_ore).second;
    }

 private:
    std::set<std::tuple<std::string, int, std::string, std::int64_t>> seen_;
};

// What a finding says it expected of a deposit that may be the earlier one.
[[nodiscard]] inline std::string may_be_deposit(const ledger::known_deposit& earlier) {
    return fmt::format("a deposit that was not booked before; deposit {} of {} may be it", ledger::format_id(earlier.id),
                       earlier.format);
}

}  // namespace brygga::inbound
