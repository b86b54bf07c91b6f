#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

const rule_cases::language& autogiro_language() {
    static const rule_cases::language language{"autogiro", 80, {"customer", "sample", "force"}};
    return language;
}

std::vector<rule_case> load_rule_cases(const std::filesystem::path& file) {
    return rule_cases::load_with<read_options>(autogiro_language(), file,
                                               [](read_options& options, const std::string& verb, const std::string& words) {
                                                   if (verb == "customer") options.customer_number = words;
                                               });
}

std::vector<std::string> findings_of(const logical_file& file) {
    return rule_cases::findings_in(file);
}

std::vector<std::string> holds_of(const logical_file& file) {
    return rule_cases::holds_in(file);
}

std::vector<std::string> worked_example(const std::string& name) {
    return rule_cases::worked_example(autogiro_language(), name);
}

}  // namespace brygga::autogiro::testing
