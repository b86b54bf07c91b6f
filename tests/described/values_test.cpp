// What fields hold, where a fast way and a thorough one must agree.
#include "formats/layout/described/values.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "formats/core/personal_number.hpp"
#include "formats/invented/payers.hpp"

namespace brygga::layout::described {
namespace {

using language::described_field;
using language::field_type;

described_field field_of(field_type type, bool is_signed = false) {
    described_field out;
    out.type = type;
    out.is_signed = is_signed;
    return out;
}

TEST(described_values, a_personal_number_is_judged_as_the_parser_does) {
    const described_field field = field_of(field_type::personal_number);
    const language::description none;
    invented::random_numbers random(1);
    int right = 0;
    for (int i = 0; i != 20'000; ++i) {
        std::string text = fmt::format("{}{:010}", 18 + random.below(4), random.below(10'000'000'000));
        if (random.chance(50)) text = invented::personal_number(random);
        if (random.chance(30)) text.erase(0, 2);
        if (random.chance(20)) text[text.size() - 1 - random.below(10)] = static_cast<char>('0' + random.below(10));
        const bool fits = judge(field, text, encoding::iso_8859_1, none) == verdict::fits;
        const date far{std::chrono::year{2099}, std::chrono::December, std::chrono::day{31}};
        EXPECT_EQ(fits, parse_personal_number(text, far).has_value()) << text;
        right += fits ? 1 : 0;
    }
    EXPECT_GT(right, 5'000);
}

TEST(described_values, a_number_is_read_in_its_smallest_unit) {
    struct row {
        field_type type;
        bool is_signed;
        const char* text;
        std::optional<std::int64_t> value;
    };
    const row table[] = {
        {field_type::number, false, "0", 0},
        {field_type::number, false, "00000000012", 12},
        {field_type::number, false, "999999999999999999", 999'999'999'999'999'999},
        {field_type::number, false, "1999999999999999999", std::nullopt},
        {field_type::number, false, "0000000000000000000000000012", 12},
        {field_type::number, false, "12345678X", std::nullopt},
        {field_type::number, false, "1234X678", std::nullopt},
        {field_type::number, false, "", std::nullopt},
        {field_type::number, false, "   12", 12},
        {field_type::number, false, "-12", std::nullopt},
        {field_type::ore, true, "-00000000012", -12},
        {field_type::ore, true, "-  12", -12},
        {field_type::ore, true, "    -12", -12},
        {field_type::ore, true, "--12", std::nullopt},
        {field_type::kronor, false, "  100,50", 10'050},
        {field_type::kronor, false, "-0,05", -5},
        {field_type::kronor, false, "100.50", std::nullopt},
        {field_type::kronor, false, "100,5", std::nullopt},
        {field_type::kronor, false, ",50", std::nullopt},
        {field_type::kronor, false, "100", std::nullopt},
        {field_type::kronor, false, "1X0,00", std::nullopt},
        {field_type::kronor, false, "100,5O", std::nullopt},
        {field_type::kronor, false, "0000000009999999999999999,99", 999'999'999'999'999'999},
        {field_type::kronor, false, "10000000000000000,00", std::nullopt},
    };
    for (const row& each : table)
        EXPECT_EQ(number_in(field_of(each.type, each.is_signed), each.text), each.value) << each.text;
}

TEST(described_values, a_day_is_one_of_the_calendar_in_every_form) {
    using language::date_form;
    struct row {
        date_form form;
        const char* text;  // of year, month and day
    };
    const row forms[] = {{date_form::ccyymmdd, "{0:04}{1:02}{2:02}"},
                         {date_form::iso, "{0:04}-{1:02}-{2:02}"},
                         {date_form::dotted, "{2:02}.{1:02}.{0:04}"},
                         {date_form::slashed, "{2:02}/{1:02}/{0:04}"}};
    for (const row& each : forms)
        for (const int year : {1900, 2000, 2023, 2024})
            for (unsigned month = 0; month != 14; ++month)
                for (unsigned day = 0; day != 33; ++day) {
                    const date meant{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
                    const std::string text = fmt::format(fmt::runtime(each.text), year, month, day);
                    described_field field = field_of(field_type::date);
                    field.day_form = each.form;
                    const value known = value_in(field, text, encoding::iso_8859_1);
                    ASSERT_EQ(known.kind == value_kind::day, meant.ok()) << text;
                    if (known.kind == value_kind::day) {
                        EXPECT_EQ(day_of(known), meant) << text;
                    }
                    EXPECT_EQ(judge(field, text, encoding::iso_8859_1, {}), meant.ok() ? verdict::fits : verdict::date) << text;
                }
}

}  // namespace
}  // namespace brygga::layout::described
