// What a file that is read without a key says of its seal.
#pragma once

#include <cstdint>

namespace brygga::bankgirot {

struct seal_marks {
    bool opens = false, closes = false;  // TK00, TK99
    std::uint64_t section_seals{};       // TK08 of Autogiro, TK28 of LB
};

}  // namespace brygga::bankgirot
