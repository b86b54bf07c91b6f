// Four oracles that hold for any file: it comes back from JSON byte for byte, the second time as the first, reading never fails,
// and what was done to it on the way does not change what it means.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "formats/bankgirot/bgmax/faults.hpp"
#include "formats/bankgirot/bgmax/generator.hpp"
#include "formats/bankgirot/bgmax/rewrite.hpp"
#include "formats/registry.hpp"
#include "tests/bgmax/rule_case.hpp"
#include "tests/rule_cases/damage.hpp"

namespace brygga::bgmax::testing {

namespace {

using rule_cases::from_json_text;
using rule_cases::mutated;
using rule_cases::to_json_text;

rc::Gen<generate_settings> gen_settings() {
    return rc::gen::exec([] {
        generate_settings settings;
        settings.seed = *rc::gen::arbitrary<std::uint64_t>();
        settings.count = *rc::gen::inRange<std::uint64_t>(0, 40);
        settings.bad_percent = *rc::gen::inRange<std::uint32_t>(0, 101);
        settings.test_file = *rc::gen::arbitrary<bool>();
        const auto wanted = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, faults().size()));
        for (const std::size_t each : wanted) {
            const rule broken = faults()[each].broken;
            if (broken != rule::R01 && broken != rule::R02) settings.faults.emplace_back(info(broken).id);
        }
        return settings;
    });
}

std::string made(const generate_settings& settings) {
    std::string out;
    const auto done = generate(settings, [&](std::string_view part) { out += part; });
    RC_ASSERT(done.has_value());
    return out;
}

RC_GTEST_PROP(bgmax_property, generated_files_come_back_from_json_byte_for_byte, ()) {
    const std::string bytes = made(*gen_settings());
    const std::string json = to_json_text("bgmax", bytes);
    const std::string back = from_json_text("bgmax", json);
    RC_ASSERT(back == bytes);
    RC_ASSERT(to_json_text("bgmax", back) == json);
}

RC_GTEST_PROP(bgmax_property, faults_asked_for_are_found, ()) {
    const generate_settings settings = *gen_settings();
    const auto files = read(made(settings));
    std::set<std::string> found;
    for (const logical_file& file : files)
        for (const rule_info& each : rules())
            if (file.findings.count(each.index) != 0) found.insert(std::string(each.id));
    const bool without_end = std::count(settings.faults.begin(), settings.faults.end(), "BGMAX-R04") != 0;
    for (const std::string& id : settings.faults)
        RC_ASSERT(found.contains(id) || id == "BGMAX-R60" || (id == "BGMAX-R37" && without_end));
}

RC_GTEST_PROP(bgmax_property, damaged_files_are_read_and_come_back_from_json, ()) {
    generate_settings settings = *gen_settings();
    settings.count = std::min<std::uint64_t>(settings.count, 6);
    const std::string bytes = mutated(made(settings));
    const auto files = read(bytes);
    RC_ASSERT(!files.empty());
    std::size_t covered = 0;
    for (const logical_file& file : files) {
        RC_ASSERT(file.offset == covered);
        RC_ASSERT(file.accepted() == (file.findings.count(severity::error) == 0));
        covered += file.size;
    }
    RC_ASSERT(covered == bytes.size());
    RC_ASSERT(findings_of(read(bytes)) == findings_of(files));
    const std::string json = to_json_text("bgmax", bytes);
    const std::string back = from_json_text("bgmax", json);
    RC_ASSERT(back == bytes);
    RC_ASSERT(to_json_text("bgmax", back) == json);
}

std::string rewritten_bytes(const std::string& bytes, rewritten& count) {
    std::string out;
    count = rewrite(bytes, std::nullopt, [&](std::string_view part) { out += part; });
    return out;
}

// The typed records write what they read: whole files as they stand, damaged ones line by line where the record is whole.
RC_GTEST_PROP(bgmax_property, files_come_back_from_their_typed_records, ()) {
    generate_settings settings = *gen_settings();
    const std::string damaged = mutated(made(settings));
    rewritten count;
    RC_ASSERT(rewritten_bytes(damaged, count) == damaged);
    settings.faults.clear();
    settings.bad_percent = 0;
    const std::string whole = made(settings);
    RC_ASSERT(rewritten_bytes(whole, count) == whole);
    RC_ASSERT(count.kept_lines == 0u);
    RC_ASSERT(count.canonical_lines == whole.size() / 82);
}

RC_GTEST_PROP(bgmax_property, any_bytes_are_read_and_come_back_from_json, (std::string bytes)) {
    if (*rc::gen::arbitrary<bool>()) bytes = "01BGMAX" + bytes;
    RC_ASSERT(!read(bytes).empty());
    RC_ASSERT(from_json_text("bgmax", to_json_text("bgmax", bytes)) == bytes);
}

// Until TK70 is there each prefix is refused; a whole logical file is not.
RC_GTEST_PROP(bgmax_property, prefixes_are_refused, ()) {
    generate_settings settings = *gen_settings();
    settings.faults.clear();
    settings.test_file = false;
    const std::string bytes = made(settings);
    const std::size_t complete = bytes.rfind("\r\n70") + 2 + 34;
    RC_ASSERT(read(bytes).front().accepted());
    const auto size = *rc::gen::inRange<std::size_t>(0, complete);
    RC_ASSERT(!read(bytes.substr(0, size)).front().accepted());
}

// A file means the same whatever its line ends are and however its lines are trimmed.
RC_GTEST_PROP(bgmax_property, line_ends_and_trimming_change_no_verdict_but_R11, ()) {
    const std::string bytes = made(*gen_settings());
    const auto end = *rc::gen::element<std::string>("\r\n", "\n", "\r");
    const bool trim = *rc::gen::arbitrary<bool>();
    std::string changed;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t stop = bytes.find("\r\n", at);
        std::string line = bytes.substr(at, stop - at);
        if (trim) line.resize(line.find_last_not_of(' ') + 1);
        changed += line + end;
        at = stop + 2;
    }
    const auto before = read(bytes);
    const auto after = read(changed);
    RC_ASSERT(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        RC_ASSERT(before[i].records == after[i].records);
        RC_ASSERT(before[i].payments_ore == after[i].payments_ore);
        RC_ASSERT(before[i].deductions_ore == after[i].deductions_ore);
        RC_ASSERT(before[i].deposits_ore == after[i].deposits_ore);
        for (const rule_info& each : rules())
            if (each.id != "BGMAX-R11") RC_ASSERT(before[i].findings.count(each.index) == after[i].findings.count(each.index));
        RC_ASSERT(identity_hash(std::string_view(bytes).substr(before[i].offset, before[i].size), before[i].in) ==
                  identity_hash(std::string_view(changed).substr(after[i].offset, after[i].size), after[i].in));
    }
}

}  // namespace

}  // namespace brygga::bgmax::testing
