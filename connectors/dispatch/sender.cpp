// From the queue to the partner.
#include <algorithm>
#include <memory>
#include <utility>

#include "connectors/dispatch/backoff.hpp"
#include "connectors/dispatch/detail/desk.hpp"
#include "connectors/dispatch/steps.hpp"
#include "connectors/filedrop/claim.hpp"
#include "formats/core/byte_source.hpp"

namespace brygga::dispatch::detail {

namespace {

using ledger::outgoing_event;
using ledger::outgoing_item;
using ledger::sending;
using transfer::delivered;
using transfer::fault;
using transfer::outcome;
using transfer::transfer_error;

constexpr std::size_t files_at_once = 1000;  // read from the queue
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

class attempt {
 public:
    attempt(const desk& on, transfer::remote_files& to, const outgoing_item& item)
        : on_(on), to_(to), item_(item), number_(item.newest.attempt + 1) {}

    // False: the connection is of no more use.
    bool run() {
        if (item_.newest.state == sending::uploaded) number_ = item_.newest.attempt;
        const auto uploaded = was_uploaded();
        if (!uploaded) return ledger_fails(uploaded.error());
        if (auto noted = note({sending::sending, number_, {}, {}, 0}); !noted) return ledger_fails(noted.error());
        on_.pass(step::attempt);
        const auto ended = send(*uploaded);
        outgoing_event last =
            ended ? outgoing_event{sending::sent, number_, std::string(name_of(*ended)), {}, 0} : after(ended.error());
        if (auto noted = note(last); !noted) return ledger_fails(noted.error());
        on_.pass(step::outcome);
        tell(last, ended ? std::string() : ended.error().text);
        return ended || info(ended.error().what).how_far == transfer::reach::file;
    }

 private:
    // By an earlier attempt, since a person last said that it is to be sent again. Not to know it would be to send twice.
    result<bool> was_uploaded() {
        const auto in = on_.books->begin_read(on_.who->id);
        if (!in) return tl::unexpected(in.error());
        const auto events = (*in)->exchange().events_of(item_.row.id);
        if (!events) return tl::unexpected(events.error());
        bool uploaded = false;
        for (const outgoing_event& each : *events) {
            if (!each.actor.empty()) uploaded = false;
            if (each.state == sending::uploaded) uploaded = true;
            if (each.state == sending::sending && each.reason == not_kept) uploaded = false;
        }
        return uploaded;
    }

    result<void> note(const outgoing_event& event) {
        return in_transaction(on_, [&](ledger::transaction& into) { return into.exchange().add_event(item_.row.id, event); });
    }

    bool ledger_fails(const error& why) {
        on_.trouble("queue", why.text);
        return false;
    }

    outcome<delivered> send(bool uploaded) {
        auto source = on_.originals->open({item_.row.sha256, item_.row.size_bytes});
        if (!source) return transfer::failed(fault::ours, source.error().text);
        transfer::parcel what{source->bytes(), item_.row.sha256, item_.row.folder, item_.row.name,
                              fmt::format(".{}.{}.part", item_.row.name, ledger::format_id(item_.row.id))};
        return deliver(to_, what,
                       {uploaded,
                        [this]() -> outcome<void> {
                            return durable({sending::uploaded, number_, {}, {}, 0});
                        },
                        [this]() -> outcome<void> {
                            return durable({sending::sending, number_, std::string(not_kept), {}, 0});
                        },
                        [this](std::string_view at) { on_.pass(at); }});
    }

    outcome<void> durable(const outgoing_event& event) {
        if (auto noted = note(event); !noted) return transfer::failed(fault::ours, noted.error().text);
        return {};
    }

    outgoing_event after(const transfer_error& why) {
        const std::string reason(info(why.what).name);
        // A stop of ours is no attempt of theirs.
        if (why.what == fault::stopped) return {sending::queued, number_ - 1, reason, {}, 0};
        if (!retryable(why.what) || number_ >= on_.partner->attempts) return {sending::failed, number_, reason, {}, 0};
        const auto wait = wait_after(number_, on_.partner->first_retry, on_.partner->longest_retry, on_.how->random());
        return {sending::queued, number_, reason, {}, on_.now() + wait.count()};
    }

    void tell(const outgoing_event& last, const std::string& text) {
        const std::string id = ledger::format_id(item_.row.id);
        const logging::log_level level = last.state == sending::sent     ? logging::log_level::info
                                         : last.state == sending::failed ? logging::log_level::error
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
            {on_.who->id, on_.partner->id, id, filedrop::readable_name(item_.row.name), last.state, last.reason});
    }

    const desk& on_;
    transfer::remote_files& to_;
    const outgoing_item& item_;
    std::uint32_t number_;
};

result<std::vector<outgoing_item>> queued(const desk& on) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected(in.error());
    return (*in)->exchange().unsent(on.partner->id, files_at_once);
}

void wait(const desk& on, ledger::timestamp_ms due) {
    ++on.told->waiting;
    if (due > on.now()) on.told->next_due = std::min(on.told->next_due.value_or(due), due);
}

}  // namespace

bool send_due(const desk& on, const std::stop_token& stop) {
    const auto items = queued(on);
    if (!items) {
        on.trouble("queue", items.error().text);
        return true;
    }
    std::unique_ptr<transfer::remote_files> to;
    bool usable = true;
    for (const outgoing_item& each : *items) {
        const bool due = each.newest.state != sending::queued || each.newest.due <= on.now();
        if (!due || !usable || stop.stop_requested()) {
            wait(on, each.newest.due);
            continue;
        }
        if (!to) {
            auto connected = on.how->connect(*on.partner, stop);
            if (!connected) {
                on.trouble("connect", fmt::format("{}: {}; {}", info(connected.error().what).name, connected.error().text,
                                                  info(connected.error().what).help));
                usable = false;
                wait(on, each.newest.due);
                continue;
            }
            to = std::move(*connected);
        }
        usable = attempt(on, *to, each).run();
    }
    return usable;
}

}  // namespace brygga::dispatch::detail
