// Archives with an index of a municipality's print house: print-batch.md section 3.6.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/archive/zip.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/core/ocr.hpp"
#include "formats/print/index/archive_index.hpp"
#include "formats/print/index/container.hpp"
#include "formats/print/index/document.hpp"
#include "formats/print/index/sending_list.hpp"

namespace brygga::print::index {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr date today = 2026y / 11 / 30;

// As the page has it; invented people.
r1_entry sample_r1() {
    r1_entry made;
    made.filename = "Faktura_34567875_to_8403092383.pdf";
    made.reminder = "0";
    made.customer_number = "8403092383";
    made.invoice_type = "00";
    made.invoice_no = "34567875";
    made.invoice_date = "2023-12-01";
    made.due_date = "2023-12-31";
    made.agf = "00";
    made.payment_reference = "1272858604";
    made.total_amount = "123.00";
    made.postage = "B";
    made.name = "Testström Bo";
    made.street = "Provgatan 1";
    made.zip_code = "123 45";
    made.city = "STADEN";
    made.payment_no = "1546-7814";
    made.currency = "SEK";
    return made;
}

r2_entry sample_r2() {
    r2_entry made;
    made.customer_of_house = "3910";
    made.routine = "3910101";
    made.filename = "Faktura_54225035_to_5502272684.pdf";
    made.invoice_no = "54225035";
    made.reference = "5422503507";
    made.amount = "875.00";
    made.customer_id = "5502272684";
    made.invoice_date = "2025-09-15";
    made.due_date = "2025-10-15";
    made.name_1 = "Testsson Test 3";
    made.name_2 = "C/O Andersson";
    made.street = "Testgatan 3";
    made.postcode = "865 33";
    made.town = "Sundsvall";
    made.country = "Sweden";
    made.giro = "5989-2810";
    return made;
}

std::vector<std::string> ids(const document& of) {
    std::vector<std::string> all;
    for (const index_finding& each : of.findings)
        all.emplace_back(std::string(id(each.rule)) + " " + each.field);
    return all;
}

TEST(archive_index, what_is_written_is_read) {
    r1_entry second = sample_r1();
    second.name = "A & B <Test>";
    const entries r1 = std::vector<r1_entry>{sample_r1(), second};
    const entries r2 = std::vector<r2_entry>{sample_r2()};
    for (const entries& each : {r1, r2}) {
        const auto read = read_archive_index(write_archive_index(each));
        ASSERT_TRUE(read) << read.error().text;
        EXPECT_EQ(read->files, each);
        EXPECT_FALSE(read->wrong_declaration);
    }
    EXPECT_THAT(write_archive_index(r2), HasSubstr("\t<file>\n\t\t<idatakundnr>3910</idatakundnr>\n"));
    EXPECT_THAT(write_archive_index(r2), HasSubstr("\t\t<bankkod />\n"));
}

TEST(archive_index, prb_w02_utf8_under_another_declaration) {
    const std::string declaration = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
    const auto read_name = [&](const std::string& name) {
        const auto read = read_archive_index(declaration + "<Index><file><InvoiceNo>1</InvoiceNo><BuyerParty_Name>" + name +
                                             "</BuyerParty_Name></file></Index>");
        EXPECT_TRUE(read) << read.error().text;
        return std::pair(std::get<0>(read->files).at(0).name, read->wrong_declaration);
    };
    EXPECT_EQ(read_name("Teststr\xC3\xB6m"), std::pair(std::string("Testström"), true)) << "PRB-W02";
    EXPECT_EQ(read_name("Teststr\xF6m"), std::pair(std::string("Testström"), false));
    EXPECT_EQ(read_name("Teststrom"), std::pair(std::string("Teststrom"), false));
}

TEST(archive_index, prb_r01_what_is_no_index) {
    const char* const table[] = {
        "",
        "no XML",
        "<Index/>",
        "<Index><file><filename>a.pdf</filename></file></Index>",
        "<?xml version=\"1.0\"?><?xml version=\"1.0\"?><Index><file><InvoiceNo>1</InvoiceNo></file></Index>",
        "<Index><file><InvoiceNo>1</InvoiceNo></file>",
        "<Other><file><InvoiceNo>1</InvoiceNo></file></Other>",
        "<Index><other><InvoiceNo>1</InvoiceNo></other></Index>",
        "<Index><file><InvoiceNo>1</InvoiceNo><New>Anna</New></file></Index>",
        "<Index><file><InvoiceNo>1</InvoiceNo><InvoiceNo>2</InvoiceNo></file></Index>",
        "<Index><file><InvoiceNo>1</InvoiceNo></file><file><fakturanr>1</fakturanr></file></Index>",
        "<Index><file><InvoiceNo><b>1</b></InvoiceNo></file></Index>",
        "<Index>text<file><InvoiceNo>1</InvoiceNo></file></Index>",
    };
    for (const char* text : table) {
        const auto read = read_archive_index(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, error_code::invalid_content);
        EXPECT_THAT(read.error().text, HasSubstr("PRB-R01"));
        EXPECT_THAT(read.error().text, Not(HasSubstr("Anna")));
    }
}

TEST(index_document, r1_as_the_page_has_it) {
    const document read = read_entry(sample_r1(), flow::invoice, today);
    EXPECT_THAT(ids(read), testing::IsEmpty()) << "PRB-R08, PRB-W03";
    EXPECT_TRUE(read.sendable());
    EXPECT_EQ(read.kind, document_kind::invoice);
    EXPECT_EQ(read.number, "34567875");
    EXPECT_EQ(read.issued, 2023y / 12 / 1);
    EXPECT_EQ(read.due, 2023y / 12 / 31);
    EXPECT_EQ(read.reference, "1272858604");
    EXPECT_EQ(read.amount_ore, 12'300);
    EXPECT_EQ(read.account, "15467814");
    EXPECT_EQ(read.method, payment_method::slip);
    EXPECT_EQ(read.identity_number, "198403092383");
    EXPECT_EQ(read.address.country, "SE") << "empty, with a Swedish postcode";
    EXPECT_EQ(read.postage, postage::economy);
    EXPECT_FALSE(read.print_only);
}

TEST(index_document, kinds) {
    EXPECT_EQ(read_entry(sample_r1(), flow::reminder, today).kind, document_kind::reminder);
    r1_entry r1 = sample_r1();
    r1.reminder = "1";
    EXPECT_EQ(read_entry(r1, flow::invoice, today).kind, document_kind::reminder);
    r2_entry r2 = sample_r2();
    r2.filename = "Kreditfaktura_54225037_to_5502272684.pdf";
    EXPECT_EQ(read_entry(r2, flow::invoice, today).kind, document_kind::credit_invoice);
}

TEST(index_document, methods) {
    const auto r1 = [](const char* agf, const char* amount) {
        r1_entry made = sample_r1();
        made.agf = agf;
        made.total_amount = amount;
        return read_entry(made, flow::invoice, today).method;
    };
    EXPECT_EQ(r1("01", "1.00"), payment_method::autogiro);
    EXPECT_EQ(r1("00", "0.00"), payment_method::none);
    EXPECT_EQ(r1("01", "-1.00"), payment_method::none) << "PRB-R10";
    const auto r2 = [](const char* autogiro, const char* amount) {
        r2_entry made = sample_r2();
        made.autogiro = autogiro;
        made.amount = amount;
        return read_entry(made, flow::invoice, today).method;
    };
    EXPECT_EQ(r2("AG", "1.00"), payment_method::autogiro);
    EXPECT_EQ(r2("AG", "-920.00"), payment_method::none);
    EXPECT_EQ(r2("", "1.00"), payment_method::slip);
}

TEST(index_document, prb_r08_what_is_missing) {
    r2_entry empty = sample_r2();
    empty.amount = "";
    EXPECT_THAT(ids(read_entry(empty, flow::invoice, today)), ElementsAre("PRB-R08 belopp_att_betala"));
    EXPECT_FALSE(read_entry(empty, flow::invoice, today).sendable());
    r2_entry nowhere = sample_r2();
    nowhere.country = "Utopia";
    EXPECT_THAT(ids(read_entry(nowhere, flow::invoice, today)), ElementsAre("PRB-R08 kund_land"));
    nowhere.country = "";
    nowhere.postcode = "";
    EXPECT_THAT(ids(read_entry(nowhere, flow::invoice, today)), ElementsAre("PRB-R08 kund_land"));
    r1_entry day = sample_r1();
    day.due_date = "2023-12-32";
    EXPECT_THAT(ids(read_entry(day, flow::invoice, today)), ElementsAre("PRB-R08 DueDate"));
    r2_entry abroad = sample_r2();
    abroad.country = "Norway";
    abroad.postcode = abroad.town = "";
    EXPECT_EQ(read_entry(abroad, flow::invoice, today).address.country, "NO");
}

TEST(index_document, prb_w03_a_recipient_who_is_not_sure) {
    for (const char* name :
         {"Faktura_54225035_to_550227268.pdf", "Faktura_54225035_to_5502272692.pdf", "Faktura_54225035_to_195502272684.pdf",
          "Faktura_54225035.pdf", "_54225035_to_5502272684.pdf", "Faktura_x_to_5502272684.pdf", ""}) {
        r2_entry made = sample_r2();
        made.filename = name;
        const document read = read_entry(made, flow::invoice, today);
        EXPECT_THAT(ids(read), ElementsAre("PRB-W03 filename")) << name;
        EXPECT_TRUE(read.print_only);
        EXPECT_TRUE(read.sendable()) << "a warning";
        EXPECT_THAT(read.findings[0].expected, Not(HasSubstr("5502")));
    }
}

TEST(index_document, identity_numbers) {
    r2_entry made = sample_r2();
    EXPECT_EQ(read_entry(made, flow::invoice, today).identity_number, "195502272684");
    made.customer_id = "5560004615";
    EXPECT_EQ(read_entry(made, flow::invoice, today).identity_number, "5560004615");
    made.customer_id = "1234567890";
    EXPECT_EQ(read_entry(made, flow::invoice, today).identity_number, "") << "a customer number";
    r1_entry with_both = sample_r1();
    with_both.soc_sec = "19121212-1212";
    EXPECT_EQ(read_entry(with_both, flow::invoice, today).identity_number, "191212121212");
}

TEST(index_document, the_table_backwards) {
    r2_entry r2 = sample_r2();
    r2.customer_of_house = r2.routine = "";  // the print house's own
    EXPECT_EQ(to_r2(read_entry(sample_r2(), flow::invoice, today)), r2);
    r1_entry r1 = sample_r1();
    r1.invoice_type = "";
    r1.soc_sec = "198403092383";
    r1.country = "Sweden";
    EXPECT_EQ(to_r1(read_entry(sample_r1(), flow::invoice, today)), r1);
    const document nothing;
    EXPECT_EQ(to_r2(nothing).amount, "");
    EXPECT_EQ(to_r2(nothing).invoice_date, "");
}

TEST(index_container, names) {
    const auto read = parse_container_name("Faktura-pdf-250915_063000.zip.7z");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->of, flow::invoice);
    EXPECT_EQ(read->day, 2025y / 9 / 15);
    EXPECT_EQ(read->clock, "063000");
    EXPECT_EQ(write_container_name(*read), "Faktura-pdf-250915_063000.zip.7z");
    EXPECT_EQ(parse_container_name("Betalningspaminnelse-pdf-250915_063000.zip.7z")->of, flow::reminder);
    for (const char* name :
         {"", "Faktura-pdf-250915_063000.zip", "Faktura-pdf-251315_063000.zip.7z", "Faktura-pdf-250915-063000.zip.7z",
          "Faktura-pdf-250915_06300x.zip.7z", "Lon-pdf-250915_063000.zip.7z"})
        EXPECT_EQ(parse_container_name(name), std::nullopt) << name;
}

TEST(index_container, both_ways) {
    const std::string index = write_archive_index(std::vector<r2_entry>{sample_r2()});
    const std::vector<container_file> files = {{"ArchiveIndex.xml", index}, {sample_r2().filename, "%PDF-1.7"}};
    const auto packed = pack_container(files);
    ASSERT_TRUE(packed) << packed.error().text;
    EXPECT_EQ(packed->substr(0, 1), "\x5D") << "LZMA alone, not 7z";
    const auto zip = unpack_container(*packed);
    ASSERT_TRUE(zip) << zip.error().text;
    std::vector<std::pair<std::string, std::string>> read;
    const auto all = archive::read_zip(*zip, {}, [&](const archive::zip_member& each) -> result<void> {
        read.emplace_back(each.name, each.bytes);
        return {};
    });
    ASSERT_TRUE(all) << all.error().text;
    EXPECT_THAT(read, ElementsAre(std::pair(std::string("ArchiveIndex.xml"), index),
                                  std::pair(sample_r2().filename, std::string("%PDF-1.7"))));
}

TEST(index_container, what_is_no_container) {
    const std::string packed = *pack_container(std::vector<container_file>{{"a.pdf", "%PDF-1.7"}});
    for (const std::string& bytes : {std::string(), std::string("PK\x03\x04 something"),
                                     std::string("7z\xBC\xAF\x27\x1C rest of it"), packed.substr(0, packed.size() / 2)}) {
        const auto read = unpack_container(bytes);
        ASSERT_FALSE(read) << bytes.size();
        EXPECT_EQ(read.error().code, error_code::invalid_content);
    }
}

TEST(index_container, limits) {
    const std::string zeros(4 << 20, '\0');
    const std::string packed = *pack_container(std::vector<container_file>{{"a.pdf", zeros}});
    EXPECT_EQ(unpack_container(packed).error().code, error_code::limit_exceeded) << "its ratio";
    EXPECT_TRUE(unpack_container(packed, {std::uint64_t{5} << 20, 100'000}));
    EXPECT_EQ(unpack_container(packed, {std::uint64_t{3} << 20, 100'000}).error().code, error_code::limit_exceeded);
}

TEST(sending_list, quoted_and_not) {
    const letter_row anna{"Exempel, Anna \"A\"", "Bo Pröv", "Provgatan 7", "1102", "123 45", "Provstad"};
    const auto written = write_sending_list({anna});
    ASSERT_TRUE(written);
    EXPECT_EQ(*written,
              "namn,careOf,adress,lagenhet,postnummer,postort\r\n"
              "\"Exempel, Anna \"\"A\"\"\",\"Bo Pr\xF6v\",\"Provgatan 7\",\"1102\",\"123 45\",\"Provstad\"\r\n");
    EXPECT_THAT(*read_sending_list(*written), ElementsAre(anna));
    const auto plain =
        read_sending_list("namn,careOf,adress,lagenhet,postnummer,postort\nAnna Exempel,,Provgatan 7,,123 45,Provstad");
    ASSERT_TRUE(plain) << plain.error().text;
    EXPECT_THAT(*plain, ElementsAre(letter_row{"Anna Exempel", "", "Provgatan 7", "", "123 45", "Provstad"}));
    EXPECT_TRUE(read_sending_list("namn,careOf,adress,lagenhet,postnummer,postort\r\n")->empty());
    EXPECT_EQ(write_sending_list({{"Żółć", "", "", "", "", ""}}).error().code, error_code::invalid_content);
}

TEST(sending_list, rows_of_another_form) {
    const std::string header = "namn,careOf,adress,lagenhet,postnummer,postort\r\n";
    for (const char* row :
         {"Exempel, Anna,,Provgatan 7,,123 45,Provstad", "Anna Exempel,,Provgatan 7,,123 45", "\"Anna,,,,,", "\"Anna\"x,,,,,"}) {
        const auto read = read_sending_list(header + "a,b,c,d,e,f\r\n" + row + "\r\n");
        ASSERT_FALSE(read) << row;
        EXPECT_THAT(read.error().text, HasSubstr("line 3"));
        EXPECT_THAT(read.error().text, Not(HasSubstr("Anna")));
    }
    EXPECT_FALSE(read_sending_list("a,b,c\r\n"));
    EXPECT_FALSE(read_sending_list(""));
}

RC_GTEST_PROP(sending_list_property, what_is_written_is_read, ()) {
    const auto text = [] { return *rc::gen::container<std::string>(rc::gen::element('a', 'B', '"', ',', '\n', '\r', ' ', '0')); };
    std::vector<letter_row> rows;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        rows.push_back({text(), text(), text(), text(), text(), text()});
    RC_ASSERT(read_sending_list(*write_sending_list(rows)) == rows);
}

TEST(archive_index, the_published_sample) {
    const auto source = byte_source::open(BRYGGA_SOURCE_DIR "/../shared/samples/print/ArchiveIndex.xml");
    if (!source) GTEST_SKIP() << "the sample is not here";
    const auto read = read_archive_index(source->bytes());
    ASSERT_TRUE(read) << read.error().text;
    const auto& files = std::get<std::vector<r2_entry>>(read->files);
    ASSERT_EQ(files.size(), 11u);
    int credits = 0, collected = 0, unsendable = 0;
    for (const r2_entry& each : files) {
        EXPECT_EQ(ocr::validate(each.reference, {ocr_level::variable_length, {}}), ocr_verdict::valid);
        const document made = read_entry(each, flow::invoice, today);
        credits += made.kind == document_kind::credit_invoice;
        collected += made.method == payment_method::autogiro;
        unsendable += !made.sendable();
        EXPECT_FALSE(made.print_only);
    }
    EXPECT_EQ(credits, 2);
    EXPECT_EQ(collected, 3);
    EXPECT_EQ(unsendable, 1) << "an empty amount";
    EXPECT_EQ(read_archive_index(write_archive_index(read->files))->files, read->files);
}

}  // namespace
}  // namespace brygga::print::index
