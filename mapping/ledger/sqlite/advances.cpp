// Advances and their reservation for the invoice run (BILL-R24, BILL-R25).
#include <algorithm>

#include <fmt/format.h>

#include "mapping/ledger/sqlite/sums.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text insert_advance =
    "INSERT INTO advance (tenant_id, id, recorded_at, customer_id, payment_id, value_date, currency) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
constexpr sql_text select_advance =
    "SELECT id FROM advance WHERE tenant_id = ?1 AND payment_id = ?2 AND customer_id = ?3 AND currency = ?4";
constexpr sql_text select_free =
    "SELECT id, customer_id, currency, balance_ore - reserved_ore FROM advance_state "
    "WHERE tenant_id = ?1 AND balance_ore > reserved_ore ORDER BY customer_id, currency, id";
constexpr sql_text insert_reservation =
    "INSERT INTO reservation (tenant_id, id, recorded_at, customer_id, currency) VALUES (?1, ?2, ?3, ?4, ?5)";
constexpr sql_text insert_part =
    "INSERT INTO reservation_part (tenant_id, advance_id, reservation_id, amount_ore) VALUES (?1, ?2, ?3, ?4)";
constexpr sql_text select_left = joined<
    "SELECT r.id, r.customer_id, " + halves_of("l.left_ore") +
    " FROM reservation r JOIN reservation_left l ON l.tenant_id = r.tenant_id AND l.reservation_id = r.id "
    "WHERE r.tenant_id = ?1 AND NOT EXISTS (SELECT 1 FROM invoice i JOIN run_document d ON d.tenant_id = i.tenant_id AND "
    "d.document_id = i.id JOIN invoice_run_now n ON n.tenant_id = d.tenant_id AND n.id = d.run_id WHERE i.tenant_id = "
    "r.tenant_id AND i.customer_id = r.customer_id AND i.reservation_id = r.id AND n.state <> 2) GROUP BY r.id, r.customer_id "
    "HAVING max(l.left_ore) > 0 ORDER BY r.id">;
constexpr sql_text select_of_run =
    "SELECT DISTINCT i.reservation_id FROM run_document d JOIN invoice i ON i.tenant_id = d.tenant_id AND i.id = d.document_id "
    "JOIN "
    "reservation_left l ON l.tenant_id = i.tenant_id AND l.reservation_id = i.reservation_id WHERE d.tenant_id = ?1 AND d.run_id "
    "= ?2 "
    "AND l.left_ore > 0 ORDER BY i.reservation_id";
constexpr sql_text select_reservation =
    "SELECT id, customer_id, currency, EXISTS (SELECT 1 FROM reservation_release x WHERE x.tenant_id = r.tenant_id AND "
    "x.reservation_id = r.id) FROM reservation r WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_parts =
    joined<"SELECT p.advance_id, p.amount_ore, (SELECT coalesce(" + sum_of("u.amount_ore") +
           ", 0) FROM reservation_use u WHERE u.tenant_id = p.tenant_id AND u.reservation_id = p.reservation_id AND "
           "u.advance_id = p.advance_id) FROM reservation_part p JOIN advance a ON a.tenant_id = p.tenant_id AND "
           "a.id = p.advance_id WHERE p.tenant_id = ?1 AND p.reservation_id = ?2 ORDER BY a.value_date, a.id">;
constexpr sql_text insert_release =
    "INSERT INTO reservation_release (tenant_id, reservation_id, id, recorded_at) VALUES (?1, ?2, ?3, ?4)";
constexpr sql_text select_use =
    "SELECT amount_ore FROM reservation_use WHERE tenant_id = ?1 AND reservation_id = ?2 AND advance_id = ?3 AND invoice_id = ?4";
constexpr sql_text insert_use =
    "INSERT INTO reservation_use (tenant_id, reservation_id, advance_id, invoice_id, id, recorded_at, amount_ore) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

}  // namespace

result<void> sqlite_transaction::add_advance(advance& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    auto known = session_.database->number(select_advance, tenant(), item.payment_id, item.customer_id, item.currency);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        item.id = **known;
        return {};
    }
    item.id = allot_id();
    auto written = write(table::advance, insert_advance, tenant(), item.id, now(), item.customer_id, item.payment_id,
                         item.value_date, item.currency);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<void> sqlite_transaction::make_reservation(std::span<const free_advance> of) {
    const row_id id = allot_id();
    auto written =
        write(table::reservation, insert_reservation, tenant(), id, now(), of.front().customer_id, of.front().currency);
    if (!written) return tl::unexpected(std::move(written.error()));
    ore_sum reserved;
    for (const free_advance& each : of) {
        written = write(table::reservation_part, insert_part, tenant(), each.id, id, each.free_ore);
        if (!written) return tl::unexpected(std::move(written.error()));
        reserved += each.free_ore;
    }
    return append_log("reservation", id, fmt::format(R"({{"advances":{},"reserved_ore":{}}})", of.size(), reserved.text()));
}

result<void> sqlite_transaction::make_reservations() {
    const auto read = [](cursor& row) { return free_advance{row.integer(0), row.text(1), row.text(2), row.integer(3)}; };
    auto free = rows(select_free, read, tenant());
    if (!free) return tl::unexpected(std::move(free.error()));
    for (auto first = free->begin(); first != free->end();) {
        const auto last = std::find_if(first, free->end(), [&](const free_advance& each) {
            return each.customer_id != first->customer_id || each.currency != first->currency;
        });
        auto made = make_reservation({first, last});
        if (!made) return made;
        first = last;
    }
    return {};
}

result<std::vector<reservation>> sqlite_transaction::reserve_advances() {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    auto made = make_reservations();
    if (!made) return tl::unexpected(std::move(made.error()));
    return rows(
        select_left,
        [](cursor& row) {
            return reservation{row.integer(0), row.text(1), row.sum(2)};
        },
        tenant());
}

result<std::optional<reservation_state>> sqlite_transaction::find_reservation(row_id reservation_id) {
    const auto read = [](cursor& row) {
        return reservation_state{{row.integer(0), row.text(1), {}}, row.text(2), row.flag(3), {}};
    };
    auto found = first_row(select_reservation, read, tenant(), reservation_id);
    if (!found || !*found) return found;
    const auto read_part = [](cursor& row) { return reserved_part{row.integer(0), row.integer(1), row.integer(2)}; };
    auto parts = rows(select_parts, read_part, tenant(), reservation_id);
    if (!parts) return tl::unexpected(std::move(parts.error()));
    (*found)->parts = std::move(*parts);
    for (const reserved_part& each : (*found)->parts)
        (*found)->row.amount_ore += each.reserved_ore;
    return found;
}

result<std::vector<row_id>> sqlite_transaction::reservations_of_run(row_id run_id) {
    return rows(
        select_of_run, [](cursor& row) { return row.integer(0); }, tenant(), run_id);
}

result<void> sqlite_transaction::release_reservation(row_id reservation_id) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    auto found = find_reservation(reservation_id);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!*found) return fail(error_code::not_found, fmt::format("no reservation has the id {}", format_id(reservation_id)));
    if ((*found)->released) return {};
    auto written = write(table::reservation_release, insert_release, tenant(), reservation_id, allot_id(), now());
    if (!written) return tl::unexpected(std::move(written.error()));
    ore_sum left;
    for (const reserved_part& each : (*found)->parts)
        left += each.reserved_ore - each.used_ore;
    return append_log("reservation-released", reservation_id, fmt::format(R"({{"left_ore":{}}})", left.text()));
}

result<void> sqlite_transaction::use_reservation(row_id reservation_id, row_id advance_id, row_id invoice_id,
                                                 std::int64_t amount_ore) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    if (amount_ore <= 0) return fail(error_code::invalid_argument, "what is used of a reservation is more than nothing");
    auto used = session_.database->number(select_use, tenant(), reservation_id, advance_id, invoice_id);
    if (!used) return tl::unexpected(std::move(used.error()));
    if (*used && **used == amount_ore) return {};
    if (*used)
        return fail(error_code::conflict, fmt::format("invoice {} has used {} öre of reservation {}, not {}",
                                                      format_id(invoice_id), **used, format_id(reservation_id), amount_ore));
    auto found = find_reservation(reservation_id);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!*found) return fail(error_code::not_found, fmt::format("no reservation has the id {}", format_id(reservation_id)));
    std::int64_t left_ore = 0;
    for (const reserved_part& each : (*found)->parts)
        if (each.advance_id == advance_id && !(*found)->released) left_ore = each.reserved_ore - each.used_ore;
    if (left_ore < amount_ore)
        return fail(error_code::conflict, fmt::format("BILL-R24: {} öre are left of reservation {}, less than {}", left_ore,
                                                      format_id(reservation_id), amount_ore));
    auto written = write(table::reservation_use, insert_use, tenant(), reservation_id, advance_id, invoice_id, allot_id(), now(),
                         amount_ore);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

}  // namespace brygga::ledger::sqlite
