// What the schemas of pain.001.001.03 and .09 ask of elements and of the texts in them (P1-R01).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "formats/iso20022/pain/detail/simple_types.hpp"

namespace brygga::pain::detail {

struct sequence;

// One or neither: an element may also be one that is not looked into.
struct content {
    const sequence* elements = nullptr;
    const simple_type* text = nullptr;

    constexpr content() = default;
    constexpr content(const sequence& of) : elements(&of) {}
    constexpr content(const simple_type& of) : text(&of) {}
};

struct child {
    std::string_view name;
    bool wanted = false;
    std::size_t most = 1;  // any_number: not limited
    content inside{};
    std::uint16_t since = 0;
    std::uint16_t until = std::numeric_limits<std::uint16_t>::max();

    [[nodiscard]] constexpr bool in(std::uint16_t version) const noexcept { return since <= version && version <= until; }
};

inline constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

struct sequence {
    std::span<const child> children;
    bool choice = false;  // exactly one of them
};

// What stands around the root element. Not looked into is what neither our writer writes nor a Swedish bank reads: contact
// details, dates of birth, tax, regulatory reporting, cheques, instructions to banks, and supplementary data; nor are amounts,
// sums, numbers, days of payment and methods here, which detail/reading.hpp understands.
[[nodiscard]] const sequence& document_schema() noexcept;

}  // namespace brygga::pain::detail
