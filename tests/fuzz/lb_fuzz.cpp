// Any bytes, read as Leverantörsbetalningar and carried through JSON: the entry point of libFuzzer and of replay.cpp. Aborts
// where an oracle does not hold: the bytes come back, the second round trip is the first, two readings say the same, a masked
// file has the same findings.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/registry.hpp"

namespace {

using brygga::supplier_payment::logical_file;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "lb_fuzz: %s\n", what);
    std::abort();
}

std::string to_json(const brygga::format& lb, std::string_view bytes) {
    std::string out;
    lb.to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

// The whole verdict as text.
std::string verdict(const logical_file& file) {
    std::string out;
    for (const brygga::finding& each : file.findings.kept())
        out += describe(each, true) + "\n";
    for (const auto& [code, count] : file.records)
        out += code + "=" + std::to_string(count) + ";";
    out += file.totals.payments_ore.text() + ";" + file.totals.deductions_ore.text() + ";";
    return out + std::to_string(file.findings.total()) + ";" + std::to_string(file.holds.size());
}

void check_reading(std::string_view bytes) {
    const logical_file file = brygga::supplier_payment::read(bytes);
    require(file.accepted() == (file.findings.count(brygga::severity::error) == 0), "accepted with an error");
    for (const brygga::finding& each : file.findings.kept())
        require(each.where.offset <= bytes.size(), "a finding beyond the file");
    require(verdict(file) == verdict(brygga::supplier_payment::read(bytes)), "two readings differ");
}

void check_round_trip(const brygga::format& lb, std::string_view bytes) {
    const std::string json = to_json(lb, bytes);
    std::string back;
    const auto done = lb.from_json(json, [&](std::string_view part) { back += part; });
    require(done.has_value(), "its own JSON is refused");
    require(back == bytes, "JSON does not give the bytes back");
    require(to_json(lb, back) == json, "the second round trip differs from the first");
}

// What masking may change: whether two recipients of one number are one, for names of a letter or two become alike; and whether a
// number without its check digit is the same as one that has it.
bool may_change(std::string_view rule_id) {
    return rule_id == "LB-R04" || rule_id == "LB-R05" || rule_id == "LB-R09";
}

// What is shown of a file, and that it equals itself; a masked file has the size and the findings of the real one.
void check_commands(const brygga::format& lb, std::string_view bytes) {
    const auto ignore = [](std::string_view) {};
    lb.show(bytes, {}, {}, ignore);
    lb.show(bytes, {}, {.html = true, .colour = false, .in_clear = false}, ignore);
    require(lb.diff(bytes, bytes, {}, ignore), "a file differs from itself");
    std::string masked;
    lb.mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    require(masked.size() == bytes.size(), "the masked file has another size");
    const logical_file real = brygga::supplier_payment::read(bytes);
    const logical_file hidden = brygga::supplier_payment::read(masked);
    for (const brygga::rule_info& each : brygga::supplier_payment::rules()) {
        const bool same = real.findings.count(each.index) == hidden.findings.count(each.index);
        require(same || may_change(each.id), "the masked file has other findings");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_reading(bytes);
    const brygga::format& lb = *brygga::find_format("lb");
    check_round_trip(lb, bytes);
    check_commands(lb, bytes);
    return 0;
}
