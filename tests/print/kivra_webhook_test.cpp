// Payment events and their signatures: kivra.md sections 3.4 and 7.3, KIV-R14.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/print/kivra/payment_event.hpp"
#include "formats/print/kivra/webhook.hpp"

namespace brygga::kivra {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view secret_7_3 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
constexpr std::string_view other_secret = "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
constexpr std::string_view body_7_3 =
    R"({"id":"3f62fc97-907a-4212-af02-8c30f1ea1927","timestamp":"2026-12-01T00:00:00Z","type":"payment_callback","data":{"content_key":)"
    R"("1796011811a9813e08f783496382b0bff743ec34ae","payment_type":"bank","payment_event":"scheduled","event_time":"2026-12-01T00:00:00Z",)"
    R"("amount":"1234.50","currency":"SEK","remittance_type":"SE_OCR","remittance_string":"7001234504"}})";
constexpr std::string_view signature_7_3 = "v1,NcxOvBl4atkRmNgF6qyYo08RK/X05Ek+FevQa5IPcXA=";
constexpr std::chrono::sys_seconds sent{1796083200s};

const webhook_headers headers_7_3{"3f62fc97-907a-4212-af02-8c30f1ea1927", "1796083200", signature_7_3};

std::vector<webhook_secret> secrets(std::initializer_list<std::string_view> texts) {
    std::vector<webhook_secret> made;
    for (const std::string_view each : texts)
        made.push_back(*webhook_secret::from_text(each));
    return made;
}

webhook_verdict verdict(const webhook_headers& headers, std::string_view body = body_7_3, std::chrono::sys_seconds now = sent) {
    return verify_webhook(headers, body, secrets({secret_7_3}), now);
}

TEST(kivra_webhook, kiv_r14_example_7_3) {
    EXPECT_EQ(body_7_3.size(), 356u);
    EXPECT_EQ(verdict(headers_7_3), webhook_verdict::genuine) << "KIV-R14";
}

TEST(kivra_webhook, kiv_r14_anything_changed) {
    webhook_headers changed = headers_7_3;
    changed.id = "3f62fc97-907a-4212-af02-8c30f1ea1928";
    EXPECT_EQ(verdict(changed), webhook_verdict::wrong_signature) << "KIV-R14";
    changed = headers_7_3;
    changed.timestamp = "1796083201";
    EXPECT_EQ(verdict(changed), webhook_verdict::wrong_signature);
    EXPECT_EQ(verdict(headers_7_3, std::string(body_7_3) + " "), webhook_verdict::wrong_signature);
    EXPECT_EQ(verify_webhook(headers_7_3, body_7_3, secrets({other_secret}), sent), webhook_verdict::wrong_signature);
    EXPECT_EQ(verify_webhook(headers_7_3, body_7_3, {}, sent), webhook_verdict::wrong_signature) << "no secret";
    for (const char* signature :
         {"v1a,NcxOvBl4atkRmNgF6qyYo08RK/X05Ek+FevQa5IPcXA=", "NcxOvBl4atkRmNgF6qyYo08RK/X05Ek+FevQa5IPcXA=", "v1,", "v1,NcxO",
          "v1,NcxOvBl4atkRmNgF6qyYo08RK/X05Ek+FevQa5IPcXA", " "}) {
        changed = headers_7_3;
        changed.signature = signature;
        EXPECT_EQ(verdict(changed), webhook_verdict::wrong_signature) << signature;
    }
}

TEST(kivra_webhook, both_secrets_sign_after_a_change) {
    webhook_headers both = headers_7_3;
    const std::string signature = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1a,xyz  " + std::string(signature_7_3);
    both.signature = signature;
    EXPECT_EQ(verdict(both), webhook_verdict::genuine);
    EXPECT_EQ(verify_webhook(headers_7_3, body_7_3, secrets({other_secret, secret_7_3}), sent), webhook_verdict::genuine);
}

TEST(kivra_webhook, the_clock) {
    EXPECT_EQ(verdict(headers_7_3, body_7_3, sent + 300s), webhook_verdict::genuine);
    EXPECT_EQ(verdict(headers_7_3, body_7_3, sent + 301s), webhook_verdict::too_old);
    EXPECT_EQ(verdict(headers_7_3, body_7_3, sent - 300s), webhook_verdict::genuine);
    EXPECT_EQ(verdict(headers_7_3, body_7_3, sent - 301s), webhook_verdict::too_new);
    EXPECT_EQ(verify_webhook(headers_7_3, body_7_3, secrets({secret_7_3}), sent + 11s, 10s), webhook_verdict::too_old);
    webhook_headers changed = headers_7_3;
    for (const char* timestamp : {"2026-12-01T00:00:00Z", "-1796083200", "1796083200.0", " 1796083200", "99999999999999999999"}) {
        changed.timestamp = timestamp;
        EXPECT_EQ(verdict(changed), webhook_verdict::no_timestamp) << timestamp;
    }
    changed.timestamp = "999999999999999999";
    EXPECT_EQ(verdict(changed), webhook_verdict::too_new);
}

TEST(kivra_webhook, missing_headers) {
    webhook_headers changed = headers_7_3;
    changed.id = "";
    EXPECT_EQ(verdict(changed), webhook_verdict::header_missing);
    changed = headers_7_3;
    changed.signature = "";
    EXPECT_EQ(verdict(changed), webhook_verdict::header_missing);
    EXPECT_EQ(name(webhook_verdict::too_old), "too old");
}

TEST(kivra_webhook, secrets_as_kivra_gives_them) {
    EXPECT_EQ(webhook_secret::from_text(secret_7_3)->bytes().size(), 32u);
    const auto prefixed = secrets({"whsec_" + std::string(secret_7_3)});
    EXPECT_EQ(verify_webhook(headers_7_3, body_7_3, prefixed, sent), webhook_verdict::genuine);
    for (const char* text : {"", "whsec_", "no Base64 at all", "AAECAw"}) {
        const auto read = webhook_secret::from_text(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, error_code::invalid_content);
    }
    EXPECT_THAT(webhook_secret::from_text("TopSecret!").error().text, testing::Not(testing::HasSubstr("TopSecret")));
}

TEST(kivra_event, example_7_3) {
    const auto read = read_payment_event(body_7_3);
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->id, "3f62fc97-907a-4212-af02-8c30f1ea1927");
    EXPECT_EQ(read->timestamp, sent);
    EXPECT_EQ(read->type, event_type::payment_callback);
    EXPECT_EQ(read->content_key, "1796011811a9813e08f783496382b0bff743ec34ae");
    EXPECT_EQ(read->way, payment_way::bank);
    EXPECT_EQ(read->progress, payment_progress::scheduled);
    EXPECT_EQ(read->event_time, sent);
    EXPECT_EQ(read->amount_ore, 123'450);
    EXPECT_EQ(read->currency, "SEK");
    EXPECT_EQ(read->remittance_string, "7001234504");
    EXPECT_EQ(read->pay_date, std::nullopt);
}

std::string changed(std::string_view from, std::string_view to) {
    std::string text(body_7_3);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(kivra_event, other_types) {
    EXPECT_EQ(read_payment_event(changed("payment_callback", "payment_callback_retry"))->type, event_type::payment_callback);
    const auto declined = read_payment_event(
        R"({"id":"e","timestamp":"2026-12-01T01:00:00+01:00","type":"invoice_declined","data":{"content_key":"k","due_date":"2026-12-30",)"
        R"("remittance_type":"SE_OCR","remittance_string":"18","event_time":"2026-12-01T00:00:00","content_type":"invoice.renewal","new":[1]}})");
    ASSERT_TRUE(declined) << declined.error().text;
    EXPECT_EQ(declined->type, event_type::invoice_declined);
    EXPECT_EQ(declined->timestamp, sent);
    EXPECT_EQ(declined->event_time, sent) << "without zone it is UTC";
    EXPECT_EQ(declined->due_date, 2026y / 12 / 30);
    EXPECT_EQ(declined->content_type, "invoice.renewal");
    EXPECT_EQ(declined->amount_ore, std::nullopt);
    const auto unknown =
        read_payment_event(R"({"id":"e","timestamp":"2026-12-01T00:00:00Z","type":"something_new","data":{"a":1}})");
    ASSERT_TRUE(unknown);
    EXPECT_EQ(unknown->type, event_type::unknown);
}

TEST(kivra_event, what_is_told_of_others) {
    const auto told = [](const std::string& text) {
        const auto read = read_payment_event(text);
        return read ? std::string("read") : read.error().text;
    };
    using testing::HasSubstr;
    EXPECT_THAT(told("{"), HasSubstr("no JSON"));
    EXPECT_THAT(told("[]"), HasSubstr("no object"));
    EXPECT_THAT(told(changed("\"id\":\"3f62fc97-907a-4212-af02-8c30f1ea1927\",", "")), HasSubstr("/id is missing"));
    EXPECT_THAT(told(changed("3f62fc97-907a-4212-af02-8c30f1ea1927", "")), HasSubstr("/id is empty"));
    EXPECT_THAT(told(changed("2026-12-01T00:00:00Z", "yesterday")), HasSubstr("/timestamp is no time"));
    EXPECT_THAT(told(changed("\"bank\"", "\"cash\"")), HasSubstr("/data/payment_type is unknown"));
    EXPECT_THAT(told(changed("scheduled", "done")), HasSubstr("/data/payment_event is unknown"));
    EXPECT_THAT(told(changed("\"1234.50\"", "1234.50")), HasSubstr("/data/amount is no text"));
    EXPECT_THAT(told(changed("\"currency\":\"SEK\",", "")), HasSubstr("/data/currency is missing"));
    EXPECT_EQ(read_payment_event(std::string(max_event_bytes + 1, ' ')).error().code, error_code::limit_exceeded);
}

RC_GTEST_PROP(kivra_event_property, a_changed_byte_is_read_or_told, ()) {
    std::string text(body_7_3);
    text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
    const auto read = read_payment_event(text);
    if (!read) {
        RC_ASSERT(!read.error().text.empty());
    }
}

}  // namespace
}  // namespace brygga::kivra
