// Double entry: what is checked before the database checks it again.
#include <algorithm>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "mapping/ledger/sqlite/sums.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr std::size_t max_known_invoices = 16;

constexpr sql_text insert_posting =
    "INSERT OR FAIL INTO posting (tenant_id, entry_id, posting_no, account, amount_ore, currency, subject_id, part_no, "
    "customer_id, "
    "reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
constexpr sql_text insert_entry =
    "INSERT OR FAIL INTO journal_entry (tenant_id, id, recorded_at, kind, source_id, value_date, corrects_id) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
constexpr sql_text insert_part_paid = "INSERT INTO part_paid (tenant_id, open_ore, invoice_id, entry_id) VALUES (?1, ?2, ?3, ?4)";
constexpr sql_text entry_of_document =
    "SELECT id, recorded_at FROM journal_entry WHERE tenant_id = ?1 AND source_id = ?2 AND kind = ?3";
constexpr sql_text receivable_state =
    joined<"SELECT total_ore, currency, (SELECT coalesce(" + sum_of("amount_ore") +
           ", 0) FROM posting p WHERE p.tenant_id = i.tenant_id AND p.subject_id = i.id AND p.account = 1) FROM "
           "invoice i WHERE tenant_id = ?1 AND id = ?2">;
constexpr sql_text free_on_advance = "SELECT balance_ore - reserved_ore FROM advance_state WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text open_on_credit_note =
    joined<"SELECT -" + sum_of("amount_ore") + " FROM posting WHERE tenant_id = ?1 AND subject_id = ?2 AND account = 2">;
constexpr sql_text waiting_on_payout =
    joined<"SELECT -" + sum_of("amount_ore") + " FROM posting WHERE tenant_id = ?1 AND subject_id = ?2 AND account = 7">;
constexpr sql_text select_entries =
    "SELECT id, kind, source_id, value_date, corrects_id FROM journal_entry WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 "
    "ORDER BY id";
constexpr sql_text select_postings =
    "SELECT account, amount_ore, currency, subject_id, part_no, customer_id, reason FROM posting "
    "WHERE tenant_id = ?1 AND entry_id = ?2 ORDER BY posting_no";
constexpr sql_text entry_ids_about =
    "SELECT id FROM journal_entry WHERE tenant_id = ?1 AND id = ?2 UNION "
    "SELECT id FROM journal_entry WHERE tenant_id = ?1 AND source_id = ?2 UNION "
    "SELECT entry_id FROM posting WHERE tenant_id = ?1 AND subject_id = ?2 ORDER BY 1 LIMIT ?3";

// The kinds of which a document has one entry.
bool once_per_document(entry_kind kind) noexcept {
    return kind <= entry_kind::deduction;
}

result<void> check_balance(const entry& item) {
    if (item.postings.size() < 2) return fail(error_code::invalid_argument, "an entry has at least two postings");
    std::vector<std::pair<std::string_view, ore_sum>> sums;
    for (const posting& each : item.postings) {
        if (each.to != account::billing && each.subject_id == 0)
            return fail(error_code::invalid_argument, fmt::format("a posting to {} names its subject", name(each.to)));
        auto sum = std::find_if(sums.begin(), sums.end(), [&](const auto& known) { return known.first == each.currency; });
        if (sum == sums.end()) sum = sums.insert(sums.end(), {each.currency, ore_sum()});
        sum->second += each.amount_ore;
    }
    for (const auto& [currency, sum] : sums)
        if (!(sum == 0))
            return fail(
                error_code::invalid_argument,
                fmt::format("the postings of an entry sum to zero in each currency: {} is off by {} öre", currency, sum.text()));
    return {};
}

bool same(const posting& a, const posting& b) {
    return a.to == b.to && a.amount_ore == b.amount_ore && a.currency == b.currency && a.subject_id == b.subject_id &&
           a.part_no == b.part_no && a.customer_id == b.customer_id && a.reason == b.reason;
}

bool same_content(const entry& a, const entry& b) {
    return a.kind == b.kind && a.source_id == b.source_id && a.value_date == b.value_date && a.corrects_id == b.corrects_id &&
           std::equal(a.postings.begin(), a.postings.end(), b.postings.begin(), b.postings.end(), same);
}

// Of all but the id.
std::string content_hash(const entry& item) {
    digest hash;
    hash.add(static_cast<std::int64_t>(item.kind)).add(item.source_id).add(to_number(item.value_date)).add(item.corrects_id);
    for (const posting& each : item.postings) {
        hash.add(static_cast<std::int64_t>(each.to)).add(each.amount_ore).add(each.currency).add(each.subject_id);
        hash.add(std::int64_t{each.part_no}).add(each.customer_id).add(each.reason);
    }
    return to_hex(hash.finish());
}

}  // namespace

result<void> visit_entries(connection& database, std::int64_t tenant_id, row_id after, row_id last, const visitor<entry>& visit) {
    cursor heads = database.use(select_entries);
    auto head = heads.bind(tenant_id, after, last).step();
    std::vector<std::pair<std::string, std::string>> texts;  // customer and reason of each posting
    for (; head && *head; head = heads.step()) {
        entry item{heads.integer(0), heads.as<entry_kind>(1), heads.integer(2), heads.day(3), heads.integer(4), {}};
        texts.clear();
        cursor rows = database.use(select_postings);
        auto row = rows.bind(tenant_id, item.id).step();
        for (; row && *row; row = rows.step()) {
            item.postings.push_back(
                {rows.as<account>(0), rows.integer(1), rows.text(2), rows.integer(3), rows.as<std::uint16_t>(4), {}, {}});
            texts.emplace_back(rows.text(5), rows.text(6));
        }
        if (!row) return tl::unexpected(std::move(row.error()));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            item.postings[i].customer_id = texts[i].first;
            item.postings[i].reason = texts[i].second;
        }
        auto visited = visit(item);
        if (!visited) return visited;
    }
    if (!head) return tl::unexpected(std::move(head.error()));
    return {};
}

// True when the document of this entry has the same entry already; item.id is then that entry's.
result<bool> sqlite_transaction::entry_is_there(entry& item) {
    const auto read = [](cursor& row) { return std::pair(row.integer(0), row.integer(1)); };
    auto known = first_row(entry_of_document, read, tenant(), item.source_id, static_cast<std::int64_t>(item.kind));
    if (!known) return tl::unexpected(std::move(known.error()));
    if (!*known) return false;
    const auto [id, since_ms] = **known;
    bool equal = false;
    std::string known_hash;
    auto visited = visit_entries(*session_.database, tenant(), id - 1, id, [&](const entry& there) -> result<void> {
        equal = same_content(there, item);
        if (!equal) known_hash = content_hash(there);
        return {};
    });
    if (!visited) return tl::unexpected(std::move(visited.error()));
    if (!equal)
        return fail(error_code::conflict, fmt::format("the {} entry {} is {}", name(item.kind), format_id(id),
                                                      conflict_text(since_ms, known_hash, content_hash(item))));
    item.id = id;
    return true;
}

void sqlite_transaction::remember(const open_invoice& item) {
    if (session_.ids == nullptr || known_invoices_.size() == max_known_invoices) return;
    known_invoices_.push_back({item.id, item.currency, item.total_ore, item.open_ore()});
}

result<sqlite_transaction::known_invoice> sqlite_transaction::receivable_of(row_id invoice_id) {
    for (const known_invoice& each : known_invoices_)
        if (each.id == invoice_id) return each;
    const auto read = [&](cursor& row) { return known_invoice{invoice_id, row.text(1), row.integer(0), row.integer(2)}; };
    auto found = first_row(receivable_state, read, tenant(), invoice_id);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!*found) return fail(error_code::not_found, fmt::format("no invoice has the id {}", format_id(invoice_id)));
    return std::move(**found);
}

result<void> sqlite_transaction::check_receivable(const entry& item, effect& of) {
    auto found = receivable_of(of.subject_id);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (found->currency != of.currency)
        return fail(error_code::invalid_argument,
                    fmt::format("invoice {} is not in the currency of this posting", format_id(of.subject_id)));
    of.left_ore = found->open_ore + of.change_ore;
    of.part_paid = of.left_ore > 0 && of.left_ore != found->total_ore;
    if (of.change_ore < 0 && of.left_ore < 0 && item.kind != entry_kind::correction)
        return fail(error_code::conflict, fmt::format("{} öre of invoice {} are open, less than the {} that this entry takes",
                                                      found->open_ore, format_id(of.subject_id), -of.change_ore));
    return {};
}

// What is spent must be there: the entry sees what earlier entries of every transaction left.
result<void> sqlite_transaction::check_effect(const entry& item, effect& of) {
    sql_text left = nullptr;
    std::string_view rule;
    switch (of.on) {
        case account::receivable:
            return check_receivable(item, of);
        case account::advance:
            left = free_on_advance;
            rule = "BILL-R25: ";
            break;
        case account::credit_note:
            left = open_on_credit_note;
            break;
        case account::payout:
            left = waiting_on_payout;
            rule = "RF-R01: ";
            break;
        case account::suspense: {
            if (item.kind != entry_kind::match) return {};
            auto waiting = suspense_of(of.subject_id);
            if (!waiting) return tl::unexpected(std::move(waiting.error()));
            // A deduction waits as a debit, so a match of it credits suspense.
            const bool covered =
                *waiting >= 0 ? of.change_ore >= 0 && of.change_ore <= *waiting : of.change_ore <= 0 && of.change_ore >= *waiting;
            if (covered) return {};
            return fail(error_code::conflict,
                        fmt::format("{} öre of payment {} are in suspense, not the {} that this entry takes", *waiting,
                                    format_id(of.subject_id), of.change_ore));
        }
        case account::bank:
        case account::billing:
        case account::difference:
            return {};
    }
    if (of.change_ore <= 0) return {};
    auto available = session_.database->number(left, tenant(), of.subject_id);
    if (!available) return tl::unexpected(std::move(available.error()));
    if (available->value_or(0) >= of.change_ore) return {};
    return fail(error_code::conflict, fmt::format("{}{} öre of {} {} are free, less than the {} that this entry takes", rule,
                                                  available->value_or(0), name(of.on), format_id(of.subject_id), of.change_ore));
}

result<void> sqlite_transaction::write_entry_rows(const entry& item, const std::vector<effect>& effects) {
    std::int64_t posting_no = 0;
    for (const posting& each : item.postings) {
        auto written =
            write(table::posting, insert_posting, tenant(), item.id, ++posting_no, static_cast<std::int64_t>(each.to),
                  each.amount_ore, each.currency, or_null(each.subject_id), each.part_no, each.customer_id, each.reason);
        if (!written) return tl::unexpected(std::move(written.error()));
    }
    auto written = write(table::journal_entry, insert_entry, tenant(), item.id, now(), static_cast<std::int64_t>(item.kind),
                         item.source_id, item.value_date, or_null(item.corrects_id));
    if (!written) return tl::unexpected(std::move(written.error()));
    for (const effect& each : effects) {
        if (!each.part_paid) continue;
        written = write(table::part_paid, insert_part_paid, tenant(), each.left_ore, each.subject_id, item.id);
        if (!written) return tl::unexpected(std::move(written.error()));
    }
    return {};
}

result<void> sqlite_transaction::add_entry(entry& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    auto balanced = check_balance(item);
    if (!balanced) return balanced;
    if (once_per_document(item.kind) && !source_is_new(item)) {
        auto there = entry_is_there(item);
        if (!there) return tl::unexpected(std::move(there.error()));
        if (*there) return {};
    }
    std::vector<effect> effects;
    for (const posting& each : item.postings) {
        if (each.to == account::bank || each.to == account::billing || each.to == account::difference) continue;
        auto of = std::find_if(effects.begin(), effects.end(), [&](const effect& known) {
            return known.on == each.to && known.subject_id == each.subject_id && known.currency == each.currency;
        });
        if (of == effects.end()) of = effects.insert(effects.end(), {each.to, each.subject_id, each.currency, 0, 0, false});
        of->change_ore += each.amount_ore;
    }
    for (effect& each : effects) {
        auto checked = check_effect(item, each);
        if (!checked) return checked;
    }
    // The commit record hashes part_paid in the order of writing: the one in which verify() reads it (tables.cpp).
    std::sort(effects.begin(), effects.end(), [](const effect& a, const effect& b) { return a.subject_id < b.subject_id; });
    known_invoices_.clear();
    last_posted_source_ = std::max(last_posted_source_, item.source_id);
    item.id = allot_id();
    return write_entry_rows(item, effects);
}

result<std::vector<entry>> sqlite_transaction::entries_about(row_id id_asked, std::size_t limit) {
    auto ids = rows(
        entry_ids_about, [](cursor& row) { return row.integer(0); }, tenant(), id_asked, static_cast<std::int64_t>(limit));
    if (!ids) return tl::unexpected(std::move(ids.error()));
    std::vector<entry> found;
    for (const row_id id : *ids) {
        auto visited = visit_entries(*session_.database, tenant(), id - 1, id, [&](const entry& item) -> result<void> {
            entry kept = item;
            for (posting& each : kept.postings) {
                each.customer_id = keep(each.customer_id);
                each.reason = keep(each.reason);
            }
            found.push_back(std::move(kept));
            return {};
        });
        if (!visited) return tl::unexpected(std::move(visited.error()));
    }
    return found;
}

result<void> sqlite_transaction::each_entry(const visitor<entry>& visit) {
    return visit_entries(*session_.database, tenant(), 0, INT64_MAX, visit);
}

}  // namespace brygga::ledger::sqlite
