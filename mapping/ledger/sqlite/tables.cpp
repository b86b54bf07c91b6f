#include "mapping/ledger/sqlite/tables.hpp"

#include <fmt/format.h>

namespace brygga::ledger::sqlite {

namespace {

constexpr std::array<covered_table, table_count> tables = {{
    {"customer", "SELECT * FROM customer WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 3},
    {"facility", "SELECT * FROM facility WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 3},
    {"invoice", "SELECT * FROM invoice WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"invoice_line",
     "SELECT * FROM invoice_line WHERE tenant_id = ?1 AND invoice_id > ?2 AND invoice_id <= ?3 ORDER BY invoice_id, line_no", 1},
    {"invoice_part",
     "SELECT * FROM invoice_part WHERE tenant_id = ?1 AND invoice_id > ?2 AND invoice_id <= ?3 ORDER BY invoice_id, part_no", 1},
    {"credit_note", "SELECT * FROM credit_note WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"objection", "SELECT * FROM objection WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"import_batch", "SELECT * FROM import_batch WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"report_number",
     "SELECT * FROM report_number WHERE tenant_id = ?1 AND batch_id > ?2 AND batch_id <= ?3 ORDER BY batch_id, container_no, "
     "series",
     1},
    {"deposit", "SELECT * FROM deposit WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"skipped_section",
     "SELECT * FROM skipped_section WHERE tenant_id = ?1 AND batch_id > ?2 AND batch_id <= ?3 ORDER BY batch_id, section_no", 1},
    {"deposit_total",
     "SELECT * FROM deposit_total WHERE tenant_id = ?1 AND batch_id > ?2 AND batch_id <= ?3 ORDER BY batch_id, section_no", 1},
    {"payment", "SELECT * FROM payment WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"payment_reference",
     "SELECT * FROM payment_reference WHERE tenant_id = ?1 AND payment_id > ?2 AND payment_id <= ?3 ORDER BY payment_id, "
     "reference_no",
     1},
    {"journal_entry", "SELECT * FROM journal_entry WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"posting", "SELECT * FROM posting WHERE tenant_id = ?1 AND entry_id > ?2 AND entry_id <= ?3 ORDER BY entry_id, posting_no",
     1},
    {"part_paid",
     "SELECT * FROM part_paid WHERE tenant_id = ?1 AND entry_id > ?2 AND entry_id <= ?3 ORDER BY entry_id, invoice_id", 3},
    {"advance", "SELECT * FROM advance WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"reservation", "SELECT * FROM reservation WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"reservation_part",
     "SELECT * FROM reservation_part WHERE tenant_id = ?1 AND reservation_id > ?2 AND reservation_id <= ?3 ORDER BY "
     "reservation_id, advance_id",
     2},
    {"reservation_use", "SELECT * FROM reservation_use WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 4},
    {"reservation_release", "SELECT * FROM reservation_release WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 2},
    {"hold", "SELECT * FROM hold WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"hold_decision", "SELECT * FROM hold_decision WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 2},
    {"handover", "SELECT * FROM handover WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"handover_closing", "SELECT * FROM handover_closing WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 2},
    {"handover_event", "SELECT * FROM handover_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"notice_closing", "SELECT * FROM notice_closing WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 2},
    {"outgoing", "SELECT * FROM outgoing WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"outgoing_event", "SELECT * FROM outgoing_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"fetched", "SELECT * FROM fetched WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"fetched_cleared", "SELECT * FROM fetched_cleared WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 2},
    {"original_removal", "SELECT * FROM original_removal WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"mandate", "SELECT * FROM mandate WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"mandate_event", "SELECT * FROM mandate_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"collection", "SELECT * FROM collection WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"collection_event", "SELECT * FROM collection_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"matter", "SELECT * FROM matter WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"matter_closing", "SELECT * FROM matter_closing WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 2},
    {"customer_account", "SELECT * FROM customer_account WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"payout", "SELECT * FROM payout WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"payout_event", "SELECT * FROM payout_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"registration", "SELECT * FROM registration WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"registration_event", "SELECT * FROM registration_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"customer_wishes", "SELECT * FROM customer_wishes WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"facility_event", "SELECT * FROM facility_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"invoice_run", "SELECT * FROM invoice_run WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"run_event", "SELECT * FROM run_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"run_document", "SELECT * FROM run_document WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"delivery", "SELECT * FROM delivery WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"delivery_event", "SELECT * FROM delivery_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"payment_match", "SELECT * FROM payment_match WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"print_batch", "SELECT * FROM print_batch WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"print_document", "SELECT * FROM print_document WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"print_status", "SELECT * FROM print_status WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"print_receipt", "SELECT * FROM print_receipt WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"print_receipt_event", "SELECT * FROM print_receipt_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"address_mark", "SELECT * FROM address_mark WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"protection_event", "SELECT * FROM protection_event WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
    {"file_person", "SELECT * FROM file_person WHERE tenant_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id", 1},
}};

}  // namespace

const covered_table& info(table of) noexcept {
    return tables[static_cast<std::size_t>(of)];
}

std::string commit_record(written_tables& written) {
    std::string text = "{";
    for (std::size_t i = 0; i < table_count; ++i) {
        if (!written[i]) continue;
        text += fmt::format(R"({}"{}":{{"rows":{},"sha256":"{}"}})", text.size() == 1 ? "" : ",", tables[i].name,
                            written[i]->rows, to_hex(written[i]->hash.finish()));
        written[i].reset();
    }
    return text + "}";
}

void hash_row(digest& into, const cursor& row) {
    for (int column = 0; column < row.columns(); ++column) {
        if (row.is_null(column))
            into.add_nothing();
        else if (row.is_integer(column))
            into.add(row.integer(column));
        else
            into.add(row.view(column));
    }
}

}  // namespace brygga::ledger::sqlite
