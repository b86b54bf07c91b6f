// What the property tests of the fixed-width formats do to files.
#pragma once

#include <string>
#include <string_view>

#include <rapidcheck/gtest.h>

#include "formats/registry.hpp"

namespace brygga::rule_cases {

[[nodiscard]] inline std::string to_json_text(std::string_view format_id, const std::string& bytes) {
    std::string out;
    find_format(format_id)->to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

[[nodiscard]] inline std::string from_json_text(std::string_view format_id, const std::string& lines) {
    std::string out;
    const auto done = find_format(format_id)->from_json(lines, [&](std::string_view part) { out += part; });
    RC_ASSERT(done.has_value());
    return out;
}

// A few bytes changed, removed, put in or repeated, also line ends, TABs and parts of UTF-8.
[[nodiscard]] inline std::string mutated(std::string bytes) {
    for (int i = *rc::gen::inRange(1, 12); i != 0 && !bytes.empty(); --i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
        const char byte = *rc::gen::oneOf(
            rc::gen::element('\t', '\r', '\n', ' ', '\x1A', '0', 'X', '\xC3', '\x96', '\xA5', '\xEF', '\xBB', '\xBF'),
            rc::gen::arbitrary<char>());
        switch (*rc::gen::inRange(0, 4)) {
            case 0:
                bytes[at] = byte;
                break;
            case 1:
                bytes.erase(at, *rc::gen::inRange<std::size_t>(1, 100));
                break;
            case 2:
                bytes.insert(at, *rc::gen::inRange<std::size_t>(1, 5), byte);
                break;
            default:
                bytes.insert(at, bytes.substr(*rc::gen::inRange<std::size_t>(0, bytes.size()), 164));
                break;
        }
    }
    return bytes;
}

}  // namespace brygga::rule_cases
