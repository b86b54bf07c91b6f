// Invoices and credit notes: never changed; another content under the same number is a conflict.
#include <fmt/format.h>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

// A line without more to say has no JSON.
constexpr sql_text select_metered = R"sql(
SELECT l.kind, l.supply_point, l.text, l.amount_ore, l.document FROM invoice_part p
JOIN invoice i ON i.tenant_id = p.tenant_id AND i.id = p.invoice_id
JOIN invoice_line l ON l.tenant_id = p.tenant_id AND l.invoice_id = p.invoice_id AND l.supply_point = p.supply_point AND l.kind = p.kind
WHERE p.tenant_id = ?1 AND p.supply_point = ?2 AND i.customer_id = ?3 AND i.issue_date BETWEEN ?4 AND ?5 AND i.id <> ?6
    AND l.document LIKE '%"value_kind"%'
ORDER BY i.issue_date, i.id, l.line_no)sql";
constexpr sql_text select_with_fee_at =
    "SELECT i.id FROM invoice_part p JOIN invoice i ON i.tenant_id = p.tenant_id AND i.id = p.invoice_id JOIN invoice_line l ON "
    "l.tenant_id = i.tenant_id AND l.invoice_id = i.id AND l.supply_point = p.supply_point WHERE p.tenant_id = ?1 AND "
    "p.supply_point = ?2 AND i.issue_date >= ?4 AND i.number <> ?5 AND CASE WHEN l.document = '' THEN 0 ELSE "
    "json_extract(l.document, '$.fee') = ?3 END ORDER BY i.id LIMIT 1";
constexpr sql_text select_with_fee =
    "SELECT i.id FROM invoice i JOIN invoice_line l ON l.tenant_id = i.tenant_id AND l.invoice_id = i.id WHERE i.tenant_id = ?1 "
    "AND i.customer_id = ?2 AND i.number <> ?5 AND l.supply_point = ?6 AND CASE WHEN l.document = '' THEN 0 ELSE "
    "json_extract(l.document, '$.fee') = ?3 AND json_extract(l.document, '$.late_invoice') = ?4 AND "
    "coalesce(json_extract(l.document, '$.from'), '') = ?7 END AND NOT EXISTS (SELECT 1 FROM run_document_now r WHERE "
    "r.tenant_id = i.tenant_id AND r.document_id = i.id AND r.state = 7) ORDER BY i.id LIMIT 1";
constexpr sql_text select_known_invoice =
    "SELECT id, content_hash, recorded_at FROM invoice WHERE tenant_id = ?1 AND number = ?2";
constexpr sql_text insert_invoice =
    "INSERT INTO invoice (tenant_id, id, recorded_at, content_hash, number, customer_id, reference, issue_date, due_date, "
    "currency, total_ore, rounding_ore, reservation_id, prepaid_ore, document) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
constexpr sql_text insert_line =
    "INSERT INTO invoice_line (tenant_id, invoice_id, line_no, kind, supply_point, text, amount_ore, document) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
constexpr sql_text insert_part =
    "INSERT INTO invoice_part (tenant_id, invoice_id, part_no, kind, supply_point, amount_ore) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
constexpr sql_text select_invoices =
    "SELECT id, number, customer_id, reference, issue_date, due_date, currency, total_ore, rounding_ore, reservation_id, "
    "prepaid_ore, document FROM invoice WHERE tenant_id = ?1 ORDER BY id";
constexpr sql_text select_invoice =
    "SELECT id, number, customer_id, reference, issue_date, due_date, currency, total_ore, rounding_ore, reservation_id, "
    "prepaid_ore, document FROM invoice WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_lines =
    "SELECT kind, supply_point, text, amount_ore, document FROM invoice_line WHERE tenant_id = ?1 AND invoice_id = ?2 ORDER BY "
    "line_no";

constexpr sql_text select_known_credit_note =
    "SELECT id, content_hash, recorded_at FROM credit_note WHERE tenant_id = ?1 AND number = ?2";
constexpr sql_text insert_credit_note =
    "INSERT INTO credit_note (tenant_id, id, recorded_at, content_hash, number, customer_id, reference, invoice_number, kind, "
    "supply_point, issue_date, currency, amount_ore, settlement, document) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
constexpr sql_text select_credit_notes =
    "SELECT number, customer_id, reference, invoice_number, kind, supply_point, issue_date, currency, amount_ore, settlement, "
    "document FROM credit_note WHERE tenant_id = ?1 ORDER BY id";

constexpr sql_text select_credit_note =
    "SELECT number, customer_id, reference, invoice_number, kind, supply_point, issue_date, currency, amount_ore, settlement, "
    "document FROM credit_note WHERE tenant_id = ?1 AND id = ?2";

hash_bytes hash_of(const invoice& item) {
    digest hash;
    for (const std::string* field : {&item.number, &item.customer_id, &item.reference, &item.currency, &item.document})
        hash.add(*field);
    hash.add(to_number(item.issue_date)).add(to_number(item.due_date)).add(item.total_ore).add(item.rounding_ore);
    hash.add(item.prepaid ? item.prepaid->reservation_id : 0).add(item.prepaid ? item.prepaid->amount_ore : 0);
    for (const invoice_line& line : item.lines)
        hash.add(static_cast<std::int64_t>(line.kind))
            .add(line.supply_point)
            .add(line.text)
            .add(line.amount_ore)
            .add(line.document);
    return hash.finish();
}

hash_bytes hash_of(const credit_note& item) {
    digest hash;
    for (const std::string* field : {&item.number, &item.customer_id, &item.reference, &item.invoice_number, &item.supply_point,
                                     &item.currency, &item.document})
        hash.add(*field);
    hash.add(static_cast<std::int64_t>(item.kind)).add(to_number(item.issue_date)).add(item.amount_ore);
    return hash.add(static_cast<std::int64_t>(item.settlement)).finish();
}

credit_note read_credit_note(cursor& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3),    row.as<utility>(4),
            row.text(5), row.day(6),  row.text(7), row.integer(8), row.as<credit_settlement>(9),
            row.text(10)};
}

invoice read_invoice(cursor& row) {
    invoice item;
    item.number = row.text(1);
    item.customer_id = row.text(2);
    item.reference = row.text(3);
    item.issue_date = row.day(4);
    item.due_date = row.day(5);
    item.currency = row.text(6);
    item.total_ore = row.integer(7);
    item.rounding_ore = row.integer(8);
    if (!row.is_null(9)) item.prepaid = prepaid_amount{row.integer(9), row.integer(10)};
    item.document = row.text(11);
    return item;
}

invoice_line read_line(cursor& line) {
    return {line.as<utility>(0), line.text(1), line.text(2), line.integer(3), line.text(4)};
}

std::string to_hex_text(std::string_view stored) {
    hash_bytes hash{};
    std::copy_n(stored.begin(), std::min(stored.size(), hash.size()), hash.begin());
    return to_hex(hash);
}

}  // namespace

result<std::optional<put_outcome>> sqlite_transaction::known_document(sql_text select, std::string_view key,
                                                                      const hash_bytes& hash) {
    const auto compare = [&](cursor& row) {
        const std::string_view stored = row.view(1);
        if (stored == as_view(hash)) return put_outcome{put_kind::already_there, row.integer(0), {}};
        return put_outcome{put_kind::conflict, row.integer(0), conflict_text(row.integer(2), to_hex_text(stored), to_hex(hash))};
    };
    return first_row(select, compare, tenant(), key);
}

result<void> sqlite_transaction::write_invoice_rows(row_id id, const invoice& item) {
    std::int64_t line_no = 0;
    for (const invoice_line& line : item.lines) {
        auto written = write(table::invoice_line, insert_line, tenant(), id, ++line_no, static_cast<std::int64_t>(line.kind),
                             line.supply_point, line.text, line.amount_ore, line.document);
        if (!written) return tl::unexpected(std::move(written.error()));
    }
    for (const invoice_part& part : parts_of(item)) {
        auto written = write(table::invoice_part, insert_part, tenant(), id, part.part_no, static_cast<std::int64_t>(part.kind),
                             part.supply_point, part.amount_ore);
        if (!written) return tl::unexpected(std::move(written.error()));
    }
    return {};
}

result<put_outcome> sqlite_transaction::put_invoice(const invoice& item) {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    const hash_bytes hash = hash_of(item);
    auto known = known_document(select_known_invoice, item.number, hash);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) return **known;
    const row_id id = allot_id();
    const row_id reservation_id = item.prepaid ? item.prepaid->reservation_id : 0;
    auto written = write(table::invoice, insert_invoice, tenant(), id, now(), blob{as_view(hash)}, item.number, item.customer_id,
                         or_null(std::string_view(item.reference)), item.issue_date, item.due_date, item.currency, item.total_ore,
                         item.rounding_ore, or_null(reservation_id), item.prepaid ? item.prepaid->amount_ore : std::int64_t{0},
                         item.document);
    if (!written) return tl::unexpected(std::move(written.error()));
    auto complete = write_invoice_rows(id, item);
    if (!complete) return tl::unexpected(std::move(complete.error()));
    return put_outcome{put_kind::inserted, id, {}};
}

result<put_outcome> sqlite_transaction::put_credit_note(const credit_note& item) {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    const hash_bytes hash = hash_of(item);
    auto known = known_document(select_known_credit_note, item.number, hash);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) return **known;
    const row_id id = allot_id();
    auto written = write(table::credit_note, insert_credit_note, tenant(), id, now(), blob{as_view(hash)}, item.number,
                         item.customer_id, or_null(std::string_view(item.reference)), item.invoice_number,
                         static_cast<std::int64_t>(item.kind), item.supply_point, item.issue_date, item.currency, item.amount_ore,
                         static_cast<std::int64_t>(item.settlement), item.document);
    if (!written) return tl::unexpected(std::move(written.error()));
    return put_outcome{put_kind::inserted, id, {}};
}

result<void> sqlite_transaction::each_invoice(const visitor<invoice>& visit) {
    return visit_rows(
        select_invoices,
        [&](cursor& row) -> result<void> {
            invoice item = read_invoice(row);
            auto lines = rows(select_lines, read_line, tenant(), row.integer(0));
            if (!lines) return tl::unexpected(std::move(lines.error()));
            item.lines = std::move(*lines);
            return visit(item);
        },
        tenant());
}

result<std::optional<invoice>> sqlite_transaction::find_invoice(row_id id) {
    auto found = first_row(select_invoice, read_invoice, tenant(), id);
    if (!found || !*found) return found;
    auto lines = rows(select_lines, read_line, tenant(), id);
    if (!lines) return tl::unexpected(std::move(lines.error()));
    (*found)->lines = std::move(*lines);
    return found;
}

result<std::optional<row_id>> sqlite_transaction::invoice_with_fee(const fee_line& like) {
    return session_.database->number(select_with_fee, tenant(), like.customer_id, like.fee, like.late_invoice, like.other_than,
                                     like.supply_point, like.from);
}

result<std::optional<row_id>> sqlite_transaction::invoice_with_fee_at(std::string_view supply_point, std::string_view fee,
                                                                      date since, std::string_view other_than) {
    return session_.database->number(select_with_fee_at, tenant(), supply_point, fee, since, other_than);
}

result<std::vector<invoice_line>> sqlite_transaction::metered_lines(std::string_view customer_id, std::string_view supply_point,
                                                                    date from, date to, row_id other_than) {
    return rows(
        select_metered,
        [](cursor& row) {
            return invoice_line{row.as<utility>(0), row.text(1), row.text(2), row.integer(3), row.text(4)};
        },
        tenant(), supply_point, customer_id, from, to, other_than);
}

result<std::optional<credit_note>> sqlite_transaction::find_credit_note(row_id id) {
    return first_row(select_credit_note, read_credit_note, tenant(), id);
}

result<void> sqlite_transaction::each_credit_note(const visitor<credit_note>& visit) {
    return visit_rows(
        select_credit_notes, [&](cursor& row) { return visit(read_credit_note(row)); }, tenant());
}

}  // namespace brygga::ledger::sqlite
