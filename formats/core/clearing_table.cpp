#include "formats/core/clearing_table.hpp"

#include <algorithm>
#include <array>

#include "formats/core/check_digit.hpp"

namespace brygga {

namespace {

using enum account_rule;

constexpr std::array<clearing_range, 61> ranges = {{
    // clang-format off
    {1100, 1199, type_1_comment_1, "Nordea", ""},
    {1200, 1399, type_1_comment_1, "Danske Bank", ""},
    {1400, 2099, type_1_comment_1, "Nordea", ""},
    {2300, 2399, type_1_comment_2, "Ålandsbanken", ""},
    {2400, 2499, type_1_comment_1, "Danske Bank", ""},
    {3000, 3299, type_1_comment_1, "Nordea", ""},
    {3300, 3300, type_2_comment_1, "Nordea", "personal account: the account is the personnummer"},
    {3301, 3399, type_1_comment_1, "Nordea", ""},
    {3400, 3409, type_1_comment_1, "Länsförsäkringar Bank", "one table says 3400-3499, which overlaps Nordea"},
    {3410, 3781, type_1_comment_1, "Nordea", ""},
    {3782, 3782, type_2_comment_1, "Nordea", "personal account: the account is the personnummer"},
    {3783, 3999, type_1_comment_1, "Nordea", ""},
    {4000, 4999, type_1_comment_2, "Nordea", ""},
    {5000, 5999, type_1_comment_1, "SEB", ""},
    {6000, 6999, type_2_comment_2, "Handelsbanken", ""},
    {7000, 7999, type_1_comment_1, "Swedbank", ""},
    {8000, 8999, type_2_comment_3, "Swedbank and savings banks", ""},
    {9020, 9029, type_1_comment_2, "Länsförsäkringar Bank", ""},
    {9040, 9049, type_1_comment_2, "Citibank", ""},
    {9060, 9069, type_1_comment_1, "Länsförsäkringar Bank", ""},
    {9070, 9079, type_1_comment_1, "Multitude Bank", ""},
    {9090, 9099, format_only, "RBS", ""},
    {9100, 9109, type_1_comment_2, "Nordnet", ""},
    {9120, 9124, type_1_comment_1, "SEB", ""},
    {9130, 9149, type_1_comment_1, "SEB", ""},
    {9150, 9169, type_1_comment_2, "Skandia", ""},
    {9170, 9179, type_1_comment_1, "Ikano", ""},
    {9180, 9189, type_2_comment_1, "Danske Bank", ""},
    {9190, 9199, type_1_comment_2, "DNB", ""},
    {9230, 9239, type_1_comment_1, "Marginalen", ""},
    {9250, 9259, type_1_comment_1, "SBAB", ""},
    {9260, 9269, type_1_comment_2, "DNB", ""},
    {9270, 9279, type_1_comment_1, "ICA Banken", ""},
    {9280, 9289, type_1_comment_1, "Resurs", ""},
    {9300, 9349, type_2_comment_1, "Swedbank", "former Sparbanken Öresund"},
    {9390, 9399, type_1_comment_2, "Landshypotek", ""},
    {9400, 9449, type_1_comment_1, "Forex", "closed; only in older tables"},
    {9460, 9469, type_1_comment_1, "Santander Consumer", ""},
    {9470, 9479, type_1_comment_2, "BNP Paribas", ""},
    {9500, 9549, type_2_comment_3, "Nordea", "plusgiro"},
    {9550, 9569, type_1_comment_2, "Avanza", ""},
    {9570, 9579, type_2_comment_1, "Sparbanken Syd", ""},
    {9580, 9589, type_1_comment_1, "Aion", ""},
    {9590, 9599, type_1_comment_2, "Erik Penser", ""},
    {9630, 9639, type_1_comment_1, "Lån & Spar", ""},
    {9640, 9649, type_1_comment_2, "NOBA", "Nordax"},
    {9650, 9659, type_1_comment_2, "MedMera", "in two of three tables, in one without a rule"},
    {9660, 9669, type_1_comment_2, "Svea", "formerly Amfa"},
    {9670, 9679, type_1_comment_2, "JAK", ""},
    {9680, 9689, type_1_comment_1, "Bluestep", ""},
    {9690, 9699, format_only, "Folkia", ""},
    {9700, 9709, type_1_comment_2, "Ekobanken", ""},
    {9710, 9719, type_1_comment_2, "Lunar", ""},
    {9720, 9729, format_only, "Netfonds", ""},
    {9750, 9759, type_1_comment_2, "Northmill", ""},
    {9770, 9779, format_only, "FTCS", ""},
    {9780, 9789, type_1_comment_2, "Klarna", ""},
    {9880, 9889, type_1_comment_2, "Riksgälden", ""},
    {9890, 9899, type_2_comment_1, "Riksgälden", ""},
    {9955, 9955, format_only, "Kommuninvest", ""},
    {9960, 9969, type_2_comment_3, "Nordea", "plusgiro"},
    // clang-format on
}};

consteval bool ascending() {
    std::uint16_t before = 0;
    for (const clearing_range& range : ranges) {
        if (range.first <= before || range.last < range.first) return false;
        before = range.last;
    }
    return true;
}
static_assert(ascending(), "clearing ranges overlap or are out of order");

}  // namespace

std::span<const clearing_range> clearing_table() noexcept {
    return ranges;
}

const clearing_range* find_clearing(std::string_view clearing) noexcept {
    if (clearing.size() != 4 || !all_digits(clearing)) return nullptr;
    unsigned number = 0;
    for (const char c : clearing)
        number = number * 10 + static_cast<unsigned>(c - '0');
    const auto ends_before = [](const clearing_range& range, unsigned wanted) { return range.last < wanted; };
    const auto* const found = std::lower_bound(ranges.begin(), ranges.end(), number, ends_before);
    return found != ranges.end() && found->first <= number ? found : nullptr;
}

}  // namespace brygga
