#include "connectors/transfer/poll.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "connectors/filedrop/inbox.hpp"

namespace brygga::transfer {

namespace {

bool wanted(const remote_entry& each, const poll_rules& with) {
    if (!each.facts.regular || !with.names.matches(each.name) || with.passed_over.contains(each.name)) return false;
    return with.unfinished_names || (each.name.front() != '.' && !filedrop::is_temporary_name(each.name));
}

outcome<std::vector<remote_entry>> files_in(remote_files& from, const poll_rules& with) {
    auto found = from.list(with.where.folder);
    if (!found) return found;
    std::erase_if(*found, [&](const remote_entry& each) { return !wanted(each, with); });
    std::sort(found->begin(), found->end(), [](const remote_entry& a, const remote_entry& b) {
        return std::pair(a.facts.modified_s, a.name) < std::pair(b.facts.modified_s, b.name);
    });
    return found;
}

}  // namespace

outcome<poll_result> poll(remote_files& from, const poll_rules& with, const home_folders& home, const fetch_notes& notes) {
    if (auto placed = place_staged(home, notes); !placed) return tl::unexpected(placed.error());
    const auto first = files_in(from, with);
    if (!first) return tl::unexpected(first.error());
    poll_result told;
    if (first->empty()) return told;
    with.sleep(with.quiet);
    const auto second = files_in(from, with);
    if (!second) return tl::unexpected(second.error());
    std::map<std::string_view, remote_facts> before;
    for (const remote_entry& each : *first)
        before.emplace(each.name, each.facts);
    for (const remote_entry& each : *second) {
        const auto known = before.find(each.name);
        if (known == before.end() || !same_version(known->second, each.facts)) {
            ++told.changing;
            continue;
        }
        const auto ended = fetch(from, with.where, each, home, notes);
        if (!ended) {
            if (info(ended.error().what).how_far == reach::connection) {
                told.ended_by = poll_failure{each.name, ended.error()};
                return told;
            }
            told.failures.push_back({each.name, ended.error()});
            continue;
        }
        switch (*ended) {
            case fetched::now:
                ++told.fetched;
                break;
            case fetched::before:
                ++told.cleared;
                break;
            case fetched::changing:
                ++told.changing;
                break;
        }
    }
    return told;
}

}  // namespace brygga::transfer
