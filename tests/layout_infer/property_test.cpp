// Whatever the lines are, the proposal has no faults, and nothing against them.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/described/layouts.hpp"
#include "tests/layout_infer/inferred.hpp"

namespace brygga::layout::infer::test {
namespace {

// Empty where all is well.
std::string wrong_with(const std::vector<std::string>& files) {
    try {
        const auto layout = inferred(files);
        if (!layout) return "";
        if (parsed(*layout).separated) return "";
        const auto found = severe_findings(files);
        return found.empty() ? "" : found.front() + "\n" + *layout;
    } catch (const std::runtime_error& failure) {
        return failure.what();
    }
}

RC_GTEST_PROP(any_text, has_a_layout_without_faults, ()) {
    const auto files = *rc::gen::container<std::vector<std::string>>(rc::gen::container<std::string>(
        rc::gen::element('0', '1', '2', '9', 'A', 'b', ' ', '.', '-', ';', ',', '"', '\n', '\n', '\xE5', '\\', '#', '\t')));
    RC_ASSERT(wrong_with(files) == "");
}

RC_GTEST_PROP(any_bytes, have_a_layout_or_are_refused, ()) {
    RC_ASSERT(wrong_with(*rc::gen::arbitrary<std::vector<std::string>>()) == "");
}

// Kinds of records in any order, some with numbers that are totals now and then.
RC_GTEST_PROP(any_order_of_records, is_allowed, ()) {
    const auto sequences =
        *rc::gen::container<std::vector<std::vector<int>>>(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5)));
    std::vector<std::string> files;
    for (const auto& each : sequences) {
        std::string& file = files.emplace_back();
        int number = 0;
        for (const int kind : each) {
            const std::string digits = "0000000" + std::to_string(++number % 7);
            file += std::string("0") + static_cast<char>('1' + kind) + digits.substr(digits.size() - 6);
            file +=
                std::string(static_cast<std::size_t>(kind), 'x') + std::string(static_cast<std::size_t>(5 - kind), ' ') + "\n";
        }
    }
    RC_ASSERT(wrong_with(files) == "");
}

RC_GTEST_PROP(damaged_files, have_a_layout_without_faults, ()) {
    static const auto parking = described::test::format_of(described::test::parking);
    std::string file = generated(*parking, *rc::gen::inRange<std::uint64_t>(1, 30), *rc::gen::inRange<std::uint64_t>(1, 9));
    for (int times = *rc::gen::inRange(0, 20); times != 0; --times)
        file[*rc::gen::inRange<std::size_t>(0, file.size())] = *rc::gen::element('0', '7', 'A', 'z', ' ', '\n', ';', '\xE5');
    RC_ASSERT(wrong_with({file}) == "");
}

}  // namespace
}  // namespace brygga::layout::infer::test
