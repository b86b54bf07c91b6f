#include "tools/brygga/verify.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "connectors/intake/original_store.hpp"
#include "formats/inspection/printable.hpp"

namespace brygga::command {

namespace {

struct originals_proof {
    std::uint64_t files{};
    std::vector<std::string> faults;
};

// Every content once, however often it was delivered.
result<originals_proof> verify_originals(const books& in, const config::tenant& who) {
    const auto open = in.store->begin_read(who.id);
    if (!open) return tl::unexpected(open.error());
    auto files = (*open)->files_since(0);
    if (!files) return tl::unexpected(files.error());
    std::sort(files->begin(), files->end(), [](const auto& a, const auto& b) { return a.sha256 < b.sha256; });
    const auto kept = intake::open_originals(filedrop::posix_file_system(), in.with.originals, in.with.original_keys);
    if (!kept) return tl::unexpected(kept.error());
    originals_proof out;
    for (auto at = files->begin(); at != files->end(); ++at) {
        if (at != files->begin() && at->sha256 == std::prev(at)->sha256) continue;
        ++out.files;
        const auto original = (*kept)->prove({at->sha256, static_cast<std::uint64_t>(at->size_bytes)});
        if (!original) out.faults.push_back(fmt::format("original of claim {}: {}", at->claim, original.error().text));
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
    with.out.write(fmt::format("{}: balance {} ({} entries, {} postings), chain {} ({} rows, head {}{}), originals {} ({})\n",
                               who.id, verdict(proof->balanced), proof->entries, proof->postings, verdict(proof->chain_intact),
                               proof->log_rows, proof->head_log_no, lag, verdict(originals->faults.empty()),
                               counted(originals->files, "file")));
    for (const std::string& each : proof->faults)
        with.out.write(fmt::format("  {}\n", inspection::printable(each)));
    for (const std::string& each : originals->faults)
        with.out.write(fmt::format("  {}\n", inspection::printable(each)));
    const bool holds = proof->balanced && proof->chain_intact && proof->faults.empty() && originals->faults.empty();
    return holds ? exit_code::clean : exit_code::found;
}

}  // namespace brygga::command
