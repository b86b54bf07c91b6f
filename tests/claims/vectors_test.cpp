// Every vector of the page, as it stands in its data file.
#include "tests/claims/vectors.hpp"

#include <gmock/gmock.h>

#include "mapping/claims/allocation.hpp"
#include "mapping/claims/calendar.hpp"
#include "mapping/claims/fees.hpp"
#include "mapping/claims/interest.hpp"

namespace brygga::claims::test {

namespace {

using nlohmann::json;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

class each_vector : public ::testing::TestWithParam<vector> {
 protected:
    const json& data() { return GetParam().data; }
    const json& input() { return GetParam().data.at("input"); }
    const json& expected() { return GetParam().data.at("expected"); }
};

auto from(const std::string& list) {
    return ::testing::ValuesIn(vectors_of(list));
}

std::string id_of(const ::testing::TestParamInfo<vector>& of) {
    return of.param.id;
}

// ---- dates ----

using date_vector = each_vector;

TEST_P(date_vector, falls_where_it_must) {
    constexpr int grace = 1;
    const std::string function = data().at("function");
    if (function == "window") {
        const auto pick = input().value("pick", "FIRST") == "LAST" ? window_pick::last : window_pick::first;
        const window_day got = in_window(day_of(input().at("anchor")), input().at("min"), input().at("max"), pick);
        EXPECT_EQ(got.day, day_of(expected().at("date")));
        EXPECT_EQ(got.is_overflow, expected().at("result") == "OVERFLOW");
    } else if (function == "offset") {
        EXPECT_EQ(after_days(day_of(input().at("anchor")), input().at("days")), day_of(expected().at("date")));
    } else if (function == "claim_deadline") {
        ASSERT_EQ(input().at("min_bank_days"), 4);
        EXPECT_EQ(claim_deadline(day_of(input().at("sent")), input().at("days"), input().at("receipt_bank_days")),
                  day_of(expected().at("date")));
    } else if (function == "three_weeks" || function == "rectification") {
        const date last = function == "three_weeks" ? three_weeks(day_of(input().at("served")))
                                                    : after_days(day_of(input().at("sent")), input().at("days"));
        EXPECT_EQ(last, day_of(expected().at("last_pay")));
        EXPECT_EQ(cut_day(last, grace), day_of(expected().at("earliest_cut")));
    } else {
        FAIL() << "no function " << function;
    }
}

INSTANTIATE_TEST_SUITE_P(page, date_vector, from("date_vectors"), id_of);

// ---- interest ----

using interest_vector = each_vector;

TEST_P(interest_vector, is_computed_to_the_ore) {
    std::vector<capital_from> capital;
    for (const json& each : data().at("capital"))
        capital.push_back({day_of(each.at("from")), each.at("ore")});
    interest_terms terms;
    const json& options = data().at("options");
    if (options.contains("mode")) terms.count = parse_day_count(options.at("mode").get<std::string>()).value();
    if (options.contains("start")) terms.start = parse_interest_start(options.at("start").get<std::string>()).value();
    if (options.contains("fixed_bp")) terms.agreed_hundredths = options.at("fixed_bp").get<int>();
    const auto got = interest_on(capital, day_of(data().at("due")), day_of(data().at("to")), terms, rate_table::published());
    if (data().contains("expected_error")) {
        ASSERT_FALSE(got);
        EXPECT_THAT(got.error().text, HasSubstr(data().at("expected_error").get<std::string>()));
        EXPECT_THAT(got.error().text, HasSubstr("CL-R03"));
        return;
    }
    ASSERT_TRUE(got) << got.error().text;
    EXPECT_EQ(got->ore, data().at("expected_ore"));
    const json& segments = data().at("segments");
    ASSERT_EQ(got->segments.size(), segments.size());
    std::int64_t sum_ore = 0;
    for (std::size_t i = 0; i != segments.size(); ++i) {
        const interest_segment& each = got->segments[i];
        EXPECT_EQ(each.from, day_of(segments[i].at("from")));
        EXPECT_EQ(each.to, day_of(segments[i].at("to")));
        EXPECT_EQ(each.days, segments[i].at("days"));
        EXPECT_EQ(each.rate_hundredths, segments[i].at("rate_bp"));
        EXPECT_EQ(each.capital_ore, segments[i].at("base_ore"));
        EXPECT_EQ(each.ore, segments[i].at("ore"));
        sum_ore += each.ore;
    }
    EXPECT_EQ(sum_ore, got->ore);
}

INSTANTIATE_TEST_SUITE_P(page, interest_vector, from("interest_vectors"), id_of);

// ---- fees ----

using fee_vector = each_vector;

TEST_P(fee_vector, is_charged_or_refused_by_its_rule) {
    const json& facts = data().at("facts");
    const std::vector<fee_code> reminded(facts.value("earlier_PAM", 0U), fee_code::PAM);
    fee item;
    item.code = parse_fee_code(data().at("code").get<std::string>()).value();
    item.ore = data().at("ore");
    item.day = day_of(data().at("date"));
    item.of = ledger::utility::FV;
    item.is_consumer = facts.value("consumer", true);
    item.is_agreed = facts.value("agreed", false);
    item.claim_is_complete = facts.value("content_ok", true);
    item.is_whole_debt = facts.value("whole_debt", true);
    item.is_performed = facts.value("performed", true);
    item.earlier = reminded;
    EXPECT_THAT(faults_of(item), ElementsAreArray(data().at("violations").get<std::vector<std::string>>()));
}

INSTANTIATE_TEST_SUITE_P(page, fee_vector, from("fee_vectors"), id_of);

TEST(statutory_fees, are_those_of_the_page) {
    for (const json& each : all_vectors().at("fees")) {
        const fee_code code = parse_fee_code(each.at("code").get<std::string>()).value();
        const date from = each.at("from").is_null() ? day_of("2026-01-01") : day_of(each.at("from"));
        EXPECT_EQ(statutory_maximum(code, from), each.at("max_ore").get<std::int64_t>()) << each;
        const date to = each.at("to").is_null() ? from : day_of(each.at("to"));
        EXPECT_EQ(statutory_maximum(code, to), each.at("max_ore").get<std::int64_t>()) << each;
    }
    EXPECT_EQ(statutory_maximum(fee_code::PAM, day_of("2003-06-30")), 0);  // CL-R20: outside of its periods
    EXPECT_EQ(statutory_maximum(fee_code::UPP, day_of("2026-01-01")), std::nullopt);
}

TEST(fees, that_no_vector_speaks_of_are_refused_by_their_rules) {
    const auto faults = [](auto change) {
        fee item{.code = fee_code::OVR, .ore = 100, .day = day_of("2026-06-01"), .of = ledger::utility::EL};
        change(item);
        return faults_of(item);
    };
    using ::testing::ElementsAre;
    using ::testing::IsEmpty;
    EXPECT_THAT(faults([](fee& item) { item.has_reference = false; }), ElementsAre("CL-R28"));
    EXPECT_THAT(faults([](fee&) {}), IsEmpty());
    EXPECT_THAT(faults([](fee& item) { item.code = fee_code::FAK; }), ElementsAre("CL-R29"));
    EXPECT_THAT(faults([](fee& item) {
                    item.code = fee_code::FAK;
                    item.of = ledger::utility::RE;
                }),
                IsEmpty());
    static constexpr std::array charged = {fee_code::FSE};
    EXPECT_THAT(faults([](fee& item) {
                    item.code = fee_code::INK;
                    item.earlier = charged;
                }),
                ElementsAre("CL-R25"));
    static constexpr std::array claimed = {fee_code::INK};
    EXPECT_THAT(faults([](fee& item) {
                    item.code = fee_code::INK;
                    item.earlier = claimed;
                }),
                ElementsAre("CL-R22"));
}

// ---- allocation ----

using allocation_vector = each_vector;

TEST_P(allocation_vector, divides_the_payment) {
    const auto amounts = [](const json& of) { return class_amounts{of.at("fees"), of.at("interest"), of.at("capital")}; };
    std::vector<class_amounts> owed, paid;
    for (const json& each : data().at("claims"))
        owed.push_back(amounts(each));
    for (const json& each : expected())
        paid.push_back(amounts(each));
    paid.resize(owed.size());
    allocation_order order;
    const json& asked = data().at("order");
    if (asked.at("scope") == "CLASS_FIRST") order.scope = allocation_scope::class_first;
    for (std::size_t i = 0; i != order.classes.size(); ++i) {
        const std::string of = asked.at("classes").at(i);
        order.classes[i] = of == "fees" ? debt_class::fees : of == "interest" ? debt_class::interest : debt_class::capital;
    }
    const allocation got = allocate(data().at("payment_ore"), owed, order);
    EXPECT_EQ(got.paid, paid);
    EXPECT_EQ(got.left_ore, data().at("left_for_customer_account_ore"));
}

INSTANTIATE_TEST_SUITE_P(page, allocation_vector, from("allocation_vectors"), id_of);

}  // namespace

}  // namespace brygga::claims::test
