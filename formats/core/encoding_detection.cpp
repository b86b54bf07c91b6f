#include "formats/core/encoding_detection.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace brygga {

namespace {

constexpr std::size_t block_bytes = std::size_t{32}
                                    << 10;  // is still in the nearest cache when it is looked at for the second time
constexpr std::size_t step_between_tellings = std::size_t{4} << 20;

constexpr bool is_cp850_letter(unsigned char c) noexcept {  // ä å Ä Å ö Ö
    return c == 0x84 || c == 0x86 || c == 0x8E || c == 0x8F || c == 0x94 || c == 0x99;
}

constexpr bool is_iso_8859_1_letter(unsigned char c) noexcept {
    return c == 0xC4 || c == 0xC5 || c == 0xD6 || c == 0xE4 || c == 0xE5 || c == 0xF6;
}

// Hands `bytes` to `each` in blocks, none of which cuts a character of valid UTF-8, until one returns false; whether none did.
template <class Passed, class Each>
bool all_blocks(std::string_view bytes, const Passed& passed, const Each& each) {
    std::size_t told = 0;
    for (std::size_t at = 0; at != bytes.size();) {
        std::size_t end = std::min(bytes.size(), at + block_bytes);
        for (unsigned back = 0; back != 3 && end != bytes.size() && (static_cast<unsigned char>(bytes[end]) & 0xC0u) == 0x80u;
             ++back)
            --end;
        if (!each(bytes.substr(at, end - at))) return false;
        at = end;
        if (at - told < step_between_tellings && at != bytes.size()) continue;
        told = at;
        passed(at);
    }
    return true;
}

// What a byte says of an 8-bit encoding: how much more it speaks for CP850 than for ISO 8859-1.
constexpr std::array<std::int8_t, 256> evidence = [] {
    std::array<std::int8_t, 256> table{};
    for (unsigned c = 0; c != table.size(); ++c)
        table[c] = is_cp850_letter(static_cast<unsigned char>(c))        ? 1
                   : is_iso_8859_1_letter(static_cast<unsigned char>(c)) ? -1
                                                                         : 0;
    return table;
}();

// Bit i is set when at[i], of 64 bytes, is no ASCII.
std::uint64_t beyond_ascii(const char* at) noexcept {
    std::uint64_t out = 0;
#if defined(__SSE2__)
    for (unsigned i = 0; i != 64; i += 16) {
        __m128i block;
        std::memcpy(&block, at + i, sizeof block);
        out |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(block))} << i;
    }
#else
    for (unsigned i = 0; i != 64; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at + i, sizeof word);
        const std::uint64_t one_bit_each = (word >> 7) & 0x0101010101010101u;
        out |= (one_bit_each * 0x0102040810204080u) >> 56 << i;  // the product has the eight bits side by side on top
    }
#endif
    return out;
}

// The sum over a block. Most bytes of a file are ASCII and say nothing: they are passed over.
std::int64_t evidence_in(std::string_view block) noexcept {
    static_assert(std::endian::native == std::endian::little, "the first byte of a word is its lowest");
    std::int64_t sum = 0;
    for (; block.size() >= 64; block.remove_prefix(64))
        for (std::uint64_t rest = beyond_ascii(block.data()); rest != 0; rest &= rest - 1)
            sum += evidence[static_cast<unsigned char>(block[static_cast<std::size_t>(std::countr_zero(rest))])];
    for (const char c : block)
        sum += evidence[static_cast<unsigned char>(c)];
    return sum;
}

template <class Passed>
encoding eight_bit_encoding(std::string_view bytes, const Passed& passed) {
    std::int64_t sum = 0;
    static_cast<void>(all_blocks(bytes, passed, [&sum](std::string_view block) {
        sum += evidence_in(block);
        return true;
    }));
    return sum > 0 ? encoding::cp850 : encoding::iso_8859_1;
}

std::uint64_t count_replacements(std::string_view utf8) noexcept {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::uint64_t count = 0;
    for (std::size_t at = utf8.find(replacement); at != std::string_view::npos;
         at = utf8.find(replacement, at + replacement.size()))
        ++count;
    return count;
}

}  // namespace

detected_encoding detect_encoding(std::string_view bytes, std::optional<encoding> forced, bool marked,
                                  const std::function<void(std::size_t)>& told, eight_bit_guess guess) {
    const auto passed = [&told](std::size_t size) {
        if (told) told(size);
    };
    detected_encoding out;
    const std::size_t first = std::min(bytes.find_first_not_of(" \t\r\n\x1A"), bytes.size());
    out.byte_order_mark = marked || bytes.substr(first).starts_with(utf8_byte_order_mark);
    // Bytes that are no UTF-8 cannot be read as such, whatever is asked for: they would not survive.
    if (forced && (*forced != encoding::utf_8 || all_blocks(bytes, passed, is_valid_utf8))) {
        out.in = *forced;
        return out;
    }
    bool ascii = !out.byte_order_mark;
    std::uint64_t replacements = 0;
    const bool valid = all_blocks(bytes, passed, [&](std::string_view block) {
        if (is_ascii(block)) return true;
        ascii = false;
        replacements += count_replacements(block);
        return is_valid_utf8(block);
    });
    if (ascii) return out;
    if (valid) {
        out.in = encoding::utf_8;
        out.replacement_characters = replacements;
        return out;
    }
    if (guess == eight_bit_guess::by_letters) out.in = eight_bit_encoding(bytes, passed);
    return out;
}

}  // namespace brygga
