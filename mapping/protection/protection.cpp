#include "mapping/protection/protection.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/swedish_time.hpp"
#include "mapping/billing/receipts.hpp"
#include "mapping/outbound/file_decisions.hpp"
#include "mapping/outbound/print_batch.hpp"

namespace brygga::protection {

namespace {

using ledger::delivery_state;
using ledger::protection_event;
using ledger::protection_step;
using ledger::row_id;

date day_of(ledger::timestamp_ms at) {
    const std::chrono::sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds(at)};
    return date(std::chrono::floor<std::chrono::days>(in_sweden(moment)));
}

class follower {
 public:
    follower(std::string_view customer_id, const billing::run_terms& terms, ledger::transaction& into)
        : customer_id_(customer_id), terms_(terms), into_(into) {}

    result<followed> go() {
        const auto documents = into_.invoice_runs().run_documents_of_customer(customer_id_);
        if (!documents) return tl::unexpected(documents.error());
        for (const ledger::run_document_item& each : *documents)
            if (auto done = take(each); !done) return tl::unexpected(std::move(done.error()));
        for (const row_id each : waiting_)
            if (auto closed = close(each); !closed) return tl::unexpected(std::move(closed.error()));
        if (auto told = tell_archives(); !told) return tl::unexpected(std::move(told.error()));
        return out_;
    }

 private:
    result<void> take(const ledger::run_document_item& item) {
        const ledger::delivery_event& now = item.now.newest;
        if (item.now.row.by == ledger::channel::forwarding) return {};
        switch (now.state) {
            case delivery_state::planned:
            case delivery_state::held:
                return reroute(item);
            case delivery_state::queued:
                return take_queued(item);
            case delivery_state::accepted_by_distributor:
                return tell_left(item);
            case delivery_state::accepted_by_bank:
            case delivery_state::delivered:
            case delivery_state::rejected:
            case delivery_state::withdrawn:
                return {};
        }
        return {};
    }

    result<void> reroute(const ledger::run_document_item& item) {
        ledger::delivery_event event;
        event.state = delivery_state::rejected;
        event.code = "PRO-R05";
        event.text = "protected since";
        const auto next = billing::fall_through(item.row, item.now.row, event, terms_, into_);
        if (!next) return tl::unexpected(next.error());
        ++out_.documents;
        return {};
    }

    result<void> take_queued(const ledger::run_document_item& item) {
        const row_id file = item.now.newest.outgoing_id;
        const auto waits = outbound::never_left(file, into_);
        if (!waits) return tl::unexpected(waits.error());
        if (!*waits) return tell_left(item);
        waiting_.insert(file);
        const auto batch = into_.print_batches().print_batch_of_file(file);
        if (!batch) return tl::unexpected(batch.error());
        if (!*batch) return reroute(item);  // those of a batch with the others of it
        ++out_.documents;
        return {};
    }

    result<void> tell_left(const ledger::run_document_item& item) {
        ++out_.left;
        ledger::matter told;
        told.kind = file_left;
        told.key = fmt::format("{}:{}", file_left, ledger::format_id(item.now.row.id));
        told.subject_id = item.row.document_id;
        told.detail = nlohmann::json{{"rule", "PRO-R16"},
                                     {"document", ledger::format_id(item.row.id)},
                                     {"file", ledger::format_id(item.now.newest.outgoing_id)}}
                          .dump();
        return into_.matters().add_matter(told);
    }

    result<void> close(row_id file) {
        ++out_.files;
        constexpr std::string_view why = "PRO-R05: somebody in it is protected since; the others go in another file";
        const ledger::outgoing_event closed{ledger::sending::closed, 0, std::string(why), {}, 0};
        if (auto noted = into_.exchange().add_event(file, closed); !noted) return noted;
        return outbound::take_back_documents(file, terms_, into_);
    }

    // Ids only: whoever seals or recalls them finds the rest by these.
    result<void> tell_archives() {
        const auto files = into_.protections().files_about(customer_id_);
        if (!files) return tl::unexpected(files.error());
        nlohmann::json ids = nlohmann::json::array();
        for (const ledger::file_about& each : *files)
            if (!waiting_.contains(each.outgoing_id)) ids.push_back(ledger::format_id(each.outgoing_id));
        if (ids.empty()) return {};
        const auto newest = into_.protections().newest_protection(customer_id_);
        if (!newest) return tl::unexpected(newest.error());
        ledger::matter told;
        told.kind = archives_to_seal;
        told.key = fmt::format("{}:{}", archives_to_seal, *newest ? ledger::format_id((*newest)->id) : std::string(customer_id_));
        told.subject_id = *newest ? (*newest)->id : 0;
        told.detail = nlohmann::json{{"rule", "PRO-R16"}, {"files", ids}}.dump();
        return into_.matters().add_matter(told);
    }

    std::string_view customer_id_;
    const billing::run_terms& terms_;
    ledger::transaction& into_;
    std::set<row_id> waiting_;  // files that never left
    followed out_;
};

result<std::optional<protection_event>> newest_of(std::string_view customer_id, ledger::transaction& in) {
    const auto who = in.find_customer(customer_id);
    if (!who) return tl::unexpected(who.error());
    if (!*who || !(*who)->protected_identity) return std::optional<protection_event>{};
    auto newest = in.protections().newest_protection(customer_id);
    if (!newest) return tl::unexpected(std::move(newest.error()));
    if (*newest) return newest;
    protection_event flagged;  // before there were events
    flagged.customer_id = customer_id;
    flagged.now = ledger::protection::manual;
    flagged.source = ledger::protection_source::customer;
    return std::optional(flagged);
}

error conflict(std::string text) {
    return {error_code::conflict, std::move(text)};
}

}  // namespace

std::optional<refusal> refusal_of(use what, const ledger::customer& of) noexcept {
    if (!of.protected_identity) return std::nullopt;
    switch (what) {
        case use::look_up:
            return refusal{"PRO-R02", "no register but the population's is asked about a protected person"};
        case use::debt_collection:
            return refusal{"PRO-R10", "the case is handed over by a named person, and never exported"};
        case use::credit_report:
            return refusal{"PRO-R11", "no credit report is asked for: the customer can bring one"};
    }
    return std::nullopt;
}

result<followed> follow(std::string_view customer_id, const billing::run_terms& terms, ledger::transaction& into) {
    return follower(customer_id, terms, into).go();
}

result<followed> protect(protection_event& change, const billing::run_terms& terms, ledger::transaction& into) {
    change.step = protection_step::changed;
    if (auto added = into.protections().add_protection_event(change); !added) return tl::unexpected(std::move(added.error()));
    return follow(change.customer_id, terms, into);
}

result<followed> take_answer(std::string_view customer_id, const register_answer& answer, ledger::protection_source from,
                             ledger::timestamp_ms now, const billing::run_terms& terms, ledger::transaction& into) {
    const register_verdict verdict = verdict_of(answer);
    const auto before = newest_of(customer_id, into);
    if (!before) return tl::unexpected(before.error());
    protection_event event;
    event.customer_id = customer_id;
    event.source = from;
    event.since = day_of(now);
    if (verdict.is_certain) event.checked_at = now;
    const bool is_protected = before->has_value();
    if (verdict.is == ledger::protection::none) {
        if (!is_protected) return followed{};
        event.step = protection_step::denied;
        event.now = (*before)->now;
        if ((*before)->id != 0) event.since = (*before)->since;
        if (auto added = into.protections().add_protection_event(event); !added) return tl::unexpected(std::move(added.error()));
        return followed{};
    }
    if (verdict.is_alarming && !is_protected) {
        ledger::matter told;
        told.kind = unflagged_forwarding;
        told.key = fmt::format("{}:{}:{}", unflagged_forwarding, customer_id, format_iso_date(event.since));
        told.detail = nlohmann::json{{"rule", "PRO-R01"}}.dump();
        if (auto added = into.matters().add_matter(told); !added) return tl::unexpected(std::move(added.error()));
    }
    event.now = verdict.is;
    // What is only feared changes nothing for who is protected already.
    const bool is_same = is_protected && ((*before)->now == verdict.is || verdict.is == ledger::protection::manual);
    if (!is_same) return protect(event, terms, into);
    if (!verdict.is_certain) return followed{};
    event.step = protection_step::checked;
    event.now = (*before)->now;
    if ((*before)->id != 0) event.since = (*before)->since;
    if (auto added = into.protections().add_protection_event(event); !added) return tl::unexpected(std::move(added.error()));
    return followed{};
}

result<void> propose_lifting(std::string_view customer_id, std::string_view actor, std::string_view reason, date today,
                             ledger::transaction& into) {
    auto newest = newest_of(customer_id, into);
    if (!newest) return tl::unexpected(std::move(newest.error()));
    if (!*newest) return tl::unexpected(conflict("the customer is not protected"));
    protection_event event = **newest;
    event.step = protection_step::proposed;
    event.source = ledger::protection_source::operator_;
    event.checked_at.reset();
    if (event.id == 0) event.since = today;
    event.actor = actor;
    event.reason = reason;
    return into.protections().add_protection_event(event);
}

result<void> lift(std::string_view customer_id, std::string_view actor, std::string_view reason, date today,
                  ledger::transaction& into) {
    const auto newest = newest_of(customer_id, into);
    if (!newest) return tl::unexpected(newest.error());
    if (!*newest) return tl::unexpected(conflict("the customer is not protected"));
    const auto events = into.protections().protection_events(customer_id);
    if (!events) return tl::unexpected(events.error());
    const auto last = [&](protection_step step) {
        return std::find_if(events->rbegin(), events->rend(), [&](const protection_event& each) { return each.step == step; });
    };
    const auto denied = last(protection_step::denied), proposed = last(protection_step::proposed),
               changed = last(protection_step::changed);
    const auto answered =
        std::find_if(events->rbegin(), events->rend(), [](const protection_event& each) { return each.checked_at.has_value(); });
    if (denied == events->rend() || answered != denied || day_of(*denied->checked_at) != today)
        return tl::unexpected(conflict("PRO-R07: no register has said today that there is no protection"));
    const bool is_of_now = proposed != events->rend() && day_of(proposed->recorded_at) == today &&
                           (changed == events->rend() || proposed->id > changed->id);
    if (!is_of_now) return tl::unexpected(conflict("PRO-R07: another person must propose it first, today"));
    if (proposed->actor == actor)
        return tl::unexpected(conflict("PRO-R07: a second person must approve, not the one who proposed it"));
    protection_event event = **newest;
    event.step = protection_step::changed;
    event.now = ledger::protection::none;
    event.source = ledger::protection_source::operator_;
    event.since = today;
    event.checked_at.reset();
    event.actor = actor;
    event.reason = reason;
    return into.protections().add_protection_event(event);
}

}  // namespace brygga::protection
