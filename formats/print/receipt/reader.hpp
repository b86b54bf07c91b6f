// Reads and writes receipts (print-batch.md 3.3). What a receipt means for its batch is judge.hpp's.
//
//     const print::receipt::receipt_file file = print::receipt::read_receipt(bytes);
//     if (!file.accepted()) refuse(file.findings);
#pragma once

#include <string>
#include <string_view>

#include "formats/core/finding.hpp"
#include "formats/print/receipt/records.hpp"
#include "formats/print/receipt/rules.hpp"

namespace brygga::print::receipt {

struct read_options {
    rule_policy policy;
};

struct receipt_file {
    bool recognised = false;  // the root element is that of a receipt
    bool is_whole = false;    // it keeps its schema: all of it is in `content`
    batch_receipt content;
    finding_list findings;  // `serial` is the document's id; nothing of persons, and nothing of the texts of errors

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// PRR-FORM alone: the other rules need the state of the batch.
[[nodiscard]] receipt_file read_receipt(std::string_view bytes, const read_options& options = {});

// One element per line, by the order of the schema.
[[nodiscard]] std::string write_receipt(const batch_receipt& item);

}  // namespace brygga::print::receipt
