#include "tests/sus/rule_case.hpp"

namespace brygga::sus::testing {

const rule_cases::language& sus_language() {
    static const rule_cases::language language{"sus", 180, {"sample", "force", "register"}};
    return language;
}

std::vector<rule_case> load_rule_cases(const std::filesystem::path& file) {
    return rule_cases::load_with<read_options>(sus_language(), file,
                                               [](read_options& options, const std::string& verb, const std::string& words) {
                                                   if (verb == "register") options.register_at_swedbank = words == "swedbank";
                                               });
}

std::vector<std::string> findings_of(const logical_file& file) {
    return rule_cases::findings_in(file);
}

std::vector<std::string> holds_of(const logical_file& file) {
    return rule_cases::holds_in(file);
}

std::vector<std::string> worked_example(const std::string& name) {
    return rule_cases::worked_example(sus_language(), name);
}

}  // namespace brygga::sus::testing
