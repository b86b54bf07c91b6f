// Print batches, their receipts and returned mail, within a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "mapping/ledger/print_batches.hpp"

namespace brygga::ledger::sqlite {

class sqlite_transaction;

class sqlite_print_batches final : public print_rows {
 public:
    explicit sqlite_print_batches(sqlite_transaction& within) : within_(within) {}

    result<void> add_print_batch(print_batch& item) override;
    result<void> add_print_document(print_document& item) override;
    result<void> add_print_status(row_id print_document_id, const print_status& item) override;
    result<std::uint32_t> last_print_sequence() override;
    result<std::optional<print_batch_item>> print_batch_with_id(std::string_view batch_id) override;
    result<std::optional<print_batch_item>> print_batch_of_file(row_id outgoing_id) override;
    result<std::vector<print_batch_item>> open_print_batches() override;
    result<std::vector<print_document_item>> print_documents_of(row_id print_batch_id) override;
    result<std::optional<print_document_item>> print_document_with_id(std::string_view document_id) override;
    result<std::optional<print_document_item>> print_document_of_delivery(row_id delivery_id) override;
    result<void> add_print_receipt(print_receipt& item, receipt_end first) override;
    result<void> add_receipt_end(row_id print_receipt_id, receipt_end item, std::string_view actor,
                                 std::string_view reason) override;
    result<std::vector<print_receipt_item>> print_receipts_of(row_id print_batch_id) override;
    result<void> add_address_mark(const address_mark& item) override;
    result<std::optional<address_mark>> newest_address_mark(std::string_view customer_id) override;

 private:
    sqlite_transaction& within_;
};

}  // namespace brygga::ledger::sqlite
