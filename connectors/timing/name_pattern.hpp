// Which names of files are meant: "BG*.txt", "camt.05[34]_????????.xml", "{camt,pain}*.xml". Letters count as they are.
//
//     *        any run of characters, also none
//     ?        one character
//     #        one digit
//     [a-f_]   one of these; [!...] one of no others
//     {x,y}    one of these texts, which may hold all of the above but no braces
//     \        takes the next character as it is
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::timing {

class name_pattern {
 public:
    // invalid_argument with the place of what is not understood.
    [[nodiscard]] static result<name_pattern> parse(std::string_view text);

    // in time bounded by the product of both lengths, whatever the pattern.
    [[nodiscard]] bool matches(std::string_view name) const;

    struct piece {
        bool run = false;      // '*'
        std::bitset<256> one;  // otherwise: one of these bytes
    };
    using glob = std::vector<piece>;

 private:
    std::vector<glob> alternatives_;
};

inline constexpr std::size_t max_pattern_bytes = 500;
inline constexpr std::size_t max_pattern_alternatives = 100;

}  // namespace brygga::timing
