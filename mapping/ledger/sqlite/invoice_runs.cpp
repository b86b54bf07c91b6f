#include "mapping/ledger/sqlite/invoice_runs.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text select_known_run = "SELECT id, sha256 FROM invoice_run WHERE tenant_id = ?1 AND key = ?2";
constexpr sql_text insert_run =
    "INSERT INTO invoice_run (tenant_id, id, recorded_at, key, kind, month, sha256, invoices, credit_notes, manifest) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
constexpr sql_text insert_run_event =
    "INSERT INTO run_event (tenant_id, id, recorded_at, run_id, state, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
constexpr sql_text select_run_by_key = "SELECT * FROM invoice_run_now WHERE tenant_id = ?1 AND key = ?2";
constexpr sql_text select_run_by_id = "SELECT * FROM invoice_run_now WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_runs = "SELECT * FROM invoice_run_now WHERE tenant_id = ?1 ORDER BY id DESC LIMIT ?2";
constexpr sql_text select_runs_in_state = "SELECT * FROM invoice_run_now WHERE tenant_id = ?1 AND state = ?2 ORDER BY id";
constexpr sql_text select_run_events =
    "SELECT state, actor, reason, recorded_at FROM run_event WHERE tenant_id = ?1 AND run_id = ?2 ORDER BY id";
constexpr sql_text select_counts =
    "SELECT channel, state, is_credit_note, count(*), sum(amount_ore) FROM run_document_now WHERE tenant_id = ?1 AND run_id = ?2 "
    "GROUP BY channel, state, is_credit_note ORDER BY channel, state, is_credit_note";

// What is_final() says is none of them.
constexpr sql_text select_open =
    "SELECT id FROM run_document_now WHERE tenant_id = ?1 AND run_id = ?2 AND NOT (state IN (5, 7) OR (state IN (3, 4) AND "
    "channel "
    "IS NOT NULL AND channel <= 1)) LIMIT 1";
// Sent, confirmed, rejected or closed by a person: whatever became of the file, it left. Looked up for each document: the queue
// holds all files that ever left.
constexpr sql_text select_waiting =
    "SELECT coalesce(sum(left_at IS NULL), 0), coalesce(sum(left_at IS NOT NULL), 0), coalesce(max(left_at), 0) FROM (SELECT "
    "(SELECT "
    "CASE WHEN e.state IN (3, 5, 6, 7) THEN e.recorded_at END FROM outgoing_event e WHERE e.tenant_id = r.tenant_id AND "
    "e.outgoing_id = r.outgoing_id ORDER BY e.id DESC LIMIT 1) AS left_at FROM run_document_now r WHERE r.tenant_id = ?1 AND "
    "r.run_id = ?2 AND r.channel IN (0, 1) AND r.state IN (0, 2))";
constexpr sql_text select_unanswered =
    "SELECT r.* FROM run_document_now r WHERE r.tenant_id = ?1 AND r.run_id = ?2 AND ((r.state = 3 AND r.channel > 1 AND "
    "r.recorded_at <= ?3) OR (r.state = 2 AND (SELECT e.state IN (3, 5, 6, 7) "
    "AND e.recorded_at <= ?3 FROM outgoing_event e WHERE e.tenant_id = r.tenant_id AND e.outgoing_id = r.outgoing_id "
    "ORDER BY e.id DESC LIMIT 1))) ORDER BY r.line_no LIMIT ?4";

constexpr sql_text select_known_document = "SELECT id FROM run_document WHERE tenant_id = ?1 AND run_id = ?2 AND line_no = ?3";
constexpr sql_text select_other_document = "SELECT run_id FROM run_document WHERE tenant_id = ?1 AND document_id = ?2";
constexpr sql_text insert_document =
    "INSERT INTO run_document (tenant_id, id, recorded_at, run_id, line_no, is_credit_note, number, document_id, customer_id, "
    "due, "
    "amount_ore) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
constexpr sql_text select_document_by_id = "SELECT * FROM run_document_now WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_document_of = "SELECT * FROM run_document_now WHERE tenant_id = ?1 AND document_id = ?2";
constexpr sql_text select_of_delivery =
    "SELECT * FROM run_document_now WHERE tenant_id = ?1 AND id = (SELECT d.run_document_id FROM delivery d WHERE d.tenant_id = "
    "?1 "
    "AND d.id = ?2)";
constexpr sql_text select_by_number = "SELECT * FROM run_document_now WHERE tenant_id = ?1 AND number = ?2 ORDER BY id DESC";
constexpr sql_text select_of_customer = "SELECT * FROM run_document_now WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY id";
constexpr sql_text select_documents = "SELECT * FROM run_document_now WHERE tenant_id = ?1 AND run_id = ?2 ORDER BY line_no";

constexpr sql_text select_another =
    "SELECT line_no FROM run_document WHERE tenant_id = ?1 AND run_id = ?2 AND customer_id = ?3 AND due = ?4 AND number <> ?5 "
    "AND is_credit_note = 0 LIMIT 1";

constexpr sql_text insert_delivery =
    "INSERT INTO delivery (tenant_id, id, recorded_at, run_document_id, step, channel) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
constexpr sql_text insert_delivery_event =
    "INSERT INTO delivery_event (tenant_id, id, recorded_at, delivery_id, state, outgoing_id, code, text, key, actor, reason) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
constexpr sql_text select_key = "SELECT delivery_id FROM delivery_event WHERE tenant_id = ?1 AND key = ?2";
constexpr sql_text select_deliveries = "SELECT * FROM delivery_now WHERE tenant_id = ?1 AND run_document_id = ?2 ORDER BY step";
constexpr sql_text select_delivery_events =
    "SELECT state, outgoing_id, code, text, key, actor, reason, recorded_at FROM delivery_event "
    "WHERE tenant_id = ?1 AND delivery_id = ?2 ORDER BY id";
constexpr sql_text select_planned =
    "SELECT * FROM run_document_now WHERE tenant_id = ?1 AND channel = ?2 AND delivery_id > ?3 AND state = 0 ORDER BY "
    "delivery_id "
    "LIMIT ?4";

run_event read_run_event(cursor& row, int first) {
    return {row.as<run_state>(first), row.text(first + 1), row.text(first + 2), row.integer(first + 3)};
}

// Rows of the views begin with the tenant.
run_item read_run(cursor& row) {
    return {{row.integer(1), row.text(2), row.as<run_kind>(3), row.day(4), row.text(5),
             static_cast<std::uint64_t>(row.integer(6)), static_cast<std::uint64_t>(row.integer(7)), row.text(8)},
            read_run_event(row, 9)};
}

std::optional<channel> read_channel(cursor& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.as<channel>(column));
}

delivery_event read_delivery_event(cursor& row, int first) {
    return {row.as<delivery_state>(first), row.integer(first + 1), row.text(first + 2), row.text(first + 3),
            row.text(first + 4),           row.text(first + 5),    row.text(first + 6), row.integer(first + 7)};
}

delivery_item read_delivery(cursor& row) {
    return {{row.integer(1), row.integer(2), static_cast<int>(row.integer(3)), read_channel(row, 4)},
            read_delivery_event(row, 5)};
}

run_document read_document_row(cursor& row) {
    return {row.integer(1), row.integer(2), static_cast<std::uint64_t>(row.integer(3)),
            row.flag(4),    row.text(5),    row.integer(6),
            row.text(7),    row.day(8),     row.integer(9)};
}

run_document_item read_document(cursor& row) {
    return {read_document_row(row),
            {{row.integer(10), row.integer(1), static_cast<int>(row.integer(11)), read_channel(row, 12)},
             read_delivery_event(row, 13)}};
}

run_count read_count(cursor& row) {
    return {read_channel(row, 0), row.as<delivery_state>(1), row.flag(2), static_cast<std::uint64_t>(row.integer(3)),
            row.integer(4)};
}

}  // namespace

result<bool> sqlite_invoice_runs::add_run(invoice_run& item) {
    if (auto allowed = within_.may_write(); !allowed) return tl::unexpected(std::move(allowed.error()));
    auto known = within_.first_row(
        select_known_run, [](cursor& row) { return std::pair(row.integer(0), row.text(1)); }, within_.tenant(), item.key);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        item.id = (*known)->first;
        if ((*known)->second == item.sha256) return false;
        return fail(error_code::conflict, fmt::format("BILL-R02: the run {} is there with another file: {}, and this one is {}",
                                                      item.key, (*known)->second, item.sha256));
    }
    item.id = within_.allot_id();
    auto written =
        within_.write(table::invoice_run, insert_run, within_.tenant(), item.id, within_.now(), item.key,
                      static_cast<std::int64_t>(item.kind), item.month, item.sha256, static_cast<std::int64_t>(item.invoices),
                      static_cast<std::int64_t>(item.credit_notes), item.manifest);
    if (!written) return tl::unexpected(std::move(written.error()));
    if (auto done = add_run_event(item.id, {}); !done) return tl::unexpected(std::move(done.error()));
    return true;
}

result<void> sqlite_invoice_runs::add_run_event(row_id run_id, const run_event& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto written = within_.write(table::run_event, insert_run_event, within_.tenant(), within_.allot_id(), within_.now(), run_id,
                                 static_cast<std::int64_t>(item.state), item.actor, item.reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    return within_.append_log("invoice-run", run_id, nlohmann::json{{"state", name(item.state)}}.dump());
}

result<std::optional<run_item>> sqlite_invoice_runs::run_with_key(std::string_view key) {
    return within_.first_row(select_run_by_key, read_run, within_.tenant(), key);
}

result<std::optional<run_item>> sqlite_invoice_runs::run_with_id(row_id id) {
    return within_.first_row(select_run_by_id, read_run, within_.tenant(), id);
}

result<std::vector<run_item>> sqlite_invoice_runs::runs(std::size_t limit) {
    return within_.rows(select_runs, read_run, within_.tenant(), static_cast<std::int64_t>(limit));
}

result<std::vector<run_item>> sqlite_invoice_runs::runs_in_state(run_state state) {
    return within_.rows(select_runs_in_state, read_run, within_.tenant(), static_cast<std::int64_t>(state));
}

result<std::vector<run_event>> sqlite_invoice_runs::run_events(row_id run_id) {
    return within_.rows(
        select_run_events, [](cursor& row) { return read_run_event(row, 0); }, within_.tenant(), run_id);
}

result<std::vector<run_count>> sqlite_invoice_runs::count_documents(row_id run_id) {
    return within_.rows(select_counts, read_count, within_.tenant(), run_id);
}

result<bool> sqlite_invoice_runs::has_open_documents(row_id run_id) {
    auto found = within_.session_.database->number(select_open, within_.tenant(), run_id);
    if (!found) return tl::unexpected(std::move(found.error()));
    return found->has_value();
}

result<waiting_einvoices> sqlite_invoice_runs::einvoice_wait(row_id run_id) {
    auto found = within_.first_row(
        select_waiting,
        [](cursor& row) {
            return waiting_einvoices{static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1)),
                                     row.integer(2)};
        },
        within_.tenant(), run_id);
    if (!found) return tl::unexpected(std::move(found.error()));
    return found->value_or(waiting_einvoices{});
}

result<std::vector<run_document_item>> sqlite_invoice_runs::sent_unanswered(row_id run_id, timestamp_ms sent_until,
                                                                            std::size_t limit) {
    return within_.rows(select_unanswered, read_document, within_.tenant(), run_id, sent_until, static_cast<std::int64_t>(limit));
}

result<bool> sqlite_invoice_runs::add_run_document(run_document& item) {
    if (auto allowed = within_.may_write(); !allowed) return tl::unexpected(std::move(allowed.error()));
    const auto line_no = static_cast<std::int64_t>(item.line_no);
    auto known = within_.session_.database->number(select_known_document, within_.tenant(), item.run_id, line_no);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        item.id = **known;
        return false;
    }
    if (item.document_id != 0) {
        auto other = within_.session_.database->number(select_other_document, within_.tenant(), item.document_id);
        if (!other) return tl::unexpected(std::move(other.error()));
        if (*other)
            return fail(error_code::conflict,
                        fmt::format("EINV-B08: it is in the run with the id {} already", format_id(**other)));
    }
    item.id = within_.allot_id();
    auto written =
        within_.write(table::run_document, insert_document, within_.tenant(), item.id, within_.now(), item.run_id, line_no,
                      item.is_credit_note, item.number, or_null(item.document_id), item.customer_id, item.due, item.amount_ore);
    if (!written) return tl::unexpected(std::move(written.error()));
    return true;
}

result<std::optional<run_document_item>> sqlite_invoice_runs::run_document_with_id(row_id id) {
    return within_.first_row(select_document_by_id, read_document, within_.tenant(), id);
}

result<std::optional<run_document_item>> sqlite_invoice_runs::run_document_of(row_id document_id) {
    return within_.first_row(select_document_of, read_document, within_.tenant(), document_id);
}

result<std::optional<run_document_item>> sqlite_invoice_runs::run_document_of_delivery(row_id delivery_id) {
    return within_.first_row(select_of_delivery, read_document, within_.tenant(), delivery_id);
}

result<std::vector<run_document_item>> sqlite_invoice_runs::run_documents_with_number(std::string_view number) {
    return within_.rows(select_by_number, read_document, within_.tenant(), number);
}

result<std::vector<run_document_item>> sqlite_invoice_runs::run_documents_of_customer(std::string_view customer_id) {
    return within_.rows(select_of_customer, read_document, within_.tenant(), customer_id);
}

result<std::uint64_t> sqlite_invoice_runs::line_of_another(const run_document& than) {
    auto line =
        within_.session_.database->number(select_another, within_.tenant(), than.run_id, than.customer_id, than.due, than.number);
    if (!line) return tl::unexpected(std::move(line.error()));
    return static_cast<std::uint64_t>(line->value_or(0));
}

result<void> sqlite_invoice_runs::each_run_document(row_id run_id,
                                                    const std::function<result<void>(const run_document_item&)>& visit) {
    return within_.visit_rows(
        select_documents, [&](cursor& row) { return visit(read_document(row)); }, within_.tenant(), run_id);
}

result<void> sqlite_invoice_runs::add_delivery(delivery& item, const delivery_event& first) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    item.id = within_.allot_id();
    auto written = within_.write(table::delivery, insert_delivery, within_.tenant(), item.id, within_.now(), item.run_document_id,
                                 item.step, as_number(item.by));
    if (!written) return tl::unexpected(std::move(written.error()));
    auto begun = add_delivery_event(item.id, first);
    return begun ? result<void>{} : tl::unexpected(std::move(begun.error()));
}

result<bool> sqlite_invoice_runs::add_delivery_event(row_id delivery_id, const delivery_event& item) {
    if (auto allowed = within_.may_write(); !allowed) return tl::unexpected(std::move(allowed.error()));
    if (!item.key.empty()) {
        auto known = delivery_with_key(item.key);
        if (!known || *known) return known ? result<bool>(false) : tl::unexpected(std::move(known.error()));
    }
    auto written = within_.write(table::delivery_event, insert_delivery_event, within_.tenant(), within_.allot_id(),
                                 within_.now(), delivery_id, static_cast<std::int64_t>(item.state), or_null(item.outgoing_id),
                                 item.code, item.text, or_null(std::string_view(item.key)), item.actor, item.reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    if (item.actor.empty()) return true;
    auto logged = within_.append_log("delivery", delivery_id, nlohmann::json{{"state", name(item.state)}}.dump());
    return logged ? result<bool>(true) : tl::unexpected(std::move(logged.error()));
}

result<std::optional<row_id>> sqlite_invoice_runs::delivery_with_key(std::string_view key) {
    return within_.session_.database->number(select_key, within_.tenant(), key);
}

result<std::vector<delivery_item>> sqlite_invoice_runs::deliveries_of(row_id run_document_id) {
    return within_.rows(select_deliveries, read_delivery, within_.tenant(), run_document_id);
}

result<std::vector<delivery_event>> sqlite_invoice_runs::delivery_events(row_id delivery_id) {
    return within_.rows(
        select_delivery_events, [](cursor& row) { return read_delivery_event(row, 0); }, within_.tenant(), delivery_id);
}

result<std::vector<run_document_item>> sqlite_invoice_runs::planned_deliveries(channel by, row_id after, std::size_t limit) {
    return within_.rows(select_planned, read_document, within_.tenant(), static_cast<std::int64_t>(by), after,
                        static_cast<std::int64_t>(limit));
}

}  // namespace brygga::ledger::sqlite
