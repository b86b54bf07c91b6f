#include "tests/sus/rule_case.hpp"

#include <algorithm>

namespace brygga::sus::testing {

const rule_cases::language& sus_language() {
    static const rule_cases::language language{"sus", 180, {"sample", "force", "register"}};
    return language;
}

std::vector<rule_case> load_rule_cases(const std::filesystem::path& file) {
    std::vector<rule_case> out;
    for (rule_cases::rule_case& each : rule_cases::load(sus_language(), file)) {
        rule_case& made = out.emplace_back();
        static_cast<rule_cases::rule_case&>(made) = std::move(each);
        for (const auto& [verb, words] : made.settings) {
            if (verb == "sample") made.options.policy.profile = sample_profile();
            if (verb == "register") made.options.register_at_swedbank = words == "swedbank";
            if (verb == "force") made.options.force_encoding = parse_encoding(words);
        }
    }
    return out;
}

std::vector<std::string> findings_of(const logical_file& file) {
    std::vector<std::string> out = rule_cases::texts_of(file.findings);
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> holds_of(const logical_file& file) {
    std::vector<std::string> out;
    for (const hold_mark& each : file.holds)
        out.push_back(rule_cases::hold_text(info(each.broken), each.section_no, each.ordinal));
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> worked_example(const std::string& name) {
    return rule_cases::worked_example(sus_language(), name);
}

}  // namespace brygga::sus::testing
