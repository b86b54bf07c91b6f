#include <unordered_map>

#include <fmt/format.h>

#include "formats/print/batch/writer.hpp"

namespace brygga::print::batch {

namespace {

// From above: what an entry costs beside its bytes (both headers, both names), and what a document adds to the manifest.
constexpr std::uint64_t entry_bytes = 76 + 2 * 85;
constexpr std::uint64_t document_bytes = 8'192;
constexpr std::uint64_t file_element_bytes = 512;
constexpr std::uint64_t batch_bytes = 16'384;  // header, totals, end of the archive

std::uint64_t size_of(const document& item) noexcept {
    std::uint64_t size = document_bytes + entry_bytes + item.file.size;
    if (item.data) size += entry_bytes + item.data->size;
    for (const file_ref& each : item.attachments)
        size += entry_bytes + file_element_bytes + each.size;
    return size;
}

// Documents that must not be parted.
struct unit {
    std::vector<std::size_t> documents;
    std::uint64_t bytes = 0;
};

std::vector<unit> units_of(std::span<const document> documents) {
    std::vector<unit> made;
    std::unordered_map<std::string_view, std::size_t> by_key;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const std::string& key = documents[i].print.group_key;
        std::size_t at = made.size();
        if (!key.empty()) at = by_key.emplace(key, at).first->second;
        if (at == made.size()) made.emplace_back();
        made[at].documents.push_back(i);
        made[at].bytes += size_of(documents[i]);
    }
    return made;
}

}  // namespace

result<std::vector<std::vector<std::size_t>>> split(std::span<const document> documents, const split_limits& within) {
    std::vector<std::vector<std::size_t>> made;
    std::uint64_t bytes = 0;
    for (const unit& each : units_of(documents)) {
        if (each.documents.size() > within.documents || batch_bytes + each.bytes > within.bytes)
            return fail(error_code::limit_exceeded,
                        fmt::format("{} that belong together are too much for a batch of {} documents and {} bytes",
                                    each.documents.size() == 1 ? "the files of a document" : "documents", within.documents,
                                    within.bytes));
        const bool fits =
            !made.empty() && made.back().size() + each.documents.size() <= within.documents && bytes + each.bytes <= within.bytes;
        if (!fits) {
            made.emplace_back();
            bytes = batch_bytes;
        }
        made.back().insert(made.back().end(), each.documents.begin(), each.documents.end());
        bytes += each.bytes;
    }
    return made;
}

}  // namespace brygga::print::batch
