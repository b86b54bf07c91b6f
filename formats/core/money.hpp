// Money: signed 64-bit öre (1/100 krona), sums in checked 128-bit arithmetic. No floating point anywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga {

__extension__ using int128 = __int128;

// A sum of 64-bit amounts that cannot overflow within 2^63 additions; asks for the 64-bit value only at the end.
class ore_sum {
public:
    constexpr ore_sum& operator+=(std::int64_t amount_ore) noexcept { total_ += amount_ore; return *this; }
    constexpr ore_sum& operator-=(std::int64_t amount_ore) noexcept { total_ -= amount_ore; return *this; }
    constexpr ore_sum& operator+=(ore_sum other) noexcept { total_ += other.total_; return *this; }
    constexpr ore_sum& operator-=(ore_sum other) noexcept { total_ -= other.total_; return *this; }
    // From a sum kept in two numbers that each fit 64 bits: whole milliards of öre and the rest.
    [[nodiscard]] static constexpr ore_sum of_halves(std::int64_t milliards, std::int64_t rest_ore) noexcept {
        ore_sum sum;
        sum.total_ = int128{milliards} * 1'000'000'000 + rest_ore;
        return sum;
    }
    [[nodiscard]] constexpr bool operator==(const ore_sum&) const noexcept = default;
    [[nodiscard]] constexpr bool operator==(std::int64_t amount_ore) const noexcept { return total_ == amount_ore; }
    [[nodiscard]] constexpr bool negative() const noexcept { return total_ < 0; }
    // Nothing when the sum does not fit 64 bits.
    [[nodiscard]] constexpr std::optional<std::int64_t> value() const noexcept {
        if (total_ > INT64_MAX || total_ < INT64_MIN) return std::nullopt;
        return static_cast<std::int64_t>(total_);
    }
    [[nodiscard]] std::string text() const;  // decimal digits of any size, in öre

private:
    int128 total_ = 0;
};

// "8625", "8625.5", "8625.000" -> öre; XML form: optional sign, a point, at most five decimals. REF-R10: digits beyond
// öre that are not zero are refused. Fails with invalid_content.
[[nodiscard]] result<std::int64_t> parse_decimal_amount(std::string_view text);
// 123450 -> "1234.50"
[[nodiscard]] std::string format_decimal_amount(std::int64_t amount_ore);
[[nodiscard]] std::string format_decimal_amount(ore_sum amount);
// 123450 -> "1 234,50", with no-break blanks between thousands
[[nodiscard]] std::string format_swedish_amount(std::int64_t amount_ore);

}  // namespace brygga
