// The canary scan: a sealed value is found however it is written and packed, and nothing else is.
#include "formats/canary/scan.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/archive/zip_writer.hpp"
#include "formats/core/base64.hpp"
#include "formats/core/text.hpp"
#include "formats/print/letter/renderer.hpp"

namespace brygga::canary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view berit = "Berit Åsa Björkén", street = "Hemliga gatan 7 lgh 1102", mail = "berit@hemlig.example",
                           telephone = "070-765 43 21", identity = "198112289874";

needles all_of_berit() {
    needles out;
    EXPECT_TRUE(out.add(value_kind::name, 0, berit));
    EXPECT_TRUE(out.add(value_kind::street, 0, street));
    EXPECT_TRUE(out.add(value_kind::email, 0, mail));
    EXPECT_TRUE(out.add(value_kind::telephone, 0, telephone));
    EXPECT_TRUE(out.add(value_kind::identity_number, 0, identity));
    return out;
}

std::vector<std::string> kinds(std::string_view bytes) {
    const needles sealed = all_of_berit();
    std::vector<std::string> out;
    for (const sighting& each : scan(bytes, sealed).seen)
        out.emplace_back(name(sealed.all()[each.needle].kind));
    return out;
}

std::string utf16(std::string_view utf8) {
    std::string out;
    const std::string latin_1 = *from_utf8(utf8, encoding::iso_8859_1);
    for (const char c : latin_1)
        (out += c) += '\0';
    return out;
}

std::string as_json(std::string_view utf8) {
    std::string out;
    const std::string latin_1 = *from_utf8(utf8, encoding::iso_8859_1);
    for (const char c : latin_1)
        out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    return out;
}

std::string as_bytes(std::string_view utf8, char mark) {
    std::string out;
    for (const char c : utf8)
        out += fmt::format("{}{:02X}", mark, static_cast<unsigned>(static_cast<unsigned char>(c)));
    return out;
}

std::string as_references(std::string_view utf8) {
    std::string out;
    const std::string latin_1 = *from_utf8(utf8, encoding::iso_8859_1);
    for (const char c : latin_1)
        out += fmt::format("&#{};", static_cast<unsigned>(static_cast<unsigned char>(c)));
    return out;
}

// PRO-R03
TEST(canary_scan, finds_a_name_in_every_writing) {
    const std::string text(berit);
    const std::string writings[] = {text,
                                    "BERIT ÅSA BJÖRKÉN",
                                    "Berit Asa Bjorken",
                                    "x Berit\r\n  Åsa   Björkén y",
                                    *from_utf8(text, encoding::iso_8859_1),
                                    *from_utf8(text, encoding::cp850),
                                    *from_utf8("Berit Åsa Björken", encoding::iso_646_se),
                                    utf16(text),
                                    as_json(text),
                                    as_bytes(text, '%'),
                                    as_bytes(text, '='),
                                    as_references(text),
                                    "Berit =C3=85sa Bj=\r\n=C3=B6rk=C3=A9n",
                                    in_base64("xx" + text + "yy"),
                                    R"({"data":")" + in_base64(text + " with more behind it") + R"("})"};
    for (const std::string& each : writings)
        EXPECT_THAT(kinds("before " + each + " behind"), ElementsAre("name")) << each;
    EXPECT_THAT(kinds("Berit Persson, Åsa Björkén"), IsEmpty());
}

TEST(canary_scan, finds_numbers_in_every_writing) {
    for (const std::string_view each : {"198112289874", "19811228-9874", "811228-9874", "8112289874", "811228+9874",
                                        "19 811228 9874", "<id>8112289874</id>", "#198112289874#"})
        EXPECT_THAT(kinds(each), ElementsAre("identity number")) << each;
    for (const std::string_view each :
         {"0707654321", "070-7654321", "+46 70 765 43 21", "0046707654321", "070/765 43 21", "+46 (0)70-765 43 21"})
        EXPECT_THAT(kinds(each), ElementsAre("telephone")) << each;
    for (const std::string_view each :
         {"81122898741", "1981122898745", "001198112289874", "8112289873", "707654321", "90707654321", "07076543210"})
        EXPECT_THAT(kinds(each), IsEmpty()) << each;
}

TEST(canary_scan, looks_into_archives_and_their_names) {
    std::string zip;
    archive::zip_writer to([&](std::string_view bytes) { zip += bytes; }, archive::dos_time{});
    ASSERT_TRUE(to.add("a.txt", "harmless"));
    ASSERT_TRUE(to.add("b.txt", fmt::format("to {}", street)));
    ASSERT_TRUE(to.finish());
    const needles sealed = all_of_berit();
    const report told = scan(zip, sealed);
    ASSERT_THAT(told.seen, SizeIs(testing::Ge(1u)));
    EXPECT_FALSE(told.may_leave());
    zip[zip.size() / 2] = static_cast<char>(zip[zip.size() / 2] ^ 0x55);
    EXPECT_FALSE(scan(zip, sealed).may_leave()) << "what cannot be read does not leave";
}

TEST(canary_scan, reads_letters) {
    print::look look;
    look.company = "Provstads Energi AB";
    look.organisation_number = "5561234567";
    const auto drawn_by = print::renderer::make(look);
    ASSERT_TRUE(drawn_by);
    print::letter letter;
    letter.kind = print::letter_kind::letter;
    letter.number = "1";
    letter.issued = std::chrono::year(2026) / 11 / 5;
    letter.window = {"19811228-9874"};
    letter.paragraphs = {fmt::format("Vi har bytt mätaren hos {} på {} i dag.", berit, street)};
    const auto pdf = drawn_by->render(letter);
    ASSERT_TRUE(pdf);
    EXPECT_THAT(kinds(pdf->pdf), testing::UnorderedElementsAre("name", "street", "identity number"));
    EXPECT_THAT(kinds("{\"pdf\":\"" + in_base64(pdf->pdf) + "\"}"),
                testing::UnorderedElementsAre("name", "street", "identity number"));
    EXPECT_FALSE(scan(pdf->pdf.substr(0, pdf->pdf.size() / 2), all_of_berit()).may_leave());
}

// Found by the property and the fuzzer: words before Base64 belong to its alphabet, and its last bytes may be half a group.
TEST(canary_scan, looks_into_base64_behind_words_and_to_its_last_byte) {
    const std::string text(berit);
    const std::string mime = "Content-Transfer-Encoding: base64\r\n\r\n";
    for (const std::string_view more : {"", "x", "xy"}) {
        EXPECT_THAT(kinds(mime + in_base64(fmt::format("Hej {} {}", more, text))), ElementsAre("name")) << more;
        EXPECT_THAT(kinds("U29tIGzDpW5nIHRleHQ0MDEy\n\n" + in_base64(text + " och mer text")), ElementsAre("name"));
    }
    EXPECT_THAT(kinds(in_base64(in_base64("Till " + text))), ElementsAre("name")) << "twice";
}

TEST(canary_scan, looks_into_files_behind_something_else) {
    std::string zip;
    archive::zip_writer to([&](std::string_view part) { zip += part; }, {});
    ASSERT_TRUE(to.add("a.xml", in_base64("Till " + std::string(berit))));
    ASSERT_TRUE(to.finish());
    EXPECT_THAT(kinds("Content-Type: application/zip\r\n\r\n" + zip), testing::Contains("name"));
    EXPECT_THAT(kinds("Content-Transfer-Encoding: base64\r\n\r\n" + in_base64(zip)), testing::Contains("name"));
    EXPECT_FALSE(scan("Content-Type: application/pdf\r\n\r\n%PDF-1.4 broken", all_of_berit()).may_leave()) << "nobody can look";
}

TEST(canary_scan, leaves_out_what_is_expected_and_too_short) {
    needles sealed = all_of_berit();
    EXPECT_FALSE(sealed.add(value_kind::street, 1, "Box 1"));
    const auto own = sealed.equal_to(value_kind::name, "berit åsa björkén");
    ASSERT_THAT(own, SizeIs(1));
    EXPECT_TRUE(scan(berit, sealed, {own.begin(), own.end()}).may_leave());
    EXPECT_THAT(sealed.equal_to(value_kind::street, berit), IsEmpty());
}

}  // namespace
}  // namespace brygga::canary
