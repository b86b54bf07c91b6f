// What was handed on in another format, and what of it waits for a person.
#include <fmt/format.h>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text insert_handover =
    "INSERT INTO handover (tenant_id, id, recorded_at, file_id, logical_no, section_no, format, folder, staged, left_out, told) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
constexpr sql_text select_known_handover =
    "SELECT id, staged, told FROM handover WHERE tenant_id = ?1 AND file_id = ?2 AND logical_no = ?3 AND section_no = ?4 AND "
    "format = ?5 AND folder = ?6";
// With who closed it, its file's name, and the newest event.
constexpr sql_text handovers_by_file =
    "SELECT h.id, h.file_id, h.logical_no, h.section_no, h.format, h.folder, h.staged, h.left_out, h.told, h.recorded_at, c.id, "
    "c.actor, c.reason, c.recorded_at, coalesce(f.name, ''), coalesce(f.claim, ''), e.step, coalesce(e.folder, h.folder) "
    "FROM handover h LEFT JOIN handover_closing c ON c.tenant_id = h.tenant_id AND c.handover_id = h.id "
    "LEFT JOIN exchanged_file f ON f.tenant_id = h.tenant_id AND f.id = h.file_id "
    "LEFT JOIN handover_event e ON e.tenant_id = h.tenant_id AND e.id = "
    "(SELECT max(n.id) FROM handover_event n WHERE n.tenant_id = h.tenant_id AND n.handover_id = h.id) "
    "WHERE h.tenant_id = ?1 AND h.file_id = ?2 ORDER BY h.id";
constexpr sql_text handovers_not_closed =
    "SELECT h.id, h.file_id, h.logical_no, h.section_no, h.format, h.folder, h.staged, h.left_out, h.told, h.recorded_at, NULL, "
    "'', '', 0, coalesce(f.name, ''), coalesce(f.claim, ''), e.step, coalesce(e.folder, h.folder) FROM handover h "
    "LEFT JOIN exchanged_file f ON f.tenant_id = h.tenant_id AND f.id = h.file_id "
    "LEFT JOIN handover_event e ON e.tenant_id = h.tenant_id AND e.id = "
    "(SELECT max(n.id) FROM handover_event n WHERE n.tenant_id = h.tenant_id AND n.handover_id = h.id) "
    "WHERE h.tenant_id = ?1 AND h.left_out > 0 AND NOT EXISTS "
    "(SELECT 1 FROM handover_closing c WHERE c.tenant_id = h.tenant_id AND c.handover_id = h.id) ORDER BY h.id";
constexpr sql_text handovers_to_be_made =
    "SELECT h.id, h.file_id, h.logical_no, h.section_no, h.format, h.folder, h.staged, h.left_out, h.told, h.recorded_at, NULL, "
    "'', '', 0, coalesce(f.name, ''), coalesce(f.claim, ''), e.step, coalesce(e.folder, h.folder) FROM handover h "
    "LEFT JOIN exchanged_file f ON f.tenant_id = h.tenant_id AND f.id = h.file_id "
    "LEFT JOIN handover_event e ON e.tenant_id = h.tenant_id AND e.id = "
    "(SELECT max(n.id) FROM handover_event n WHERE n.tenant_id = h.tenant_id AND n.handover_id = h.id) "
    "WHERE h.tenant_id = ?1 AND h.staged <> '' AND coalesce(e.step, ?2) = ?2 ORDER BY h.id";
constexpr sql_text select_newest_event =
    "SELECT step, folder FROM handover_event WHERE tenant_id = ?1 AND handover_id = ?2 ORDER BY id DESC LIMIT 1";
constexpr sql_text insert_event =
    "INSERT INTO handover_event (tenant_id, id, recorded_at, handover_id, step, folder, actor, reason) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
constexpr sql_text handover_exists = "SELECT 1 FROM handover WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_closing = "SELECT id FROM handover_closing WHERE tenant_id = ?1 AND handover_id = ?2";
constexpr sql_text insert_closing =
    "INSERT INTO handover_closing (tenant_id, handover_id, id, recorded_at, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

constexpr sql_text file_exists = "SELECT 1 FROM exchanged_file WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text insert_notice_closing =
    "INSERT INTO notice_closing (tenant_id, file_id, id, recorded_at, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

handover_item read_handover(cursor& row) {
    handover_item item;
    item.row = {row.integer(0),
                row.integer(1),
                row.as<std::uint32_t>(2),
                row.as<std::uint32_t>(3),
                row.text(4),
                row.text(5),
                row.text(6),
                static_cast<std::uint64_t>(row.integer(7)),
                row.text(8)};
    item.recorded_at = row.integer(9);
    if (!row.is_null(10)) {
        item.closing_id = row.integer(10);
        item.actor = row.text(11);
        item.reason = row.text(12);
        item.closed_at = row.integer(13);
    }
    item.file_name = row.text(14);
    item.claim = row.text(15);
    if (!row.is_null(16)) item.newest = row.as<handover_step>(16);
    item.folder = row.text(17);
    return item;
}

// Whether a handover of which `known` is the newest step would learn nothing by `next`.
bool is_known(handover_step known, const handover_event& next, bool same_folder) {
    switch (next.step) {
        case handover_step::handed_over:
        case handover_step::settled:
            return known != handover_step::again;
        case handover_step::again:
            return known == handover_step::again && same_folder;
    }
    return false;
}

}  // namespace

result<void> sqlite_transaction::add_handover(handover& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    const auto read = [&](cursor& row) {
        return std::pair(row.integer(0), row.view(1) == item.staged && row.view(2) == item.told);
    };
    auto known = first_row(select_known_handover, read, tenant(), item.file_id, item.logical_no, item.section_no, item.format,
                           item.folder);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if (!(*known)->second)
            return fail(error_code::conflict, fmt::format("handover {} is there with other content", format_id((*known)->first)));
        item.id = (*known)->first;
        return {};
    }
    item.id = allot_id();
    auto written =
        write(table::handover, insert_handover, tenant(), item.id, now(), item.file_id, item.logical_no, item.section_no,
              item.format, item.folder, item.staged, static_cast<std::int64_t>(item.left_out), item.told);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<row_id> sqlite_transaction::close_handover(row_id handover_id, std::string_view actor, std::string_view reason) {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    auto there = session_.database->number(handover_exists, tenant(), handover_id);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there) return fail(error_code::not_found, fmt::format("no handover has the id {}", format_id(handover_id)));
    const auto read = [](cursor& row) { return row.integer(0); };
    auto known = first_row(select_closing, read, tenant(), handover_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) return **known;
    const row_id id = allot_id();
    auto written = write(table::handover_closing, insert_closing, tenant(), handover_id, id, now(), actor, reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    if (auto logged = append_log("handover-closed", handover_id, "{}"); !logged) return tl::unexpected(std::move(logged.error()));
    return id;
}

result<void> sqlite_transaction::add_handover_event(const handover_event& item) {
    if (auto allowed = may_write(); !allowed) return allowed;
    auto there = session_.database->number(handover_exists, tenant(), item.handover_id);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there) return fail(error_code::not_found, fmt::format("no handover has the id {}", format_id(item.handover_id)));
    const auto read = [&](cursor& row) { return std::pair(row.as<handover_step>(0), row.view(1) == item.folder); };
    auto known = first_row(select_newest_event, read, tenant(), item.handover_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known && is_known((*known)->first, item, (*known)->second)) return {};
    auto written = write(table::handover_event, insert_event, tenant(), allot_id(), now(), item.handover_id,
                         static_cast<std::int64_t>(item.step), item.folder, item.actor, item.reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    switch (item.step) {
        case handover_step::handed_over:
            return {};
        case handover_step::again:
            return append_log("handover-again", item.handover_id, "{}");
        case handover_step::settled:
            return append_log("handover-settled", item.handover_id, "{}");
    }
    return {};
}

result<row_id> sqlite_transaction::close_notices(row_id file_id, std::string_view actor, std::string_view reason) {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    auto there = session_.database->number(file_exists, tenant(), file_id);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there) return fail(error_code::not_found, fmt::format("no file has the id {}", format_id(file_id)));
    const row_id id = allot_id();
    auto written = write(table::notice_closing, insert_notice_closing, tenant(), file_id, id, now(), actor, reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    if (auto logged = append_log("notices-closed", file_id, "{}"); !logged) return tl::unexpected(std::move(logged.error()));
    return id;
}

result<std::vector<handover_item>> sqlite_transaction::handovers_of_file(row_id file_id) {
    return rows(handovers_by_file, read_handover, tenant(), file_id);
}

result<std::vector<handover_item>> sqlite_transaction::open_handovers() {
    return rows(handovers_not_closed, read_handover, tenant());
}

result<std::vector<handover_item>> sqlite_transaction::unfinished_handovers() {
    return rows(handovers_to_be_made, read_handover, tenant(), static_cast<std::int64_t>(handover_step::again));
}

}  // namespace brygga::ledger::sqlite
