// The generic commands on XML documents: JSON both ways, diff and mask. What show prints is in command/cases/camt.case.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "formats/core/iban.hpp"
#include "formats/iso20022/camt/format.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::camt {
namespace {

using testing::HasSubstr;
using testing::Not;

const format& notification() {
    return registered_format(message_kind::notification);
}

std::string to_json(std::string_view xml) {
    std::string out;
    notification().to_json(xml, {}, [&](std::string_view part) { out += part; });
    return out;
}

std::string to_xml(std::string_view json) {
    std::string out;
    const auto done = notification().from_json(json, [&](std::string_view part) { out += part; });
    return done ? out : "error: " + done.error().text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// ---- JSON ----

// A document of one payment, as xml::writer writes it, with one piece written otherwise.
std::string document(std::string_view transaction) {
    return std::string(R"(<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">
  <BkToCstmrDbtCdtNtfctn>
    <Ntfctn>
      <Ntry>
        <NtryDtls>
)") + std::string(transaction) +
           R"(        </NtryDtls>
        <AddtlNtryInf>more</AddtlNtryInf>
      </Ntry>
    </Ntfctn>
  </BkToCstmrDbtCdtNtfctn>
</Document>
)";
}

constexpr std::string_view canonical_payment = R"(          <TxDtls>
            <Refs>
              <AcctSvcrRef>A1</AcctSvcrRef>
            </Refs>
            <Amt Ccy="SEK">10.00</Amt>
          </TxDtls>
)";

TEST(camt_json, carries_a_document_of_our_own_writer_as_values_alone) {
    const std::string json = to_json(document(canonical_payment));
    EXPECT_EQ(json,
              R"({"file":1,"format":"camt.054","version":"08","encoding":"UTF-8","byte_order_mark":false,"prefix":""}
{"open":"Document","@xmlns":"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"}
{"open":"BkToCstmrDbtCdtNtfctn"}
{"open":"Ntfctn"}
{"open":"Ntry"}
{"open":"NtryDtls"}
{"element":"TxDtls","Refs/AcctSvcrRef":"A1","Amt/@Ccy":"SEK","Amt":"10.00"}
{"close":"NtryDtls"}
{"close":"Ntry","AddtlNtryInf":"more"}
{"close":"Ntfctn"}
{"close":"BkToCstmrDbtCdtNtfctn"}
{"close":"Document"}
)");
    EXPECT_EQ(to_xml(json), document(canonical_payment));
}

struct edit_case {
    const char* name;
    const char* written;  // the payment in the document
    const char* from;     // in its line of JSON
    const char* to;
    const char* expected;
};

class edited_payments : public testing::TestWithParam<edit_case> {};

TEST_P(edited_payments, keep_what_was_not_edited) {
    const std::string json = to_json(document(GetParam().written));
    EXPECT_EQ(to_xml(json), document(GetParam().written));
    EXPECT_EQ(to_xml(replaced(json, GetParam().from, GetParam().to)), document(GetParam().expected));
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(all, edited_payments, testing::Values(
    edit_case{"a_value_of_a_line_without_bytes", "          <TxDtls>\n            <Amt>1</Amt>\n          </TxDtls>\n", R"("Amt":"1")", R"("Amt":"2 & 3")",
              "          <TxDtls>\n            <Amt>2 &amp; 3</Amt>\n          </TxDtls>\n"},
    edit_case{"a_value_in_place", "<TxDtls><!-- kept --><Amt Ccy='SEK'>1</Amt></TxDtls>", R"("Amt":"1")", R"("Amt":"20<")",
              "<TxDtls><!-- kept --><Amt Ccy='SEK'>20&lt;</Amt></TxDtls>"},
    edit_case{"an_attribute_in_place", "<TxDtls><Amt Ccy='SEK'>1</Amt></TxDtls>", R"("Amt/@Ccy":"SEK")", R"("Amt/@Ccy":"E\"R")",
              "<TxDtls><Amt Ccy='E&quot;R'>1</Amt></TxDtls>"},
    edit_case{"a_value_of_references_and_sections", "<TxDtls><Nm>&#229;<![CDATA[<]]>b</Nm></TxDtls>", R"("Nm":"å<b")", R"("Nm":"c")",
              "<TxDtls><Nm>c</Nm></TxDtls>"},
    edit_case{"the_second_of_two", "<TxDtls><RmtInf><Ustrd>a</Ustrd><Ustrd>b</Ustrd></RmtInf></TxDtls>", R"("RmtInf/Ustrd[2]":"b")", R"("RmtInf/Ustrd[2]":"c")",
              "<TxDtls><RmtInf><Ustrd>a</Ustrd><Ustrd>c</Ustrd></RmtInf></TxDtls>"},
    edit_case{"a_value_more", "<TxDtls><Amt>1</Amt></TxDtls>\n", R"("Amt":"1")", R"("Amt":"1","AddtlTxInf":"x")",
              "          <TxDtls>\n            <Amt>1</Amt>\n            <AddtlTxInf>x</AddtlTxInf>\n          </TxDtls>\n"},
    edit_case{"an_empty_element_filled", "<TxDtls><Nm/></TxDtls>\n", R"("Nm":"")", R"("Nm":"x")",
              "          <TxDtls>\n            <Nm>x</Nm>\n          </TxDtls>\n"}),
    [](const auto& each) { return each.param.name; });
// clang-format on

struct json_fault {
    const char* name;
    const char* lines;
    const char* expected;
};

class faulty_json : public testing::TestWithParam<json_fault> {};

TEST_P(faulty_json, is_refused_by_its_line) {
    EXPECT_EQ(to_xml(GetParam().lines), std::string("error: ") + GetParam().expected);
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(all, faulty_json, testing::Values(
    json_fault{"no_json", "{}\n<Document/>", "line 1: none or several of \"element\", \"open\", \"within\", \"close\""},
    json_fault{"another_format", R"({"file":1,"format":"bgmax"})", "line 1: this is bgmax, not camt.054"},
    json_fault{"an_unknown_encoding", R"({"file":1,"encoding":"EBCDIC"})", "line 1: unknown \"encoding\": UTF-8, ISO 8859-1, UTF-16LE or UTF-16BE"},
    json_fault{"a_close_that_does_not_fit", R"({"close":"Ntry"})", "line 1: Ntry is not the element that is open"},
    json_fault{"a_number", R"({"element":"Document","a":1})", "line 1: \"a\" is not text"},
    json_fault{"a_blank_in_a_key", R"({"element":"Document","Foo bar":"1"})", "line 1: a key is no path of XML names"},
    json_fault{"markup_in_a_key", R"({"element":"Document","A><B":"1"})", "line 1: a key is no path of XML names"},
    json_fault{"an_empty_key", R"({"element":"Document","":"1"})", "line 1: a key is no path of XML names"},
    json_fault{"an_empty_step", R"({"element":"Document","A//B":"1"})", "line 1: a key is no path of XML names"},
    json_fault{"an_attribute_without_name", R"({"element":"Document","@":"1"})", "line 1: a key is no path of XML names"},
    json_fault{"an_attribute_before_the_end", R"({"element":"Document","@a/b":"1"})", "line 1: a key is no path of XML names"},
    json_fault{"a_prefix_that_is_not_bound", R"({"element":"Document","q:B":"1"})", "line 1: the values make no well-formed XML where they stand"},
    json_fault{"a_key_twice", R"({"element":"Document","A":"1","A":"2"})", "line 1: a key stands twice"},
    json_fault{"a_blank_in_an_element", R"({"element":"A B"})", "line 1: an element has no XML name"},
    json_fault{"a_blank_in_the_prefix", R"({"file":1,"prefix":"a b"})", "line 1: \"prefix\" is no XML name"},
    json_fault{"a_control_character", R"({"element":"Document","A":"1\u0001"})", "line 1: a value holds a character that no XML has"},
    json_fault{"a_noncharacter", R"({"element":"Document","A":"1\uffff"})", "line 1: a value holds a character that no XML has"},
    json_fault{"text_beside_children", R"({"element":"Document","A":"1","A/B":"2"})", "line 1: a value stands on an element that has children"},
    json_fault{"text_beside_later_children", R"({"element":"Document","A/B":"2","A":"1"})", "line 1: a value stands on an element that has children"},
    json_fault{"an_element_that_stays_open", "{\"open\":\"Document\"}\n", "line 1: Document is still open at the end"},
    json_fault{"a_second_root", "{\"element\":\"Document\"}\n{\"element\":\"Document\"}", "line 2: a second root element"},
    json_fault{"a_second_file", "{\"file\":1}\n{\"file\":1}", "line 2: a second \"file\""},
    json_fault{"two_verbs", R"({"open":"Document","close":"Document"})", "line 1: none or several of \"element\", \"open\", \"within\", \"close\""},
    json_fault{"bytes_that_are_broken", R"({"element":"Document","xml":"<Document>"})", "line 1: \"xml\" is not well-formed where it stands"}),
    [](const auto& each) { return each.param.name; });
// clang-format on

// Every way to write the worked example comes back byte for byte; the kept corpus of the fuzzer has more of them.
TEST(camt_json, gives_every_encoding_back) {
    const std::string utf_8 = worked_example("08");
    std::string utf_16 = "\xFF\xFE";
    for (const char c : replaced(replaced(utf_8, "Exempelsson Åsa", "Exempelsson Asa"), "PROVKÖPING", "PROVBY"))
        if (static_cast<unsigned char>(c) < 0x80) utf_16 += std::string{c, '\0'};
    utf_16 = replaced(utf_16,
                      std::string("U\0T\0F\0-\0"
                                  "8\0",
                                  10),
                      std::string("U\0T\0F\0-\0"
                                  "1\0"
                                  "6\0",
                                  12));
    const std::string latin_1 = *from_utf8(replaced(utf_8, "UTF-8", "ISO-8859-1"), encoding::iso_8859_1);
    for (const std::string& each :
         {utf_8, "\xEF\xBB\xBF" + utf_8, utf_16, latin_1, utf_8.substr(0, 1500), latin_1.substr(0, 1500)})
        EXPECT_EQ(to_xml(to_json(each)), each);
    const std::string edited = replaced(to_json(latin_1), "Exempelsson Åsa", "Łukasz €");
    EXPECT_THAT(to_xml(replaced(edited, "Exempelsson Åsa", "Exempelsson Åsa")), HasSubstr("&#321;ukasz &#8364;"));
}

// What the worked example comes back from byte for byte when a piece of it is written otherwise.
struct written_otherwise {
    const char* name;
    std::vector<std::pair<const char*, const char*>> changes;
};

class lossless : public testing::TestWithParam<written_otherwise> {};

TEST_P(lossless, comes_back_byte_for_byte) {
    std::string xml = worked_example("08");
    for (const auto& [from, to] : GetParam().changes)
        xml = replaced(xml, from, to);
    EXPECT_EQ(to_xml(to_json(xml)), xml);
}

constexpr const char* example_namespace = "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08";
const std::string second_prefix = std::string("<Document xmlns:p=\"") + example_namespace + "\" xmlns=";

// clang-format off
INSTANTIATE_TEST_SUITE_P(all, lossless, testing::Values(
    written_otherwise{"a_child_called_file", {{"<TxDtls>", "<TxDtls><file>v</file>"}}},
    written_otherwise{"a_child_called_rest", {{"<TxDtls>", "<TxDtls><rest>v</rest>"}}},
    written_otherwise{"a_child_called_xml", {{"<TxDtls>", "<TxDtls><xml>v</xml>"}}},
    written_otherwise{"a_child_called_element", {{"<TxDtls>", "<TxDtls><element>v</element>"}}},
    written_otherwise{"a_child_called_open", {{"<Ntry>", "<Ntry><open>v</open>"}}},
    written_otherwise{"a_child_called_within", {{"<Ntry>", "<Ntry><within>v</within>"}}},
    written_otherwise{"a_child_called_close", {{"<TxDtls>", "<TxDtls><close>v</close>"}}},
    written_otherwise{"a_child_called_why", {{"<TxDtls>", "<TxDtls><why>v</why>"}}},
    written_otherwise{"a_prefix_declared_between", {{"<Ntfctn>", "<Ntfctn xmlns:a=\"urn:a\">"}, {"<TxDtls>", "<TxDtls><a:x>1</a:x>"}}},
    written_otherwise{"an_attribute_of_a_prefix_declared_between", {{"<Ntfctn>", "<Ntfctn xmlns:a=\"urn:a\">"}, {"<TxDtls>", "<TxDtls a:y=\"1\">"}}},
    written_otherwise{"an_entry_of_no_namespace", {{"<Ntry>", "<Ntry xmlns=\"\">"}}},
    written_otherwise{"another_prefix_of_the_same_namespace", {{"<Document xmlns=", second_prefix.c_str()}, {"<Ntry>", "<p:Ntry>"}, {"</Ntry>", "</p:Ntry>"}}}),
    [](const auto& each) { return each.param.name; });
// clang-format on

TEST(camt_json, gives_a_document_back_that_ends_within_an_element) {
    const std::string xml = worked_example("08");
    const std::string cut = xml.substr(0, xml.find("</Ntfctn>") + 9);
    EXPECT_EQ(to_xml(to_json(cut)), cut);
}

// Keys that are words of the lines are told from them, and can be edited.
TEST(camt_json, writes_a_child_with_a_name_of_the_lines_behind_a_dot) {
    const std::string xml = replaced(worked_example("08"), "<TxDtls>", "<TxDtls><xml>v</xml>");
    const std::string json = to_json(xml);
    EXPECT_THAT(json, HasSubstr(R"("./xml":"v")"));
    EXPECT_EQ(to_xml(replaced(json, R"("./xml":"v")", R"("./xml":"w")")), replaced(xml, "<xml>v<", "<xml>w<"));
}

TEST(camt_json, gives_a_byte_order_mark_back_in_latin_1) {
    const std::string xml =
        "\xEF\xBB\xBF" + *from_utf8(replaced(worked_example("08"), "UTF-8", "ISO-8859-1"), encoding::iso_8859_1);
    EXPECT_EQ(to_xml(to_json(xml)), xml);
}

TEST(camt_json, keeps_the_encoding_when_the_root_is_written_anew) {
    const std::string xml = *from_utf8(replaced(worked_example("08"), "UTF-8", "ISO-8859-1"), encoding::iso_8859_1);
    const std::string json = replaced(to_json(xml), R"("@xmlns":)", R"("@note":"it's","@xmlns":)");
    EXPECT_THAT(to_xml(json),
                testing::StartsWith("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<Document note=\"it&apos;s\" "));
}

// 100 000 values in one element took half a minute each way. The test does not measure: it would run out of its time.
TEST(camt_json, reads_and_writes_and_compares_many_values_in_one_element) {
    std::string many;
    for (int i = 0; i < 100'000; ++i)
        many += fmt::format("<Ustrd>{}</Ustrd>\n", i);
    const std::string xml = replaced(worked_example("08"), "</RmtInf>", many + "</RmtInf>");
    const std::string other = replaced(xml, "<Ustrd>99999<", "<Ustrd>x<");
    const std::string json = to_json(xml);
    EXPECT_EQ(to_xml(json), xml);
    EXPECT_EQ(to_xml(replaced(json, R"("99999")", R"("x")")), other);
    std::string told;
    EXPECT_FALSE(notification().diff(xml, other, {}, [&](std::string_view part) { told += part; }));
    EXPECT_THAT(told, HasSubstr(": 99999  ->  x\n"));
}

TEST(camt_json, refuses_a_path_deeper_than_the_reader) {
    std::string path = "a";
    for (int i = 0; i < 300'000; ++i)
        path += "/a";
    EXPECT_EQ(to_xml(R"({"element":"Document",")" + path + R"(":"v"})"), "error: line 1: a key is no path of XML names");
}

// ---- diff ----

std::string differences(std::string_view before, std::string_view after) {
    std::string out;
    const bool same = notification().diff(before, after, {}, [&](std::string_view part) { out += part; });
    EXPECT_EQ(same, out.empty());
    return out;
}

TEST(camt_diff, tells_what_changed_and_not_how_it_is_written) {
    const std::string before = worked_example("08");
    std::string indented = before;
    for (std::size_t at = 0; (at = indented.find("<Refs>", at)) != std::string::npos; at += 10)
        indented.insert(at, "\n\t  ");
    EXPECT_EQ(differences(before, indented), "");
    EXPECT_EQ(differences(before, replaced(before, "849.50</Amt>", "849.51</Amt>")),
              "~ line 17 | 17  Document/BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry/NtryDtls/TxDtls\n"
              "    Amt: 849.50  ->  849.51\n"
              "1 changed, 0 only in the first, 0 only in the second\n");
    const std::size_t first = before.find("        <TxDtls>");
    const std::size_t second = before.find("        <TxDtls>", first + 1);
    const std::string without = before.substr(0, first) + before.substr(second);
    EXPECT_THAT(differences(before, without),
                HasSubstr("- line 17  Document/BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry/NtryDtls/TxDtls\n"));
    EXPECT_THAT(differences(before, without), HasSubstr("\n0 changed, 1 only in the first, 0 only in the second\n"));
    EXPECT_THAT(differences(without, before), HasSubstr("\n0 changed, 0 only in the first, 1 only in the second\n"));
}

// ---- mask ----

std::string masked(std::string_view xml, std::string_view key = "key") {
    std::string out;
    notification().mask(xml, key, {}, [&](std::string_view part) { out += part; });
    return out;
}

TEST(camt_mask, replaces_every_personal_text_and_nothing_else) {
    std::string real = worked_example("08");
    real = replaced(real, "<Refs>", "<!-- Anna Exempel --><?note Anna?><Own of=\"Anna\">Anna</Own>Anna<Refs>");
    real = replaced(real, "<CdtDbtInd>CRDT</CdtDbtInd>\n          <RltdPties>", "<CdtDbtInd>Anna Exempel</CdtDbtInd><RltdPties>");
    real = replaced(real, "Testström Nils", "Testström &amp; <![CDATA[Anna]]>");
    const std::string made = masked(real);
    for (const char* each :
         {"Anna", "Exempel", "Åsa", "Nils", "Teststr", "Provgatan", "PROVK", "9912346", "1000234706", "10002355", "58411009823"})
        EXPECT_THAT(made, Not(HasSubstr(each)));
    for (const char* each : {"00041-0011130", "849.50", "BGNR", "<StrtNm>", "Faktura ", "LGH", "urn:iso", "2026-03-02"})
        EXPECT_THAT(made, HasSubstr(each));
    EXPECT_EQ(made, masked(real));
    EXPECT_NE(made, masked(real, "another key"));
}

// What a payment can be found by at the bank: the same stays the same, in size and kind.
TEST(camt_mask, replaces_what_identifies_payments) {
    std::string real =
        replaced(worked_example("08"), "<Refs>",
                 "<Refs><MsgId>ORDER20260301</MsgId><PmtInfId>ORDER20260301</PmtInfId><EndToEndId>NOTPROVIDED</EndToEndId>");
    real = replaced(real, "EXBK20260302000020", "EXBK20260302000010");
    const std::string made = masked(real);
    EXPECT_EQ(made.size(), real.size());
    for (const char* each : {"EXBK20260302000010", "EXBK123456789010011130", "ORDER20260301", "<MsgId>EX-0001<"})
        EXPECT_THAT(made, Not(HasSubstr(each)));
    EXPECT_THAT(made, HasSubstr("<EndToEndId>NOTPROVIDED<"));
    const auto value_behind = [&](std::string_view tag, std::size_t from) {
        const std::size_t at = made.find(tag, from) + tag.size();
        return made.substr(at, made.find('<', at) - at);
    };
    const std::size_t first = made.find("<TxDtls>");
    EXPECT_EQ(value_behind("<MsgId>", first), value_behind("<PmtInfId>", first));
    EXPECT_EQ(value_behind("<AcctSvcrRef>", first), value_behind("<AcctSvcrRef>", made.find("<TxDtls>", first + 1)));
    const std::string reference = value_behind("<AcctSvcrRef>", first);
    for (std::size_t i = 0; i < reference.size(); ++i)
        EXPECT_EQ(reference[i] >= '0' && reference[i] <= '9', i >= 4) << reference;
}

// Anna Andersson, 19800101-1234 is nobody. The text stands in a place that holds none as a rule.
class slipped_texts : public testing::TestWithParam<written_otherwise> {};

TEST_P(slipped_texts, are_masked) {
    std::string xml = worked_example("08");
    for (const auto& [from, to] : GetParam().changes)
        xml = replaced(xml, from, to);
    const std::string made = masked(xml);
    for (const char* each : {"Anna", "anna", "Andersson", "andersson", "19800101"})
        EXPECT_THAT(made, Not(HasSubstr(each)));
    EXPECT_THAT(made, HasSubstr("<?xml "));
    EXPECT_THAT(made, HasSubstr("<Document "));
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(all, slipped_texts, testing::Values(
    written_otherwise{"an_alias", {{"<CdtrAcct>", "<DbtrAcct><Prxy><Tp><Cd>EMAL</Cd></Tp><Id>anna.andersson@example.se</Id></Prxy></DbtrAcct><CdtrAcct>"}}},
    written_otherwise{"an_account_in_words", {{"<CdtrAcct>", "<DbtrAcct><Id><Othr><Id>Anna Andersson</Id></Othr></Id></DbtrAcct><CdtrAcct>"}}},
    written_otherwise{"an_entry_reference_in_words", {{"BG09912346 00041-0011130", "Anna Andersson 19800101-1234"}}},
    written_otherwise{"an_entry_reference_of_two_numbers", {{"BG09912346 00041-0011130", "OCR 55 pnr 19800101-1234"}}},
    written_otherwise{"behind_the_mark_of_the_message", {{"/CRED/", "/CRED/ Anna Andersson 19800101-1234"}}},
    written_otherwise{"a_scheme_in_words", {{"<Prtry>BGNR</Prtry>", "<Prtry>Anna Andersson</Prtry>"}}},
    written_otherwise{"an_issuer_in_words", {{"</SchmeNm>", "</SchmeNm><Issr>Anna Andersson</Issr>"}}},
    written_otherwise{"where_the_schema_lies", {{"<Document ", "<Document xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x file:///C:/Users/Anna.Andersson/x.xsd\" "}}},
    written_otherwise{"another_attribute_of_the_schema", {{"<Ntry>", "<Ntry xmlns:xsi=\"urn:a\" xsi:nm=\"Anna Andersson\">"}}},
    written_otherwise{"an_attribute_that_begins_like_a_declaration", {{"<Ntry>", "<Ntry xmlnsfoo=\"Anna Andersson\">"}}},
    written_otherwise{"an_instruction_that_begins_like_the_declaration", {{"<Ntry>", "<?xml-note Anna Andersson 19800101-1234?><Ntry>"}}},
    written_otherwise{"an_address_between_angle_brackets", {{"Exempelsson", "Ex <anna@example.se>"}}},
    written_otherwise{"a_name_between_angle_brackets", {{"Exempelsson", "Ex <Anna Andersson 19800101-1234>"}}},
    written_otherwise{"a_known_name_between_angle_brackets", {{"Exempelsson", "Ex <Nm Anna Andersson 19800101-1234>"}}},
    written_otherwise{"an_attribute_of_what_is_not_well_formed", {{"Exempelsson", "& <Amt Ccy=\"Anna\"><x nm=\"Anna Andersson\"/>"}}},
    written_otherwise{"the_declaration_again", {{"Exempelsson", "<?xml Anna Andersson?>"}}}),
    [](const auto& each) { return each.param.name; });
// clang-format on

// The declaration of what is not well-formed stays only when nothing else is in it.
TEST(camt_mask, masks_a_word_in_the_xml_declaration) {
    const std::string made = masked(replaced(worked_example("08"), "?>", " standalone=\"Anna\"?>"));
    EXPECT_THAT(made, Not(HasSubstr("Anna")));
}

TEST(camt_mask, keeps_namespaces_and_marks) {
    const std::string made =
        masked(replaced(worked_example("08"), "<Document ",
                        "<Document xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x a.xsd\" "));
    for (const char* each : {"http://www.w3.org/2001/XMLSchema-instance", "\"urn:x ", ">BGNR<", ">/CRED/<"})
        EXPECT_THAT(made, HasSubstr(each));
}

// What is handed on never grows with the text, and its size stays.
TEST(camt_mask, masks_a_long_run_in_pieces) {
    for (const char* unit : {" ", "Åsa ", "å"}) {
        std::string run;
        while (run.size() < 2'500'000)
            run += unit;
        const std::string xml = replaced(worked_example("08"), "<Ntry>", "<!--" + run + "--><Ntry>");
        std::string made;
        std::size_t largest = 0;
        notification().mask(xml, "key", {}, [&](std::string_view part) {
            made += part;
            largest = std::max(largest, part.size());
        });
        EXPECT_EQ(made.size(), xml.size());
        EXPECT_LT(largest, 2'000'000U);
        EXPECT_THAT(made, Not(HasSubstr("Åsa")));
    }
}

// Text beside child elements is no value: its references stand for characters all the same.
TEST(camt_mask, leaves_a_document_well_formed_whose_text_stands_beside_elements) {
    for (const char* stray : {"&amp;", "&#x1F600;", "a&lt;b", "Anna &amp; Andersson", "&#65;nna &#49;&#57;80&#48;101-1234\r\nx", "<![CDATA[Anna & <Andersson>]]>",
                              "<!--Anna &c--> Andersson", "<?p Anna &?>", "Anna > \"Andersson\""}) {
        const std::string xml = replaced(worked_example("08"), "</NtryRef>", "</NtryRef>" + std::string(stray));
        EXPECT_TRUE(read(xml).accepted()) << stray;
        const std::string made = masked(xml);
        EXPECT_TRUE(read(made).accepted()) << made.substr(made.find("</NtryRef>"), 80);
        for (const char* each : {"Anna", "Andersson", "&#65;nna", "80&#48;101"})
            EXPECT_THAT(made, Not(HasSubstr(each))) << stray;
    }
    std::string much;  // references over the border of a piece
    for (std::size_t i = 0; i < 20'000; ++i)
        much += "ab&amp;";
    EXPECT_TRUE(read(masked(replaced(worked_example("08"), "</NtryRef>", "</NtryRef>" + much))).accepted());
}

TEST(camt_mask, keeps_the_findings) {
    for (const char* fault : {"CAMT-R14", "CAMT-R15", "CAMT-R31", "CAMT-R32"}) {
        generate_settings what;
        what.faults = {fault};
        std::string real;
        ASSERT_TRUE(notification().generate(what, [&](std::string_view part) { real += part; }));
        const std::string made = masked(real);
        EXPECT_EQ(made.size(), real.size());
        const message_file before = read(real);
        const message_file after = read(made);
        for (const rule_info& each : rules())
            EXPECT_EQ(before.findings.count(each.index), after.findings.count(each.index)) << fault << ' ' << each.id;
    }
}

// SE45 5000 0000 0583 9825 7466 is the registry's example, no account of anybody.
TEST(camt_mask, keeps_an_iban_valid) {
    const std::string real = replaced(worked_example("08"), "<Othr><Id>58411009823</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr>",
                                      "<IBAN>SE4550000000058398257466</IBAN>");
    const std::string made = masked(real);
    const std::string iban = made.substr(made.find("<IBAN>") + 6, 24);
    EXPECT_NE(iban, "SE4550000000058398257466");
    EXPECT_TRUE(parse_iban(iban)) << iban;
}

}  // namespace
}  // namespace brygga::camt
