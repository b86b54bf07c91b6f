// Invoices and credit notes of the ledger as letters: what the paper says, and what keeps one from being drawn.
#include "mapping/outbound/letter.hpp"

#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "mapping/ledger/json_lines.hpp"
#include "mapping/outbound/print_batch.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::outbound {
namespace {

using namespace std::chrono_literals;
using ledger::must;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr std::string_view customers =
    R"({"type":"customer","customer_id":"K1","name":"Berit Björk","identity_number":"198112289874","category":"consumer","street":"Exempelvägen 1","postcode":"12345","town":"Exempelstad","foreign":false}
{"type":"customer","customer_id":"K2","name":"Kari Prøve","category":"consumer","street":"Prøveveien 3","postcode":"0313","town":"OSLO","country_code":"NO","foreign":true}
{"type":"facility","facility_id":"EL-1","customer_id":"K1","utility":"EL","gsrn":"735999111000001235","supply_address":"Exempelvägen 1"}
{"type":"facility","facility_id":"VA-1","customer_id":"K1","utility":"VA","supply_address":"Sjöstigen 4"}
)";

std::string metered(std::string_view number, std::string_view month, std::string_view days, std::string_view kwh,
                    std::int64_t ore) {
    return fmt::format(
               R"({{"type":"invoice","number":"{0}","customer_id":"K1","reference":"{0}{5}","issue_date":"{1}-28","due_date":"{1}-28","total_ore":{4},"lines":[{{"utility":"EL","supply_point":"EL-1","text":"Elhandel","amount_ore":{4},"quantity":"{3}","unit":"KWH","price":"1.00","vat":{{"category":"S","rate":"25"}},"from":"{1}-01","to":"{1}-{2}","value_kind":"REMOTE"}}]}})",
               number, month, days, kwh, ore, "") +
           "\n";
}

// Electricity with a meter value and a tax on the same amount, and water at another facility.
constexpr std::string_view combined =
    R"({"type":"invoice","number":"1001","customer_id":"K1","reference":"100164","issue_date":"2026-11-05","due_date":"2026-11-30","total_ore":46300,"rounding_ore":-50,"buyer_reference":"Anna","note":"Tack för visat intresse","lines":[)"
    R"({"utility":"EL","supply_point":"EL-1","text":"Elhandel","amount_ore":12500,"quantity":"100","unit":"KWH","price":"1.00","vat":{"category":"S","rate":"25"},"from":"2026-10-01","to":"2026-10-31","value_kind":"REMOTE","properties":[{"name":"Mätarställning","value":"40 924"}]},)"
    R"({"utility":"VA","supply_point":"VA-1","text":"Vatten","amount_ore":25000,"quantity":"20","unit":"MTQ","price":"10.00","vat":{"category":"S","rate":"25"},"note":"Uppskattat"},)"
    R"({"utility":"EL","supply_point":"EL-1","text":"Energiskatt","amount_ore":8850,"quantity":"100","unit":"KWH","price":"0.708","vat":{"category":"S","rate":"25"},"from":"2026-10-01","to":"2026-10-31","value_kind":"REMOTE"}]})";

class letters : public ledger::store_test {
 protected:
    letters() {
        terms.issuer.seller.name = "Exempelstads Energi AB";
        terms.issuer.seller.organisation_number = "5566778899";
        terms.issuer.accounts = {{"9912346", "SE:BANKGIRO"}};
        import(std::string(customers));
    }
    void import(const std::string& text) {
        std::istringstream lines(text);
        ledger::import_options options;
        options.today = 2026y / 11 / 5;
        const auto report = must(ledger::import_lines(
            lines, [this] { return this->ledger->begin(ledger::tenant); }, options));
        std::string told;
        for (const ledger::import_note& each : report.notes)
            if (each.level != ledger::note_level::warning) told += each.pointer + " " + each.text + "\n";
        ASSERT_EQ(told, "");
    }
    made_letter letter(std::string_view number) {
        auto from = read();
        return must(letter_of_invoice(must(from->invoice_with_number(number))->id, terms, *from));
    }
    void protect(std::string_view customer_id) {
        auto into = begin();
        ledger::protection_event event;
        event.customer_id = customer_id;
        event.now = ledger::protection::manual;
        event.since = 2026y / 11 / 5;
        must(into->protections().add_protection_event(event));
        must(into->commit());
    }
    static std::vector<std::string> rules(const std::vector<document_gap>& gaps) {
        std::vector<std::string> out;
        for (const document_gap& each : gaps)
            out.emplace_back(each.rule);
        return out;
    }

    letter_terms terms;
};

TEST_P(letters, say_what_the_books_say) {
    import(std::string(combined) + "\n");
    const made_letter made = letter("1001");
    EXPECT_THAT(made.gaps, IsEmpty());
    const print::letter& of = made.letter;
    EXPECT_THAT(of.window, ElementsAre("Berit Björk", "Exempelvägen 1", "123 45 Exempelstad"));
    EXPECT_EQ(made.country, "SE");
    ASSERT_EQ(of.groups.size(), 2u) << "by utility and facility, whatever the order of the lines";
    EXPECT_EQ(of.groups[0].title, "El");
    EXPECT_EQ(of.groups[0].place, "anläggning 735999111000001235, Exempelvägen 1");
    EXPECT_EQ(of.groups[0].rows.size(), 2u);
    EXPECT_EQ(sum_of(of.groups[0]), 21'350);
    EXPECT_THAT(of.groups[0].rows[0].notes, ElementsAre("Mätarställning 40 924"));
    EXPECT_EQ(of.groups[0].rows[0].period, "2026-10-01 – 2026-10-31");
    EXPECT_THAT(of.groups[1].rows[0].notes, ElementsAre("Uppskattat"));
    EXPECT_EQ(total_of(of), 46'300);
    EXPECT_EQ(of.payable_ore, 46'300);
    ASSERT_EQ(of.vat.size(), 1u);
    EXPECT_EQ(of.vat[0].base_ore, 37'080);
    EXPECT_EQ(of.vat[0].vat_ore, 9'270);
    EXPECT_THAT(of.details, Contains(Pair("Er referens", "Anna")));
    EXPECT_THAT(of.paragraphs, ElementsAre("Tack för visat intresse"));
    EXPECT_EQ(of.slip, (print::code_line{"100164", 46'300, "9912346", print::giro::bankgiro}));
}

TEST_P(letters, show_what_was_used_in_the_months_before) {
    import(metered("900", "2026-08", "31", "80", 10'000) + metered("901", "2026-09", "30", "90", 11'250) + std::string(combined) +
           "\n");
    const print::charge_group electricity = letter("1001").letter.groups[0];
    EXPECT_EQ(electricity.unit, "KWH");
    ASSERT_EQ(electricity.history.size(), 3u);
    EXPECT_EQ(electricity.history[0].month, 2026y / 8 / 1);
    EXPECT_EQ(electricity.history[0].thousandths, 80'000);
    EXPECT_EQ(electricity.history[2].month, 2026y / 10 / 1);
    EXPECT_EQ(electricity.history[2].thousandths, 100'000) << "energy and its tax are of one reading";
    EXPECT_THAT(letter("1001").letter.groups[1].history, IsEmpty());
}

TEST_P(letters, to_another_country_have_its_name_below) {
    import(
        R"({"type":"invoice","number":"1002","customer_id":"K2","reference":"100263","issue_date":"2026-11-05","due_date":"2026-11-30","total_ore":12500,"lines":[{"utility":"FI","supply_point":"FI-1","text":"Fiber","amount_ore":12500,"quantity":"1","unit":"MON","price":"100.00","vat":{"category":"S","rate":"25"}}]})"
        "\n");
    EXPECT_THAT(letter("1002").letter.window, ElementsAre("Kari Prøve", "Prøveveien 3", "0313 OSLO", "NORGE"));
}

TEST_P(letters, without_an_address_are_told_by_rule) {
    {
        auto into = begin();
        ledger::customer nowhere = *must(into->find_customer("K1"));
        nowhere.street.clear();
        nowhere.postcode = "123";
        must(into->put_customer(nowhere));
        must(into->commit());
    }
    import(std::string(combined) + "\n");
    EXPECT_THAT(rules(letter("1001").gaps), Contains("ADR-R02"));
    terms.can_print = [](std::string_view) { return false; };
    EXPECT_THAT(rules(letter("1001").gaps), Contains("ADR-R06"));
}

TEST_P(letters, of_a_protected_person_tell_neither_name_nor_place) {
    import(metered("901", "2026-09", "30", "90", 11'250) + std::string(combined) + "\n");
    protect("K1");
    terms.ordinary_days = 20;
    terms.forwarding_days = 7;
    const made_letter made = letter("1001");
    EXPECT_THAT(made.gaps, IsEmpty());
    EXPECT_THAT(made.letter.window, ElementsAre("19811228-9874"));
    EXPECT_THAT(made.address, IsEmpty());
    EXPECT_EQ(made.name, "");
    for (const print::charge_group& each : made.letter.groups) {
        EXPECT_EQ(each.place, "") << "PRO-R08";
        EXPECT_THAT(each.history, IsEmpty()) << "PRO-R08";
    }
    EXPECT_THAT(made.letter.groups[0].rows[0].notes, ElementsAre("Mätarställning 40 924"));
    EXPECT_THAT(made.letter.groups[1].rows[0].notes, IsEmpty()) << "PRO-R08";
    EXPECT_THAT(made.letter.details, testing::Not(Contains(Pair("Er referens", testing::_))));
    EXPECT_THAT(rules(made.told), ElementsAre("PRO-R21")) << "5 November, 20 days and 7";
    terms.forwarding_days = 0;
    EXPECT_THAT(letter("1001").told, IsEmpty()) << "PRO-R21";
    terms.hashed = [](std::string_view id) { return fmt::format("c:{}", id.size()); };
    EXPECT_EQ(letter("1001").letter.groups[0].place, "anläggning c:18") << "PRO-R08";
}

TEST_P(letters, of_a_protected_business_have_no_number_to_be_forwarded_by) {
    {
        auto into = begin();
        ledger::customer business = *must(into->find_customer("K1"));
        business.identity_number = "169922345674";
        business.category = ledger::customer_category::business;
        must(into->put_customer(business));
        must(into->commit());
    }
    import(std::string(combined) + "\n");
    protect("K1");
    EXPECT_THAT(rules(letter("1001").gaps), ElementsAre("PRO-R04"));
}

TEST_P(letters, in_english_have_english_words) {
    import(std::string(combined) + "\n");
    terms.in = print::language::english;
    const print::letter of = letter("1001").letter;
    EXPECT_EQ(of.groups[0].title, "Electricity");
    EXPECT_EQ(of.groups[1].title, "Water and sewerage");
    EXPECT_THAT(of.groups[0].place, HasSubstr("facility 735999111000001235"));
}

TEST_P(letters, of_credit_notes_have_negative_amounts) {
    import(std::string(combined) + "\n");
    import(
        R"({"type":"credit_note","number":"2001","customer_id":"K1","invoice_number":"1001","utility":"VA","supply_point":"VA-1","issue_date":"2026-11-06","amount_ore":5000,"settlement":"open","lines":[{"text":"Vatten","quantity":"4","unit":"MTQ","price":"10.00","vat":{"category":"S","rate":"25"}}]})"
        "\n");
    const auto open = must(read()->open_credits_of("K1"));
    ASSERT_EQ(open.size(), 1u);
    const ledger::row_id id = open.front().id;
    const auto from = read();
    const made_letter made = must(letter_of_credit_note(id, terms, *from));
    EXPECT_EQ(made.letter.kind, print::letter_kind::credit_invoice);
    EXPECT_EQ(made.letter.payable_ore, -5000);
    EXPECT_EQ(total_of(made.letter), -5000);
    EXPECT_EQ(made.letter.slip, std::nullopt);
}

BRYGGA_ALL_STORES(letters);

}  // namespace
}  // namespace brygga::outbound
