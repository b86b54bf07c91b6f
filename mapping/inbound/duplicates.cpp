#include "mapping/inbound/duplicates.hpp"

#include <algorithm>

namespace brygga::inbound {

namespace {

bool by_amount_and_reference(const ledger::other_payment& a, const ledger::other_payment& b) noexcept {
    return std::tie(a.trace.amount_ore, a.trace.reference) < std::tie(b.trace.amount_ore, b.trace.reference);
}

}  // namespace

result<compared_part> since_held(std::string_view rule, const ledger::exchanged_file& file, const section_release& what,
                                 ledger::transaction& from) {
    const auto holds = from.holds_of_file(file.id);
    if (!holds) return tl::unexpected(holds.error());
    for (const ledger::row_id each : what.other_than) {
        const auto deposit = from.deposit_with_id(each);
        if (!deposit) return tl::unexpected(deposit.error());
        if (!*deposit) return fail(error_code::not_found, fmt::format("no deposit has the id {}", ledger::format_id(each)));
    }
    compared_part out{0, file.id, what.section.section_no, what.other_than};
    for (const ledger::held_item& each : *holds)
        if (what.section.is_held_by(each.row) && each.row.reasons.find(rule) != std::string::npos) out.after = each.row.id;
    return out;
}

result<std::vector<ledger::known_deposit>> deposits_of_number(const section_plan& section, const compared_part& part,
                                                              ledger::transaction& before) {
    const int year = static_cast<int>(section.row.payment_date.year());
    auto known = before.known_deposits(section.row.bankgiro, year, section.row.serial);
    if (known) std::erase_if(*known, [&](const ledger::known_deposit& each) { return !part.holds(each.id); });
    return known;
}

result<void> may_be_released(const section_plan& section, std::string_view rule, const compared_part& part) {
    const ledger::row_id same = section.already_in != 0 ? section.already_in : section.may_be;
    if (same == 0) return {};
    std::string options;
    for (const ledger::row_id each : part.other_than)
        options += fmt::format("--other-than {} ", ledger::format_id(each));
    return fail(error_code::conflict,
                fmt::format("deposit {0} {1} ({2}), which was not named when section {3} began to wait: refuse the section, or "
                            "release it with {4}--other-than {0} when it is other money",
                            ledger::format_id(same), section.already_in != 0 ? "is the same" : "may hold the same payments", rule,
                            section.row.section_no, options));
}

std::string may_be_one_of(std::span<const ledger::known_deposit> earlier) {
    constexpr std::size_t most_named = 5;
    std::string out = "a deposit that was not booked before; ";
    for (std::size_t i = 0; i < std::min(earlier.size(), most_named); ++i)
        out += fmt::format("{}deposit {} of {}", i == 0 ? "" : " or ", ledger::format_id(earlier[i].id), earlier[i].format);
    if (earlier.size() > most_named) out += fmt::format(" or one of {} more", earlier.size() - most_named);
    return out + " may be it";
}

result<std::optional<ledger::known_deposit>> deposit_of_same_payments(const section_plan& section, ledger::transaction& before) {
    if (!section.repeats) return std::nullopt;
    auto found = before.deposit_of_payment(section.repeats->id);
    if (!found || !*found) return found;
    const ledger::known_deposit& earlier = **found;
    const bool numbers_differ =
        has_number(section.row.serial) && has_number(earlier.serial) && section.row.serial != earlier.serial;
    if (!same_money(section, earlier) || earlier.bankgiro != section.row.bankgiro ||
        earlier.payment_date != section.row.payment_date || numbers_differ)
        return std::nullopt;
    const auto payments = before.traces_of_deposit(earlier.id);
    if (!payments) return tl::unexpected(payments.error());
    if (!ledger::same_payments(*payments, section.traces) || ledger::references_differ(*payments, section.traces))
        return std::nullopt;
    return found;
}

result<bool> holds_other_payments(const ledger::known_deposit& earlier, const section_plan& section, bool both_camt,
                                  ledger::transaction& before) {
    const auto payments = before.traces_of_deposit(earlier.id);
    if (!payments) return tl::unexpected(payments.error());
    return ledger::references_differ(*payments, section.traces) ||
           (both_camt && ledger::numbers_differ(*payments, section.traces) &&
            !ledger::same_references(*payments, section.traces));
}

result<std::optional<ledger::known_deposit>> same_by_our_references(const section_plan& section,
                                                                    std::span<const ledger::known_deposit> twins,
                                                                    bool from_autogiro, ledger::transaction& before) {
    for (const ledger::known_deposit& each : twins) {
        if ((each.source == autogiro_source) == from_autogiro) continue;
        const auto payments = before.traces_of_deposit(each.id);
        if (!payments) return tl::unexpected(payments.error());
        if (ledger::same_references(*payments, section.traces)) return each;
    }
    return std::nullopt;
}

result<void> deposits_of_the_day::ask_for(const section_plan& section) {
    std::tuple wanted(section.row.bankgiro, section.row.payment_date, section.row.amount_ore);
    if (wanted == asked_for_) return {};
    asked_for_ = {};
    found_.clear();
    auto all = before_.deposits_of_day(section.row.bankgiro, section.row.payment_date, section.row.amount_ore);
    if (!all) return tl::unexpected(all.error());
    for (ledger::known_deposit& each : *all) {
        if (!part_.holds(each.id, each.file_id) || (!other_than_.empty() && each.source == other_than_)) continue;
        auto payments = before_.traces_of_deposit(each.id);
        if (!payments) return tl::unexpected(payments.error());
        found_.push_back({std::move(each), std::move(*payments)});
    }
    asked_for_ = std::move(wanted);
    return {};
}

result<std::vector<ledger::known_deposit>> deposits_of_the_day::twins_of(const section_plan& section) {
    auto asked = ask_for(section);
    if (!asked) return tl::unexpected(asked.error());
    std::vector<ledger::known_deposit> out;
    for (const auto& [deposit, payments] : found_) {
        if (deposit.currency != section.row.currency) continue;
        if (has_number(section.row.serial) && has_number(deposit.serial)) continue;
        if (ledger::no_common_reference(payments, section.traces)) continue;
        if (deposit.format == format_ && ledger::numbers_differ(payments, section.traces) &&
            !ledger::same_references(payments, section.traces))
            continue;
        out.push_back(deposit);
    }
    return out;
}

result<std::optional<ledger::row_id>> payments_of_the_day::that_holds_some_of(const section_plan& section) {
    std::tuple wanted(section.row.bankgiro, section.row.payment_date, has_number(section.row.serial));
    if (wanted != asked_for_) {
        auto all =
            before_.payments_of_day(section.row.bankgiro, section.row.payment_date, format_, has_number(section.row.serial));
        if (!all) return tl::unexpected(all.error());
        found_ = std::move(*all);
        std::erase_if(found_, [&](const ledger::other_payment& each) {
            return each.trace.reference == 0 || !part_.holds(each.deposit_id, each.file_id);
        });
        std::sort(found_.begin(), found_.end(), by_amount_and_reference);
        asked_for_ = std::move(wanted);
    }
    for (const ledger::payment_trace& each : section.traces) {
        if (each.reference == 0) continue;
        const ledger::other_payment like{each, 0, 0};
        const auto first = std::lower_bound(found_.begin(), found_.end(), like, by_amount_and_reference);
        if (first != found_.end() && !by_amount_and_reference(like, *first)) return first->deposit_id;
    }
    return std::nullopt;
}

}  // namespace brygga::inbound
