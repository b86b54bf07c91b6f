#include "formats/bankgirot/bgmax/generator.hpp"

#include <gmock/gmock.h>

#include "formats/bankgirot/bgmax/faults.hpp"
#include "formats/core/bank_days.hpp"
#include "tests/bgmax/rule_case.hpp"

namespace brygga::bgmax::testing {

namespace {

std::string made(const generate_settings& settings) {
    std::string out;
    const auto done = generate(settings, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(done) << done.error().text;
    return out;
}

generate_settings of(std::uint64_t count, std::uint64_t seed = 1) {
    generate_settings settings;
    settings.count = count;
    settings.seed = seed;
    return settings;
}

// Our own agreements with Bankgirot, as the generated files presume them.
read_options with_receivers(date today) {
    read_options options;
    options.context = read_context{};
    options.context->today = today;
    for (const char* bankgiro : {"9912346", "59990119", "5999024"})
        options.context->receivers.push_back({bankgiro, {ocr_level::variable_length, {}}, true});
    return options;
}

TEST(bgmax_generator, makes_files_without_a_finding) {
    for (std::uint64_t count : {1u, 2u, 3u, 4u, 10u, 997u, 30'001u})
        for (std::uint64_t seed = 0; seed < 3; ++seed) {
            SCOPED_TRACE(::testing::Message() << count << " payments of seed " << seed);
            const auto files = read(made(of(count, seed)), with_receivers(default_generated_day));
            ASSERT_EQ(files.size(), 1u);
            EXPECT_THAT(findings_of(files), ::testing::IsEmpty());
            const auto counted = [&](const char* code) {
                return files[0].records.contains(code) ? files[0].records.at(code) : 0;
            };
            EXPECT_EQ(counted("20") + counted("21"), count);
            EXPECT_EQ(files[0].kind, marker::production);
        }
}

TEST(bgmax_generator, pays_to_the_receivers_that_are_asked_for) {
    generate_settings settings = of(20, 1);
    settings.receivers = {"991-2346", "57237273"};
    struct : sink {
        void section_opened(std::uint32_t, const opening_record& record) override { seen.emplace(record.bankgiro); }
        std::set<std::string> seen;
    } receivers;
    const auto files = read(made(settings), {}, &receivers);
    EXPECT_EQ(files.front().findings.total(), 0U);
    EXPECT_EQ(receivers.seen, (std::set<std::string>{"0009912346", "0057237273"}));
    settings.receivers = {"991-2347"};
    EXPECT_EQ(generate(settings, [](std::string_view) {}).error().code, error_code::invalid_argument);
}

TEST(bgmax_generator, mixes_all_record_types_receivers_and_payers) {
    struct collector : sink {
        void section_opened(std::uint32_t, const opening_record& record) override { receivers.emplace(record.bankgiro); }
        void section_closed(const section_view& section) override {
            most = std::max(most, section.payments + section.deductions);
        }
        void payment(const payment_view& item) override {
            codes += static_cast<char>(item.record.code);
            payers.insert(item.name.name.utf8() + item.street.street.utf8() + item.town.town.utf8());
        }
        std::set<std::string> receivers, payers;
        std::string codes;
        std::uint32_t most = 0;
    } seen;
    const auto files = read(made(of(40'000)), {}, &seen);
    for (const char* code : {"01", "05", "15", "20", "21", "22", "23", "25", "26", "27", "28", "29", "70"})
        EXPECT_GT(files[0].records.count(code), 0u) << code;
    for (const char code : {'0', '1', '2', '3'})
        EXPECT_NE(seen.codes.find(code), std::string::npos) << code;
    EXPECT_EQ(seen.receivers.size(), 3u);
    EXPECT_EQ(files[0].sections, 4u);
    EXPECT_EQ(seen.most, 10'000u);
    EXPECT_GT(seen.payers.size(), 100u);
    EXPECT_LT(seen.payers.size(), 500u);
}

TEST(bgmax_generator, gives_the_same_bytes_for_the_same_settings_and_others_for_another_seed_or_day) {
    EXPECT_EQ(made(of(500)), made(of(500)));
    EXPECT_NE(made(of(500)), made(of(500, 2)));
    generate_settings next_day = of(500);
    next_day.day = add_days(default_generated_day, 1);
    EXPECT_NE(made(of(500)), made(next_day));
}

// The bytes themselves, so that another compiler, or a change of the random numbers, does not go unseen.
TEST(bgmax_generator, has_not_changed_its_first_payment) {
    const std::string bytes = made(of(1));
    EXPECT_THAT(bytes,
                ::testing::StartsWith("01BGMAX               0120260302163005123456P                                   \r\n"
                                      "050009912346          SEK                                                       \r\n"
                                      "200000000000               7805216103000000000000115846210403002488340          \r\n"
                                      "26\xD6vningsberg Siv"));
}

TEST(bgmax_generator, makes_test_files) {
    generate_settings settings = of(3);
    settings.test_file = true;
    read_options options = with_receivers(default_generated_day);
    options.context->test_system = true;
    EXPECT_THAT(findings_of(read(made(settings), options)), ::testing::IsEmpty());
    EXPECT_THAT(findings_of(read(made(settings))), ::testing::ElementsAre("BGMAX-R05 error 1 45-45 marker"));
}

TEST(bgmax_generator, dates_payments_with_a_bank_day_not_after_the_file) {
    for (int days = 0; days < 400; ++days) {
        generate_settings settings = of(1);
        settings.day = add_days(default_generated_day, days);
        struct collector : sink {
            void section_closed(const section_view& section) override { day = parse_ccyymmdd(section.deposit.payment_date); }
            std::optional<date> day;
        } seen;
        const auto files = read(made(settings), with_receivers(settings.day), &seen);
        EXPECT_EQ(files[0].findings.total(), 0u) << format_iso_date(settings.day);
        ASSERT_TRUE(seen.day);
        EXPECT_TRUE(is_bank_day(*seen.day));
        EXPECT_EQ(*seen.day, previous_bank_day(settings.day, true));
    }
}

TEST(bgmax_generator, spreads_bad_items_evenly_with_one_warning_each) {
    for (const std::uint32_t percent : {1u, 7u, 33u, 50u, 99u, 100u}) {
        SCOPED_TRACE(percent);
        generate_settings settings = of(600);
        settings.bad_percent = percent;
        const auto files = read(made(settings), with_receivers(default_generated_day));
        EXPECT_EQ(files[0].findings.total(), 600 * percent / 100);
        EXPECT_EQ(files[0].findings.count(severity::warning), files[0].findings.total());
        EXPECT_TRUE(files[0].accepted());
        EXPECT_TRUE(files[0].holds.empty());
        std::set<std::uint64_t> lines;
        for (const finding& each : files[0].findings.kept())
            lines.insert(each.where.line);
        EXPECT_EQ(lines.size(), files[0].findings.total());
    }
}

TEST(bgmax_generator, damages_items_in_six_ways) {
    generate_settings settings = of(60);
    settings.bad_percent = 100;
    std::set<std::string> seen;
    const auto files = read(made(settings));
    for (const finding& each : files[0].findings.kept())
        seen.insert(std::string(each.rule->id) + " " + each.field);
    EXPECT_THAT(seen, ::testing::ElementsAre("BGMAX-R40 reference_code", "BGMAX-R42 reference", "BGMAX-R43 channel",
                                             "BGMAX-R44 payer_bankgiro", "BGMAX-R44 serial", "BGMAX-R52 image"));
}

bool finds(const std::vector<logical_file>& files, std::string_view id) {
    for (const logical_file& file : files)
        for (const finding& each : file.findings.kept())
            if (each.rule->id == id) return true;
    return false;
}

// Each fault breaks its rule; and what it does not touch stays right: only these follow from it as well.
TEST(bgmax_faults, break_each_rule_that_a_file_alone_can_break) {
    const std::map<std::string, std::vector<std::string>> also = {
        {"BGMAX-R02", {"BGMAX-R01"}},
        {"BGMAX-R14", {"BGMAX-R11", "BGMAX-R43", "BGMAX-R44"}},
        {"BGMAX-R22", {"BGMAX-R11"}},
        {"BGMAX-R30", {"BGMAX-R32"}},
    };
    ASSERT_EQ(faults().size() + 3, rules().size());
    for (const fault_info& each : faults()) {
        const std::string id(info(each.broken).id);
        SCOPED_TRACE(id);
        EXPECT_FALSE(each.what.empty());
        generate_settings settings = of(7);
        settings.faults = {id};
        const auto files = read(made(settings));
        if (each.broken == rule::R60) {
            ASSERT_EQ(files.size(), 2u);
            continue;
        }
        EXPECT_TRUE(finds(files, id));
        for (const logical_file& file : files)
            for (const finding& one : file.findings.kept()) {
                const bool expected =
                    one.rule->id == id || (also.contains(id) && ::testing::Value(also.at(id), ::testing::Contains(one.rule->id)));
                EXPECT_TRUE(expected) << one.rule->id;
            }
    }
}

TEST(bgmax_faults, repeat_the_file_for_the_ledger_to_see) {
    generate_settings settings = of(7);
    settings.faults = {"BGMAX-R60"};
    const std::string bytes = made(settings);
    const auto files = read(bytes);
    ASSERT_EQ(files.size(), 2u);
    const std::string_view all = bytes;
    EXPECT_EQ(all.substr(files[0].offset, files[0].size), all.substr(files[1].offset, files[1].size));
    EXPECT_EQ(files[0].findings.total() + files[1].findings.total(), 0u);
}

// But for BGMAX-R04: without TK70 nothing can be wrong with it.
TEST(bgmax_faults, can_be_asked_for_together) {
    generate_settings settings = of(7);
    for (const fault_info& each : faults())
        if (each.broken != rule::R01 && each.broken != rule::R02 && each.broken != rule::R04)
            settings.faults.emplace_back(info(each.broken).id);
    settings.faults.emplace_back("BGMAX-R32");  // twice is once
    const auto files = read(made(settings));
    for (const std::string& id : settings.faults)
        EXPECT_TRUE(id == "BGMAX-R60" || finds(files, id)) << id;
}

TEST(bgmax_faults, refuse_what_no_file_can_show) {
    const auto refused = [](std::vector<std::string> ids) {
        generate_settings settings = of(1);
        settings.faults = std::move(ids);
        const auto done = generate(settings, [](std::string_view) { ADD_FAILURE() << "bytes of a refused request"; });
        EXPECT_FALSE(done);
        return done ? std::string() : done.error().text;
    };
    for (const char* id : {"BGMAX-R61", "BGMAX-R62", "BGMAX-R63"})
        EXPECT_THAT(refused({id}), ::testing::HasSubstr("earlier imports"));
    EXPECT_THAT(refused({"BGMAX-R99"}), ::testing::HasSubstr("no BgMax rule"));
    EXPECT_THAT(refused({""}), ::testing::HasSubstr("no BgMax rule"));
    EXPECT_THAT(refused({"BGMAX-R01", "BGMAX-R32"}), ::testing::HasSubstr("alone"));
    EXPECT_THAT(refused({"BGMAX-R32", "BGMAX-R02"}), ::testing::HasSubstr("alone"));
}

TEST(bgmax_generator, refuses_settings_beyond_its_bounds) {
    const auto code = [](const generate_settings& settings) {
        const auto done = generate(settings, [](std::string_view) {});
        return done ? std::optional<error_code>() : done.error().code;
    };
    EXPECT_EQ(code(of(max_generated_items + 1)), error_code::invalid_argument);
    generate_settings settings = of(1);
    settings.bad_percent = 101;
    EXPECT_EQ(code(settings), error_code::invalid_argument);
    settings = of(1);
    settings.day = date{std::chrono::year{1996}, std::chrono::December, std::chrono::day{31}};
    EXPECT_EQ(code(settings), error_code::invalid_argument);
    settings.day = date{std::chrono::year{9999}, std::chrono::January, std::chrono::day{1}};
    EXPECT_EQ(code(settings), error_code::invalid_argument);
    settings.day = date{std::chrono::year{1997}, std::chrono::January, std::chrono::day{2}};
    EXPECT_EQ(code(settings), std::nullopt);
}

// Output comes in parts of limited size, so that memory does not grow with the file.
TEST(bgmax_generator, hands_out_limited_parts) {
    std::size_t largest = 0;
    std::size_t parts = 0;
    ASSERT_TRUE(generate(of(50'000), [&](std::string_view part) {
        largest = std::max(largest, part.size());
        ++parts;
    }));
    EXPECT_LT(largest, std::size_t{1} << 20);
    EXPECT_GT(parts, 20u);
}

TEST(bgmax_generator, makes_an_empty_delivery_of_no_payments) {
    EXPECT_THAT(findings_of(read(made(of(0)))), ::testing::ElementsAre("BGMAX-R23 warning 2 1-2"));
}

}  // namespace

}  // namespace brygga::bgmax::testing
