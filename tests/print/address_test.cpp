// Address blocks: print-batch.md section 3.8, with the addresses of section 7.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"
#include "formats/einvoice/code_lists.hpp"
#include "formats/print/address/block.hpp"
#include "formats/print/address/check.hpp"
#include "formats/print/address/countries.hpp"
#include "formats/print/address/postcode.hpp"

namespace brygga::print {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using lines = std::vector<std::string>;

address_parts anna() {
    address_parts parts;
    parts.name = "Anna Exempel";
    parts.care_of = "Bo Prov";
    parts.street = "Provgatan 7";
    parts.supplement = "lgh 1102";
    parts.postcode = "12345";
    parts.town = "Provstad";
    return parts;
}

const lines of_anna = {"Anna Exempel", "c/o Bo Prov", "Provgatan 7 lgh 1102", "123 45 Provstad"};

std::vector<std::string> ids(const std::vector<address_finding>& found) {
    std::vector<std::string> all;
    for (const address_finding& each : found)
        all.emplace_back(address_rules()[static_cast<std::size_t>(each.rule)].id);
    return all;
}

std::vector<std::string> ids_of(const lines& block, std::string_view country = "SE", const address_demands& demands = {}) {
    return ids(check_address(block, country, demands));
}

TEST(address, worked_examples) {
    EXPECT_EQ(address_lines(anna())->lines, of_anna);

    address_parts company;
    company.name = "Provbolaget AB";
    company.department = "Ekonomiavdelningen";
    company.box = "12";
    company.postcode = "SE-12346";
    company.town = "Provstad";
    EXPECT_THAT(address_lines(company)->lines, ElementsAre("Provbolaget AB", "Ekonomiavdelningen", "Box 12", "123 46 Provstad"));

    address_parts abroad;
    abroad.name = "Kari Prøve";
    abroad.street = "Prøveveien 3";
    abroad.postcode = "0313";
    abroad.town = "OSLO";
    abroad.country = "NO";
    const auto made = address_lines(abroad);
    EXPECT_THAT(made->lines, ElementsAre("Kari Prøve", "Prøveveien 3", "0313 OSLO", "NORGE"));
    EXPECT_EQ(made->country, "NO");
    EXPECT_THAT(check_address(*made), IsEmpty());
}

TEST(address, every_part_in_its_place) {
    address_parts parts = anna();
    parts.department = "Inköp";
    parts.attention = "Att: Eva Test";
    parts.care_of = "C/O  Bo\tProv";
    parts.name = "  Provbolaget\xC2\xA0 AB ";
    EXPECT_THAT(address_lines(parts)->lines, ElementsAre("Provbolaget AB", "Inköp", "Att: Eva Test", "c/o Bo Prov",
                                                         "Provgatan 7 lgh 1102", "123 45 Provstad"));
}

TEST(address, a_supplement_that_does_not_fit_stands_above_the_street) {
    address_parts parts = anna();
    parts.supplement = "Byggnad 12 plan 4 norra flygeln";
    EXPECT_THAT(address_lines(parts)->lines,
                ElementsAre("Anna Exempel", "c/o Bo Prov", parts.supplement, "Provgatan 7", "123 45 Provstad"));
    address_limits wide;
    wide.line_characters = 60;
    EXPECT_EQ(address_lines(parts, wide)->lines.size(), 4u);
    parts.street.clear();
    EXPECT_THAT(address_lines(parts)->lines, ElementsAre("Anna Exempel", "c/o Bo Prov", parts.supplement, "123 45 Provstad"));
}

TEST(address, a_country_writes_its_postcode_where_it_does) {
    address_parts parts;
    parts.name = "A Sample";
    parts.street = "1 Test Street";
    parts.town = "LONDON";
    parts.postcode = "N1 9GU";
    parts.country = "GB";
    EXPECT_THAT(address_lines(parts)->lines, ElementsAre("A Sample", "1 Test Street", "LONDON", "N1 9GU", "STORBRITANNIEN"));
    parts.town = "SPRINGFIELD IL";
    parts.postcode = "62701";
    parts.country = "US";
    EXPECT_THAT(address_lines(parts)->lines, ElementsAre("A Sample", "1 Test Street", "SPRINGFIELD IL 62701", "USA"));
    parts.country = "ZZ";
    EXPECT_EQ(address_lines(parts).error().code, error_code::invalid_argument);
}

TEST(address, postcodes) {
    for (const char* text : {"12345", "123 45", "SE-12345", "S-123 45", "SE-123 45", "S-12345", " 12345 "})
        EXPECT_EQ(swedish_postcode(text), "123 45") << text;
    for (const char* text : {"", "1234", "123456", "02345", "12 345", "NO-12345", "SE12345", "1234S", "123-45", "SE-"})
        EXPECT_EQ(swedish_postcode(text), std::nullopt) << text;
}

TEST(countries, all_of_iso_3166_1_fit_a_line) {
    std::set<std::string_view> codes, names;
    for (const country& each : countries()) {
        codes.insert(each.code);
        names.insert(each.swedish);
        EXPECT_LE(count_code_points(each.swedish), 35u) << each.swedish;
        EXPECT_FALSE(each.english.empty()) << each.code;
        for (const char c : each.swedish)
            EXPECT_FALSE(c >= 'a' && c <= 'z') << each.swedish;
        EXPECT_EQ(find_country(each.code), &each);
        EXPECT_EQ(country_named(each.swedish), &each) << each.swedish;
        EXPECT_EQ(country_named(each.english), &each) << each.english;
    }
    EXPECT_EQ(names.size(), countries().size());
    // What e-invoices add to the standard: Kosovo by another code, Northern Ireland.
    std::set<std::string_view> of_invoices;
    for (const std::string_view code : einvoice::code_list(einvoice::list::country))
        if (code != "1A" && code != "XI") of_invoices.insert(code);
    EXPECT_EQ(codes, of_invoices);
}

TEST(countries, names_that_partners_write) {
    EXPECT_EQ(country_named("Sweden")->code, "SE");
    EXPECT_EQ(country_named("norge")->code, "NO");
    EXPECT_EQ(country_named("dk")->code, "DK");
    EXPECT_EQ(country_named("åland")->code, "AX");
    EXPECT_EQ(country_named("Great Britain")->code, "GB");
    EXPECT_EQ(country_named("Utopia"), nullptr);
    EXPECT_EQ(country_named(""), nullptr);
    EXPECT_EQ(find_country("se"), nullptr);
}

TEST(address_rules, a_right_address_has_no_findings) {
    EXPECT_THAT(ids_of(of_anna), IsEmpty()) << "ADR-R01 to ADR-R08";
}

TEST(address_rules, adr_r01_lines) {
    EXPECT_THAT(ids_of({"123 45 Provstad"}), ElementsAre("ADR-R01"));
    EXPECT_THAT(ids_of({}), ElementsAre("ADR-R01"));
    EXPECT_THAT(ids_of({"A", "B", "C", "D", "E", "123 45 Provstad"}), IsEmpty());
    EXPECT_THAT(ids_of({"A", "B", "C", "D", "E", "F", "123 45 Provstad"}), ElementsAre("ADR-R01"));
    const std::string long_name = "Å" + std::string(34, 'a');
    EXPECT_THAT(ids_of({long_name, "123 45 Provstad"}), IsEmpty()) << "35 characters in 36 bytes";
    EXPECT_THAT(ids_of({long_name + "a", "123 45 Provstad"}), ElementsAre("ADR-R01"));
    EXPECT_THAT(ids_of({"Anna Exempel", "Provgatan 7"}), ElementsAre("ADR-R01")) << "no postcode line";
    address_demands wide;
    wide.limits = {40, 3, 8, 10};
    EXPECT_THAT(ids_of({long_name + "a", "123 45 Provstad"}, "SE", wide), ElementsAre("ADR-R01")) << "lines of a longer block";
    EXPECT_THAT(ids_of({long_name + "a", "Provgatan 7", "123 45 Provstad"}, "SE", wide), IsEmpty());
}

TEST(address_rules, adr_r02_postcode) {
    for (const char* line : {"12345 Provstad", "SE-123 45 Provstad", "S-12345 Provstad", "S 123 45 Provstad", "023 45 Provstad",
                             "123 4 Provstad", "1234 5 Provstad"})
        EXPECT_THAT(ids_of({"Anna Exempel", line}), ElementsAre("ADR-R02")) << line;
    EXPECT_THAT(ids_of({"Anna Exempel", "923 45 Provstad"}), IsEmpty());
}

TEST(address_rules, adr_r03_town) {
    EXPECT_THAT(ids_of({"Anna Exempel", "123 45  Provstad"}), IsEmpty());
    for (const char* line : {"123 45   Provstad", "123 45Provstad", "123 45", "123 45 En alldeles för lång ort i Prov"})
        EXPECT_THAT(ids_of({"Anna Exempel", line}), testing::Contains("ADR-R03")) << line;
    EXPECT_THAT(ids_of({"Anna Exempel", "123 45 " + std::string(27, 'a')}), IsEmpty());
    EXPECT_THAT(ids_of({"Anna Exempel", "123 45 " + std::string(28, 'a')}), ElementsAre("ADR-R03"));
}

TEST(address_rules, adr_r04_country) {
    const auto abroad = [](const std::string& last) { return lines{"Kari Prøve", "Prøveveien 3", "0313 OSLO", last}; };
    EXPECT_THAT(ids_of(abroad("NORGE"), "NO"), IsEmpty());
    EXPECT_THAT(ids_of(abroad("NORWAY"), "NO"), IsEmpty()) << "an internationally used language";
    EXPECT_THAT(ids_of(abroad("Norge"), "NO"), ElementsAre("ADR-R04"));
    EXPECT_THAT(ids_of(abroad("NO"), "NO"), ElementsAre("ADR-R04"));
    EXPECT_THAT(ids_of(abroad("DANMARK"), "NO"), ElementsAre("ADR-R04"));
    EXPECT_THAT(ids_of({"Kari Prøve", "0313 OSLO"}, "NO"), ElementsAre("ADR-R04"));
    EXPECT_THAT(ids_of(abroad("NORGE"), "XX"), ElementsAre("ADR-R04"));
    EXPECT_THAT(ids_of({"Anna Exempel", "123 45 Provstad", "SVERIGE"}), ElementsAre("ADR-R04"));
    EXPECT_THAT(ids_of({"Sverige"}), ElementsAre("ADR-R01", "ADR-R04"));
}

TEST(address_rules, adr_r05_other_text) {
    EXPECT_THAT(ids_of({"Anna Exempel", "", "123 45 Provstad"}), ElementsAre("ADR-R05"));
    for (const char* line : {"Kundnr: 100200", "OCR 7001234504", "Fakturanr 1", "Tel 08-123"})
        EXPECT_THAT(ids_of({"Anna Exempel", line, "123 45 Provstad"}), ElementsAre("ADR-R05")) << line;
    for (const char* line : {"Referensgatan 3", "Telgatan 4", "Mobilvägen 12"})
        EXPECT_THAT(ids_of({"Anna Exempel", line, "123 45 Provstad"}), IsEmpty()) << line;
    address_demands with_number;
    with_number.customer_number = "100200";
    EXPECT_THAT(ids_of({"Anna Exempel (100200)", "123 45 Provstad"}, "SE", with_number), ElementsAre("ADR-R05"));
    EXPECT_THAT(ids_of({"Anna Exempel 1002001", "123 45 Provstad"}, "SE", with_number), IsEmpty());
    with_number.customer_number = "7";
    EXPECT_THAT(ids_of(of_anna, "SE", with_number), IsEmpty()) << "a house number";
}

TEST(address_rules, adr_r06_characters) {
    EXPECT_THAT(ids_of({"Anna\x01", "123 45 Provstad"}), ElementsAre("ADR-R06"));
    EXPECT_THAT(ids_of({"Anna\xC2\x85", "123 45 Provstad"}), ElementsAre("ADR-R06")) << "U+0085";
    EXPECT_THAT(ids_of({"Anna\xFF", "123 45 Provstad"}), ElementsAre("ADR-R06")) << "no UTF-8";
    address_demands latin;
    latin.printable = [](char32_t c) { return c < 0x100; };
    EXPECT_THAT(ids_of({"Ärla Øst", "123 45 Provstad"}, "SE", latin), IsEmpty());
    const auto found = check_address(lines{"Żółć", "123 45 Provstad"}, "SE", latin);
    ASSERT_EQ(ids(found), std::vector<std::string>{"ADR-R06"});
    EXPECT_EQ(found[0].found, "U+017B");
    EXPECT_EQ(found[0].line, 1u);
    EXPECT_THAT(ids_of({"\xF0\x9F\x8C\xB2", "123 45 Provstad"}), IsEmpty()) << "any character without a font";
    latin.printable = [](char32_t c) { return c < 0x80 || c == 0x1F332; };
    EXPECT_THAT(ids_of({"\xF0\x9F\x8C\xB2", "123 45 Provstad"}, "SE", latin), IsEmpty());
}

TEST(address_rules, adr_r07_box_and_street) {
    address_parts parts = anna();
    parts.box = "Box 12";
    const auto made = address_lines(parts);
    EXPECT_THAT(made->lines, ElementsAre("Anna Exempel", "c/o Bo Prov", "Box 12", "123 45 Provstad"));
    EXPECT_THAT(ids(check_address(*made)), ElementsAre("ADR-R07"));
    parts.street.clear();
    EXPECT_THAT(check_address(*address_lines(parts)), IsEmpty());
    EXPECT_THAT(ids_of({"Anna Exempel", "Provgatan 7", "Box 12", "123 45 Provstad"}), ElementsAre("ADR-R07"));
    EXPECT_THAT(ids_of({"Anna Exempel", "Provgatan 7 B", "Box 12", "123 45 Provstad"}), ElementsAre("ADR-R07"));
    EXPECT_THAT(ids_of({"Provbolaget AB", "Ekonomiavdelningen", "Box 12", "123 46 Provstad"}), IsEmpty());
}

TEST(address_rules, adr_r08_protected_recipients_have_no_lines) {
    address_demands demands;
    demands.protected_recipient = true;
    const auto found = check_address(of_anna, "SE", demands);
    EXPECT_THAT(ids(found), ElementsAre("ADR-R08"));
    EXPECT_EQ(found[0].found, "4 lines");
    EXPECT_THAT(ids_of({}, "SE", demands), IsEmpty());
}

TEST(address_rules, findings_show_no_address) {
    const auto found = check_address(lines{"Anna Exempel", "Provgatan 7"}, "SE");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].found, "P******** 7");
}

RC_GTEST_PROP(address_property, what_is_made_of_fitting_parts_is_right, ()) {
    const auto word = [](std::size_t most) {
        return *rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, most + 1), [](std::size_t size) {
            return rc::gen::container<std::string>(size, rc::gen::inRange('a', 'z'));
        });
    };
    address_parts parts;
    parts.name = word(35);
    parts.care_of = word(31);
    parts.street = word(20) + " " + std::to_string(*rc::gen::inRange(1, 999));
    parts.supplement = word(10);  // on the street's line: on its own it is one line too many where postcodes have theirs
    parts.postcode = std::to_string(*rc::gen::inRange(10000, 99999));
    parts.town = word(27);
    parts.country = std::string((*rc::gen::elementOf(std::vector<country>(countries().begin(), countries().end()))).code);
    const auto made = address_lines(parts);
    RC_ASSERT(made.has_value());
    RC_ASSERT(check_address(*made).empty());
}

RC_GTEST_PROP(address_property, any_text_is_judged, ()) {
    const auto block = *rc::gen::container<lines>(rc::gen::arbitrary<std::string>());
    const auto found = check_address(block, *rc::gen::element<std::string>("SE", "NO", "XX", ""));
    for (const address_finding& each : found)
        RC_ASSERT(each.line <= block.size());
}

}  // namespace
}  // namespace brygga::print
