// Oracles that hold for any file of a fixed-width format whose file is one logical file: it comes back from JSON byte for byte,
// the second time as the first, and what tools on the way do to its lines does not change what it means.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <rapidcheck/gtest.h>

#include "formats/core/lines.hpp"
#include "tests/rule_cases/damage.hpp"
#include "tests/rule_cases/format_cases.hpp"

namespace brygga::rule_cases {

// Any size below `most`, any bad items, any of the layouts and any of the faults, which are ids of rules.
[[nodiscard]] inline generate_settings any_settings(const std::vector<std::string>& layouts,
                                                    const std::vector<std::string>& faults, std::uint64_t most) {
    generate_settings out;
    if (!layouts.empty()) out.layout = *rc::gen::elementOf(layouts);
    out.seed = *rc::gen::arbitrary<std::uint64_t>();
    out.count = *rc::gen::inRange<std::uint64_t>(1, most);
    out.bad_percent = *rc::gen::inRange<std::uint32_t>(0, 101);
    out.faults = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(faults));
    return out;
}

inline void expect_back_from_json(std::string_view format_id, const std::string& bytes) {
    const std::string json = to_json_text(format_id, bytes);
    const std::string back = from_json_text(format_id, json);
    RC_ASSERT(back == bytes);
    RC_ASSERT(to_json_text(format_id, back) == json);
}

// `bytes` may be anything.
template <class Read>
void expect_one_verdict(const std::string& bytes, const Read& read) {
    const auto file = read(bytes);
    RC_ASSERT(file.accepted() == (file.findings.count(severity::error) == 0));
    RC_ASSERT(findings_in(read(bytes)) == findings_in(file));
}

// Each line as it is, and without what stands behind its last letter, and with blanks behind it.
struct rewritten_lines {
    std::string with_lf, trimmed, overlong;
};

[[nodiscard]] inline rewritten_lines rewritten(const std::string& bytes) {
    rewritten_lines out;
    line_cutter cutter(bytes);
    physical_line line;
    while (cutter.next(line)) {
        const std::string text(line.bytes);
        out.with_lf += text + "\n";
        out.trimmed += text.substr(0, text.find_last_not_of(' ') + 1) + "\r\n";
        out.overlong += text + "   \r\n";
    }
    return out;
}

// `of_lines` are the rules that tell of the lines themselves.
template <class File>
[[nodiscard]] std::vector<std::string> findings_but(const File& file, const std::set<std::string_view>& of_lines) {
    std::vector<std::string> out = findings_in(file);
    std::erase_if(out,
                  [&](const std::string& text) { return of_lines.contains(std::string_view(text).substr(0, text.find(' '))); });
    return out;
}

template <class Read>
void expect_same_verdict_of_rewritten_lines(const std::string& bytes, const std::set<std::string_view>& of_lines,
                                            const Read& read) {
    const rewritten_lines changed = rewritten(bytes);
    const auto verdict = findings_but(read(bytes), of_lines);
    RC_ASSERT(findings_in(read(changed.with_lf)) == findings_in(read(bytes)));
    RC_ASSERT(findings_but(read(changed.trimmed), of_lines) == verdict);
    RC_ASSERT(findings_but(read(changed.overlong), of_lines) == verdict);
}

// Until the closing record with this code is there.
template <class Read>
void expect_refusal_of_prefixes(const std::string& bytes, std::string_view closing_code, const Read& read) {
    const std::size_t closing = bytes.rfind("\r\n" + std::string(closing_code));
    RC_ASSERT(closing != std::string::npos);
    const auto size = *rc::gen::inRange<std::size_t>(0, closing + 4);
    RC_ASSERT(!read(bytes.substr(0, size)).accepted());
}

}  // namespace brygga::rule_cases
