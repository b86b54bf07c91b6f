// Any bytes, read as BgMax and carried through JSON: the entry point of libFuzzer and of replay.cpp. Aborts where an oracle does
// not hold: the bytes come back, the second round trip is the first, two readings say the same, a masked file has the same
// findings.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/registry.hpp"

namespace {

using brygga::bgmax::logical_file;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "bgmax_fuzz: %s\n", what);
    std::abort();
}

std::string to_json(const brygga::format& bgmax, std::string_view bytes) {
    std::string out;
    bgmax.to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

// The whole verdict as text.
std::string verdict(const std::vector<logical_file>& files, std::string_view bytes) {
    std::string out;
    for (const logical_file& file : files) {
        for (const brygga::finding& each : file.findings.kept())
            out += describe(each, true) + "\n";
        for (const auto& [code, count] : file.records)
            out += code + "=" + std::to_string(count) + ";";
        out += file.payments_ore.text() + ";" + file.deductions_ore.text() + ";" + file.deposits_ore.text() + ";";
        out += std::to_string(file.findings.total()) + ";" + std::to_string(file.holds.size()) + ";";
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
        require(file.accepted() == (file.findings.count(brygga::severity::error) == 0), "accepted with an error");
        for (const brygga::finding& each : file.findings.kept())
            require(each.where.offset <= bytes.size(), "a finding beyond the file");
    }
    require(covered == bytes.size(), "the logical files do not cover the bytes");
    require(verdict(files, bytes) == verdict(brygga::bgmax::read(bytes), bytes), "two readings differ");
}

void check_round_trip(const brygga::format& bgmax, std::string_view bytes) {
    const std::string json = to_json(bgmax, bytes);
    std::string back;
    const auto done = bgmax.from_json(json, [&](std::string_view part) { back += part; });
    require(done.has_value(), "its own JSON is refused");
    require(back == bytes, "JSON does not give the bytes back");
    require(to_json(bgmax, back) == json, "the second round trip differs from the first");
}

// What is shown of a file, and that it equals itself; a masked file has the size and the findings of the real one, but for the
// name of another format (BGMAX-R02), which masking may hide.
void check_commands(const brygga::format& bgmax, std::string_view bytes) {
    const auto ignore = [](std::string_view) {};
    bgmax.show(bytes, {}, {}, ignore);
    bgmax.show(bytes, {}, {.html = true, .colour = false, .in_clear = false}, ignore);
    require(bgmax.diff(bytes, bytes, {}, ignore), "a file differs from itself");
    std::string masked;
    bgmax.mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    require(masked.size() == bytes.size(), "the masked file has another size");
    const auto real_files = brygga::bgmax::read(bytes);
    const auto masked_files = brygga::bgmax::read(masked);
    require(real_files.size() == masked_files.size(), "the masked file has another number of logical files");
    for (std::size_t i = 0; i < real_files.size(); ++i)
        for (const brygga::rule_info& each : brygga::bgmax::rules()) {
            const bool same = real_files[i].findings.count(each.index) == masked_files[i].findings.count(each.index);
            require(same || each.id == "BGMAX-R02", "the masked file has other findings");
        }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_reading(bytes);
    const brygga::format& bgmax = *brygga::find_format("bgmax");
    check_round_trip(bgmax, bytes);
    check_commands(bgmax, bytes);
    return 0;
}
