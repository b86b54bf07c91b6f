// What the work for one partner of one tenant needs. Internal.
#pragma once

#include <string>
#include <utility>

#include <fmt/format.h>

#include "connectors/dispatch/dispatch.hpp"
#include "connectors/filedrop/claim.hpp"
#include "connectors/filedrop/inbox.hpp"
#include "connectors/intake/original_store.hpp"

namespace brygga::dispatch::detail {

struct desk {
    const config::tenant* who{};
    const partners::partner* partner{};
    ledger::store* books{};
    intake::original_store* originals{};
    const options* how{};
    dispatch_report* told{};
    filedrop::claim_source* ids{};
    filedrop::settle_times settle;
    sealing::test_key published_seal_key{};

    [[nodiscard]] filedrop::file_system& files() const { return *how->base.files; }
    [[nodiscard]] ledger::timestamp_ms now() const { return how->base.time->now(); }
    void sleep(std::chrono::milliseconds time) const { how->base.sleep(time); }
    void pass(std::string_view step) const {
        if (how->base.at_step) how->base.at_step(step);
    }
    void log(logging::log_level level, std::string_view event, std::initializer_list<logging::log_field> fields) const {
        if (how->base.log != nullptr) how->base.log->write(level, event, fields);
    }
    void trouble(std::string_view at, const std::string& text, logging::log_level level = logging::log_level::error) const {
        log(level, "dispatch-trouble", {{"tenant", who->id}, {"partner", partner->id}, {"step", at}, {"text", text}});
        told->troubles.push_back({who->id, partner->id, std::string(at), text});
    }
};

// One transaction around `body`; each is repeatable.
template <class Body>
[[nodiscard]] result<void> in_transaction(const desk& on, const Body& body) {
    auto into = on.books->begin(on.who->id);
    if (!into) return tl::unexpected(into.error());
    if (auto done = body(**into); !done) return done;
    return (*into)->commit();
}

// Everything whole in the outbox of the rule: checked, kept and queued, or refused.
void queue_outbox(const desk& on, const partners::send_rule& rule);

// Delivers what is due, in the order of queueing, until the partner cannot be reached.
partners::visit_end send_due(const desk& on, const std::stop_token& stop);

}  // namespace brygga::dispatch::detail
