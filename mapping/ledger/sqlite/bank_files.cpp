// What bank files bring: batches, deposits and payments, and how the same ones are known again.
#include <fmt/format.h>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr std::string_view no_serial = "00000";

constexpr sql_text insert_batch =
    "INSERT INTO import_batch (tenant_id, id, recorded_at, file_id, source, identity, logical_no, written_at, test) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr sql_text select_batch =
    "SELECT id, written_at, test FROM import_batch WHERE tenant_id = ?1 AND source = ?2 AND identity = ?3";
constexpr sql_text insert_deposit =
    "INSERT INTO deposit (tenant_id, id, recorded_at, content_hash, batch_id, section_no, bankgiro, bank_account, payment_date, "
    "serial, currency, amount_ore, payments, deposit_type) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
constexpr sql_text select_deposit =
    "SELECT id, content_hash, recorded_at FROM deposit WHERE tenant_id = ?1 AND batch_id = ?2 AND section_no = ?3";
constexpr sql_text insert_payment =
    "INSERT INTO payment (tenant_id, id, recorded_at, content_hash, batch_id, deposit_id, ordinal, section_ordinal, kind, "
    "amount_ore, currency, value_date, bankgiro, channel, serial, reference, reference_code, deduction_code, image, message, "
    "payer_bankgiro, payer_name, payer_extra_name, payer_street, payer_postcode, payer_town, payer_country, payer_country_code, "
    "payer_identity_number, payer_account) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
    "?18, ?19, ?20, "
    "?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30) ON CONFLICT (tenant_id, batch_id, ordinal) DO NOTHING";
constexpr sql_text insert_reference =
    "INSERT INTO payment_reference (tenant_id, payment_id, reference_no, reference, code, amount_ore) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
constexpr sql_text select_known_payment =
    "SELECT id, content_hash, recorded_at FROM payment WHERE tenant_id = ?1 AND batch_id = ?2 AND ordinal = ?3";
constexpr sql_text select_payment =
    "SELECT id, batch_id, deposit_id, ordinal, section_ordinal, kind, amount_ore, currency, value_date, bankgiro, channel, "
    "serial, reference, reference_code, deduction_code, image, message, payer_bankgiro, payer_name, payer_extra_name, "
    "payer_street, payer_postcode, payer_town, payer_country, payer_country_code, payer_identity_number, content_hash, "
    "payer_account "
    "FROM payment WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_payments =
    "SELECT id, batch_id, deposit_id, ordinal, section_ordinal, kind, amount_ore, currency, value_date, bankgiro, channel, "
    "serial, reference, reference_code, deduction_code, image, message, payer_bankgiro, payer_name, payer_extra_name, "
    "payer_street, payer_postcode, payer_town, payer_country, payer_country_code, payer_identity_number, content_hash, "
    "payer_account "
    "FROM payment WHERE tenant_id = ?1 ORDER BY id";
constexpr sql_text select_references =
    "SELECT reference, code, amount_ore FROM payment_reference WHERE tenant_id = ?1 AND payment_id = ?2 ORDER BY reference_no";

constexpr sql_text find_batch_sql =
    "SELECT b.id, b.source, f.name, 0, 0 FROM import_batch b LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id "
    "AND "
    "f.id = b.file_id WHERE b.tenant_id = ?1 AND b.source = ?2 AND b.identity = ?3";
constexpr sql_text select_known_deposits =
    "SELECT d.id, b.source, f.format, f.name, d.currency, d.amount_ore, d.serial, d.bankgiro, d.payment_date, b.file_id "
    "FROM deposit d JOIN import_batch b ON "
    "b.tenant_id = d.tenant_id AND b.id = d.batch_id LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id AND "
    "f.id = b.file_id WHERE d.tenant_id = ?1 AND d.bankgiro = ?2 AND d.serial = ?3 AND d.payment_date BETWEEN ?4 AND ?5 "
    "ORDER BY d.id";
constexpr sql_text select_deposits_of_day =
    "SELECT d.id, b.source, f.format, f.name, d.currency, d.amount_ore, d.serial, d.bankgiro, d.payment_date, b.file_id "
    "FROM deposit d JOIN import_batch b ON "
    "b.tenant_id = d.tenant_id AND b.id = d.batch_id LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id AND "
    "f.id = b.file_id WHERE d.tenant_id = ?1 AND d.bankgiro = ?2 AND d.payment_date = ?3 AND d.amount_ore = ?4 ORDER BY d.id";
constexpr sql_text select_deposit_of_payment =
    "SELECT d.id, b.source, f.format, f.name, d.currency, d.amount_ore, d.serial, d.bankgiro, d.payment_date, b.file_id "
    "FROM payment p JOIN deposit d ON "
    "d.tenant_id = p.tenant_id AND d.id = p.deposit_id JOIN import_batch b ON b.tenant_id = d.tenant_id AND b.id = d.batch_id "
    "LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id AND f.id = b.file_id WHERE p.tenant_id = ?1 AND p.id = ?2";
constexpr sql_text select_deposit_by_id =
    "SELECT d.id, b.source, f.format, f.name, d.currency, d.amount_ore, d.serial, d.bankgiro, d.payment_date, b.file_id "
    "FROM deposit d JOIN import_batch b ON b.tenant_id = d.tenant_id AND b.id = d.batch_id "
    "LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id AND f.id = b.file_id WHERE d.tenant_id = ?1 AND d.id = ?2";
constexpr sql_text select_referred_payments =
    "SELECT id, trim(reference), amount_ore FROM payment WHERE tenant_id = ?1 AND deposit_id = ?2 AND kind = 0 ORDER BY "
    "section_ordinal";
constexpr sql_text select_payment_numbers =
    "SELECT coalesce(p.serial, ''), p.amount_ore, p.kind, CASE WHEN EXISTS (SELECT 1 FROM payment_reference r WHERE "
    "r.tenant_id = p.tenant_id AND r.payment_id = p.id) THEN '' ELSE p.reference END FROM payment p WHERE p.tenant_id = ?1 AND "
    "p.deposit_id = ?2";
constexpr sql_text other_batches =
    "SELECT EXISTS (SELECT 1 FROM import_batch WHERE tenant_id = ?1 AND source < ?2) OR "
    "EXISTS (SELECT 1 FROM import_batch WHERE tenant_id = ?1 AND source > ?2)";
constexpr sql_text select_payments_of_day =
    "SELECT coalesce(p.serial, ''), p.amount_ore, p.kind, CASE WHEN EXISTS (SELECT 1 FROM payment_reference r WHERE "
    "r.tenant_id = p.tenant_id AND r.payment_id = p.id) THEN '' ELSE p.reference END, d.id, b.file_id FROM deposit d "
    "JOIN import_batch b ON b.tenant_id = d.tenant_id AND b.id = d.batch_id "
    "LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id AND f.id = b.file_id "
    "JOIN payment p ON p.tenant_id = d.tenant_id AND p.deposit_id = d.id "
    "WHERE d.tenant_id = ?1 AND d.bankgiro = ?2 AND d.payment_date = ?3 AND coalesce(f.format, '') <> ?4 AND "
    "(?5 = 0 OR d.serial IN ('', '00000'))";
constexpr sql_text payment_by_serial =
    "SELECT p.id, b.source, f.name, p.value_date, coalesce(p.deposit_id, 0) FROM payment p "
    "JOIN import_batch b ON b.tenant_id = p.tenant_id AND b.id = p.batch_id "
    "LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id AND f.id = b.file_id "
    "WHERE p.tenant_id = ?1 AND p.serial = ?2 AND p.amount_ore = ?3 AND p.value_date >= ?4 AND (?5 IS NULL OR p.kind = ?5) "
    "AND p.id > ?6 AND b.file_id <> ?7 AND b.source <> ?8 ORDER BY p.id LIMIT 1";
constexpr sql_text payment_by_place =
    "SELECT p.id, b.source, f.name, p.value_date, d.id FROM deposit d JOIN payment p ON "
    "p.tenant_id = d.tenant_id AND p.deposit_id = d.id JOIN import_batch b ON b.tenant_id = p.tenant_id AND b.id = p.batch_id "
    "LEFT JOIN exchanged_file f ON f.tenant_id = b.tenant_id AND f.id = b.file_id "
    "WHERE d.tenant_id = ?1 AND d.bankgiro = ?2 AND d.serial = ?3 AND d.payment_date = ?4 AND p.section_ordinal = ?5 "
    "AND (?6 IS NULL OR p.amount_ore = ?6) AND (?7 IS NULL OR p.reference = ?7) ORDER BY p.id LIMIT 1";

hash_bytes hash_of(const deposit& item) {
    digest hash;
    for (const std::string* field : {&item.bankgiro, &item.bank_account, &item.serial, &item.currency, &item.deposit_type})
        hash.add(*field);
    return hash.add(to_number(item.payment_date)).add(item.amount_ore).add(std::int64_t{item.payments}).finish();
}

known_payment read_known(cursor& row) {
    return {row.integer(0), row.text(1), row.text(2), row.day(3), row.integer(4)};
}

known_deposit read_known_deposit(cursor& row) {
    return {row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4),
            row.integer(5), row.text(6), row.text(7), row.day(8),  row.integer(9)};
}

payment read_payment(cursor& row) {
    payment item;
    item.id = row.integer(0);
    item.batch_id = row.integer(1);
    item.deposit_id = row.integer(2);
    item.ordinal = row.as<std::uint32_t>(3);
    item.section_ordinal = row.as<std::uint32_t>(4);
    item.kind = row.as<payment_kind>(5);
    item.amount_ore = row.integer(6);
    item.currency = row.text(7);
    item.value_date = row.day(8);
    item.bankgiro = row.text(9);
    item.channel = row.letter(10);
    item.serial = row.text(11);
    item.reference = row.text(12);
    item.reference_code = row.letter(13);
    item.deduction_code = row.letter(14);
    item.image = row.flag(15);
    item.message = row.text(16);
    item.from = {row.text(17), row.text(18), row.text(19), row.text(20), row.text(21),
                 row.text(22), row.text(23), row.text(24), row.text(25), row.text(27)};
    item.content_hash = row.text(26);
    return item;
}

payment_trace read_trace(cursor& row) {
    return trace_of(row.view(0), row.as<payment_kind>(2) == payment_kind::deduction ? -row.integer(1) : row.integer(1),
                    row.view(3));
}

payment_reference read_reference(cursor& row) {
    return {row.text(0), row.letter(1), row.integer(2)};
}

}  // namespace

result<void> sqlite_transaction::add_batch(batch& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    const auto read = [&](cursor& row) {
        return std::pair(row.integer(0), row.view(1) == item.written_at && row.flag(2) == item.test);
    };
    auto known = first_row(select_batch, read, tenant(), item.source, item.identity);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if (!(*known)->second)
            return fail(error_code::conflict,
                        fmt::format("{} batch {} is there with another time of writing", item.source, item.identity));
        item.id = (*known)->first;
        return {};
    }
    item.id = allot_id();
    auto written = write(table::import_batch, insert_batch, tenant(), item.id, now(), item.file_id, item.source, item.identity,
                         item.logical_no, item.written_at, item.test);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<void> sqlite_transaction::add_deposit(deposit& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    const hash_bytes hash = hash_of(item);
    struct stored {
        row_id id{};
        std::string hash;
        timestamp_ms since_ms{};
    };
    const auto read = [](cursor& row) { return stored{row.integer(0), row.text(1), row.integer(2)}; };
    auto known = first_row(select_deposit, read, tenant(), item.batch_id, item.section_no);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        if ((*known)->hash != as_view(hash)) {
            hash_bytes there{};
            std::copy_n((*known)->hash.begin(), std::min((*known)->hash.size(), there.size()), there.begin());
            return fail(error_code::conflict, fmt::format("section {} of this batch is {}", item.section_no,
                                                          conflict_text((*known)->since_ms, to_hex(there), to_hex(hash))));
        }
        item.id = (*known)->id;
        return {};
    }
    item.id = allot_id();
    auto written = write(table::deposit, insert_deposit, tenant(), item.id, now(), blob{as_view(hash)}, item.batch_id,
                         item.section_no, item.bankgiro, item.bank_account, item.payment_date, item.serial, item.currency,
                         item.amount_ore, item.payments, item.deposit_type);
    if (!written) return tl::unexpected(std::move(written.error()));
    return {};
}

result<void> sqlite_transaction::known_payment_row(payment& item) {
    struct stored {
        row_id id{};
        std::string hash;
        timestamp_ms since_ms{};
    };
    const auto read = [](cursor& row) { return stored{row.integer(0), row.text(1), row.integer(2)}; };
    auto known = first_row(select_known_payment, read, tenant(), item.batch_id, item.ordinal);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (!*known) return fail(error_code::corrupt, "a payment is there and is not there");
    if ((*known)->hash != item.content_hash)
        return fail(error_code::conflict, fmt::format("payment {} of this batch is {}", item.ordinal,
                                                      conflict_text((*known)->since_ms, (*known)->hash, item.content_hash)));
    item.id = (*known)->id;
    return {};
}

result<void> sqlite_transaction::add_payment(payment& item) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    const row_id id = allot_id();
    const payer& from = item.from;
    auto inserted =
        write(table::payment, insert_payment, tenant(), id, now(), item.content_hash, item.batch_id, or_null(item.deposit_id),
              item.ordinal, item.section_ordinal, static_cast<std::int64_t>(item.kind), item.amount_ore, item.currency,
              item.value_date, item.bankgiro, item.channel, or_null(std::string_view(item.serial)), item.reference,
              item.reference_code, item.deduction_code, item.image, item.message, from.bankgiro, from.name, from.extra_name,
              from.street, from.postcode, from.town, from.country, from.country_code, from.identity_number, from.account);
    if (!inserted) return tl::unexpected(std::move(inserted.error()));
    if (!*inserted) return known_payment_row(item);
    item.id = id;
    std::int64_t reference_no = 0;
    for (const payment_reference& each : item.references) {
        auto written = write(table::payment_reference, insert_reference, tenant(), id, ++reference_no, each.reference, each.code,
                             each.amount_ore);
        if (!written) return tl::unexpected(std::move(written.error()));
    }
    return {};
}

result<std::optional<payment>> sqlite_transaction::find_payment(row_id id) {
    auto found = first_row(select_payment, read_payment, tenant(), id);
    if (!found || !*found) return found;
    auto references = rows(select_references, read_reference, tenant(), id);
    if (!references) return tl::unexpected(std::move(references.error()));
    (*found)->references = std::move(*references);
    return found;
}

result<void> sqlite_transaction::each_payment(const visitor<payment>& visit) {
    return visit_rows(
        select_payments,
        [&](cursor& row) -> result<void> {
            payment item = read_payment(row);
            auto references = rows(select_references, read_reference, tenant(), item.id);
            if (!references) return tl::unexpected(std::move(references.error()));
            item.references = std::move(*references);
            return visit(item);
        },
        tenant());
}

result<std::optional<known_payment>> sqlite_transaction::find_batch(std::string_view source, std::string_view identity) {
    return first_row(find_batch_sql, read_known, tenant(), source, identity);
}

result<std::vector<known_deposit>> sqlite_transaction::known_deposits(std::string_view bankgiro, int year,
                                                                      std::string_view serial) {
    if (serial == no_serial || serial.find_first_not_of(' ') == std::string_view::npos) return std::vector<known_deposit>{};
    const date first{std::chrono::year(year), std::chrono::January, std::chrono::day(1)};
    const date last{std::chrono::year(year), std::chrono::December, std::chrono::day(31)};
    return rows(select_known_deposits, read_known_deposit, tenant(), bankgiro, serial, first, last);
}

result<std::vector<known_deposit>> sqlite_transaction::deposits_of_day(std::string_view bankgiro, date payment_date,
                                                                       std::int64_t amount_ore) {
    return rows(select_deposits_of_day, read_known_deposit, tenant(), bankgiro, payment_date, amount_ore);
}

result<std::optional<known_deposit>> sqlite_transaction::deposit_of_payment(row_id payment_id) {
    return first_row(select_deposit_of_payment, read_known_deposit, tenant(), payment_id);
}

result<std::vector<other_payment>> sqlite_transaction::payments_of_day(std::string_view bankgiro, date payment_date,
                                                                       std::string_view format, bool without_number) {
    const auto read = [](cursor& row) { return other_payment{read_trace(row), row.integer(4), row.integer(5)}; };
    return rows(select_payments_of_day, read, tenant(), bankgiro, payment_date, format, without_number);
}

result<std::optional<known_deposit>> sqlite_transaction::deposit_with_id(row_id id) {
    return first_row(select_deposit_by_id, read_known_deposit, tenant(), id);
}

result<payment_traces> sqlite_transaction::traces_of_deposit(row_id deposit_id) {
    return rows(select_payment_numbers, read_trace, tenant(), deposit_id);
}

result<std::vector<referred_payment>> sqlite_transaction::payments_of_deposit(row_id deposit_id) {
    const auto read = [](cursor& row) { return referred_payment{row.integer(0), row.text(1), row.integer(2)}; };
    return rows(select_referred_payments, read, tenant(), deposit_id);
}

result<bool> sqlite_transaction::has_batches_of_others(std::string_view source) {
    auto found = session_.database->number(other_batches, tenant(), source);
    if (!found) return tl::unexpected(std::move(found.error()));
    return found->value_or(0) != 0;
}

result<std::optional<known_payment>> sqlite_transaction::payment_with_serial(const numbered& what) {
    std::optional<std::int64_t> code;
    if (what.kind) code = static_cast<std::int64_t>(*what.kind);
    return first_row(payment_by_serial, read_known, tenant(), what.serial, what.amount_ore, what.not_before, code, what.after,
                     what.other_than_file, what.other_than_source);
}

result<std::optional<known_payment>> sqlite_transaction::payment_at(const place& where) {
    return first_row(payment_by_place, read_known, tenant(), where.bankgiro, where.deposit_serial, where.payment_date,
                     where.section_ordinal, where.amount_ore, where.reference);
}

}  // namespace brygga::ledger::sqlite
