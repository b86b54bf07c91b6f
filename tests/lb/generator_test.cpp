// Generated files: the same bytes for the same settings, no finding but those asked for.
#include "formats/bankgirot/supplier_payment/generator.hpp"

#include <gmock/gmock.h>

#include "formats/bankgirot/supplier_payment/faults.hpp"
#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

namespace {

std::string made(const generate_settings& settings) {
    std::string out;
    const auto done = generate(settings, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(done) << done.error().text;
    return out;
}

generate_settings of(std::uint64_t count, std::uint64_t seed = 1) {
    generate_settings out;
    out.seed = seed;
    out.count = count;
    return out;
}

generate_settings with_faults(std::vector<std::string> ids) {
    generate_settings out = of(4);
    out.faults = std::move(ids);
    return out;
}

TEST(lb_generator, makes_files_without_findings) {
    for (const std::uint64_t count : {1u, 2u, 10u, 31'000u}) {
        const std::string bytes = made(of(count, count));
        const logical_file file = read(bytes);
        EXPECT_TRUE(findings_of(file).empty());
        EXPECT_EQ(file.totals.payments + file.totals.deductions, count);
        EXPECT_EQ(bytes, made(of(count, count)));
    }
    EXPECT_NE(made(of(5, 1)), made(of(5, 2)));
}

TEST(lb_generator, gives_a_bad_item_one_warning) {
    generate_settings settings = of(200);
    settings.bad_percent = 25;
    const logical_file file = read(made(settings));
    EXPECT_EQ(file.findings.total(), 50u);
    EXPECT_EQ(file.findings.count(severity::warning), 50u);
}

TEST(lb_generator, breaks_each_rule_that_it_is_asked_to_break) {
    std::vector<std::string> all;
    for (const fault_info& each : faults()) {
        SCOPED_TRACE(info(each.broken).id);
        const std::string id(info(each.broken).id);
        EXPECT_GE(read(made(with_faults({id}))).findings.count(static_cast<std::size_t>(each.broken)), 1u);
        EXPECT_FALSE(each.what.empty());
        all.push_back(id);
    }
    const logical_file file = read(made(with_faults(all)));
    for (const fault_info& each : faults())
        EXPECT_GE(file.findings.count(static_cast<std::size_t>(each.broken)), 1u) << info(each.broken).id;
}

TEST(lb_generator, refuses_what_it_cannot_make) {
    const auto refusal_of = [](const generate_settings& settings) {
        const auto done = generate(settings, [](std::string_view) {});
        return done ? std::string("nothing") : std::string(name(done.error().code));
    };
    const auto when = [](const auto& change) {
        generate_settings out = of(4);
        change(out);
        return out;
    };
    EXPECT_EQ(refusal_of(with_faults({"LB-R11"})), "invalid argument");
    EXPECT_EQ(refusal_of(with_faults({"LB-R99"})), "invalid argument");
    EXPECT_EQ(refusal_of(of(max_generated_items + 1)), "limit exceeded");
    EXPECT_EQ(refusal_of(of(0)), "invalid argument");
    EXPECT_EQ(refusal_of(when([](auto& each) { each.bad_percent = 101; })), "invalid argument");
    EXPECT_EQ(refusal_of(when([](auto& each) { each.receivers = {"123"}; })), "invalid argument");
    EXPECT_EQ(refusal_of(when([](auto& each) { each.receivers = {"5050-1055"}; })), "nothing");
    const auto day_of = [](int year, std::chrono::month month, unsigned day) {
        return date{std::chrono::year{year}, month, std::chrono::day{day}};
    };
    EXPECT_EQ(refusal_of(when([&](auto& each) { each.day = day_of(2068, std::chrono::December, 28); })), "nothing");
    EXPECT_EQ(refusal_of(when([&](auto& each) { each.day = day_of(2069, std::chrono::January, 2); })), "invalid argument");
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
