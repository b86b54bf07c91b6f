// Writes print batches (print-batch.md 2.3 and 3.1), in flat memory: the manifest is made from what is told of the files, and
// their bytes come one at a time. The same batch gives the same bytes, each time.
//
//     const auto made = print::batch::write_batch(header, documents, bytes_of, {}, to);
//     if (!made) return made.error();                               // a file is not what was told of it, or cannot be had
//     if (!made->accepted()) show(made->findings);                  // and nothing was written
//     remember(header.batch_id, made->totals.digest);
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "formats/print/batch/reader.hpp"

namespace brygga::print::batch {

// The XML of a manifest, by the order of its schema: one element per line, every attribute of Print told.
[[nodiscard]] std::string write_manifest(const manifest& item);

// The bytes of a file of the batch, by its name. An error ends the writing.
using file_bytes = std::function<result<std::string>(const file_ref&)>;

struct written_batch {
    batch::totals totals;
    std::uint64_t bytes{};                  // of the archive; 0 unless accepted
    std::vector<removed_document> removed;  // documents to leave out before writing again
    finding_list findings;                  // of our own reader, on the manifest

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused() && removed.empty(); }
};

// Writes the archive to `to` unless the manifest has a finding that refuses it or takes a document out: then nothing. Files that
// several documents share (attachments) are asked for once. Of `with` the policy, the limits and the ledger's knowledge count.
// Fails with invalid_argument for a header without a moment, with invalid_content for a file whose size or SHA-256 is another
// than told, with limit_exceeded, and with what `bytes_of` failed with; what `to` was given until then is no archive.
[[nodiscard]] result<written_batch> write_batch(const header& of, std::span<const document> documents, const file_bytes& bytes_of,
                                                const read_options& with, const std::function<void(std::string_view)>& to);

// ---- splitting ----

struct split_limits {
    std::size_t documents = 5'000;
    std::uint64_t bytes = 500'000'000;  // of an archive
};

// Which documents go into one batch each, by their indexes, in their order: as many as fit, but documents of one groupKey, who
// share an envelope, stay together at the place of their first one. Sizes are estimated from above: the files with their entries
// in the archive (a shared attachment for each document that has it) and the manifest. limit_exceeded where a single document or
// group does not fit.
[[nodiscard]] result<std::vector<std::vector<std::size_t>>> split(std::span<const document> documents,
                                                                  const split_limits& within = {});

}  // namespace brygga::print::batch
