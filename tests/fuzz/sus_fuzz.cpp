// Any bytes, read as SUS and carried through JSON: the entry point of libFuzzer and of replay.cpp. Aborts
// where an oracle does not hold: the bytes come back, the second round trip is the first, two readings say the same, a masked
// file has the same findings.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/bankgirot/sus/reader.hpp"
#include "formats/registry.hpp"

namespace {

using brygga::sus::logical_file;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "sus_fuzz: %s\n", what);
    std::abort();
}

std::string to_json(const brygga::format& with, std::string_view bytes) {
    std::string out;
    with.to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

// The whole verdict as text.
std::string verdict(const logical_file& file) {
    std::string out;
    for (const brygga::finding& each : file.findings.kept())
        out += describe(each, true) + "\n";
    for (const auto& [code, count] : file.records)
        out += code + "=" + std::to_string(count) + ";";
    out += file.payments_ore.text() + ";";
    return out + std::to_string(file.findings.total()) + ";" + std::to_string(file.holds.size());
}

void check_reading(std::string_view bytes) {
    const logical_file file = brygga::sus::read(bytes);
    require(file.accepted() == (file.findings.count(brygga::severity::error) == 0), "accepted with an error");
    for (const brygga::finding& each : file.findings.kept())
        require(each.where.offset <= bytes.size(), "a finding beyond the file");
    require(verdict(file) == verdict(brygga::sus::read(bytes)), "two readings differ");
}

void check_round_trip(const brygga::format& with, std::string_view bytes) {
    const std::string json = to_json(with, bytes);
    std::string back;
    const auto done = with.from_json(json, [&](std::string_view part) { back += part; });
    require(done.has_value(), "its own JSON is refused");
    require(back == bytes, "JSON does not give the bytes back");
    require(to_json(with, back) == json, "the second round trip differs from the first");
}

// What is shown of a file, and that it equals itself; a masked file has the size and the findings of the real one.
void check_commands(const brygga::format& with, std::string_view bytes) {
    const auto ignore = [](std::string_view) {};
    with.show(bytes, {}, {}, ignore);
    with.show(bytes, {}, {.html = true, .colour = false, .in_clear = false}, ignore);
    require(with.diff(bytes, bytes, {}, ignore), "a file differs from itself");
    std::string masked;
    with.mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    require(masked.size() == bytes.size(), "the masked file has another size");
    const logical_file real = brygga::sus::read(bytes);
    const logical_file hidden = brygga::sus::read(masked);
    if (real.sections != hidden.sections) return;  // digits of a line outside all sections became a date: it opens one now
    for (const brygga::rule_info& each : brygga::sus::rules()) {
        const bool same = real.findings.count(each.index) == hidden.findings.count(each.index);
        require(same, "the masked file has other findings");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_reading(bytes);
    const brygga::format& with = *brygga::find_format("sus");
    check_round_trip(with, bytes);
    check_commands(with, bytes);
    return 0;
}
