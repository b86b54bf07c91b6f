// From the queue to the partner.
#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "connectors/dispatch/backoff.hpp"
#include "connectors/dispatch/detail/desk.hpp"
#include "connectors/dispatch/detail/overtaken.hpp"
#include "connectors/dispatch/steps.hpp"
#include "connectors/filedrop/claim.hpp"
#include "connectors/intake/kept_original.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/core/byte_source.hpp"
#include "mapping/outbound/direct_delivery.hpp"
#include "mapping/outbound/file_decisions.hpp"

namespace brygga::dispatch::detail {

namespace {

using ledger::outgoing_event;
using ledger::outgoing_item;
using ledger::sending;
using partners::visit_end;
using transfer::delivered;
using transfer::fault;
using transfer::outcome;
using transfer::transfer_error;

constexpr std::size_t files_at_once = 1000;  // read from the queue
constexpr std::size_t all_files = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t files_together = 64;  // of a round
constexpr std::uint64_t bytes_together = std::uint64_t{8} << 20;
// Reason of a second `sending` of one attempt: what was noted as uploaded is not at the partner.
constexpr std::string_view not_kept = "not-kept";

std::string_view name_of(delivered how) noexcept {
    switch (how) {
        case delivered::now:
            return "seen-there";
        case delivered::before:
            return "was-there";
        case delivered::collected:
            return "collected";
    }
    return "unknown";
}

// Whether the server answered the attempt that ended with this.
bool was_answer(std::string_view reason) {
    const auto what = transfer::fault_named(reason);
    return what && info(*what).how_far == transfer::reach::file;
}

// What earlier attempts did. Not to know it would be to send twice; a person who says that it is to be sent again knows better.
transfer::tried told_by(const std::vector<outgoing_event>& events) {
    using transfer::tried;
    tried before = tried::never;
    bool held = false;
    for (const outgoing_event& each : events) {
        const bool noted = before == tried::uploaded || before == tried::not_renamed;
        const bool again = !each.actor.empty() && each.state == sending::queued && !held;
        if (each.state == sending::uploaded)
            before = tried::uploaded;
        else if (each.reason == not_kept || (again && noted) || (each.state == sending::sending && before == tried::never))
            before = tried::somehow;
        else if (noted && was_answer(each.reason))
            before = tried::not_renamed;
        held = each.state == sending::held;
    }
    return before;
}

std::string temporary_name(const ledger::outgoing& row) {
    return fmt::format(".{}.{}.part", row.name, ledger::format_id(row.id));
}

// One file of a round.
struct attempt {
    const outgoing_item* item{};
    std::uint32_t number{};
    transfer::tried before{};
    std::optional<byte_source> bytes{};
    std::string objection{};                    // why it must not be sent or renamed any more; empty when it may
    std::optional<outcome<delivered>> ended{};  // nothing: its turn did not come
};

// Files that are delivered together.
class round {
 public:
    round(const desk& on, transfer::remote_files& to, std::span<const outgoing_item> items) : on_(on), to_(to), items_(items) {}

    // False: the connection is of no more use.
    result<bool> run() {
        if (auto begun = begin(); !begun) return tl::unexpected(begun.error());
        on_.pass(step::attempt);
        for (const kept& each : kept_)
            tell(*each.item, {sending::held, each.item->newest.attempt, each.why, {}, 0}, {});
        for (const taken_back& each : taken_back_)
            tell_taken_back(on_, each);
        send();
        std::vector<event_of> events;
        for (const attempt& each : all_)
            events.push_back({each.item->row.id, last_of(each)});
        if (auto noted = note(events, true); !noted) return tl::unexpected(noted.error());
        on_.pass(step::outcome);
        for (std::size_t i = 0; i < all_.size(); ++i) {
            clear_away(all_[i]);
            if (all_[i].ended) tell(*all_[i].item, events[i].event, *all_[i].ended ? "" : all_[i].ended->error().text);
        }
        return usable_;
    }

 private:
    struct event_of {
        ledger::row_id id{};
        outgoing_event event;
    };
    struct kept {
        const outgoing_item* item{};
        std::string why;
    };

    // Notes the attempts. What a person or an answer has changed since the queue was read does not go. Of what the ledger does
    // not want sent any more only that is looked for which may be there already.
    result<void> begin() {
        return in_transaction(on_, [this](ledger::transaction& into) -> result<void> {
            all_.clear();
            kept_.clear();
            taken_back_.clear();
            for (const outgoing_item& each : items_) {
                const auto now = into.exchange().outgoing_with_id(each.row.id);
                if (!now) return tl::unexpected(now.error());
                if (!*now || (*now)->newest.state != each.newest.state) continue;
                auto overtaken = outbound::take_back_overtaken(each.row.id, intake::swedish_day(on_.now()), into);
                if (!overtaken) return tl::unexpected(std::move(overtaken.error()));
                if (!overtaken->empty()) {
                    taken_back_.push_back({each.row, std::move(*overtaken)});
                    continue;
                }
                const auto events = into.exchange().events_of(each.row.id);
                if (!events) return tl::unexpected(events.error());
                auto objection = outbound::objection_to_leaving(each.row.id, intake::swedish_day(on_.now()), into);
                if (!objection) return tl::unexpected(std::move(objection.error()));
                const transfer::tried before = told_by(*events);
                if (!objection->empty() && before == transfer::tried::never) {
                    if (auto held = hold(each.row.id, {sending::held, each.newest.attempt, *objection, {}, 0}, into); !held)
                        return held;
                    kept_.push_back({&each, std::move(*objection)});
                    continue;
                }
                const std::uint32_t number = each.newest.attempt + (each.newest.state == sending::uploaded ? 0 : 1);
                if (auto added = into.exchange().add_event(each.row.id, {sending::sending, number, {}, {}, 0}); !added)
                    return added;
                all_.push_back({&each, number, before, {}, std::move(*objection)});
            }
            return {};
        });
    }

    // What the ledger has put into it has been answered or changed meanwhile: a person must look.
    static result<void> hold(ledger::row_id id, const outgoing_event& event, ledger::transaction& into) {
        if (auto held = into.exchange().add_event(id, event); !held) return held;
        const auto events = into.exchange().events_of(id);
        if (!events) return tl::unexpected(events.error());
        ledger::matter told;
        told.kind = ledger::file_overtaken;
        told.key = fmt::format("{}:{}:{}", told.kind, ledger::format_id(id), events->size());
        told.subject_id = id;
        told.detail = nlohmann::json{{"why", event.reason}}.dump();
        return into.matters().add_matter(told);
    }

    // One transaction for all of them: what makes it durable costs the same. At the end of an attempt an answer that was quicker
    // stays the newest; before that, what somebody has decided meanwhile ends the attempt.
    result<void> note(const std::vector<event_of>& events, bool ends) {
        return in_transaction(on_, [&](ledger::transaction& into) -> result<void> {
            for (const event_of& each : events) {
                const auto now = into.exchange().outgoing_with_id(each.id);
                if (!now) return tl::unexpected(now.error());
                const bool ours = *now && ((*now)->newest.state == sending::sending || (*now)->newest.state == sending::uploaded);
                if (!ours && !ends) return fail(error_code::conflict, "what was being sent has been decided otherwise meanwhile");
                if (!ours) continue;
                auto added = each.event.state == sending::held ? hold(each.id, each.event, into)
                                                               : into.exchange().add_event(each.id, each.event);
                if (!added) return added;
                if (auto told = tell_document((*now)->row, each.event, into); !told) return told;
            }
            return {};
        });
    }

    // Of a mailbox or mail server: its answer is all that is ever told of a document.
    result<void> tell_document(const ledger::outgoing& file, const outgoing_event& event, ledger::transaction& into) const {
        if (!on_.who->invoices || !partners::delivers_directly(*on_.partner)) return {};
        return outbound::tell_delivery(file, event, on_.who->invoices->terms(intake::swedish_day(on_.now())).run, into);
    }

    void send() {
        std::vector<attempt*> going;
        std::vector<transfer::parcel> parcels;
        for (attempt& each : all_) {
            const ledger::outgoing& row = each.item->row;
            auto source = intake::open_original(*on_.originals, *on_.books, on_.who->id, {row.sha256, row.size_bytes});
            if (!source) {
                each.ended = transfer::failed(fault::ours, source.error().text);
                continue;
            }
            each.bytes = std::move(*source);
            going.push_back(&each);
            parcels.push_back({each.bytes->bytes(), row.sha256, row.folder, row.name, temporary_name(row), each.before,
                               each.objection.empty()});
        }
        const auto on_upload = [&](std::span<const std::size_t> which) {
            std::vector<event_of> events;
            for (const std::size_t i : which) {
                events.push_back({going[i]->item->row.id, {sending::uploaded, going[i]->number, {}, {}, 0}});
                going[i]->before = transfer::tried::uploaded;
            }
            return durable(events);
        };
        const auto on_withdrawal = [&](std::size_t i) {
            auto done = durable({{going[i]->item->row.id, {sending::sending, going[i]->number, std::string(not_kept), {}, 0}}});
            if (done) going[i]->before = transfer::tried::somehow;
            return done;
        };
        auto ended = deliver(to_, parcels, {on_upload, on_withdrawal, [this](std::string_view at) { on_.pass(at); }});
        for (std::size_t i = 0; i < ended.size(); ++i) {
            if (ended[i] && !*ended[i]) look_at_connection(ended[i]->error().what);
            going[i]->ended = std::move(ended[i]);
        }
    }

    // After the failure is noted, so that nobody goes on with what is removed; a person who sends it again begins at the
    // beginning. What the server said that it renamed may be under way.
    void clear_away(const attempt& each) {
        if (!usable_ || !each.ended || *each.ended || !is_last(each, each.ended->error().what)) return;
        const bool noted = each.before == transfer::tried::uploaded || each.before == transfer::tried::not_renamed;
        if (noted && each.ended->error().what == fault::unproven) return;
        if (each.ended->error().what == fault::not_wanted) return;  // a person may want it after all
        const ledger::outgoing& row = each.item->row;
        const auto cleared = transfer::clear_away(to_, transfer::joined(row.folder, temporary_name(row)));
        if (cleared) return;
        look_at_connection(cleared.error().what);
        on_.log(logging::log_level::warning, "temporary-left",
                {{"tenant", on_.who->id},
                 {"partner", on_.partner->id},
                 {"file", ledger::format_id(row.id)},
                 {"fault", info(cleared.error().what).name},
                 {"text", cleared.error().text}});
    }

    [[nodiscard]] bool is_last(const attempt& each, fault why) const {
        return why != fault::stopped && (!retryable(why) || each.number >= on_.partner->attempts);
    }

    outcome<void> durable(const std::vector<event_of>& events) {
        if (auto noted = note(events, false); !noted) return transfer::failed(fault::ours, noted.error().text);
        return {};
    }

    void look_at_connection(fault what) {
        if (info(what).how_far == transfer::reach::file) return;
        usable_ = false;
        ended_by_ = what;
    }

    [[nodiscard]] outgoing_event last_of(const attempt& each) const {
        if (each.ended && *each.ended) return {sending::sent, each.number, std::string(name_of(**each.ended)), {}, 0};
        const fault why = each.ended ? each.ended->error().what : ended_by_;
        const std::string reason(info(why).name);
        // Neither a stop of ours nor what befell another file is an attempt at this one.
        if (!each.ended || why == fault::stopped) return {sending::queued, each.number - 1, reason, {}, 0};
        if (why == fault::not_wanted) return {sending::held, each.number, each.objection, {}, 0};
        if (why == fault::no_recipient) return {sending::closed, each.number, reason, {}, 0};  // its document goes on
        if (is_last(each, why)) return {sending::failed, each.number, reason, {}, 0};
        const auto wait = wait_after(each.number, on_.partner->first_retry, on_.partner->longest_retry, on_.how->random());
        return {sending::queued, each.number, reason, {}, on_.now() + std::max<std::int64_t>(wait.count(), 1)};
    }

    void tell(const outgoing_item& item, const outgoing_event& last, const std::string& text) const {
        const std::string id = ledger::format_id(item.row.id);
        const bool needs_a_person = last.state == sending::failed || last.state == sending::held;
        const logging::log_level level = last.state == sending::sent ? logging::log_level::info
                                         : needs_a_person            ? logging::log_level::error
                                                                     : logging::log_level::warning;
        on_.log(level, "delivery",
                {{"tenant", on_.who->id},
                 {"partner", on_.partner->id},
                 {"file", id},
                 {"state", name(last.state)},
                 {"attempt", last.attempt},
                 {"reason", last.reason},
                 {"text", text}});
        on_.told->files.push_back(
            {on_.who->id, on_.partner->id, id, filedrop::readable_name(item.row.name), last.state, last.reason});
    }

    const desk& on_;
    transfer::remote_files& to_;
    std::span<const outgoing_item> items_;
    std::vector<attempt> all_;
    std::vector<kept> kept_;
    std::vector<taken_back> taken_back_;
    bool usable_ = true;
    fault ended_by_{};
};

bool goes_in_order(const desk& on, const std::string& folder) {
    return std::any_of(on.partner->sends.begin(), on.partner->sends.end(),
                       [&](const partners::send_rule& each) { return each.in_order && each.folder == folder; });
}

// The last attempt at it ended so. One whose turn did not come then has the same reason, and at first no attempt.
bool lost_the_connection(const outgoing_item& item) {
    const auto what = transfer::fault_named(item.newest.reason);
    return item.newest.attempt != 0 && what && info(*what).how_far == transfer::reach::connection;
}

// What may go now, in the order of queueing.
result<std::vector<outgoing_item>> due_at(const desk& on, ledger::timestamp_ms time) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected(in.error());
    std::map<std::string, ledger::row_id> obstacles;
    for (const partners::send_rule& each : on.partner->sends) {
        if (!each.in_order) continue;
        const auto obstacle = (*in)->exchange().first_obstacle(on.partner->id, each.folder, time);
        if (!obstacle) return tl::unexpected(obstacle.error());
        if (*obstacle) obstacles.emplace(each.folder, **obstacle);
    }
    // Those behind an obstacle must not fill the page.
    auto items = (*in)->exchange().due(on.partner->id, time, obstacles.empty() ? files_at_once : all_files);
    if (!items) return items;
    std::erase_if(*items, [&](const outgoing_item& item) {
        const auto found = obstacles.find(item.row.folder);
        return found != obstacles.end() && item.row.id > found->second;
    });
    // At whom the connection was lost before, last: they must not keep the others for ever.
    std::stable_partition(items->begin(), items->end(), [&](const outgoing_item& item) {
        return !lost_the_connection(item) || goes_in_order(on, item.row.folder);
    });
    return items;
}

result<void> count_waiting(const desk& on) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected(in.error());
    const auto all = (*in)->exchange().waiting(on.now());
    if (!all) return tl::unexpected(all.error());
    for (const ledger::waiting_files& each : *all) {
        if (each.partner != on.partner->id) continue;
        on.told->waiting += each.files;
        if (each.next_due != 0) on.told->next_due = each.next_due;
    }
    return {};
}

// Small ones go together; what is large is worth a note of its own, and what goes in order waits for the one before.
std::size_t files_of_a_round(const desk& on, std::span<const outgoing_item> due) {
    std::size_t files = 0;
    for (std::uint64_t bytes = 0; files < due.size() && files < files_together; ++files) {
        bytes += due[files].row.size_bytes;
        const bool alone = bytes > bytes_together || goes_in_order(on, due[files].row.folder) || lost_the_connection(due[files]);
        if (alone) return std::max<std::size_t>(files, 1);
    }
    return files;
}

class sender {
 public:
    sender(const desk& on, const std::stop_token& stop) : on_(on), stop_(stop) {}

    // Until nothing is left that is due now; what fails is due later.
    result<visit_end> run() {
        for (const ledger::timestamp_ms now = on_.now();;) {
            const auto items = due_at(on_, now);
            if (!items) return tl::unexpected(items.error());
            if (items->empty()) return to_ ? visit_end::done : visit_end::nothing_to_do;
            if (!to_ && !connect()) return visit_end::not_reached;
            for (std::span<const outgoing_item> left(*items); !left.empty();) {
                if (stop_.stop_requested()) return visit_end::done;
                const bool in_order = goes_in_order(on_, left.front().row.folder);
                const std::size_t together = files_of_a_round(on_, left);
                const auto usable = round(on_, *to_, left.first(together)).run();
                if (!usable) return tl::unexpected(usable.error());
                if (!*usable) return visit_end::not_reached;
                left = in_order ? std::span<const outgoing_item>() : left.subspan(together);
            }
        }
    }

 private:
    bool connect() {
        auto connected = on_.how->connect(*on_.partner, stop_);
        if (!connected) {
            const auto& why = connected.error();
            on_.trouble("connect", fmt::format("{}: {}; {}", info(why.what).name, why.text, info(why.what).help),
                        why.what == fault::stopped ? logging::log_level::info : logging::log_level::error);
            return false;
        }
        to_ = std::move(*connected);
        return true;
    }

    const desk& on_;
    const std::stop_token& stop_;
    std::unique_ptr<transfer::remote_files> to_;
};

}  // namespace

visit_end send_due(const desk& on, const std::stop_token& stop) {
    const auto end = sender(on, stop).run();
    if (!end) on.trouble("queue", end.error().text);
    if (const auto counted = count_waiting(on); !counted) on.trouble("queue", counted.error().text);
    return end.value_or(visit_end::not_now);
}

}  // namespace brygga::dispatch::detail
