// Numbers replaced by others of the same kind under a key. Internal to mask.
//
// Each replacement is one to one within its kind (a permutation of the digits, walked until it meets the kind again), so that
// two numbers never become one: rules that compare or group by a number see what they saw.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "formats/inspection/keyed_hash.hpp"

namespace brygga::inspection {

enum class number_kind : std::uint8_t {
    reference,  // the length digit of OCR level 3 counts leading zeros
    identity,   // person, coordination or organisation, ten digits after any filling
    giro,       // bankgiro or plusgiro, zero-filled
};

class digit_masker {
 public:
    explicit digit_masker(keyed_hash& hash) noexcept : hash_(&hash) {}

    // Kept: the number of digits, leading zeros, a number of one digit, whether the check digit (modulus 10) and the length digit
    // are right, and in ten digits (twelve with a century) whether they begin with a calendar date and whether an organisation
    // can have them; of a supply point (GS1, 735999) that and whether its check digit is right. A number that fills no field is
    // replaced the same whatever its kind.
    [[nodiscard]] std::string number(std::string_view digits, number_kind kind);

    // A bank account that ends in the 16 digits of payment files: clearing number kept, and what test_account() says of it.
    [[nodiscard]] std::string account(std::string_view digits);

 private:
    [[nodiscard]] std::string significant(std::string_view digits, std::size_t counted_length, bool may_be_identity);
    [[nodiscard]] std::string supply_point(std::string_view digits);
    [[nodiscard]] std::string permuted(std::string_view digits);
    [[nodiscard]] std::uint64_t round_value(std::size_t digits, unsigned round, std::uint64_t half, std::uint64_t modulus);

    keyed_hash* hash_;
    std::unordered_map<std::string, std::string> known_;  // what was asked for lately, by kind and digits
};

}  // namespace brygga::inspection
