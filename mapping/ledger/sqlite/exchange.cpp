#include "mapping/ledger/sqlite/exchange.hpp"

#include <fmt/format.h>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text insert_outgoing =
    "INSERT INTO outgoing (tenant_id, id, recorded_at, key, partner, folder, name, format, reference, sha256, size_bytes, "
    "not_before, laid_sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
constexpr sql_text select_known_outgoing =
    "SELECT id, partner = ?3 AND folder = ?4 AND name = ?5 AND sha256 = ?6 FROM outgoing WHERE tenant_id = ?1 AND key = ?2";
constexpr sql_text insert_event =
    "INSERT INTO outgoing_event (tenant_id, id, recorded_at, outgoing_id, state, attempt, reason, actor, due) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr sql_text outgoing_exists = "SELECT 1 FROM outgoing WHERE tenant_id = ?1 AND id = ?2";

constexpr sql_text select_by_id = "SELECT * FROM outgoing_now WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_by_key = "SELECT * FROM outgoing_now WHERE tenant_id = ?1 AND key = ?2";
constexpr sql_text select_by_reference =
    "SELECT * FROM outgoing_now WHERE tenant_id = ?1 AND reference = ?3 AND format = ?2 ORDER BY id DESC LIMIT 1";
constexpr sql_text select_by_content =
    "SELECT * FROM outgoing_now o WHERE tenant_id = ?1 AND laid_sha256 = ?3 AND partner = ?2 AND NOT EXISTS (SELECT 1 FROM "
    "outgoing_event r WHERE r.tenant_id = o.tenant_id AND r.outgoing_id = o.id AND r.state = 8) ORDER BY id DESC LIMIT 1";
constexpr sql_text select_unsent =
    "SELECT * FROM outgoing_now WHERE tenant_id = ?1 AND state IN (0, 1, 2, 9) AND partner = ?2 ORDER BY id LIMIT ?3";
// State 0 is queued: only that has a time.
constexpr sql_text select_due =
    "SELECT * FROM outgoing_now WHERE tenant_id = ?1 AND (state IN (1, 2) OR (state = 0 AND due <= ?3)) AND partner = ?2 "
    "ORDER BY id LIMIT ?4";
constexpr sql_text select_obstacle =
    "SELECT id FROM outgoing_now WHERE tenant_id = ?1 AND (state IN (4, 9) OR (state = 0 AND due > ?4)) AND partner = ?2 AND "
    "folder = ?3 ORDER BY id LIMIT 1";
constexpr sql_text count_waiting =
    "SELECT partner, count(*), coalesce(min(CASE WHEN due > ?2 THEN due END), 0), min(max(queued_at, not_before, "
    "coalesce((SELECT max(p.recorded_at) FROM outgoing_event p WHERE p.tenant_id = o.tenant_id AND p.outgoing_id = o.id AND "
    "p.actor <> ''), 0))) FROM outgoing_now o WHERE tenant_id = ?1 AND state IN (0, 1, 2) GROUP BY partner ORDER BY partner";
constexpr sql_text select_unanswered =
    "SELECT * FROM outgoing_now WHERE tenant_id = ?1 AND state = 3 AND partner = ?2 AND folder = ?3 AND newest_at <= ?4 "
    "ORDER BY id LIMIT ?5";
constexpr sql_text select_to_look_at =
    "SELECT * FROM outgoing_now WHERE tenant_id = ?1 AND state IN (4, 6, 8) ORDER BY id LIMIT ?2";
constexpr sql_text count_by_partner =
    "SELECT partner, state, count(*), min(newest_at) FROM outgoing_now WHERE tenant_id = ?1 GROUP BY partner, state "
    "ORDER BY partner, state";
constexpr sql_text count_sent =
    "SELECT count(DISTINCT outgoing_id) FROM outgoing_event WHERE tenant_id = ?1 AND recorded_at >= ?2 AND state = 3";
constexpr sql_text select_events =
    "SELECT state, attempt, reason, actor, due FROM outgoing_event WHERE tenant_id = ?1 AND outgoing_id = ?2 ORDER BY id";

constexpr sql_text insert_fetched =
    "INSERT INTO fetched (tenant_id, id, recorded_at, partner, key, name, sha256, size_bytes) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
constexpr sql_text insert_cleared =
    "INSERT INTO fetched_cleared (tenant_id, fetched_id, id, recorded_at) VALUES (?1, ?2, ?3, ?4)";
constexpr sql_text cleared_exists = "SELECT 1 FROM fetched_cleared WHERE tenant_id = ?1 AND fetched_id = ?2";
constexpr sql_text select_fetched =
    "SELECT f.id, f.partner, f.key, f.name, f.sha256, f.size_bytes, c.id IS NOT NULL FROM fetched f "
    "LEFT JOIN fetched_cleared c ON c.tenant_id = f.tenant_id AND c.fetched_id = f.id "
    "WHERE f.tenant_id = ?1 AND f.partner = ?2 AND f.key = ?3 ORDER BY f.id DESC LIMIT 1";
constexpr sql_text count_fetched = "SELECT count(*) FROM fetched WHERE tenant_id = ?1 AND recorded_at >= ?2";

// A row of outgoing_now, which begins with the tenant.
outgoing_item read_outgoing(cursor& row) {
    outgoing_item item;
    item.row = {
        row.integer(1),           row.text(2),     row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.text(8),
        row.as<std::uint64_t>(9), row.integer(10), row.text(18)};
    item.queued_at = row.integer(11);
    item.newest = {row.as<sending>(12), row.as<std::uint32_t>(13), row.text(14), row.text(15), row.integer(16)};
    item.newest_at = row.integer(17);
    return item;
}

outgoing_event read_event(cursor& row) {
    return {row.as<sending>(0), row.as<std::uint32_t>(1), row.text(2), row.text(3), row.integer(4)};
}

known_version read_version(cursor& row) {
    known_version item;
    item.row = {row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.as<std::uint64_t>(5)};
    item.cleared = row.flag(6);
    return item;
}

}  // namespace

result<void> sqlite_exchange::add_outgoing(outgoing& item) {
    return add(item, {sending::queued, 0, {}, {}, item.not_before});
}

result<void> sqlite_exchange::add_refused(outgoing& item, std::string_view reason) {
    return add(item, {sending::refused, 0, std::string(reason), {}, 0});
}

result<void> sqlite_exchange::add(outgoing& item, const outgoing_event& first) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    const auto read = [](cursor& row) { return std::pair(row.integer(0), row.flag(1)); };
    auto known = within_.first_row(select_known_outgoing, read, within_.tenant(), item.key, item.partner, item.folder, item.name,
                                   item.sha256);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if (!(*known)->second)
            return fail(error_code::conflict,
                        fmt::format("file {} is queued under this key with other content", format_id((*known)->first)));
        item.id = (*known)->first;
        return {};
    }
    if (item.id == 0) item.id = within_.allot_id();
    auto written = within_.write(table::outgoing, insert_outgoing, within_.tenant(), item.id, within_.now(), item.key,
                                 item.partner, item.folder, item.name, item.format, item.reference, item.sha256,
                                 static_cast<std::int64_t>(item.size_bytes), item.not_before,
                                 item.laid_sha256.empty() ? item.sha256 : item.laid_sha256);
    if (!written) return tl::unexpected(std::move(written.error()));
    return add_event(item.id, first);
}

result<void> sqlite_exchange::add_event(row_id outgoing_id, const outgoing_event& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto there = within_.session_.database->number(outgoing_exists, within_.tenant(), outgoing_id);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there) return fail(error_code::not_found, fmt::format("no outgoing file has the id {}", format_id(outgoing_id)));
    auto written =
        within_.write(table::outgoing_event, insert_event, within_.tenant(), within_.allot_id(), within_.now(), outgoing_id,
                      static_cast<std::int64_t>(item.state), item.attempt, item.reason, item.actor, item.due);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<std::optional<outgoing_item>> sqlite_exchange::outgoing_with_id(row_id id) {
    return within_.first_row(select_by_id, read_outgoing, within_.tenant(), id);
}

result<std::optional<outgoing_item>> sqlite_exchange::outgoing_with_key(std::string_view key) {
    return within_.first_row(select_by_key, read_outgoing, within_.tenant(), key);
}

result<std::optional<outgoing_item>> sqlite_exchange::outgoing_with_reference(std::string_view format,
                                                                              std::string_view reference) {
    return within_.first_row(select_by_reference, read_outgoing, within_.tenant(), format, reference);
}

result<std::optional<outgoing_item>> sqlite_exchange::outgoing_with_content(std::string_view partner, std::string_view sha256) {
    return within_.first_row(select_by_content, read_outgoing, within_.tenant(), partner, sha256);
}

result<std::vector<outgoing_item>> sqlite_exchange::unsent(std::string_view partner, std::size_t limit) {
    return within_.rows(select_unsent, read_outgoing, within_.tenant(), partner, static_cast<std::int64_t>(limit));
}

result<std::vector<outgoing_item>> sqlite_exchange::due(std::string_view partner, timestamp_ms now, std::size_t limit) {
    return within_.rows(select_due, read_outgoing, within_.tenant(), partner, now, static_cast<std::int64_t>(limit));
}

result<std::optional<row_id>> sqlite_exchange::first_obstacle(std::string_view partner, std::string_view folder,
                                                              timestamp_ms now) {
    return within_.session_.database->number(select_obstacle, within_.tenant(), partner, folder, now);
}

result<std::vector<waiting_files>> sqlite_exchange::waiting(timestamp_ms now) {
    const auto read = [](cursor& row) {
        return waiting_files{row.text(0), row.as<std::uint64_t>(1), row.integer(2), row.integer(3)};
    };
    return within_.rows(count_waiting, read, within_.tenant(), now);
}

result<std::vector<outgoing_item>> sqlite_exchange::unanswered(std::string_view partner, std::string_view folder,
                                                               timestamp_ms sent_until, std::size_t limit) {
    return within_.rows(select_unanswered, read_outgoing, within_.tenant(), partner, folder, sent_until,
                        static_cast<std::int64_t>(limit));
}

result<std::vector<outgoing_item>> sqlite_exchange::outgoing_to_look_at(std::size_t limit) {
    return within_.rows(select_to_look_at, read_outgoing, within_.tenant(), static_cast<std::int64_t>(limit));
}

result<std::vector<sending_count>> sqlite_exchange::count_outgoing() {
    const auto read = [](cursor& row) {
        return sending_count{row.text(0), row.as<sending>(1), static_cast<std::uint64_t>(row.integer(2)), row.integer(3)};
    };
    return within_.rows(count_by_partner, read, within_.tenant());
}

result<std::uint64_t> sqlite_exchange::sent_since(timestamp_ms since) {
    auto found = within_.session_.database->number(count_sent, within_.tenant(), since);
    if (!found) return tl::unexpected(std::move(found.error()));
    return static_cast<std::uint64_t>(found->value_or(0));
}

result<std::vector<outgoing_event>> sqlite_exchange::events_of(row_id outgoing_id) {
    return within_.rows(select_events, read_event, within_.tenant(), outgoing_id);
}

result<void> sqlite_exchange::add_fetched(fetched_version& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    item.id = within_.allot_id();
    auto written = within_.write(table::fetched, insert_fetched, within_.tenant(), item.id, within_.now(), item.partner, item.key,
                                 item.name, item.sha256, static_cast<std::int64_t>(item.size_bytes));
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<void> sqlite_exchange::add_cleared(row_id fetched_id) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto there = within_.session_.database->number(cleared_exists, within_.tenant(), fetched_id);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (*there) return {};
    auto written =
        within_.write(table::fetched_cleared, insert_cleared, within_.tenant(), fetched_id, within_.allot_id(), within_.now());
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<std::optional<known_version>> sqlite_exchange::fetched_with_key(std::string_view partner, std::string_view key) {
    return within_.first_row(select_fetched, read_version, within_.tenant(), partner, key);
}

result<std::uint64_t> sqlite_exchange::fetched_since(timestamp_ms since) {
    auto found = within_.session_.database->number(count_fetched, within_.tenant(), since);
    if (!found) return tl::unexpected(std::move(found.error()));
    return static_cast<std::uint64_t>(found->value_or(0));
}

}  // namespace brygga::ledger::sqlite
