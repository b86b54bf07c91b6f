// Where TK00 and TK99 stand in a delivery, without a key and without looking at what stands between: for the readers of the
// formats that can be sealed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace brygga::seal {

// Of which Bankgirot delivers sealed files.
inline constexpr std::array<std::string_view, 3> sealed_formats{"autogiro", "bgmax", "lb"};

enum class seal_type : std::uint8_t {
    hmac,
    nexus,  // SAK1, the older one
};

struct record_place {
    std::size_t offset{}, size{};  // of the line, without its line end
};

struct seal_places {
    seal_type type = seal_type::hmac;     // as TK00 says it
    std::optional<record_place> opening;  // TK00: the first line that is not blank, when it says HMAC or SAK1
    // TK99: the last line that is not blank, when it has the form of one; below a TK00 also any that begins with 99 and a date.
    std::optional<record_place> closing;
    std::string_view inner;  // what stands between, line ends included; from the first or to the last byte where one is missing

    [[nodiscard]] bool sealed() const noexcept { return opening || closing; }
};

// A byte order mark and blank lines before TK00, and blanks, TABs, line ends and 1A after TK99, are passed over.
[[nodiscard]] seal_places locate(std::string_view bytes) noexcept;

}  // namespace brygga::seal
