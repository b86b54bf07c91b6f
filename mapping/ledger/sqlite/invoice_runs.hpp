// Invoice runs and the deliveries of their documents, within a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "mapping/ledger/invoice_runs.hpp"

namespace brygga::ledger::sqlite {

class sqlite_transaction;

class sqlite_invoice_runs final : public run_rows {
 public:
    explicit sqlite_invoice_runs(sqlite_transaction& within) : within_(within) {}

    result<bool> add_run(invoice_run& item) override;
    result<void> add_run_event(row_id run_id, const run_event& item) override;
    result<std::optional<run_item>> run_with_key(std::string_view key) override;
    result<std::optional<run_item>> run_with_id(row_id id) override;
    result<std::vector<run_item>> runs(std::size_t limit) override;
    result<std::vector<run_item>> runs_in_state(run_state state) override;
    result<std::vector<run_event>> run_events(row_id run_id) override;
    result<std::vector<run_count>> count_documents(row_id run_id) override;
    result<bool> has_open_documents(row_id run_id) override;
    result<waiting_einvoices> einvoice_wait(row_id run_id) override;
    result<std::vector<run_document_item>> sent_unanswered(row_id run_id, timestamp_ms sent_until, std::size_t limit) override;

    result<bool> add_run_document(run_document& item) override;
    result<std::optional<run_document_item>> run_document_with_id(row_id id) override;
    result<std::optional<run_document_item>> run_document_of(row_id document_id) override;
    result<std::optional<run_document_item>> run_document_of_delivery(row_id delivery_id) override;
    result<std::vector<run_document_item>> run_documents_with_number(std::string_view number) override;
    result<std::vector<run_document_item>> run_documents_of_customer(std::string_view customer_id) override;
    result<std::uint64_t> line_of_another(const run_document& than) override;
    result<void> each_run_document(row_id run_id, const std::function<result<void>(const run_document_item&)>& visit) override;

    result<void> add_delivery(delivery& item, const delivery_event& first) override;
    result<bool> add_delivery_event(row_id delivery_id, const delivery_event& item) override;
    result<std::optional<row_id>> delivery_with_key(std::string_view key) override;
    result<std::vector<delivery_item>> deliveries_of(row_id run_document_id) override;
    result<std::vector<delivery_event>> delivery_events(row_id delivery_id) override;
    result<std::vector<run_document_item>> planned_deliveries(channel by, row_id after, std::size_t limit) override;

 private:
    sqlite_transaction& within_;
};

}  // namespace brygga::ledger::sqlite
