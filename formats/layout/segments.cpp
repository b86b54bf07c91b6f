#include "formats/layout/segments.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace brygga::layout {

namespace {

constexpr std::size_t search_block_bytes = std::size_t{4} << 20;

bool begins_line(std::string_view bytes, std::size_t at) noexcept {
    return at == 0 || bytes[at - 1] == '\n' || bytes[at - 1] == '\r' || bytes[at - 1] == '\x1A';
}

constexpr bool is_cp850_letter(unsigned char c) noexcept {  // ä å Ä Å ö Ö
    return c == 0x84 || c == 0x86 || c == 0x8E || c == 0x8F || c == 0x94 || c == 0x99;
}

constexpr bool is_iso_8859_1_letter(unsigned char c) noexcept {
    return c == 0xC4 || c == 0xC5 || c == 0xD6 || c == 0xE4 || c == 0xE5 || c == 0xF6;
}

// Hands `bytes` to `each` in blocks, none of which cuts a character of valid UTF-8, until one returns false; whether none did.
template <class Passed, class Each>
bool all_blocks(std::string_view bytes, const Passed& passed, const Each& each) {
    for (std::size_t at = 0; at != bytes.size();) {
        std::size_t end = std::min(bytes.size(), at + search_block_bytes);
        for (unsigned back = 0; back != 3 && end != bytes.size() && (static_cast<unsigned char>(bytes[end]) & 0xC0u) == 0x80u;
             ++back)
            --end;
        if (!each(bytes.substr(at, end - at))) return false;
        at = end;
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
    for (unsigned i = 0; i != 64; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at + i, sizeof word);
        const std::uint64_t one_bit_each = (word >> 7) & 0x0101010101010101u;
        out |= (one_bit_each * 0x0102040810204080u) >> 56 << i;  // the product has the eight bits side by side on top
    }
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

std::string_view without_head(std::string_view bytes) noexcept {
    const auto drop_blanks = [&bytes] { bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n\x1A"), bytes.size())); };
    drop_blanks();
    if (!bytes.starts_with(utf8_byte_order_mark)) return bytes;
    bytes.remove_prefix(utf8_byte_order_mark.size());
    drop_blanks();
    return bytes;
}

std::string_view without_end(std::string_view logical_file) noexcept {
    return logical_file.substr(0, logical_file.find_last_not_of(" \t\r\n\x1A") + 1);
}

bool only_blank(std::string_view bytes) noexcept {
    return bytes.find_first_not_of(" \t\r\n\x1A") == std::string_view::npos;
}

// Looks for the mark's last letter, which is rare in these files ("01BGMAX": X), and then at what stands before it: several
// times faster than a search for the whole mark, whose digits stand everywhere.
std::size_t find_opening(std::string_view bytes, std::string_view mark, std::size_t from,
                         const std::function<void(std::size_t)>& passed) {
    const std::size_t lead = mark.size() - 1;
    std::size_t told = from;
    for (std::size_t at = from + lead; at < bytes.size();) {
        if (passed && at - told >= search_block_bytes) {
            passed(at - lead);
            told = at;
        }
        const std::size_t block = std::min(bytes.size() - at, search_block_bytes);
        const void* const found = std::memchr(bytes.data() + at, mark.back(), block);
        if (found == nullptr) {
            at += block;
            continue;
        }
        const auto last = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        const std::size_t first = last - lead;
        at = last + 1;
        if (bytes.substr(first, mark.size()) != mark) continue;
        if (begins_line(bytes, first)) return first;
        const std::size_t size = utf8_byte_order_mark.size();
        if (first >= from + size && bytes.substr(first - size, size) == utf8_byte_order_mark && begins_line(bytes, first - size))
            return first - size;
    }
    return bytes.size();
}

segment next_segment(std::string_view bytes, std::string_view mark, std::size_t from, bool skip_title_lines,
                     const std::function<void(std::size_t)>& passed) {
    segment out{from, from, bytes.size()};
    const std::size_t first = find_opening(bytes, mark, from, passed);
    const std::string_view before = bytes.substr(from, first - from);
    if (from == 0 && (skip_title_lines || without_head(before).empty())) out.opens = first;
    out.end = first;
    if (out.opens != first) return out;
    out.end = find_opening(bytes, mark, std::min(first + utf8_byte_order_mark.size() + 1, bytes.size()), passed);
    return out;
}

detected_encoding detect_encoding(std::string_view logical_file, std::optional<encoding> forced) {
    return detect_encoding(logical_file, {0, 0, logical_file.size()}, forced, {});
}

detected_encoding detect_encoding(std::string_view bytes, const segment& part, std::optional<encoding> forced,
                                  const std::function<void(std::size_t)>& whole_passed) {
    const std::string_view logical_file = bytes.substr(part.opens, part.end - part.opens);
    const auto passed = [&](std::size_t size) {
        if (whole_passed) whole_passed(part.opens + size);
    };
    detected_encoding out;
    const std::string_view own = bytes.substr(part.begin, part.end - part.begin);
    const std::size_t first = std::min(own.find_first_not_of(" \t\r\n\x1A"), own.size());
    out.byte_order_mark = own.substr(first).starts_with(utf8_byte_order_mark) || logical_file.starts_with(utf8_byte_order_mark);
    // Bytes that are no UTF-8 cannot be read as such, whatever is asked for: they would not survive.
    if (forced && (*forced != encoding::utf_8 || all_blocks(logical_file, passed, is_valid_utf8))) {
        out.in = *forced;
        return out;
    }
    if (!out.byte_order_mark && all_blocks(logical_file, passed, is_ascii)) return out;
    if (all_blocks(logical_file, passed, is_valid_utf8)) {
        out.in = encoding::utf_8;
        static_cast<void>(all_blocks(logical_file, passed, [&out](std::string_view block) {
            out.replacement_characters += count_replacements(block);
            return true;
        }));
        return out;
    }
    out.in = eight_bit_encoding(logical_file, passed);
    return out;
}

}  // namespace brygga::layout
