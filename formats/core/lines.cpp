#include "formats/core/lines.hpp"

#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace brygga {

namespace {

// First byte below 0x20 at or after `at`: one pass finds line ends, TABs and anything else that needs a closer look.
const char* find_control(const char* at, const char* end) noexcept {
#if defined(__SSE2__)
    const auto controls_in = [limit = _mm_set1_epi8(0x1F)](const char* from) noexcept {
        __m128i block;
        std::memcpy(&block, from, sizeof block);
        return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(block, limit), block)));
    };
    for (; end - at >= 32; at += 32)
        if (const std::uint32_t controls = controls_in(at) | controls_in(at + 16) << 16; controls != 0)
            return at + std::countr_zero(controls);
#endif
    while (at != end && static_cast<unsigned char>(*at) >= 0x20)
        ++at;
    return at;
}

}  // namespace

bool line_cutter::next(physical_line& line) noexcept {
    if (at_ == end_) return false;
    const char* const first = at_;
    const char* stop = find_control(first, end_);
    line.has_control = false;
    while (stop != end_ && *stop != '\n' && *stop != '\r') {
        line.has_control = true;
        stop = find_control(stop + 1, end_);
    }
    std::size_t end_size = 0;
    if (stop != end_) end_size = *stop == '\r' && end_ - stop > 1 && stop[1] == '\n' ? 2 : 1;
    line.bytes = {first, static_cast<std::size_t>(stop - first)};
    line.end = {stop, end_size};
    line.number = number_++;
    line.offset = offset_ + static_cast<std::size_t>(first - begin_);
    at_ = stop + end_size;
    return true;
}

}  // namespace brygga
