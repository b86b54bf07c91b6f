#include "connectors/dispatch/payout_files.hpp"

#include <fmt/chrono.h>

#include "connectors/dispatch/detail/at_desk.hpp"
#include "connectors/dispatch/detail/made.hpp"
#include "connectors/dispatch/detail/payout_times.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/swedish_time.hpp"
#include "mapping/outbound/credit_transfers.hpp"
#include "mapping/outbound/lb_payouts.hpp"
#include "mapping/outbound/sus_payouts.hpp"

namespace brygga::dispatch {

namespace {

using config::payout_settings;
using ledger::payout_route;
using timing::moment;

moment clock_at(moment at) {
    return std::chrono::floor<std::chrono::seconds>(in_sweden(at));
}

moment moment_of(ledger::timestamp_ms now) {
    return moment(std::chrono::milliseconds(now));
}

const config::file_channel* channel_of(const payout_settings& with, payout_route route) {
    switch (route) {
        case payout_route::credit_transfer:
            return with.to_accounts == route && with.credit_transfer ? &*with.credit_transfer : nullptr;
        case payout_route::supplier_payment:
            return with.to_accounts == route && with.lb ? &*with.lb : nullptr;
        case payout_route::civic_number:
            return with.sus ? &*with.sus : nullptr;
        case payout_route::direct_debit:
        case payout_route::none:
            return nullptr;
    }
    return nullptr;
}

// From which bank days are counted: what is made after Bankgirot has closed, or on a day that is no bank day, counts as made on
// the next (supplier-payments.md section 2).
date first_bank_day(ledger::timestamp_ms now) {
    const moment clock = clock_at(moment_of(now));
    const auto midnight = std::chrono::floor<std::chrono::days>(clock);
    const bool closed = clock - midnight >= config::autogiro_closes;
    return next_bank_day(date(midnight), !closed);
}

struct wanted_file {
    payout_route route{};
    std::string key;
    std::optional<ledger::timestamp_ms> approved_until;  // now
};

result<outbound::payout_file> prepare(const payout_settings& with, const wanted_file& what, ledger::timestamp_ms now,
                                      ledger::row_id outgoing_id, ledger::transaction& into) {
    const date first = first_bank_day(now);
    outbound::payout_limits limits = payout_limits_of(with, now);
    if (what.approved_until) limits.approved_until = *what.approved_until;
    switch (what.route) {
        case payout_route::credit_transfer: {
            const auto& how = *with.credit_transfer;
            return outbound::prepare_credit_transfers({how.head, how.profile, now, add_bank_days(first, how.pays_after)}, limits,
                                                      outgoing_id, into);
        }
        case payout_route::supplier_payment:
            return outbound::prepare_lb_payouts(
                {with.lb->bankgiro, intake::swedish_day(now), add_bank_days(first, with.lb->pays_after)}, limits, outgoing_id,
                into);
        case payout_route::civic_number:
            return outbound::prepare_sus_payouts(with.sus->under, add_bank_days(first, with.sus->pays_after), limits, outgoing_id,
                                                 into);
        case payout_route::direct_debit:
        case payout_route::none:
            break;
    }
    return outbound::payout_file{};
}

std::string name_of(payout_route route, ledger::timestamp_ms now) {
    return fmt::format("{}-{:%Y%m%dT%H%M%S}.{}", name(route), clock_at(moment_of(now)),
                       route == payout_route::credit_transfer ? "xml" : "txt");
}

made_payouts make_at(const detail::desk& on, wanted_file wanted) {
    const payout_settings& with = *on.who->payouts;
    const ledger::timestamp_ms now = on.now();
    made_payouts out;
    out.name = name_of(wanted.route, now);
    const made_file what{wanted.key, out.name, channel_of(with, wanted.route)->rule_of(*on.who)};
    out.end = detail::make_at(on, what, [&](ledger::transaction& into, ledger::row_id id) -> result<std::string> {
        auto made = prepare(with, wanted, now, id, into);
        if (!made) return tl::unexpected(std::move(made.error()));
        out.file = std::move(*made);
        return out.file.bytes;
    });
    return out;
}

std::string key_of(payout_route route, std::string_view when) {
    return fmt::format("payouts:{}:{}", name(route), when);
}

}  // namespace

outbound::payout_limits payout_limits_of(const payout_settings& with, ledger::timestamp_ms now) {
    const auto midnight = std::chrono::floor<std::chrono::days>(clock_at(moment_of(now)));
    // On the days on which the clock is changed it has not run as long as it shows.
    moment began = moment_of(now) - (clock_at(moment_of(now)) - midnight);
    began -= clock_at(began) - midnight;
    return {with.terms(intake::swedish_day(now)), with.daily_limit_ore,
            std::chrono::floor<std::chrono::seconds>(began).time_since_epoch().count() * 1000, now};
}

std::vector<payout_route> payout_routes_of(const config::tenant& who) {
    std::vector<payout_route> out;
    if (!who.payouts) return out;
    for (const payout_route each : {payout_route::credit_transfer, payout_route::supplier_payment, payout_route::civic_number})
        if (channel_of(*who.payouts, each) != nullptr) out.push_back(each);
    return out;
}

result<outbound::payout_file> preview_payouts(const config::tenant& who, payout_route route, ledger::store& books,
                                              ledger::timestamp_ms now) {
    const auto in = books.begin(who.id);
    if (!in) return tl::unexpected(in.error());
    return prepare(*who.payouts, {route, {}, {}}, now, (*in)->allot_id(), **in);
}

made_payouts make_payouts_now(const config::settings& with, const config::tenant& who, payout_route route, ledger::store& books,
                              const options& how, dispatch_report& into) {
    made_payouts out;
    for (const partners::partner& to : who.partners) {
        if (to.id != channel_of(*who.payouts, route)->partner) continue;
        static_cast<void>(detail::at_desk(with, who, to, books, how, into, [&](const detail::desk& on) {
            auto key = detail::free_key(on, key_of(route, format_iso_date(intake::swedish_day(on.now()))));
            if (key)
                out = make_at(on, {route, std::move(*key), {}});
            else
                on.trouble("made", key.error().text);
            return partners::visit_end::nothing_to_do;
        }));
    }
    return out;
}

namespace detail {

void make_due_payouts(const desk& on) {
    const auto& with = on.who->payouts;
    if (!with) return;
    const auto time = with->at.latest_until(moment_of(on.now()));
    if (!time) return;
    for (const payout_route each : payout_routes_of(*on.who)) {
        if (channel_of(*with, each)->partner != on.partner->id) continue;
        const std::string key = key_of(each, fmt::format("{:%Y-%m-%dT%H:%M}", clock_at(*time)));
        const std::string known = fmt::format("{}/{}", on.who->id, key);
        if (on.how->days != nullptr && on.how->days->is_over(known)) continue;
        const made_payouts done = dispatch::make_at(on, {each, key, time->time_since_epoch().count()});
        if (done.end.end != made_end::not_now && on.how->days != nullptr) on.how->days->end(known);
    }
}

}  // namespace detail

}  // namespace brygga::dispatch
