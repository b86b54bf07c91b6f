// Sums of öre in SQL, and SQL texts put together from parts at compile time.
//
// SQLite's sum() fails as soon as a partial sum leaves 64 bits, so every sum is taken in two halves, by units of 10^9 öre and by
// what is left of each amount. Each half stays within 64 bits for any number of rows that a disk holds. What becomes of the two:
//
// - sum_of(): one number. Beyond 64 bits (92 233 720 368 547 758.07 kr) SQLite makes it a floating-point number, silently. It is
//   for what belongs to one subject (an invoice, advance, credit note or payment), and for the comparison of an entry with zero,
//   which is exact: halves that cancel are small.
// - halves_of(): two columns for cursor::sum(), exact to any size: for sums over many subjects.
//
// The schema (migrations.cpp) has the same text typed out, because a released migration is never edited.
#pragma once

#include <algorithm>
#include <cstddef>

#include "mapping/ledger/sqlite/connection.hpp"

namespace brygga::ledger::sqlite {

template <std::size_t Size>  // with the zero at the end
struct sql_piece {
    char text[Size]{};
    constexpr sql_piece() = default;
    consteval sql_piece(const char (&literal)[Size]) { std::copy_n(literal, Size, text); }  // NOLINT: a literal converts
};

template <std::size_t Left, std::size_t Right>
consteval auto operator+(const sql_piece<Left>& left, const sql_piece<Right>& right) {
    sql_piece<Left + Right - 1> both;
    std::copy_n(left.text, Left - 1, both.text);
    std::copy_n(right.text, Right, both.text + Left - 1);
    return both;
}
template <std::size_t Left, std::size_t Right>
consteval auto operator+(const char (&left)[Left], const sql_piece<Right>& right) {
    return sql_piece<Left>(left) + right;
}
template <std::size_t Left, std::size_t Right>
consteval auto operator+(const sql_piece<Left>& left, const char (&right)[Right]) {
    return left + sql_piece<Right>(right);
}

// "(sum(x / 1000000000) * 1000000000 + sum(x % 1000000000))"
template <std::size_t Size>
consteval auto sum_of(const char (&x)[Size]) {
    return "(sum(" + sql_piece<Size>(x) + " / 1000000000) * 1000000000 + sum(" + sql_piece<Size>(x) + " % 1000000000))";
}
// "sum(x / 1000000000), sum(x % 1000000000)"
template <std::size_t Size>
consteval auto halves_of(const char (&x)[Size]) {
    return "sum(" + sql_piece<Size>(x) + " / 1000000000), sum(" + sql_piece<Size>(x) + " % 1000000000)";
}

// A text of static storage, as sql_text must be: constexpr sql_text open = joined<"SELECT " + sum_of("amount_ore") + " FROM
// posting">;
template <sql_piece Whole>
inline constexpr sql_text joined = Whole.text;

}  // namespace brygga::ledger::sqlite
