#include "mapping/ledger/sqlite/registrations.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text select_known = "SELECT id FROM registration WHERE tenant_id = ?1 AND key = ?2";
constexpr sql_text insert_registration =
    "INSERT INTO registration (tenant_id, id, recorded_at, key, kind, sender, receiver, customer_number, day, fields, source_id) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
constexpr sql_text insert_event =
    "INSERT INTO registration_event (tenant_id, id, recorded_at, registration_id, state, customer_id, actor, reason) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
constexpr sql_text select_by_id = "SELECT * FROM registration_now WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_of_customer =
    "SELECT * FROM registration_now WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY day, id";
constexpr sql_text select_of_receiver = "SELECT * FROM registration_now WHERE tenant_id = ?1 AND receiver = ?2 ORDER BY day, id";
constexpr sql_text select_in_state = "SELECT * FROM registration_now WHERE tenant_id = ?1 AND state = ?2 ORDER BY id LIMIT ?3";
constexpr sql_text select_events =
    "SELECT state, customer_id, actor, reason, recorded_at FROM registration_event WHERE tenant_id = ?1 AND registration_id = ?2 "
    "ORDER BY id";

registration_event read_event(cursor& row, int first) {
    return {row.as<registration_state>(first), row.text(first + 1), row.text(first + 2), row.text(first + 3),
            row.integer(first + 4)};
}

// A row of registration_now, which begins with the tenant.
registration_item read_registration(cursor& row) {
    return {{row.integer(1), row.text(2), row.as<registration_kind>(3), row.text(4), row.text(5), row.text(6), row.day(7),
             row.text(8), row.integer(9)},
            read_event(row, 10)};
}

}  // namespace

result<bool> sqlite_registrations::add_registration(registration& item, const registration_event& first) {
    if (auto allowed = within_.may_write(); !allowed) return tl::unexpected(std::move(allowed.error()));
    auto known = within_.session_.database->number(select_known, within_.tenant(), item.key);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        item.id = **known;
        return false;
    }
    item.id = within_.allot_id();
    auto written = within_.write(table::registration, insert_registration, within_.tenant(), item.id, within_.now(), item.key,
                                 static_cast<std::int64_t>(item.kind), item.sender, item.receiver, item.customer_number, item.day,
                                 item.fields, item.source_id);
    if (!written) return tl::unexpected(std::move(written.error()));
    if (auto done = add_registration_event(item.id, first); !done) return tl::unexpected(std::move(done.error()));
    return true;
}

result<void> sqlite_registrations::add_registration_event(row_id registration_id, const registration_event& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto written =
        within_.write(table::registration_event, insert_event, within_.tenant(), within_.allot_id(), within_.now(),
                      registration_id, static_cast<std::int64_t>(item.state), item.customer_id, item.actor, item.reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    return within_.append_log("registration", registration_id, nlohmann::json{{"state", name(item.state)}}.dump());
}

result<std::optional<registration_item>> sqlite_registrations::registration_with_id(row_id id) {
    return within_.first_row(select_by_id, read_registration, within_.tenant(), id);
}

result<std::vector<registration_item>> sqlite_registrations::registrations_of_customer(std::string_view customer_id) {
    return within_.rows(select_of_customer, read_registration, within_.tenant(), customer_id);
}

result<std::vector<registration_item>> sqlite_registrations::registrations_of_receiver(std::string_view receiver) {
    return within_.rows(select_of_receiver, read_registration, within_.tenant(), receiver);
}

result<std::vector<registration_item>> sqlite_registrations::registrations_in_state(registration_state state, std::size_t limit) {
    return within_.rows(select_in_state, read_registration, within_.tenant(), static_cast<std::int64_t>(state),
                        static_cast<std::int64_t>(limit));
}

result<std::vector<registration_event>> sqlite_registrations::registration_events(row_id registration_id) {
    return within_.rows(
        select_events, [](cursor& row) { return read_event(row, 0); }, within_.tenant(), registration_id);
}

}  // namespace brygga::ledger::sqlite
