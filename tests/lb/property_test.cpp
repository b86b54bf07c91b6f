#include "formats/bankgirot/supplier_payment/faults.hpp"
#include "tests/lb/generated.hpp"
#include "tests/lb/rule_case.hpp"
#include "tests/rule_cases/properties.hpp"

namespace brygga::supplier_payment::testing {

namespace {

const auto read_lb = [](const std::string& bytes) { return read(bytes); };

// A generated file, or one of each layout, faults included.
std::string any_file() {
    if (*rc::gen::inRange(0, 3) == 0)
        return joined(worked_example(
            *rc::gen::element<std::string>("7.1", "to-bankgirot", "specification", "rejected", "watch", "returned")));
    std::vector<std::string> faults;
    for (const rule each : fault_rules())
        faults.emplace_back(info(each).id);
    return made(rule_cases::any_settings({generated_layouts().begin(), generated_layouts().end()}, faults, 20));
}

RC_GTEST_PROP(lb_property, files_come_back_from_json_byte_for_byte, ()) {
    rule_cases::expect_back_from_json("lb", any_file());
}

RC_GTEST_PROP(lb_property, damaged_files_are_read_and_come_back_from_json, ()) {
    const std::string bytes = rule_cases::mutated(any_file());
    rule_cases::expect_one_verdict(bytes, read_lb);
    rule_cases::expect_back_from_json("lb", bytes);
}

RC_GTEST_PROP(lb_property, line_ends_and_trailing_blanks_change_no_verdict, ()) {
    rule_cases::expect_same_verdict_of_rewritten_lines(any_file(), {"LB-R15", "LB-R16"}, read_lb);
}

RC_GTEST_PROP(lb_property, prefixes_are_refused, ()) {
    rule_cases::expect_refusal_of_prefixes(joined(worked_example("to-bankgirot")), "29", read_lb);
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
