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

#if defined(__SSE2__)
constexpr int block_bytes = 16;

// How many plain ones a block begins with.
int plain_bytes(const char* at) noexcept {
    // Moved down by the first plain byte, all others are above the span.
    const __m128i first = _mm_set1_epi8(first_plain), span = _mm_set1_epi8(last_plain - first_plain);
    __m128i block;
    std::memcpy(&block, at, sizeof block);
    const __m128i moved = _mm_sub_epi8(block, first);
    return std::countr_one(static_cast<std::uint16_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(moved, span), moved))));
}
#endif

}  // namespace

const char* find_special(const char* at, const char* end) noexcept {
#if defined(__SSE2__)
    for (; end - at >= block_bytes; at += block_bytes)
        if (const int plain = plain_bytes(at); plain != block_bytes) return at + plain;
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
#if defined(__SSE2__)
        // A block is copied whole before anybody knows how much of it is plain; there is room for what is given.
        for (int plain = block_bytes; plain == block_bytes && end - at >= block_bytes; at += plain, to += plain) {
            std::memcpy(to, at, block_bytes);
            plain = plain_bytes(at);
        }
#endif
        for (; at != end && is_plain(*at); ++at)
            *to++ = *at;
        for (; at != end && !is_plain(*at); ++at)
            if (const char byte = normal_of(*at); byte != skipped) *to++ = byte;
    }
    return to;
}

}  // namespace brygga::seal::detail
