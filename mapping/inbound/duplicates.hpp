// What the duplicate rules of all formats share (BGMAX-R60 to R63, CAMT-R20 and R22).
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <span>
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

// What of the ledger a section is compared with: all of it when its file comes. A person who releases a section was told of what
// was there when it began to wait, and may say of other deposits that they are other money.
struct compared_part {
    ledger::row_id after = 0;                // ids grow with time, and a hold is younger than what its file has booked
    ledger::row_id own_file = 0;             // whose sections are told apart by their numbers only
    std::uint32_t section_no = 0;            // the only one that is looked up; 0: all
    std::vector<ledger::row_id> other_than;  // deposits

    [[nodiscard]] bool holds(ledger::row_id deposit_id) const {
        return deposit_id > after && std::find(other_than.begin(), other_than.end(), deposit_id) == other_than.end();
    }
    [[nodiscard]] bool holds(ledger::row_id deposit_id, ledger::row_id file_id) const {
        return holds(deposit_id) && (own_file == 0 || file_id != own_file);
    }
};

// What a section that waits is compared with when it is released: `rule` is the one that would have held it for a repetition.
// not_found when what it is said to be other than is no deposit.
[[nodiscard]] result<compared_part> since_held(std::string_view rule, const ledger::exchanged_file& file,
                                               const section_release& what, ledger::transaction& from);

// The deposits with the section's number in its year that are in the part, oldest first.
[[nodiscard]] result<std::vector<ledger::known_deposit>> deposits_of_number(const section_plan& section,
                                                                            const compared_part& part,
                                                                            ledger::transaction& before);

// Nothing when a released section may be booked: nothing may be the same money but what the person was told of. conflict.
[[nodiscard]] result<void> may_be_released(const section_plan& section, std::string_view rule, const compared_part& part);

// Looks payments up by the bank's number while a file is read, until one is known: it may be the same money.
class number_lookup {
 public:
    // Payments of the source `other_than` do not count.
    number_lookup(ledger::transaction& before, compared_part part, std::string_view other_than = {})
        : before_(before), part_(std::move(part)), other_than_(other_than) {}

    std::optional<ledger::known_payment> found;  // to be reset for the next deposit
    result<void> outcome;                        // the first failure ends all looking

    void look_for(std::string_view serial, ledger::payment_kind kind, std::int64_t amount_ore, date not_before,
                  std::uint32_t section_no) {
        if (part_.section_no != 0 && part_.section_no != section_no) return;
        if (found || !outcome || !others_are_there() || !ledger::tells_apart(serial)) return;
        // A bank may write one number for all payments of a deposit.
        std::tuple wanted(std::string(serial), kind, amount_ore, not_before);
        if (wanted == not_found_) return;
        for (ledger::row_id after = part_.after; !found;) {
            auto known = before_.payment_with_serial({serial, amount_ore, not_before, kind, after, part_.own_file, other_than_});
            if (!known) outcome = tl::unexpected(known.error());
            if (!known) return;
            if (!*known) break;
            after = (*known)->id;
            if (part_.holds((*known)->deposit_id)) found = std::move(*known);
        }
        if (!found) not_found_ = std::move(wanted);
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
    compared_part part_;
    std::string_view other_than_;
    std::optional<bool> others_;
    std::tuple<std::string, ledger::payment_kind, std::int64_t, date> not_found_;
};

// What a finding says it expected.
[[nodiscard]] inline std::string seen_before(const ledger::known_payment& known) {
    return fmt::format("not imported before; payment {} of {} came by {}", ledger::format_id(known.id),
                       format_iso_date(known.value_date), known.source);
}

// The deposits of one day and amount that a section may be once more, where one of both has no number.
class deposits_of_the_day {
 public:
    // `format` is that of the delivery; deposits of the source `other_than` do not count.
    deposits_of_the_day(ledger::transaction& before, const compared_part& part, std::string_view format,
                        std::string_view other_than = {})
        : before_(before), part_(part), format_(format), other_than_(other_than) {}

    // Those of the same bankgiro and currency, oldest first, unless their payments are others: by the payers' references, or, in
    // the same format and where not all references are the same, by the bank's numbers, which differ between the notifications
    // and the statements of some banks. Two deposit numbers that differ are two deposits.
    [[nodiscard]] result<std::vector<ledger::known_deposit>> twins_of(const section_plan& section);

 private:
    struct like {
        ledger::known_deposit deposit;
        ledger::payment_traces payments;
    };
    [[nodiscard]] result<void> ask_for(const section_plan& section);

    ledger::transaction& before_;
    const compared_part& part_;
    std::string_view format_, other_than_;
    // What was asked for last: equal ones often come together.
    std::tuple<std::string, date, std::int64_t> asked_for_;
    std::vector<like> found_;
};

// An earlier deposit to the same bankgiro that holds the same payments by the bank's numbers for them, for the same amount, where
// nothing says that it is another one: its day, its number, the payers' references.
[[nodiscard]] result<std::optional<ledger::known_deposit>> deposit_of_same_payments(const section_plan& section,
                                                                                    ledger::transaction& before);

// Whether the payers' references say that the earlier deposit of the same number and amount is another one; or, between camt
// messages and where the references do not say that it is the same, the bank's numbers of the payments.
[[nodiscard]] result<bool> holds_other_payments(const ledger::known_deposit& earlier, const section_plan& section, bool both_camt,
                                                ledger::transaction& before);

inline constexpr std::string_view autogiro_source = "autogiro";

// Of deposits that may be the section (`twins`, where one of both has no number): the one that is. An Autogiro specification
// knows no number of its deposit, but each of its payments has the reference that we gave it: the same day, amount and references
// of all payments, one of both from such a specification, are the same money.
[[nodiscard]] result<std::optional<ledger::known_deposit>> same_by_our_references(const section_plan& section,
                                                                                  std::span<const ledger::known_deposit> twins,
                                                                                  bool from_autogiro,
                                                                                  ledger::transaction& before);

// Whether a deposit may hold payments that another channel has brought in other groups, where the bank's numbers cannot tell: a
// payment of the same bankgiro, day, amount and payer's reference, in a deposit of another format, where one of both has no
// number.
class payments_of_the_day {
 public:
    // `format` is that of the delivery.
    payments_of_the_day(ledger::transaction& before, const compared_part& part, std::string_view format)
        : before_(before), part_(part), format_(format) {}

    // A deposit that holds one.
    [[nodiscard]] result<std::optional<ledger::row_id>> that_holds_some_of(const section_plan& section);

 private:
    ledger::transaction& before_;
    const compared_part& part_;
    std::string_view format_;
    // What was asked for last: many deposits of a file are of one day.
    std::tuple<std::string, date, bool> asked_for_;
    std::vector<ledger::other_payment> found_;  // that have a reference, by amount and reference
};

// What a finding says it expected where payments_of_the_day says so.
[[nodiscard]] inline std::string of_the_day(const section_plan& section, ledger::row_id holds_one) {
    return fmt::format(
        "payments that another channel had not brought in deposits of {}; deposit {} holds one with the same amount "
        "and reference",
        format_iso_date(section.row.payment_date), ledger::format_id(holds_one));
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

// What a finding says it expected of a deposit that may be one of these, of which there is one at least: who decides must hear of
// each, and of how many there are besides.
[[nodiscard]] std::string may_be_one_of(std::span<const ledger::known_deposit> earlier);

}  // namespace brygga::inbound
