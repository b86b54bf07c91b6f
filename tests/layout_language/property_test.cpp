// Good layouts that were damaged: reading them never crashes, and each fault points into the text.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/layout_language/cases.hpp"
#include "tests/layout_language/oracles.hpp"

namespace brygga::layout::language::testing {
namespace {

std::vector<std::string> good_texts() {
    std::vector<std::string> out{readme_example()};
    for (const auto& each : files_in("good"))
        out.push_back(file_text(each));
    for (const auto& file : files_in("faults"))
        for (const fault_case& each : cases_of(file_text(file)))
            out.push_back(each.text);
    return out;
}

std::string piece_of(const std::string& text) {
    const auto begin = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    return text.substr(begin, *rc::gen::inRange<std::size_t>(0, 40));
}

void damage(std::string& text, const std::string& other) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            text.erase(at, *rc::gen::inRange<std::size_t>(1, 30));
            return;
        case 1:
            text.insert(at, piece_of(other));
            return;
        case 2:
            text.insert(at,
                        *rc::gen::element<std::string>("\n", " ", "\"", "(", ")", "\\", "#", "\t", "å", "\xE5", "\r", "999999"));
            return;
        case 3: {  // two lines change places
            const std::size_t end = std::min(text.find('\n', at), text.size());
            const std::string line = text.substr(at, end - at);
            text.erase(at, end - at);
            text.insert(*rc::gen::inRange<std::size_t>(0, text.size() + 1), line);
            return;
        }
        default:
            if (at < text.size()) text[at] = *rc::gen::element('1', '0', '-', 'a', 'z', '.', '+', ' ', '\n', '"');
            return;
    }
}

RC_GTEST_PROP(damaged_layout, gives_faults_within_it, ()) {
    static const std::vector<std::string> texts = good_texts();
    std::string text = texts[*rc::gen::inRange<std::size_t>(0, texts.size())];
    const std::string& other = texts[*rc::gen::inRange<std::size_t>(0, texts.size())];
    for (int times = *rc::gen::inRange(1, 6); times != 0; --times)
        damage(text, other);
    RC_ASSERT(wrong_with_reading(text) == "");
}

TEST(fault_oracle, sees_what_is_wrong) {
    const layout_fault right{"a.layout", 1, 2, 3, "a name", "abc"};
    EXPECT_EQ(wrong_with(right, 1), "");
    const auto changed = [&](auto change) {
        layout_fault made = right;
        change(made);
        return wrong_with(made, 1);
    };
    EXPECT_NE(changed([](layout_fault& of) { of.line = 2; }), "");
    EXPECT_NE(changed([](layout_fault& of) { of.line = 0; }), "");
    EXPECT_NE(changed([](layout_fault& of) { of.first_column = 0; }), "");
    EXPECT_NE(changed([](layout_fault& of) { of.first_column = of.last_column = 5; }), "");
    EXPECT_NE(changed([](layout_fault& of) { of.last_column = 1; }), "");
    EXPECT_NE(changed([](layout_fault& of) { of.last_column = 4; }), "");
    EXPECT_NE(changed([](layout_fault& of) { of.expected.clear(); }), "");
    EXPECT_NE(changed([](layout_fault& of) { of.expected = "a\nb"; }), "");
    EXPECT_NE(changed([](layout_fault& of) { of.source_line = "a\x1B"; }), "");
}

}  // namespace
}  // namespace brygga::layout::language::testing
