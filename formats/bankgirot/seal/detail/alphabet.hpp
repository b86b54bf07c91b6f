// The normalisation table of the seal (bankgiro-seal.md 3.4). Internal.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace brygga::seal::detail {

inline constexpr char skipped = '\0';    // CR and LF; nothing else becomes this
inline constexpr char foreign = '\xC3';  // what every byte without a place of its own becomes

inline constexpr std::array<char, 256> normal = [] {
    std::array<char, 256> out{};
    out.fill(foreign);
    for (std::size_t byte = 0x20; byte <= 0x7E; ++byte)
        out[byte] = static_cast<char>(byte);
    out['\r'] = out['\n'] = skipped;
    out[0xC9] = '@';   // É
    out[0xC4] = '[';   // Ä
    out[0xD6] = '\\';  // Ö
    out[0xC5] = ']';   // Å
    out[0xDC] = '^';   // Ü
    out[0xE9] = '`';   // é
    out[0xE4] = '{';   // ä
    out[0xF6] = '|';   // ö
    out[0xE5] = '}';   // å
    out[0xFC] = '~';   // ü
    return out;
}();

[[nodiscard]] constexpr char normal_of(char byte) noexcept {
    return normal[static_cast<unsigned char>(byte)];
}

// First byte that is not 20-7E; `end` when there is none.
[[nodiscard]] const char* find_special(const char* at, const char* end) noexcept;

// First byte that a sealer refuses (SEAL-R04): not 20-7E, CR, LF or one of the ten letters; `end` when there is none.
[[nodiscard]] const char* find_foreign(const char* at, const char* end) noexcept;

// Writes at most as many bytes as it is given; gives the end of what it wrote.
[[nodiscard]] char* normalise(std::string_view bytes, char* to) noexcept;

}  // namespace brygga::seal::detail
