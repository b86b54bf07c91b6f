#include "mapping/ledger/sqlite/protections.hpp"

#include <chrono>

#include <nlohmann/json.hpp>

#include "formats/core/swedish_time.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text insert_event =
    "INSERT INTO protection_event (tenant_id, id, recorded_at, customer_id, step, state, since, source, checked_at, epoch, "
    "actor, "
    "reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
constexpr sql_text select_epoch =
    "SELECT coalesce(max(epoch), 0) FROM protection_event WHERE tenant_id = ?1 AND customer_id = ?2";
constexpr sql_text select_newest =
    "SELECT id, customer_id, step, state, since, source, checked_at, epoch, actor, reason, recorded_at FROM protection_event "
    "WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY id DESC LIMIT 1";
constexpr sql_text select_events =
    "SELECT id, customer_id, step, state, since, source, checked_at, epoch, actor, reason, recorded_at FROM protection_event "
    "WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY id";
constexpr sql_text select_protected = "SELECT customer_id FROM protected_customer WHERE tenant_id = ?1 ORDER BY customer_id";

// The last answer of a register, or the first flag.
constexpr sql_text select_unchecked = R"sql(
SELECT p.customer_id FROM protected_customer p
WHERE p.tenant_id = ?1 AND ?2 > coalesce(
    (SELECT max(checked_at) FROM protection_event e WHERE e.tenant_id = p.tenant_id AND e.customer_id = p.customer_id),
    (SELECT max(recorded_at) FROM protection_event e WHERE e.tenant_id = p.tenant_id AND e.customer_id = p.customer_id AND e.step = 0),
    (SELECT min(recorded_at) FROM customer c
     WHERE c.tenant_id = p.tenant_id AND c.customer_id = p.customer_id AND c.protected_identity = 1))
ORDER BY p.customer_id)sql";

// Numbered as sealed_kind. The older versions with the newest: what a register has sealed was true once.
constexpr sql_text select_sealed = R"sql(
SELECT DISTINCT customer_id, kind, value FROM (
    SELECT c.customer_id, v.kind, CASE v.kind WHEN 0 THEN c.name WHEN 1 THEN c.street WHEN 2 THEN c.postcode || ' ' || c.town
        WHEN 3 THEN c.telephone WHEN 4 THEN c.email ELSE coalesce(c.identity_number, '') END AS value
    FROM protected_customer p JOIN customer c ON c.tenant_id = p.tenant_id AND c.customer_id = p.customer_id
    JOIN (SELECT 0 AS kind UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 7) v
    WHERE p.tenant_id = ?1
    UNION ALL
    SELECT c.customer_id, 4, w.email
    FROM protected_customer p JOIN customer c ON c.tenant_id = p.tenant_id AND c.customer_id = p.customer_id
    JOIN customer_wishes w ON w.tenant_id = c.tenant_id AND w.id = c.id
    WHERE p.tenant_id = ?1
    UNION ALL
    SELECT f.customer_id, 5, f.supply_address
    FROM protected_customer p JOIN facility f ON f.tenant_id = p.tenant_id AND f.customer_id = p.customer_id
    WHERE p.tenant_id = ?1
    UNION ALL
    SELECT f.customer_id, 6, f.property_designation
    FROM protected_customer p JOIN facility f ON f.tenant_id = p.tenant_id AND f.customer_id = p.customer_id
    WHERE p.tenant_id = ?1)
WHERE trim(value) <> '' ORDER BY customer_id, kind, value)sql";

constexpr sql_text select_name =
    "SELECT name FROM customer c JOIN protected_customer p ON p.tenant_id = c.tenant_id AND p.customer_id = c.customer_id "
    "WHERE c.tenant_id = ?1 AND c.customer_id = ?2 ORDER BY c.version DESC LIMIT 1";

constexpr sql_text select_co_located = R"sql(
SELECT 1 FROM facility mine JOIN facility theirs ON theirs.tenant_id = mine.tenant_id
    AND (theirs.facility_id = mine.facility_id OR theirs.supply_address <> '' AND theirs.supply_address = mine.supply_address)
JOIN protected_customer p ON p.tenant_id = theirs.tenant_id AND p.customer_id = theirs.customer_id
WHERE mine.tenant_id = ?1 AND mine.customer_id = ?2
    AND NOT EXISTS (SELECT 1 FROM protected_customer me WHERE me.tenant_id = ?1 AND me.customer_id = ?2)
LIMIT 1)sql";

constexpr sql_text insert_person =
    "INSERT INTO file_person (tenant_id, id, recorded_at, outgoing_id, customer_id, epoch) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
constexpr sql_text select_person = "SELECT 1 FROM file_person WHERE tenant_id = ?1 AND outgoing_id = ?2 AND customer_id = ?3";
constexpr sql_text select_changed = R"sql(
SELECT customer_id FROM file_person f WHERE tenant_id = ?1 AND outgoing_id = ?2 AND epoch <> (
    SELECT coalesce(max(e.epoch), 0) FROM protection_event e WHERE e.tenant_id = f.tenant_id AND e.customer_id = f.customer_id)
ORDER BY customer_id)sql";
constexpr sql_text select_files = R"sql(
SELECT o.id, o.partner, o.name, o.recorded_at FROM file_person f JOIN outgoing o ON o.tenant_id = f.tenant_id AND o.id = f.outgoing_id
WHERE f.tenant_id = ?1 AND f.customer_id = ?2 ORDER BY o.id)sql";

protection_event read_event(cursor& row) {
    protection_event item;
    item.id = row.integer(0);
    item.customer_id = row.text(1);
    item.step = row.as<protection_step>(2);
    item.now = row.as<protection>(3);
    item.since = row.day(4);
    item.source = row.as<protection_source>(5);
    if (!row.is_null(6)) item.checked_at = row.integer(6);
    item.epoch = row.integer(7);
    item.actor = row.text(8);
    item.reason = row.text(9);
    item.recorded_at = row.integer(10);
    return item;
}

std::string read_id(cursor& row) {
    return row.text(0);
}

}  // namespace

result<std::int64_t> sqlite_protections::epoch_of(std::string_view customer_id) {
    const auto known = within_.session_.database->number(select_epoch, within_.tenant(), customer_id);
    if (!known) return tl::unexpected(known.error());
    return known->value_or(0);
}

result<void> sqlite_protections::write_event(protection_event& item) {
    const auto epoch = epoch_of(item.customer_id);
    if (!epoch) return tl::unexpected(epoch.error());
    item.epoch = item.step == protection_step::changed ? *epoch + 1 : std::max<std::int64_t>(*epoch, 1);
    item.id = within_.allot_id();
    item.recorded_at = within_.now();
    auto written =
        within_.write(table::protection_event, insert_event, within_.tenant(), item.id, item.recorded_at, item.customer_id,
                      static_cast<std::int64_t>(item.step), static_cast<std::int64_t>(item.now), item.since,
                      static_cast<std::int64_t>(item.source), item.checked_at, item.epoch, item.actor, item.reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    return within_.append_log("protection", item.id, nlohmann::json{{"step", static_cast<int>(item.step)}}.dump());
}

result<void> sqlite_protections::add_protection_event(protection_event& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    if (item.step == protection_step::changed)
        if (auto flagged = within_.write_flag(item.customer_id, item.now != protection::none); !flagged) return flagged;
    return write_event(item);
}

result<void> sqlite_protections::note_flag(std::string_view customer_id) {
    protection_event item;
    item.customer_id = customer_id;
    item.now = protection::manual;
    item.source = protection_source::customer;
    const auto moment = std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(within_.now()));
    item.since = date(std::chrono::floor<std::chrono::days>(in_sweden(moment)));
    return write_event(item);
}

result<std::optional<protection_event>> sqlite_protections::newest_protection(std::string_view customer_id) {
    return within_.first_row(select_newest, read_event, within_.tenant(), customer_id);
}

result<std::vector<protection_event>> sqlite_protections::protection_events(std::string_view customer_id) {
    return within_.rows(select_events, read_event, within_.tenant(), customer_id);
}

result<std::vector<std::string>> sqlite_protections::protected_customers() {
    return within_.rows(select_protected, read_id, within_.tenant());
}

result<std::vector<std::string>> sqlite_protections::unchecked_since(timestamp_ms time) {
    return within_.rows(select_unchecked, read_id, within_.tenant(), time);
}

result<void> sqlite_protections::each_sealed(std::string_view actor, std::string_view why,
                                             const std::function<result<void>(const sealed_value&)>& visit) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    std::uint64_t values = 0;
    auto visited = within_.visit_rows(
        select_sealed,
        [&](cursor& row) {
            ++values;
            return visit({row.text(0), row.as<sealed_kind>(1), row.text(2)});
        },
        within_.tenant());
    if (!visited || values == 0) return visited;
    return within_.append_log("sealed-read", 0, nlohmann::json{{"actor", actor}, {"why", why}, {"values", values}}.dump());
}

result<std::optional<std::string>> sqlite_protections::sealed_name(std::string_view customer_id, std::string_view actor,
                                                                   std::string_view why) {
    if (auto allowed = within_.may_write(); !allowed) return tl::unexpected(std::move(allowed.error()));
    auto found = within_.first_row(select_name, read_id, within_.tenant(), customer_id);
    if (!found || !*found) return found;
    const auto logged =
        within_.append_log("sealed-read", 0, nlohmann::json{{"actor", actor}, {"why", why}, {"values", 1}}.dump());
    if (!logged) return tl::unexpected(logged.error());
    return found;
}

result<bool> sqlite_protections::is_co_located(std::string_view customer_id) {
    const auto found = within_.session_.database->number(select_co_located, within_.tenant(), customer_id);
    if (!found) return tl::unexpected(found.error());
    return found->has_value();
}

result<void> sqlite_protections::add_file_person(row_id outgoing_id, std::string_view customer_id) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    const auto known = within_.session_.database->number(select_person, within_.tenant(), outgoing_id, customer_id);
    if (!known) return tl::unexpected(known.error());
    if (*known) return {};
    const auto epoch = epoch_of(customer_id);
    if (!epoch) return tl::unexpected(epoch.error());
    auto written = within_.write(table::file_person, insert_person, within_.tenant(), within_.allot_id(), within_.now(),
                                 outgoing_id, customer_id, *epoch);
    return written ? result<void>{} : tl::unexpected(std::move(written.error()));
}

result<std::vector<std::string>> sqlite_protections::changed_since(row_id outgoing_id) {
    return within_.rows(select_changed, read_id, within_.tenant(), outgoing_id);
}

result<std::vector<file_about>> sqlite_protections::files_about(std::string_view customer_id) {
    return within_.rows(
        select_files,
        [](cursor& row) {
            return file_about{row.integer(0), row.text(1), row.text(2), row.integer(3)};
        },
        within_.tenant(), customer_id);
}

}  // namespace brygga::ledger::sqlite
