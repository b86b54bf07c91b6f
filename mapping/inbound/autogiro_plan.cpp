#include "mapping/inbound/autogiro_plan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/digits.hpp"

namespace brygga::inbound {

namespace {

using autogiro::layout_id;

constexpr std::size_t account_digits = 16;  // clearing number 4, account 12: the end of the field

autogiro_part kind_of(layout_id layout) noexcept {
    switch (layout) {
        case layout_id::mandadv_new:
        case layout_id::mandadv_old:
        case layout_id::emandate:
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            return autogiro_part::mandates;
        case layout_id::reject_new:
        case layout_id::reject_old:
        case layout_id::amend_new:
        case layout_id::amend_old:
        case layout_id::watch:
            return autogiro_part::answers;
        case layout_id::payspec_new:
            return autogiro_part::deposit;
        case layout_id::payspec_old:
            return autogiro_part::old_payments;
        case layout_id::delivery:
        case layout_id::to_bankgirot:
            return autogiro_part::instructions;
    }
    return autogiro_part::instructions;
}

autogiro_part kind_of(std::string_view entry_code) noexcept {
    return entry_code == "15" ? autogiro_part::deposit : entry_code == "16" ? autogiro_part::withdrawal : autogiro_part::refunds;
}

class plan_sink : public autogiro::sink {
 public:
    std::vector<autogiro_part_plan> parts;
    std::vector<std::string> specifications;

    void section_opened(const autogiro::section_view& section) override {
        if (section.layout == layout_id::payspec_new)
            specifications.push_back(
                fmt::format("{}:{}:{}", name(section.layout), section.opening.written, section.opening.bankgiro));
        if (const std::uint32_t part = counter_.section_opened(section); part != 0)
            open(section, kind_of(section.layout), section.line);
    }
    void entry_opened(const autogiro::entry_view& entry) override {
        static_cast<void>(counter_.entry_opened());
        section_plan& made = open(*entry.at.section, kind_of(entry.code), entry.at.line);
        const bool pays_in = entry.code == "15";
        const std::string_view account = entry.record.bank_account;
        made.row.bank_account = account.substr(account.size() - std::min(account.size(), account_digits));
        made.row.deposit_type = fmt::format("TK{} {}", entry.code, entry.record.serial);
        made.row.amount_ore = pays_in ? entry.record.amount_ore : -entry.record.amount_ore;
        made.has_amount = true;
        if (const auto day = parse_ccyymmdd(entry.record.payment_day)) {
            made.row.payment_date = *day;
            made.has_date = true;
        }
    }
    void payment(const autogiro::payment_view& view) override {
        if (counter_.now() == 0) return;
        autogiro_part_plan& part = parts[counter_.now() - 1];
        if (!moves_money(part.kind)) return;
        const bool executed = view.record.status == ' ' || view.record.status == '0';
        if (executed) add(part.section, view.direction == autogiro::payment_direction::collection, view.record);
        if (part.kind == autogiro_part::old_payments) old_day(part.section, view.record.payment_day);
    }
    void refund(const autogiro::refund_view& view) override {
        if (counter_.now() != 0) add(parts[counter_.now() - 1].section, false, view.record.original);
    }
    void section_closed(const autogiro::section_view& section) override {
        if (counter_.section_closed(section) != 0) open(section, kind_of(section.layout), section.line);
        if (section.layout != layout_id::payspec_old) return;
        section_plan& made = parts.back().section;  // its deposit is what its payments add up to
        made.row.amount_ore = made.counted_ore.value().value_or(0);
        made.has_amount = made.counted_ore.value().has_value();
    }

 private:
    section_plan& open(const autogiro::section_view& section, autogiro_part kind, std::uint64_t line) {
        autogiro_part_plan& part = parts.emplace_back();
        part.kind = kind;
        part.is_register = section.layout == layout_id::mandreg_new || section.layout == layout_id::mandreg_old;
        part.section_no = section.section_no;
        part.section.row.section_no = static_cast<std::uint32_t>(parts.size());
        part.section.row.bankgiro = without_leading_zeros(section.opening.bankgiro);
        part.section.row.currency = "SEK";
        part.section.line = line;
        return part.section;
    }

    static void add(section_plan& to, bool pays_in, const autogiro::payment_record& record) {
        ++(pays_in ? to.payments : to.deductions);
        ++to.row.payments;
        const std::int64_t amount_ore = pays_in ? record.amount_ore : -record.amount_ore;
        to.counted_ore += amount_ore;
        to.traces.push_back(ledger::trace_of({}, amount_ore, record.reference.bytes));
    }

    // The last day of its payments.
    static void old_day(section_plan& section, std::string_view ccyymmdd) {
        const auto day = parse_ccyymmdd(ccyymmdd);
        if (!day || (section.has_date && *day < section.row.payment_date)) return;
        section.row.payment_date = *day;
        section.has_date = true;
    }

    part_counter counter_;
};

// A section of the file is held in all its parts; a payment by its own rules.
void place_holds(autogiro_plan& plan) {
    for (const autogiro::hold_mark& mark : plan.file.holds) {
        const std::string_view id = autogiro::info(mark.broken).id;
        if (mark.ordinal != 0) {
            plan.marks.push_back({mark.ordinal, id});
            continue;
        }
        for (autogiro_part_plan& each : plan.parts)
            if (mark.section_no == 0 || mark.section_no == each.section_no) add_once(each.section.held_by, id);
    }
    std::stable_sort(plan.marks.begin(), plan.marks.end(),
                     [](const payment_mark& a, const payment_mark& b) { return a.ordinal < b.ordinal; });
}

// What no profile can let pass: without a day there is no entry, and a file to Bankgirot is not for us.
void hold_always(autogiro_plan& plan, const settings& with) {
    for (autogiro_part_plan& each : plan.parts) {
        section_plan& section = each.section;
        if (each.kind == autogiro_part::instructions) add_once(section.held_by, "to-bankgirot");
        if (moves_money(each.kind) && !section.has_date && section.row.payments != 0)
            add_once(section.held_by, autogiro::info(autogiro::rule::R08).id);
        if (!with.receivers.empty() && receiver_of(with, section.row.bankgiro) == nullptr)
            add_once(section.held_by, autogiro::info(autogiro::rule::R07).id);
    }
}

}  // namespace

std::uint32_t part_counter::section_opened(const autogiro::section_view& section) noexcept {
    without_entries_ = section.layout == layout_id::payspec_new;
    now_ = without_entries_ ? 0 : ++last_;
    return now_;
}

std::uint32_t part_counter::entry_opened() noexcept {
    without_entries_ = false;
    return now_ = ++last_;
}

std::uint32_t part_counter::section_closed(const autogiro::section_view&) noexcept {
    const bool opens = without_entries_;
    without_entries_ = false;
    now_ = 0;
    return opens ? ++last_ : 0;
}

autogiro::read_options options_for_autogiro(const settings& with) {
    return {.policy = with.policy,
            .force_encoding = with.force_encoding,
            .customer_number = with.autogiro_customer,
            .passed = with.passed};
}

autogiro_plan plan_autogiro(std::string_view bytes, const settings& with, const compared_part& part) {
    plan_sink sink;
    autogiro::logical_file file = autogiro::read(bytes, options_for_autogiro(with), &sink);
    autogiro_plan plan{std::move(file),
                       std::move(sink.parts),
                       {},
                       std::move(sink.specifications),
                       part,
                       finding_list(autogiro::rules(), with.policy)};
    place_holds(plan);
    hold_always(plan, with);
    return plan;
}

}  // namespace brygga::inbound
