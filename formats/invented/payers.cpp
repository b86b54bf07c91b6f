#include "formats/invented/payers.hpp"

#include <array>
#include <cassert>

#include <fmt/format.h>

#include "formats/core/bank_account.hpp"
#include "formats/core/check_digit.hpp"

namespace brygga::invented {

namespace {

constexpr std::array first_names{"Åsa", "Nils",  "Eva",   "Örjan", "Märta", "Björn",
                                 "Siv", "Göran", "Frida", "Håkan", "Lena",  "Olof"};
constexpr std::array last_names{"Exempelsson", "Testström", "Mallgren", "Övningsberg", "Provdal",
                                "Påhittqvist", "Skissmalm", "Låtsmark", "Mönsterfors", "Typlund"};
constexpr std::array companies{
    "Fiktiva Fastigheter", "Påhittade Plåtslageriet", "Övningsbageriet", "Brf Övningen", "Mallverket", "Provåkarna", "Testsågen",
    "Exempelköket"};
constexpr std::array streets{"Provgatan", "Teststigen", "Övningsgränd", "Exempelvägen", "Mallbacken", "Låtsasallén"};
constexpr std::array towns{"PROVKÖPING", "TESTÅS", "ÖVNINGSTAD", "EXEMPELBY", "MALLHAMN", "LÅTSASTORP"};

template <std::size_t Count>
std::string_view pick(random_numbers& random, const std::array<const char*, Count>& words) noexcept {
    return words[random.below(Count)];
}

payer invent(random_numbers& random) {
    payer out;
    out.company = random.chance(30);
    if (out.company) out.bankgiro = with_check_digit(fmt::format("5999{:03}", random.below(1000)));
    out.name = out.company ? fmt::format("{} {}", pick(random, companies), 1 + random.below(99))
                           : fmt::format("{} {}", pick(random, last_names), pick(random, first_names));
    if (out.company && random.chance(20)) out.extra_name = "c/o Provförvaltning";
    out.street = fmt::format("{} {}", pick(random, streets), 1 + random.below(120));
    const auto last_digits = random.below(100);
    out.postcode = fmt::format(fmt::runtime(random.chance(50) ? "123 {:02}" : "123{:02}"), last_digits);
    out.town = pick(random, towns);
    if (out.company) out.organisation = with_check_digit(fmt::format("5599{:05}", random.below(100'000)));
    return out;
}

// Where a row has no such digit the next account is tried: modulus 11 issues no 10.
std::optional<std::string> with_digit_of_its_bank(std::string_view clearing, const std::string& body) {
    for (char digit = '0'; digit <= '9'; ++digit) {
        const brygga::bank_account made{std::string(clearing), body + digit};
        if (test_account(made) == account_verdict::valid) return account_field(made);
    }
    return std::nullopt;
}

}  // namespace

std::string with_check_digit(std::string body) {
    const auto digit = modulus_10_digit(body);
    assert(digit);
    body += *digit;
    return body;
}

std::string personal_number(random_numbers& random) {
    const auto year = 1930 + random.below(75), month = 1 + random.below(12), day = 1 + random.below(28);
    const std::string born = fmt::format("{}{:02}{:02}", year, month, day);
    return born.substr(0, 2) + with_check_digit(fmt::format("{}{}", born.substr(2), 980 + random.below(20)));
}

std::string bank_account(random_numbers& random) {
    struct bank {
        std::string_view clearing;
        unsigned digits;  // before the check digit
    };
    static constexpr std::array banks{bank{"5841", 6}, bank{"1200", 6}, bank{"6100", 8}, bank{"9180", 9}};
    const bank& at = banks[random.below(banks.size())];
    for (;;) {
        const std::uint64_t number = 1 + random.below(999'999);
        if (auto made = with_digit_of_its_bank(at.clearing, fmt::format("{:0{}}", number, at.digits))) return *std::move(made);
    }
}

std::vector<payer> payers(std::uint64_t seed, std::size_t count) {
    random_numbers random(seed);
    std::vector<payer> out;
    out.reserve(count);
    while (out.size() < count)
        out.push_back(invent(random));
    return out;
}

std::span<const std::string_view> remittance_texts() {
    static constexpr std::array<std::string_view, 4> texts{
        "El och fjärrvärme, betald av grannen",
        "Tack för snabb hjälp med elmätaren!",
        "Återbetalar det som drogs tillbaka i förra veckan",
        "  Slutavräkning efter flytten, nyckeln är lämnad",
    };
    return texts;
}

std::string ocr_reference(std::uint64_t eight_digits) {
    return with_check_digit(fmt::format("{:08}0", eight_digits));  // 0: the last digit of the length, ten
}

}  // namespace brygga::invented
