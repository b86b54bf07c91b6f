#include "connectors/retention/detail/waiting.hpp"

#include <algorithm>
#include <limits>

#include "connectors/intake/swedish_day.hpp"

namespace brygga::retention::detail {

namespace {

constexpr std::size_t all_of_them = std::numeric_limits<std::int64_t>::max();

template <class Item, class Id>
result<void> add(const result<std::vector<Item>>& found, file_ids& to, Id id) {
    if (!found) return tl::unexpected<error>(found.error());
    for (const Item& each : *found)
        to.insert(id(each));
    return {};
}

// Of held payments those wait that have money in suspense.
result<void> add_held_sections(ledger::transaction& in, file_ids& to) {
    const auto holds = in.undecided_holds();
    if (!holds) return tl::unexpected<error>(holds.error());
    for (const ledger::held_item& each : *holds)
        if (each.row.subject == ledger::hold_subject::section) to.insert(each.row.file_id);
    return {};
}

// Its partner is to answer, and has not.
bool is_unanswered(const config::tenant& who, const ledger::original_use::departure& of) {
    if (of.state != ledger::sending::sent) return false;
    for (const partners::partner& each : who.partners)
        for (const partners::send_rule& rule : each.sends)
            if (each.id == of.partner && rule.folder == of.folder && rule.answered_within) return true;
    return false;
}

bool is_at_its_end(ledger::sending state) {
    switch (state) {
        case ledger::sending::sent:
        case ledger::sending::confirmed:
        case ledger::sending::closed:
            return true;
        case ledger::sending::queued:
        case ledger::sending::sending:
        case ledger::sending::uploaded:
        case ledger::sending::failed:
        case ledger::sending::rejected:
        case ledger::sending::refused:
        case ledger::sending::held:
            return false;
    }
    return false;
}

}  // namespace

result<file_ids> waiting_files(ledger::transaction& in) {
    file_ids out;
    if (auto done = add_held_sections(in, out); !done) return tl::unexpected<error>(done.error());
    const auto of_handover = [](const ledger::handover_item& each) { return each.row.file_id; };
    if (auto done = add(in.open_handovers(), out, of_handover); !done) return tl::unexpected<error>(done.error());
    if (auto done = add(in.unfinished_handovers(), out, of_handover); !done) return tl::unexpected<error>(done.error());
    const auto in_suspense = [](ledger::row_id each) { return each; };
    if (auto done = add(in.retention().files_in_suspense(), out, in_suspense); !done) return tl::unexpected<error>(done.error());
    const auto of_notice = [](const auto& each) { return each.file_id; };
    if (auto done = add(in.number_gaps(all_of_them), out, of_notice); !done) return tl::unexpected<error>(done.error());
    if (auto done = add(in.totals_without_deposit(all_of_them), out, of_notice); !done)
        return tl::unexpected<error>(done.error());
    return out;
}

result<original_rule> original_rule::read(const config::tenant* who, std::uint32_t years, date today, ledger::transaction& in) {
    original_rule out;
    out.who_ = who;
    out.years_ = years;
    out.today_ = today;
    auto waiting = waiting_files(in);
    if (!waiting) return tl::unexpected<error>(waiting.error());
    out.waiting_ = std::move(*waiting);
    return out;
}

bool original_rule::waits(const ledger::original_use& use) const {
    if (who_ == nullptr) return true;
    if (!use.leaves) return waiting_.contains(use.id);
    return !is_at_its_end(use.leaves->state) || is_unanswered(*who_, *use.leaves);
}

std::optional<date> original_rule::kept_until(const ledger::original_use& use) const {
    if (waits(use)) return std::nullopt;
    const std::chrono::years years(static_cast<int>(years_));
    return date(intake::swedish_day(use.newest_at).year() + years, std::chrono::December, std::chrono::day(31));
}

bool original_rule::is_done(const ledger::original_use& use) const {
    const auto last = kept_until(use);
    return last && *last < today_;
}

}  // namespace brygga::retention::detail
