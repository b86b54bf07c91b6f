#include "mapping/ledger/sqlite/direct_debit.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text select_known_mandate =
    "SELECT id FROM mandate WHERE tenant_id = ?1 AND bankgiro = ?2 AND payer_number = ?3 AND is_change = ?4";
constexpr sql_text insert_mandate =
    "INSERT INTO mandate (tenant_id, id, recorded_at, bankgiro, payer_number, is_change) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
constexpr sql_text mandate_exists = "SELECT 1 FROM mandate WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_newest_terms =
    "SELECT state, customer_id, account, identity, day, information, comment, source_id, actor, reason, recorded_at FROM "
    "mandate_event WHERE "
    "tenant_id = ?1 AND mandate_id = ?2 ORDER BY id DESC LIMIT 1";
constexpr sql_text insert_mandate_event =
    "INSERT INTO mandate_event (tenant_id, id, recorded_at, mandate_id, state, customer_id, account, identity, day, information, "
    "comment, source_id, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
constexpr sql_text select_mandate_by_number =
    "SELECT * FROM mandate_now WHERE tenant_id = ?1 AND bankgiro = ?2 AND payer_number = ?3 AND is_change = ?4";
constexpr sql_text select_mandate_by_id = "SELECT * FROM mandate_now WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_mandates_of_customer =
    "SELECT * FROM mandate_now WHERE tenant_id = ?1 AND customer_id = ?2 AND is_change = 0 ORDER BY id";
constexpr sql_text select_mandates_of_bankgiro =
    "SELECT * FROM mandate_now WHERE tenant_id = ?1 AND bankgiro = ?2 ORDER BY payer_number, is_change";
constexpr sql_text select_mandates_of_source =
    "SELECT * FROM mandate_now WHERE tenant_id = ?1 AND id IN (SELECT mandate_id FROM mandate_event WHERE tenant_id = ?1 AND "
    "source_id = ?2) ORDER BY id";
constexpr sql_text select_mandate_events =
    "SELECT state, customer_id, account, identity, day, information, comment, source_id, actor, reason, recorded_at FROM "
    "mandate_event WHERE "
    "tenant_id = ?1 AND mandate_id = ?2 ORDER BY id";

constexpr sql_text select_known_collection =
    "SELECT id, mandate_id = ?3 AND invoice_id = ?4 AND payment_day = ?5 AND amount_ore = ?6 AND reference = ?7 FROM collection "
    "WHERE tenant_id = ?1 AND key = ?2";
constexpr sql_text insert_collection =
    "INSERT INTO collection (tenant_id, id, recorded_at, key, mandate_id, invoice_id, bankgiro, payer_number, payment_day, "
    "amount_ore, currency, reference) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
constexpr sql_text collection_exists = "SELECT 1 FROM collection WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text insert_collection_event =
    "INSERT OR FAIL INTO collection_event (tenant_id, id, recorded_at, collection_id, state, payment_day, code, source_id, "
    "actor, "
    "reason) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
constexpr sql_text select_newest_collection_event =
    "SELECT state, payment_day, code, source_id, actor, reason FROM collection_event WHERE tenant_id = ?1 AND collection_id = ?2 "
    "ORDER BY id DESC LIMIT 1";
constexpr sql_text select_collection_by_id = "SELECT * FROM collection_now WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_collections_of_invoice =
    "SELECT * FROM collection_now WHERE tenant_id = ?1 AND invoice_id = ?2 ORDER BY id";
constexpr sql_text select_collections_of_payer =
    "SELECT * FROM collection_now WHERE tenant_id = ?1 AND bankgiro = ?2 AND payer_number = ?3 ORDER BY id DESC LIMIT ?4";
// By the reference, not by the payer, who may have any number of collections.
constexpr sql_text select_collections_like =
    "SELECT * FROM collection_now WHERE tenant_id = ?1 AND reference = ?4 AND +bankgiro = ?2 AND +payer_number = ?3 AND "
    "amount_ore = ?5 ORDER BY id DESC LIMIT ?6";
// States that is_pending() names.
constexpr sql_text select_pending_collections =
    "SELECT * FROM collection_now WHERE tenant_id = ?1 AND bankgiro = ?2 AND state IN (0, 1, 5) ORDER BY id";
constexpr sql_text select_collections_of_source =
    "SELECT * FROM collection_now WHERE tenant_id = ?1 AND id IN (SELECT collection_id FROM collection_event WHERE tenant_id = "
    "?1 "
    "AND source_id = ?2) ORDER BY id";
constexpr sql_text select_collection_events =
    "SELECT state, payment_day, code, source_id, actor, reason FROM collection_event WHERE tenant_id = ?1 AND collection_id = ?2 "
    "ORDER BY id";

mandate_event read_terms(cursor& row, int first) {
    return {row.as<mandate_state>(first), row.text(first + 1), row.text(first + 2),    row.text(first + 3),
            row.day(first + 4),           row.text(first + 5), row.text(first + 6),    row.integer(first + 7),
            row.text(first + 8),          row.text(first + 9), row.integer(first + 10)};
}

mandate_event read_mandate_event(cursor& row) {
    return read_terms(row, 0);
}

// A row of mandate_now, which begins with the tenant.
mandate_item read_mandate(cursor& row) {
    return {{row.integer(1), row.text(2), row.text(3), row.flag(4)}, read_terms(row, 5), row.integer(15)};
}

collection_event read_step(cursor& row, int first) {
    return {row.as<collection_state>(first), row.day(first + 1),  row.text(first + 2),
            row.integer(first + 3),          row.text(first + 4), row.text(first + 5)};
}

collection_event read_collection_event(cursor& row) {
    return read_step(row, 0);
}

// A row of collection_now, which begins with the tenant.
collection_item read_collection(cursor& row) {
    collection_item item;
    item.row = {row.integer(1), row.text(2), row.integer(3), row.integer(4), row.text(5),
                row.text(6),    row.day(7),  row.integer(8), row.text(9),    row.text(10)};
    item.newest = read_step(row, 11);
    item.newest_at = row.integer(17);
    return item;
}

bool says_the_same(const mandate_event& a, const mandate_event& b) {
    return a.state == b.state && a.source_id == b.source_id && a.information == b.information && a.comment == b.comment &&
           a.day == b.day && a.customer_id == b.customer_id && a.account == b.account && a.identity == b.identity &&
           a.actor == b.actor;
}

bool says_the_same(const collection_event& a, const collection_event& b) {
    return a.state == b.state && a.source_id == b.source_id && a.code == b.code && a.payment_day == b.payment_day &&
           a.actor == b.actor;
}

}  // namespace

result<void> sqlite_direct_debit::add_mandate(mandate& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto known = within_.session_.database->number(select_known_mandate, within_.tenant(), item.bankgiro, item.payer_number,
                                                   static_cast<std::int64_t>(item.is_change));
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        item.id = **known;
        return {};
    }
    item.id = within_.allot_id();
    auto written = within_.write(table::mandate, insert_mandate, within_.tenant(), item.id, within_.now(), item.bankgiro,
                                 item.payer_number, static_cast<std::int64_t>(item.is_change));
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<void> sqlite_direct_debit::add_mandate_event(row_id mandate_id, const mandate_event& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto there = within_.session_.database->number(mandate_exists, within_.tenant(), mandate_id);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there) return fail(error_code::not_found, fmt::format("no mandate has the id {}", format_id(mandate_id)));
    auto newest = within_.first_row(select_newest_terms, read_mandate_event, within_.tenant(), mandate_id);
    if (!newest) return tl::unexpected(std::move(newest.error()));
    if (*newest && says_the_same(**newest, item)) return {};
    const row_id id = within_.allot_id();
    auto written = within_.write(table::mandate_event, insert_mandate_event, within_.tenant(), id, within_.now(), mandate_id,
                                 static_cast<std::int64_t>(item.state), item.customer_id, item.account, item.identity, item.day,
                                 item.information, item.comment, item.source_id, item.actor, item.reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    const nlohmann::json logged{{"state", name(item.state)}, {"information", item.information}, {"comment", item.comment}};
    return within_.append_log("mandate", mandate_id, logged.dump());
}

result<std::optional<mandate_item>> sqlite_direct_debit::mandate_with_number(std::string_view bankgiro,
                                                                             std::string_view payer_number) {
    return within_.first_row(select_mandate_by_number, read_mandate, within_.tenant(), bankgiro, payer_number, std::int64_t{0});
}

result<std::optional<mandate_item>> sqlite_direct_debit::change_with_number(std::string_view bankgiro,
                                                                            std::string_view payer_number) {
    return within_.first_row(select_mandate_by_number, read_mandate, within_.tenant(), bankgiro, payer_number, std::int64_t{1});
}

result<std::optional<mandate_item>> sqlite_direct_debit::mandate_with_id(row_id id) {
    return within_.first_row(select_mandate_by_id, read_mandate, within_.tenant(), id);
}

result<std::vector<mandate_item>> sqlite_direct_debit::mandates_of_customer(std::string_view customer_id) {
    return within_.rows(select_mandates_of_customer, read_mandate, within_.tenant(), customer_id);
}

result<std::vector<mandate_item>> sqlite_direct_debit::mandates_of_bankgiro(std::string_view bankgiro) {
    return within_.rows(select_mandates_of_bankgiro, read_mandate, within_.tenant(), bankgiro);
}

result<std::vector<mandate_item>> sqlite_direct_debit::mandates_of_source(row_id source_id) {
    return within_.rows(select_mandates_of_source, read_mandate, within_.tenant(), source_id);
}

result<std::vector<mandate_event>> sqlite_direct_debit::mandate_events(row_id mandate_id) {
    return within_.rows(select_mandate_events, read_mandate_event, within_.tenant(), mandate_id);
}

result<void> sqlite_direct_debit::add_collection(collection& item, row_id source_id) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    const auto read = [](cursor& row) { return std::pair(row.integer(0), row.flag(1)); };
    auto known = within_.first_row(select_known_collection, read, within_.tenant(), item.key, item.mandate_id, item.invoice_id,
                                   item.payment_day, item.amount_ore, item.reference);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if (!(*known)->second)
            return fail(error_code::conflict,
                        fmt::format("collection {} is there under this key with other content", format_id((*known)->first)));
        item.id = (*known)->first;
        return {};
    }
    item.id = within_.allot_id();
    auto written = within_.write(table::collection, insert_collection, within_.tenant(), item.id, within_.now(), item.key,
                                 item.mandate_id, item.invoice_id, item.bankgiro, item.payer_number, item.payment_day,
                                 item.amount_ore, item.currency, item.reference);
    if (!written) return tl::unexpected(std::move(written.error()));
    return add_collection_event(item.id, {collection_state::instructed, item.payment_day, {}, source_id, {}, {}});
}

result<void> sqlite_direct_debit::add_collection_event(row_id collection_id, const collection_event& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto newest = within_.first_row(select_newest_collection_event, read_collection_event, within_.tenant(), collection_id);
    if (!newest) return tl::unexpected(std::move(newest.error()));
    if (*newest && says_the_same(**newest, item)) return {};
    if (!*newest) {
        auto there = within_.session_.database->number(collection_exists, within_.tenant(), collection_id);
        if (!there) return tl::unexpected(std::move(there.error()));
        if (!*there) return fail(error_code::not_found, fmt::format("no collection has the id {}", format_id(collection_id)));
    }
    const row_id id = within_.allot_id();
    auto written = within_.write(table::collection_event, insert_collection_event, within_.tenant(), id, within_.now(),
                                 collection_id, static_cast<std::int64_t>(item.state), item.payment_day, item.code,
                                 item.source_id, item.actor, item.reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    if (item.actor.empty()) return {};  // the log of the file that tells it stands for all its payments, as with any payment
    const nlohmann::json logged{{"state", name(item.state)}, {"code", item.code}};
    return within_.append_log("collection", collection_id, logged.dump());
}

result<std::optional<collection_item>> sqlite_direct_debit::collection_with_id(row_id id) {
    return within_.first_row(select_collection_by_id, read_collection, within_.tenant(), id);
}

result<std::vector<collection_item>> sqlite_direct_debit::collections_of_invoice(row_id invoice_id) {
    return within_.rows(select_collections_of_invoice, read_collection, within_.tenant(), invoice_id);
}

result<std::vector<collection_item>> sqlite_direct_debit::collections_of_payer(std::string_view bankgiro,
                                                                               std::string_view payer_number, std::size_t limit) {
    return within_.rows(select_collections_of_payer, read_collection, within_.tenant(), bankgiro, payer_number,
                        static_cast<std::int64_t>(limit));
}

result<std::vector<collection_item>> sqlite_direct_debit::collections_like(std::string_view bankgiro,
                                                                           std::string_view payer_number,
                                                                           std::string_view reference, std::int64_t amount_ore,
                                                                           std::size_t limit) {
    return within_.rows(select_collections_like, read_collection, within_.tenant(), bankgiro, payer_number, reference, amount_ore,
                        static_cast<std::int64_t>(limit));
}

result<std::vector<collection_item>> sqlite_direct_debit::pending_collections(std::string_view bankgiro) {
    return within_.rows(select_pending_collections, read_collection, within_.tenant(), bankgiro);
}

result<std::vector<collection_item>> sqlite_direct_debit::collections_of_source(row_id source_id) {
    return within_.rows(select_collections_of_source, read_collection, within_.tenant(), source_id);
}

result<std::vector<collection_event>> sqlite_direct_debit::collection_events(row_id collection_id) {
    return within_.rows(select_collection_events, read_collection_event, within_.tenant(), collection_id);
}

}  // namespace brygga::ledger::sqlite
