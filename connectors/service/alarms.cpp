#include "connectors/service/alarms.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "connectors/intake/swedish_day.hpp"

namespace brygga::service {

namespace {

using std::chrono::milliseconds;
using timing::moment;

constexpr std::size_t most = 100;        // of one kind at a time
constexpr std::size_t remembered = 100;  // deliveries of one format

std::string text_of(moment at) {
    return intake::utc_text(at.time_since_epoch().count());
}

std::size_t count_between(const std::vector<moment>& all, moment after, moment until) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](moment each) { return after < each && each <= until; }));
}

class search {
 public:
    search(const config::tenant& who, ledger::transaction& in, moment now, std::chrono::minutes longest)
        : who_(who), in_(in), now_(now), longest_(longest) {}

    result<std::vector<alarm>> run() {
        for (const config::expectation& each : who_.expects)
            if (auto done = missing(each); !done) return tl::unexpected(std::move(done.error()));
        for (const partners::partner& each : who_.partners)
            for (const partners::send_rule& rule : each.sends)
                if (auto done = late(each, rule); !done) return tl::unexpected(std::move(done.error()));
        if (auto done = waiting_for_a_person(); !done) return tl::unexpected(std::move(done.error()));
        if (auto done = left_out_or_overtaken(); !done) return tl::unexpected(std::move(done.error()));
        if (auto done = waiting_for_a_partner(); !done) return tl::unexpected(std::move(done.error()));
        return std::move(found_);
    }

 private:
    result<void> missing(const config::expectation& what) {
        auto times = in_.delivery_times(what.format, remembered);
        if (!times) return tl::unexpected(std::move(times.error()));
        std::vector<moment> came;
        for (const ledger::timestamp_ms each : *times)
            came.emplace_back(milliseconds(each));
        std::sort(came.begin(), came.end());
        const auto due = unmet(what.by, came, now_);
        if (due)
            add(alarm_kind::file_missing, fmt::format("{} {}", what.format, text_of(*due)),
                fmt::format("no file of format {} came by {}: ask the sender, or look whether it was refused", what.format,
                            text_of(*due)));
        return {};
    }

    result<void> late(const partners::partner& to, const partners::send_rule& rule) {
        if (!rule.answered_within) return {};
        const auto until = (now_ - *rule.answered_within).time_since_epoch().count();
        const auto items = in_.exchange().unanswered(to.id, rule.folder, until, most);
        if (!items) return tl::unexpected(items.error());
        for (const ledger::outgoing_item& each : *items)
            add(alarm_kind::answer_late, ledger::format_id(each.row.id),
                fmt::format("{} has not answered what it got at {}: ask there; brygga close when it has been settled", to.id,
                            intake::utc_text(each.newest_at)));
        return {};
    }

    result<void> waiting_for_a_person() {
        const auto items = in_.exchange().outgoing_to_look_at(most);
        if (!items) return tl::unexpected(items.error());
        for (const ledger::outgoing_item& each : *items) {
            const bool rejected = each.newest.state == ledger::sending::rejected;
            add(rejected ? alarm_kind::rejected : alarm_kind::not_sent, ledger::format_id(each.row.id),
                fmt::format("{} {}: {}; brygga status tells which file, then brygga resend or brygga close", each.row.partner,
                            rejected ? "rejected a file" : "did not get a file", each.newest.reason));
        }
        return {};
    }

    // Of these no file in the queue tells. Each is over when somebody has closed the matter.
    result<void> left_out_or_overtaken() {
        const auto files = in_.matters().open_matters_of(ledger::file_overtaken, most);
        if (!files) return tl::unexpected(files.error());
        for (const ledger::matter_item& each : *files)
            add(alarm_kind::not_sent, ledger::format_id(each.row.subject_id),
                "a file is held because something has overtaken it: brygga status tells which and why; then brygga close, and what "
                "is right now is asked for anew");
        const auto left_out = in_.matters().open_matters_of(ledger::instruction_not_sent, 1);
        if (!left_out) return tl::unexpected(left_out.error());
        if (!left_out->empty())
            add(alarm_kind::not_sent, std::string(ledger::instruction_not_sent),
                "something could not be written into the file of Autogiro: brygga matters list tells what and why; then brygga "
                "matters close");
        return {};
    }

    result<void> waiting_for_a_partner() {
        const auto partners = in_.exchange().waiting(now_.time_since_epoch().count());
        if (!partners) return tl::unexpected(partners.error());
        for (const ledger::waiting_files& each : *partners) {
            const bool known = std::any_of(who_.partners.begin(), who_.partners.end(),
                                           [&](const partners::partner& one) { return one.id == each.partner; });
            const moment since{milliseconds(each.waits_since)};
            if (!known)
                add(alarm_kind::unsent, each.partner,
                    fmt::format("{} waiting for {}, which is no longer in the configuration: put it back, or brygga close each "
                                "of them",
                                each.files == 1 ? "a file is" : fmt::format("{} files are", each.files), each.partner));
            else if (now_ - since >= longest_)
                add(alarm_kind::unsent, each.partner,
                    fmt::format("a file waits to be sent to {} since {}: brygga status tells which and why", each.partner,
                                text_of(since)));
        }
        return {};
    }

    void add(alarm_kind kind, std::string subject, std::string text) {
        found_.push_back({kind, who_.id, std::move(subject), std::move(text)});
    }

    const config::tenant& who_;
    ledger::transaction& in_;
    moment now_;
    std::chrono::minutes longest_;
    std::vector<alarm> found_;
};

}  // namespace

std::string_view name(alarm_kind kind) noexcept {
    switch (kind) {
        case alarm_kind::file_missing:
            return "file-missing";
        case alarm_kind::answer_late:
            return "answer-late";
        case alarm_kind::not_sent:
            return "not-sent";
        case alarm_kind::rejected:
            return "rejected";
        case alarm_kind::not_reached:
            return "not-reached";
        case alarm_kind::not_fetched:
            return "not-fetched";
        case alarm_kind::unsent:
            return "unsent";
    }
    return "unknown";
}

bool same(const alarm& a, const alarm& b) {
    return a.kind == b.kind && a.tenant == b.tenant && a.subject == b.subject;
}

bool is_in(const std::vector<alarm>& list, const alarm& item) {
    return std::any_of(list.begin(), list.end(), [&](const alarm& each) { return same(each, item); });
}

std::vector<alarm> unreached(const config::tenant& who, const std::vector<partner_visits>& visits, moment now,
                             std::chrono::minutes longest) {
    std::vector<alarm> out;
    for (const partner_visits& each : visits) {
        if (each.tenant != who.id) continue;
        if (each.missed_since && now - *each.missed_since >= longest)
            out.push_back(
                {alarm_kind::not_reached, who.id, each.partner,
                 fmt::format("{} has not been reached since {}: the log says why; try brygga config check, and ask there",
                             each.partner, text_of(*each.missed_since))});
        std::map<std::string, moment> folders;  // each told once, whichever of its rules
        for (const auto& [place, since] : each.failing) {
            moment& earliest = folders.try_emplace(place.folder, since).first->second;
            earliest = std::min(earliest, since);
        }
        for (const auto& [folder, since] : folders)
            if (now - since >= longest)
                out.push_back({alarm_kind::not_fetched, who.id, fmt::format("{}:{}", each.partner, folder),
                               fmt::format("something in the folder '{}' of {} could not be fetched since {}: the log says why",
                                           folder, each.partner, text_of(since))});
    }
    return out;
}

std::optional<moment> unmet(const timing::schedule& by, const std::vector<moment>& came, moment now) {
    const auto due = by.latest_until(now);
    if (!due) return std::nullopt;
    const auto before = by.latest_until(*due - milliseconds(1));
    if (!before) return came.empty() ? std::optional(*due) : std::nullopt;
    const auto first = by.latest_until(*before - milliseconds(1));
    const bool running = !came.empty() && came.front() <= *before;
    const bool was_late = running && count_between(came, first.value_or(moment::min()), *before) == 0;
    return count_between(came, *before, now) < (was_late ? 2U : 1U) ? std::optional(*due) : std::nullopt;
}

result<std::vector<alarm>> alarms_of(const config::tenant& who, ledger::transaction& in, moment now,
                                     std::chrono::minutes longest) {
    return search(who, in, now, longest).run();
}

}  // namespace brygga::service
