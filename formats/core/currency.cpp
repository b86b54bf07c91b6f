#include "formats/core/currency.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace brygga {

namespace {

// Three letters each; those withdrawn since 2010 stand in older files.
constexpr std::string_view codes =
    "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBYRBZDCADCDFCHFCLPCNYCOPCRCCUCCUPCVECZKDJFDKKDOPDZD"
    "EEKEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHRKHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKR"
    "LRDLSLLTLLVLLYDMADMDLMGAMKDMMKMNTMOPMROMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBD"
    "SCRSDGSEKSGDSHPSLESLLSOSSRDSSPSTDSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVEDVEFVESVNDVUVWSTXAFXCDXCGXOFXPFYER"
    "ZARZMKZMWZWGZWL";
constexpr std::size_t code_size = 3;
constexpr std::size_t count = codes.size() / code_size;

static_assert(codes.size() % code_size == 0);

constexpr std::size_t letters = 26;
constexpr std::size_t bits = 64;

// Of three capital letters.
constexpr std::size_t number_of(std::string_view code) noexcept {
    std::size_t number = 0;
    for (const char each : code)
        number = number * letters + static_cast<std::size_t>(each - 'A');
    return number;
}

// One bit for each three letters: every amount of a file asks.
constexpr auto known = [] {
    std::array<std::uint64_t, letters * letters * letters / bits + 1> table{};
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t number = number_of(codes.substr(i * code_size, code_size));
        table[number / bits] |= std::uint64_t{1} << number % bits;
    }
    return table;
}();

}  // namespace

bool is_currency(std::string_view code) noexcept {
    if (code.size() != code_size) return false;
    for (const char each : code)
        if (each < 'A' || each > 'Z') return false;
    const std::size_t number = number_of(code);
    return (known[number / bits] >> number % bits & 1U) != 0;
}

bool has_three_decimals(std::string_view code) noexcept {
    constexpr auto all = std::to_array<std::string_view>({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"});
    return std::find(all.begin(), all.end(), code) != all.end();
}

}  // namespace brygga
