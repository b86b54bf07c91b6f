#include "formats/bankgirot/autogiro/generator.hpp"

#include <gmock/gmock.h>

#include "formats/bankgirot/autogiro/faults.hpp"
#include "formats/core/bank_account.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/organisation_number.hpp"
#include "formats/core/personal_number.hpp"
#include "tests/autogiro/generated.hpp"
#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

class autogiro_generator_layout : public ::testing::TestWithParam<std::string_view> {};

TEST_P(autogiro_generator_layout, makes_files_without_a_finding) {
    for (const std::uint64_t count : {1u, 2u, 10u, 997u, 20'001u})
        for (std::uint64_t seed = 0; seed < 3; ++seed) {
            SCOPED_TRACE(::testing::Message() << count << " payers of seed " << seed);
            const logical_file file = read(made(settings_of(GetParam(), count, seed)));
            EXPECT_THAT(findings_of(file), ::testing::IsEmpty());
            EXPECT_TRUE(file.holds.empty());
            const std::uint64_t blocks = (count + 9'999) / 10'000;  // the last one may have nothing to change
            EXPECT_LE(file.sections, GetParam().starts_with("MANDREG") ? 1u : blocks);
            if (GetParam() != "changes" && !GetParam().starts_with("MANDREG")) {
                EXPECT_EQ(file.sections, blocks);
            }
        }
}

TEST_P(autogiro_generator_layout, holds_something_of_the_default_number_of_payers) {
    const logical_file file = read(made(settings_of(GetParam(), generate_settings{}.count)));
    std::uint64_t records = 0;
    for (const auto& [code, count] : file.records)
        if (code != "01" && code != "09" && code != "51" && code != "59") records += count;
    EXPECT_GT(records, 0u);
}

TEST_P(autogiro_generator_layout, spreads_bad_records_evenly_with_one_warning_each) {
    for (const std::uint32_t percent : {1u, 33u, 50u, 100u}) {
        SCOPED_TRACE(percent);
        generate_settings settings = settings_of(GetParam(), 600);
        settings.bad_percent = 100;
        const std::uint64_t records = read(made(settings)).findings.total();
        EXPECT_GT(records, 0u);
        settings.bad_percent = percent;
        const logical_file file = read(made(settings));
        EXPECT_EQ(file.findings.total(), records * percent / 100);
        EXPECT_EQ(file.findings.count(severity::warning), file.findings.total());
        EXPECT_TRUE(file.accepted());
        EXPECT_TRUE(file.holds.empty());
        std::set<std::uint64_t> lines;
        for (const finding& each : file.findings.kept())
            lines.insert(each.where.line);
        EXPECT_EQ(lines.size(), file.findings.total());
    }
}

TEST_P(autogiro_generator_layout, is_made_of_the_same_bytes_by_the_same_settings) {
    rule_cases::expect_same_bytes_of_same_settings("autogiro", settings_of(GetParam(), 500), add_days(default_generated_day, 1));
}

TEST_P(autogiro_generator_layout, comes_in_limited_parts) {
    rule_cases::expect_limited_parts("autogiro", settings_of(GetParam(), 50'000));
}

std::string layout_name(const ::testing::TestParamInfo<std::string_view>& info) {
    return std::string(info.param);
}

INSTANTIATE_TEST_SUITE_P(all, autogiro_generator_layout,
                         ::testing::ValuesIn(generated_layouts().begin(), generated_layouts().end()), layout_name);

// The bytes themselves, so that another compiler, or a change of the random numbers, does not go unseen.
TEST(autogiro_generator, has_not_changed_its_first_payments) {
    EXPECT_THAT(made(settings_of("", 2)),
                ::testing::StartsWith("0120261116AUTOGIRO                                            4711170009912346  \r\n"));
    EXPECT_THAT(made(settings_of("PAYSPEC_NEW", 2)),
                ::testing::HasSubstr("82202611300    000000001000000100000011617700099123462000000105                0\r\n"));
}

TEST(autogiro_generator, pays_to_the_receivers_that_are_asked_for) {
    generate_settings settings = settings_of("PAYSPEC_NEW", 20);
    settings.receivers = {"991-2346", "57237273"};
    struct : sink {
        void section_opened(const section_view& section) override { seen.emplace_back(section.opening.bankgiro); }
        std::vector<std::string> seen;
    } receivers;
    EXPECT_THAT(findings_of(read(made(settings), {}, &receivers)), ::testing::IsEmpty());
    EXPECT_THAT(receivers.seen, ::testing::ElementsAre("0009912346", "0057237273"));
    settings.receivers = {"991-2347"};
    EXPECT_EQ(generate(settings, [](std::string_view) {}).error().code, error_code::invalid_argument);
}

TEST(autogiro_generator, dates_files_and_payments_with_days_that_fit) {
    struct : sink {
        void payment(const payment_view& item) override { paid = parse_ccyymmdd(item.record.payment_day); }
        std::optional<date> paid;
    } seen;
    for (int days = 0; days < 400; ++days) {
        generate_settings settings = settings_of("", 1);
        settings.day = add_days(default_generated_day, days);
        EXPECT_EQ(read(made(settings), {}, &seen).findings.total(), 0u) << format_iso_date(settings.day);
        ASSERT_TRUE(seen.paid);
        EXPECT_TRUE(is_bank_day(*seen.paid));
        EXPECT_EQ(*seen.paid, add_bank_days(settings.day, 10));
    }
}

TEST(autogiro_generator, invents_accounts_and_identities_with_valid_check_digits) {
    struct : sink {
        void register_entry(const register_view& item) override {
            const std::string_view identity = item.record.identity;
            const bool person = identity.substr(0, 2) == "19" || identity.substr(0, 2) == "20";
            EXPECT_TRUE(person ? parse_personal_number(identity, default_generated_day).has_value()
                               : parse_organisation_number(identity.substr(2)).has_value());
            const auto account = parse_account_field(item.record.account);
            if (account) {
                EXPECT_EQ(test_account(*account), account_verdict::valid);
            }
            if (!account) {
                EXPECT_TRUE(bankgiro_valid(item.record.payer_number.substr(8)));
            }
            ++(account ? accounts : bankgiros);
            numbers.emplace(item.record.payer_number);
        }
        std::uint64_t accounts = 0, bankgiros = 0;
        std::set<std::string> numbers;
    } seen;
    static_cast<void>(read(made(settings_of("MANDREG_NEW", 3'000)), {}, &seen));
    EXPECT_GT(seen.accounts, 2'000u);
    EXPECT_GT(seen.bankgiros, 10u);
    EXPECT_EQ(seen.numbers.size(), seen.accounts + seen.bankgiros);
}

TEST(autogiro_generator, refuses_settings_beyond_its_bounds) {
    const auto code = [](const generate_settings& settings) {
        const auto done = generate(settings, [](std::string_view) {});
        return done ? std::optional<error_code>() : done.error().code;
    };
    EXPECT_EQ(code(settings_of("", 0)), error_code::invalid_argument);
    EXPECT_EQ(code(settings_of("", max_generated_payers + 1)), error_code::invalid_argument);
    EXPECT_EQ(code(settings_of("payspec_new", 1)), error_code::invalid_argument);
    generate_settings settings = settings_of("", 1);
    settings.bad_percent = 101;
    EXPECT_EQ(code(settings), error_code::invalid_argument);
    settings = settings_of("", 1);
    settings.day = date{std::chrono::year{1997}, std::chrono::December, std::chrono::day{31}};
    EXPECT_EQ(code(settings), error_code::invalid_argument);
    settings.day = date{std::chrono::year{2098}, std::chrono::January, std::chrono::day{1}};
    EXPECT_EQ(code(settings), error_code::invalid_argument);
    for (const std::string_view layout : generated_layouts())
        for (const int year : {1998, 2097}) {
            settings = settings_of(layout, 40);
            settings.day = date{std::chrono::year{year}, std::chrono::December, std::chrono::day{31}};
            EXPECT_EQ(read(made(settings)).findings.total(), 0u) << layout << year;
        }
}

bool finds(const logical_file& file, std::string_view id) {
    for (const rule_info& each : rules())
        if (each.id == id) return file.findings.count(each.index) != 0;
    return false;
}

read_options reading(rule broken) {
    read_options out;
    if (broken == rule::R22) out.policy.profile = sample_profile();
    return out;
}

// Each fault breaks its rule and no other, beside every kind of file.
TEST(autogiro_faults, break_each_rule_that_a_file_alone_can_break) {
    ASSERT_EQ(fault_rules().size() + 6, rules().size());
    for (const rule broken : fault_rules())
        for (const char* layout : {"payments", "PAYSPEC_NEW", "EMANDATE", "MANDREG_OLD"}) {
            const std::string id(info(broken).id);
            SCOPED_TRACE(id + " " + layout);
            generate_settings settings = settings_of(layout, 7);
            settings.faults = {id};
            const logical_file file = read(made(settings), reading(broken));
            ASSERT_EQ(file.findings.total(), 1u);
            EXPECT_EQ(file.findings.kept().front().rule->id, id);
        }
}

TEST(autogiro_faults, can_be_asked_for_together) {
    generate_settings settings = settings_of("payments", 7);
    for (const rule broken : fault_rules())
        settings.faults.emplace_back(info(broken).id);
    settings.faults.emplace_back("AG-R09");  // twice is once
    const logical_file file = read(made(settings), reading(rule::R22));
    for (const std::string& id : settings.faults)
        EXPECT_TRUE(finds(file, id)) << id;
    EXPECT_EQ(file.findings.count(static_cast<std::size_t>(rule::R09)), 1u);
}

TEST(autogiro_faults, refuse_what_no_file_alone_can_show) {
    const auto refused = [](const char* id) {
        generate_settings settings = settings_of("", 1);
        settings.faults = {id};
        const auto done = generate(settings, [](std::string_view) { ADD_FAILURE() << "bytes of a refused request"; });
        EXPECT_FALSE(done);
        return done ? std::string() : done.error().text;
    };
    for (const char* id : {"AG-R15", "AG-R16", "AG-R17", "AG-R19", "AG-R20", "AG-R21"})
        EXPECT_THAT(refused(id), ::testing::HasSubstr("no file alone can break it"));
    EXPECT_THAT(refused("AG-R28"), ::testing::HasSubstr("no Autogiro rule"));
    EXPECT_THAT(refused(""), ::testing::HasSubstr("no Autogiro rule"));
}

}  // namespace

}  // namespace brygga::autogiro::testing
