// Any bytes, read as BgMax and carried through JSON: the entry point of libFuzzer and of replay.cpp. Aborts where an oracle does
// not hold: the bytes come back, the second round trip is the first, two readings say the same, a masked file has the same
// findings.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/registry.hpp"
#include "tests/fuzz/oracles.hpp"

namespace {

using brygga::bgmax::logical_file;
using namespace brygga::fuzz;

// The whole verdict as text.
std::string verdict(const std::vector<logical_file>& files, std::string_view bytes) {
    std::string out;
    for (const logical_file& file : files) {
        out += told(file);
        out += file.payments_ore.text() + ";" + file.deductions_ore.text() + ";" + file.deposits_ore.text() + ";";
        out += brygga::bgmax::identity_hash(bytes.substr(file.offset, file.size), file.in) + "\n";
    }
    return out;
}

void check_reading(std::string_view bytes) {
    const auto files = brygga::bgmax::read(bytes);
    require(!files.empty(), "no logical file");
    std::size_t covered = 0;
    for (const logical_file& file : files) {
        require(file.offset == covered, "the logical files do not join");
        covered += file.size;
        check_findings(file, bytes);
    }
    require(covered == bytes.size(), "the logical files do not cover the bytes");
    require(verdict(files, bytes) == verdict(brygga::bgmax::read(bytes), bytes), "two readings differ");
}

// A masked file has the findings of the real one, but for the name of another format (BGMAX-R02), which masking may hide.
void check_masked_file(std::string_view bytes, std::string_view masked) {
    const auto real_files = brygga::bgmax::read(bytes);
    const auto masked_files = brygga::bgmax::read(masked);
    require(real_files.size() == masked_files.size(), "the masked file has another number of logical files");
    for (std::size_t i = 0; i < real_files.size(); ++i)
        check_masked(real_files[i], masked_files[i], brygga::bgmax::rules(),
                     [](std::string_view id) { return id == "BGMAX-R02"; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = as_text(data, size);
    check_reading(bytes);
    const brygga::format& bgmax = *brygga::find_format("bgmax");
    check_round_trip(bgmax, bytes);
    check_masked_file(bytes, check_commands(bgmax, bytes));
    return 0;
}
