#include "formats/bankgirot/sus/generator.hpp"
#include "tests/rule_cases/generated.hpp"
#include "tests/rule_cases/properties.hpp"
#include "tests/sus/rule_case.hpp"

namespace brygga::sus::testing {

namespace {

const auto read_sus = [](const std::string& bytes) { return read(bytes); };

// A generated file, or one of each kind, faults included.
std::string any_file() {
    if (*rc::gen::inRange(0, 3) == 0) return joined(worked_example(*rc::gen::element<std::string>("7.2", "accounts")));
    std::vector<std::string> ids;
    for (const fault_info& each : faults())
        ids.emplace_back(info(each.broken).id);
    return rule_cases::made("sus", rule_cases::any_settings({}, ids, 20));
}

RC_GTEST_PROP(sus_property, files_come_back_from_json_byte_for_byte, ()) {
    rule_cases::expect_back_from_json("sus", any_file());
}

RC_GTEST_PROP(sus_property, damaged_files_are_read_and_come_back_from_json, ()) {
    const std::string bytes = rule_cases::mutated(any_file());
    rule_cases::expect_one_verdict(bytes, read_sus);
    rule_cases::expect_back_from_json("sus", bytes);
}

RC_GTEST_PROP(sus_property, line_ends_and_trailing_blanks_change_no_verdict, ()) {
    rule_cases::expect_same_verdict_of_rewritten_lines(any_file(), {"LB-R15", "LB-R16"}, read_sus);
}

RC_GTEST_PROP(sus_property, prefixes_are_refused, ()) {
    rule_cases::expect_refusal_of_prefixes(joined(worked_example("accounts")), "80", read_sus);
}

}  // namespace

}  // namespace brygga::sus::testing
