// Reading digits and trimming blanks, eight or sixteen columns at a step. Measured in DESIGN section 3: validation of
// every digit costs less than a branch per byte, and the right-trim is what limits a reader.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace brygga::layout {

// Eight ASCII digits, the first in the lowest byte, to a number; false when one of them is no digit.
[[nodiscard]] inline bool eight_digits(std::uint64_t word, std::uint64_t& value) noexcept {
    const std::uint64_t high = word & 0xF0F0F0F0F0F0F0F0u;
    const std::uint64_t over = ((word + 0x0606060606060606u) & 0xF0F0F0F0F0F0F0F0u) >> 4;
    if ((high | over) != 0x3333333333333333u) return false;
    word = ((word & 0x0F0F0F0F0F0F0F0Fu) * 2561u) >> 8;
    word = ((word & 0x00FF00FF00FF00FFu) * 6553601u) >> 16;
    value = ((word & 0x0000FFFF0000FFFFu) * 42949672960001u) >> 32;
    return true;
}
[[nodiscard]] inline bool eight_digits(const char* at, std::uint64_t& value) noexcept {
    static_assert(std::endian::native == std::endian::little, "digit order is read from a little-endian word");
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    return eight_digits(word, value);
}

// Up to 18 digits, all of them checked; 18 nines fit a signed 64-bit number.
template <std::size_t Width>
[[nodiscard]] inline bool read_digits(const char* at, std::uint64_t& value) noexcept {
    static_assert(Width > 0 && Width <= 18);
    std::uint64_t sum = 0;
    std::size_t i = 0;
    for (; i + 8 <= Width; i += 8) {
        std::uint64_t part = 0;
        if (!eight_digits(at + i, part)) return false;
        sum = sum * 100000000u + part;
    }
    for (; i < Width; ++i) {
        const unsigned digit = static_cast<unsigned>(static_cast<unsigned char>(at[i])) - unsigned{'0'};
        if (digit > 9) return false;
        sum = sum * 10u + digit;
    }
    value = sum;
    return true;
}

namespace detail {

// Whether every byte of a word is a digit.
template <class Word>
[[nodiscard]] inline bool word_of_digits(const char* at) noexcept {
    constexpr Word ones = static_cast<Word>(0x0101010101010101u);
    Word word = 0;
    std::memcpy(&word, at, sizeof word);
    return (word & ones * 0xF0u) == ones * 0x30u && ((word + ones * 0x06u) & ones * 0xF0u) == ones * 0x30u;
}

}  // namespace detail

// True for empty text. Words may overlap.
[[nodiscard]] inline bool all_digits(std::string_view text) noexcept {
    const char* const at = text.data();
    const std::size_t size = text.size();
    if (size >= 8) {
        bool digits = detail::word_of_digits<std::uint64_t>(at + size - 8);
        for (std::size_t i = 0; i + 8 < size; i += 8)
            digits = digits && detail::word_of_digits<std::uint64_t>(at + i);
        return digits;
    }
    if (size >= 4) return detail::word_of_digits<std::uint32_t>(at) && detail::word_of_digits<std::uint32_t>(at + size - 4);
    for (std::size_t i = 0; i != size; ++i)
        if (at[i] < '0' || at[i] > '9') return false;
    return true;
}

// The same of a width known beforehand.
template <std::size_t Width>
[[nodiscard]] inline bool all_digits(const char* at) noexcept {
    const auto words = [at]<class Word>(Word) noexcept {
        bool digits = detail::word_of_digits<Word>(at + Width - sizeof(Word));
        for (std::size_t i = 0; i + sizeof(Word) < Width; i += sizeof(Word))
            digits = digits && detail::word_of_digits<Word>(at + i);
        return digits;
    };
    if constexpr (Width >= 8) {
        return words(std::uint64_t{});
    } else if constexpr (Width >= 4) {
        return words(std::uint32_t{});
    } else {
        return all_digits(std::string_view(at, Width));
    }
}

[[nodiscard]] inline bool all_blank(std::string_view text) noexcept {
    return text.find_first_not_of(' ') == std::string_view::npos;
}

namespace detail {

// Bit i is set when at[i] is no blank.
template <std::size_t Size>
[[nodiscard]] inline std::uint64_t filled_columns(const char* at) noexcept {
    static_assert(Size >= 16 && Size <= 64);
#if defined(__SSE2__)
    const auto in_block = [at, blank = _mm_set1_epi8(' ')](std::size_t first) noexcept {
        __m128i block;
        std::memcpy(&block, at + first, sizeof block);
        const auto blanks = static_cast<std::uint64_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, blank)));
        return (~blanks & 0xFFFFu) << first;
    };
    std::uint64_t filled = in_block(Size - 16);  // blocks may overlap
    for (std::size_t first = 0; first + 16 < Size; first += 16)
        filled |= in_block(first);
    return filled;
#else
    std::uint64_t filled = 0;
    for (std::size_t i = 0; i != Size; ++i)
        filled |= std::uint64_t{at[i] != ' '} << i;
    return filled;
#endif
}

}  // namespace detail

// all_blank() of a width known beforehand.
template <std::size_t Width>
[[nodiscard]] inline bool all_blank(const char* at) noexcept {
    if constexpr (Width >= 16 && Width <= 64)
        return detail::filled_columns<Width>(at) == 0;
    else
        return all_blank(std::string_view(at, Width));
}

[[nodiscard]] inline std::string_view right_trimmed(std::string_view text) noexcept {
    if (!text.empty() && text.back() != ' ') return text;
    std::size_t size = text.size();
    for (; size >= 16; size -= 16)
        if (const std::uint64_t filled = detail::filled_columns<16>(text.data() + size - 16); filled != 0)
            return text.substr(0, size - 16 + static_cast<std::size_t>(64 - std::countl_zero(filled)));
    while (size != 0 && text[size - 1] == ' ')
        --size;
    return text.substr(0, size);
}

// The same for a width known beforehand. Branch-free for those that names and references have.
template <std::size_t Width>
[[nodiscard]] inline std::string_view right_trimmed(const char* text) noexcept {
    if constexpr (Width >= 16 && Width <= 64)
        return {text, static_cast<std::size_t>(64 - std::countl_zero(detail::filled_columns<Width>(text)))};
    else
        return right_trimmed({text, Width});
}

[[nodiscard]] inline std::string_view left_trimmed(std::string_view text) noexcept {
    std::size_t first = 0;
    while (first != text.size() && text[first] == ' ')
        ++first;
    return text.substr(first);
}

[[nodiscard]] inline std::string_view trimmed(std::string_view text) noexcept {
    return left_trimmed(right_trimmed(text));
}

}  // namespace brygga::layout
