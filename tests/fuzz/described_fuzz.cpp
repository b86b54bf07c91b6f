// Any bytes, read as formats that layouts describe, fixed and separated, and carried through JSON. Aborts where an oracle does
// not hold: the bytes come back, the second round trip is the first, two readings say the same, a file that is masked has its
// size.
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/described/layouts.hpp"
#include "tests/fuzz/oracles.hpp"

namespace {

using namespace brygga::fuzz;

std::string verdict(const brygga::format& with, std::string_view bytes) {
    std::string out;
    with.check(bytes, {}, [&](const brygga::check_report& file) {
        require(file.accepted == (file.findings->count(brygga::severity::error) == 0), "accepted with an error");
        for (const brygga::finding& each : file.findings->kept()) {
            require(each.where.offset <= bytes.size(), "a finding beyond the file");
            out += describe(each, true) + "\n";
        }
        for (const auto& [code, count] : file.records)
            out += code + "=" + std::to_string(count) + ";";
        for (const auto& [name, sum] : file.sums_ore)
            out += name + "=" + sum + ";";
        out += std::to_string(file.findings->total());
    });
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace brygga::layout::described::test;
    static const std::unique_ptr<const brygga::format> formats[] = {format_of(parking), format_of(separated_fees),
                                                                    format_of(coded_rows)};
    const std::string_view bytes = as_text(data, size);
    for (const auto& with : formats) {
        static_cast<void>(with->sniff(bytes));
        require(verdict(*with, bytes) == verdict(*with, bytes), "two readings differ");
        check_round_trip(*with, bytes);
        static_cast<void>(verdict(*with, check_commands(*with, bytes)));
    }
    return 0;
}
