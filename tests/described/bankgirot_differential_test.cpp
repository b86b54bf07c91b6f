// The layouts of Bankgirot's formats against the built-in readers: two engines that must find the same records, values and totals
// in every file.
#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "formats/bankgirot/autogiro/format.hpp"
#include "formats/bankgirot/bgmax/format.hpp"
#include "formats/bankgirot/supplier_payment/format.hpp"
#include "tests/described/shipped.hpp"
#include "tests/fuzz/mutator.hpp"

namespace brygga::layout::described::test {
namespace {

using place = std::tuple<std::uint64_t, unsigned, unsigned>;  // line, first and last column

struct pair_of_readers {
    std::string name;  // of the layout
    const format* built_in;
    std::string fixtures;  // a folder
    std::vector<std::pair<std::string, std::string>>
        totals;                            // a rule of the built-in format, one of the layout; empty: any field
    std::set<std::string> disorder;        // rules of the built-in format after which it counts otherwise than the layout
    std::vector<std::string> uncounted{};  // sections whose totals the layout does not have, while others in such a place are had
};

struct told {
    bool accepted = true;
    std::map<std::string, std::uint64_t> records;  // by code
    std::set<std::string> rules;
    std::set<place> totals;
};

class bankgirot_differential : public testing::TestWithParam<pair_of_readers> {
 protected:
    const format& built_in = *GetParam().built_in;
    const std::unique_ptr<const format> described = shipped(GetParam().name);
    const language::description what = [] {
        return *language::parse_layout(bytes_of_fixture("layouts/" + GetParam().name + ".layout"), "x", {});
    }();
    std::size_t files = 0, same_values = 0, same_totals = 0;  // that were compared, and found so

    [[nodiscard]] std::string code_of(const std::string& record) const {
        for (const language::described_record& each : what.records) {
            if (each.name != record) continue;
            if (each.code.empty() && !each.fillers.empty() && each.fillers.front().first == 1)
                return each.fillers.front().constant;
            return each.code.empty() ? "mandreg_new_entry" : each.code;
        }
        return record == "REG" ? "mandreg_new_entry" : record;  // both registers
    }

    // Whether the layout has a total there.
    [[nodiscard]] bool is_carrier(const finding& about) const {
        return std::any_of(what.totals.begin(), what.totals.end(), [&](const language::described_total& each) {
            const language::described_record& record = what.records[each.carrier];
            return code_of(record.name) == code_of(about.record) && record.fields[each.field].name == about.field;
        });
    }

    // Records and values, a line each. Where files, sections and lines begin is not the same to both; a text's fill may not be.
    [[nodiscard]] std::vector<std::string> values_of(const format& with, std::string_view bytes) const {
        std::vector<std::string> out;
        std::istringstream lines(json_of(with, bytes));
        for (std::string line; std::getline(lines, line);) {
            auto one = nlohmann::ordered_json::parse(line);
            if (!one.contains("record")) continue;
            if (one["record"].is_string()) one["record"] = code_of(one["record"]);
            for (const char* each : {"line", "end", "section"})
                one.erase(each);
            for (const auto& [key, value] : one.items()) {
                std::string text(value.is_string() ? trimmed(value.get_ref<const std::string&>()) : value.dump());
                // An amount that may be blank is a text to a layout.
                if (key.ends_with("_ore") && text.size() > 1)
                    text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
                value = text;
            }
            out.push_back(one.dump());
        }
        return out;
    }

    // What each line is: a known record, or one that is none.
    [[nodiscard]] static std::vector<std::string> kinds_in(const std::vector<std::string>& values) {
        std::vector<std::string> out;
        for (const std::string& each : values) {
            const auto one = nlohmann::json::parse(each);
            out.push_back(one["record"].dump() + (one.size() == 1 ? " unknown" : ""));
        }
        return out;
    }

    // The built-in reader knows one for each logical file, and a mark before it, a layout one for the whole.
    [[nodiscard]] std::size_t encodings_in(std::string_view bytes) const {
        std::set<std::string> out;
        std::istringstream lines(json_of(built_in, bytes));
        for (std::string line; std::getline(lines, line);) {
            const auto one = nlohmann::json::parse(line);
            if (one.contains("encoding")) out.insert(one["encoding"]);
        }
        return out.size();
    }

    [[nodiscard]] told told_by(const format& with, std::string_view bytes, bool is_built_in) const {
        told out;
        with.check(bytes, {}, [&](const check_report& report) {
            out.accepted = out.accepted && report.accepted;
            for (const auto& [code, count] : report.records)
                out.records[code_of(code)] += count;
            for (const finding& each : report.findings->kept()) {
                const std::string id(each.rule->id);
                out.rules.insert(id);
                const bool is_total = std::any_of(GetParam().totals.begin(), GetParam().totals.end(), [&](const auto& pair) {
                    return (is_built_in ? pair.first : pair.second) == id;
                });
                if (is_total && is_carrier(each))
                    out.totals.emplace(each.where.line, each.where.first_column, each.where.last_column);
            }
        });
        return out;
    }

    void expect_same(std::string_view bytes) {
        ++files;
        EXPECT_EQ(back_of(*described, json_of(*described, bytes)), bytes);
        if (encodings_in(bytes) > 1 || bytes.find("\xEF\xBB\xBF", 1) != std::string_view::npos) {
            return;
        }
        const auto left_values = values_of(built_in, bytes), right_values = values_of(*described, bytes);
        // A damaged opening record is one to the reader that looks at less of it.
        if (kinds_in(left_values) != kinds_in(right_values)) {
            return;
        }
        EXPECT_EQ(left_values, right_values);
        ++same_values;
        const told left = told_by(built_in, bytes, true), right = told_by(*described, bytes, false);
        const auto is_disorder = [](const std::string& each) { return GetParam().disorder.contains(each); };
        const std::string json = json_of(*described, bytes);
        const bool is_uncounted =
            std::any_of(GetParam().uncounted.begin(), GetParam().uncounted.end(),
                        [&](const std::string& each) { return json.find("\"section\":\"" + each + '"') != std::string::npos; });
        if (!is_uncounted && std::none_of(left.rules.begin(), left.rules.end(), is_disorder)) {
            EXPECT_EQ(left.totals, right.totals);
            ++same_totals;
        }
        if (HasFailure()) std::ofstream(BRYGGA_BINARY_DIR "/" + GetParam().name + "-differs.txt", std::ios::binary) << bytes;
    }

    static std::vector<std::string> fixtures() {
        std::vector<std::string> out;
        for (const auto& each : std::filesystem::directory_iterator(BRYGGA_SOURCE_DIR "/fixtures/" + GetParam().fixtures))
            if (each.path().extension() == ".txt")
                out.push_back(bytes_of_fixture(GetParam().fixtures + "/" + each.path().filename().string()));
        std::sort(out.begin(), out.end());
        return out;
    }
};

TEST_P(bankgirot_differential, agree_on_fixtures) {
    for (const std::string& each : fixtures()) {
        if (!built_in.sniff(each.substr(0, 4096))) continue;
        expect_same(each);
        if (HasFailure()) FAIL() << each.substr(0, 400);
    }
    EXPECT_GT(same_totals * 2, files);
}

TEST_P(bankgirot_differential, agree_on_generated_files) {
    for (std::uint64_t seed = 1; seed != 40; ++seed) {
        generate_settings how;
        how.seed = seed;
        how.count = seed * 7 % 60 + 1;
        const std::string bytes = generated(built_in, how);
        expect_same(bytes);
        EXPECT_TRUE(told_by(*described, bytes, false).accepted) << seed;
        EXPECT_EQ(same_values, files);
        if (HasFailure()) FAIL() << seed;
    }
}

TEST_P(bankgirot_differential, agree_on_what_the_layout_makes) {
    for (std::uint64_t seed = 1; seed != 20; ++seed) {
        generate_settings how;
        how.seed = seed;
        how.count = 20;
        const std::string bytes = generated(*described, how);
        expect_same(bytes);
        if (HasFailure()) FAIL() << seed;
    }
}

TEST_P(bankgirot_differential, agree_on_mutated_bytes) {
    std::vector<std::string> corpus = fixtures();
    for (std::uint64_t seed = 1; seed != 5; ++seed) {
        generate_settings how;
        how.seed = seed;
        how.count = 3;
        corpus.push_back(generated(built_in, how));
    }
    std::erase_if(corpus, [&](const std::string& each) { return each.size() > 20'000 || !built_in.sniff(each); });
    fuzz::mutator mutate(corpus);
    for (int i = 0; i != 1500; ++i) {
        expect_same(mutate.next());
        if (HasFailure()) FAIL() << "mutation " << i;
    }
    EXPECT_GT(same_values * 2, files);
    EXPECT_GT(same_totals * 40, files);
}

const std::vector<pair_of_readers> pairs{
    {"bankgirot-bgmax",
     &bgmax::registered_format(),
     "bgmax",
     {{"BGMAX-R32", "BGMAX-R32"}, {"BGMAX-R33", "BGMAX-R33"}, {"BGMAX-R37", "BGMAX-R37"}},
     {"BGMAX-R01", "BGMAX-R04", "BGMAX-R14", "BGMAX-R20", "BGMAX-R30"}},
    {"bankgirot-autogiro",
     &autogiro::registered_format(),
     "autogiro",
     {{"AG-R10", "AG-R10"}},
     {"AG-R01", "AG-R02", "AG-R03", "AG-R05", "AG-R09", "AG-R24"},
     {"amend_new", "amend_old", "payspec_old"}},
    {"bankgirot-lb",
     &supplier_payment::registered_format(),
     "lb",
     {{"LB-R02", "LB-R02"}},
     {"LB-R01", "LB-R13", "LB-R14", "LB-R19"}},
};

INSTANTIATE_TEST_SUITE_P(all, bankgirot_differential, testing::ValuesIn(pairs), [](const auto& each) {
    std::string name = each.param.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

}  // namespace
}  // namespace brygga::layout::described::test
