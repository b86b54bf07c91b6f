// Import and export of JSON Lines.
#include "mapping/ledger/json_lines.hpp"

#include <set>
#include <sstream>

#include <fmt/format.h>

#include "mapping/ledger/json/line_reader.hpp"
#include "mapping/ledger/json/strict_json.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

constexpr std::string_view customer_line =
    R"({"type":"customer","customer_id":"K1","name":"Berit Björk","identity_number":"198112289874","category":"consumer",)"
    R"("street":"Exempelvägen 1","postcode":"12345","town":"Exempelstad","country_code":"SE","telephone":"0701740605",)"
    R"("email":"berit@example.org","foreign":false})";
constexpr std::string_view facility_line =
    R"({"type":"facility","facility_id":"A1","customer_id":"K1","utility":"EL","gsrn":"735999123000045676",)"
    R"("property_designation":"EXEMPLET 1:1","supply_address":"Exempelvägen 1, Exempelstad"})";
constexpr std::string_view invoice_line =
    R"({"type":"invoice","number":"10002347","customer_id":"K1","reference":"1000234706","issue_date":"2026-03-02",)"
    R"("due_date":"2026-03-31","currency":"SEK","total_ore":150000,"rounding_ore":-25,"lines":[)"
    R"({"utility":"EL","supply_point":"A1","text":"Elnät februari","amount_ore":100025},)"
    R"({"utility":"VA","supply_point":"A1","amount_ore":50000}]})";
constexpr std::string_view credit_note_line =
    R"({"type":"credit_note","number":"C1","customer_id":"K1","reference":"7010019","invoice_number":"10002347","utility":"EL",)"
    R"("supply_point":"A1","issue_date":"2026-03-09","currency":"SEK","amount_ore":10000,"settlement":"open"})";

// The line with one piece of text replaced; the piece must be there.
std::string with(std::string_view line, std::string_view piece, std::string_view other) {
    std::string changed(line);
    const std::size_t at = changed.find(piece);
    if (at == std::string::npos) throw std::runtime_error("no such piece: " + std::string(piece));
    return changed.replace(at, piece.size(), other);
}

std::string all_lines() {
    return fmt::format("{}\n{}\n{}\n{}\n", customer_line, facility_line, invoice_line, credit_note_line);
}

std::string told(const import_report& report) {
    std::string text;
    for (const import_note& each : report.notes)
        text += fmt::format("{} {} {} {} {}\n", static_cast<int>(each.level), each.line, each.pointer, each.rule, each.text);
    return text;
}

class json_lines : public store_test {
 protected:
    json_lines() {
        options.today = issued;
        options.ocr.level = ocr_level::variable_length;
    }
    import_report import(const std::string& text) {
        std::istringstream lines(text);
        return must(import_lines(
            lines, [&] { return ledger->begin(tenant); }, options));
    }
    std::string exported() {
        std::ostringstream out;
        must(export_lines(*read(), out));
        return out.str();
    }
    import_options options;
};

TEST_P(json_lines, protected_persons_are_not_exported) {
    import(all_lines());
    const std::string whole = exported();
    std::string customer_id;
    {
        auto into = begin();
        must(into->each_customer([&](const customer& each) -> result<void> {
            customer_id = each.customer_id;
            return {};
        }));
        protection_event event;
        event.customer_id = customer_id;
        event.now = protection::manual;
        event.since = *parse_iso_date("2026-03-01");
        must(into->protections().add_protection_event(event));
        must(into->commit());
    }
    std::ostringstream out;
    EXPECT_EQ(must(export_lines(*read(), out)), 4u) << "PRO-R14";
    EXPECT_EQ(out.str(), "");
    EXPECT_NE(whole, "");
}

TEST_P(json_lines, every_type_is_imported_and_exported_as_it_was) {
    const import_report report = import(all_lines());
    EXPECT_EQ(told(report), "");
    EXPECT_EQ(report.lines, 4U);
    EXPECT_EQ(report.inserted, 4U);
    EXPECT_EQ(exported(), all_lines());
    const auto item = must(read()->invoice_with_number("10002347"));
    ASSERT_TRUE(item);
    EXPECT_EQ(item->open_ore(), 150000);
    EXPECT_EQ(item->parts[0].part.amount_ore, 100000);
}

TEST_P(json_lines, the_same_again_is_already_there) {
    import(all_lines());
    const import_report again = import(all_lines());
    EXPECT_EQ(again.already_there, 4U);
    EXPECT_EQ(again.inserted, 0U);
    EXPECT_EQ(must(ledger->verify(tenant)).entries, 2U);
}

TEST_P(json_lines, changes_are_new_versions_and_conflicts) {
    import(all_lines());
    const import_report report = import(fmt::format("{}\n{}\n", with(customer_line, "Exempelvägen 1", "Exempelvägen 2"),
                                                    with(invoice_line, "Elnät februari", "Elnät mars")));
    EXPECT_EQ(report.new_version, 1U);
    EXPECT_EQ(report.conflict, 1U);
    ASSERT_EQ(report.notes.size(), 1U);
    EXPECT_EQ(report.notes[0].level, note_level::conflict);
    EXPECT_EQ(report.notes[0].line, 2U);
    EXPECT_NE(report.notes[0].text.find("now with content"), std::string::npos);
}

TEST_P(json_lines, good_lines_around_bad_ones_are_kept) {
    const import_report report =
        import(fmt::format("\n{}\nnonsense\n{}\r\n{}", customer_line, with(invoice_line, "150000", "150001"), invoice_line));
    EXPECT_EQ(report.lines, 4U);
    EXPECT_EQ(report.inserted, 2U);
    EXPECT_EQ(report.bad, 2U);
    EXPECT_EQ(told(report),
              "2 3   not JSON from byte 2\n"
              "2 4 /total_ore BILL-R29 the lines and the rounding make 150000 öre, the total is 150001\n");
    EXPECT_TRUE(must(read()->invoice_with_number("10002347")));
}

struct bad_line {
    std::string_view what;
    std::string line;
    std::string pointer;
    std::string_view rule;
    std::string_view text;
};

const std::vector<bad_line> bad_lines = {
    {"not an object", "[1]", "/type", "", "a line is an object with a type"},
    {"no type", "{}", "/type", "", "a line is an object with a type"},
    {"type is no text", R"({"type":1})", "/type", "", "a line is an object with a type"},
    {"unknown type", R"({"type":"payment"})", "/type", "",
     "is none of customer, facility, invoice, credit_note, registration, receipt, facility_event"},
    {"two values", std::string(customer_line) + "{}", "", "", "not JSON"},
    {"not UTF-8", with(customer_line, "Björk", "Bj\xF6rk"), "", "", "not UTF-8"},
    {"half a surrogate", with(customer_line, "Björk", "\\ud800"), "", "", "not JSON"},
    {"control character", with(customer_line, "Björk", "Bj\\u0000rk"), "/name", "", "text has a control character"},
    {"decimal amount", with(invoice_line, "150000", "1500.5"), "/total_ore", "",
     "a number is not whole, or too large: amounts are whole öre"},
    {"amount with an exponent", with(invoice_line, "150000", "15e4"), "/total_ore", "",
     "a number is not whole, or too large: amounts are whole öre"},
    {"whole decimal amount", with(invoice_line, "150000", "150000.0"), "/total_ore", "",
     "a number is not whole, or too large: amounts are whole öre"},
    {"amount in a line", with(invoice_line, "50000}", "50000.5}"), "/lines/1/amount_ore", "",
     "a number is not whole, or too large: amounts are whole öre"},
    {"amount beyond 64 bits", with(invoice_line, "150000", "99999999999999999999"), "/total_ore", "",
     "a number is not whole, or too large: amounts are whole öre"},
    {"amount beyond signed 64 bits", with(invoice_line, "150000", "9223372036854775808"), "/total_ore", "",
     "a number is too large"},
    {"amount beyond the schema", with(invoice_line, "150000", "1000000000000001"), "/total_ore", "",
     "is beyond the limits of the schema"},
    {"amount as text", with(invoice_line, "150000", "\"150000\""), "/total_ore", "", "is of another type than the schema says"},
    {"negative total", with(invoice_line, "150000", "-1"), "/total_ore", "", "is beyond the limits of the schema"},
    {"member twice", with(customer_line, R"("town":)", R"("name":"A","town":)"), "/name", "", "a member occurs twice"},
    {"nested too deeply", R"({"type":[[[[[[[[1]]]]]]]]})", "/type/0/0/0/0/0/0/0", "", "nested too deeply"},
    {"missing member", with(invoice_line, R"("number":"10002347",)", ""), "/number", "", "is missing"},
    {"missing member of a line", with(invoice_line, R"("supply_point":"A1","text")", R"("text")"), "/lines/0/supply_point", "",
     "is missing"},
    {"unknown member", with(customer_line, "\"email\"", "\"e_mail\""), "", "", "has a member that the schema does not know"},
    {"unknown category", with(customer_line, "consumer", "Consumer"), "/category", "",
     "is none of the values that the schema allows"},
    {"key too long", with(customer_line, "\"K1\"", "\"" + std::string(65, 'K') + "\""), "/customer_id", "", "is too long"},
    {"key empty", with(customer_line, "\"K1\"", "\"\""), "/customer_id", "", "is too short"},
    {"no lines", with(credit_note_line, "credit_note\",", "invoice\",\"lines\":[],\"total_ore\":0,\"due_date\":\"2026-03-31\","),
     "/lines", "", "has too few items"},
    {"date in another form", with(invoice_line, "2026-03-31", "20260331"), "/due_date", "",
     "is not in the form that the schema says"},
    {"date that is not", with(invoice_line, "2026-03-31", "2026-02-29"), "/due_date", "", "is not a date of the calendar"},
    {"due before issue", with(invoice_line, "2026-03-31", "2026-03-01"), "/due_date", "",
     "the due date is not before the issue date"},
    {"wrong check digit", with(customer_line, "198112289874", "198112289875"), "/identity_number", "BILL-R18",
     "REF-R05: expected"},
    {"wrong OCR check digit", with(invoice_line, "1000234706", "1000234707"), "/reference", "REF-R03", "fails the OCR level"},
    {"wrong OCR length digit", with(invoice_line, "1000234706", "100023472"), "/reference", "REF-R03", "fails the OCR level"},
    {"no OCR", with(invoice_line, R"("reference":"1000234706",)", ""), "/reference", "REF-R03", "fails the OCR level"},
    {"lines are not the total", with(invoice_line, ":100025", ":100024"), "/total_ore", "BILL-R29",
     "the lines and the rounding make 149999 öre, the total is 150000"},
    {"unknown utility", with(invoice_line, "\"VA\"", "\"GAS\""), "/lines/1/utility", "",
     "is none of the values that the schema allows"},
    {"reservation is no id",
     with(invoice_line, R"("lines")", R"("prepaid":{"reservation_id":"UUUUUUUUUUUUU","amount_ore":1},"lines")"),
     "/prepaid/reservation_id", "BILL-R24", "is not a reservation's id"},
    {"no such reservation",
     with(invoice_line, R"("lines")", R"("prepaid":{"reservation_id":"0000000000001","amount_ore":1},"lines")"), "", "BILL-R24",
     "there is no such reservation"},
    {"more prepaid than the total",
     with(invoice_line, R"("lines")", R"("prepaid":{"reservation_id":"0000000000001","amount_ore":150001},"lines")"),
     "/prepaid/amount_ore", "BILL-R24", "at most the total"},
    {"credit note of no invoice", with(credit_note_line, "10002347", "10002348"), "", "BILL-R30",
     "names an invoice that is not there"},
    {"credit note of nothing", with(credit_note_line, ":10000,", ":0,"), "/amount_ore", "", "is beyond the limits of the schema"},
};

TEST_P(json_lines, bad_lines_are_told_by_place_and_rule_and_change_nothing) {
    for (const bad_line& each : bad_lines) {
        const import_report report = import(each.line);
        EXPECT_EQ(report.bad, 1U) << each.what;
        EXPECT_EQ(report.inserted + report.new_version, 0U) << each.what;
        std::string all = told(report);
        bool found = false;
        for (const import_note& note : report.notes)
            found = found || (note.level == note_level::bad && note.line == 1 && note.pointer == each.pointer &&
                              note.rule == each.rule && note.text.find(each.text) != std::string::npos);
        EXPECT_TRUE(found) << each.what << ": " << all;
    }
    EXPECT_EQ(exported(), "");
    EXPECT_EQ(must(ledger->verify(tenant)).entries, 0U);
}

TEST_P(json_lines, nothing_personal_is_in_any_note) {
    std::string text;
    for (const bad_line& each : bad_lines)
        text += told(import(each.line));
    text += told(import(R"({"type":"customer","customer_id":"K1","category":"consumer","Berit Björk":1,"Berit Björk":2})"));
    text += told(import(R"({"type":"customer","customer_id":"K1","category":"consumer","Berit":[1.5]})"));
    text += told(import(with(customer_line, "\"Berit Björk\"", "Berit Björk")));
    for (const std::string_view personal : {"Berit", "Björk", "Exempel", "1981", "9874", "0701740605", "berit@", "12345"})
        EXPECT_EQ(text.find(personal), std::string::npos) << text;
}

TEST_P(json_lines, an_overlong_line_is_bad_and_the_next_is_read) {
    const std::string filler(max_import_line - customer_line.size(), ' ');
    const import_report fits = import(std::string(customer_line) + filler + "\r\n" + std::string(facility_line));
    EXPECT_EQ(fits.inserted, 2U);
    const import_report report = import(std::string(customer_line) + filler + " \r\n" + std::string(facility_line));
    EXPECT_EQ(report.bad, 1U);
    EXPECT_EQ(report.already_there, 1U);
    EXPECT_EQ(told(report), "2 1   is longer than 1048576 bytes\n");
}

TEST_P(json_lines, bill_r17_what_is_missing_is_warned_of) {
    const import_report report = import(
        "{\"type\":\"customer\",\"customer_id\":\"K1\",\"category\":\"business\"}\n"
        "{\"type\":\"facility\",\"facility_id\":\"A1\",\"customer_id\":\"K1\",\"utility\":\"RE\"}\n");
    EXPECT_EQ(report.inserted, 2U);
    std::set<std::string> missing;
    for (const import_note& each : report.notes) {
        EXPECT_EQ(each.rule, "BILL-R17");
        EXPECT_EQ(each.level, note_level::warning);
        missing.insert(each.pointer);
    }
    EXPECT_EQ(missing, (std::set<std::string>{"/branch_code", "/email", "/foreign", "/identity_number", "/name", "/postcode",
                                              "/property_designation", "/street", "/supply_address", "/telephone", "/town"}));
    EXPECT_EQ(report.warnings, 11U);
}

TEST_P(json_lines, bill_r18_foreign_customers_and_estates_need_no_valid_number) {
    EXPECT_EQ(told(import(with(with(customer_line, "198112289874", "DE123"), "\"foreign\":false", "\"foreign\":true"))), "");
    EXPECT_EQ(told(import(with(with(customer_line, R"("identity_number":"198112289874",)", ""), "\"foreign\":false",
                               "\"foreign\":false,\"estate\":true"))),
              "");
}

TEST_P(json_lines, identity_numbers_are_stored_as_the_customer_key) {
    import(with(customer_line, "198112289874", "811228-9874"));
    EXPECT_EQ(must(read()->find_customer("K1"))->identity_number, "198112289874");
    import(with(customer_line, "198112289874", "556047-3521"));
    EXPECT_EQ(must(read()->find_customer("K1"))->identity_number, "165560473521");
}

TEST_P(json_lines, bill_r19_a_protected_identity_is_not_cleared_by_import) {
    const std::string raised = with(customer_line, "\"foreign\":false", R"("foreign":false,"protected_identity":true)");
    import(raised);
    EXPECT_TRUE(must(read()->find_customer("K1"))->protected_identity);
    EXPECT_EQ(import(std::string(customer_line)).already_there, 1U);
    EXPECT_EQ(import(with(customer_line, "Exempelvägen 1", "Exempelvägen 2")).new_version, 1U);
    EXPECT_TRUE(must(read()->find_customer("K1"))->protected_identity);
    const import_report report = import(with(raised, "true", "false"));
    EXPECT_EQ(told(report), "2 1 /protected_identity BILL-R19 a protected identity is not cleared by import\n");
    EXPECT_TRUE(must(read()->find_customer("K1"))->protected_identity);
}

TEST_P(json_lines, odd_installation_numbers_and_unknown_customers_are_warned_of) {
    const import_report report = import(fmt::format("{}\n{}\n", with(facility_line, "045676", "045677"), invoice_line));
    EXPECT_EQ(report.inserted, 2U);
    ASSERT_EQ(report.notes.size(), 3U);
    EXPECT_EQ(report.notes[0].rule, "REF-R09");
    EXPECT_EQ(report.notes[1].pointer, "/customer_id");
    EXPECT_EQ(report.notes[2].line, 2U);
}

TEST_P(json_lines, ocr_is_not_tested_at_level_none) {
    options.ocr.level = ocr_level::none;
    EXPECT_EQ(import(fmt::format("{}\n{}\n", customer_line, with(invoice_line, R"("reference":"1000234706",)", ""))).inserted,
              2U);
}

TEST_P(json_lines, an_invoice_uses_the_reservation_of_its_customer) {
    row_id reservation_id = 0;
    {
        auto into = begin();
        give_advance(*into, "K1", 5000);
        reservation_id = must(into->reserve_advances()).at(0).id;
        must(into->commit());
    }
    const std::string line =
        with(invoice_line, R"("lines")",
             fmt::format(R"("prepaid":{{"reservation_id":"{}","amount_ore":4000}},"lines")", format_id(reservation_id)));
    const import_report report = import(line);
    EXPECT_EQ(report.inserted, 1U) << told(report);
    EXPECT_EQ(report.advance_used_ore, 4000);
    EXPECT_EQ(must(read()->invoice_with_number("10002347"))->open_ore(), 146000);
    EXPECT_EQ(import(line).already_there, 1U);
    EXPECT_NE(exported().find(R"("prepaid":{"reservation_id":")" + format_id(reservation_id) + R"(","amount_ore":4000})"),
              std::string::npos);
}

TEST_P(json_lines, is_committed_in_chunks) {
    std::string text;
    for (int i = 0; i < 25; ++i)
        text += with(customer_line, "K1", "K" + std::to_string(i)) + "\n";
    options.lines_per_commit = 10;
    int transactions = 0;
    std::istringstream lines(text);
    const auto counted = [&] {
        ++transactions;
        return ledger->begin(tenant);
    };
    EXPECT_EQ(must(import_lines(lines, counted, options)).inserted, 25U);
    EXPECT_EQ(transactions, 3);
    // When the store fails, what was committed stays, and the same import again completes it.
    std::istringstream more(text + std::string(facility_line));
    int left = 2;
    const auto failing = [&]() -> result<std::unique_ptr<transaction>> {
        if (left-- == 0) return fail(error_code::busy, "locked");
        return ledger->begin(tenant);
    };
    expect_error(import_lines(more, failing, options), error_code::busy);
    EXPECT_EQ(import(text + std::string(facility_line)).already_there, 25U);
}

TEST_P(json_lines, notes_are_capped_and_counted) {
    std::string text;
    for (std::size_t i = 0; i < max_import_notes + 5; ++i)
        text += "x\n";
    const import_report report = import(text);
    EXPECT_EQ(report.notes.size(), max_import_notes);
    EXPECT_EQ(report.notes_total, max_import_notes + 5);
    EXPECT_EQ(report.bad, max_import_notes + 5);
}

BRYGGA_ALL_STORES(json_lines);

TEST(schemas, name_the_members_that_pointers_may_name) {
    std::set<std::string> members;
    const std::function<void(const nlohmann::json&)> collect = [&](const nlohmann::json& schema) {
        if (schema.contains("items")) collect(schema.at("items"));
        if (!schema.contains("properties")) return;
        EXPECT_EQ(schema.at("additionalProperties"), false);
        for (const auto& [member, inner] : schema.at("properties").items()) {
            members.insert(member);
            collect(inner);
        }
    };
    for (const record_type type : all_record_types) {
        const nlohmann::json schema = nlohmann::json::parse(schema_text(type));
        EXPECT_EQ(schema.at("properties").at("type").at("enum").at(0), name(type));
        collect(schema);
    }
    for (const std::string& each : members)
        EXPECT_TRUE(is_member_name(each)) << each;
    EXPECT_EQ(members.size(), 90U);
    EXPECT_FALSE(is_member_name("Berit"));
}

TEST(line_reader, reads_lines_of_any_ending_across_blocks) {
    const std::string wide(100'000, 'x');
    std::istringstream from(
        "\xEF\xBB\xBF"
        "a\r\n\n" +
        wide + "\nb");
    line_reader reader(from, 100'000);
    EXPECT_EQ(reader.next()->text, "a");
    EXPECT_EQ(reader.next()->text, "");
    EXPECT_EQ(reader.next()->text, wide);
    EXPECT_EQ(reader.next()->text, "b");
    EXPECT_EQ(reader.number(), 4U);
    EXPECT_FALSE(reader.next());
    std::istringstream long_lines(wide + "\r\n" + wide + "x\n" + wide + "\rx\nend");
    line_reader limited(long_lines, 100'000);
    EXPECT_FALSE(limited.next()->too_long);
    EXPECT_TRUE(limited.next()->too_long);
    EXPECT_TRUE(limited.next()->too_long);
    EXPECT_EQ(limited.next()->text, "end");
}

}  // namespace
}  // namespace brygga::ledger
