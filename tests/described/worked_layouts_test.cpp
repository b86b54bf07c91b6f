// Every layout under fixtures/layouts: files are made of it, come back from JSON, and are masked; each of its rules finds its
// fault.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "formats/core/lines.hpp"
#include "tests/described/shipped.hpp"
#include "tools/brygga/report_json.hpp"

namespace brygga::layout::described::test {
namespace {

using testing::IsEmpty;

std::vector<std::string> names() {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(BRYGGA_SOURCE_DIR "/fixtures/layouts"))
        if (entry.path().extension() == ".layout") out.push_back(entry.path().stem().string());
    std::sort(out.begin(), out.end());
    return out;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
    std::string out = info.param;
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

class worked_layout : public testing::TestWithParam<std::string> {
 protected:
    const std::unique_ptr<const format> made = shipped(GetParam());
    const language::description layout = description_of(bytes_of_fixture("layouts/" + GetParam() + ".layout"));

    [[nodiscard]] std::string file_of(std::uint64_t seed, std::uint64_t count) const {
        generate_settings what;
        what.seed = seed;
        what.count = count;
        return generated(*made, what);
    }
};

TEST_P(worked_layout, makes_files_without_findings) {
    for (std::uint64_t seed = 1; seed != 60; ++seed) {
        const std::string bytes = file_of(seed, seed * 5 % 37 + 1);
        EXPECT_THAT(findings_of(bytes, *made), IsEmpty()) << "seed " << seed;
        EXPECT_TRUE(made->sniff(bytes)) << "seed " << seed;
    }
    EXPECT_THAT(findings_of(file_of(1, 1500), *made), IsEmpty());
}

TEST_P(worked_layout, comes_back_from_JSON_byte_for_byte) {
    for (std::uint64_t seed = 1; seed != 20; ++seed) {
        std::string bytes = file_of(seed, seed);
        EXPECT_EQ(back_of(*made, json_of(*made, bytes)), bytes);
        bytes.resize(bytes.size() * seed / 20);
        EXPECT_EQ(back_of(*made, json_of(*made, bytes)), bytes) << "truncated";
    }
}

// Fields that hold something personal, as "record.field", the record by its name and by its code.
std::set<std::string> personal_fields(const language::description& layout) {
    std::set<std::string> out;
    for (const language::described_record& record : layout.records)
        for (const language::described_field& field : record.fields)
            if (field.guard != privacy::open) out.insert({record.name + "." + field.name, record.code + "." + field.name});
    return out;
}

TEST_P(worked_layout, leaves_nothing_personal_in_a_masked_file) {
    const auto personal = personal_fields(layout);
    std::size_t compared = 0;
    for (std::uint64_t seed = 1; seed != 20; ++seed) {
        const std::string bytes = file_of(seed, 20), masked = masked_of(*made, bytes);
        EXPECT_THAT(findings_of(masked, *made), IsEmpty());
        std::istringstream left(json_of(*made, bytes)), right(json_of(*made, masked));
        for (std::string before, after; std::getline(left, before) && std::getline(right, after);) {
            const auto was = nlohmann::json::parse(before), is = nlohmann::json::parse(after);
            if (!was.contains("record")) continue;
            for (const auto& [key, value] : was.items()) {
                const bool is_personal = personal.contains(std::string(was.at("record")) + "." + key);
                if (is_personal && value != "") {
                    EXPECT_NE(value, is.at(key)) << key;
                } else {
                    EXPECT_EQ(value, is.at(key)) << key;
                }
                compared += is_personal ? 1 : 0;
            }
        }
    }
    EXPECT_GT(compared, 100U);
}

bool has_check_digit(language::field_type type) {
    using language::field_type;
    constexpr std::array types{field_type::personal_number,
                               field_type::organisation_number,
                               field_type::identity_number,
                               field_type::bankgiro,
                               field_type::plusgiro,
                               field_type::iban,
                               field_type::ocr,
                               field_type::gs1};
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool asks_for_valid(const language::condition& what) {
    return what.kind == language::condition_kind::is_valid || std::any_of(what.parts.begin(), what.parts.end(), asks_for_valid);
}

// Not in any file of this layout, or not by changing one value.
bool cannot_be_planted(const rule_info& rule, const language::description& layout) {
    if (rule.id == "KUND-R02") return true;  // a second row of the invoice first
    if (rule.index >= language::built_in_tests) return false;
    const auto has_field = [&](const auto& is_such) {
        return std::any_of(layout.records.begin(), layout.records.end(), [&](const language::described_record& each) {
            if (each.when && asks_for_valid(*each.when)) return false;  // else it is no such record
            return std::any_of(each.fields.begin(), each.fields.end(), is_such);
        });
    };
    using language::built_in;
    using language::described_field;
    using language::field_type;
    switch (static_cast<built_in>(rule.index)) {
        case built_in::encoding:
            return true;  // a whole file
        case built_in::tabs:
        case built_in::unknown:
            return layout.separated.has_value();
        case built_in::heading:
        case built_in::columns:
            return !layout.separated;
        case built_in::total:
            return layout.totals.empty();
        case built_in::order:
            return layout.records.size() == 1;
        case built_in::content:
            return !has_field([](const described_field& each) { return each.type != field_type::text; });
        case built_in::codes:
            return layout.tables.empty();
        case built_in::unique:
            return !has_field([](const described_field& each) { return each.unique; });
        case built_in::date:
            return !has_field([](const described_field& each) { return each.type == field_type::date; });
        case built_in::check_digit:
            return !has_field([](const described_field& each) { return has_check_digit(each.type); });
        case built_in::size:
        case built_in::required:
        case built_in::fill:
            return false;
    }
    return false;
}

// The lines of a file, without their ends.
std::vector<std::string> lines_of(std::string_view bytes) {
    std::vector<std::string> out;
    line_cutter lines(bytes);
    for (physical_line line; lines.next(line);)
        out.emplace_back(line.bytes);
    return out;
}

// Where two files differ first: a line, and its columns where only they do.
struct changed_place {
    std::uint64_t line{};
    unsigned first{}, last{};  // 0: the whole of it, or more
};

changed_place change_in(const std::vector<std::string>& before, const std::vector<std::string>& after, bool is_fixed) {
    const std::size_t common = std::min(before.size(), after.size());
    std::size_t at = 0;
    while (at != common && before[at] == after[at])
        ++at;
    if (!is_fixed || before.size() != after.size() || at == common || before[at].size() != after[at].size())
        return {at + 1, 0, 0};
    const auto first = std::mismatch(before[at].begin(), before[at].end(), after[at].begin()).first - before[at].begin();
    const auto last = std::mismatch(before[at].rbegin(), before[at].rend(), after[at].rbegin()).first - before[at].rbegin();
    return {at + 1, static_cast<unsigned>(first) + 1, static_cast<unsigned>(before[at].size()) - static_cast<unsigned>(last)};
}

// A rule's findings, as they tell the place.
std::vector<location> places_of(std::string_view rule, std::string_view bytes, const format& with) {
    std::vector<location> out;
    with.check(bytes, {}, [&](const check_report& report) {
        for (const finding& each : report.findings->kept())
            if (each.rule->id == rule) out.push_back(each.where);
    });
    return out;
}

// What comes again is told where it stands second, and a whole file of its order where it goes wrong; blank lines of the first.
bool tells_elsewhere(const rule_info& rule) {
    using language::built_in;
    const auto test = static_cast<built_in>(rule.index);
    return rule.index < language::built_in_tests &&
           (test == built_in::unique || test == built_in::order || test == built_in::fill);
}

TEST_P(worked_layout, finds_the_fault_of_each_rule_where_it_is) {
    for (const rule_info& each : made->rules()) {
        if (cannot_be_planted(each, layout)) continue;
        std::string bytes, why;
        generate_settings what;
        for (what.seed = 1; what.seed != 60 && bytes.empty(); ++what.seed) {  // until a file has such a record
            what.faults = {std::string(each.id)};
            const auto done = made->generate(what, [&](std::string_view part) { bytes += part; });
            if (!done) why = done.error().text;
        }
        EXPECT_FALSE(bytes.empty()) << each.id << ": " << why;
        if (bytes.empty()) continue;
        --what.seed;
        what.faults.clear();
        const changed_place changed = change_in(lines_of(generated(*made, what)), lines_of(bytes), !layout.separated);
        const std::vector<location> told = places_of(each.id, bytes, *made);
        EXPECT_FALSE(told.empty()) << each.id;
        if (tells_elsewhere(each)) continue;
        const bool is_there = std::any_of(told.begin(), told.end(), [&](const location& where) {
            return where.line == changed.line && (changed.first == 0 || where.first_column == 0 ||
                                                  (where.first_column <= changed.last && where.last_column >= changed.first));
        });
        EXPECT_TRUE(is_there) << each.id << " at line " << changed.line << " columns " << changed.first << '-' << changed.last
                              << ", told at line " << told.front().line << " columns " << told.front().first_column << '-'
                              << told.front().last_column;
    }
}

std::vector<std::filesystem::path> samples() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::directory_iterator(BRYGGA_SOURCE_DIR "/fixtures/layouts"))
        if (entry.path().extension() == ".txt" || entry.path().extension() == ".csv") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

// What `brygga check --json` prints of them stands beside them.
TEST(worked_samples, are_read_as_the_files_beside_them_say) {
    for (const std::filesystem::path& path : samples()) {
        const std::string name = path.filename().string(), bytes = bytes_of_fixture("layouts/" + name);
        std::string reports;
        for (const std::string& layout : names()) {
            const auto with = shipped(layout);
            if (!with->sniff(bytes)) continue;
            with->check(bytes, {},
                        [&](const check_report& told) { reports += command::report_json(name, *with, {}, told, false); });
        }
        const std::string expected = path.string() + ".expect.json";
        if (std::getenv("BRYGGA_UPDATE_FIXTURES") != nullptr) std::ofstream(expected, std::ios::binary) << reports;
        EXPECT_EQ(reports, bytes_of_fixture("layouts/" + name + ".expect.json"));
    }
}

INSTANTIATE_TEST_SUITE_P(all, worked_layout, testing::ValuesIn(names()), test_name);

}  // namespace
}  // namespace brygga::layout::described::test
