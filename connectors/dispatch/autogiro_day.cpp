#include "connectors/dispatch/autogiro_day.hpp"

#include "connectors/dispatch/detail/at_desk.hpp"
#include "connectors/dispatch/detail/autogiro_days.hpp"
#include "connectors/dispatch/detail/made.hpp"
#include "connectors/dispatch/detail/overtaken.hpp"
#include "connectors/dispatch/payout_files.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/swedish_time.hpp"

namespace brygga::dispatch {

namespace {

using config::autogiro_agreement;
using std::chrono::floor;
using timing::moment;

moment clock_at(ledger::timestamp_ms at) {
    return in_sweden(moment(std::chrono::milliseconds(at)));
}

outbound::autogiro_terms terms_of(const config::tenant& who, std::string_view bankgiro, ledger::timestamp_ms now) {
    const autogiro_agreement& with = *who.autogiro;
    outbound::autogiro_terms out{with.customer,        std::string(bankgiro), intake::swedish_day(now),
                                 with.ahead_bank_days, with.late_days,        with.watch_days,
                                 std::nullopt};
    if (who.payouts && who.payouts->direct_debit_up_to_ore != 0) out.pays_back = payout_limits_of(*who.payouts, now);
    return out;
}

std::string key_of(std::string_view bankgiro, date day) {
    return fmt::format("autogiro:{}:{}", bankgiro, format_iso_date(day));
}

// The data set name of Bankgirot (autogiro.md section 2), and what keeps the files of two bankgiro numbers and days apart.
std::string name_of(const autogiro_agreement& with, std::string_view bankgiro, config::run_mode mode, ledger::timestamp_ms now) {
    const moment clock = clock_at(now);
    const date day(floor<std::chrono::days>(clock));
    const std::chrono::hh_mm_ss time(floor<std::chrono::seconds>(clock - floor<std::chrono::days>(clock)));
    return fmt::format("BFEP.{}.K0{}.B{}.D{:02}{:02}{:02}.T{:02}{:02}{:02}", mode == config::run_mode::test ? "IAGZZ" : "IAGAG",
                       with.customer, bankgiro, static_cast<int>(day.year()) % 100, static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

bool is_in_the_books(const made& file) {
    return file.end == made_end::queued || file.end == made_end::nothing;
}

// What was to be sent and is no longer right goes back first, so that the run finds what is right now.
autogiro_file make_at(const detail::desk& on, config::run_mode mode, std::string_view bankgiro, std::string key) {
    const autogiro_agreement& with = *on.who->autogiro;
    autogiro_file out;
    out.name = name_of(with, bankgiro, mode, on.now());
    const auto terms = terms_of(*on.who, bankgiro, on.now());
    const made_file what{std::move(key), out.name, with.rule_of(*on.who)};
    std::vector<detail::taken_back> taken_back;
    out.end = detail::make_at(on, what, [&](ledger::transaction& into, ledger::row_id id) -> result<std::string> {
        auto overtaken = detail::take_back_overtaken(on.partner->id, on.now(), into);
        if (!overtaken) return tl::unexpected(std::move(overtaken.error()));
        taken_back = std::move(*overtaken);
        auto order = outbound::prepare_autogiro(terms, id, into);
        if (!order) return tl::unexpected(order.error());
        out.order = std::move(*order);
        return out.order.bytes;
    });
    if (is_in_the_books(out.end))
        for (const detail::taken_back& each : taken_back)
            detail::tell_taken_back(on, each);
    return out;
}

}  // namespace

autogiro_hour hour_of(const autogiro_agreement& with, ledger::timestamp_ms now) {
    const moment clock = clock_at(now);
    const auto today = floor<std::chrono::days>(clock);
    if (!is_bank_day(date(today))) return autogiro_hour::no_bank_day;
    if (clock - today >= config::autogiro_closes) return autogiro_hour::closed;
    const auto time = with.at.latest_until(moment(std::chrono::milliseconds(now)));
    const bool came = time && floor<std::chrono::days>(in_sweden(*time)) == today;
    return came ? autogiro_hour::open : autogiro_hour::early;
}

result<outbound::autogiro_order> preview_autogiro(const config::tenant& who, std::string_view bankgiro, ledger::timestamp_ms now,
                                                  ledger::store& books) {
    const auto in = books.begin(who.id);
    if (!in) return tl::unexpected(in.error());
    if (const auto overtaken = detail::take_back_overtaken(who.autogiro->partner, now, **in); !overtaken)
        return tl::unexpected(overtaken.error());
    return outbound::prepare_autogiro(terms_of(who, bankgiro, now), (*in)->allot_id(), **in);
}

autogiro_file make_autogiro_now(const config::settings& with, const config::tenant& who, std::string_view bankgiro,
                                ledger::store& books, const options& how, dispatch_report& into) {
    autogiro_file out;
    for (const partners::partner& to : who.partners) {
        if (to.id != who.autogiro->partner) continue;
        static_cast<void>(detail::at_desk(with, who, to, books, how, into, [&](const detail::desk& on) {
            auto key = detail::free_key(on, key_of(bankgiro, intake::swedish_day(on.now())));
            if (key)
                out = make_at(on, with.mode, bankgiro, std::move(*key));
            else
                on.trouble("made", key.error().text);
            return partners::visit_end::nothing_to_do;
        }));
    }
    return out;
}

namespace detail {

namespace {

// Once: a day whose file has nothing else is gone through at each pass.
void tell_left_out(const desk& on, const outbound::autogiro_order& order) {
    for (const outbound::not_sent& each : order.left_out) {
        if (!each.is_new) continue;
        const std::string id = ledger::format_id(each.subject_id);
        const std::string_view rule = autogiro::info(each.why.broken).id;
        on.log(logging::log_level::error, ledger::instruction_not_sent,
               {{"tenant", on.who->id},
                {"partner", on.partner->id},
                {"subject", id},
                {"rule", rule},
                {"field", each.why.field},
                {"expected", each.why.expected}});
        on.told->left_out.push_back({on.who->id, on.partner->id, id, rule, each.why.field, std::string(each.why.expected)});
    }
}

}  // namespace

void make_autogiro_of_the_day(const desk& on, config::run_mode mode) {
    const auto& with = on.who->autogiro;
    if (!with || with->partner != on.partner->id || hour_of(*with, on.now()) != autogiro_hour::open) return;
    for (const std::string& bankgiro : with->bankgiros) {
        const std::string of_day = key_of(bankgiro, intake::swedish_day(on.now()));
        const std::string known = fmt::format("{}/{}", on.who->id, of_day);
        if (on.how->days != nullptr && on.how->days->is_over(known)) continue;
        auto key = standing_key(on, of_day);
        if (!key) {
            on.trouble("made", key.error().text);
            continue;
        }
        const autogiro_file done = dispatch::make_at(on, mode, bankgiro, std::move(*key));
        if (is_in_the_books(done.end)) tell_left_out(on, done.order);
        if (done.end.end != made_end::not_now && on.how->days != nullptr) on.how->days->end(known);
    }
}

}  // namespace detail

}  // namespace brygga::dispatch
