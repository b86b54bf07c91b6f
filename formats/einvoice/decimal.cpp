#include "formats/einvoice/decimal.hpp"

#include <algorithm>

#include "formats/core/money.hpp"
#include "formats/einvoice/text.hpp"

namespace brygga::einvoice {

namespace {

constexpr std::size_t most_digits = 30;

}  // namespace

std::optional<decimal> decimal::parse(std::string_view text) {
    text = without_blanks(text);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    // Zeros that say nothing do not count.
    if (text.size() > most_digits && text.find('.') != std::string_view::npos)
        while (text.size() > 2 && text.back() == '0')
            text.remove_suffix(1);
    while (text.size() > most_digits && text.front() == '0')
        text.remove_prefix(1);
    decimal out;
    std::uint64_t low = 0, scale = 1;  // digits that are not yet in units_
    std::size_t digits = 0;
    bool behind_point = false;
    for (const char c : text) {
        if (c == '.' && !behind_point) {
            behind_point = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > most_digits) return std::nullopt;
        low = low * 10 + static_cast<std::uint64_t>(c - '0');
        scale *= 10;
        if (behind_point) ++out.decimals_;
        if (scale == 1'000'000'000'000'000'000) {
            out.units_ = out.units_ * scale + low;
            low = 0;
            scale = 1;
        }
    }
    if (digits == 0) return std::nullopt;
    out.units_ = out.units_ * scale + low;
    if (negative) out.units_ = -out.units_;
    return out;
}

decimal::integer decimal::units_at(unsigned decimals) const {
    integer out = units_;
    for (unsigned i = decimals_; i != decimals; ++i)
        out *= 10;
    return out;
}

decimal operator+(const decimal& a, const decimal& b) {
    decimal out;
    out.decimals_ = std::max(a.decimals_, b.decimals_);
    out.units_ = a.units_at(out.decimals_) + b.units_at(out.decimals_);
    return out;
}

decimal operator*(const decimal& a, const decimal& b) {
    decimal out;
    out.decimals_ = a.decimals_ + b.decimals_;
    out.units_ = a.units_ * b.units_;
    return out;
}

decimal decimal::operator-() const {
    decimal out = *this;
    out.units_ = -out.units_;
    return out;
}

std::strong_ordering operator<=>(const decimal& a, const decimal& b) {
    const unsigned decimals = std::max(a.decimals_, b.decimals_);
    const auto order = a.units_at(decimals).compare(b.units_at(decimals));
    return order <=> 0;
}

decimal decimal::rounded(unsigned decimals) const {
    if (decimals_ <= decimals) return *this;
    integer unit = 1;
    for (unsigned i = decimals; i != decimals_; ++i)
        unit *= 10;
    const integer twice = units_ * 2 + unit;  // floor(x + 1/2), and division cuts towards zero
    integer whole = twice / (unit * 2);
    if (twice < 0 && whole * unit * 2 != twice) --whole;
    decimal out;
    out.units_ = whole;
    out.decimals_ = decimals;
    return out;
}

decimal decimal::over_100() const {
    decimal out = *this;
    out.decimals_ += 2;
    return out;
}

decimal decimal::divided_by(const decimal& other, unsigned decimals) const {
    // units / 10^a divided by other / 10^b, times 10^decimals
    integer above = units_at(std::max(decimals_, other.decimals_)), below = other.units_at(std::max(decimals_, other.decimals_));
    for (unsigned i = 0; i != decimals; ++i)
        above *= 10;
    const bool negative = (above < 0) != (below < 0);
    if (above < 0) above = -above;
    if (below < 0) below = -below;
    decimal out;
    out.units_ = (above * 2 + below) / (below * 2);
    if (negative) out.units_ = -out.units_;
    out.decimals_ = decimals;
    return out;
}

decimal decimal::widened(unsigned decimals) const {
    decimal out = *this;
    if (decimals_ >= decimals) return out;
    out.units_ = units_at(decimals);
    out.decimals_ = decimals;
    return out;
}

std::string decimal::text() const {
    std::string out = integer(units_ < 0 ? integer(-units_) : units_).str();
    if (out.size() <= decimals_) out.insert(0, decimals_ + 1 - out.size(), '0');
    if (decimals_ != 0) out.insert(out.size() - decimals_, 1, '.');
    return units_ < 0 ? "-" + out : out;
}

std::optional<std::int64_t> ore_of(const decimal& kronor) {
    const auto ore = parse_decimal_amount(kronor.rounded(2).widened(2).text());
    return ore ? std::optional<std::int64_t>(*ore) : std::nullopt;
}

}  // namespace brygga::einvoice
