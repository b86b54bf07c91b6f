// Reads print batches (print-batch.md): the manifest alone, or the whole archive with its PDFs in flat memory. What is wrong are
// findings; nothing of persons stands in them. Findings name documents by their ids (`serial`).
//
//     struct printer : print::batch::sink {
//         void document(const print::batch::document_bytes& each) override { keep(each.what->id, each.pdf); }
//     } into;
//     const print::batch::batch_file file = print::batch::read_batch(zip, {}, &into);
//     if (!file.accepted()) refuse(file.findings);          // nothing that was handed out may be used then
//     for (const auto& each : file.removed) leave_out(file.content.documents[each.document]);
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/core/ocr.hpp"
#include "formats/print/batch/records.hpp"
#include "formats/print/batch/rules.hpp"
#include "formats/print/pdf/inspection.hpp"

namespace brygga::print::batch {

// Section 2.3; all can be agreed otherwise.
struct batch_limits {
    std::size_t documents = 5'000;
    std::uint64_t archive_bytes = 500'000'000;
    std::uint64_t unpacked_bytes = 2'000'000'000;
    std::uint64_t ratio = 200;              // unpacked to packed, of one entry
    std::uint64_t pdf_bytes = 3'000'000;    // of one
    std::uint64_t mailbox_bytes = 740'000;  // of a PDF for a digital mailbox (Kivra)
    std::uint64_t c5_sheets = 6;            // in an envelope C5
    std::uint64_t manifest_bytes = 64 << 20;
};

// What only the ledger knows. A question that is not there is not asked: its rule is not judged, and for paper the answer is no.
struct ledger_knowledge {
    // PRB-R02: the digest of the batch that went under this id; nothing for an id that is new.
    std::function<std::optional<std::string>(std::string_view batch_id)> digest_of_batch;
    // PRB-R05: the SHA-256 of the file that went under this document id; nothing for an id that is new.
    std::function<std::optional<std::string>(std::string_view document_id)> sha256_of_document;
    // PRB-R15: of a REMINDER or COLLECTION_NOTICE.
    std::function<bool(const document&)> has_open_claim;
    // PRB-R16
    std::function<bool(const recipient&)> forbids_paper;
};

struct read_options {
    rule_policy policy;
    batch_limits limits;
    std::uint32_t max_error_permille = 20;  // batch.maxErrorRatio: 2 %
    ocr_agreement agreement;                // of the account of slips; without a level the check digit is tested
    bool inspects_pdfs = true;              // PRB-R06 as to what is in them, PRB-R11, and the code line in the page (OCRL-R06)
    ledger_knowledge ledger;
    std::function<void(std::size_t)> passed;  // how far an archive is done with
};

// A document that is taken out of the batch, and by which rule first.
struct removed_document {
    std::size_t document{};  // index in manifest::documents
    rule broken{};

    [[nodiscard]] bool operator==(const removed_document&) const = default;
};

struct batch_file {
    bool recognised = false;  // the root element is that of a manifest
    bool repeated = false;    // by PRB-R02: answer with the stored ACK, do nothing else
    bool is_whole = false;    // the manifest keeps its schema: all of it is in `content`, and the other rules were judged
    manifest content;
    std::vector<removed_document> removed;  // in the order of the manifest, each once
    finding_list findings;

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// The PDF of a document. Valid during the call.
struct document_bytes {
    std::size_t index{};  // in manifest::documents
    const batch::document* what{};
    std::string_view pdf;
    const pdf::pdf_facts* facts{};  // nothing where the PDF does not open or is not inspected
};

// Told in the order of the archive, also of batches that turn out to be refused at the end, but never before the manifest keeps
// its schema.
class sink {
 public:
    virtual ~sink() = default;
    virtual void opened(const manifest&) {}
    virtual void document(const document_bytes&) {}
    // Data and attachments, each once, whoever has it.
    virtual void other(const file_ref&, std::string_view /*bytes*/) {}
};

// PRB-R01, R02, R04, R05, R07 to R10 and R12 to R16, W01, and of R06 what sizes and pages tell.
[[nodiscard]] batch_file read_manifest(std::string_view bytes, const read_options& options = {});

// The archive: the rules above, PRB-R03, and those on PDFs.
[[nodiscard]] batch_file read_batch(std::string_view bytes, const read_options& options = {}, sink* into = nullptr);

}  // namespace brygga::print::batch
