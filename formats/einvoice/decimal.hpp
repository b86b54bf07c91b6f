// Decimal numbers of any document, exactly: what amounts, quantities, prices and rates are in the rules. Never binary floating
// point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/multiprecision/cpp_int.hpp>

namespace brygga::einvoice {

class decimal {
 public:
    decimal() = default;
    decimal(std::int64_t whole) : units_(whole) {}  // NOLINT: a number is one
    decimal(std::int64_t units, unsigned decimals) : units_(units), decimals_(decimals) {}

    // XML Schema's decimal: a sign, digits, a full stop and digits; blanks around it. At most 30 digits. Nothing for anything
    // else.
    [[nodiscard]] static std::optional<decimal> parse(std::string_view text);

    friend decimal operator+(const decimal& a, const decimal& b);
    [[nodiscard]] friend decimal operator-(const decimal& a, const decimal& b) { return a + -b; }
    friend decimal operator*(const decimal& a, const decimal& b);
    [[nodiscard]] decimal operator-() const;
    decimal& operator+=(const decimal& other) { return *this = *this + other; }

    friend std::strong_ordering operator<=>(const decimal& a, const decimal& b);
    [[nodiscard]] friend bool operator==(const decimal& a, const decimal& b) { return (a <=> b) == std::strong_ordering::equal; }

    [[nodiscard]] decimal abs() const { return *this < decimal() ? -*this : *this; }
    // To so many decimals, a half towards plus infinity, as XPath's round().
    [[nodiscard]] decimal rounded(unsigned decimals) const;
    [[nodiscard]] decimal over_100() const;
    // To so many decimals, a half away from zero. `other` is not 0.
    [[nodiscard]] decimal divided_by(const decimal& other, unsigned decimals) const;
    // With at least so many decimals, zeros behind those that it has: "60.00".
    [[nodiscard]] decimal widened(unsigned decimals) const;
    [[nodiscard]] std::string text() const;  // "-12.50"

 private:
    using integer = boost::multiprecision::int512_t;  // what a product of three numbers and its alignment need

    [[nodiscard]] integer units_at(unsigned decimals) const;

    integer units_ = 0;
    unsigned decimals_ = 0;
};

// Kronor as öre, rounded as rounded() does; nothing beyond 64 bits.
[[nodiscard]] std::optional<std::int64_t> ore_of(const decimal& kronor);

}  // namespace brygga::einvoice
