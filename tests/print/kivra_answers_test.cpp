// Matching, tokens and refusals: kivra.md sections 2.2, 3.2 and 5.2.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/print/kivra/answers.hpp"
#include "formats/print/kivra/match.hpp"

namespace brygga::kivra {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(kivra_match, lists) {
    EXPECT_EQ(path_of(match_kind::ssn), "usermatch/ssn");
    EXPECT_EQ(path_of(match_kind::verified_email), "usermatch/verified_email");
    EXPECT_EQ(path_of(match_kind::vat_number), "companymatch/vatnr");
    const std::vector<match_candidate> candidates = {
        {"191212121212"}, {"200001252386", true}, {"198112289874"}, {"191212121212"}};
    const auto made = match_requests_for(candidates);
    ASSERT_TRUE(made);
    ASSERT_EQ(made->requests.size(), 1u);
    EXPECT_EQ(made->requests[0].json, R"({"list":["191212121212","198112289874"]})");
    EXPECT_THAT(made->requests[0].asked, ElementsAre("191212121212", "198112289874"));
    EXPECT_EQ(made->withheld, 1u) << "KIV-R01";
}

TEST(kivra_match, nobody_to_ask_for) {
    const std::vector<match_candidate> candidates = {{"200001252386", true}};
    const auto made = match_requests_for(candidates);
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->requests.empty());
    EXPECT_EQ(made->withheld, 1u);
}

TEST(kivra_match, lists_are_cut_at_the_limits) {
    const std::vector<match_candidate> candidates = {{"1"}, {"2"}, {"3"}, {"4"}, {"5"}};
    const auto by_number = match_requests_for(candidates, {1000, 2});
    ASSERT_EQ(by_number->requests.size(), 3u);
    EXPECT_EQ(by_number->requests[2].json, R"({"list":["5"]})");
    const std::string_view two = R"({"list":["1","2"]})";
    const auto by_bytes = match_requests_for(candidates, {two.size(), 100});
    ASSERT_EQ(by_bytes->requests.size(), 3u);
    EXPECT_EQ(by_bytes->requests[0].json, two);
    EXPECT_EQ(match_requests_for(candidates, {two.size() - 1, 100})->requests.size(), 5u);
    EXPECT_EQ(match_requests_for(candidates, {10, 100}).error().code, error_code::invalid_argument);
    const std::vector<match_candidate> no_text = {{"\xFF"}};
    EXPECT_EQ(match_requests_for(no_text).error().code, error_code::invalid_argument);
}

TEST(kivra_match, a_list_of_half_a_million_fits) {
    std::vector<match_candidate> candidates;
    for (int i = 0; i < 500'000; ++i)
        candidates.push_back({std::to_string(190000000000 + i)});
    const auto made = match_requests_for(candidates);
    ASSERT_EQ(made->requests.size(), 1u);
    EXPECT_LE(made->requests[0].json.size(), 10'000'000u);
}

TEST(kivra_match, answers) {
    const std::vector<std::string> asked = {"191212121212", "198112289874", "196408233234"};
    EXPECT_THAT(*read_match_answer(R"({"list":["196408233234","191212121212","191212121212"]})", asked),
                ElementsAre("191212121212", "196408233234"));
    EXPECT_TRUE(read_match_answer(R"({"list":[]})", asked)->empty());
    for (const char* text : {"", "[]", "{}", R"({"list":{}})", R"({"list":[1]})", R"({"list":["197010632391"]})"}) {
        const auto read = read_match_answer(text, asked);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, error_code::invalid_content);
        EXPECT_THAT(read.error().text, testing::Not(HasSubstr("1970")));
    }
}

TEST(kivra_token, form_and_answer) {
    EXPECT_EQ(token_form(), "grant_type=client_credentials");
    EXPECT_EQ(token_form("post:kivra.v1.tenant.1.content"),
              "grant_type=client_credentials&scope=post%3Akivra.v1.tenant.1.content");
    const auto read = read_token(R"({"state":"","access_token":"abc.DEF","expires_in":28800,"scope":"x","token_type":"bearer"})");
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->text, "abc.DEF");
    EXPECT_EQ(read->expires_in, std::chrono::hours(8));
    for (const char* text :
         {"", "{}", R"({"access_token":"a"})", R"({"access_token":"","expires_in":1})", R"({"access_token":"a","expires_in":-1})",
          R"({"access_token":"a","expires_in":"1"})", R"({"access_token":"a\nHost: b","expires_in":1})"}) {
        const auto bad = read_token(text);
        ASSERT_FALSE(bad) << text;
        EXPECT_EQ(bad.error().code, error_code::invalid_content);
    }
    EXPECT_THAT(read_token(R"({"access_token":"secret one","expires_in":1})").error().text,
                testing::Not(HasSubstr("secret one")));
}

TEST(kivra_answers, keys) {
    EXPECT_TRUE(is_object_key("1796011811a9813e08f783496382b0bff743ec34ae"));
    for (const char* text : {"", "1796011811a9813e08f783496382b0bff743ec34a", "1796011811a9813e08f783496382b0bff743ec34aef",
                             "1796011811A9813e08f783496382b0bff743ec34ae", "179601181xa9813e08f783496382b0bff743ec34ae"})
        EXPECT_FALSE(is_object_key(text)) << text;
}

TEST(kivra_answers, what_became_of_content) {
    const std::string key = "1796011811a9813e08f783496382b0bff743ec34ae";
    EXPECT_EQ(judge({key, false}), delivery::delivered);
    EXPECT_EQ(judge({key, true}), delivery::retained) << "KIV-R12";
    EXPECT_EQ(judge({"", false}), delivery::sent_unconfirmed) << "KIV-R13";
    EXPECT_EQ(judge({"something else", true}), delivery::sent_unconfirmed) << "KIV-R13";
    EXPECT_EQ(name(delivery::sent_unconfirmed), "SENT_UNCONFIRMED");
}

TEST(kivra_errors, codes_as_numbers_and_as_texts) {
    EXPECT_EQ(read_refusal(400, R"({"code":40044,"short_message":"x"})", "").what_to_do, action::fix);
    EXPECT_EQ(read_refusal(400, R"({"code":"40044"})", "").code, 40044);
    EXPECT_EQ(read_refusal(400, "<html>", "40032").what_to_do, action::print) << "the header repeats it";
    EXPECT_EQ(read_refusal(400, R"({"code":40044})", "40032").code, 40044);
    for (const char* body : {"", "[]", "{}", R"({"code":-40044})", R"({"code":4})", R"({"code":"4004x"})", R"({"code":true})"})
        EXPECT_EQ(read_refusal(503, body, "").code, 50300) << body;
    EXPECT_EQ(read_refusal(503, "", "").what_to_do, action::retry);
}

TEST(kivra_errors, what_a_sender_does) {
    const std::pair<int, action> table[] = {
        {40000, action::fix},   {40003, action::conf},       {40015, action::auth},  {40032, action::print},
        {40036, action::hold},  {40100, action::auth},       {40105, action::print}, {40110, action::conf},
        {40319, action::hold},  {40400, action::ask_tenant}, {40800, action::retry}, {40915, action::conf},
        {41000, action::hold},  {41300, action::print},      {42217, action::retry}, {42221, action::fix},
        {42900, action::retry}, {50000, action::retry},      {50400, action::retry},
    };
    for (const auto& [code, what] : table)
        EXPECT_EQ(error_of(code).what_to_do, what) << code;
    EXPECT_EQ(error_of(42900).wait, std::chrono::seconds(60));
    EXPECT_TRUE(error_of(50400).outcome_unknown);
    EXPECT_FALSE(error_of(50000).outcome_unknown);
}

TEST(kivra_errors, any_other_code) {
    EXPECT_EQ(error_of(49999).what_to_do, action::hold);
    EXPECT_EQ(error_of(49999).code, 49999);
    EXPECT_EQ(error_of(59999).what_to_do, action::retry);
    EXPECT_EQ(error_of(40310).what_to_do, action::hold) << "published, without an action of its own";
    EXPECT_EQ(error_of(50302).what_to_do, action::retry);
}

TEST(kivra_errors, each_published_code_has_a_meaning_and_a_status) {
    std::set<int> codes;
    for (const error_info& each : known_errors()) {
        EXPECT_TRUE(codes.insert(each.code).second) << each.code;
        EXPECT_FALSE(each.meaning.empty()) << each.code;
        EXPECT_TRUE(each.code == 20010 || (each.code >= 40000 && each.code < 60000)) << each.code;
        EXPECT_EQ(error_of(each.code).meaning, each.meaning);
        if (each.code >= 50000) {
            EXPECT_EQ(each.what_to_do, action::retry) << each.code;
        }
    }
    EXPECT_EQ(codes.size(), 191u);
    EXPECT_EQ(name(action::hold), "HOLD");
}

}  // namespace
}  // namespace brygga::kivra
