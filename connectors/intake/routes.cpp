#include "connectors/intake/detail/routes.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "connectors/intake/detail/json_fields.hpp"
#include "connectors/intake/detail/routed_json.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "connectors/intake/handovers.hpp"

namespace brygga::intake {

namespace {

namespace fs = std::filesystem;
using detail::desk;

struct staged_place {
    std::string claim;
    std::optional<inbound::section_key> released;
};

// "1-2"
std::optional<inbound::section_key> parse_section(std::string_view text) {
    inbound::section_key section;
    const char* const end = text.data() + text.size();
    const auto [dash, first] = std::from_chars(text.data(), end, section.logical_no);
    if (first != std::errc() || dash == end || *dash != '-') return std::nullopt;
    const auto [last, second] = std::from_chars(dash + 1, end, section.section_no);
    if (second != std::errc() || last != end) return std::nullopt;
    return section;
}

// CLAIM.bgmax or CLAIM.1-2.ATTEMPT.bgmax. Nothing for a name that is none of ours.
std::optional<staged_place> parse_staged(std::string_view name, std::string_view to) {
    staged_place out;
    const std::string ending = fmt::format(".{}", to);
    if (name.size() < filedrop::claim_characters + ending.size() || !name.ends_with(ending)) return std::nullopt;
    name.remove_suffix(ending.size());
    out.claim = name.substr(0, filedrop::claim_characters);
    if (!filedrop::time_of_claim(out.claim)) return std::nullopt;
    name.remove_prefix(filedrop::claim_characters);
    if (name.empty()) return out;
    const std::size_t attempt = name.rfind('.');
    if (name.front() != '.' || attempt == 0 || !filedrop::time_of_claim(name.substr(attempt + 1))) return std::nullopt;
    out.released = parse_section(name.substr(1, attempt - 1));
    if (!out.released) return std::nullopt;
    return out;
}

// gone: it was made for a folder that is not there any more, perhaps because this one is that folder under a new name.
enum class backing : std::uint8_t { none, not_yet, there, gone };

struct ledger_word {
    backing known{};
    std::string file;    // there: the name to hand it over under
    std::string sha256;  // there: of the bytes that were made
    std::string folder;  // gone: where it should have been handed over
};

// The same folder may have two names in two configurations.
result<backing> backing_by(filedrop::file_system& files, const ledger::handover& row, const route& way) {
    if (row.folder == way.folder) return backing::there;
    const auto named = files.facts(route{{}, row.format, row.folder}.staging());
    if (!named && named.error().code == error_code::not_found) return backing::gone;
    if (!named) return tl::unexpected<error>(named.error());
    const auto here = files.facts(way.staging());
    if (!here) return tl::unexpected<error>(here.error());
    return named->device == here->device && named->inode == here->inode ? backing::there : backing::none;
}

// What the ledger says of a staged file: for this folder, and of this name.
result<ledger_word> backing_of(ledger::transaction& in, filedrop::file_system& files, const staged_place& at, const route& way,
                               std::string_view name) {
    const auto file = in.file_with_claim(at.claim);
    if (!file) return tl::unexpected<error>(file.error());
    if (!*file) return ledger_word{backing::not_yet, {}, {}, {}};
    const auto handovers = in.handovers_of_file((*file)->id);
    if (!handovers) return tl::unexpected<error>(handovers.error());
    ledger_word word;
    for (const ledger::handover_item& each : *handovers) {
        if (each.row.staged != name || each.row.format != way.to) continue;
        const auto known = backing_by(files, each.row, way);
        if (!known) return tl::unexpected<error>(known.error());
        if (*known == backing::there) {
            const routed told = told_of(each);
            return ledger_word{backing::there, told.file, told.sha256, {}};
        }
        if (*known == backing::gone) word = {backing::gone, {}, {}, each.row.folder};
    }
    if (word.known == backing::gone || !at.released) return word;
    const auto holds = in.holds_of_file((*file)->id);
    if (!holds) return tl::unexpected<error>(holds.error());
    const bool decided = std::any_of(holds->begin(), holds->end(), [&](const ledger::held_item& each) {
        return each.row.subject == ledger::hold_subject::section && each.row.logical_no == at.released->logical_no &&
               each.row.section_no == at.released->section_no && each.verdict;
    });
    word.known = decided ? backing::none : backing::not_yet;
    return word;
}

result<ledger_word> word_on(const desk& on, const staged_place& at, const route& way, std::string_view name) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected<error>(in.error());
    return backing_of(**in, on.files(), at, way, name);
}

// In one step, so that nobody can hand it over twice; the name is the claim's own. False when it is not what was made, and stays.
result<bool> hand_over_one(desk& on, const route& way, const std::string& staged, const ledger_word& word) {
    const auto is = fingerprint_of(on.files(), way.staging() / staged);
    if (!is && is.error().code == error_code::not_found) return true;  // another process was faster
    if (!is) return tl::unexpected<error>(is.error());
    if (is->sha256 != word.sha256) return false;
    const auto renamed = on.files().rename_over(way.staging() / staged, way.folder / word.file);
    if (!renamed && renamed.error().code != error_code::not_found) return tl::unexpected<error>(renamed.error());
    on.pass(step::handed_over);
    return true;
}

std::string text_of_failure(std::string_view to, const fs::path& folder, std::string_view why) {
    return fmt::format("the route to {} in {}: {}", to, folder.string(), why);
}

std::string text_of_gone(const std::string& staged, const std::string& folder) {
    return fmt::format(
        "{0} waits in .brygga and was made for {1}, which is gone: if its receiver does not have it, make {1}/.brygga, put it "
        "there, and put that route back for one intake; otherwise remove it",
        staged, folder);
}

std::string text_of_other_bytes(const std::string& staged) {
    return fmt::format(
        "the bytes of {} in .brygga are not those that the ledger stands behind: put it back from a backup, or make it again "
        "from "
        "the archived file with brygga convert, give that by hand to its receiver, and remove this one",
        staged);
}

// What waits for a person is told and holds up no other file.
result<void> hand_over(desk& on, const route& way, std::vector<std::string>& failures) {
    const auto names = on.files().list(way.staging());
    if (!names) return tl::unexpected<error>(names.error());
    bool moved = false;
    for (const std::string& each : *names) {
        const auto at = parse_staged(each, way.to);
        if (!at) continue;
        const auto word = word_on(on, *at, way, each);
        if (!word) return tl::unexpected<error>(word.error());
        switch (word->known) {
            case backing::not_yet:
                break;
            case backing::none:
                if (auto removed = on.files().remove(way.staging() / each);
                    !removed && removed.error().code != error_code::not_found)
                    return removed;
                break;
            case backing::gone:
                failures.push_back(text_of_failure(way.to, way.folder, text_of_gone(each, word->folder)));
                break;
            case backing::there: {
                const auto done = hand_over_one(on, way, each, *word);
                if (!done) return tl::unexpected<error>(done.error());
                moved = moved || *done;
                if (!*done) failures.push_back(text_of_failure(way.to, way.folder, text_of_other_bytes(each)));
                break;
            }
        }
    }
    if (!moved) return {};
    if (auto synced = on.files().sync_folder(way.folder); !synced) return synced;
    return on.files().sync_folder(way.staging());
}

bool has_route(const tenant& who, std::string_view to, const fs::path& folder) {
    return std::any_of(who.routes.begin(), who.routes.end(),
                       [&](const route& each) { return each.to == to && each.folder == folder; });
}

// Of a folder that is not there, nothing.
result<std::vector<std::string>> backed_files(ledger::transaction& in, filedrop::file_system& files, const route& way) {
    const auto names = files.list(way.staging());
    if (!names && names.error().code == error_code::not_found) return std::vector<std::string>();
    if (!names) return tl::unexpected<error>(names.error());
    std::vector<std::string> out;
    for (const std::string& each : *names) {
        const auto at = parse_staged(each, way.to);
        if (!at) continue;
        const auto word = backing_of(in, files, *at, way, each);
        if (!word) return tl::unexpected<error>(word.error());
        if (word->known == backing::there) out.push_back(each);
    }
    return out;
}

// Where routes led that are no longer in the configuration.
std::vector<std::string> tell_without_route(const desk& on) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return {in.error().text};
    const auto places = (*in)->handover_places();
    if (!places) return {places.error().text};
    std::vector<std::string> out;
    for (const ledger::handover_place& each : *places) {
        if (has_route(*on.who, each.format, each.folder)) continue;
        auto names = backed_files(**in, on.files(), route{{}, each.format, each.folder});
        if (!names)
            out.push_back(text_of_failure(each.format, each.folder, names.error().text));
        else if (!names->empty())
            out.push_back(without_route({each.format, each.folder, std::move(*names), false}));
    }
    return out;
}

// What of this file waits for a person.
result<std::vector<ledger::handover_item>> waiting_of(ledger::transaction& in, std::string_view file) {
    auto waiting = in.open_handovers();
    if (!waiting) return waiting;
    std::erase_if(*waiting, [&](const ledger::handover_item& each) {
        return each.claim != file && ledger::format_id(each.row.file_id) != file && each.file_name != file;
    });
    if (waiting->empty())
        return fail(error_code::not_found, "no deposit of a file of this name, claim or id waits to be entered by hand");
    std::string others;
    for (const ledger::handover_item& each : *waiting)
        if (each.row.file_id != waiting->front().row.file_id) others += fmt::format(", {}", each.claim);
    if (!others.empty())
        return fail(error_code::invalid_argument,
                    fmt::format("several files have this name, say which: {}{}", waiting->front().claim, others));
    return waiting;
}

}  // namespace

routed told_of(const ledger::handover_item& item) {
    return detail::routed_from(nlohmann::json::parse(item.row.told, nullptr, false));
}

result<std::vector<waiting_files>> files_to_hand_over(const tenant& who, ledger::transaction& in, filedrop::file_system& files) {
    const auto places = in.handover_places();
    if (!places) return tl::unexpected<error>(places.error());
    std::vector<waiting_files> out;
    for (const ledger::handover_place& each : *places) {
        auto names = backed_files(in, files, route{{}, each.format, each.folder});
        if (names && !names->empty())
            out.push_back({each.format, each.folder, std::move(*names), has_route(who, each.format, each.folder)});
    }
    return out;
}

std::string without_route(const waiting_files& item) {
    const bool one = item.names.size() == 1;
    return fmt::format(
        "{0} for {1} {2} in {3} and the configuration has no such route any more: "
        "put the route back for one intake, or give {4} by hand to {5} receiver",
        one ? "1 file" : fmt::format("{} files", item.names.size()), item.to, one ? "waits" : "wait",
        route{{}, item.to, item.folder}.staging().string(), one ? "it" : "them", one ? "its" : "their");
}

result<std::uint64_t> acknowledge(const config& with, ledger::store& books, const options& how, const acknowledgement& what) {
    const tenant* const who = with.find_tenant(what.tenant);
    if (who == nullptr) return fail(error_code::not_found, "no tenant has this id");
    if (what.actor.empty() || what.reason.empty())
        return fail(error_code::invalid_argument, "an acknowledgement needs an actor and a reason");
    const auto open = books.begin(who->id);
    if (!open) return tl::unexpected<error>(open.error());
    ledger::transaction& into = **open;
    const auto waiting = waiting_of(into, what.file);
    if (!waiting) return tl::unexpected<error>(waiting.error());
    std::uint64_t deposits = 0;
    for (const ledger::handover_item& each : *waiting) {
        if (auto closed = into.close_handover(each.row.id, what.actor, what.reason); !closed)
            return tl::unexpected<error>(closed.error());
        deposits += each.row.left_out;
    }
    if (auto done = into.commit(); !done) return tl::unexpected<error>(done.error());
    const desk on{&with, who, &books, nullptr, &how, "acknowledge"};
    on.warn_of_head();
    on.log(log_level::info, "acknowledged", {{"tenant", who->id}, {"deposits", deposits}});
    return deposits;
}

namespace detail {

std::vector<std::string> hand_over_all(desk& on) {
    std::vector<std::string> failures;
    for (const route& way : on.who->routes)
        if (const auto done = hand_over(on, way, failures); !done)
            failures.push_back(text_of_failure(way.to, way.folder, done.error().text));
    for (std::string& each : tell_without_route(on))
        failures.push_back(std::move(each));
    return failures;
}

}  // namespace detail

}  // namespace brygga::intake
