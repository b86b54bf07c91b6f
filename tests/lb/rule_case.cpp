#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

const rule_cases::language& lb_language() {
    static const rule_cases::language language{"lb", 80, {"sample", "force"}};
    return language;
}

std::vector<rule_case> load_rule_cases(const std::filesystem::path& file) {
    return rule_cases::load_with<read_options>(lb_language(), file, [](read_options&, const std::string&, const std::string&) {});
}

std::vector<std::string> findings_of(const logical_file& file) {
    return rule_cases::findings_in(file);
}

std::vector<std::string> holds_of(const logical_file& file) {
    return rule_cases::holds_in(file);
}

std::vector<std::string> worked_example(const std::string& name) {
    return rule_cases::worked_example(lb_language(), name);
}

}  // namespace brygga::supplier_payment::testing
