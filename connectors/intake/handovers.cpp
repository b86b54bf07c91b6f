#include "connectors/intake/handovers.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "connectors/intake/detail/json_fields.hpp"
#include "connectors/intake/detail/routed_json.hpp"
#include "connectors/intake/detail/routes.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "connectors/intake/kept_original.hpp"

namespace brygga::intake {

namespace {

namespace fs = std::filesystem;
using detail::desk;
using detail::unfinished_handover;
using detail::whereabouts;

bool has_route(const config::tenant& who, std::string_view to, const fs::path& folder) {
    return std::any_of(who.routes.begin(), who.routes.end(),
                       [&](const config::route& each) { return each.to == to && each.folder == folder; });
}

// In the folder, with its bytes.
result<bool> lies_there(filedrop::file_system& files, const fs::path& path, std::string_view sha256) {
    const auto is = fingerprint_of(files, path);
    if (!is && is.error().code == error_code::not_found) return false;
    if (!is) return tl::unexpected<error>(is.error());
    return is->sha256 == sha256;
}

// The mark is looked for after the file: it is made before that leaves. A file that is collected at once leaves only its mark.
result<void> look_for(filedrop::file_system& files, const config::tenant& who, unfinished_handover& item) {
    const config::route way{{}, item.item.row.format, item.item.folder};
    const fs::path staged = way.staging() / item.item.row.staged;
    const auto waits = filedrop::exists(files, staged);
    if (!waits) return tl::unexpected<error>(waits.error());
    item.where = whereabouts::staged;
    if (*waits) return {};
    const auto marked = filedrop::exists(files, detail::mark_of(staged));
    if (!marked) return tl::unexpected<error>(marked.error());
    const auto there = *marked ? result<bool>(true) : lies_there(files, way.folder / item.told.file, item.told.sha256);
    if (!there) return tl::unexpected<error>(there.error());
    item.where = *there ? whereabouts::handed_over : whereabouts::nowhere;
    if (*there) return {};
    for (const config::route& each : who.routes) {
        if (each.to != way.to) continue;
        const auto found = filedrop::exists(files, each.staging() / item.item.row.staged);
        if (!found) return tl::unexpected<error>(found.error());
        if (!*found) continue;
        item.where = whereabouts::elsewhere;
        item.lies_in = each.staging();
    }
    return {};
}

// By claim or id, by the name of what was handed over, which begins with the claim, or by the delivered name.
result<ledger::exchanged_file> find_file(ledger::transaction& in, const std::string& text) {
    auto found = in.file_with_claim(text.substr(0, filedrop::claim_characters));
    if (found && !*found)
        if (const auto id = ledger::parse_id(text)) found = in.file_with_id(*id);
    if (!found) return tl::unexpected<error>(found.error());
    if (*found) return std::move(**found);
    auto named = in.files_named(text, 2);
    if (!named) return tl::unexpected<error>(named.error());
    if (named->size() > 1) return fail(error_code::invalid_argument, "several files have this name, say which by its claim");
    if (named->empty()) return fail(error_code::not_found, "no file of this company has that name, claim or id");
    return std::move(named->front());
}

struct chosen_files {
    ledger::exchanged_file file;
    std::vector<unfinished_handover> handovers;
};

result<chosen_files> choose(const desk& on, const handing_over& what) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected<error>(in.error());
    auto file = find_file(**in, what.file);
    if (!file) return tl::unexpected<error>(file.error());
    auto all = (*in)->handovers_of_file(file->id);
    if (!all) return tl::unexpected<error>(all.error());
    chosen_files out{std::move(*file), {}};
    const auto is_named = [&](const ledger::handover_item& each) {
        return told_of(each).file == what.file || each.row.staged == what.file;
    };
    const bool by_name = std::any_of(all->begin(), all->end(), is_named);
    std::vector<std::string> names;
    for (ledger::handover_item& each : *all) {
        if (each.row.staged.empty() || (by_name && !is_named(each))) continue;
        unfinished_handover next{std::move(each), {}, {}, {}};
        next.told = told_of(next.item);
        if (!what.again) {
            if (!detail::is_unfinished(next.item)) continue;
            if (const auto looked = look_for(on.files(), *on.who, next); !looked) return tl::unexpected<error>(looked.error());
            if (next.where == whereabouts::handed_over) continue;
        }
        names.push_back(next.told.file);
        out.handovers.push_back(std::move(next));
    }
    if (out.handovers.empty())
        return fail(error_code::not_found, what.again ? "nothing was handed on of this file"
                                                      : "all that was made of this file was handed over; --again hands it over "
                                                        "once more");
    if (what.again && names.size() > 1)
        return fail(error_code::invalid_argument, fmt::format("say which of them: {}", fmt::join(names, ", ")));
    return out;
}

// In the staging folder where the route leads now, durable before the ledger stands behind it there.
result<const config::route*> make_again(desk& on, const ledger::exchanged_file& file, const unfinished_handover& item) {
    const auto way = std::find_if(on.who->routes.begin(), on.who->routes.end(), [&](const config::route& each) {
        return each.to == item.item.row.format && each.takes(file.format);
    });
    if (way == on.who->routes.end())
        return fail(error_code::invalid_argument,
                    fmt::format("the configuration has no route from {} to {} any more", file.format, item.item.row.format));
    auto source = open_original(*on.originals, *on.books, on.who->id, {file.sha256, static_cast<std::uint64_t>(file.size_bytes)});
    if (!source) return tl::unexpected<error>(source.error());
    const fs::path mark = detail::mark_of(way->staging() / item.item.row.staged);
    if (auto removed = on.files().remove(mark); !removed && removed.error().code != error_code::not_found)
        return tl::unexpected<error>(removed.error());
    const auto same = detail::stage_again(on, *way, file, *source, item.item.row.staged, item.told);
    if (!same) return tl::unexpected<error>(same.error());
    if (!*same)
        return fail(error_code::conflict,
                    fmt::format("made again {} is another file, for the settings or the program have changed since: enter its "
                                "deposits by hand, then say --received",
                                item.told.file));
    return &*way;
}

result<void> write_events(const desk& on, const std::vector<ledger::handover_event>& events) {
    const auto open = on.books->begin(on.who->id);
    if (!open) return tl::unexpected<error>(open.error());
    for (const ledger::handover_event& each : events)
        if (auto added = (*open)->add_handover_event(each); !added) return added;
    if (auto done = (*open)->commit(); !done) return done;
    on.warn_of_head();
    return {};
}

}  // namespace

namespace detail {

fs::path mark_of(const fs::path& staged) {
    return staged.string() + std::string(mark_ending);
}

bool is_unfinished(const ledger::handover_item& item) {
    return item.newest.value_or(ledger::handover_step::again) == ledger::handover_step::again;
}

bool is_lost(const unfinished_handover& item) {
    return item.where == whereabouts::nowhere || item.where == whereabouts::elsewhere;
}

result<unfinished_list> find_unfinished(const config::tenant& who, ledger::transaction& in, filedrop::file_system& files) {
    auto all = in.unfinished_handovers();
    if (!all) return tl::unexpected<error>(all.error());
    unfinished_list out;
    for (ledger::handover_item& each : *all) {
        unfinished_handover next{std::move(each), {}, {}, {}};
        next.told = told_of(next.item);
        if (const auto looked = look_for(files, who, next); looked)
            out.found.push_back(std::move(next));
        else
            out.troubles.push_back(
                fmt::format("whether {} was handed over cannot be told: {}", next.told.file, looked.error().text));
    }
    return out;
}

std::vector<waiting_files> waiting_of(const config::tenant& who, const std::vector<unfinished_handover>& found) {
    std::vector<waiting_files> out;
    for (const unfinished_handover& each : found) {
        if (each.where != whereabouts::staged) continue;
        const std::string& to = each.item.row.format;
        auto at = std::find_if(out.begin(), out.end(),
                               [&](const waiting_files& other) { return other.to == to && other.folder == each.item.folder; });
        if (at == out.end()) at = out.insert(at, {to, each.item.folder, {}, has_route(who, to, each.item.folder)});
        at->names.push_back(each.item.row.staged);
    }
    return out;
}

missing_file missing_of(const unfinished_handover& item) {
    return {item.item.row.format, item.item.claim, item.told.file, item.item.folder, item.lies_in, item.told.sections};
}

}  // namespace detail

routed told_of(const ledger::handover_item& item) {
    return detail::routed_from(nlohmann::json::parse(item.row.told, nullptr, false));
}

result<unfinished_files> files_to_hand_over(const config::tenant& who, ledger::transaction& in, filedrop::file_system& files) {
    auto look = detail::find_unfinished(who, in, files);
    if (!look) return tl::unexpected<error>(look.error());
    unfinished_files out{detail::waiting_of(who, look->found), {}, std::move(look->troubles)};
    for (const unfinished_handover& each : look->found)
        if (detail::is_lost(each)) out.missing.push_back(detail::missing_of(each));
    return out;
}

std::string without_route(const waiting_files& item) {
    const bool one = item.names.size() == 1;
    return fmt::format(
        "{0} for {1} {2} in {3} and the configuration has no such route any more: "
        "put the route back for one intake, or give {4} by hand to {5} receiver and say so with brygga intake hand-over {6} "
        "--received --actor WHO --reason WHY",
        one ? "1 file" : fmt::format("{} files", item.names.size()), item.to, one ? "waits" : "wait",
        config::route{{}, item.to, item.folder}.staging().string(), one ? "it" : "them", one ? "its" : "their",
        one ? item.names.front() : "NAME");
}

std::string text_of(const missing_file& item) {
    const std::string place = item.lies_in.empty() ? fmt::format("lies neither in {0} nor in {0}/.brygga", item.folder.string())
                                                   : fmt::format("lies in {} and was made for {}, which is gone",
                                                                 item.lies_in.string(), item.folder.string());
    return fmt::format(
        "{0} ({1} for {2}, claim {3}) is not known to have been handed over and {4}: ask its receiver for it. Not there: brygga "
        "intake hand-over {0} --actor WHO --reason WHY makes it again; there: the same with --received",
        item.file, item.deposits == 1 ? "1 deposit" : fmt::format("{} deposits", item.deposits), item.to, item.claim, place);
}

result<handing_over_outcome> hand_over_again(const config::settings& with, ledger::store& books, const options& how,
                                             const handing_over& what) {
    const config::tenant* const who = with.find_tenant(what.tenant);
    if (who == nullptr) return fail(error_code::not_found, "no tenant has this id");
    if (what.actor.empty() || what.reason.empty())
        return fail(error_code::invalid_argument, "handing a file over again needs an actor and a reason");
    const auto originals = open_originals(*how.files, with.originals, with.original_keys);
    if (!originals) return tl::unexpected<error>(originals.error());
    desk on{&with, who, &books, originals->get(), &how, "hand-over"};
    // A pass that is handing the same file over must not be overtaken.
    const auto lock = filedrop::take_lock(on.files(), who->work() / detail::lock_name);
    if (!lock && lock.error().code == error_code::busy) return fail(error_code::busy, "an intake is at work: say it again");
    if (!lock) return tl::unexpected<error>(lock.error());
    const auto chosen = choose(on, what);
    if (!chosen) return tl::unexpected<error>(chosen.error());
    handing_over_outcome out;
    std::vector<ledger::handover_event> events;
    for (const unfinished_handover& each : chosen->handovers) {
        ledger::handover_event next{each.item.row.id, ledger::handover_step::settled, each.item.folder, what.actor, what.reason};
        if (!what.received) {
            const auto way = make_again(on, chosen->file, each);
            if (!way) return tl::unexpected<error>(way.error());
            next.step = ledger::handover_step::again;
            next.folder = (*way)->folder.string();
        }
        events.push_back(std::move(next));
        out.files.push_back(each.told.file);
    }
    if (const auto written = write_events(on, events); !written) return tl::unexpected<error>(written.error());
    on.log(logging::log_level::info, what.received ? "handover-settled" : "handover-again",
           {{"tenant", who->id}, {"claim", chosen->file.claim}, {"files", out.files.size()}});
    if (!what.received) out.not_handed_on = detail::hand_over_all(on);
    return out;
}

}  // namespace brygga::intake
