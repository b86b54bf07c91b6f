// Batches for the tests: small ones that break nothing, their PDFs, and the worked examples of the specification.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/print/batch/reader.hpp"
#include "formats/print/batch/writer.hpp"

namespace brygga::print::batch {

// As files of the archive, by name.
using pdf_files = std::map<std::string, std::string, std::less<>>;

struct sample {
    batch::header header;
    std::vector<document> documents;
    pdf_files files;
};

// Three documents: an invoice with a slip to Kivra and paper, a collection by Autogiro, and a credit note on paper. No rule is
// broken.
[[nodiscard]] sample good_sample();
// One invoice to a protected person. No rule is broken.
[[nodiscard]] sample protected_sample();

// Gives a document the PDF that it tells of: pages as stated, its code line on page 1.
void make_pdf(sample& of, std::size_t document);
// Puts these bytes in as a file, and tells of them.
void put_file(sample& of, file_ref& what, std::string bytes);

// A slip with the right code line.
[[nodiscard]] payment slip(std::int64_t ore, const std::string& reference);

[[nodiscard]] manifest manifest_of(const sample& of);
[[nodiscard]] std::string manifest_bytes(const sample& of);
// The archive as zip_writer writes it, whatever rules the sample breaks.
[[nodiscard]] std::string archive_of(const sample& of);
[[nodiscard]] std::string archive_of(const sample& of, std::string_view manifest);

// Rule ids with their paths, one a line: "hold PRB-R07 Documents/Document[1]/Kind".
[[nodiscard]] std::string told(const finding_list& findings);

// The worked examples (fixtures/print); example B is the page's fragment in the header of example A, with totals of its own.
[[nodiscard]] std::string example_a();
[[nodiscard]] std::string example_b();
[[nodiscard]] std::string example_c();
// Of the specification: the block of XML behind a text of the page, and its schemas (3.2, 3.3). Empty where the page is not
// there.
[[nodiscard]] std::string page_block(std::string_view mark);
[[nodiscard]] std::string manifest_schema_text();
[[nodiscard]] std::string receipt_schema_text();

// Whether xmllint takes the document by the schema. Both texts must not be empty.
[[nodiscard]] bool is_valid_by(const std::string& schema, const std::string& document);
[[nodiscard]] bool can_validate();

}  // namespace brygga::print::batch
