// What is still owed, in credit, in advance or in suspense: all of it sums over postings.
#include <fmt/format.h>

#include "mapping/ledger/sqlite/sums.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text invoices_by_reference =
    "SELECT id, number, customer_id, reference, currency, due_date, total_ore, issue_date FROM invoice i "
    "WHERE tenant_id = ?1 AND reference = ?2 ORDER BY due_date, id";
constexpr sql_text invoice_by_number =
    "SELECT id, number, customer_id, reference, currency, due_date, total_ore, issue_date FROM invoice i "
    "WHERE tenant_id = ?1 AND number = ?2";
constexpr sql_text invoice_by_id =
    "SELECT id, number, customer_id, reference, currency, due_date, total_ore, issue_date FROM invoice i "
    "WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text invoice_reference = "SELECT reference FROM invoice WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text open_invoices_by_customer = joined<
    "SELECT id, number, customer_id, reference, currency, due_date, total_ore, issue_date FROM "
    "invoice i WHERE tenant_id = ?1 AND customer_id = ?2 AND 0 < (SELECT coalesce(" +
    sum_of("amount_ore") +
    ", 0) FROM posting p WHERE p.tenant_id = i.tenant_id AND p.subject_id = i.id AND p.account = 1) ORDER BY "
    "due_date, id">;
// Wholly unpaid invoices are found by their total, part-paid ones by what an entry left open; of the newest of both what is open
// is then recomputed.
constexpr sql_text open_invoices_by_amount = joined<
    "SELECT id, number, customer_id, reference, currency, due_date, total_ore, issue_date FROM "
    "invoice i WHERE tenant_id = ?1 AND id IN (SELECT id FROM (SELECT id FROM invoice WHERE tenant_id = ?1 "
    "AND total_ore = ?2 ORDER BY id DESC LIMIT ?4) UNION SELECT invoice_id FROM (SELECT DISTINCT invoice_id "
    "FROM part_paid WHERE tenant_id = ?1 AND open_ore = ?2 ORDER BY invoice_id DESC LIMIT ?4)) AND ?2 = "
    "(SELECT coalesce(" +
    sum_of("amount_ore") +
    ", 0) FROM posting p WHERE p.tenant_id = i.tenant_id AND p.subject_id = i.id AND p.account = 1) ORDER BY "
    "id LIMIT ?3">;
constexpr sql_text other_open_by_reference = joined<
    "SELECT id FROM (SELECT id FROM invoice WHERE tenant_id = ?1 AND reference = ?2 AND id <> ?3 ORDER BY id "
    "DESC LIMIT ?4) c WHERE 0 < (SELECT coalesce(" +
    sum_of("amount_ore") +
    ", 0) FROM posting p WHERE p.tenant_id = ?1 AND p.subject_id = c.id AND p.account = 1) ORDER BY id DESC "
    "LIMIT 1">;
constexpr sql_text credited_on_part =
    joined<"SELECT " + halves_of("amount_ore") +
           " FROM credit_note WHERE tenant_id = ?1 AND invoice_number = ?2 AND kind = ?3 AND supply_point = ?4">;
constexpr sql_text select_open_parts =
    joined<"SELECT part_no, kind, supply_point, amount_ore, (SELECT coalesce(" + sum_of("p.amount_ore") +
           ", 0) FROM posting p WHERE p.tenant_id = i.tenant_id AND p.subject_id = i.invoice_id AND p.account = 1 "
           "AND p.part_no = i.part_no), EXISTS (SELECT 1 FROM disputed_part d WHERE d.tenant_id = i.tenant_id AND "
           "d.invoice_id = i.invoice_id AND d.part_no = i.part_no) FROM invoice_part i WHERE tenant_id = ?1 AND invoice_id = ?2 "
           "ORDER BY part_no">;
constexpr sql_text credits_by_reference =
    joined<"SELECT id, number, customer_id, reference, currency, amount_ore, (SELECT coalesce(-" + sum_of("p.amount_ore") +
           ", 0) FROM posting p WHERE p.tenant_id = c.tenant_id AND p.subject_id = c.id AND p.account = 2) FROM "
           "credit_note c WHERE tenant_id = ?1 AND reference = ?2 ORDER BY issue_date, id">;
constexpr sql_text credits_by_customer =
    joined<"SELECT id, number, customer_id, reference, currency, amount_ore, left_ore FROM (SELECT c.*, (SELECT coalesce(-" +
           sum_of("p.amount_ore") +
           ", 0) FROM posting p WHERE p.tenant_id = c.tenant_id AND p.subject_id = c.id AND p.account = 2) AS left_ore FROM "
           "credit_note c WHERE tenant_id = ?1 AND customer_id = ?2) WHERE left_ore > 0 ORDER BY issue_date, id">;
constexpr sql_text free_advances =
    "SELECT id, customer_id, payment_id, value_date, currency, balance_ore, reserved_ore FROM advance_state "
    "WHERE tenant_id = ?1 AND customer_id = ?2 AND balance_ore > reserved_ore ORDER BY value_date, id";
constexpr sql_text advances_without_invoice =
    "SELECT id, customer_id, payment_id, value_date, currency, balance_ore, reserved_ore FROM advance_state a "
    "WHERE tenant_id = ?1 AND value_date < ?2 AND balance_ore > reserved_ore AND NOT EXISTS (SELECT 1 FROM invoice i WHERE "
    "i.tenant_id = a.tenant_id AND i.customer_id = a.customer_id AND i.issue_date >= a.value_date) ORDER BY value_date, id";
constexpr sql_text one_advance =
    "SELECT id, customer_id, payment_id, value_date, currency FROM advance WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text all_advances =
    "SELECT id, customer_id, payment_id, value_date, currency, balance_ore, reserved_ore FROM advance_state "
    "WHERE tenant_id = ?1 ORDER BY id";
constexpr sql_text suspense_of_payment =
    joined<"SELECT -" + sum_of("amount_ore") + " FROM posting WHERE tenant_id = ?1 AND subject_id = ?2 AND account = 4">;
constexpr sql_text payments_in_suspense = joined<
    "SELECT s.subject_id, p.value_date, s.currency, s.open_ore, (SELECT q.reason FROM posting q WHERE "
    "q.tenant_id = ?1 AND q.subject_id = s.subject_id AND q.account = 4 ORDER BY q.entry_id, q.posting_no "
    "LIMIT 1), (SELECT group_concat(h.reasons) FROM hold h WHERE h.tenant_id = ?1 AND h.payment_id = "
    "s.subject_id AND NOT EXISTS (SELECT 1 FROM hold_decision d WHERE d.tenant_id = h.tenant_id AND "
    "d.hold_id = h.id)) FROM (SELECT subject_id, currency, -" +
    sum_of("amount_ore") +
    " AS open_ore FROM posting WHERE tenant_id = ?1 AND account = 4 GROUP BY subject_id, currency "
    "HAVING " +
    sum_of("amount_ore") +
    " <> 0 ORDER BY subject_id LIMIT ?2) s LEFT JOIN payment p ON p.tenant_id = ?1 AND p.id = s.subject_id "
    "ORDER BY s.subject_id">;
constexpr sql_text select_account_sums =
    joined<"SELECT account, currency, " + halves_of("amount_ore") +
           " FROM posting WHERE tenant_id = ?1 GROUP BY account, currency ORDER BY account, currency">;
constexpr sql_text select_invoice_sums =
    joined<"SELECT currency, sum(open_ore > 0), sum(open_ore <= 0), " + halves_of("total_ore") + ", " + halves_of("open_ore") +
           " FROM (SELECT currency, total_ore, (SELECT coalesce(" + sum_of("p.amount_ore") +
           ", 0) FROM posting p WHERE p.tenant_id = i.tenant_id AND p.subject_id = i.id AND p.account = 1) AS "
           "open_ore FROM invoice i WHERE tenant_id = ?1) GROUP BY currency ORDER BY currency">;
constexpr sql_text select_balances =
    joined<"SELECT id, number, customer_id, currency, due_date, total_ore, (SELECT coalesce(" + sum_of("p.amount_ore") +
           ", 0) FROM posting p WHERE p.tenant_id = i.tenant_id AND p.subject_id = i.id AND p.account = 1) FROM "
           "invoice i WHERE tenant_id = ?1 ORDER BY id">;
constexpr sql_text select_advance_sums =
    joined<"SELECT currency, sum(balance_ore <> 0), " + halves_of("(balance_ore - reserved_ore)") + ", " +
           halves_of("reserved_ore") + " FROM advance_state WHERE tenant_id = ?1 GROUP BY currency ORDER BY currency">;

open_advance read_advance(cursor& row) {
    return {
        {row.integer(0), row.text(1), row.integer(2), row.day(3), row.text(4)}, row.integer(5) - row.integer(6), row.integer(6)};
}

open_credit read_credit(cursor& row) {
    return {row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.integer(5), row.integer(6)};
}

suspense_item read_suspense(cursor& row) {
    return {row.integer(0), row.day(1), row.text(2), row.integer(3), row.text(4), row.text(5)};
}

}  // namespace

open_invoice sqlite_transaction::read_open_invoice(cursor& row) {
    open_invoice item;
    item.id = row.integer(0);
    item.number = row.text(1);
    item.customer_id = row.text(2);
    item.reference = row.text(3);
    item.currency = row.text(4);
    item.due_date = row.day(5);
    item.total_ore = row.integer(6);
    item.issue_date = row.day(7);
    return item;
}

result<void> sqlite_transaction::load_parts(open_invoice& item) {
    const auto read = [](cursor& row) {
        return open_part{
            {row.as<std::uint16_t>(0), row.as<utility>(1), row.text(2), row.integer(3)}, row.integer(4), row.flag(5)};
    };
    auto parts = rows(select_open_parts, read, tenant(), item.id);
    if (!parts) return tl::unexpected(std::move(parts.error()));
    item.parts = std::move(*parts);
    remember(item);
    return {};
}

result<std::vector<open_invoice>> sqlite_transaction::with_parts(result<std::vector<open_invoice>> found) {
    if (!found) return found;
    for (open_invoice& each : *found) {
        auto loaded = load_parts(each);
        if (!loaded) return tl::unexpected(std::move(loaded.error()));
    }
    return found;
}

namespace {

result<std::optional<open_invoice>> only_one(result<std::vector<open_invoice>> found) {
    if (!found) return tl::unexpected(std::move(found.error()));
    if (found->empty()) return std::optional<open_invoice>{};
    return std::optional(std::move(found->front()));
}

}  // namespace

result<std::vector<open_invoice>> sqlite_transaction::invoices_with_reference(std::string_view reference) {
    return with_parts(rows(
        invoices_by_reference, [&](cursor& row) { return read_open_invoice(row); }, tenant(), reference));
}

result<std::optional<open_invoice>> sqlite_transaction::invoice_with_number(std::string_view number) {
    return only_one(with_parts(rows(
        invoice_by_number, [&](cursor& row) { return read_open_invoice(row); }, tenant(), number)));
}

result<std::optional<open_invoice>> sqlite_transaction::invoice_with_id(row_id id) {
    return only_one(with_parts(rows(
        invoice_by_id, [&](cursor& row) { return read_open_invoice(row); }, tenant(), id)));
}

result<std::string> sqlite_transaction::reference_of_invoice(row_id id) {
    auto found = first_row(
        invoice_reference, [](cursor& row) { return row.text(0); }, tenant(), id);
    if (!found) return tl::unexpected(std::move(found.error()));
    return std::move(*found).value_or(std::string());
}

result<std::vector<open_invoice>> sqlite_transaction::open_invoices_of(std::string_view customer_id) {
    return with_parts(rows(
        open_invoices_by_customer, [&](cursor& row) { return read_open_invoice(row); }, tenant(), customer_id));
}

result<std::vector<open_invoice>> sqlite_transaction::open_invoices_of_amount(std::int64_t open_ore, std::size_t limit) {
    if (open_ore <= 0) return std::vector<open_invoice>{};
    return with_parts(rows(
        open_invoices_by_amount, [&](cursor& row) { return read_open_invoice(row); }, tenant(), open_ore,
        static_cast<std::int64_t>(limit), static_cast<std::int64_t>(max_amount_candidates)));
}

result<std::optional<row_id>> sqlite_transaction::other_open_with_reference(std::string_view reference, row_id other_than) {
    return session_.database->number(other_open_by_reference, tenant(), reference, other_than,
                                     static_cast<std::int64_t>(max_reference_candidates));
}

result<ore_sum> sqlite_transaction::credited_on(std::string_view invoice_number, utility kind, std::string_view supply_point) {
    auto sum = first_row(
        credited_on_part, [](cursor& row) { return row.sum(0); }, tenant(), invoice_number, static_cast<std::int64_t>(kind),
        supply_point);
    if (!sum) return tl::unexpected(std::move(sum.error()));
    return sum->value_or(ore_sum());
}

result<std::vector<open_credit>> sqlite_transaction::credits_with_reference(std::string_view reference) {
    return rows(credits_by_reference, read_credit, tenant(), reference);
}

result<std::vector<open_credit>> sqlite_transaction::open_credits_of(std::string_view customer_id) {
    return rows(credits_by_customer, read_credit, tenant(), customer_id);
}

result<std::vector<open_advance>> sqlite_transaction::free_advances_of(std::string_view customer_id) {
    return rows(free_advances, read_advance, tenant(), customer_id);
}

result<std::vector<open_advance>> sqlite_transaction::idle_advances(date before) {
    return rows(advances_without_invoice, read_advance, tenant(), before);
}

result<std::optional<advance>> sqlite_transaction::find_advance(row_id id) {
    const auto read = [](cursor& row) { return advance{row.integer(0), row.text(1), row.integer(2), row.day(3), row.text(4)}; };
    return first_row(one_advance, read, tenant(), id);
}

result<std::int64_t> sqlite_transaction::suspense_of(row_id payment_id) {
    auto sum = session_.database->number(suspense_of_payment, tenant(), payment_id);
    if (!sum) return tl::unexpected(std::move(sum.error()));
    return sum->value_or(0);
}

result<std::vector<suspense_item>> sqlite_transaction::suspense(std::size_t limit) {
    return rows(payments_in_suspense, read_suspense, tenant(), static_cast<std::int64_t>(limit));
}

result<std::vector<account_sum>> sqlite_transaction::account_sums() {
    const auto read = [](cursor& row) { return account_sum{row.as<account>(0), row.text(1), row.sum(2)}; };
    return rows(select_account_sums, read, tenant());
}

result<std::vector<invoice_totals>> sqlite_transaction::invoice_sums() {
    const auto read = [](cursor& row) {
        return invoice_totals{row.text(0), row.as<std::uint64_t>(1), row.as<std::uint64_t>(2), row.sum(3), row.sum(5)};
    };
    return rows(select_invoice_sums, read, tenant());
}

result<std::vector<advance_totals>> sqlite_transaction::advance_sums() {
    const auto read = [](cursor& row) { return advance_totals{row.text(0), row.as<std::uint64_t>(1), row.sum(2), row.sum(4)}; };
    return rows(select_advance_sums, read, tenant());
}

result<void> sqlite_transaction::each_balance(const visitor<invoice_balance>& visit) {
    const auto read = [&](cursor& row) {
        return visit({row.integer(0), row.text(1), row.text(2), row.text(3), row.day(4), row.integer(5), row.integer(6)});
    };
    return visit_rows(select_balances, read, tenant());
}

result<void> sqlite_transaction::each_advance(const visitor<open_advance>& visit) {
    return visit_rows(
        all_advances, [&](cursor& row) { return visit(read_advance(row)); }, tenant());
}

}  // namespace brygga::ledger::sqlite
