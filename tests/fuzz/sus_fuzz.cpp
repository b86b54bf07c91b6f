// Any bytes, read as SUS and carried through JSON: the entry point of libFuzzer and of replay.cpp. Aborts where an oracle does
// not hold: the bytes come back, the second round trip is the first, two readings say the same, a masked file has the same
// findings.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/bankgirot/sus/reader.hpp"
#include "formats/registry.hpp"
#include "tests/fuzz/oracles.hpp"

namespace {

using brygga::sus::logical_file;
using namespace brygga::fuzz;

// The whole verdict as text.
std::string verdict(const logical_file& file) {
    return told(file) + file.payments_ore.text();
}

void check_reading(std::string_view bytes) {
    const logical_file file = brygga::sus::read(bytes);
    check_findings(file, bytes);
    require(verdict(file) == verdict(brygga::sus::read(bytes)), "two readings differ");
}

void check_masked_file(std::string_view bytes, std::string_view masked) {
    const logical_file real = brygga::sus::read(bytes), hidden = brygga::sus::read(masked);
    if (real.sections != hidden.sections) return;  // digits of a line outside all sections became a date: it opens one now
    check_masked(real, hidden, brygga::sus::rules(), [](std::string_view) { return false; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = as_text(data, size);
    check_reading(bytes);
    const brygga::format& with = *brygga::find_format("sus");
    check_round_trip(with, bytes);
    check_masked_file(bytes, check_commands(with, bytes));
    return 0;
}
