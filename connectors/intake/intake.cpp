#include "connectors/intake/intake.hpp"

#include <algorithm>
#include <set>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connectors/intake/detail/routes.hpp"
#include "connectors/intake/detail/work.hpp"
#include "formats/registry.hpp"

namespace brygga::intake {

namespace {

namespace fs = std::filesystem;
using detail::desk;
using std::chrono::milliseconds;

constexpr milliseconds longest_gap{250};  // between two looks at growing files

std::string readable(std::string_view delivered) {
    return filedrop::readable_name(delivered);
}

}  // namespace

struct intake_runner::state {
    state(const config::settings& configuration, ledger::store& store, options given)
        : with(&configuration), books(&store), how(std::move(given)), ids(*how.time) {
        for (const config::tenant& each : configuration.tenants)
            settling.emplace(each.id, filedrop::settling(configuration.settle));
    }

    const config::settings* with;
    ledger::store* books;
    options how;
    filedrop::claim_source ids;
    std::map<std::string, filedrop::settling, std::less<>> settling;
    std::set<std::pair<std::string, std::string>> never_taken;  // tenant and name of what is no regular file, once told

    void wait_until_whole(const std::stop_token& stop);
    [[nodiscard]] milliseconds wanted_wait();
    void pass_tenant(desk on, const std::stop_token& stop, day_report& into);
    void recover_work(desk& on, day_report& into);
    void sweep_held(desk& on, day_report& into);
    void take_inbox(desk& on, const std::stop_token& stop, day_report& into);
    void take_candidate(desk& on, const filedrop::candidate& item, day_report& into);
    void finish(desk& on, const filedrop::claimed_file& item, result<ledger::exchanged_file> file, day_report& into);
    void failed(const desk& on, std::string_view claim, std::string_view delivered, const error& why, day_report& into) const;
    void leave(const desk& on, std::string_view delivered, left_reason why, day_report& into);
};

void intake_runner::state::failed(const desk& on, std::string_view claim, std::string_view delivered, const error& why,
                                  day_report& into) const {
    const std::string token = claim.empty() && !delivered.empty() ? logging::inbox_token(delivered) : std::string(claim);
    on.log(logging::log_level::error, "failed",
           {{"tenant", on.who->id}, {"file", token}, {"step", on.at}, {"error", name(why.code)}, {"text", why.text}});
    into.failures.push_back({on.who->id, std::string(claim), readable(delivered), std::string(on.at), why});
}

void intake_runner::state::leave(const desk& on, std::string_view delivered, left_reason why, day_report& into) {
    const bool news = why == left_reason::not_regular && never_taken.emplace(on.who->id, delivered).second;
    on.log(news ? logging::log_level::warning : logging::log_level::debug, "left",
           {{"tenant", on.who->id}, {"file", logging::inbox_token(delivered)}, {"why", name(why)}});
    into.left.push_back({on.who->id, readable(delivered), why, news});
}

// Committed or not: what the ledger says decides the folder.
void intake_runner::state::finish(desk& on, const filedrop::claimed_file& item, result<ledger::exchanged_file> file,
                                  day_report& into) {
    const std::string delivered = filedrop::unescape_name(item.name.escaped);
    const auto give_up = [&](const error& why) { failed(on, item.name.claim, delivered, why, into); };
    if (!file) return give_up(file.error());
    detail::decided_rows known;
    if (file->outcome == ledger::file_outcome::held) {
        auto found = detail::decided_of(on, file->id);
        if (!found) return give_up(found.error());
        known = std::move(*found);
    }
    const auto log = detail::newest_log(on);
    if (!log) return give_up(log.error());
    const ledger::file_outcome place = place_of(*file, known.holds);
    const std::string receipt = with_decisions(file->receipt, place, known.holds, known.handovers);
    const auto moved =
        detail::bring_to(on, item.path, on.folder_of(place), item.name, receipt, {step::receipt_written, step::moved});
    if (!moved) return give_up(moved.error());
    auto report = read_receipt(receipt);
    if (!report) return give_up(report.error());
    report->name = file->name;
    on.log(logging::log_level::info, "file",
           {{"tenant", on.who->id},
            {"claim", file->claim},
            {"file_id", report->file_id},
            {"format", file->format.empty() ? "unknown" : std::string_view(file->format)},
            {"outcome", ledger::name(place)},
            {"bytes", file->size_bytes},
            {"logical_files", report->sums.logical_files},
            {"payments", report->sums.payments},
            {"matched", report->sums.matched},
            {"held_sections", report->held.size()},
            {"log_no", log->log_no},
            {"log_sha256", log->hash},
            {"reasons", report->reasons.empty() ? "none" : fmt::format("{}", fmt::join(report->reasons, ","))}});
    into.files.push_back(std::move(*report));
}

// What a dead process left. One process at a time looks; whoever holds a file's own lock is alive and at work on it.
void intake_runner::state::recover_work(desk& on, day_report& into) {
    on.at = "recover";
    const auto names = on.files().list(on.who->work());
    if (!names) return failed(on, {}, {}, names.error(), into);
    for (const std::string& each : *names) {
        if (each.front() == '.') continue;
        on.at = "recover";
        const auto name = filedrop::parse_claimed_name(each);
        if (!name) {
            failed(on, {}, each, {error_code::invalid_argument, "a file in work/ has no claim in its name"}, into);
            continue;
        }
        const auto item = filedrop::reclaim(on.files(), on.who->work(), *name);
        if (!item) {
            const error_code code = item.error().code;
            if (code != error_code::busy && code != error_code::not_found)
                failed(on, name->claim, filedrop::unescape_name(name->escaped), item.error(), into);
            continue;
        }
        on.log(logging::log_level::warning, "recovered", {{"tenant", on.who->id}, {"claim", name->claim}});
        auto known = detail::known_file(on, name->claim);
        if (!known) {
            finish(on, *item, tl::unexpected<error>(known.error()), into);
        } else if (*known && static_cast<std::uint64_t>((*known)->size_bytes) != item->facts.size_bytes) {
            finish(on, *item, fail(error_code::conflict, "the file in work/ is not the one that was booked under its claim"),
                   into);
        } else {
            finish(on, *item, *known ? result<ledger::exchanged_file>(std::move(**known)) : detail::book_claimed(on, *item),
                   into);
        }
    }
}

// Files whose last section was decided by a process that did not live to move them.
void intake_runner::state::sweep_held(desk& on, day_report& into) {
    on.at = "sweep-held";
    const auto held = detail::look_into_held(on);
    if (!held) return failed(on, {}, {}, held.error(), into);
    const auto note = [&](const detail::held_file& item, const error& why) {
        // Another process was faster, or is at it.
        if (why.code != error_code::busy && why.code != error_code::not_found) failed(on, item.claim, item.name, why, into);
    };
    for (const detail::strange_receipt& item : held->strange)
        failed(on, {}, item.name, item.why, into);
    for (const detail::held_file& item : held->files)
        if (const auto moved = detail::move_decided(on, item); !moved) note(item, moved.error());
    for (const detail::held_file& item : held->orphans)
        if (const auto cleared = detail::clear_orphan(on, item); !cleared) note(item, cleared.error());
}

void intake_runner::state::take_candidate(desk& on, const filedrop::candidate& item, day_report& into) {
    on.pass(step::whole);
    const auto claimed = filedrop::claim(on.files(), on.who->inbox(), on.who->work(), item, ids);
    if (!claimed) {
        const error& why = claimed.error();
        if (why.code == error_code::not_found) return leave(on, item.name, left_reason::vanished, into);
        if (why.code == error_code::busy) return leave(on, item.name, left_reason::in_other_hands, into);
        return failed(on, {}, item.name, why, into);
    }
    on.log(logging::log_level::debug, "claimed",
           {{"tenant", on.who->id}, {"file", logging::inbox_token(item.name)}, {"claim", claimed->name.claim}});
    on.pass(step::claimed);
    finish(on, *claimed, detail::book_claimed(on, *claimed), into);
}

void intake_runner::state::take_inbox(desk& on, const std::stop_token& stop, day_report& into) {
    on.at = step::found;
    const auto look = filedrop::look_into(on.files(), on.who->inbox());
    if (!look) return failed(on, {}, {}, look.error(), into);
    for (const filedrop::unreadable& each : look->failures)
        failed(on, {}, each.name, each.why, into);
    for (const std::string& each : look->not_regular)
        leave(on, each, left_reason::not_regular, into);
    const auto states = settling.find(on.who->id)->second.note(look->candidates, how.time->now());
    if (!look->candidates.empty()) on.pass(step::found);
    for (std::size_t i = 0; i < states.size() && !stop.stop_requested(); ++i) {
        const filedrop::candidate& item = look->candidates[i];
        switch (states[i]) {
            case filedrop::settle_state::whole:
                take_candidate(on, item, into);
                break;
            case filedrop::settle_state::growing:
                leave(on, item.name, left_reason::growing, into);
                break;
            case filedrop::settle_state::empty_waits:
                leave(on, item.name, left_reason::empty_waits, into);
                break;
        }
    }
}

void intake_runner::state::pass_tenant(desk on, const std::stop_token& stop, day_report& into) {
    on.at = "lock";
    const auto lock = on.files().create(on.who->work() / detail::lock_name);
    if (!lock) return failed(on, {}, {}, lock.error(), into);
    const auto locked = (*lock)->lock();
    if (locked) {
        recover_work(on, into);
        sweep_held(on, into);
    } else if (locked.error().code != error_code::busy) {
        failed(on, {}, {}, locked.error(), into);
    }
    take_inbox(on, stop, into);
    // What this pass staged and what an earlier one left; two processes at it do no harm.
    on.at = step::handed_over;
    for (std::string& why : detail::hand_over_all(on))
        failed(on, {}, {}, {error_code::io, std::move(why)}, into);
}

// The longest quiet time that a file now in some inbox still has to show, 0 when all are whole.
milliseconds intake_runner::state::wanted_wait() {
    milliseconds longest{0};
    for (const config::tenant& each : with->tenants) {
        const auto look = filedrop::look_into(*how.files, each.inbox());
        if (!look) continue;  // the pass reports it
        for (const auto settled : settling.find(each.id)->second.note(look->candidates, how.time->now())) {
            switch (settled) {
                case filedrop::settle_state::whole:
                    break;
                case filedrop::settle_state::growing:
                    longest = std::max(longest, with->settle.quiet + milliseconds(1));
                    break;
                case filedrop::settle_state::empty_waits:
                    longest = std::max(longest, with->settle.empty_quiet + milliseconds(1));
                    break;
            }
        }
    }
    return longest;
}

// Counts what it slept, not the clock: a clock that stands still must not make it wait for ever.
void intake_runner::state::wait_until_whole(const std::stop_token& stop) {
    const milliseconds shorter = std::min(with->settle.quiet, with->settle.empty_quiet);
    const milliseconds gap = std::clamp(shorter / 4, milliseconds(1), longest_gap);
    for (milliseconds slept{0};; slept += gap) {
        const milliseconds wanted = wanted_wait();
        // What is still growing after its quiet time stays for the next pass.
        if (wanted == milliseconds(0) || slept > wanted || stop.stop_requested()) return;
        how.sleep(gap);
    }
}

std::string sniff_format(std::string_view head) {
    const format* const known = brygga::sniff(head);
    return known == nullptr ? std::string() : std::string(known->id());
}

intake_runner::intake_runner(const config::settings& with, ledger::store& books, options how) {
    if (!how.sleep) how.sleep = [](milliseconds time) { std::this_thread::sleep_for(time); };
    state_ = std::make_unique<state>(with, books, std::move(how));
}

intake_runner::~intake_runner() = default;

day_report intake_runner::once(const std::stop_token& stop) {
    state_->wait_until_whole(stop);
    return pass(stop);
}

day_report intake_runner::pass(const std::stop_token& stop) {
    day_report out;
    // Keys as they are now; without them nothing is claimed.
    const auto originals = open_originals(*state_->how.files, state_->with->originals, state_->with->original_keys);
    for (const config::tenant& each : state_->with->tenants) {
        if (stop.stop_requested()) break;
        desk on{state_->with, &each, state_->books, originals ? originals->get() : nullptr, &state_->how, "originals"};
        if (originals)
            state_->pass_tenant(on, stop, out);
        else
            state_->failed(on, {}, {}, originals.error(), out);
    }
    return out;
}

result<void> intake_runner::run(std::stop_token stop, const std::function<void(const day_report&)>& after) {
    std::vector<fs::path> inboxes;
    for (const config::tenant& each : state_->with->tenants)
        inboxes.push_back(each.inbox());
    const auto look = [&] {
        const day_report report = pass(stop);
        const bool news = std::any_of(report.left.begin(), report.left.end(), [](const left_file& each) { return each.news; });
        if (!report.files.empty() || !report.failures.empty() || news) after(report);
        const bool waits = std::any_of(report.left.begin(), report.left.end(), [](const left_file& each) {
            return each.why == left_reason::growing || each.why == left_reason::empty_waits;
        });
        const filedrop::watch_times& times = state_->with->watch;
        return waits ? std::min(times.soon, times.rescan) : times.rescan;
    };
    return filedrop::watch(inboxes, stop, look);
}

day_report intake_once(const config::settings& with, ledger::store& books, const options& how) {
    return intake_runner(with, books, how).once();
}

}  // namespace brygga::intake
