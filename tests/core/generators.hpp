// RapidCheck generators for numbers as text.
#pragma once

#include <string>

#include <rapidcheck.h>

namespace brygga {

// `least` to `most` digits, any of them zero.
inline rc::Gen<std::string> gen_digits(std::size_t least, std::size_t most) {
    return rc::gen::mapcat(rc::gen::inRange(least, most + 1), [](std::size_t size) {
        return rc::gen::container<std::string>(size, rc::gen::inRange('0', static_cast<char>('9' + 1)));
    });
}

}  // namespace brygga
