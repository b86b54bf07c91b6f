// Invoices of the ledger as documents: the worked example of einvoice.md 7.1, and what cannot be made.
#include "mapping/outbound/einvoice.hpp"

#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "formats/einvoice/peppol/outgoing.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"
#include "formats/einvoice/svefaktura/writer.hpp"
#include "formats/registry.hpp"
#include "mapping/ledger/json_lines.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::outbound {
namespace {

using namespace std::chrono_literals;
using ledger::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view customers =
    R"({"type":"customer","customer_id":"K1","name":"Exempelfastigheter","identity_number":"169922345674","category":"business","street":"Storgatan 2","postcode":"123 46","town":"Exempelstad","foreign":false}
{"type":"customer","customer_id":"K2","name":"Berit Björk","identity_number":"198112289874","category":"consumer","street":"Exempelvägen 1","postcode":"12345","town":"Exempelstad","foreign":false}
{"type":"facility","facility_id":"EL-1","customer_id":"K1","utility":"EL","gsrn":"735999111000001235","supply_address":"Storgatan 2"}
)";

// The eight lines of einvoice.md 7.1, with value added tax as a customer system shares it out to the öre.
constexpr std::string_view combined =
    R"({"type":"invoice","number":"2026100455","customer_id":"K1","reference":"202610045520","issue_date":"2026-11-05","due_date":"2026-11-30","total_ore":329900,"rounding_ore":-11,"buyer_reference":"4711","lines":[)"
    R"({"utility":"EL","supply_point":"EL-1","text":"Elhandel","amount_ore":45062,"quantity":"412","unit":"KWH","price":"0.8750","vat":{"category":"S","rate":"25"},"from":"2026-10-01","to":"2026-10-31","properties":[{"name":"Mätare","value":"E-1"}]},)"
    R"({"utility":"EL","supply_point":"EL-1","text":"Elnät, fast","amount_ore":26250,"quantity":"1","unit":"MON","price":"210.00","vat":{"category":"S","rate":"25"}},)"
    R"({"utility":"EL","supply_point":"EL-1","text":"Elnät, överföring","amount_ore":13184,"quantity":"412","unit":"KWH","price":"0.2560","vat":{"category":"S","rate":"25"}},)"
    R"({"utility":"EL","supply_point":"EL-1","text":"Energiskatt","amount_ore":22609,"quantity":"412","unit":"KWH","price":"0.4390","vat":{"category":"S","rate":"25"}},)"
    R"({"utility":"FV","supply_point":"FV-1","text":"Fjärrvärme","amount_ore":140562,"quantity":"1.384","unit":"MWH","price":"812.50","vat":{"category":"S","rate":"25"}},)"
    R"({"utility":"VA","supply_point":"735999111000004564","text":"Vatten","amount_ore":33481,"quantity":"11","unit":"MTQ","price":"24.35","vat":{"category":"S","rate":"25"}},)"
    R"({"utility":"VA","supply_point":"735999111000004564","text":"Avlopp","amount_ore":42763,"quantity":"11","unit":"MTQ","price":"31.10","vat":{"category":"S","rate":"25"}},)"
    R"({"utility":"VA","supply_point":"735999111000004564","text":"Påminnelseavgift","amount_ore":6000,"quantity":"1","unit":"EA","price":"60.00","vat":{"category":"E","reason":"Påminnelseavgift är ingen ersättning för en leverans"}}]})";

class einvoice_documents : public ledger::store_test {
 protected:
    einvoice_documents() {
        issuer.seller.name = "Exempelstads Energi AB";
        issuer.seller.organisation_number = "5566778899";
        issuer.seller.vat_number = "SE556677889901";
        issuer.seller.endpoint_scheme = "0007";
        issuer.seller.endpoint = "5566778899";
        issuer.seller.street = "Verksgatan 1";
        issuer.seller.postcode = "12345";
        issuer.seller.town = issuer.seller.seat = "Exempelstad";
        issuer.seller.has_f_tax = true;
        issuer.accounts = {{"9912346", "SE:BANKGIRO"}};
        issuer.payment_terms = "25 dagar netto";
        network.endpoint_scheme = "0007";
        network.endpoint = "9922345674";
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
    made_document invoice(std::string_view number, const invoice_route& route) {
        auto from = read();
        const auto found = must(from->invoice_with_number(number));
        return must(document_of_invoice(found->id, issuer, route, *from));
    }
    static std::string changed(std::string_view line, std::string_view from, std::string_view to) {
        std::string out(line);
        const std::size_t at = out.find(from);
        if (at == std::string::npos) throw std::runtime_error("nothing to change");
        return out.replace(at, from.size(), to);
    }
    static std::vector<std::string> places(const made_document& of) {
        std::vector<std::string> out;
        for (const document_gap& each : of.gaps)
            out.push_back(each.place);
        return out;
    }
    static std::vector<std::string> broken_by(const einvoice::peppol::outgoing& sent) {
        std::vector<std::string> out;
        for (const finding& each : sent.findings.kept())
            out.emplace_back(each.rule->id);
        return out;
    }

    invoice_issuer issuer;
    invoice_route network;
};

TEST_P(einvoice_documents, are_those_of_the_worked_example) {
    import(std::string(combined));
    const made_document made = invoice("2026100455", network);
    EXPECT_THAT(places(made), IsEmpty());
    const auto totals = totals_of(made.document);
    EXPECT_EQ(totals.net.text(), "2651.29");
    EXPECT_EQ(totals.vat.text(), "647.82");
    EXPECT_EQ(totals.gross.text(), "3299.11");
    EXPECT_EQ(totals.rounding, einvoice::decimal(-11, 2));
    EXPECT_EQ(totals.payable, einvoice::decimal(3299));
    EXPECT_EQ(made.document.lines[0].facility, "735999111000001235");
    EXPECT_THAT(made.document.lines[0].properties,
                ElementsAre(testing::Pair("Mätare", "E-1"), testing::Pair("Anläggningsadress", "Storgatan 2")));
    EXPECT_EQ(made.document.lines[4].article, "FV");
    EXPECT_EQ(made.document.buyer.organisation_number, "9922345674");
    EXPECT_EQ(made.document.buyer.postcode, "12346");
    einvoice::peppol::sending_terms terms;
    terms.registered_endpoint = {"0007", "9922345674"};
    EXPECT_THAT(broken_by(prepare(made.document, terms)), IsEmpty());
}

TEST_P(einvoice_documents, to_a_person_have_no_number_of_hers_but_the_receiver) {
    import(changed(combined, "\"K1\"", "\"K2\""));
    invoice_route bank;
    bank.receiver_id = "198112289874.NB.SE";
    bank.routing_code = "P01";
    const made_document made = invoice("2026100455", bank);
    EXPECT_EQ(made.document.buyer.organisation_number, "");
    einvoice::peppol::sending_terms terms;
    terms.how = einvoice::peppol::flavour::operated;
    terms.to_bank = true;
    terms.registered_receiver = bank.receiver_id;
    const auto sent = prepare(made.document, terms);
    EXPECT_THAT(broken_by(sent), IsEmpty());
    EXPECT_THAT(sent.bytes, testing::Not(HasSubstr(">198112289874<")));
}

TEST_P(einvoice_documents, by_autogiro_name_the_mandate_and_no_account) {
    import(std::string(combined));
    invoice_route drawn = network;
    drawn.mandate = "7001";
    const made_document made = invoice("2026100455", drawn);
    EXPECT_THAT(made.document.accounts, IsEmpty());
    einvoice::peppol::sending_terms terms;
    terms.registered_endpoint = {"0007", "9922345674"};
    const auto sent = prepare(made.document, terms);
    EXPECT_THAT(broken_by(sent), IsEmpty());
    EXPECT_THAT(sent.bytes, HasSubstr("<cbc:PaymentMeansCode>49<"));
}

TEST_P(einvoice_documents, tell_what_they_lack) {
    import(changed(changed(combined, R"("price":"812.50",)", ""), R"(,"vat":{"category":"S","rate":"25"}},)", "},"));
    EXPECT_THAT(places(invoice("2026100455", network)), ElementsAre("lines/1/vat", "lines/4/price"));
    import(
        R"({"type":"invoice","number":"1","customer_id":"K1","issue_date":"2026-11-05","due_date":"2026-11-30","total_ore":100,"lines":[{"utility":"RE","supply_point":"R","amount_ore":100}]})");
    EXPECT_THAT(places(invoice("1", network)), ElementsAre("lines/0/quantity", "lines/0/price", "lines/0/vat"));
}

TEST_P(einvoice_documents, must_come_to_what_the_books_have) {
    import(changed(combined, "\"price\":\"0.8750\"", "\"price\":\"0.8751\""));
    const made_document made = invoice("2026100455", network);
    ASSERT_THAT(places(made), ElementsAre("total_ore"));
    EXPECT_EQ(made.gaps[0].rule, "EINV-B11");
    EXPECT_EQ(made.gaps[0].expected, "lines that come to 3299.00, and not 3299.05");
}

TEST_P(einvoice_documents, of_protected_persons_are_not_made) {
    import(changed(combined, "\"K1\"", "\"K2\""));
    import(
        R"({"type":"customer","customer_id":"K2","name":"Berit Björk","identity_number":"198112289874","category":"consumer","foreign":false,"protected_identity":true})");
    EXPECT_THAT(places(invoice("2026100455", network)), ElementsAre("customer_id"));
}

TEST_P(einvoice_documents, of_credit_notes_over_several_facilities_are_rounded_on_the_largest) {
    import(std::string(combined));
    einvoice::invoice credit = invoice("2026100455", network).document;
    credit.is_credit_note = true;
    credit.number = "K-2";
    credit.credited = {"2026100455", credit.issued};
    const std::string bytes = written(einvoice::peppol::document_of(credit, einvoice::peppol::flavour::network));
    std::vector<std::string> rows;
    find_format("peppol")->to_ledger(bytes, {}, [&](const ledger_row& row) { rows.emplace_back(row.json); });
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[0], HasSubstr(R"("number":"K-2","customer_id":"K1")"));
    EXPECT_THAT(rows[1], HasSubstr(R"("number":"K-2:2")"));
    std::int64_t sum = 0;
    std::vector<std::int64_t> amounts;
    for (const std::string& row : rows) {
        amounts.push_back(nlohmann::json::parse(row).at("amount_ore"));
        sum += amounts.back();
    }
    EXPECT_EQ(sum, 329'900);
    EXPECT_THAT(amounts, ElementsAre(107'105, 140'551, 82'244)) << "-0.11 on district heating, the largest";
}

TEST_P(einvoice_documents, tell_arrears_apart) {
    import(
        R"({"type":"invoice","number":"7","customer_id":"K1","reference":"75","issue_date":"2026-09-01","due_date":"2026-09-30","total_ore":45000,"lines":[{"utility":"RE","supply_point":"R","amount_ore":45000}]})");
    import(std::string(combined));
    const made_document made = invoice("2026100455", network);
    EXPECT_EQ(made.document.note, "Tidigare obetalda fakturor (ingår inte i beloppet): 7 förföll 2026-09-30, 450.00");
    EXPECT_EQ(totals_of(made.document).payable, einvoice::decimal(3299));
    invoice_route silent = network;
    silent.tells_arrears = false;
    EXPECT_EQ(invoice("2026100455", silent).document.note, "");
}

// BILL-R34.
TEST_P(einvoice_documents, leave_out_arrears_that_are_objected_to) {
    import(
        R"({"type":"invoice","number":"7","customer_id":"K1","reference":"75","issue_date":"2026-09-01","due_date":"2026-09-30","total_ore":45000,"lines":[{"utility":"RE","supply_point":"R","amount_ore":15000},{"utility":"VA","supply_point":"V","amount_ore":30000}]})");
    import(std::string(combined));
    {
        auto into = begin();
        const auto late = must(into->invoice_with_number("7")).value();
        must(into->add_objection({late.id, 1, ledger::objection_state::raised, "eva", "meter", 0, 0}));
        must(into->commit());
    }
    EXPECT_EQ(invoice("2026100455", network).document.note,
              "Tidigare obetalda fakturor (ingår inte i beloppet): 7 förföll 2026-09-30, 150.00");
}

TEST_P(einvoice_documents, of_a_final_run_say_so) {
    import(std::string(combined));
    {
        auto into = begin();
        ledger::invoice_run run{
            0, "2026-10-F", ledger::run_kind::final_invoices, *parse_iso_date("2026-10-01"), std::string(64, 'd'), 1, 0, "{}"};
        must(into->invoice_runs().add_run(run));
        const auto known = must(into->invoice_with_number("2026100455")).value();
        ledger::run_document of{0, run.id, 2, false, known.number, known.id, "K1", known.due_date, known.total_ore};
        must(into->invoice_runs().add_run_document(of));
        ledger::delivery way{0, of.id, 1, ledger::channel::print};
        must(into->invoice_runs().add_delivery(way, {ledger::delivery_state::planned, 0, {}, {}, {}, {}, {}, 0}));
        must(into->commit());
    }
    EXPECT_EQ(invoice("2026100455", network).document.note, "Slutfaktura");
}

TEST_P(einvoice_documents, of_credit_notes_name_the_invoice_and_round_as_the_books) {
    import(std::string(combined));
    import(
        R"({"type":"credit_note","number":"K-1","customer_id":"K1","reference":"7010019","invoice_number":"2026100455","utility":"VA","supply_point":"735999111000004564","issue_date":"2026-11-15","amount_ore":13900,"settlement":"open","lines":[)"
        R"({"text":"Vatten","quantity":"2","unit":"MTQ","price":"24.35","vat":{"category":"S","rate":"25"}},)"
        R"({"text":"Avlopp","quantity":"2","unit":"MTQ","price":"31.10","vat":{"category":"S","rate":"25"}}]})");
    auto from = read();
    const auto notes = must(from->credits_with_reference("7010019"));
    ASSERT_EQ(notes.size(), 1U);
    const made_document made = must(document_of_credit_note(notes.front().id, issuer, network, *from));
    EXPECT_THAT(places(made), IsEmpty());
    EXPECT_EQ(totals_of(made.document).gross.text(), "138.63");
    EXPECT_EQ(totals_of(made.document).payable, einvoice::decimal(139));
    EXPECT_EQ(made.document.credited->first, "2026100455");
    einvoice::peppol::sending_terms terms;
    terms.registered_endpoint = {"0007", "9922345674"};
    EXPECT_THAT(broken_by(prepare(made.document, terms)), IsEmpty());
}

// What a customer system writes as e-invoices is the same in the ledger as what it writes as lines.
TEST_P(einvoice_documents, come_back_into_the_ledger_as_they_left) {
    import(std::string(combined));
    const made_document made = invoice("2026100455", network);
    const auto as_peppol = [](const einvoice::invoice& of) {
        return written(einvoice::peppol::document_of(of, einvoice::peppol::flavour::network));
    };
    const auto as_svefaktura = [](const einvoice::invoice& of) {
        return written(einvoice::svefaktura::document_of(of).value(), einvoice::svefaktura::basic_invoice);
    };
    for (const auto& [format, bytes] :
         {std::pair("peppol", as_peppol(made.document)), std::pair("svefaktura", as_svefaktura(made.document))}) {
        std::string rows;
        find_format(format)->to_ledger(bytes, {}, [&](const ledger_row& row) {
            EXPECT_EQ(row.held, "") << format;
            rows += std::string(row.json) + "\n";
        });
        const std::string other = fmt::format("from-{}", format);
        std::istringstream lines(std::string(customers) + rows);
        ledger::import_options options;
        options.today = 2026y / 11 / 5;
        const auto report = must(ledger::import_lines(
            lines, [&] { return this->ledger->begin(other); }, options));
        ASSERT_EQ(report.bad, 0U) << format << report.notes.back().pointer << report.notes.back().text << rows;
        auto from = must(this->ledger->begin_read(other));
        const auto found = must(from->invoice_with_number("2026100455"));
        ASSERT_TRUE(found) << format;
        EXPECT_EQ(found->total_ore, 329'900) << format;
        EXPECT_EQ(found->reference, "202610045520") << format;
        const made_document again = must(document_of_invoice(found->id, issuer, network, *from));
        EXPECT_THAT(places(again), IsEmpty()) << format;
        EXPECT_EQ(totals_of(again.document).payable, totals_of(made.document).payable);
        EXPECT_EQ(again.document.lines.size(), made.document.lines.size());
        if (std::string_view(format) == "peppol") {
            EXPECT_EQ(as_peppol(again.document), bytes);
        }
    }
}

// Svefaktura takes VAT that is half a krona off: sharing it out over the lines took 100 kronor more.
TEST_P(einvoice_documents, with_parts_of_an_ore_are_held) {
    import(std::string(combined));
    const made_document made = invoice("2026100455", network);
    const std::string bytes =
        written(einvoice::svefaktura::document_of(made.document).value(), einvoice::svefaktura::basic_invoice);
    std::string held;
    find_format("svefaktura")->to_ledger(changed(bytes, ">647.82<", ">647.825<"), {}, [&](const ledger_row& row) {
        held = row.held;
    });
    EXPECT_EQ(held, "") << "the total of VAT is not shared out";
    const std::size_t row_of_vat = bytes.find("TaxSubTotal");
    const std::string odd = bytes.substr(0, row_of_vat) + changed(bytes.substr(row_of_vat), ">647.82<", ">647.825<");
    find_format("svefaktura")->to_ledger(odd, {}, [&](const ledger_row& row) { held = row.held; });
    EXPECT_EQ(held, "an amount has parts of an öre");
}

TEST_P(einvoice_documents, that_the_ledger_cannot_take_are_held) {
    import(std::string(combined));
    const made_document made = invoice("2026100455", network);
    const auto held = [](const einvoice::invoice& of) {
        std::string out;
        const std::string bytes = written(einvoice::peppol::document_of(of, einvoice::peppol::flavour::network));
        find_format("peppol")->to_ledger(bytes, {}, [&](const ledger_row& row) { out = row.held; });
        return out;
    };
    EXPECT_EQ(held(made.document), "");
    einvoice::invoice other = made.document;
    other.customer_number.clear();
    EXPECT_EQ(held(other), "it names no customer number");
    other = made.document;
    other.lines.front().facility.clear();
    EXPECT_EQ(held(other), "a line is of no facility");
    other = made.document;
    other.due.reset();
    EXPECT_EQ(held(other), "it does not say when it is due");
    other = made.document;
    other.lines.front().quantity = 10'000'000'000;
    other.lines.front().price = 100'000'000'000;
    EXPECT_EQ(held(other), "an amount is larger than the ledger holds");
    other = made.document;
    other.prepaid = 100;
    EXPECT_EQ(held(other), "it deducts an advance that is not reserved here");
}

BRYGGA_ALL_STORES(einvoice_documents);

}  // namespace
}  // namespace brygga::outbound
