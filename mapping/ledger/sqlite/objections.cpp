// Decisions of people about claims and payments: objections to invoices and their parts, matches by hand.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text claim_exists =
    "SELECT 1 FROM invoice i WHERE tenant_id = ?1 AND id = ?2 AND (?3 = 0 OR EXISTS (SELECT 1 FROM invoice_part p WHERE "
    "p.tenant_id = i.tenant_id AND p.invoice_id = i.id AND p.part_no = ?3))";
constexpr sql_text select_newest =
    "SELECT invoice_id, part_no, state, actor, reason, id, recorded_at FROM objection WHERE tenant_id = ?1 AND invoice_id = ?2 "
    "AND part_no = ?3 ORDER BY id DESC LIMIT 1";
constexpr sql_text insert_objection =
    "INSERT INTO objection (tenant_id, id, recorded_at, invoice_id, part_no, state, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, "
    "?6, ?7, ?8)";
constexpr sql_text select_objections =
    "SELECT invoice_id, part_no, state, actor, reason, id, recorded_at FROM objection WHERE tenant_id = ?1 AND invoice_id = ?2 "
    "ORDER BY id";

constexpr sql_text insert_match =
    "INSERT INTO payment_match (tenant_id, id, recorded_at, payment_id, entry_id, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
    "?7)";

objection read_objection(cursor& row) {
    return {row.integer(0), row.as<std::uint16_t>(1), row.as<objection_state>(2), row.text(3), row.text(4), row.integer(5),
            row.integer(6)};
}

}  // namespace

result<void> sqlite_transaction::add_objection(const objection& item) {
    if (auto allowed = may_write(); !allowed) return allowed;
    const std::int64_t part_no = item.part_no;
    auto there = session_.database->number(claim_exists, tenant(), item.invoice_id, part_no);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there)
        return fail(error_code::not_found, fmt::format("there is no claim {}/{}", format_id(item.invoice_id), item.part_no));
    auto newest = first_row(select_newest, read_objection, tenant(), item.invoice_id, part_no);
    if (!newest) return tl::unexpected(std::move(newest.error()));
    const std::optional<objection>& before = *newest;
    if (before && before->state == item.state && before->actor == item.actor && before->reason == item.reason) return {};
    const bool is_open = before && before->state == objection_state::raised;
    if (!is_open && item.state != objection_state::raised)
        return fail(error_code::conflict,
                    fmt::format("no objection to {}/{} waits for an answer", format_id(item.invoice_id), item.part_no));
    auto written = write(table::objection, insert_objection, tenant(), allot_id(), now(), item.invoice_id, part_no,
                         static_cast<std::int64_t>(item.state), item.actor, item.reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    return append_log("objection", item.invoice_id, nlohmann::json{{"part", part_no}, {"state", name(item.state)}}.dump());
}

result<std::vector<objection>> sqlite_transaction::objections_to(row_id invoice_id) {
    return rows(select_objections, read_objection, tenant(), invoice_id);
}

result<void> sqlite_transaction::add_match(const payment_match& item) {
    if (auto allowed = may_write(); !allowed) return allowed;
    auto written = write(table::payment_match, insert_match, tenant(), allot_id(), now(), item.payment_id, item.entry_id,
                         item.actor, item.reason);
    return written ? result<void>{} : tl::unexpected(std::move(written.error()));
}

}  // namespace brygga::ledger::sqlite
