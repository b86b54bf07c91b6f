// The tables whose rows the log's commit records cover: each transaction ends with a log row that holds, for every table it
// wrote to, the number of its rows and a hash over them. Whatever is changed, added, replaced or taken away afterwards, with
// or without the triggers, no longer gives that hash.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/core/date.hpp"
#include "mapping/ledger/sqlite/connection.hpp"
#include "mapping/ledger/sqlite/digest.hpp"

namespace brygga::ledger::sqlite {

enum class table : std::uint8_t {
    customer,
    facility,
    invoice,
    invoice_line,
    invoice_part,
    credit_note,
    objection,
    import_batch,
    report_number,
    deposit,
    skipped_section,
    deposit_total,
    payment,
    payment_reference,
    journal_entry,
    posting,
    part_paid,
    advance,
    reservation,
    reservation_part,
    reservation_use,
    reservation_release,
    hold,
    hold_decision,
    handover,
    handover_closing,
    handover_event,
    notice_closing,
    outgoing,
    outgoing_event,
    fetched,
    fetched_cleared,
    original_removal,
    mandate,
    mandate_event,
    collection,
    collection_event,
    matter,
    matter_closing,
    customer_account,
    payout,
    payout_event,
    registration,
    registration_event,
    customer_wishes,
    facility_event,
    invoice_run,
    run_event,
    run_document,
    delivery,
    delivery_event,
    payment_match,
    print_batch,
    print_document,
    print_status,
    print_receipt,
    print_receipt_event,
    address_mark,
    protection_event,
    file_person,
};
inline constexpr std::size_t table_count = 60;

struct covered_table {
    std::string_view name;
    // All columns, in the order in which INSERT names them, of the rows that belong to ids with ?2 < id <= ?3, in the order of
    // writing. A row without an id of its own belongs to the row that it names.
    sql_text rows;
    int id_column;  // of these, the one with that id
};
[[nodiscard]] const covered_table& info(table of) noexcept;

// What a transaction has written to one table so far.
struct written_rows {
    digest hash;
    std::uint64_t rows{};
};
using written_tables = std::array<std::optional<written_rows>, table_count>;

// {"payment":{"rows":3,"sha256":"..."},...}, tables without rows left out. Takes the hashes out of `written`.
[[nodiscard]] std::string commit_record(written_tables& written);

// A value as it is bound, and a row as it is read, give the same bytes to the hash.
template <std::integral Number>
void hash_value(digest& into, Number value) {
    into.add(static_cast<std::int64_t>(value));
}
inline void hash_value(digest& into, date value) {
    into.add(to_number(value));
}
inline void hash_value(digest& into, std::string_view value) {
    into.add(value);
}
inline void hash_value(digest& into, const std::string& value) {
    into.add(std::string_view(value));
}
inline void hash_value(digest& into, char value) {
    into.add(value);
}
inline void hash_value(digest& into, blob value) {
    into.add(value.bytes);
}
template <class Value>
void hash_value(digest& into, const std::optional<Value>& value) {
    if (value)
        hash_value(into, *value);
    else
        into.add_nothing();
}
void hash_row(digest& into, const cursor& row);

}  // namespace brygga::ledger::sqlite
