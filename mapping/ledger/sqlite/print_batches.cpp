#include "mapping/ledger/sqlite/print_batches.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

using print::receipt::status;

constexpr sql_text insert_batch =
    "INSERT INTO print_batch (tenant_id, id, recorded_at, batch_id, sequence, flow, is_protected, digest, outgoing_id, "
    "documents) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
constexpr sql_text select_taken = "SELECT 1 FROM print_batch WHERE tenant_id = ?1 AND (batch_id = ?2 OR sequence = ?3)";
constexpr sql_text insert_document =
    "INSERT INTO print_document (tenant_id, id, recorded_at, print_batch_id, document_id, delivery_id, sha256, pages, sheets) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr sql_text insert_status =
    "INSERT INTO print_status (tenant_id, id, recorded_at, print_document_id, state, channel, reason, provider_ref, at, pages, "
    "sheets, receipt_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
constexpr sql_text select_sequence = "SELECT max(sequence) FROM print_batch WHERE tenant_id = ?1";
constexpr sql_text select_by_batch_id = "SELECT * FROM print_batch_now WHERE tenant_id = ?1 AND batch_id = ?2";
constexpr sql_text select_by_file = "SELECT * FROM print_batch_now WHERE tenant_id = ?1 AND outgoing_id = ?2";
// One that was closed has left, or another batch has its documents.
constexpr sql_text select_open = R"sql(
SELECT b.* FROM print_batch_now b WHERE b.tenant_id = ?1 AND b.is_final = 0 AND NOT EXISTS (
    SELECT 1 FROM print_document_now d WHERE d.tenant_id = b.tenant_id AND d.print_batch_id = b.id AND d.state = 8)
ORDER BY b.id)sql";
constexpr sql_text select_documents =
    "SELECT * FROM print_document_now WHERE tenant_id = ?1 AND print_batch_id = ?2 ORDER BY document_id";
constexpr sql_text select_document =
    "SELECT * FROM print_document_now WHERE tenant_id = ?1 AND document_id = ?2 AND state <> 8 ORDER BY id DESC LIMIT 1";
constexpr sql_text select_of_delivery =
    "SELECT * FROM print_document_now WHERE tenant_id = ?1 AND delivery_id = ?2 ORDER BY id DESC LIMIT 1";
constexpr sql_text insert_receipt =
    "INSERT INTO print_receipt (tenant_id, id, recorded_at, print_batch_id, number, type, is_final, sha256, file_id, content) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
constexpr sql_text insert_end =
    "INSERT INTO print_receipt_event (tenant_id, id, recorded_at, print_receipt_id, state, actor, reason) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
constexpr sql_text select_receipts =
    "SELECT * FROM print_receipt_now WHERE tenant_id = ?1 AND print_batch_id = ?2 ORDER BY number, id";
constexpr sql_text insert_mark =
    "INSERT INTO address_mark (tenant_id, id, recorded_at, customer_id, state, reason, source_id, actor) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
constexpr sql_text select_mark =
    "SELECT customer_id, state, reason, source_id, actor, recorded_at FROM address_mark WHERE tenant_id = ?1 AND customer_id = "
    "?2 "
    "ORDER BY id DESC LIMIT 1";

static_assert(static_cast<int>(status::cancelled) == 8, "as the queries above have it");

template <class Number>
std::optional<Number> number_at(const cursor& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.as<Number>(column));
}

// Rows of the views, which begin with the tenant.
print_batch_item read_batch(cursor& row) {
    print_batch_item item;
    item.row = {row.integer(1), row.text(2), row.as<std::uint32_t>(3), row.as<print::batch::flow>(4),
                row.flag(5),    row.text(6), row.integer(7),           row.as<std::uint64_t>(8)};
    item.file = row.as<sending>(9);
    item.file_at = row.integer(10);
    item.last_number = row.as<std::uint32_t>(11);
    item.is_final = row.flag(12);
    return item;
}

print_document_item read_document(cursor& row) {
    print_document_item item;
    item.row = {row.integer(1),           row.integer(2),          row.text(3), row.integer(4), row.text(5),
                row.as<std::uint64_t>(6), row.as<std::uint64_t>(7)};
    item.newest.state = row.as<status>(8);
    item.newest.by = number_at<print::batch::channel>(row, 9);
    item.newest.reason = row.text(10);
    item.newest.provider_ref = row.text(11);
    item.newest.at = row.text(12);
    item.newest.pages = number_at<std::uint64_t>(row, 13);
    item.newest.sheets = number_at<std::uint64_t>(row, 14);
    item.newest.receipt_id = row.integer(15);
    item.newest.recorded_at = row.integer(16);
    return item;
}

print_receipt_item read_receipt(cursor& row) {
    print_receipt_item item;
    item.row = {row.integer(1), row.integer(2), row.as<std::uint32_t>(3), row.as<print::receipt::receipt_type>(4),
                row.flag(5),    row.text(6),    row.integer(7),           row.text(8)};
    item.newest = row.as<receipt_end>(9);
    item.recorded_at = row.integer(10);
    return item;
}

address_mark read_mark(cursor& row) {
    return {row.text(0), row.as<address_state>(1), row.text(2), row.integer(3), row.text(4), row.integer(5)};
}

std::optional<std::int64_t> as_integer(std::optional<std::uint64_t> value) noexcept {
    return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

result<void> done(result<bool> written) {
    return written ? result<void>{} : tl::unexpected(std::move(written.error()));
}

}  // namespace

result<void> sqlite_print_batches::add_print_batch(print_batch& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    const auto taken = within_.session_.database->number(select_taken, within_.tenant(), item.batch_id, item.sequence);
    if (!taken) return tl::unexpected(taken.error());
    if (*taken) return fail(error_code::conflict, fmt::format("PRB-R02: the print batch {} is there already", item.batch_id));
    if (item.id == 0) item.id = within_.allot_id();
    auto written = within_.write(table::print_batch, insert_batch, within_.tenant(), item.id, within_.now(), item.batch_id,
                                 item.sequence, static_cast<std::int64_t>(item.flow), item.is_protected, item.digest,
                                 item.outgoing_id, static_cast<std::int64_t>(item.documents));
    if (!written) return tl::unexpected(std::move(written.error()));
    return within_.append_log("print-batch", item.id, nlohmann::json{{"batch", item.batch_id}, {"digest", item.digest}}.dump());
}

result<void> sqlite_print_batches::add_print_document(print_document& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    item.id = within_.allot_id();
    auto written = within_.write(table::print_document, insert_document, within_.tenant(), item.id, within_.now(),
                                 item.print_batch_id, item.document_id, item.delivery_id, item.sha256,
                                 static_cast<std::int64_t>(item.pages), static_cast<std::int64_t>(item.sheets));
    if (!written) return tl::unexpected(std::move(written.error()));
    return add_print_status(item.id, {});
}

result<void> sqlite_print_batches::add_print_status(row_id print_document_id, const print_status& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    return done(within_.write(table::print_status, insert_status, within_.tenant(), within_.allot_id(), within_.now(),
                              print_document_id, static_cast<std::int64_t>(item.state), as_number(item.by), item.reason,
                              item.provider_ref, item.at, as_integer(item.pages), as_integer(item.sheets),
                              or_null(item.receipt_id)));
}

result<std::uint32_t> sqlite_print_batches::last_print_sequence() {
    const auto last = within_.session_.database->number(select_sequence, within_.tenant());
    if (!last) return tl::unexpected(last.error());
    return static_cast<std::uint32_t>(last->value_or(0));
}

result<std::optional<print_batch_item>> sqlite_print_batches::print_batch_with_id(std::string_view batch_id) {
    return within_.first_row(select_by_batch_id, read_batch, within_.tenant(), batch_id);
}

result<std::optional<print_batch_item>> sqlite_print_batches::print_batch_of_file(row_id outgoing_id) {
    return within_.first_row(select_by_file, read_batch, within_.tenant(), outgoing_id);
}

result<std::vector<print_batch_item>> sqlite_print_batches::open_print_batches() {
    return within_.rows(select_open, read_batch, within_.tenant());
}

result<std::vector<print_document_item>> sqlite_print_batches::print_documents_of(row_id print_batch_id) {
    return within_.rows(select_documents, read_document, within_.tenant(), print_batch_id);
}

result<std::optional<print_document_item>> sqlite_print_batches::print_document_with_id(std::string_view document_id) {
    return within_.first_row(select_document, read_document, within_.tenant(), document_id);
}

result<std::optional<print_document_item>> sqlite_print_batches::print_document_of_delivery(row_id delivery_id) {
    return within_.first_row(select_of_delivery, read_document, within_.tenant(), delivery_id);
}

result<void> sqlite_print_batches::add_print_receipt(print_receipt& item, receipt_end first) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    item.id = within_.allot_id();
    auto written =
        within_.write(table::print_receipt, insert_receipt, within_.tenant(), item.id, within_.now(), item.print_batch_id,
                      item.number, static_cast<std::int64_t>(item.type), item.is_final, item.sha256, item.file_id, item.content);
    if (!written) return tl::unexpected(std::move(written.error()));
    return add_receipt_end(item.id, first, {}, {});
}

result<void> sqlite_print_batches::add_receipt_end(row_id print_receipt_id, receipt_end item, std::string_view actor,
                                                   std::string_view reason) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto written = within_.write(table::print_receipt_event, insert_end, within_.tenant(), within_.allot_id(), within_.now(),
                                 print_receipt_id, static_cast<std::int64_t>(item), actor, reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    return within_.append_log("print-receipt", print_receipt_id, nlohmann::json{{"end", name(item)}}.dump());
}

result<std::vector<print_receipt_item>> sqlite_print_batches::print_receipts_of(row_id print_batch_id) {
    return within_.rows(select_receipts, read_receipt, within_.tenant(), print_batch_id);
}

result<void> sqlite_print_batches::add_address_mark(const address_mark& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    const auto newest = newest_address_mark(item.customer_id);
    if (!newest) return tl::unexpected(newest.error());
    if (*newest && (*newest)->state == item.state && (*newest)->source_id == item.source_id && (*newest)->actor == item.actor)
        return {};
    return done(within_.write(table::address_mark, insert_mark, within_.tenant(), within_.allot_id(), within_.now(),
                              item.customer_id, static_cast<std::int64_t>(item.state), item.reason, item.source_id, item.actor));
}

result<std::optional<address_mark>> sqlite_print_batches::newest_address_mark(std::string_view customer_id) {
    return within_.first_row(select_mark, read_mark, within_.tenant(), customer_id);
}

}  // namespace brygga::ledger::sqlite
