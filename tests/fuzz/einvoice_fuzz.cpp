// Any bytes, read as an e-invoice: the entry point of libFuzzer and of replay.cpp. Aborts where an oracle does not hold: the
// bytes come back from JSON, two readings say the same, a masked document that was accepted is accepted, and elements that are
// known are written again as they were read.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/einvoice/item.hpp"
#include "formats/einvoice/rules/evaluate.hpp"
#include "formats/registry.hpp"
#include "tests/fuzz/oracles.hpp"

namespace {

using brygga::fuzz::require;

std::string verdict(std::string_view bytes, bool& accepted) {
    const brygga::einvoice::tree read(bytes);
    brygga::finding_list findings(brygga::einvoice::rules());
    brygga::einvoice::evaluate(read, bytes, findings);
    std::string out;
    for (const brygga::finding& each : findings.kept()) {
        require(each.where.offset <= bytes.size(), "a finding beyond the document");
        out += describe(each, true) + "\n";
    }
    accepted = !findings.refused();
    require(read.fault().has_value() || read.root(), "a document without a root");
    require(!read.fault() || findings.count(std::size_t{0}) != 0, "a fault that is not told");
    return out + std::to_string(findings.total());
}

void check_commands(const brygga::format& with, std::string_view bytes) {
    const auto ignore = [](std::string_view) {};
    with.show(bytes, {}, {}, ignore);
    with.show(bytes, {}, {.html = true, .colour = false, .in_clear = false}, ignore);
    require(with.diff(bytes, bytes, {}, ignore), "a document differs from itself");
    std::string masked;
    with.mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    bool accepted = false;
    (void)verdict(bytes, accepted);
    if (!accepted) return;
    (void)verdict(masked, accepted);
    require(accepted, "a masked document is refused, and the real one is not");
}

void check_writing(std::string_view bytes) {
    const brygga::einvoice::tree read(bytes);
    if (read.fault() || brygga::einvoice::syntax_of(read.root().is()) == nullptr) return;
    const std::string once = written(item_of(read.root()));
    const brygga::einvoice::tree again(once);
    require(!again.fault(), "what was written is not well-formed");
    require(written(item_of(again.root())) == once, "what was written is read as something else");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = brygga::fuzz::as_text(data, size);
    bool accepted = false;
    require(verdict(bytes, accepted) == verdict(bytes, accepted), "two readings differ");
    check_writing(bytes);
    const brygga::format& with = *brygga::find_format("peppol");
    brygga::fuzz::check_round_trip(with, bytes);
    check_commands(with, bytes);
    return 0;
}
