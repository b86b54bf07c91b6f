#include "formats/iso20022/pain/statuses.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace brygga::pain {

namespace {

constexpr std::string_view rejected_code = "RJCT";

constexpr std::array<std::string_view, 5> state_names = {"no word", "pending", "accepted", "paid", "rejected"};

constexpr std::array<std::pair<std::string_view, payment_state>, 8> meanings = {{
    {"ACTC", payment_state::accepted},
    {"ACCP", payment_state::accepted},
    {"ACSP", payment_state::accepted},
    {"ACWC", payment_state::accepted},
    {"ACSC", payment_state::paid},
    {"ACCC", payment_state::paid},
    {"PDNG", payment_state::pending},
    {rejected_code, payment_state::rejected},
}};

bool is_final(payment_state state) noexcept {
    return state == payment_state::paid || state == payment_state::rejected;
}

void move_on(payment_status& item, const status& told) {
    const auto state = state_of(told.code);
    if (is_final(item.state)) {
        item.contradicted = item.contradicted || (state && is_final(*state) && *state != item.state);
        return;
    }
    item.code = told.code;
    item.reasons = told.reasons;
    if (state) item.state = *state;
}

class refinement {
 public:
    explicit refinement(std::span<const sent_payment> sent) : sent_(sent) {
        made_.payments.resize(sent.size());
        for (std::size_t i = 0; i < sent.size(); ++i) {
            by_id_.emplace(sent[i].end_to_end_id, i);
            groups_[sent[i].payment_information_id].push_back(i);
        }
    }

    void add(const status_report& report) {
        told_.assign(sent_.size(), nullptr);
        if (!report.group.code.empty()) std::fill(told_.begin(), told_.end(), &report.group);
        for (const reported_instruction& each : report.instructions)
            add(each);
        for (std::size_t i = 0; i < sent_.size(); ++i) {
            reject_with(report.group, i);
            if (told_[i] != nullptr) move_on(made_.payments[i], *told_[i]);
        }
    }

    void ignore() noexcept { ++made_.unmatched; }
    [[nodiscard]] refined take() { return std::move(made_); }

 private:
    void add(const reported_instruction& group) {
        const auto found = groups_.find(group.payment_information_id);
        static const std::vector<std::size_t> nobody;
        const std::vector<std::size_t>& members = found == groups_.end() ? nobody : found->second;
        if (!group.status.code.empty()) {
            if (members.empty()) ++made_.unmatched;
            for (const std::size_t i : members)
                told_[i] = &group.status;
        }
        for (const reported_transaction& each : group.transactions)
            add(each, group.payment_information_id);
        for (const std::size_t i : members)
            reject_with(group.status, i);
    }

    void add(const reported_transaction& item, std::string_view group_id) {
        const auto found = by_id_.find(item.end_to_end_id.empty() ? item.instruction_id : item.end_to_end_id);
        const bool ours = found != by_id_.end() && (group_id.empty() || sent_[found->second].payment_information_id == group_id);
        if (!ours)
            ++made_.unmatched;
        else if (!item.status.code.empty())
            told_[found->second] = &item.status;
    }

    // Rejects a payment with the whole it belongs to; one that is rejected itself keeps its own reasons.
    void reject_with(const status& whole, std::size_t i) {
        if (whole.code == rejected_code && (told_[i] == nullptr || told_[i]->code != rejected_code)) told_[i] = &whole;
    }

    std::span<const sent_payment> sent_;
    std::unordered_map<std::string_view, std::size_t> by_id_;
    std::unordered_map<std::string_view, std::vector<std::size_t>> groups_;
    std::vector<const status*> told_;  // by the report at hand
    refined made_;
};

}  // namespace

std::string_view name(payment_state state) noexcept {
    return state_names[static_cast<std::size_t>(state)];
}

std::optional<payment_state> state_of(std::string_view code) noexcept {
    const auto found = std::find_if(meanings.begin(), meanings.end(), [&](const auto& each) { return each.first == code; });
    if (found == meanings.end()) return std::nullopt;
    return found->second;
}

refined refine(std::string_view message_id, std::span<const sent_payment> sent, std::span<const status_report> reports) {
    refinement made(sent);
    for (const status_report& each : reports) {
        if (each.accepted() && each.original_message_id == message_id)
            made.add(each);
        else
            made.ignore();
    }
    return made.take();
}

}  // namespace brygga::pain
