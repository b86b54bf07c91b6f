// SUS as a layout against the built-in reader of SUS: two engines that must agree on every file.
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/bankgirot/sus/format.hpp"
#include "formats/bankgirot/sus/generator.hpp"
#include "formats/core/personal_number.hpp"
#include "formats/layout/digits.hpp"
#include "tests/described/shipped.hpp"
#include "tests/fuzz/mutator.hpp"

namespace brygga::layout::described::test {
namespace {

using testing::HasSubstr;

using place = std::tuple<std::uint64_t, unsigned, unsigned>;  // line, first and last column

// Somebody who is not born on the payment day, which is nothing to the layout.
bool is_of_somebody(std::string_view civic_number) {
    return parse_personal_number(civic_number, date{std::chrono::year{2099}, std::chrono::December, std::chrono::day{31}})
        .has_value();
}

bool is_blank_filled(const finding& what) {
    return what.field.ends_with("_ore") && !trimmed(what.found).empty() && all_digits(trimmed(what.found));
}

// What a reader said of a file.
struct told {
    bool accepted = false;
    std::string sum;
    std::map<std::string, std::uint64_t> records;
    std::set<place> totals, contents;
    std::set<std::string> rules;
    bool bare_cr = false;        // the built-in reader refuses it; to the layout it ends a line as LF does
    bool bad_agreement = false;  // no digits: the built-in reader compares it with no other
    bool blank_filled = false;   // an amount that is digits among blanks
};

told told_by(const format& with, std::string_view bytes) {
    told out;
    with.check(bytes, {}, [&](const check_report& report) {
        out.accepted = report.accepted;
        out.sum = report.sums_ore.begin()->second;
        for (const auto& [code, count] : report.records)
            if (code.size() == 2 && all_digits(code)) out.records[code] = count;  // lines of other content are called otherwise
        for (const finding& each : report.findings->kept()) {
            const std::string_view id = each.rule->id;
            const place where{each.where.line, each.where.first_column, each.where.last_column};
            out.rules.emplace(id);
            if (id == "SUS-R02") out.totals.insert(where);
            out.bare_cr = out.bare_cr || each.found == "CR without LF";
            out.bad_agreement = out.bad_agreement || each.field == "agreement";
            out.blank_filled = out.blank_filled || (id == "LB-R13" && is_blank_filled(each));
            if (id == "SUS-R01" && is_of_somebody(each.found)) continue;
            if (!each.field.empty() && (id == "SUS-R01" || id.starts_with("LB-R13"))) out.contents.insert(where);
        }
    });
    return out;
}

class sus_differential : public testing::Test {
 protected:
    const format& built_in = sus::registered_format();
    const std::unique_ptr<const format> described = shipped("swedbank-sus");
    std::size_t compared = 0, different = 0;

    // Records, fields and values; the first line names the format, and a section's first its name, which the built-in has none
    // for.
    void expect_same_values(std::string_view bytes) const {
        std::string left = json_of(built_in, bytes), right = json_of(*described, bytes);
        const std::string_view own = R"("format":"swedbank-sus")", other = R"("format":"sus")";
        if (const std::size_t at = right.find(own); at != std::string::npos) right.replace(at, own.size(), other);
        const std::string_view named = R"("section":"payments")", unnamed = R"("section":"")";
        for (std::size_t at = 0; (at = right.find(named, at)) != std::string::npos; at += unnamed.size())
            right.replace(at, named.size(), unnamed);
        EXPECT_EQ(left, right);
    }

    // The rest of what they may say differently, and how.
    static void expect_same_findings(const told& left, const told& right) {
        EXPECT_EQ(left.sum, right.sum);
        EXPECT_EQ(left.records, right.records);
        EXPECT_EQ(left.totals, right.totals);
        EXPECT_EQ(left.contents, right.contents);
        // An unknown record in a section is a warning to one (LB-R19), and the error of a line outside all to the other.
        if (left.rules.contains("LB-R19")) {
            EXPECT_FALSE(right.accepted);
        } else if (!left.bare_cr && !left.bad_agreement) {
            EXPECT_EQ(left.accepted, right.accepted);
        }
    }

    void expect_same(std::string_view bytes) {
        ++compared;
        const told left = told_by(built_in, bytes), right = told_by(*described, bytes);
        expect_same_values(bytes);
        // A layout's number may be filled with blanks; one of Bankgirot is digits only.
        if (left.blank_filled)
            ++different;
        else
            expect_same_findings(left, right);
        if (HasFailure()) std::ofstream(BRYGGA_BINARY_DIR "/sus-differs.txt", std::ios::binary) << bytes;
    }
};

TEST_F(sus_differential, agree_on_generated_files) {
    for (std::uint64_t seed = 1; seed != 40; ++seed) {
        generate_settings what;
        what.seed = seed;
        what.count = seed * 7 % 60 + 1;
        for (const format* maker : {&built_in, described.get()}) {
            const std::string bytes = generated(*maker, what);
            expect_same(bytes);
            EXPECT_THAT(findings_of(bytes, *described), testing::IsEmpty());
            EXPECT_THAT(told_by(built_in, bytes).contents, testing::IsEmpty());
        }
    }
}

TEST_F(sus_differential, agree_on_generated_faults) {
    for (const sus::fault_info& each : sus::faults()) {
        generate_settings what;
        what.faults = {std::string(sus::info(each.broken).id)};
        expect_same(generated(built_in, what));
        if (HasFailure()) FAIL() << what.faults.front();
    }
}

TEST_F(sus_differential, agree_on_mutated_bytes) {
    std::vector<std::string> corpus{bytes_of_fixture("sus/example-7.2.txt"), bytes_of_fixture("sus/example-accounts.txt")};
    for (std::uint64_t seed = 1; seed != 5; ++seed) {
        generate_settings what;
        what.seed = seed;
        what.count = 3;
        corpus.push_back(generated(built_in, what));
        corpus.push_back(generated(*described, what));
    }
    fuzz::mutator mutate(corpus);
    for (int i = 0; i != 4000; ++i) {
        expect_same(mutate.next());
        if (HasFailure()) FAIL() << "mutation " << i;
    }
    EXPECT_LT(different, compared / 2);
}

}  // namespace
}  // namespace brygga::layout::described::test
