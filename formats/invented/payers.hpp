// Invented payers for generated files: names, streets and towns that do not exist, bankgiro and organisation numbers with
// valid check digits. Internal to the generators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brygga::invented {

// splitmix64: the same numbers from the same seed with every compiler and standard library.
class random_numbers {
 public:
    explicit constexpr random_numbers(std::uint64_t seed) noexcept : state_(seed) {}
    constexpr std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    // 0 to limit - 1, for limits far below 2^64.
    constexpr std::uint64_t below(std::uint64_t limit) noexcept { return next() % limit; }
    constexpr bool chance(unsigned percent) noexcept { return below(100) < percent; }

 private:
    std::uint64_t state_;
};

// Texts are UTF-8.
struct payer {
    bool company = false;
    std::string bankgiro;  // 7 digits; empty for a private person
    std::string name, extra_name;
    std::string street, postcode, town;
    std::string organisation;  // 10 digits; empty for a private person
};

// The same payers from the same seed.
[[nodiscard]] std::vector<payer> payers(std::uint64_t seed, std::size_t count);

// Texts that payers write, at most 50 characters.
[[nodiscard]] std::span<const std::string_view> remittance_texts();

// Digits with their modulus-10 digit behind them.
[[nodiscard]] std::string with_check_digit(std::string body);

// 12 digits with century, a birth number of 980 to 999 as invented ones have.
[[nodiscard]] std::string personal_number(random_numbers& random);

// The 16 digits of payment files, valid by the rule of its bank.
[[nodiscard]] std::string bank_account(random_numbers& random);

// An OCR reference of level 3 for an eight-digit number: ten digits.
[[nodiscard]] std::string ocr_reference(std::uint64_t eight_digits);

}  // namespace brygga::invented
