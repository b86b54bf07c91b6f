// A generated run over all utilities, from its file to the documents of its channels: every one by our rules and, where they are
// there, by the schemas of UBL, and together they come to the books (EINV-B11).
#include <cstdlib>
#include <fstream>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/core/money.hpp"
#include "mapping/billing/run_generator.hpp"
#include "mapping/outbound/invoice_delivery.hpp"
#include "tests/billing/run_desk.hpp"

namespace brygga::billing::test {
namespace {

using ledger::must;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t at_once = 1000;

class generated_run : public run_desk {
 protected:
    generated_run() {
        lines_per_commit = 1000;
        with.tenant = ledger::tenant;
        with.run_id = "R1";
        outbound::invoice_issuer& issuer = channels.issuer;
        issuer.seller.name = "Exempelstads Energi AB";
        issuer.seller.organisation_number = issuer.seller.endpoint = "5566778899";
        issuer.seller.vat_number = "SE556677889901";
        issuer.seller.endpoint_scheme = "0007";
        issuer.seller.street = "Verksgatan 1";
        issuer.seller.postcode = "12345";
        issuer.seller.town = issuer.seller.seat = "Exempelstad";
        issuer.seller.has_f_tax = true;
        issuer.accounts = {{"9912346", "SE:BANKGIRO"}};
        issuer.payment_terms = "Betalas senast på förfallodagen";
        channels.accounts = {{"9912346", {}}};
        channels.run = terms;
    }
    static std::string joined(const generator_settings& how, void (*generate)(const generator_settings&, const line_sink&)) {
        std::string out;
        generate(how, [&](std::string_view line) { out.append(line).append("\n"); });
        return out;
    }
    // Customers and registrations first, as they come every day.
    void take_generated() {
        const std::string text = joined(with, generate_run);
        std::string before;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);)
            if (line.starts_with(R"({"type":"customer")")) before += line + "\n";
        std::istringstream stream(before + joined(with, generate_registrations));
        ledger::import_options how;
        how.today = taken_on;
        const auto report = must(ledger::import_lines(
            stream, [this] { return this->ledger->begin(ledger::tenant); }, how));
        ASSERT_EQ(report.bad + report.warnings, 0U) << report.notes.front().pointer << report.notes.front().text;
        const auto outcome = take_text(text);
        for (const ledger::import_note& each : outcome.report.notes)  // a credit of a whole part that bore the rounding
            ASSERT_EQ(std::pair(each.rule, each.level), std::pair(std::string("BILL-R30"), ledger::note_level::warning))
                << each.text;
    }
    // Every document that is planned at this channel; what is to be paid by them, less what is credited.
    std::int64_t write_all(ledger::channel by, const std::function<void(const std::string&, bool)>& each) {
        std::int64_t payable = 0;
        for (ledger::row_id after = 0;;) {
            auto into = begin();
            const auto page = must(into->invoice_runs().planned_deliveries(by, after, at_once));
            for (const ledger::run_document_item& item : page) {
                const outbound::delivery_channel how{by, by == ledger::channel::network ? "" : "P01", {}};
                const auto made = must(make_delivery(item, how, channels, into->allot_id(), *into));
                EXPECT_EQ(made.held_by, "") << item.row.number << ": "
                                            << must(into->invoice_runs().run_document_with_id(item.row.id))->now.newest.text;
                each(made.bytes, item.row.is_credit_note);
                constexpr std::string_view element = "<cbc:PayableAmount currencyID=\"SEK\">";
                const std::size_t begins = made.bytes.find(element) + element.size();
                const std::int64_t amount = must(
                    parse_decimal_amount(std::string_view(made.bytes).substr(begins, made.bytes.find('<', begins) - begins)));
                payable += item.row.is_credit_note ? -amount : amount;
                after = item.now.row.id;
            }
            must(into->commit());
            if (page.size() < at_once) return payable;
        }
    }
    std::map<std::string, std::uint64_t> states() {
        std::map<std::string, std::uint64_t> out;
        for (const auto& each : must(read()->invoice_runs().count_documents(run().row.id)))
            out[std::string(name(each.state))] += each.documents;
        return out;
    }

    generator_settings with;
    outbound::delivery_terms channels;
};

TEST_P(generated_run, is_the_same_by_the_same_settings) {
    with.invoices = 30;
    const std::string first = joined(with, generate_run);
    EXPECT_EQ(first, joined(with, generate_run));
    with.seed = 2;
    EXPECT_NE(first, joined(with, generate_run));
}

TEST_P(generated_run, of_all_utilities_is_valid_by_every_rule_and_schema_and_comes_to_the_books) {
    with.invoices = 10'000;
    take_generated();
    const std::filesystem::path schemas(BRYGGA_SHARED_DIR "/schemas/ubl-2.1/maindoc");
    const bool has_schemas = std::filesystem::exists(schemas) && std::system("xmllint --version > /dev/null 2>&1") == 0;
    std::int64_t payable = 0;
    std::uint64_t written = 0;
    using enum ledger::channel;
    for (const ledger::channel by : {bank, network, email, print})
        payable += write_all(by, [&](const std::string& bytes, bool is_credit_note) {
            ++written;
            if (!has_schemas) return;
            std::ofstream(folder.path() / fmt::format("{}-{}.xml", is_credit_note ? "CreditNote" : "Invoice", written)) << bytes;
        });
    EXPECT_EQ(written, 10'500U);
    EXPECT_THAT(states(), ElementsAre(std::pair("queued", 10'500U)));
    const json manifest = json::parse(run().row.manifest);
    EXPECT_EQ(payable, manifest.at("sum_ore").at("total").get<std::int64_t>()) << "EINV-B11";
    for (const char* utility : {"EL", "FV", "FI", "VA", "RE"})
        EXPECT_GT(manifest.at("sum_ore").at(utility).get<std::int64_t>(), 0) << utility;
    ore_sum open;
    for (const auto& each : must(read()->account_sums()))
        if (each.of == ledger::account::receivable || each.of == ledger::account::credit_note) open += each.sum_ore;
    EXPECT_EQ(open, payable) << "what the documents ask for is what the books wait for";
    if (!has_schemas) GTEST_SKIP() << "the schemas or xmllint are not there";
    for (const std::string_view kind : {"Invoice", "CreditNote"}) {
        const std::string command = fmt::format(
            "find '{}' -name '{}-*.xml' -print0 | xargs -0 xmllint --noout --schema '{}' > '{}/log' 2>&1", folder.path().string(),
            kind, (schemas / fmt::format("UBL-{}-2.1.xsd", kind)).string(), folder.path().string());
        EXPECT_EQ(std::system(command.c_str()), 0) << kind;
    }
}

BRYGGA_ALL_STORES(generated_run);

}  // namespace
}  // namespace brygga::billing::test
