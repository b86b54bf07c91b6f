// Any bytes, read as a registration file of the banks: the entry point of libFuzzer and of replay.cpp. Aborts where an oracle
// does not hold: the bytes come back from JSON, and what is taken out of records are identities that our own parsers take.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "formats/core/bank_identity.hpp"
#include "formats/registry.hpp"
#include "tests/fuzz/oracles.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using brygga::fuzz::require;
    const std::string_view bytes = brygga::fuzz::as_text(data, size);
    const brygga::format& with = *brygga::find_format("einvoice-registration");
    const auto ignore = [](std::string_view) {};
    with.check(bytes, {}, [](const brygga::check_report&) {});
    with.show(bytes, {}, {}, ignore);
    with.mask(bytes, "key", {}, ignore);
    require(with.diff(bytes, bytes, {}, ignore), "a file differs from itself");
    brygga::fuzz::check_round_trip(with, bytes);
    with.to_ledger(bytes, {}, [](const brygga::ledger_row& row) {
        const auto read = nlohmann::json::parse(row.json, nullptr, false);
        require(read.is_object(), "a row is no JSON");
        require(brygga::parse_receiver_identity(read["receiver"].get<std::string>()).has_value(), "a receiver is no FMI");
        require(read["needs_a_person"] == true, "a row would hold by itself");
    });
    return 0;
}
