// The example policies, what the law refuses of a policy, and the timelines of the page.
#include <gmock/gmock.h>

#include "mapping/claims/timeline.hpp"
#include "tests/claims/vectors.hpp"

namespace brygga::claims::test {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// As the page calls a step: what its own letter is for stands there too.
step_kind kind_of(const std::string& step, ledger::utility of) {
    static const std::map<std::string, step_kind> names = {
        {"reminder", step_kind::reminder},
        {"reminder pay-by", step_kind::reminder_pay_by},
        {"hand-over", step_kind::hand_over},
        {"direct claim", step_kind::direct_claim},
        {"disconnection letter order", step_kind::demand},
        {"demand for rectification", step_kind::demand},
        {"claim and demand for rectification", step_kind::claim},
        {"letter pay-by", step_kind::rectify_by},
        {"served demand and social board notice sent", step_kind::served_demand},
        {"three weeks end", step_kind::three_weeks_end},
        {"earliest cut", step_kind::cut},
        {"earliest cut (other guards permitting)", step_kind::cut},
        {"earliest limitation", step_kind::limitation},
        {"earliest full cut", step_kind::cut},
    };
    if (step == "rectify by") return of == ledger::utility::RE ? step_kind::claim_pay_by : step_kind::rectify_by;
    if (step.starts_with("served (assumed")) return step_kind::served;
    return names.at(step);
}

class timeline_vector : public ::testing::TestWithParam<vector> {};

TEST_P(timeline_vector, has_the_days_of_the_page) {
    const auto& data = GetParam().data;
    const auto of = ledger::parse_utility(data.at("utility").get<std::string>()).value();
    timeline_question about{.of = of, .due = day_of(data.at("due"))};
    about.is_repeatedly_late = data.value("repeated_late", false);
    std::vector<std::string> expected, got;
    for (const auto& step : data.at("steps")) {
        const std::string name_of_step = step.at("step");
        if (name_of_step == "end") continue;  // no disconnection
        if (const auto at = name_of_step.find("(assumed, "); at != std::string::npos)
            about.days_to_service = name_of_step.at(at + 10) - '0';
        expected.push_back(std::string(name(kind_of(name_of_step, of))) + " " + step.at("date").get<std::string>());
    }
    for (const planned_step& each : timeline(*find_policy(data.at("policy").get<std::string>()), about))
        got.push_back(std::string(name(each.kind)) + " " + format_iso_date(each.day));
    EXPECT_EQ(got, expected);
}

INSTANTIATE_TEST_SUITE_P(page, timeline_vector, ::testing::ValuesIn(vectors_of("timelines")),
                         [](const auto& of) { return of.param.id; });

TEST(timelines, of_forwarded_letters_begin_later) {
    timeline_question about{.of = ledger::utility::EL, .due = day_of("2026-04-30")};
    const date ordinary = timeline(*find_policy("OWN_7_10"), about).front().day;
    about.forwarding_days = 7;
    EXPECT_GE(std::chrono::sys_days(timeline(*find_policy("OWN_7_10"), about).front().day),
              std::chrono::sys_days(ordinary) + std::chrono::days(7))
        << "PRO-R22";
}

TEST(timelines, of_businesses_have_no_service_and_no_social_board) {
    std::vector<step_kind> kinds;
    for (const planned_step& each :
         timeline(*find_policy("OWN_7_10"),
                  {.of = ledger::utility::EL, .category = ledger::customer_category::business, .due = day_of("2026-04-30")}))
        kinds.push_back(each.kind);
    EXPECT_THAT(kinds, ElementsAre(step_kind::reminder, step_kind::reminder_pay_by, step_kind::claim, step_kind::rectify_by,
                                   step_kind::cut));
}

TEST(timelines, of_waste_never_end_in_a_cut) {
    for (const policy& each : example_policies())
        for (const planned_step& step : timeline(each, {.of = ledger::utility::RE, .due = day_of("2026-04-30")}))
            EXPECT_TRUE(step.kind != step_kind::demand && step.kind != step_kind::cut) << each.id;
}

TEST(timelines, tell_where_a_window_overflowed_cl_r17) {
    const auto steps = timeline(*find_policy("VISMA_WINDOW"), {.of = ledger::utility::EL, .due = day_of("2026-03-24")});
    EXPECT_TRUE(steps.front().is_overflow);
    EXPECT_EQ(steps.front().day, day_of("2026-04-07"));
}

TEST(policies, of_the_page_keep_the_law) {
    for (const policy& each : example_policies())
        EXPECT_THAT(faults_of(each, day_of("2026-11-23")), IsEmpty()) << each.id;
    EXPECT_EQ(find_policy("NOBODYS"), nullptr);
}

// The members of the data file, as far as it has them.
void expect_step(const std::optional<step_rule>& got, const nlohmann::json& of, const char* member) {
    if (!of.contains(member)) {
        EXPECT_FALSE(got) << member;
        return;
    }
    const auto& step = of.at(member);
    const bool is_window = step.at("mode") == "window";
    ASSERT_TRUE(got) << member;
    EXPECT_EQ(got->min, step.at(is_window ? "min" : "days").get<int>()) << member;
    EXPECT_EQ(got->max, is_window ? std::optional(step.at("max").get<int>()) : std::nullopt) << member;
}

TEST(policies, are_those_of_the_page) {
    const auto& page = all_vectors().at("policies");
    ASSERT_EQ(page.size(), example_policies().size());
    for (const auto& data : page) {
        const policy& got = *find_policy(data.at("id").get<std::string>());
        SCOPED_TRACE(got.id);
        expect_step(got.reminder, data, "reminder");
        expect_step(got.hand_over, data, "handover");
        expect_step(got.claim, data, "claim");
        if (got.claim) {
            EXPECT_EQ(got.claim_days, data.at("claim").at("response_days"));
        }
        EXPECT_EQ(got.rectification_days, data.value("rectification_days", 14));
        EXPECT_EQ(got.business_rectification_days, data.value("business_rectify_days", 10));
        EXPECT_EQ(got.rectification == rectification_start::with_claim, data.value("claim_is_rectification", false));
        EXPECT_EQ(got.costs_on_next_invoice, data.value("cost_billing", "LETTER") == "NEXT_INVOICE");
        EXPECT_EQ(got.reconnection_security_months, data.value("reconnect_security_months", 0));
        std::map<std::string, std::int64_t> fees;
        for (const auto& [code, ore] : got.fees_ore)
            fees.emplace(name(code), ore);
        EXPECT_EQ(fees, (data.at("fees_ore").get<std::map<std::string, std::int64_t>>()));
        ASSERT_EQ(got.claims_directly.has_value(), data.contains("direct_claim"));
        if (!got.claims_directly) continue;
        EXPECT_EQ(got.claims_directly->late_count, data.at("direct_claim").at("repeat_late_count"));
        EXPECT_EQ(got.claims_directly->months, data.at("direct_claim").at("repeat_late_months"));
    }
}

TEST(policies, that_break_the_law_are_refused_cl_r01) {
    const auto told = [](const auto& change) {
        policy item = *find_policy("OWN_7_10");
        change(item);
        std::vector<std::string> out;
        for (const policy_fault& each : faults_of(item, day_of("2026-11-23")))
            out.push_back(each.parameter + " " + each.value + ": " + each.bound);
        return out;
    };
    EXPECT_THAT(told([](policy& item) { item.claim_days = 7; }), ElementsAre("claim_days 7: at least 8"));
    EXPECT_THAT(told([](policy& item) { item.reminder = step_rule::window(13, 10); }),
                ElementsAre("reminder 13 to 10: min no later than max"));
    EXPECT_THAT(told([](policy& item) { item.fees_ore[fee_code::PAM] = 60'01; }), ElementsAre("PAM 6001: at most 6000"));
    EXPECT_THAT(told([](policy& item) { item.fees_ore[fee_code::ALT] = 1; }), ElementsAre("ALT 1: at most 0"));
    EXPECT_THAT(told([](policy& item) { item.fees_ore[fee_code::INK] = -1; }), ElementsAre("INK -1: at least 0"));
    EXPECT_THAT(told([](policy& item) { item.fibre_access_days = 9; }), ElementsAre("fibre_access_days 9: at least 10"));
    EXPECT_THAT(told([](policy& item) { item.reconnection_security_months = 5; }),
                ElementsAre("reconnection_security_months 5: at most 4"));
    EXPECT_THAT(told([](policy& item) { item.claim.reset(); }), ElementsAre("rectification with the claim: a claim of our own"));
    EXPECT_THAT(told([](policy& item) {
                    item.of.push_back({ledger::utility::RE, item});
                }),
                ElementsAre("RE.rectification for waste: never"));
    EXPECT_THAT(told([](policy& item) {
                    policy own = item;
                    own.claim_days = 5;
                    item.of.push_back({ledger::utility::VA, own});
                }),
                ElementsAre("VA.claim_days 5: at least 8"));
}

}  // namespace

}  // namespace brygga::claims::test
