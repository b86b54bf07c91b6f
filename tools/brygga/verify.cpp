#include "tools/brygga/verify.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "connectors/intake/original_store.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/inspection/printable.hpp"

namespace brygga::command {

namespace {

struct originals_proof {
    std::uint64_t files{}, removed{};
    std::vector<std::string> notes, faults;
};

// The claim of a file that came, the id of one that was sent.
result<std::string> name_of(ledger::transaction& in, const ledger::original_use& use) {
    if (use.leaves) return "sent file " + ledger::format_id(use.id);
    const auto file = in.file_with_id(use.id);
    if (!file) return tl::unexpected(file.error());
    return "claim " + (*file ? (*file)->claim : ledger::format_id(use.id));
}

std::string rows_text(ledger::row_id first, ledger::row_id last) {
    if (first == last) return "row " + ledger::format_id(first);
    return fmt::format("rows {} to {}", ledger::format_id(first), ledger::format_id(last));
}

// One line for those that went on one day by one rule, in the order of their rows.
std::vector<std::string> notes_of(const std::vector<ledger::original_removal>& all) {
    struct day_of_removals {
        std::uint64_t files{};
        ledger::row_id first{}, last{};
    };
    std::map<std::pair<std::string, std::string>, day_of_removals> days;
    for (const ledger::original_removal& each : all) {
        day_of_removals& day = days[{format_iso_date(intake::swedish_day(each.recorded_at)), each.rule}];
        if (++day.files == 1) day.first = each.id;
        day.last = each.id;
    }
    std::vector<std::string> out;
    for (const auto& [key, day] : days)
        out.push_back(fmt::format("removed by retention on {}: {} ({}), {}", key.first, counted(day.files, "original"),
                                  key.second, rows_text(day.first, day.last)));
    return out;
}

// Every content once, however often it came or was sent. What retention removed has a row that says so; anything else that is not
// there is lost.
result<originals_proof> verify_originals(const books& in, const config::tenant& who) {
    const auto open = in.store->begin_read(who.id);
    if (!open) return tl::unexpected(open.error());
    auto uses = (*open)->retention().uses();
    if (!uses) return tl::unexpected(uses.error());
    const auto removals = (*open)->retention().removals();
    if (!removals) return tl::unexpected(removals.error());
    std::set<std::string, std::less<>> removed;
    for (const ledger::original_removal& each : *removals)
        removed.insert(each.sha256);
    std::stable_sort(uses->begin(), uses->end(), [](const auto& a, const auto& b) { return a.sha256 < b.sha256; });
    const auto kept = intake::open_originals(filedrop::posix_file_system(), in.with.originals, in.with.original_keys);
    if (!kept) return tl::unexpected(kept.error());
    originals_proof out{0, removed.size(), notes_of(*removals), {}};
    for (auto at = uses->begin(); at != uses->end(); ++at) {
        if ((at != uses->begin() && at->sha256 == std::prev(at)->sha256) || removed.contains(at->sha256)) continue;
        ++out.files;
        const auto original = (*kept)->prove({at->sha256, at->size_bytes});
        if (original) continue;
        const auto name = name_of(**open, *at);
        if (!name) return tl::unexpected(name.error());
        const bool lost = original.error().code == error_code::not_found;
        out.faults.push_back(
            fmt::format("original of {}: {}{}", *name, lost ? "lost, and not by retention: " : "", original.error().text));
    }
    return out;
}

}  // namespace

std::optional<ledger::log_head> parse_head(std::string_view text) {
    constexpr std::size_t hash_digits = 64;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.size() - colon - 1 != hash_digits) return std::nullopt;
    ledger::log_head head;
    const char* const end = text.data() + colon;
    const auto number = std::from_chars(text.data(), end, head.log_no);
    if (number.ec != std::errc() || number.ptr != end || head.log_no < 0) return std::nullopt;
    for (const char digit : text.substr(colon + 1)) {
        const bool upper = digit >= 'A' && digit <= 'F';
        if (!upper && (digit < 'a' || digit > 'f') && (digit < '0' || digit > '9')) return std::nullopt;
        head.hash.push_back(upper ? static_cast<char>(digit - 'A' + 'a') : digit);
    }
    return head;
}

exit_code verify_tenant(session& with, const books& in, const config::tenant& who, std::span<const ledger::log_head> noted) {
    const auto proof = in.store->verify(who.id, noted);
    if (!proof) return complain(proof.error());
    const auto originals = verify_originals(in, who);
    if (!originals) return complain(originals.error());
    const std::int64_t behind = proof->newest_log_no - proof->head_log_no;
    const std::string lag = behind > 0 ? fmt::format(", {} behind", counted(static_cast<std::uint64_t>(behind), "row")) : "";
    const auto verdict = [](bool holds) { return holds ? "holds" : "DOES NOT HOLD"; };
    with.out.write(fmt::format("{}: balance {} ({} entries, {} postings), chain {} ({} rows, head {}{}), originals {} ({}{})\n",
                               who.id, verdict(proof->balanced), proof->entries, proof->postings, verdict(proof->chain_intact),
                               proof->log_rows, proof->head_log_no, lag, verdict(originals->faults.empty()),
                               counted(originals->files, "file"),
                               originals->removed == 0 ? "" : fmt::format(", {} removed by retention", originals->removed)));
    for (const std::string& each : proof->faults)
        with.out.write(fmt::format("  {}\n", inspection::printable(each)));
    for (const std::string& each : originals->notes)
        with.out.write(fmt::format("  {}\n", inspection::printable(each)));
    for (const std::string& each : originals->faults)
        with.out.write(fmt::format("  {}\n", inspection::printable(each)));
    const bool holds = proof->balanced && proof->chain_intact && proof->faults.empty() && originals->faults.empty();
    return holds ? exit_code::clean : exit_code::found;
}

}  // namespace brygga::command
