// The rows of mandates and collections, within a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "mapping/ledger/direct_debit.hpp"

namespace brygga::ledger::sqlite {

class sqlite_transaction;

class sqlite_direct_debit final : public direct_debit_rows {
 public:
    explicit sqlite_direct_debit(sqlite_transaction& within) : within_(within) {}

    result<void> add_mandate(mandate& item) override;
    result<void> add_mandate_event(row_id mandate_id, const mandate_event& item) override;
    result<std::optional<mandate_item>> mandate_with_number(std::string_view bankgiro, std::string_view payer_number) override;
    result<std::optional<mandate_item>> change_with_number(std::string_view bankgiro, std::string_view payer_number) override;
    result<std::optional<mandate_item>> mandate_with_id(row_id id) override;
    result<std::vector<mandate_item>> mandates_of_customer(std::string_view customer_id) override;
    result<std::vector<mandate_item>> mandates_of_bankgiro(std::string_view bankgiro) override;
    result<std::vector<mandate_item>> mandates_of_source(row_id source_id) override;
    result<std::vector<mandate_event>> mandate_events(row_id mandate_id) override;

    result<void> add_collection(collection& item, row_id source_id) override;
    result<void> add_collection_event(row_id collection_id, const collection_event& item) override;
    result<std::optional<collection_item>> collection_with_id(row_id id) override;
    result<std::vector<collection_item>> collections_of_invoice(row_id invoice_id) override;
    result<std::vector<collection_item>> collections_of_payer(std::string_view bankgiro, std::string_view payer_number,
                                                              std::size_t limit) override;
    result<std::vector<collection_item>> collections_like(std::string_view bankgiro, std::string_view payer_number,
                                                          std::string_view reference, std::int64_t amount_ore,
                                                          std::size_t limit) override;
    result<std::vector<collection_item>> pending_collections(std::string_view bankgiro) override;
    result<std::vector<collection_item>> collections_of_source(row_id source_id) override;
    result<std::vector<collection_event>> collection_events(row_id collection_id) override;

 private:
    sqlite_transaction& within_;
};

}  // namespace brygga::ledger::sqlite
