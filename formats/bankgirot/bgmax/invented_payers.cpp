#include "formats/bankgirot/bgmax/detail/invented_payers.hpp"

#include <array>
#include <cassert>

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/core/check_digit.hpp"

namespace brygga::bgmax::detail {

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

std::string iso_8859_1(std::string_view utf8) {
    auto bytes = from_utf8(utf8, encoding::iso_8859_1);
    assert(bytes);  // the word lists above hold nothing else
    return std::move(*bytes);
}

template <class Layout>
void append_line(std::string& to, const typename Layout::value_type& record) {
    const std::size_t at = to.size();
    to.resize(at + line_bytes);
    Layout::write(to.data() + at, record);
    to[at + line_bytes - 2] = '\r';
    to[at + line_bytes - 1] = '\n';
}

std::string with_check_digit(std::string body) {
    const auto digit = modulus_10_digit(body);
    assert(digit);
    body += *digit;
    return body;
}

encoded_text text_of(const std::string& bytes) noexcept {
    return {bytes, encoding::iso_8859_1};
}

invented_payer invent(random_numbers& random) {
    invented_payer out;
    out.company = random.chance(30);
    out.bankgiro = out.company ? "00" + with_check_digit(fmt::format("5999{:03}", random.below(1000))) : std::string(10, '0');
    const std::string name = iso_8859_1(out.company ? fmt::format("{} {}", pick(random, companies), 1 + random.below(99))
                                                    : fmt::format("{} {}", pick(random, last_names), pick(random, first_names)));
    const std::string extra = out.company && random.chance(20) ? iso_8859_1("c/o Provförvaltning") : std::string();
    const std::string street = iso_8859_1(fmt::format("{} {}", pick(random, streets), 1 + random.below(120)));
    const auto last_digits = random.below(100);
    const std::string postcode = fmt::format(fmt::runtime(random.chance(50) ? "123 {:02}" : "123{:02}"), last_digits);
    const std::string town = iso_8859_1(pick(random, towns));
    append_line<layouts::name>(out.details, {text_of(name), text_of(extra)});
    append_line<layouts::street>(out.details, {text_of(street), text_of(postcode)});
    append_line<layouts::town>(out.details, {text_of(town), {}, {}});
    if (!out.company) return out;
    const std::string number = "00" + with_check_digit(fmt::format("5599{:05}", random.below(100'000)));
    append_line<layouts::organisation>(out.details, {text_of(number)});
    return out;
}

}  // namespace

std::vector<invented_payer> invent_payers(std::uint64_t seed, std::size_t count) {
    random_numbers random(seed);
    std::vector<invented_payer> out;
    out.reserve(count);
    while (out.size() < count)
        out.push_back(invent(random));
    return out;
}

std::span<const std::string> remittance_texts() {
    static const std::array texts{
        iso_8859_1("El och fjärrvärme, betald av grannen"),
        iso_8859_1("Tack för snabb hjälp med elmätaren!"),
        iso_8859_1("Återbetalar det som drogs tillbaka i förra veckan"),
        iso_8859_1("  Slutavräkning efter flytten, nyckeln är lämnad"),
    };
    return texts;
}

std::string ocr_reference(std::uint64_t eight_digits) {
    return with_check_digit(fmt::format("{:08}0", eight_digits));  // 0: the last digit of the length, ten
}

}  // namespace brygga::bgmax::detail
