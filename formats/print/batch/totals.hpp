// Control totals of a batch (print-batch.md 4.3), and what follows from them.
#pragma once

#include <span>

#include "formats/print/batch/records.hpp"

namespace brygga::print::batch {

// Of a file on paper: each file starts on a new sheet.
[[nodiscard]] std::uint64_t sheets_of(const file_ref& file, const print_options& print) noexcept;
// Of a document with its attachments.
[[nodiscard]] std::uint64_t pages_of(const document& item) noexcept;
[[nodiscard]] std::uint64_t sheets_of(const document& item) noexcept;

// SHA-256 over the lines "{document id}:{SHA-256 of its file}\n" in the byte order of the ids.
[[nodiscard]] std::string digest_of(std::span<const document> documents);

// A sum of amounts beyond 64 bits is the largest or smallest number there is.
[[nodiscard]] totals totals_of(std::span<const document> documents);

}  // namespace brygga::print::batch
