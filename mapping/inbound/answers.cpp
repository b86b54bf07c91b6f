#include "mapping/inbound/answers.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "formats/iso20022/pain/statuses.hpp"
#include "mapping/inbound/answered_payouts.hpp"
#include "mapping/inbound/payout_book.hpp"

namespace brygga::inbound {

namespace {

using ledger::sending;

constexpr std::string_view order_format = "pain.001";

class tally {
 public:
    explicit tally(const pain::status_report& report) {
        count(report.group);
        for (const pain::reported_instruction& each : report.instructions) {
            count(each.status);
            for (const pain::reported_transaction& one : each.transactions)
                count(one.status);
        }
    }

    [[nodiscard]] std::optional<ledger::outgoing_event> verdict(const pain::status& group) const {
        if (rejected_) {
            const bool whole = group.code == "RJCT";
            const std::string reason =
                fmt::format("{}{}{}", whole ? "all" : "not all", codes_.empty() ? "" : ": ", fmt::join(codes_, " "));
            return ledger::outgoing_event{sending::rejected, 0, reason, {}, 0};
        }
        if (accepted_.empty()) return std::nullopt;
        return ledger::outgoing_event{sending::confirmed, 0, fmt::format("{}", fmt::join(accepted_, " ")), {}, 0};
    }

 private:
    void count(const pain::status& item) {
        const auto state = pain::state_of(item.code);
        if (state == pain::payment_state::accepted || state == pain::payment_state::paid) accepted_.insert(item.code);
        if (item.code != "PART" && state != pain::payment_state::rejected) return;
        rejected_ = true;
        for (const pain::reason& each : item.reasons)
            if (!code_only(each.code).empty()) codes_.insert(each.code);
    }

    bool rejected_ = false;
    std::set<std::string> accepted_, codes_;
};

// A person has said so since it was sent, and it has not gone since.
result<bool> to_be_sent_again(ledger::row_id id, ledger::transaction& in) {
    const auto events = in.exchange().events_of(id);
    if (!events) return tl::unexpected(events.error());
    bool sent = false, again = false;
    for (const ledger::outgoing_event& each : *events) {
        const bool gone = each.state == sending::uploaded || each.state == sending::sent;
        if (each.state == sending::queued && !each.actor.empty()) again = sent;
        if (gone || each.state == sending::closed) again = false;
        sent = sent || each.state == sending::sent;
    }
    return again;
}

// What the answer makes of a file in this state; nothing when that stays. What was rejected stays so, and what a person has
// closed is not confirmed afterwards.
std::optional<ledger::outgoing_event> after(sending from, bool again, ledger::outgoing_event answer) {
    if (from == answer.state) return std::nullopt;
    if (answer.state == sending::confirmed) {
        if (from == sending::rejected || from == sending::closed) return std::nullopt;
        // Neither to send what the partner took nor to cancel what a person ordered is ours to decide.
        if (again) {
            if (from == sending::failed) return std::nullopt;
            answer.state = sending::failed;
            answer.reason = "answered before it was sent again: " + answer.reason;
        }
    }
    return answer;
}

result<void> record_verdict(const pain::status_report& report, const ledger::outgoing_item& order, ledger::transaction& into) {
    auto event = verdict_of(report);
    if (!event) return {};
    const auto again = to_be_sent_again(order.row.id, into);
    if (!again) return tl::unexpected(again.error());
    event = after(order.newest.state, *again, std::move(*event));
    if (!event) return {};
    event->attempt = order.newest.attempt;
    if (auto added = into.exchange().add_event(order.row.id, *event); !added) return added;
    const nlohmann::json logged{{"state", name(event->state)}, {"reason", event->reason}};
    return into.append_log("answer", order.row.id, logged.dump());
}

result<void> record(const pain::status_report& report, ledger::row_id file_id, ledger::transaction& into,
                    outcome_counts& counts) {
    const auto order = into.exchange().outgoing_with_reference(order_format, report.original_message_id);
    if (!order) return tl::unexpected(order.error());
    if (!*order) return fail(error_code::invalid_content, "it answers a message that was not sent from here");
    if (auto told = answer_payouts(report, **order, file_id, into, counts); !told) return told;
    return record_verdict(report, **order, into);
}

}  // namespace

std::optional<ledger::outgoing_event> verdict_of(const pain::status_report& report) {
    return tally(report).verdict(report.group);
}

result<file_result> pain_status_mapping::book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                              ledger::transaction& into) const {
    pain::report_options options;
    options.policy = with.policy;
    const pain::status_report report = pain::read_status_report(bytes, options);
    logical_result told;
    told.logical_no = 1;
    told.accepted = report.accepted();
    told.findings.assign(report.findings.kept().begin(), report.findings.kept().end());
    told.findings_total = report.findings.total();
    if (told.accepted)
        if (auto done = record(report, file.id, into, told.outcomes); !done) return tl::unexpected(std::move(done.error()));
    return file_result{std::string(format()), {std::move(told)}};
}

result<logical_result> pain_status_mapping::book_released(std::string_view, const ledger::exchanged_file&, const settings&,
                                                          const section_release&, ledger::transaction&) const {
    return fail(error_code::not_found, "nothing of an answer is ever held");
}

}  // namespace brygga::inbound
