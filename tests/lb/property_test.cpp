// Oracles that hold for any file: it comes back from JSON byte for byte, the second time as the first, and what tools on the way
// do to its lines does not change what it means.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "formats/bankgirot/supplier_payment/faults.hpp"
#include "formats/bankgirot/supplier_payment/generator.hpp"
#include "formats/core/lines.hpp"
#include "formats/registry.hpp"
#include "tests/lb/rule_case.hpp"
#include "tests/rule_cases/damage.hpp"

namespace brygga::supplier_payment::testing {

namespace {

using rule_cases::from_json_text;
using rule_cases::mutated;
using rule_cases::to_json_text;

// A generated file, or one of each layout, faults included.
std::string any_file() {
    if (*rc::gen::inRange(0, 3) == 0)
        return joined(worked_example(
            *rc::gen::element<std::string>("7.1", "to-bankgirot", "specification", "rejected", "watch", "returned")));
    generate_settings settings;
    settings.seed = *rc::gen::arbitrary<std::uint64_t>();
    settings.count = *rc::gen::inRange<std::uint64_t>(1, 20);
    settings.bad_percent = *rc::gen::inRange<std::uint32_t>(0, 101);
    settings.layout = *rc::gen::elementOf(std::vector<std::string>(generated_layouts().begin(), generated_layouts().end()));
    for (const rule each : *rc::gen::container<std::vector<rule>>(rc::gen::elementOf(fault_rules())))
        settings.faults.emplace_back(info(each).id);
    std::string out;
    const auto done = generate(settings, [&](std::string_view part) { out += part; });
    RC_ASSERT(done.has_value());
    return out;
}

RC_GTEST_PROP(lb_property, files_come_back_from_json_byte_for_byte, ()) {
    const std::string bytes = any_file();
    const std::string json = to_json_text("lb", bytes);
    const std::string back = from_json_text("lb", json);
    RC_ASSERT(back == bytes);
    RC_ASSERT(to_json_text("lb", back) == json);
}

RC_GTEST_PROP(lb_property, damaged_files_are_read_and_come_back_from_json, ()) {
    const std::string bytes = mutated(any_file());
    const logical_file file = read(bytes);
    RC_ASSERT(file.accepted() == (file.findings.count(severity::error) == 0));
    RC_ASSERT(findings_of(read(bytes)) == findings_of(file));
    RC_ASSERT(from_json_text("lb", to_json_text("lb", bytes)) == bytes);
}

// Rule, severity, line, columns and field, but for what is told of the lines themselves.
std::vector<std::string> verdict(const std::string& bytes) {
    std::vector<std::string> out = findings_of(read(bytes));
    std::erase_if(out, [](const std::string& each) { return each.starts_with("LB-R16 ") || each.starts_with("LB-R15 "); });
    return out;
}

RC_GTEST_PROP(lb_property, line_ends_and_trailing_blanks_change_no_verdict, ()) {
    const std::string bytes = any_file();
    std::string with_lf, trimmed, overlong;
    line_cutter cutter(bytes);
    physical_line line;
    while (cutter.next(line)) {
        const std::string text(line.bytes);
        with_lf += text + "\n";
        trimmed += text.substr(0, text.find_last_not_of(' ') + 1) + "\r\n";
        overlong += text + "   \r\n";
    }
    RC_ASSERT(findings_of(read(with_lf)) == findings_of(read(bytes)));
    RC_ASSERT(verdict(trimmed) == verdict(bytes));
    RC_ASSERT(verdict(overlong) == verdict(bytes));
}

// Until TK29 is there each prefix of a section is refused.
RC_GTEST_PROP(lb_property, prefixes_are_refused, ()) {
    const std::string bytes = joined(worked_example("to-bankgirot"));
    const auto size = *rc::gen::inRange<std::size_t>(0, bytes.rfind("\r\n29") + 4);
    RC_ASSERT(!read(std::string_view(bytes).substr(0, size)).accepted());
}

// Sections in one file say what they say alone.
RC_GTEST_PROP(lb_property, sections_in_one_file_add_up, ()) {
    const auto name = rc::gen::element<std::string>("to-bankgirot", "specification", "rejected", "watch", "returned");
    const std::string first = joined(worked_example(*name)), second = joined(worked_example(*name));
    const logical_file both = read(first + second);
    RC_ASSERT(findings_of(both).empty());
    ore_sum payments_ore = read(first).totals.payments_ore;
    payments_ore += read(second).totals.payments_ore;
    RC_ASSERT(both.totals.payments_ore == payments_ore);
    RC_ASSERT(both.sections == 2u);
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
