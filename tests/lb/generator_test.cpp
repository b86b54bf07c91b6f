// Generated files: the same bytes for the same settings, no finding but those asked for.
#include "formats/bankgirot/supplier_payment/generator.hpp"

#include <gmock/gmock.h>

#include "formats/bankgirot/supplier_payment/faults.hpp"
#include "formats/core/bank_days.hpp"
#include "tests/lb/generated.hpp"
#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

namespace {

generate_settings with_faults(std::string_view layout, std::vector<std::string> ids) {
    generate_settings out = settings_of(layout, 7);
    out.faults = std::move(ids);
    return out;
}

// Payments, deductions and credits; returned orders; the rows of the watch register.
std::uint64_t items_of(const logical_file& file, bool on_watch) {
    const std::set<std::string> codes =
        on_watch ? std::set<std::string>{"40", "41", "42", "43"} : std::set<std::string>{"14", "15", "16", "54", "2"};
    std::uint64_t out = 0;
    for (const auto& [code, count] : file.records)
        if (codes.contains(code)) out += count;
    return out;
}

class lb_generator_layout : public ::testing::TestWithParam<std::string_view> {};

TEST_P(lb_generator_layout, makes_files_without_a_finding) {
    for (const std::uint64_t count : {1u, 2u, 3u, 10u, 997u, 31'000u})
        for (std::uint64_t seed = 0; seed < 2; ++seed) {
            SCOPED_TRACE(::testing::Message() << count << " payments of seed " << seed);
            const logical_file file = read(made(settings_of(GetParam(), count, seed)));
            EXPECT_THAT(findings_of(file), ::testing::IsEmpty());
            EXPECT_TRUE(file.holds.empty());
            EXPECT_EQ(file.version, GetParam() == "payments" ? "TO_BANKGIROT" : GetParam());
        }
}

TEST_P(lb_generator_layout, holds_something_of_the_default_number_of_payments) {
    const logical_file file = read(made(settings_of(GetParam(), generate_settings{}.count)));
    EXPECT_GT(items_of(file, GetParam() == "WATCH"), 0u);
}

TEST_P(lb_generator_layout, spreads_bad_items_evenly_with_one_warning_each) {
    generate_settings settings = settings_of(GetParam(), 600);
    for (const std::uint32_t percent : {1u, 33u, 50u, 100u}) {
        SCOPED_TRACE(percent);
        settings.bad_percent = percent;
        const logical_file file = read(made(settings));
        EXPECT_EQ(file.findings.total(), items_of(file, GetParam() == "WATCH") * percent / 100);
        EXPECT_EQ(file.findings.count(severity::warning), file.findings.total());
        EXPECT_TRUE(file.accepted());
        EXPECT_TRUE(file.holds.empty());
        std::set<std::uint64_t> lines;
        for (const finding& each : file.findings.kept())
            lines.insert(each.where.line);
        EXPECT_EQ(lines.size(), file.findings.total());
        if (percent == 33) {
            EXPECT_GE(lines.size(), 4u);
        }
    }
}

TEST_P(lb_generator_layout, is_made_of_the_same_bytes_by_the_same_settings) {
    rule_cases::expect_same_bytes_of_same_settings("lb", settings_of(GetParam(), 500), add_days(default_generated_day, 1));
}

TEST_P(lb_generator_layout, comes_in_limited_parts) {
    rule_cases::expect_limited_parts("lb", settings_of(GetParam(), 50'000));
}

TEST_P(lb_generator_layout, has_days_that_fit_from_the_first_year_to_the_last) {
    for (const int year : {1970, 1999, 2068})
        for (const auto month : {std::chrono::January, std::chrono::December}) {
            generate_settings settings = settings_of(GetParam(), 40);
            settings.day = date{std::chrono::year{year}, month, std::chrono::day{31}};
            EXPECT_EQ(read(made(settings)).findings.total(), 0u) << format_iso_date(settings.day);
        }
}

// Each fault breaks its rule and no other, beside every kind of file.
TEST_P(lb_generator_layout, breaks_the_rule_that_it_is_asked_to_break_and_no_other) {
    for (const rule broken : fault_rules()) {
        const std::string id(info(broken).id);
        SCOPED_TRACE(id);
        const logical_file file = read(made(with_faults(GetParam(), {id})));
        ASSERT_EQ(file.findings.total(), 1u) << ::testing::PrintToString(findings_of(file));
        EXPECT_EQ(file.findings.kept().front().rule->id, id);
    }
}

TEST_P(lb_generator_layout, breaks_all_rules_together) {
    generate_settings settings = with_faults(GetParam(), {});
    for (const rule broken : fault_rules())
        settings.faults.emplace_back(info(broken).id);
    settings.faults.emplace_back("LB-R07");  // twice is once
    const logical_file file = read(made(settings));
    for (const rule broken : fault_rules())
        EXPECT_EQ(file.findings.count(static_cast<std::size_t>(broken)), 1u) << info(broken).id;
}

std::string layout_name(const ::testing::TestParamInfo<std::string_view>& info) {
    return std::string(info.param);
}

INSTANTIATE_TEST_SUITE_P(all, lb_generator_layout, ::testing::ValuesIn(generated_layouts().begin(), generated_layouts().end()),
                         layout_name);

// The rules of which the page says something for reports are broken in reports.
TEST(lb_faults, stand_in_a_report_where_its_rules_can_be_broken_there) {
    const auto in_its_own = [](layout_id layout) {
        std::vector<std::string> out;
        for (const rule each : fault_rules())
            if (faulty_layout(each, layout) == layout) out.emplace_back(info(each).id.substr(4));
        return out;
    };
    using ::testing::ElementsAre;
    EXPECT_EQ(in_its_own(layout_id::to_bankgirot).size(), fault_rules().size());
    EXPECT_THAT(in_its_own(layout_id::payment_specification),
                ElementsAre("01", "02", "03", "04", "05", "07", "10", "13", "14", "15", "16", "17", "18", "19", "20"));
    EXPECT_THAT(in_its_own(layout_id::rejected), ElementsAre("01", "02", "10", "13", "14", "15", "16", "17", "18", "19"));
    EXPECT_THAT(in_its_own(layout_id::watch), ElementsAre("01", "02", "03", "13", "14", "15", "16", "17", "18", "19", "20"));
    EXPECT_THAT(in_its_own(layout_id::returned_money_orders),
                ElementsAre("01", "02", "03", "07", "13", "14", "15", "16", "17", "19"));
}

TEST(lb_faults, are_of_every_rule_that_a_file_alone_can_break) {
    EXPECT_EQ(fault_rules().size() + 3, rules().size()) << "LB-R08, R11 and R12 bind the writer";
}

TEST(lb_generator, refuses_what_it_cannot_make) {
    const auto refusal_of = [](const generate_settings& settings) {
        const auto done = generate(settings, [](std::string_view) {});
        return done ? std::string("nothing") : std::string(name(done.error().code));
    };
    const auto when = [](const auto& change) {
        generate_settings out = settings_of("payments", 4);
        change(out);
        return out;
    };
    EXPECT_EQ(refusal_of(with_faults("", {"LB-R11"})), "invalid argument");
    EXPECT_EQ(refusal_of(with_faults("", {"LB-R99"})), "invalid argument");
    EXPECT_EQ(refusal_of(settings_of("payments", max_generated_items + 1)), "limit exceeded");
    EXPECT_EQ(refusal_of(settings_of("payments", 0)), "invalid argument");
    EXPECT_EQ(refusal_of(settings_of("rejected", 1)), "invalid argument");
    EXPECT_EQ(refusal_of(when([](auto& each) { each.bad_percent = 101; })), "invalid argument");
    EXPECT_EQ(refusal_of(when([](auto& each) { each.receivers = {"123"}; })), "invalid argument");
    EXPECT_EQ(refusal_of(when([](auto& each) { each.receivers = {"5050-1055"}; })), "nothing");
    const auto day_of = [](int year, std::chrono::month month, unsigned day) {
        return date{std::chrono::year{year}, month, std::chrono::day{day}};
    };
    EXPECT_EQ(refusal_of(when([&](auto& each) { each.day = day_of(2068, std::chrono::December, 28); })), "nothing");
    EXPECT_EQ(refusal_of(when([&](auto& each) { each.day = day_of(2069, std::chrono::January, 2); })), "invalid argument");
    EXPECT_EQ(refusal_of(when([&](auto& each) { each.day = day_of(1969, std::chrono::December, 31); })), "invalid argument");
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
