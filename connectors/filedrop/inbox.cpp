#include "connectors/filedrop/inbox.hpp"

#include <algorithm>
#include <array>

namespace brygga::filedrop {

namespace {

constexpr std::array<std::string_view, 7> temporary_endings = {".part", ".partial",    ".filepart", ".tmp",
                                                               ".temp", ".crdownload", "~"};
constexpr std::int64_t ns_per_ms = 1'000'000;

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool ends_with_any_case(std::string_view text, std::string_view ending) noexcept {
    if (text.size() < ending.size()) return false;
    return std::equal(ending.begin(), ending.end(), text.end() - static_cast<std::ptrdiff_t>(ending.size()),
                      [](char wanted, char given) { return wanted == lower(given); });
}

// Opened, locked, and known to be the file that `path` names.
result<claimed_file> locked(file_system& files, const std::filesystem::path& path) {
    claimed_file out;
    out.path = path;
    auto opened = files.open(path);
    if (!opened) return tl::unexpected<error>(opened.error());
    out.lock = std::move(*opened);
    if (auto got = out.lock->lock(); !got) return tl::unexpected<error>(got.error());
    const auto facts = out.lock->facts();
    if (!facts) return tl::unexpected<error>(facts.error());
    if (facts->kind != file_kind::regular) return fail(error_code::invalid_argument, "this is no regular file");
    out.facts = *facts;
    return out;
}

bool same_file(const file_facts& a, const file_facts& b) noexcept {
    return a.device == b.device && a.inode == b.inode;
}

}  // namespace

bool is_temporary_name(std::string_view name) noexcept {
    return std::any_of(temporary_endings.begin(), temporary_endings.end(),
                       [name](std::string_view ending) { return ends_with_any_case(name, ending); });
}

std::string inbox_name(const std::string& name) {
    const bool plain =
        !name.empty() && name.front() != '.' && name.size() <= max_escaped_name && name.find('/') == std::string::npos;
    std::string out = plain ? name : escape_name(name);
    if (is_temporary_name(out)) out += ".whole";
    return out;
}

result<inbox_look> look_into(file_system& files, const std::filesystem::path& inbox) {
    auto names = files.list(inbox);
    if (!names) return tl::unexpected<error>(names.error());
    inbox_look out;
    for (std::string& name : *names) {
        if (name.front() == '.' || is_temporary_name(name)) continue;
        const auto facts = files.facts(inbox / name);
        if (!facts) {
            if (facts.error().code != error_code::not_found) out.failures.push_back({std::move(name), facts.error()});
            continue;
        }
        switch (facts->kind) {
            case file_kind::regular:
                out.candidates.push_back({std::move(name), *facts});
                break;
            case file_kind::folder:
                break;
            case file_kind::link:
            case file_kind::other:
                out.not_regular.push_back(std::move(name));
                break;
        }
    }
    return out;
}

std::vector<settle_state> settling::note(const std::vector<candidate>& seen, ledger::timestamp_ms now) {
    std::map<std::string, memory, std::less<>> next;
    std::vector<settle_state> states;
    states.reserve(seen.size());
    for (const candidate& item : seen) {
        memory current{item.facts, now, false};
        const auto earlier = known_.find(item.name);
        if (earlier != known_.end() && earlier->second.facts == item.facts) current = {item.facts, earlier->second.since, true};
        states.push_back(state_of(current, now));
        next.emplace(item.name, current);
    }
    known_ = std::move(next);
    return states;
}

settle_state settling::state_of(const memory& known, ledger::timestamp_ms now) const {
    const bool empty = known.facts.size_bytes == 0;
    const ledger::timestamp_ms wanted = (empty ? times_.empty_quiet : times_.quiet).count();
    const ledger::timestamp_ms quiet = std::max(now - known.since, now - known.facts.modified_ns / ns_per_ms);
    if (known.seen_twice && quiet >= wanted) return settle_state::whole;
    return empty ? settle_state::empty_waits : settle_state::growing;
}

result<claimed_file> claim(file_system& files, const std::filesystem::path& inbox, const std::filesystem::path& work,
                           const candidate& item, claim_source& ids) {
    auto out = locked(files, inbox / item.name);
    if (!out) return out;
    if (out->facts != item.facts) return fail(error_code::busy, "the file has changed since it was looked at");
    out->name = {ids.next(), escape_name(item.name)};
    const std::filesystem::path to = work / out->name.text();
    if (auto moved = move_durably(files, out->path, to); !moved) return tl::unexpected<error>(moved.error());
    out->path = to;
    // Between lock and rename another intake may have finished with our file and a sender delivered the same name anew:
    // then we have renamed a file that we did not lock, and leave it to the next pass.
    const auto there = files.facts(to);
    if (!there) return tl::unexpected<error>(there.error());
    if (!same_file(*there, out->facts)) return fail(error_code::busy, "the file was delivered anew while it was claimed");
    return out;
}

result<claimed_file> reclaim(file_system& files, const std::filesystem::path& work, const claimed_name& name) {
    auto out = locked(files, work / name.text());
    if (!out) return out;
    out->name = name;
    // Its owner may have finished and moved it away between our opening and our locking.
    const auto there = files.facts(out->path);
    if (!there) return tl::unexpected<error>(there.error());
    if (!same_file(*there, out->facts)) return fail(error_code::busy, "another file has taken this place");
    return out;
}

}  // namespace brygga::filedrop
