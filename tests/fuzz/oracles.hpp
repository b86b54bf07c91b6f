// What must hold of any bytes in any fixed-width format, whatever its reader says. Aborts where it does not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "formats/format.hpp"

namespace brygga::fuzz {

inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "fuzz: %s\n", what);
    std::abort();
}

inline std::string to_json(const format& with, std::string_view bytes) {
    std::string out;
    with.to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

// The bytes come back from JSON, and the second round trip is the first.
inline void check_round_trip(const format& with, std::string_view bytes) {
    const std::string json = to_json(with, bytes);
    std::string back;
    const auto done = with.from_json(json, [&](std::string_view part) { back += part; });
    require(done.has_value(), "its own JSON is refused");
    require(back == bytes, "JSON does not give the bytes back");
    require(to_json(with, back) == json, "the second round trip differs from the first");
}

// It can be shown, equals itself, and has its size when it is masked: the masked file.
inline std::string check_commands(const format& with, std::string_view bytes) {
    const auto ignore = [](std::string_view) {};
    with.show(bytes, {}, {}, ignore);
    with.show(bytes, {}, {.html = true, .colour = false, .in_clear = false}, ignore);
    require(with.diff(bytes, bytes, {}, ignore), "a file differs from itself");
    std::string masked;
    with.mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    require(masked.size() == bytes.size(), "the masked file has another size");
    return masked;
}

// Findings, counts of records and of holds as text.
template <class File>
std::string told(const File& file) {
    std::string out;
    for (const finding& each : file.findings.kept())
        out += describe(each, true) + "\n";
    for (const auto& [code, count] : file.records)
        out += code + "=" + std::to_string(count) + ";";
    return out + std::to_string(file.findings.total()) + ";" + std::to_string(file.holds.size()) + ";";
}

template <class File>
void check_findings(const File& file, std::string_view bytes) {
    require(file.accepted() == (file.findings.count(severity::error) == 0), "accepted with an error");
    for (const finding& each : file.findings.kept())
        require(each.where.offset <= bytes.size(), "a finding beyond the file");
}

// Masking changes no finding, but of the rules that may change.
template <class File, class MayChange>
void check_masked(const File& real, const File& masked, std::span<const rule_info> rules, const MayChange& may_change) {
    for (const rule_info& each : rules) {
        const bool same = real.findings.count(each.index) == masked.findings.count(each.index);
        require(same || may_change(each.id), "the masked file has other findings");
    }
}

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace brygga::fuzz
