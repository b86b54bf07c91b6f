// What we write is valid by all our rules, and is read back as it was written.
#include "formats/einvoice/peppol/writer.hpp"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "formats/einvoice/generator.hpp"
#include "tests/einvoice/verdicts.hpp"

namespace brygga::einvoice::testing {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr date day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{5}};

TEST(peppol_writer, writes_what_no_rule_speaks_against) {
    invoice_inventor inventor(1, day);
    for (std::size_t lines = 1; lines != 60; ++lines) {
        const invoice made = inventor.invent(lines, false);
        const std::string bytes = written(peppol::document_of(made, peppol::flavour::network));
        ASSERT_THAT(broken_by(bytes), IsEmpty()) << bytes;
        const std::string credit = written(peppol::document_of(inventor.credit(made), peppol::flavour::network));
        ASSERT_THAT(broken_by(credit), IsEmpty()) << credit;
    }
}

TEST(peppol_writer, leaves_out_addresses_where_an_operator_knows_them) {
    invoice_inventor inventor(2, day);
    const std::string bytes = written(peppol::document_of(inventor.invent(10, true), peppol::flavour::operated));
    EXPECT_THAT(broken_by(bytes), ElementsAre("PEPPOL-EN16931-R010", "PEPPOL-EN16931-R020")) << bytes;
}

TEST(peppol_writer, writes_again_what_it_has_read) {
    invoice_inventor inventor(3, day);
    const std::string bytes = written(peppol::document_of(inventor.invent(25, false), peppol::flavour::network));
    const tree read(bytes);
    EXPECT_EQ(written(item_of(read.root())), bytes);
}

TEST(peppol_writer, embeds_attachments) {
    invoice_inventor inventor(4, day);
    invoice made = inventor.invent(1, false);
    made.attachments = {{"1", "Bilaga", "bilaga.pdf", "application/pdf", "%PDF-1.4 x"}};
    const std::string bytes = written(peppol::document_of(made, peppol::flavour::network));
    EXPECT_THAT(broken_by(bytes), IsEmpty()) << bytes;
    EXPECT_THAT(bytes, ::testing::HasSubstr(">JVBERi0xLjQgeA==<"));
}

TEST(invoice_totals, are_those_of_the_worked_example) {
    invoice of;
    const auto add = [&](decimal quantity, decimal price) {
        invoice_line line;
        line.quantity = quantity;
        line.price = price;
        line.tax.rate = decimal(25);
        of.lines.push_back(line);
    };
    add(412, {8750, 4});
    add(1, {21'000, 2});
    add(412, {2560, 4});
    add(412, {4390, 4});
    add({1384, 3}, {81'250, 2});
    add(11, {2435, 2});
    add(11, {3110, 2});
    add(1, {6000, 2});
    of.lines.back().tax = {"E", decimal(), "P\xC3\xA5minnelseavgift"};
    const invoice_totals totals = totals_of(of);
    ASSERT_EQ(totals.rows.size(), 2U);
    EXPECT_EQ(totals.rows[0].base.text(), "2591.29");
    EXPECT_EQ(totals.rows[0].amount.text(), "647.82");
    EXPECT_EQ(totals.gross.text(), "3299.11");
    EXPECT_EQ(totals.rounding.text(), "-0.11");
    EXPECT_EQ(totals.payable, 3299);
}

TEST(peppol_writer, writes_what_the_schemas_allow) {
    const std::filesystem::path schemas = std::filesystem::path(BRYGGA_SHARED_DIR) / "schemas/ubl-2.1/maindoc";
    if (!std::filesystem::exists(schemas) || std::system("xmllint --version > /dev/null 2>&1") != 0)
        GTEST_SKIP() << "the schemas or xmllint are not there";
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / fmt::format("brygga-einvoice-{}", ::getpid());
    std::filesystem::create_directory(folder);
    invoice_inventor inventor(5, day);
    constexpr std::size_t documents = 100;
    for (std::size_t i = 0; i != documents; ++i) {
        const invoice made = inventor.invent(1 + i % 30, i % 3 == 0);
        const auto how = i % 3 == 0 ? peppol::flavour::operated : peppol::flavour::network;
        std::ofstream(folder / fmt::format("invoice{}.xml", i)) << written(peppol::document_of(made, how));
        std::ofstream(folder / fmt::format("credit{}.xml", i)) << written(peppol::document_of(inventor.credit(made), how));
    }
    for (const auto& [files, schema] :
         {std::pair("invoice", "UBL-Invoice-2.1.xsd"), std::pair("credit", "UBL-CreditNote-2.1.xsd")}) {
        const std::string command = fmt::format("xmllint --noout --schema '{}' '{}'/{}*.xml > /dev/null 2>&1",
                                                (schemas / schema).string(), folder.string(), files);
        EXPECT_EQ(std::system(command.c_str()), 0) << command;
    }
    std::filesystem::remove_all(folder);
}

}  // namespace

}  // namespace brygga::einvoice::testing
