// What camt cannot hold of a BgMax file is told, and nothing is written that the schema refuses.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/convert/bgmax_to_camt.hpp"
#include "tests/camt/documents.hpp"
#include "tests/inbound/bgmax_text.hpp"

namespace brygga::convert {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct made_message {
    std::string document, error;
    std::vector<std::string> notes;
};

made_message convert_bytes(const std::string& bgmax, camt_054_version version) {
    made_message made;
    const auto done = bgmax_to_camt(
        bgmax, {}, [&](std::string_view bytes) { made.document += bytes; }, version);
    if (!done) {
        made.error = done.error().text;
        return made;
    }
    for (const section_note& each : done->notes)
        made.notes.push_back(fmt::format("{}.{} line {} {}", each.section_no, each.payment, each.line, each.what));
    EXPECT_EQ(done->notes_total, made.notes.size());
    return made;
}

made_message convert(const std::string& sections, camt_054_version version) {
    return convert_bytes(inbound::test::bgmax_bytes("written 2026-03-02 P\n" + sections + "end\n"), version);
}

const std::string deposit = "deposit 2026-03-02 00041\n";
const std::string held = "deposit 2026-03-02 00042 sum=9.99\n";
const std::string lost_text = "not carried: the text of a deduction, which version 02 has no payment for";
const std::string lost_payer = "not carried: name, address and number of a deduction that are not those of its payment";

struct deduction_case {
    std::string_view name, payment, deduction;
    std::vector<std::string> notes;
};

class deduction_to_version_02 : public testing::TestWithParam<deduction_case> {};

TEST_P(deduction_to_version_02, loses_nothing_in_silence) {
    const std::string section = "section 9912346\npay 10.00 ref=A code=3 payer=3783511\n" + std::string(GetParam().payment) +
                                "deduct 2.50 ref=B code=3 payer=3783511\n" + std::string(GetParam().deduction) + deposit;
    EXPECT_EQ(convert(section, camt_054_version::v02).notes, GetParam().notes);
    EXPECT_THAT(convert(section, camt_054_version::v08).notes, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    deductions, deduction_to_version_02,
    testing::Values(
        deduction_case{"plain", "name Test AB\n", "", {}},
        deduction_case{
            "of_the_same_payer", "name Test AB\norganisation 5599001236\n", "name Test AB\norganisation 5599001236\n", {}},
        deduction_case{"of_another_name", "name Test AB\n", "name Prov AB\n", {"1.2 line 5 " + lost_payer}},
        deduction_case{"of_a_name_that_the_payment_lacks", "", "name Prov AB\n", {"1.2 line 4 " + lost_payer}},
        deduction_case{
            "with_another_street", "name Test AB\n", "name Test AB\nstreet Provgatan 7 | 12345\n", {"1.2 line 5 " + lost_payer}},
        deduction_case{"with_a_text", "", "text Kreditfaktura mars\n", {"1.2 line 4 " + lost_text}}),
    [](const auto& item) { return std::string(item.param.name); });

TEST(bgmax_to_camt_losses, names_the_sections_that_are_left_out) {
    const std::string good = "section 9912346\npay 10.00 ref=A code=3\n" + deposit;
    const std::string bad = "section 9912346\npay 10.00 ref=A code=3\n" + held;
    EXPECT_THAT(convert(good + bad, camt_054_version::v08).notes,
                ElementsAre("2.0 line 7 left out: it waits for a person (see brygga check)"));
    const std::string paid_apart =
        "section 9912346\npay 3.00 ref=A code=3 payer=3783511\npay 3.00 ref=A code=3 payer=3783511\n"
        "deduct 4.00 ref=B code=3 payer=3783511\ndeposit 2026-03-02 00043\n";
    const made_message made = convert(paid_apart + good, camt_054_version::v02);
    EXPECT_THAT(made.notes, ElementsAre("1.0 line 6 left out: a deduction that no earlier payment of the same bankgiro can carry "
                                        "in version 02"));
}

// A message has at least one notification.
TEST(bgmax_to_camt_losses, writes_no_message_without_a_section) {
    const std::string held_section = "section 9912346\npay 10.00 ref=A code=3\n" + held;
    for (const std::string& sections : {std::string(), held_section})
        for (const camt_054_version version : {camt_054_version::v02, camt_054_version::v08}) {
            const made_message made = convert(sections, version);
            EXPECT_THAT(made.error, HasSubstr("sections can be carried"));
            EXPECT_EQ(made.document, "");
        }
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the file has no " + from);
    return text.replace(at, from.size(), to);
}

TEST(bgmax_to_camt_losses, writes_no_message_without_a_real_time) {
    const std::string file = camt::read_text("fixtures/bgmax/example-7.1.txt");
    for (const char* const time : {"20261302163005", "20260302256199", "20260302163099", "00000000000000"}) {
        const made_message made = convert_bytes(changed(file, "20260302163005", time), camt_054_version::v08);
        EXPECT_EQ(made.error, "TK01 has no real date and time, which a message must have") << time;
        EXPECT_EQ(made.document, "");
    }
}

struct country_case {
    std::string_view code, written;
};

TEST(bgmax_to_camt_losses, writes_a_country_of_two_capitals_or_none) {
    const std::string file = camt::read_text("fixtures/bgmax/example-7.1.txt");
    const std::string town = "28PROVK\xD6PING";
    for (const country_case& each :
         {country_case{"NO", "<Ctry>NO</Ctry>"}, {"no", "<Ctry>NO</Ctry>"}, {"1 ", ""}, {"N ", ""}, {"\xC5X", ""}}) {
        const std::string line = town + std::string(60, ' ') + std::string(each.code);
        const made_message made = convert_bytes(changed(file, town, line), camt_054_version::v08);
        EXPECT_EQ(made.error, "");
        if (each.written.empty()) {
            EXPECT_THAT(made.document, Not(HasSubstr("<Ctry>"))) << each.code;
            EXPECT_THAT(made.notes, ElementsAre("1.1 line 3 not carried: a country code that is not two letters"));
        } else {
            EXPECT_THAT(made.document, HasSubstr(each.written)) << each.code;
            EXPECT_THAT(made.notes, IsEmpty());
        }
    }
}

TEST(bgmax_to_camt_losses, tells_characters_that_xml_does_not_allow) {
    const std::string file = camt::read_text("fixtures/bgmax/example-7.1.txt");
    for (const char* const text : {"Provgatan", "Testst", "Faktura 1", "654"}) {
        std::string other = text;
        other[1] = '\x1B';
        const made_message made = convert_bytes(changed(file, text, other), camt_054_version::v08);
        EXPECT_EQ(made.error, "");
        ASSERT_EQ(made.notes.size(), 1U) << text;
        EXPECT_THAT(made.notes[0], HasSubstr("changed: characters that XML does not allow were written as U+FFFD"));
    }
}

}  // namespace
}  // namespace brygga::convert
