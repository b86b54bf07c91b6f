// The records of a format's sections by their codes of two digits: section_layout::find() without a search.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "formats/layout/document.hpp"

namespace brygga::bankgirot {

inline constexpr unsigned no_code = 100;

// 0 to 99; no_code for what is not two digits.
[[nodiscard]] constexpr unsigned code_number(std::string_view code) noexcept {
    if (code.size() != 2) return no_code;
    const unsigned tens = static_cast<unsigned char>(code[0]) - unsigned{'0'},
                   ones = static_cast<unsigned char>(code[1]) - unsigned{'0'};
    return tens > 9 || ones > 9 ? no_code : tens * 10 + ones;
}

template <std::size_t Sections>
class record_table {
 public:
    // Refers to `sections`.
    explicit constexpr record_table(const std::array<layout::section_layout, Sections>& sections) noexcept
        : sections_(sections.data()) {
        for (std::size_t section = 0; section != Sections; ++section)
            for (std::size_t at = sections[section].records.size(); at-- != 0;)  // the first of a code stays
                if (const unsigned code = code_number(sections[section].records[at].code); code != no_code)
                    places_[section][code] = static_cast<std::uint8_t>(at + 1);
    }

    // Of one of the sections; nothing where it has no such record.
    [[nodiscard]] constexpr const layout::record_info* find(const layout::section_layout& section, unsigned code) const noexcept {
        const std::uint8_t place = places_[static_cast<std::size_t>(&section - sections_)][code];
        return place == 0 ? nullptr : &section.records[place - std::size_t{1}];
    }

 private:
    const layout::section_layout* sections_;
    std::array<std::array<std::uint8_t, no_code + 1>, Sections> places_{};  // from 1; 0: none
};

}  // namespace brygga::bankgirot
