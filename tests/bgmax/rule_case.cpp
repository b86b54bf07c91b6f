#include "tests/bgmax/rule_case.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace brygga::bgmax::testing {

namespace {

const rule_cases::language& bgmax_language() {
    static const rule_cases::language language{"bgmax", 80, {"today", "test-system", "receiver", "newer-version", "force"}};
    return language;
}

receiver own_receiver(const std::string& words) {
    std::istringstream rest(words);
    receiver out;
    rest >> out.bankgiro;
    std::string more;
    while (rest >> more) {
        if (more == "ocr1") out.ocr.level = ocr_level::soft;
        if (more == "ocr2") out.ocr.level = ocr_level::hard;
        if (more == "ocr3") out.ocr.level = ocr_level::variable_length;
        if (more.starts_with("length")) {
            out.ocr.level = ocr_level::fixed_length;
            std::istringstream length(more.substr(6));
            unsigned digits = 0;
            if (!(length >> digits)) throw std::runtime_error("no length");
            out.ocr.lengths.push_back(digits);
        }
        if (more == "slips") out.extended_slip_registration = true;
    }
    return out;
}

void set(read_options& options, const std::string& verb, const std::string& words) {
    if (verb == "newer-version") {
        options.accept_newer_version = true;
        return;
    }
    if (verb == "force") {
        options.force_encoding = parse_encoding(words);
        return;
    }
    if (!options.context) options.context = read_context{};
    if (verb == "today") {
        const auto day = parse_iso_date(words);
        if (!day) throw std::runtime_error("no date");
        options.context->today = *day;
    } else if (verb == "test-system") {
        options.context->test_system = true;
    } else {
        options.context->receivers.push_back(own_receiver(words));
    }
}

}  // namespace

std::vector<std::filesystem::path> rule_case_files() {
    return rule_cases::files_of(bgmax_language());
}

std::map<std::string, rule_cases::coverage> rule_coverage() {
    return rule_cases::coverage_of(bgmax_language());
}

std::vector<rule_case> load_rule_cases(const std::filesystem::path& file) {
    std::vector<rule_case> out;
    for (rule_cases::rule_case& each : rule_cases::load(bgmax_language(), file)) {
        rule_case& made = out.emplace_back();
        static_cast<rule_cases::rule_case&>(made) = std::move(each);
        for (const auto& [verb, words] : made.settings)
            set(made.options, verb, words);
    }
    return out;
}

std::vector<std::string> worked_example(const std::string& number) {
    return rule_cases::worked_example(bgmax_language(), number);
}

std::vector<std::string> findings_of(const std::vector<logical_file>& files) {
    std::vector<std::string> out;
    for (const logical_file& file : files)
        for (std::string& text : rule_cases::texts_of(file.findings))
            out.push_back(std::move(text));
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> holds_of(const std::vector<logical_file>& files) {
    std::vector<std::string> out;
    for (const logical_file& file : files)
        for (const hold_mark& each : file.holds)
            out.push_back(rule_cases::hold_text(info(each.broken), each.section_no, each.ordinal));
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace brygga::bgmax::testing
