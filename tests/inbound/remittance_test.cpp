#include "mapping/inbound/remittance.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace brygga::inbound {
namespace {

// "ocr 1000234706@4, unknown 42@20+" with + for a joined one: what a table can hold.
std::string shown(const remittance& found) {
    std::string text;
    for (const number_candidate& each : found.numbers) {
        if (!text.empty()) text += ", ";
        switch (each.kind) {
            case number_kind::unknown:
                text += "unknown ";
                break;
            case number_kind::ocr:
                text += "ocr ";
                break;
            case number_kind::invoice:
                text += "invoice ";
                break;
            case number_kind::customer:
                text += "customer ";
                break;
        }
        text += each.digits + "@" + std::to_string(each.position) + (each.joined ? "+" : "");
    }
    return text;
}

struct remittance_case {
    std::string_view text;
    std::string_view expected;
};

class remittance_texts_read : public testing::TestWithParam<remittance_case> {};

TEST_P(remittance_texts_read, gives_numbers_with_kind_and_place) {
    const remittance found = find_numbers(GetParam().text);
    EXPECT_EQ(shown(found), GetParam().expected) << GetParam().text;
    EXPECT_TRUE(found.complete);
}

INSTANTIATE_TEST_SUITE_P(
    table, remittance_texts_read,
    testing::Values(
        remittance_case{"", ""}, remittance_case{"tack för maten", ""}, remittance_case{"1000234706", "unknown 1000234706@0"},
        remittance_case{"Faktura 10002355 kund 987654", "invoice 10002355@8, customer 987654@22"},
        remittance_case{"OCR 1000234706", "ocr 1000234706@4"}, remittance_case{"ocr-nr: 1000234706.", "ocr 1000234706@8"},
        remittance_case{"REF.NR 0012", "ocr 0012@7"},  // leading zeros are part of a reference
        remittance_case{"fakt.nr 1234, 1235 och 1236", "invoice 1234@8, invoice 1235@14, invoice 1236@23"},
        remittance_case{"fakt.nr 1234, 1235-1237", "invoice 1234@8, invoice 1235@14, invoice 12351237@14+, invoice 1237@19"},
        remittance_case{"FAKTUROR\n1234\n1235", "invoice 1234@9, invoice 1235@14"},
        remittance_case{"Faktura 1234 el mars 5678", "invoice 1234@8, unknown 5678@21"},  // another word ends what a hint said
        remittance_case{"räkning 4711", "invoice 4711@9"}, remittance_case{"RÄKNING 4711", "invoice 4711@9"},
        remittance_case{"räknings 4711", "unknown 4711@10"}, remittance_case{"fakturerat 4711", "unknown 4711@11"},
        remittance_case{"kundnr:987654/faktura 10002355", "customer 987654@7, invoice 10002355@22"},
        remittance_case{"1000 2347 06",
                        "unknown 1000@0, unknown 10002347@0+, unknown 1000234706@0+, unknown 2347@5, unknown "
                        "234706@5+, unknown 06@10"},
        remittance_case{"1000-2347", "unknown 1000@0, unknown 10002347@0+, unknown 2347@5"},
        remittance_case{"1000\xC2\xA0"
                        "2347",
                        "unknown 1000@0, unknown 10002347@0+, unknown 2347@6"},
        remittance_case{"OCR\xC2\xA0"
                        "1000234706",
                        "ocr 1000234706@5"},
        remittance_case{"1000  2347", "unknown 1000@0, unknown 2347@6"},   // two blanks separate
        remittance_case{"1000 - 2347", "unknown 1000@0, unknown 2347@7"},  // so does a dash between blanks
        remittance_case{"1000\n2347", "unknown 1000@0, unknown 2347@5"},   // and a line end
        remittance_case{"AB10002355CD", "unknown 10002355@2"},             // letters bound a run
        remittance_case{"7", ""},                                          // one digit is no reference
        remittance_case{"faktura 10002355 849,50", "invoice 10002355@8"},  // an amount is no number
        remittance_case{"faktura 10002355 849.50", "invoice 10002355@8"},  //
        remittance_case{"faktura 10002355 12 500 kr", "invoice 10002355@8"},
        remittance_case{"faktura 10002355 500:-", "invoice 10002355@8"},
        remittance_case{"faktura 10002355 500SEK", "invoice 10002355@8"},
        remittance_case{"faktura 10002355, 849 kronor", "invoice 10002355@8"},
        remittance_case{"1234,123 krukor 77", "unknown 1234@0, unknown 123@5, unknown 77@16"},  // neither decimals nor "kr"
        remittance_case{"1234567890123456789012345", "unknown 1234567890123456789012345@0"},
        remittance_case{"12345678901234567890123456", ""},  // 26 digits: no number, and no part of it either
        remittance_case{"123456789012345678901234 56", "unknown 123456789012345678901234@0, unknown 56@25"}));

TEST(remittance, stops_at_its_limits_and_says_so) {
    std::string most;
    for (std::size_t i = 0; i < max_number_candidates; ++i)
        most += "1234,\n";
    EXPECT_EQ(find_numbers(most).numbers.size(), max_number_candidates);
    EXPECT_TRUE(find_numbers(most).complete);
    const remittance more = find_numbers(most + "1234");
    EXPECT_EQ(more.numbers.size(), max_number_candidates);
    EXPECT_FALSE(more.complete);

    const std::string longest(max_remittance_bytes, ' ');
    EXPECT_TRUE(find_numbers(longest).complete);
    EXPECT_FALSE(find_numbers(longest + ' ').complete);
}

RC_GTEST_PROP(remittance, never_gives_a_part_of_a_run, (const std::string& noise)) {
    const remittance found = find_numbers(noise);
    for (const number_candidate& each : found.numbers) {
        RC_ASSERT(each.digits.size() >= min_candidate_digits && each.digits.size() <= max_candidate_digits);
        RC_ASSERT(std::all_of(each.digits.begin(), each.digits.end(), [](char c) { return c >= '0' && c <= '9'; }));
        RC_ASSERT(noise[each.position] == each.digits.front());
        RC_ASSERT(each.position == 0 || noise[each.position - 1] < '0' || noise[each.position - 1] > '9');
        if (each.joined) continue;
        RC_ASSERT(noise.compare(each.position, each.digits.size(), each.digits) == 0);
        const std::size_t end = each.position + each.digits.size();
        RC_ASSERT(end == noise.size() || noise[end] < '0' || noise[end] > '9');
    }
}

RC_GTEST_PROP(remittance, finds_every_reference_between_words, ()) {
    const auto digits = *rc::gen::container<std::string>(*rc::gen::inRange<std::size_t>(4, 26), rc::gen::inRange('0', '9'));
    const auto before = *rc::gen::element<std::string>("", "tack ", "hej:\n", "x/", "åäö ");
    const auto after = *rc::gen::element<std::string>("", " tack", "\n", "/1", " mvh Åsa");
    const remittance found = find_numbers(before + digits + after);
    RC_ASSERT(!found.numbers.empty());
    RC_ASSERT(found.numbers.front().digits == digits);
}

}  // namespace
}  // namespace brygga::inbound
