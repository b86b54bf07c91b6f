// The client of Kivra against a double over TLS: kivra.md sections 2 to 5, KIV-R10 and KIV-R11.
#include "connectors/kivra/client.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/transfer/tcp.hpp"
#include "tests/kivra/kivra_double.hpp"
#include "tests/print/kivra_samples.hpp"

namespace brygga::kivra::test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class kivra_client : public testing::Test {
 protected:
    std::chrono::sys_seconds now_{1796083200s};
    kivra_double kivra_{[this] { return now_; }};

    client made(std::chrono::milliseconds within = 10s) {
        client_settings with = kivra_.settings();
        with.answer_within = within;
        return client(with, [this] { return now_; });
    }
    static job letter() {
        job made;
        made.json = *write_content(sample_invoice());
        return made;
    }
    long count(const std::string& request) const {
        const auto all = kivra_.requests();
        return std::count(all.begin(), all.end(), request);
    }
    void refuse(const std::string& path, int code, int times = 1, std::string retry_after = {}) {
        kivra_.plan({path, trouble::refuses, code / 100, fmt::format("{{\"code\":{}}}", code), std::move(retry_after), times});
    }
};

TEST_F(kivra_client, matches_as_sets_and_withholds_the_protected) {
    client kivra = made();
    const std::vector<match_candidate> candidates = {{"198112289874"}, {"200001252386", true}, {"191212121212"}};
    const auto found = kivra.match(match_kind::ssn, candidates);
    ASSERT_TRUE(found) << found.error().text;
    EXPECT_THAT(found->matched, ElementsAre("191212121212"));
    EXPECT_EQ(found->asked, 2u);
    EXPECT_EQ(found->withheld, 1u) << "KIV-R01";
    EXPECT_EQ(found->at, now_);
    EXPECT_THAT(kivra_.requests(), ElementsAre("POST /v1/auth", "POST /v2/tenant/" + std::string(tenant) + "/usermatch/ssn"));
}

TEST_F(kivra_client, matches_in_batches) {
    client_settings with = kivra_.settings();
    with.matches.identifiers = 2;
    client kivra(with, [this] { return now_; });
    const std::vector<match_candidate> candidates = {{"SE556000461501"}, {"SE556047352101"}, {"SE202100548901"}};
    const auto found = kivra.match(match_kind::vat_number, candidates);
    ASSERT_TRUE(found) << found.error().text;
    EXPECT_THAT(found->matched, ElementsAre("SE556000461501"));
    EXPECT_EQ(count("POST /v2/tenant/" + std::string(tenant) + "/companymatch/vatnr"), 2);
    EXPECT_EQ(count("POST /v1/auth"), 1) << "one token for all";
}

TEST_F(kivra_client, delivers) {
    client kivra = made();
    job what = letter();
    const auto sent = kivra.send(what);
    ASSERT_TRUE(sent) << sent.error().text;
    EXPECT_EQ(sent->outcome, delivery::delivered);
    EXPECT_EQ(sent->object_key.size(), 42u);
    EXPECT_THAT(sent->correlation_id, testing::StartsWith("corr-"));
    EXPECT_EQ(what.sha256.size(), 64u);
    ASSERT_EQ(kivra_.delivered().size(), 1u);
    EXPECT_EQ(kivra_.delivered()[0].recipient, "191212121212");
}

TEST_F(kivra_client, answers_that_are_no_delivery) {
    client kivra = made();
    kivra_.plan({"/content", trouble::no_key});
    job what = letter();
    const auto unconfirmed = kivra.send(what);
    ASSERT_TRUE(unconfirmed);
    EXPECT_EQ(unconfirmed->outcome, delivery::sent_unconfirmed) << "KIV-R13";
    EXPECT_FALSE(unconfirmed->correlation_id.empty());
    kivra_.plan({"/content", trouble::retains});
    EXPECT_EQ(kivra.send(what)->outcome, delivery::retained) << "KIV-R12";
}

TEST_F(kivra_client, a_token_is_renewed_at_nine_tenths_of_its_life) {
    client kivra = made();
    job what = letter();
    ASSERT_TRUE(kivra.send(what));
    now_ += 25'919s;
    ASSERT_TRUE(kivra.send(what));
    EXPECT_EQ(count("POST /v1/auth"), 1);
    now_ += 1s;
    ASSERT_TRUE(kivra.send(what));
    EXPECT_EQ(count("POST /v1/auth"), 2);
}

TEST_F(kivra_client, a_token_that_is_refused_is_renewed_once) {
    client kivra = made();
    job what = letter();
    ASSERT_TRUE(kivra.send(what));
    kivra_.revoke_tokens();
    ASSERT_TRUE(kivra.send(what));
    EXPECT_EQ(count("POST /v1/auth"), 2);
    refuse("/content", 40015, 2);
    const auto failed = kivra.send(what);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().what_to_do, action::auth) << "a code of 400 as well";
    EXPECT_EQ(failed.error().code, 40015);
    EXPECT_EQ(count("POST /v1/auth"), 3);
}

TEST_F(kivra_client, a_login_that_is_refused) {
    client_settings with = kivra_.settings();
    with.client_secret = "wrong-secret";
    client kivra(with, [this] { return now_; });
    job what = letter();
    const auto failed = kivra.send(what);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().what_to_do, action::auth);
    EXPECT_EQ(failed.error().code, 40104);
    EXPECT_FALSE(failed.error().outcome_unknown);
    EXPECT_THAT(failed.error().text, Not(HasSubstr("wrong-secret")));
    EXPECT_EQ(what.attempts, 0u);
}

TEST_F(kivra_client, errors_become_what_to_do) {
    const std::pair<int, action> table[] = {{40044, action::fix},  {40032, action::print}, {40101, action::conf},
                                            {40319, action::hold}, {40105, action::print}, {49999, action::hold}};
    client kivra = made();
    for (const auto& [code, what_to_do] : table) {
        job what = letter();
        refuse("/content", code, 2);
        const auto failed = kivra.send(what);
        ASSERT_FALSE(failed) << code;
        EXPECT_EQ(failed.error().what_to_do, what_to_do) << code;
        EXPECT_EQ(failed.error().code, code);
        EXPECT_EQ(failed.error().due, std::nullopt);
        // A token that may be why is renewed, and the second refusal used up; otherwise one is left over.
        if (code != 40101) {
            EXPECT_FALSE(kivra.send(what));
        }
    }
    EXPECT_TRUE(kivra_.delivered().empty());
}

TEST_F(kivra_client, what_kivra_writes_is_in_no_text) {
    client kivra = made();
    kivra_.codes_as_text = true;
    kivra_.mailboxes.clear();
    job what = letter();
    const auto failed = kivra.send(what);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, 40400) << "a code as text";
    EXPECT_THAT(failed.error().text, Not(HasSubstr("1212")));
    EXPECT_THAT(failed.error().text, Not(HasSubstr("Anna")));
}

TEST_F(kivra_client, not_found_is_the_recipient_or_the_tenant) {
    kivra_.mailboxes.clear();
    client kivra = made();
    job what = letter();
    EXPECT_EQ(kivra.send(what).error().what_to_do, action::print) << "the tenant is there";
    EXPECT_EQ(count("GET /v2/tenant/" + std::string(tenant)), 1);
    client_settings with = kivra_.settings();
    with.tenant_key.back() = '0';
    client other(with, [this] { return now_; });
    EXPECT_EQ(other.send(what).error().what_to_do, action::conf);
    const std::vector<match_candidate> candidates = {{"191212121212"}};
    EXPECT_EQ(other.match(match_kind::ssn, candidates).error().what_to_do, action::conf);
}

TEST_F(kivra_client, kiv_r11_an_unknown_outcome_is_repeated_five_times_and_held) {
    client kivra = made(150ms);
    kivra_.plan({"/content", trouble::hangs, 0, {}, {}, 6});
    job what = letter();
    for (const std::chrono::seconds pause : {1s, 5s, 30s, 120s, 600s}) {
        const auto failed = kivra.send(what);
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().what_to_do, action::retry);
        EXPECT_TRUE(failed.error().outcome_unknown) << "KIV-R11";
        EXPECT_EQ(failed.error().due, now_ + pause);
        now_ = *failed.error().due;
    }
    const auto held = kivra.send(what);
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().what_to_do, action::hold) << "KIV-R11";
    EXPECT_TRUE(held.error().outcome_unknown);
    EXPECT_EQ(held.error().due, std::nullopt);
    EXPECT_THAT(held.error().text, HasSubstr("KIV-R11"));
    EXPECT_EQ(kivra.send(what).error().what_to_do, action::hold) << "and not asked again";
    EXPECT_EQ(count("POST /v2/tenant/" + std::string(tenant) + "/content"), 6);
}

TEST_F(kivra_client, kiv_r10_a_repeat_is_delivered_once) {
    client kivra = made();
    kivra_.plan({"/content", trouble::half_answer});
    job what = letter();
    const auto cut = kivra.send(what);
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().what_to_do, action::retry);
    EXPECT_TRUE(cut.error().outcome_unknown);
    const auto sent = kivra.send(what);
    ASSERT_TRUE(sent) << sent.error().text;
    EXPECT_EQ(sent->outcome, delivery::delivered);
    ASSERT_EQ(kivra_.delivered().size(), 1u) << "KIV-R10";
    EXPECT_EQ(kivra_.delivered()[0].times, 2);
}

TEST_F(kivra_client, kiv_r10_other_bytes_are_not_sent) {
    client kivra = made();
    refuse("/content", 50000);
    job what = letter();
    EXPECT_EQ(kivra.send(what).error().what_to_do, action::retry);
    content other = sample_invoice();
    other.subject = "Faktura december 2026";
    what.json = *write_content(other);
    const auto failed = kivra.send(what);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().what_to_do, action::hold);
    EXPECT_THAT(failed.error().text, HasSubstr("KIV-R10"));
    EXPECT_TRUE(kivra_.delivered().empty());
}

TEST_F(kivra_client, what_may_have_been_taken_is_never_printed) {
    client kivra = made();
    job what = letter();
    kivra_.plan({"/content", trouble::half_answer});
    ASSERT_FALSE(kivra.send(what));
    refuse("/content", 40032);
    const auto failed = kivra.send(what);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().what_to_do, action::hold) << "KIV-R11: paper would be a second letter";
    EXPECT_TRUE(failed.error().outcome_unknown);
}

TEST_F(kivra_client, failures_of_the_server) {
    client kivra = made();
    job what = letter();
    refuse("/content", 50300);
    const auto busy = kivra.send(what);
    EXPECT_EQ(busy.error().what_to_do, action::retry);
    EXPECT_EQ(busy.error().due, now_ + 1s);
    EXPECT_FALSE(busy.error().outcome_unknown);
    refuse("/content", 50400);
    const auto gateway = kivra.send(what);
    EXPECT_EQ(gateway.error().due, now_ + 1s) << "the first whose outcome is unknown";
    EXPECT_TRUE(gateway.error().outcome_unknown);
    kivra_.plan({"/content", trouble::refuses, 502, "<html>Bad gateway</html>"});
    EXPECT_EQ(kivra.send(what).error().code, 50200);
    EXPECT_EQ(what.attempts, 2u);
    EXPECT_TRUE(kivra.send(what));
}

TEST_F(kivra_client, an_hour_without_kivra_holds_nothing) {
    client kivra = made();
    job what = letter();
    for (int i = 0; i != 10; ++i) {
        refuse("/content", 50300);
        const auto failed = kivra.send(what);
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().what_to_do, action::retry) << i;
        ASSERT_TRUE(failed.error().due);
        EXPECT_LE(*failed.error().due, now_ + 600s);
        now_ = *failed.error().due;
    }
    const auto sent = kivra.send(what);
    ASSERT_TRUE(sent) << sent.error().text;
    EXPECT_EQ(sent->outcome, delivery::delivered);
}

TEST_F(kivra_client, kiv_r11_repeats_are_counted_from_the_first_unknown_outcome) {
    client kivra = made();
    job what = letter();
    for (int i = 0; i != 10; ++i) {
        refuse("/content", 50300);
        ASSERT_FALSE(kivra.send(what));
    }
    for (const std::chrono::seconds pause : {1s, 5s, 30s, 120s, 600s}) {
        refuse("/content", 50400);
        const auto failed = kivra.send(what);
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().what_to_do, action::retry) << "KIV-R11";
        EXPECT_EQ(failed.error().due, now_ + pause);
    }
    refuse("/content", 50300);
    EXPECT_EQ(kivra.send(what).error().what_to_do, action::hold) << "KIV-R11: it may have been taken, whatever is said now";
}

TEST_F(kivra_client, too_many_requests) {
    client kivra = made();
    job what = letter();
    refuse("/content", 42900);
    EXPECT_EQ(kivra.send(what).error().due, now_ + 60s);
    refuse("/content", 42900, 1, "7");
    EXPECT_EQ(kivra.send(what).error().due, now_ + 7s);
    refuse("/content", 42900, 1, "Tue, 01 Dec 2026 00:02:00 GMT");
    EXPECT_EQ(kivra.send(what).error().due, now_ + 120s);
}

TEST_F(kivra_client, fifty_contents_a_minute_to_one_recipient) {
    client kivra = made();
    for (int i = 0; i < 50; ++i) {
        job what = letter();
        ASSERT_TRUE(kivra.send(what)) << i;
    }
    const auto first = now_;
    now_ += 20s;
    job more = letter();
    const auto waits = kivra.send(more);
    ASSERT_FALSE(waits);
    EXPECT_EQ(waits.error().what_to_do, action::retry);
    EXPECT_EQ(waits.error().due, first + 60s);
    EXPECT_EQ(more.attempts, 0u) << "Kivra was not asked";
    job another;
    content to_company = sample_invoice();
    to_company.to = {"", "", "SE556000461501"};
    another.json = *write_content(to_company);
    EXPECT_TRUE(kivra.send(another));
    now_ = first + 60s;
    EXPECT_TRUE(kivra.send(more));
}

TEST_F(kivra_client, the_double_refuses_what_the_client_should_not_send) {
    kivra_.contents_in_a_minute = 1;
    client kivra = made();
    job what = letter();
    ASSERT_TRUE(kivra.send(what));
    EXPECT_EQ(kivra.send(what).error().code, 42900);
}

TEST_F(kivra_client, kiv_r07_too_large_is_printed_without_asking) {
    client kivra = made();
    content large = sample_invoice();
    large.parts[0].bytes.assign(750'000, 'x');
    job what;
    what.json = *write_content(large);
    const auto failed = kivra.send(what);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().what_to_do, action::print) << "KIV-R07";
    EXPECT_TRUE(kivra_.requests().empty());
    large.parts[0].bytes.assign(max_pdf_bytes, 'x');
    what = {};
    what.json = *write_content(large);
    EXPECT_TRUE(kivra.send(what));
}

TEST_F(kivra_client, a_text_that_is_no_content_is_not_sent) {
    client kivra = made();
    job what;
    what.json = R"({"ssn":"191212121212"})";
    EXPECT_EQ(kivra.send(what).error().what_to_do, action::fix);
    EXPECT_TRUE(kivra_.requests().empty());
}

TEST_F(kivra_client, nobody_there) {
    client_settings with = kivra_.settings();
    with.url = "https://127.0.0.1:1";
    client kivra(with, [this] { return now_; });
    job what = letter();
    const auto failed = kivra.send(what);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().what_to_do, action::retry);
    EXPECT_FALSE(failed.error().outcome_unknown) << "nothing was sent";
    EXPECT_EQ(failed.error().due, now_ + 1s);
}

TEST_F(kivra_client, a_server_that_nobody_vouches_for) {
    client_settings with = kivra_.settings();
    with.ca_file.clear();
    client kivra(with, [this] { return now_; });
    job what = letter();
    const auto failed = kivra.send(what);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().what_to_do, action::conf);
    EXPECT_THAT(failed.error().text, HasSubstr("certificate"));
    EXPECT_TRUE(kivra_.requests().empty());
}

TEST_F(kivra_client, answers_to_a_match_that_are_none) {
    client kivra = made();
    const std::vector<match_candidate> candidates = {{"191212121212"}};
    kivra_.plan({"/usermatch/ssn", trouble::refuses, 200, R"({"list":["198112289874"]})"});
    EXPECT_EQ(kivra.match(match_kind::ssn, candidates).error().what_to_do, action::hold);
    kivra_.plan({"/usermatch/ssn", trouble::refuses, 201, R"({"list":["191212121212"]})"});
    EXPECT_TRUE(kivra.match(match_kind::ssn, candidates)) << "any 2xx";
    refuse("/usermatch/ssn", 50300);
    const auto busy = kivra.match(match_kind::ssn, candidates);
    EXPECT_EQ(busy.error().what_to_do, action::retry);
    EXPECT_FALSE(busy.error().outcome_unknown);
    EXPECT_TRUE(kivra.match(match_kind::ssn, {}));
}

TEST(kivra_pauses, kiv_r11) {
    EXPECT_EQ(pause_after(0), 0s);
    EXPECT_EQ(pause_after(1), 1s);
    EXPECT_EQ(pause_after(5), 600s);
    EXPECT_EQ(pause_after(6), std::nullopt);
}

TEST(kivra_pauses, retry_after) {
    const std::chrono::sys_seconds now(1796083200s);
    EXPECT_EQ(read_retry_after("0", now), 0s);
    EXPECT_EQ(read_retry_after("120", now), 120s);
    EXPECT_EQ(read_retry_after("99999999999999999999", now), 86'400s);
    EXPECT_EQ(read_retry_after("Mon, 30 Nov 2026 00:00:00 GMT", now), 0s) << "in the past";
    EXPECT_EQ(read_retry_after("", now), std::nullopt);
    EXPECT_EQ(read_retry_after("soon", now), std::nullopt);
}

}  // namespace
}  // namespace brygga::kivra::test
