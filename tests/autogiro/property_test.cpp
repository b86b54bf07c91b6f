// Oracles that hold for any file: it comes back from JSON byte for byte, and what was done to it on the way does not change what
// it means.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "formats/bankgirot/autogiro/faults.hpp"
#include "tests/autogiro/generated.hpp"
#include "tests/autogiro/meaning.hpp"
#include "tests/autogiro/rule_case.hpp"
#include "tests/rule_cases/properties.hpp"

namespace brygga::autogiro::testing {

namespace {

using rule_cases::from_json_text;
using rule_cases::mutated;
using rule_cases::to_json_text;

// AG-R22 needs a profile, and AG-R23 another encoding: they are left out.
generate_settings any_settings() {
    std::vector<std::string> faults;
    for (const rule each : fault_rules())
        if (each != rule::R22 && each != rule::R23) faults.emplace_back(info(each).id);
    return rule_cases::any_settings({generated_layouts().begin(), generated_layouts().end()}, faults, 40);
}

RC_GTEST_PROP(autogiro_property, damaged_files_are_read_and_come_back_from_json, ()) {
    const std::string bytes = mutated(made(any_settings()));
    rule_cases::expect_one_verdict(bytes, [](const std::string& each) { return read(each); });
    RC_ASSERT(meaning_of(bytes) == meaning_of(bytes));
    rule_cases::expect_back_from_json("autogiro", bytes);
}

// Such a line stands outside all sections, though the section before it knows its code.
TEST(autogiro_json, gives_back_an_opening_record_of_no_layout) {
    std::string bytes = made(settings_of("payments", 1));
    bytes += "01AUTOGIRO              20261130061502000001BET. SPEC UNKNOWN   4711170009912346\r\n";
    bytes += bytes;
    EXPECT_EQ(from_json_text("autogiro", to_json_text("autogiro", bytes)), bytes);
}

RC_GTEST_PROP(autogiro_property, any_bytes_are_read_and_come_back_from_json, (std::string bytes)) {
    if (*rc::gen::arbitrary<bool>()) bytes = "0120261123AUTOGIRO" + bytes;
    static_cast<void>(read(bytes));
    RC_ASSERT(from_json_text("autogiro", to_json_text("autogiro", bytes)) == bytes);
}

RC_GTEST_PROP(autogiro_property, faults_asked_for_are_found, ()) {
    const generate_settings settings = any_settings();
    const logical_file file = read(made(settings));
    std::set<std::string> found;
    for (const rule_info& each : rules())
        if (file.findings.count(each.index) != 0) found.insert(std::string(each.id));
    for (const std::string& id : settings.faults)
        RC_ASSERT(found.contains(id));
}

RC_GTEST_PROP(autogiro_property, line_ends_change_nothing, ()) {
    const std::string bytes = made(any_settings());
    std::string changed = bytes;
    std::erase(changed, '\r');
    RC_ASSERT(meaning_of(changed) == meaning_of(bytes));
    RC_ASSERT(findings_of(read(changed)) == findings_of(read(bytes)));
}

RC_GTEST_PROP(autogiro_property, trimming_changes_nothing_but_R26, ()) {
    const std::string bytes = made(any_settings());
    const std::string changed = rule_cases::rewritten(bytes).trimmed;
    RC_ASSERT(meaning_of(changed) == meaning_of(bytes));
    RC_ASSERT(rule_cases::findings_but(read(changed), {"AG-R26"}) == rule_cases::findings_but(read(bytes), {"AG-R26"}));
}

RC_GTEST_PROP(autogiro_property, utf_8_changes_nothing_but_R23, ()) {
    const std::string bytes = made(any_settings());
    std::string changed = to_utf8(bytes, encoding::iso_8859_1);
    if (*rc::gen::arbitrary<bool>()) changed = std::string(utf8_byte_order_mark) + changed;
    RC_ASSERT(meaning_of(changed) == meaning_of(bytes));
    RC_ASSERT(rule_cases::findings_but(read(changed), {"AG-R23"}) == rule_cases::findings_but(read(bytes), {"AG-R23"}));
}

// What a file says once of all its lines is left out, and AG-R02, which points at what follows.
RC_GTEST_PROP(autogiro_property, two_files_put_together_have_the_findings_of_both, ()) {
    const std::set<std::string_view> once = {"AG-R02", "AG-R26", "AG-R27"};
    const generate_settings behind = any_settings();
    // A register has no opening record: behind a section that has no closing record its lines belong to that (3.1).
    RC_PRE(!behind.layout.starts_with("MANDREG"));
    const std::string first = made(any_settings()), second = made(behind);
    const logical_file before = read(first), after = read(second), both = read(first + second);
    for (const rule_info& each : rules())
        if (each.id != "AG-R26" && each.id != "AG-R27")
            RC_ASSERT(both.findings.count(each.index) == before.findings.count(each.index) + after.findings.count(each.index));
    std::vector<std::string> expected = rule_cases::findings_but(before, once);
    const auto lines = static_cast<std::uint64_t>(std::count(first.begin(), first.end(), '\n'));
    const logical_file moved = read(std::string(lines, '\n') + second);  // the same line numbers as behind the first
    for (const std::string& each : rule_cases::findings_but(moved, once))
        expected.push_back(each);
    std::sort(expected.begin(), expected.end());
    RC_ASSERT(rule_cases::findings_but(both, once) == expected);
    for (const auto& [code, count] : both.records)
        RC_ASSERT(count == (before.records.contains(code) ? before.records.at(code) : 0) +
                               (after.records.contains(code) ? after.records.at(code) : 0));
}

}  // namespace

}  // namespace brygga::autogiro::testing
