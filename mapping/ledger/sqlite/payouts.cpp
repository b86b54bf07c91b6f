#include "mapping/ledger/sqlite/payouts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/ledger/sqlite/sums.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text select_accounts =
    "SELECT id, customer_id, kind, clearing, number, actor, reason, recorded_at FROM customer_account WHERE tenant_id = ?1 AND "
    "customer_id = ?2 ORDER BY id DESC";
constexpr sql_text insert_account =
    "INSERT INTO customer_account (tenant_id, id, recorded_at, customer_id, kind, clearing, number, actor, reason) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr sql_text select_known_payout =
    "SELECT id, customer_id = ?3 AND amount_ore = ?4 AND currency = ?5 AND purpose = ?6 FROM payout WHERE tenant_id = ?1 AND "
    "key = ?2";
constexpr sql_text insert_payout =
    "INSERT INTO payout (tenant_id, id, recorded_at, key, customer_id, amount_ore, currency, purpose) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
constexpr sql_text payout_exists = "SELECT 1 FROM payout WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text insert_event =
    "INSERT INTO payout_event (tenant_id, id, recorded_at, payout_id, state, day, route, account_kind, clearing, number, "
    "through_id, code, source_id, actor, reason, bank_reference) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
    "?14, ?15, ?16)";
constexpr sql_text select_events =
    "SELECT state, day, route, account_kind, clearing, number, through_id, code, source_id, actor, reason, bank_reference FROM "
    "payout_event WHERE tenant_id = ?1 AND payout_id = ?2 ORDER BY id";
constexpr sql_text select_newest_event =
    "SELECT state, day, route, account_kind, clearing, number, through_id, code, source_id, actor, reason, bank_reference FROM "
    "payout_event WHERE tenant_id = ?1 AND payout_id = ?2 ORDER BY id DESC LIMIT 1";
constexpr sql_text select_by_id = "SELECT * FROM payout_now WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_by_key = "SELECT * FROM payout_now WHERE tenant_id = ?1 AND key = ?2";
constexpr sql_text select_by_customer = "SELECT * FROM payout_now WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY id";
constexpr sql_text select_by_state = "SELECT * FROM payout_now WHERE tenant_id = ?1 AND state = ?2 ORDER BY id";
constexpr sql_text select_by_file =
    "SELECT * FROM payout_now WHERE tenant_id = ?1 AND id IN (SELECT payout_id FROM payout_event WHERE tenant_id = ?1 AND "
    "source_id = ?2 AND state = 2) ORDER BY id";
constexpr sql_text select_exported =
    joined<"SELECT " + halves_of("p.amount_ore") +
           " FROM payout_event e JOIN payout p ON p.tenant_id = e.tenant_id AND p.id = e.payout_id WHERE e.tenant_id = ?1 AND "
           "e.state = 2 AND e.recorded_at >= ?2 AND p.currency = ?3">;

customer_account read_account(cursor& row) {
    return {row.integer(0), row.text(1), {row.as<payee_account_kind>(2), row.text(3), row.text(4)},
            row.text(5),    row.text(6), row.integer(7)};
}

payout_event read_step(cursor& row, int first) {
    payout_event out;
    out.state = row.as<payout_state>(first);
    out.day = row.day(first + 1);
    out.route = row.as<payout_route>(first + 2);
    out.to = {row.as<payee_account_kind>(first + 3), row.text(first + 4), row.text(first + 5)};
    out.through_id = row.integer(first + 6);
    out.code = row.text(first + 7);
    out.source_id = row.integer(first + 8);
    out.actor = row.text(first + 9);
    out.reason = row.text(first + 10);
    out.bank_reference = row.text(first + 11);
    return out;
}

payout_event read_event(cursor& row) {
    return read_step(row, 0);
}

// A row of payout_now, which begins with the tenant.
payout_item read_payout(cursor& row) {
    return {
        {row.integer(1), row.text(2), row.text(3), row.integer(4), row.text(5), row.text(6)}, read_step(row, 7), row.integer(19)};
}

bool says_the_same(const payout_event& a, const payout_event& b) {
    return a.state == b.state && a.day == b.day && a.route == b.route && a.to == b.to && a.code == b.code &&
           a.source_id == b.source_id && a.actor == b.actor && a.bank_reference == b.bank_reference;
}

}  // namespace

result<void> sqlite_payouts::add_account(customer_account& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto known = within_.first_row(select_accounts, read_account, within_.tenant(), item.customer_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known && (*known)->account == item.account) {
        item.id = (*known)->id;
        return {};
    }
    item.id = within_.allot_id();
    auto written = within_.write(table::customer_account, insert_account, within_.tenant(), item.id, within_.now(),
                                 item.customer_id, static_cast<std::int64_t>(item.account.kind), item.account.clearing,
                                 item.account.number, item.actor, item.reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    return within_.append_log("customer-account", item.id, nlohmann::json{{"kind", name(item.account.kind)}}.dump());
}

result<std::vector<customer_account>> sqlite_payouts::accounts_of(std::string_view customer_id) {
    return within_.rows(select_accounts, read_account, within_.tenant(), customer_id);
}

result<void> sqlite_payouts::add_payout(payout& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    const auto read = [](cursor& row) { return std::pair(row.integer(0), row.flag(1)); };
    auto known = within_.first_row(select_known_payout, read, within_.tenant(), item.key, item.customer_id, item.amount_ore,
                                   item.currency, item.purpose);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if (!(*known)->second)
            return fail(error_code::conflict,
                        fmt::format("payout {} is there under this key with other content", format_id((*known)->first)));
        item.id = (*known)->first;
        return {};
    }
    item.id = within_.allot_id();
    auto written = within_.write(table::payout, insert_payout, within_.tenant(), item.id, within_.now(), item.key,
                                 item.customer_id, item.amount_ore, item.currency, item.purpose);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<void> sqlite_payouts::add_payout_event(row_id payout_id, const payout_event& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto there = within_.session_.database->number(payout_exists, within_.tenant(), payout_id);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there) return fail(error_code::not_found, fmt::format("no payout has the id {}", format_id(payout_id)));
    auto newest = within_.first_row(select_newest_event, read_event, within_.tenant(), payout_id);
    if (!newest) return tl::unexpected(std::move(newest.error()));
    if (*newest && says_the_same(**newest, item)) return {};
    const row_id id = within_.allot_id();
    auto written = within_.write(table::payout_event, insert_event, within_.tenant(), id, within_.now(), payout_id,
                                 static_cast<std::int64_t>(item.state), item.day, static_cast<std::int64_t>(item.route),
                                 static_cast<std::int64_t>(item.to.kind), item.to.clearing, item.to.number, item.through_id,
                                 item.code, item.source_id, item.actor, item.reason, item.bank_reference);
    if (!written) return tl::unexpected(std::move(written.error()));
    const nlohmann::json logged{{"state", name(item.state)}, {"route", name(item.route)}, {"code", item.code}};
    return within_.append_log("payout", payout_id, logged.dump());
}

result<std::optional<payout_item>> sqlite_payouts::payout_with_id(row_id id) {
    return within_.first_row(select_by_id, read_payout, within_.tenant(), id);
}

result<std::optional<payout_item>> sqlite_payouts::payout_with_key(std::string_view key) {
    return within_.first_row(select_by_key, read_payout, within_.tenant(), key);
}

result<std::vector<payout_item>> sqlite_payouts::payouts_of_customer(std::string_view customer_id) {
    return within_.rows(select_by_customer, read_payout, within_.tenant(), customer_id);
}

result<std::vector<payout_item>> sqlite_payouts::payouts_in_state(payout_state state) {
    return within_.rows(select_by_state, read_payout, within_.tenant(), static_cast<std::int64_t>(state));
}

result<std::vector<payout_item>> sqlite_payouts::payouts_of_file(row_id outgoing_id) {
    return within_.rows(select_by_file, read_payout, within_.tenant(), outgoing_id);
}

result<std::vector<payout_event>> sqlite_payouts::payout_events(row_id payout_id) {
    return within_.rows(select_events, read_event, within_.tenant(), payout_id);
}

result<ore_sum> sqlite_payouts::exported_since(timestamp_ms since, std::string_view currency) {
    auto sum = within_.first_row(
        select_exported, [](cursor& row) { return row.sum(0); }, within_.tenant(), since, currency);
    if (!sum) return tl::unexpected(std::move(sum.error()));
    return sum->value_or(ore_sum{});
}

}  // namespace brygga::ledger::sqlite
