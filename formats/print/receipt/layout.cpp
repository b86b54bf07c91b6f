#include "formats/print/receipt/layout.hpp"

namespace brygga::print::receipt::layout {

namespace {

using xml::group;
using xml::holds;
using xml::one;
using xml::part;
using xml::stream;

// clang-format off
const xml::table& refusal_table() {
    static const xml::table rows = {
        one<&refusal::rule>("@rule", {.meaning = "rule that was broken", .longest = 36}),
        one<&refusal::text>(".", {.meaning = "text of the print service", .guard = privacy::free_text}),
    };
    return rows;
}

const xml::table& totals_table() {
    static const xml::table rows = {
        one<&totals::documents>("@documents", {.meaning = "documents of the batch", .what = holds::number}),
        one<&totals::delivered>("@delivered", {.meaning = "delivered digitally", .what = holds::number}),
        one<&totals::posted>("@posted", {.meaning = "posted, forwarded or returned", .what = holds::number}),
        one<&totals::failed>("@failed", {.meaning = "failed or rejected", .what = holds::number}),
        one<&totals::pages>("@pages", {.meaning = "pages as last reported", .what = holds::number}),
        one<&totals::sheets>("@sheets", {.meaning = "sheets as last reported", .what = holds::number}),
    };
    return rows;
}

}  // namespace

const xml::table& document_table() {
    static const xml::table rows = {
        one<&document::id>("@id", {.meaning = "document id", .longest = 36}),
        one<&document::status>("@status", {.meaning = "RECEIVED, REJECTED, DELIVERED, PRINTED, POSTED, FORWARDED, FAILED, RETURNED, CANCELLED", .longest = 9, .what = holds::code}),
        one<&document::at>("@at", {.meaning = "when", .what = holds::moment}),
        one<&document::channel>("@channel", {.meaning = "how it went", .longest = 16, .what = holds::code}),
        one<&document::reason>("@reason", {.meaning = "why, a code", .longest = 36}),
        one<&document::provider_ref>("@providerRef", {.meaning = "reference of the provider", .guard = privacy::reference}),
        one<&document::pages>("@pages", {.meaning = "pages", .what = holds::number}),
        one<&document::sheets>("@sheets", {.meaning = "sheets of paper", .what = holds::number}),
    };
    return rows;
}

const xml::table& root_table() {
    static const xml::table rows = {
        one<&root::version>("@version", {.meaning = "version of the format, 1.0", .what = holds::number}),
        one<&root::batch_id>("BatchId", {.meaning = "batch that it answers", .longest = 36}),
        one<&root::number>("ReceiptNumber", {.meaning = "1, 2, 3 ... of a batch", .what = holds::number}),
        one<&root::created_at>("CreatedAt", {.meaning = "made at", .what = holds::moment}),
        one<&root::type>("Type", {.meaning = "ACK, NACK, STATUS, RETURNS", .longest = 7, .what = holds::code}),
        one<&root::digest>("Digest", {.meaning = "digest of the batch", .longest = 64, .what = holds::code}),
        one<&root::is_final>("Final", {.meaning = "every document has a final status", .what = holds::flag}),
        group<&root::errors>("Error", refusal_table()),
        stream<&root::document>("Document", document_table(), document_level),
        part<&root::totals>("Totals", totals_table()),
    };
    return rows;
}
// clang-format on

}  // namespace brygga::print::receipt::layout
