// Any bytes, read as camt, carried through JSON and converted to BgMax: the entry point of libFuzzer and of replay.cpp. Aborts
// where an oracle does not hold: the bytes come back, the second round trip is the first, two readings say the same, what is
// handed out adds up, a masked document has the same findings, and what is written as BgMax is accepted by its reader.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/convert/camt_to_bgmax.hpp"
#include "formats/iso20022/camt/reader.hpp"
#include "formats/registry.hpp"

namespace {

using brygga::camt::message_file;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "camt_fuzz: %s\n", what);
    std::abort();
}

brygga::camt::read_options with_receivers() {
    brygga::camt::read_options options;
    for (const char* bankgiro : {"9912346", "59990119", "5999024"})
        options.receivers.push_back({bankgiro, {brygga::ocr_level::variable_length, {}}});
    return options;
}

// Adds up what is handed out.
struct adding_sink : brygga::camt::sink {
    void entry_opened(const brygga::camt::entry_view& item) override {
        net = {};
        payments = 0;
        require(item.container != nullptr && item.data != nullptr, "an entry without its values");
    }
    void payment(const brygga::camt::payment_view& item) override {
        ++payments;
        require(item.begin < item.end, "a payment without bytes");
        require(item.amount_ore >= 0, "a negative payment");
        if (item.has_amount) net += item.credit == item.entry->credit ? item.amount_ore : -item.amount_ore;
        for (const brygga::camt::part& each : item.parts)
            require(!each.amount_ore || *each.amount_ore >= 0, "a negative part");
    }
    void entry_closed(const brygga::camt::entry_view& item) override {
        require(payments == item.payments, "an entry counts other payments than it handed out");
        if (item.has_amounts) require(net == item.net_ore, "an entry adds up to something else than its payments");
    }
    brygga::ore_sum net;
    std::uint32_t payments = 0;
};

std::string verdict(const message_file& file) {
    std::string out;
    for (const brygga::finding& each : file.findings.kept())
        out += describe(each, true) + "\n";
    for (const auto& [code, count] : file.records)
        out += code + "=" + std::to_string(count) + ";";
    return out + file.credits_ore.text() + ";" + file.debits_ore.text() + ";" + std::to_string(file.findings.total()) + ";" +
           std::to_string(file.holds.size());
}

void check_reading(std::string_view bytes) {
    adding_sink sink;
    const message_file file = brygga::camt::read(bytes, with_receivers(), &sink);
    require(file.accepted() == (file.findings.count(brygga::severity::error) == 0), "accepted with an error");
    require(verdict(file) == verdict(brygga::camt::read(bytes, with_receivers())), "two readings differ");
    for (const brygga::finding& each : file.findings.kept())
        require(each.where.offset <= 2 * bytes.size(), "a finding beyond the document");
}

const brygga::format& format_of(std::string_view bytes) {
    for (const char* each : {"camt.052", "camt.053"})
        if (brygga::find_format(each)->sniff(bytes)) return *brygga::find_format(each);
    return *brygga::find_format("camt.054");
}

std::string to_json(const brygga::format& camt, std::string_view bytes) {
    std::string out;
    camt.to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

void check_round_trip(const brygga::format& camt, std::string_view bytes) {
    const std::string json = to_json(camt, bytes);
    std::string back;
    const auto done = camt.from_json(json, [&](std::string_view part) { back += part; });
    require(done.has_value(), "its own JSON is refused");
    require(back == bytes, "JSON does not give the bytes back");
    require(to_json(camt, back) == json, "the second round trip differs from the first");
}

// A masked document has the findings of the real one; what is not well-formed may break elsewhere.
void check_commands(const brygga::format& camt, std::string_view bytes) {
    const auto ignore = [](std::string_view) {};
    camt.show(bytes, {}, {}, ignore);
    camt.show(bytes, {}, {.html = true, .colour = false, .in_clear = false}, ignore);
    require(camt.diff(bytes, bytes, {}, ignore), "a document differs from itself");
    std::string masked;
    camt.mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    const message_file real = brygga::camt::read(bytes);
    if (!real.accepted()) return;
    const message_file made = brygga::camt::read(masked);
    for (const brygga::rule_info& each : brygga::camt::rules())
        require(real.findings.count(each.index) == made.findings.count(each.index), "the masked document has other findings");
}

void check_conversion(std::string_view bytes) {
    std::string made;
    brygga::convert::camt_to_bgmax_settings settings;
    const auto done = brygga::convert::camt_to_bgmax(bytes, settings, [&](std::string_view part) { made += part; });
    if (!done || made.empty()) return;
    for (const auto& file : brygga::bgmax::read(made))
        require(file.accepted(), "a BgMax file that was written is refused");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_reading(bytes);
    const brygga::format& camt = format_of(bytes);
    check_round_trip(camt, bytes);
    check_commands(camt, bytes);
    check_conversion(bytes);
    return 0;
}
