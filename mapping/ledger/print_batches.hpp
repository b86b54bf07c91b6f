// Print batches that were made, how far each document in them has come, and the receipts on them (print-batch.md section 4). Rows
// are never changed: of a document the newest status holds, of a receipt the newest word on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "formats/print/receipt/records.hpp"
#include "mapping/ledger/exchange.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

struct print_batch {
    row_id id{};
    std::string batch_id;      // of its header; unique
    std::uint32_t sequence{};  // of its file's name; unique, rising
    print::batch::flow flow{};
    bool is_protected = false;
    std::string digest;
    row_id outgoing_id{};  // its file
    std::uint64_t documents{};
};

struct print_document {
    row_id id{};
    row_id print_batch_id{};
    std::string document_id;  // of the manifest; the same in a later batch where an earlier one never left
    row_id delivery_id{};
    std::string sha256;  // of the PDF
    std::uint64_t pages{}, sheets{};
};

struct print_status {
    print::receipt::status state = print::receipt::status::batched;
    std::optional<print::batch::channel> by;
    std::string reason, provider_ref;
    std::string at;  // as told
    std::optional<std::uint64_t> pages, sheets;
    row_id receipt_id{};         // that told it; 0: we say so ourselves
    timestamp_ms recorded_at{};  // of what is read
};

struct print_document_item {
    print_document row;
    print_status newest;
};

enum class receipt_end : std::uint8_t {
    applied,
    parked,   // until those before it are here, or a person has seen to it
    refused,  // alarm, or security incident
    settled,  // a person has seen to it
};
[[nodiscard]] std::string_view name(receipt_end code) noexcept;

struct print_receipt {
    row_id id{};
    row_id print_batch_id{};
    std::uint32_t number{};
    print::receipt::receipt_type type{};
    bool is_final = false;
    std::string sha256;   // of its bytes
    row_id file_id{};     // that brought it
    std::string content;  // its bytes, of one that is parked, else empty
};

struct print_receipt_item {
    print_receipt row;
    receipt_end newest{};
    timestamp_ms recorded_at{};
};

struct print_batch_item {
    print_batch row;
    sending file{};               // how far its file has come
    timestamp_ms file_at{};       // since then
    std::uint32_t last_number{};  // of the receipts that were applied
    bool is_final = false;        // one of them said so
};

// Returned mail: whether the customer's address can be trusted.
enum class address_state : std::uint8_t { suspect, confirmed };
[[nodiscard]] std::string_view name(address_state code) noexcept;

struct address_mark {
    std::string customer_id;
    address_state state{};
    std::string reason;          // a code of print-batch.md 5.4, or a person's
    row_id source_id{};          // the delivery that came back; 0 of a person's word
    std::string actor;           // of a person, else empty
    timestamp_ms recorded_at{};  // of what is read
};

// Part of a transaction: commits and ends with it.
class print_rows {
 public:
    virtual ~print_rows() = default;

    // conflict where the batch id or the sequence is there.
    virtual result<void> add_print_batch(print_batch& item) = 0;
    // With the status `batched`.
    virtual result<void> add_print_document(print_document& item) = 0;
    virtual result<void> add_print_status(row_id print_document_id, const print_status& item) = 0;

    [[nodiscard]] virtual result<std::uint32_t> last_print_sequence() = 0;  // 0: none
    [[nodiscard]] virtual result<std::optional<print_batch_item>> print_batch_with_id(std::string_view batch_id) = 0;
    [[nodiscard]] virtual result<std::optional<print_batch_item>> print_batch_of_file(row_id outgoing_id) = 0;
    // Of which no receipt has said that it is the last one, oldest first; those whose file was closed before it left are none.
    [[nodiscard]] virtual result<std::vector<print_batch_item>> open_print_batches() = 0;
    [[nodiscard]] virtual result<std::vector<print_document_item>> print_documents_of(
        row_id print_batch_id) = 0;  // by document id
    // The newest with this id whose batch was not taken back (PRB-R05).
    [[nodiscard]] virtual result<std::optional<print_document_item>> print_document_with_id(std::string_view document_id) = 0;
    // The newest of the delivery.
    [[nodiscard]] virtual result<std::optional<print_document_item>> print_document_of_delivery(row_id delivery_id) = 0;

    virtual result<void> add_print_receipt(print_receipt& item, receipt_end first) = 0;
    virtual result<void> add_receipt_end(row_id print_receipt_id, receipt_end item, std::string_view actor,
                                         std::string_view reason) = 0;
    [[nodiscard]] virtual result<std::vector<print_receipt_item>> print_receipts_of(
        row_id print_batch_id) = 0;  // by number, as they came

    // The same state from the same source again changes nothing.
    virtual result<void> add_address_mark(const address_mark& item) = 0;
    [[nodiscard]] virtual result<std::optional<address_mark>> newest_address_mark(std::string_view customer_id) = 0;
};

}  // namespace brygga::ledger
