// Any bytes, read as Leverantörsbetalningar and carried through JSON: the entry point of libFuzzer and of replay.cpp. Aborts
// where an oracle does not hold: the bytes come back, the second round trip is the first, two readings say the same, a masked
// file has the same findings.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/registry.hpp"
#include "tests/fuzz/oracles.hpp"

namespace {

using brygga::supplier_payment::logical_file;
using namespace brygga::fuzz;

// The whole verdict as text.
std::string verdict(const logical_file& file) {
    return told(file) + file.totals.payments_ore.text() + ";" + file.totals.deductions_ore.text();
}

void check_reading(std::string_view bytes) {
    const logical_file file = brygga::supplier_payment::read(bytes);
    check_findings(file, bytes);
    require(verdict(file) == verdict(brygga::supplier_payment::read(bytes)), "two readings differ");
}

// What masking may change: whether two recipients of one number are one, for names of a letter or two become alike; and whether a
// number without its check digit is the same as one that has it.
bool may_change(std::string_view rule_id) {
    return rule_id == "LB-R04" || rule_id == "LB-R05" || rule_id == "LB-R09";
}

void check_masked_file(std::string_view bytes, std::string_view masked) {
    namespace lb = brygga::supplier_payment;
    check_masked(lb::read(bytes), lb::read(masked), lb::rules(), may_change);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = as_text(data, size);
    check_reading(bytes);
    const brygga::format& with = *brygga::find_format("lb");
    check_round_trip(with, bytes);
    check_masked_file(bytes, check_commands(with, bytes));
    return 0;
}
