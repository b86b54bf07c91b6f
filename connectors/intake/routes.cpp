#include "connectors/intake/detail/routes.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "connectors/intake/fingerprint.hpp"
#include "connectors/intake/handovers.hpp"

namespace brygga::intake::detail {

namespace {

namespace fs = std::filesystem;

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
};

// The same folder may have two names in two configurations.
result<backing> backing_by(filedrop::file_system& files, const ledger::handover_item& item, const config::route& way) {
    if (item.folder == way.folder) return backing::there;
    const auto named = files.facts(config::route{{}, item.row.format, item.folder}.staging());
    if (!named && named.error().code == error_code::not_found) return backing::gone;
    if (!named) return tl::unexpected<error>(named.error());
    const auto here = files.facts(way.staging());
    if (!here) return tl::unexpected<error>(here.error());
    return named->device == here->device && named->inode == here->inode ? backing::there : backing::none;
}

// What the ledger says of a staged file: for this folder, and of this name.
result<ledger_word> backing_of(ledger::transaction& in, filedrop::file_system& files, const staged_place& at,
                               const config::route& way, std::string_view name) {
    const auto file = in.file_with_claim(at.claim);
    if (!file) return tl::unexpected<error>(file.error());
    if (!*file) return ledger_word{backing::not_yet, {}, {}};
    const auto handovers = in.handovers_of_file((*file)->id);
    if (!handovers) return tl::unexpected<error>(handovers.error());
    ledger_word word;
    for (const ledger::handover_item& each : *handovers) {
        if (each.row.staged != name || each.row.format != way.to || !is_unfinished(each)) continue;
        const auto known = backing_by(files, each, way);
        if (!known) return tl::unexpected<error>(known.error());
        if (*known == backing::there) {
            const routed told = told_of(each);
            return ledger_word{backing::there, told.file, told.sha256};
        }
        if (*known == backing::gone) word = {backing::gone, {}, {}};
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

result<ledger_word> word_on(const desk& on, const staged_place& at, const config::route& way, std::string_view name) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected<error>(in.error());
    return backing_of(**in, on.files(), at, way, name);
}

struct ready_file {
    std::string staged, file;
};

// False when it is not what was made, and stays.
result<bool> is_as_made(const desk& on, const fs::path& staged, std::string_view sha256) {
    const auto is = fingerprint_of(on.files(), staged);
    if (!is) return tl::unexpected<error>(is.error());
    return is->sha256 == sha256;
}

result<void> remove_if_there(const desk& on, const fs::path& path) {
    auto removed = on.files().remove(path);
    return !removed && removed.error().code != error_code::not_found ? removed : result<void>();
}

// In one step, so that nobody can hand it over twice; the name is the claim's own. The marks are durable before.
result<void> let_go(desk& on, const config::route& way, const std::vector<ready_file>& ready) {
    if (ready.empty()) return {};
    for (const ready_file& each : ready)
        if (const auto marked = on.files().create(mark_of(way.staging() / each.staged)); !marked)
            return tl::unexpected<error>(marked.error());
    if (auto synced = on.files().sync_folder(way.staging()); !synced) return synced;
    on.pass(step::leaving);
    for (const ready_file& each : ready) {
        const auto renamed = on.files().rename_over(way.staging() / each.staged, way.folder / each.file);
        // Another process may have been faster.
        if (!renamed && renamed.error().code != error_code::not_found) return renamed;
        on.pass(step::handed_over);
    }
    if (auto synced = on.files().sync_folder(way.folder); !synced) return synced;
    return on.files().sync_folder(way.staging());
}

std::string text_of_failure(std::string_view to, const fs::path& folder, std::string_view why) {
    return fmt::format("the route to {} in {}: {}", to, folder.string(), why);
}

std::string text_of_other_bytes(const std::string& staged, const std::string& file) {
    return fmt::format(
        "the bytes of {} in .brygga are not those that the ledger stands behind: put it back from a backup, or have it made "
        "again "
        "with brygga intake hand-over {} --actor WHO --reason WHY",
        staged, file);
}

// A mark whose file is away and noted is of no use any more.
result<void> look_at_mark(const desk& on, const config::route& way, const std::string& name) {
    const std::string staged = name.substr(0, name.size() - mark_ending.size());
    const auto at = parse_staged(staged, way.to);
    if (!at) return {};
    const auto word = word_on(on, *at, way, staged);
    if (!word) return tl::unexpected<error>(word.error());
    return word->known == backing::none ? remove_if_there(on, way.staging() / name) : result<void>();
}

// What waits for a person is told and holds up no other file.
result<void> hand_over(desk& on, const config::route& way, std::vector<std::string>& failures) {
    const auto names = on.files().list(way.staging());
    if (!names) return tl::unexpected<error>(names.error());
    std::vector<ready_file> ready;
    for (const std::string& each : *names) {
        if (each.ends_with(mark_ending))
            if (auto seen = look_at_mark(on, way, each); !seen) return seen;
        const auto at = parse_staged(each, way.to);
        if (!at) continue;
        const auto word = word_on(on, *at, way, each);
        if (!word) return tl::unexpected<error>(word.error());
        switch (word->known) {
            case backing::not_yet:
            case backing::gone:  // told with all others that are not where they should be
                break;
            case backing::none:
                if (auto removed = remove_if_there(on, way.staging() / each); !removed) return removed;
                break;
            case backing::there: {
                const auto same = is_as_made(on, way.staging() / each, word->sha256);
                if (!same && same.error().code == error_code::not_found) break;  // another process was faster
                if (!same) return tl::unexpected<error>(same.error());
                if (*same)
                    ready.push_back({each, word->file});
                else
                    failures.push_back(text_of_failure(way.to, way.folder, text_of_other_bytes(each, word->file)));
                break;
            }
        }
    }
    return let_go(on, way, ready);
}

result<unfinished_list> read_unfinished(const desk& on) {
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected<error>(in.error());
    return find_unfinished(*on.who, **in, on.files());
}

// What was handed over, now or by a process that did not live to note it; then the marks are away.
result<void> note_handed_over(desk& on, const std::vector<unfinished_handover>& found) {
    std::vector<const unfinished_handover*> handed;
    for (const unfinished_handover& each : found)
        if (each.where == whereabouts::handed_over) handed.push_back(&each);
    if (handed.empty()) return {};
    {
        const auto open = on.books->begin(on.who->id);
        if (!open) return tl::unexpected<error>(open.error());
        for (const unfinished_handover* const each : handed)
            if (auto noted = (*open)->add_handover_event(
                    {each->item.row.id, ledger::handover_step::handed_over, each->item.folder, {}, {}});
                !noted)
                return noted;
        if (auto done = (*open)->commit(); !done) return done;
    }
    on.warn_of_head();
    on.pass(step::handover_noted);
    for (const unfinished_handover* const each : handed) {
        const config::route way{{}, each->item.row.format, each->item.folder};
        if (auto removed = remove_if_there(on, mark_of(way.staging() / each->item.row.staged)); !removed) return removed;
    }
    return {};
}

// Another process may have handed a file over, noted it and taken its mark away between our looks at the ledger and the folder.
result<void> leave_out_finished(const desk& on, std::vector<unfinished_handover>& lost) {
    if (lost.empty()) return {};
    const auto in = on.books->begin_read(on.who->id);
    if (!in) return tl::unexpected<error>(in.error());
    const auto still = (*in)->unfinished_handovers();
    if (!still) return tl::unexpected<error>(still.error());
    std::erase_if(lost, [&](const unfinished_handover& each) {
        return std::none_of(still->begin(), still->end(), [&](const auto& item) { return item.row.id == each.item.row.id; });
    });
    return {};
}

// Notes what was handed over, and tells what is not where it should be.
result<void> settle(desk& on, std::vector<std::string>& failures) {
    auto look = read_unfinished(on);
    if (!look) return tl::unexpected<error>(look.error());
    if (auto noted = note_handed_over(on, look->found); !noted) return noted;
    for (std::string& each : look->troubles)
        failures.push_back(std::move(each));
    for (const waiting_files& each : waiting_of(*on.who, look->found))
        if (!each.has_route) failures.push_back(without_route(each));
    std::erase_if(look->found, [](const unfinished_handover& each) { return !is_lost(each); });
    if (auto left = leave_out_finished(on, look->found); !left) return left;
    for (const unfinished_handover& each : look->found)
        failures.push_back(text_of(missing_of(each)));
    return {};
}

}  // namespace

std::vector<std::string> hand_over_all(desk& on) {
    std::vector<std::string> failures;
    for (const config::route& way : on.who->routes)
        if (const auto done = hand_over(on, way, failures); !done)
            failures.push_back(text_of_failure(way.to, way.folder, done.error().text));
    if (const auto done = settle(on, failures); !done)
        failures.push_back(fmt::format("what was handed over could not be noted: {}", done.error().text));
    return failures;
}

}  // namespace brygga::intake::detail
