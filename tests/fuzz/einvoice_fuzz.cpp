// Any bytes, read as an e-invoice of Peppol or a Svefaktura: the entry point of libFuzzer and of replay.cpp. Aborts where an
// oracle does not hold: the bytes come back from JSON, two readings say the same, a masked document that was accepted is
// accepted, and elements that are known are written again as they were read.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "formats/einvoice/item.hpp"
#include "formats/einvoice/rules/evaluate.hpp"
#include "formats/einvoice/svefaktura/evaluate.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"
#include "formats/registry.hpp"
#include "tests/fuzz/oracles.hpp"

namespace {

using brygga::fuzz::require;
using namespace brygga::einvoice;

// One kind of e-invoice, as the oracles ask it.
struct kind {
    const brygga::format* format;
    const language& (*in)(std::string_view bytes);
    std::span<const brygga::rule_info> rules;
    void (*judge)(const tree&, std::string_view, brygga::finding_list&);
    const syntax_node* (*syntax)(element_name);
};

const language& in_ubl(std::string_view) {
    return ubl_2_1;
}

kind peppol() {
    return {brygga::find_format("peppol"), in_ubl, rules(), evaluate, syntax_of};
}
kind svefaktura_1() {
    return {brygga::find_format("svefaktura"), svefaktura::language_of, svefaktura::rules(), svefaktura::evaluate,
            svefaktura::syntax_of};
}

std::string verdict(const kind& of, std::string_view bytes, bool& accepted) {
    const tree read(bytes, of.in(bytes));
    brygga::finding_list findings(of.rules);
    of.judge(read, bytes, findings);
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

void check_commands(const kind& of, std::string_view bytes) {
    const auto ignore = [](std::string_view) {};
    of.format->show(bytes, {}, {}, ignore);
    of.format->show(bytes, {}, {.html = true, .colour = false, .in_clear = false}, ignore);
    require(of.format->diff(bytes, bytes, {}, ignore), "a document differs from itself");
    std::string masked;
    of.format->mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
    bool accepted = false;
    (void)verdict(of, bytes, accepted);
    if (!accepted) return;
    (void)verdict(of, masked, accepted);
    require(accepted, "a masked document is refused, and the real one is not");
}

void check_writing(const kind& of, std::string_view bytes) {
    const language& in = of.in(bytes);
    const tree read(bytes, in);
    if (read.fault() || of.syntax(read.root().is()) == nullptr) return;
    const std::string once = written(item_of(read.root()), in);
    const tree again(once, in);
    require(!again.fault(), "what was written is not well-formed");
    require(written(item_of(again.root()), in) == once, "what was written is read as something else");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = brygga::fuzz::as_text(data, size);
    const kind of = brygga::find_format("svefaktura")->sniff(bytes) ? svefaktura_1() : peppol();
    bool accepted = false;
    require(verdict(of, bytes, accepted) == verdict(of, bytes, accepted), "two readings differ");
    check_writing(of, bytes);
    brygga::fuzz::check_round_trip(*of.format, bytes);
    check_commands(of, bytes);
    return 0;
}
