#include "formats/bankgirot/seal/detail/alphabet.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace brygga::seal::detail {

namespace {

constexpr char first_plain = 0x20, last_plain = 0x7E;

bool is_plain(char byte) noexcept {
    return byte >= first_plain && byte <= last_plain;
}

}  // namespace

const char* find_special(const char* at, const char* end) noexcept {
#if defined(__SSE2__)
    // Moved down by the first plain byte, all others are above the span.
    const __m128i first = _mm_set1_epi8(first_plain), span = _mm_set1_epi8(last_plain - first_plain);
    for (; end - at >= 16; at += 16) {
        __m128i block;
        std::memcpy(&block, at, sizeof block);
        const __m128i moved = _mm_sub_epi8(block, first);
        const auto plain = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(moved, span), moved)));
        if (plain != 0xFFFF) return at + std::countr_one(plain);
    }
#endif
    while (at != end && is_plain(*at))
        ++at;
    return at;
}

const char* find_foreign(const char* at, const char* end) noexcept {
    for (at = find_special(at, end); at != end && normal_of(*at) != foreign; at = find_special(at + 1, end)) {
    }
    return at;
}

char* normalise(std::string_view bytes, char* to) noexcept {
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    while (at != end) {
        const char* const special = find_special(at, end);
        const auto size = static_cast<std::size_t>(special - at);
        std::memcpy(to, at, size);
        to += size;
        for (at = special; at != end && !is_plain(*at); ++at)
            if (const char byte = normal_of(*at); byte != skipped) *to++ = byte;
    }
    return to;
}

}  // namespace brygga::seal::detail
