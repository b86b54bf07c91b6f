#include "formats/core/lines.hpp"

#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace brygga::detail {

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

}  // namespace brygga::detail
