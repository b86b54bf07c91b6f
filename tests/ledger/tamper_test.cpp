// Whoever edits the database, with or without its triggers, is found out by verify(), with the table and the id.
#include <fstream>
#include <iterator>

#include "tests/ledger/sqlite_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

struct tampering {
    std::string_view what;
    std::string_view table;
    std::string_view sql;
    bool balanced;
    std::string_view fault;

    friend std::ostream& operator<<(std::ostream& out, const tampering& each) { return out << each.what; }
};

class tampered : public sqlite_store, public testing::WithParamInterface<tampering> {};

TEST_P(tampered, is_found_by_verify) {
    fill();
    const tampering& each = GetParam();
    std::string id;
    {
        auto ledger = open();
        const proof before = must(ledger->verify(tenant));
        ASSERT_TRUE(before.balanced && before.chain_intact) << testing::PrintToString(before.faults);
    }
    {
        raw_database raw(path);
        const std::string table(each.table);
        ASSERT_EQ(raw.run("DROP TRIGGER " + table + "_never_updated; DROP TRIGGER " + table + "_never_deleted;" +
                          "DROP TRIGGER IF EXISTS " + table + "_never_replaced;" + std::string(each.sql)),
                  "");
    }
    // Whoever took the triggers away may also put them back.
    const proof after = must(open()->verify(tenant));
    EXPECT_EQ(after.balanced, each.balanced);
    EXPECT_FALSE(after.balanced && after.chain_intact);
    const std::string faults = testing::PrintToString(after.faults);
    EXPECT_NE(faults.find(each.fault), std::string::npos) << faults;
    EXPECT_NE(faults.find("table " + std::string(each.table)), std::string::npos) << faults;
}

INSTANTIATE_TEST_SUITE_P(
    rows, tampered,
    testing::Values(
        tampering{"one posting", "posting", "UPDATE posting SET amount_ore = amount_ore + 1 WHERE account = 0", false,
                  "is off by 1 öre"},
        tampering{"a balanced change", "posting", "UPDATE posting SET amount_ore = amount_ore * 2", true, "commit record"},
        tampering{"a reason", "posting", "UPDATE posting SET reason = 'y' WHERE account = 4", true, "commit record"},
        tampering{"a posting gone", "posting", "DELETE FROM posting WHERE account = 5", false, "fewer than two postings"},
        tampering{"orphan postings", "posting",
                  "INSERT INTO posting VALUES (1, 9, 1, 5, 100, 'SEK', NULL, 0, '', 'x'); "
                  "INSERT INTO posting VALUES (1, 9, 2, 5, -100, 'SEK', NULL, 0, '', 'x')",
                  false, "table posting: the postings of entry 0000000000009 have no entry"},
        tampering{
            "a posting to an entry that is there", "posting",
            "DROP TRIGGER posting_after_its_entry; INSERT INTO posting SELECT tenant_id, entry_id, 99, account, 0, currency, "
            "subject_id, part_no, customer_id, reason FROM posting LIMIT 1",
            true, "13 rows of"},
        tampering{"a value date", "journal_entry", "UPDATE journal_entry SET value_date = 20200101 WHERE kind = 0", true,
                  "commit record"},
        tampering{"an entry replaced", "journal_entry",
                  "DROP TRIGGER entry_is_sound; INSERT OR REPLACE INTO journal_entry SELECT tenant_id, id, recorded_at, kind, "
                  "source_id, 20200101, NULL "
                  "FROM journal_entry",
                  true, "commit record"},
        tampering{"a payer", "payment", "UPDATE payment SET payer_name = 'X' WHERE amount_ore = 700", true, "2 rows of"},
        tampering{"a payment gone", "payment", "DELETE FROM payment WHERE amount_ore = 700", true,
                  "but 2 rows were written there"},
        tampering{
            "a payment replaced by hand", "payment",
            "INSERT OR REPLACE INTO payment SELECT tenant_id, id, recorded_at, content_hash, batch_id, deposit_id, ordinal, "
            "section_ordinal, kind, amount_ore, currency, value_date, bankgiro, channel, serial, '1', reference_code, "
            "deduction_code, image, message, payer_bankgiro, payer_name, payer_extra_name, payer_street, payer_postcode, "
            "payer_town, payer_country, payer_country_code, payer_identity_number, payer_account FROM payment",
            true, "2 rows of"},
        tampering{"a reference of a payment", "payment_reference", "UPDATE payment_reference SET reference = '1'", true,
                  "1 rows of"},
        tampering{"a batch's identity", "import_batch", "UPDATE import_batch SET identity = 'x' || identity", true, "2 rows of"},
        tampering{"a report's number", "report_number", "UPDATE report_number SET number = 8", true, "1 rows of"},
        tampering{"a deposit's amount", "deposit", "UPDATE deposit SET amount_ore = 1", true, "2 rows of"},
        tampering{"what a section was skipped for", "skipped_section", "UPDATE skipped_section SET rule = 'x'", true,
                  "1 rows of"},
        tampering{"the total of a statement", "deposit_total", "UPDATE deposit_total SET amount_ore = 1", true, "1 rows of"},
        tampering{"whom a file goes to", "outgoing", "UPDATE outgoing SET partner = 'other'", true, "1 rows of"},
        tampering{"how far a file has come", "outgoing_event", "UPDATE outgoing_event SET state = 3", true, "2 rows of"},
        tampering{"a fetched file's hash", "fetched", "UPDATE fetched SET sha256 = 'x'", true, "1 rows of"},
        tampering{"when a file was cleared away", "fetched_cleared", "UPDATE fetched_cleared SET recorded_at = 1", true,
                  "1 rows of"},
        tampering{"when an original was removed", "original_removal", "UPDATE original_removal SET recorded_at = 1", true,
                  "1 rows of"},
        tampering{"that an original was removed", "original_removal", "DELETE FROM original_removal", true,
                  "no row under commit record"},
        tampering{"whose a mandate is", "mandate", "UPDATE mandate SET payer_number = '1'", true, "1 rows of"},
        tampering{"how far a mandate has come", "mandate_event", "UPDATE mandate_event SET state = 2", true, "1 rows of"},
        tampering{"what is collected", "collection", "UPDATE collection SET amount_ore = 1", true, "1 rows of"},
        tampering{"how far a collection has come", "collection_event", "UPDATE collection_event SET state = 2", true,
                  "1 rows of"},
        tampering{"what must be seen to", "matter", "UPDATE matter SET kind = 'x'", true, "1 rows of"},
        tampering{"who has seen to a matter", "matter_closing", "UPDATE matter_closing SET actor = 'somebody else'", true,
                  "1 rows of"},
        tampering{"a customer's account", "customer_account", "UPDATE customer_account SET number = '1'", true, "1 rows of"},
        tampering{"what is paid out", "payout", "UPDATE payout SET amount_ore = 1", true, "1 rows of"},
        tampering{"where a payout goes", "payout_event", "UPDATE payout_event SET number = '1'", true, "1 rows of"},
        tampering{"who registered", "registration", "UPDATE registration SET receiver = '1'", true, "1 rows of"},
        tampering{"whose a registration is", "registration_event", "UPDATE registration_event SET customer_id = 'K2'", true,
                  "1 rows of"},
        tampering{"what a customer wishes", "customer_wishes", "UPDATE customer_wishes SET endpoint = '2'", true, "1 rows of"},
        tampering{"when a facility was connected", "facility_event", "UPDATE facility_event SET day = 20260101", true,
                  "1 rows of"},
        tampering{"which file a run was", "invoice_run", "UPDATE invoice_run SET sha256 = 'x'", true, "1 rows of"},
        tampering{"how far a run has come", "run_event", "UPDATE run_event SET state = 2", true, "1 rows of"},
        tampering{"what was in a run", "run_document", "UPDATE run_document SET amount_ore = 1", true, "1 rows of"},
        tampering{"how a document went", "delivery", "UPDATE delivery SET channel = 0", true, "1 rows of"},
        tampering{"what became of a document", "delivery_event", "UPDATE delivery_event SET state = 5", true, "1 rows of"},
        tampering{"a hold's reason", "hold", "UPDATE hold SET reasons = 'x'", true, "1 rows of"},
        tampering{"who decided", "hold_decision", "UPDATE hold_decision SET actor = 'somebody else'", true, "1 rows of"},
        tampering{"a decision gone", "hold_decision", "DELETE FROM hold_decision", true, "no row under commit record"},
        tampering{"what was handed on", "handover", "UPDATE handover SET left_out = 0", true, "1 rows of"},
        tampering{"who entered it", "handover_closing", "UPDATE handover_closing SET actor = 'somebody else'", true, "1 rows of"},
        tampering{"that it was handed over", "handover_event", "UPDATE handover_event SET step = 1", true, "1 rows of"},
        tampering{"who has seen to it", "notice_closing", "UPDATE notice_closing SET actor = 'somebody else'", true, "1 rows of"},
        tampering{"an invoice's reference", "invoice", "UPDATE invoice SET reference = '1'", true, "1 rows of"},
        tampering{"an invoice's line", "invoice_line", "UPDATE invoice_line SET text = 'x'", true, "1 rows of"},
        tampering{"an invoice's part", "invoice_part", "UPDATE invoice_part SET supply_point = 'x'", true, "1 rows of"},
        tampering{"a credit note's settlement", "credit_note", "UPDATE credit_note SET settlement = 1", true, "1 rows of"},
        tampering{"who matched", "payment_match", "UPDATE payment_match SET actor = 'somebody else'", true, "1 rows of"},
        tampering{"an objection", "objection", "UPDATE objection SET state = 3", true, "1 rows of"},
        tampering{"a customer", "customer", "UPDATE customer SET protected_identity = 1", true, "1 rows of"},
        tampering{"no identity number", "customer", "UPDATE customer SET identity_number = NULL", true, "1 rows of"},
        tampering{"a facility", "facility", "UPDATE facility SET customer_id = 'K2'", true, "1 rows of"},
        tampering{"an advance", "advance", "UPDATE advance SET customer_id = 'K2'", true, "1 rows of"},
        tampering{"a reservation", "reservation", "UPDATE reservation SET customer_id = 'K2'", true, "1 rows of"},
        tampering{"a part of a reservation", "reservation_part", "UPDATE reservation_part SET amount_ore = 450", true,
                  "1 rows of"},
        tampering{"a use of a reservation", "reservation_use", "UPDATE reservation_use SET amount_ore = 1", true, "1 rows of"},
        tampering{"a release gone", "reservation_release", "DELETE FROM reservation_release", true, "no row under commit record"},
        tampering{"a search aid", "part_paid", "UPDATE part_paid SET open_ore = open_ore + 1", true, "2 rows of"},
        tampering{"a row that no commit record covers", "customer",
                  "INSERT INTO customer SELECT tenant_id, 'K9', 1, 9223372036854775807, recorded_at, content_hash, name, NULL, "
                  "category, street, postcode, town, country_code, telephone, email, branch_code, is_foreign, estate, "
                  "protected_identity FROM customer",
                  true, "after the last commit record"},
        tampering{"a log row", "log", "UPDATE log SET data = '{}' WHERE log_no = 1", true, "does not follow"},
        tampering{"the last log row gone", "log", "DELETE FROM log WHERE log_no = (SELECT max(log_no) FROM log)", true,
                  "but the head kept beside the database saw row"},
        tampering{"a log row gone", "log", "DELETE FROM log WHERE log_no = 2", true, "row 2 is missing"},
        tampering{"a file's hash", "exchanged_file", "UPDATE exchanged_file SET sha256 = 'x'", true, "not as it was logged"},
        tampering{"a file's outcome", "exchanged_file", "UPDATE exchanged_file SET outcome = 1", true, "not as it was logged"},
        tampering{"a receipt", "exchanged_file", "UPDATE exchanged_file SET receipt = '{}'", true, "not as it was logged"},
        tampering{"a file more", "exchanged_file",
                  "INSERT INTO exchanged_file VALUES (1, 9, 0, 'c', 'n', 'f', 's', 0, 0, '', '')", true,
                  "3 files are there, 2 were logged"}));

TEST_F(sqlite_store, replace_is_refused_by_hand_too) {
    fill();
    raw_database raw(path);
    // As SQLite is by default: REPLACE takes the row away without asking the DELETE trigger.
    for (const std::string table : {"customer",
                                    "facility",
                                    "invoice",
                                    "invoice_line",
                                    "invoice_part",
                                    "credit_note",
                                    "objection",
                                    "payment_match",
                                    "exchanged_file",
                                    "import_batch",
                                    "report_number",
                                    "skipped_section",
                                    "deposit_total",
                                    "outgoing",
                                    "outgoing_event",
                                    "fetched",
                                    "fetched_cleared",
                                    "deposit",
                                    "advance",
                                    "reservation",
                                    "reservation_part",
                                    "reservation_use",
                                    "reservation_release",
                                    "hold",
                                    "hold_decision",
                                    "handover",
                                    "handover_closing",
                                    "handover_event",
                                    "notice_closing",
                                    "original_removal",
                                    "mandate",
                                    "mandate_event",
                                    "collection",
                                    "collection_event",
                                    "matter",
                                    "matter_closing",
                                    "customer_account",
                                    "payout",
                                    "payout_event",
                                    "registration",
                                    "registration_event",
                                    "customer_wishes",
                                    "facility_event",
                                    "invoice_run",
                                    "run_event",
                                    "run_document",
                                    "delivery",
                                    "delivery_event",
                                    "log",
                                    "part_paid"})
        EXPECT_NE(raw.run("INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table), "") << table;
    EXPECT_EQ(raw.run("INSERT OR REPLACE INTO hold_decision SELECT * FROM hold_decision"),
              "rows of hold_decision are never replaced");
    EXPECT_EQ(raw.run("INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE kind > 3"),
              "rows of journal_entry are never replaced");
    EXPECT_EQ(raw.run("INSERT OR REPLACE INTO posting SELECT * FROM posting"), "the entry of this posting is closed");
}

struct replacement {
    std::string_view table;
    std::string_view values;  // of a row of the table, with another primary key
};
constexpr replacement replacements[] = {
    {"tenant", "tenant_id + 7, name"},
    {"customer",
     "tenant_id, 'K9', version, id, recorded_at, content_hash, name, identity_number, category, street, postcode, town, "
     "country_code, telephone, email, branch_code, is_foreign, estate, protected_identity"},
    {"facility",
     "tenant_id, 'A9', version, id, recorded_at, content_hash, customer_id, kind, gsrn, property_designation, "
     "supply_address"},
    {"invoice",
     "tenant_id, id + 1000, recorded_at, content_hash, number, customer_id, reference, issue_date, due_date, currency, "
     "total_ore, rounding_ore, reservation_id, prepaid_ore, document"},
    {"credit_note",
     "tenant_id, id + 1000, recorded_at, content_hash, number, customer_id, reference, invoice_number, kind, supply_point, "
     "issue_date, currency, amount_ore, settlement, document"},
    {"exchanged_file", "tenant_id, id + 1000, recorded_at, claim, name, format, sha256, size_bytes, outcome, profile, receipt"},
    {"import_batch", "tenant_id, id + 1000, recorded_at, file_id, source, identity, logical_no, written_at, test"},
    {"deposit",
     "tenant_id, id + 1000, recorded_at, content_hash, batch_id, section_no, bankgiro, bank_account, payment_date, serial, "
     "currency, amount_ore, payments, deposit_type"},
    {"advance", "tenant_id, id + 1000, recorded_at, customer_id, payment_id, value_date, currency"},
    {"reservation_use", "tenant_id, reservation_id, advance_id, invoice_id + 1000, id, recorded_at, amount_ore"},
    {"reservation_release", "tenant_id, reservation_id + 1000, id, recorded_at"},
    {"hold", "tenant_id, id + 1000, recorded_at, file_id, subject, logical_no, section_no, payment_id, reasons, detail"},
    {"hold_decision", "tenant_id, hold_id + 1000, id, recorded_at, verdict, actor, reason"},
    {"handover", "tenant_id, id + 1000, recorded_at, file_id, logical_no, section_no, format, folder, staged, left_out, told"},
    {"handover_closing", "tenant_id, handover_id + 1000, id, recorded_at, actor, reason"},
    {"outgoing",
     "tenant_id, id + 1000, recorded_at, key, partner, folder, name, format, reference, sha256, size_bytes, not_before, "
     "laid_sha256"},
    {"fetched_cleared", "tenant_id, fetched_id + 1000, id, recorded_at"},
    {"mandate", "tenant_id, id + 1000, recorded_at, bankgiro, payer_number, is_change"},
    {"collection",
     "tenant_id, id + 1000, recorded_at, key, mandate_id, invoice_id, bankgiro, payer_number, payment_day, amount_ore, "
     "currency, reference"},
    {"matter", "tenant_id, id + 1000, recorded_at, key, kind, subject_id, customer_id, file_id, detail"},
    {"matter_closing", "tenant_id, matter_id + 1000, id, recorded_at, actor, reason"},
    {"payout", "tenant_id, id + 1000, recorded_at, key, customer_id, amount_ore, currency, purpose"},
    {"registration", "tenant_id, id + 1000, recorded_at, key, kind, sender, receiver, customer_number, day, fields, source_id"},
    {"facility_event", "tenant_id, id + 1000, recorded_at, facility_id, what, day"},
    {"invoice_run", "tenant_id, id + 1000, recorded_at, key, kind, month, sha256, invoices, credit_notes, manifest"},
    {"run_document",
     "tenant_id, id + 1000, recorded_at, run_id, line_no, is_credit_note, number, document_id, customer_id, due, amount_ore"},
    {"delivery", "tenant_id, id + 1000, recorded_at, run_document_id, step, channel"},
    {"delivery_event", "tenant_id, id + 1000, recorded_at, delivery_id, state, outgoing_id, code, text, key, actor, reason"},
    {"print_batch", "tenant_id, id + 1000, recorded_at, batch_id, sequence, flow, is_protected, digest, outgoing_id, documents"},
    {"print_document", "tenant_id, id + 1000, recorded_at, print_batch_id, document_id, delivery_id, sha256, pages, sheets"},
    {"file_person", "tenant_id, id + 1000, recorded_at, outgoing_id, customer_id, epoch"},
};

// A row with a new id and the natural key of one that is there: REPLACE would take that one away.
TEST_F(sqlite_store, replace_by_natural_key_is_refused_by_hand_too) {
    fill();
    raw_database raw(path);
    for (const replacement& each : replacements) {
        const std::string table(each.table);
        // BILL-R24's own trigger is asked too, and which comes first is SQLite's choice.
        raw.run("DROP TRIGGER IF EXISTS reserved_use");
        EXPECT_EQ(raw.run("INSERT OR REPLACE INTO " + table + " SELECT " + std::string(each.values) + " FROM " + table),
                  "rows of " + table + " are never replaced");
    }
    EXPECT_EQ(raw.number("SELECT count(DISTINCT s.name) FROM sqlite_schema s, pragma_index_list(s.name) l WHERE s.type = 'table' "
                         "AND l.\"unique\" AND l.origin <> 'pk'"),
              std::ssize(replacements) + 1)
        << "payment has one too: of that the log tells";
}

class cut_tail : public sqlite_store {
 protected:
    // A transaction of one customer.
    void write(std::string_view customer_id) {
        auto ledger = open();
        auto into = must(ledger->begin(tenant));
        must(into->put_customer(a_customer(customer_id)));
        must(into->commit());
    }
    // The last transaction goes without a trace.
    void cut() {
        raw_database raw(path);
        ASSERT_EQ(raw.run("DROP TRIGGER customer_never_deleted; DROP TRIGGER log_never_deleted; "
                          "DELETE FROM customer WHERE id = (SELECT max(id) FROM customer); "
                          "DELETE FROM log WHERE log_no = (SELECT max(log_no) FROM log)"),
                  "");
    }
    std::string faults(std::span<const log_head> noted = {}) {
        return testing::PrintToString(must(open()->verify(tenant, noted)).faults);
    }
    [[nodiscard]] std::filesystem::path head() const { return path + ".head"; }
    [[nodiscard]] std::string head_text() const {
        std::ifstream file(head());
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

TEST_F(cut_tail, is_proved_by_the_head_beside_the_database) {
    write("K1");
    write("K2");
    EXPECT_EQ(faults(), "{}");
    EXPECT_EQ(must(open()->verify(tenant)).head_log_no, 2);
    cut();
    EXPECT_NE(faults().find("table log: the newest row is 1, but the head kept beside the database saw row 2"), std::string::npos)
        << faults();
}

TEST_F(cut_tail, stays_proved_when_the_log_is_written_on) {
    write("K1");
    write("K2");
    const std::string kept = head_text();
    cut();
    write("K3");
    write("K4");
    EXPECT_EQ(head_text(), kept);
    EXPECT_NE(faults().find("table log: row 2 is not the one that the head kept beside the database saw"), std::string::npos)
        << faults();
}

TEST_F(cut_tail, is_no_proof_when_only_the_head_is_behind) {
    write("K1");
    const std::string kept = head_text();
    write("K2");
    std::ofstream(head()) << kept;  // as after a process that was killed between the two
    EXPECT_EQ(faults(), "{}");
    write("K3");
    EXPECT_EQ(head_text().substr(0, 2), "3 ");
}

TEST_F(cut_tail, is_proved_by_a_head_that_was_noted) {
    write("K1");
    write("K2");
    const log_head noted = must(must(open()->begin_read(tenant))->newest_log());
    EXPECT_EQ(noted.log_no, 2);
    EXPECT_EQ(faults({&noted, 1}), "{}");
    cut();
    std::ofstream(head()) << "";  // whoever cuts may empty the file too
    EXPECT_EQ(faults(), "{}");
    EXPECT_NE(faults({&noted, 1}).find("the head that was noted saw row 2"), std::string::npos) << faults({&noted, 1});
}

TEST_F(cut_tail, cannot_be_told_without_the_head) {
    write("K1");
    std::filesystem::remove(head());
    EXPECT_NE(faults().find("whether the end of the log was cut off cannot be told"), std::string::npos) << faults();
    write("K2");  // is never made again by itself
    EXPECT_FALSE(std::filesystem::exists(head()));
    std::ofstream(head()) << "";
    write("K3");
    EXPECT_EQ(faults(), "{}");
    std::ofstream(head()) << "3 short stadsnat\n";
    EXPECT_NE(faults().find("not what was written"), std::string::npos) << faults();
}

TEST_F(cut_tail, the_head_has_a_line_per_tenant) {
    write("K1");
    {
        auto ledger = open();
        auto into = must(ledger->begin("energi"));
        must(into->put_customer(a_customer()));
        must(into->commit());
        expect_error(ledger->begin("a\nb"), error_code::invalid_argument);
    }
    write("K2");
    const std::string text = head_text();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
    EXPECT_EQ(faults(), "{}");
    EXPECT_FALSE(std::filesystem::exists(head().string() + ".tmp"));
}

}  // namespace
}  // namespace brygga::ledger
