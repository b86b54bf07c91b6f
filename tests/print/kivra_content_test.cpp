// Content for Kivra: kivra.md section 3.3, and the examples 7.1 and 7.2.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "formats/core/base64.hpp"
#include "formats/print/kivra/content.hpp"
#include "formats/print/kivra/routing.hpp"
#include "formats/print/kivra/types.hpp"
#include "tests/core/generators.hpp"
#include "tests/print/kivra_samples.hpp"

namespace brygga::kivra {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// As the page has it, its line ends and the blanks behind them left out: no value of it holds either.
constexpr std::string_view example_7_1 =
    R"({"ssn":"191212121212","subject":"Faktura november 2026","generated_at":"2026-11-30","type":"invoice",)"
    R"("parts":[{"name":"Faktura_70012345.pdf","data":"JVBERi0xLjcgZXhhbXBsZSBEMDAwMDAwMQ==","content_type":"application/pdf"}],)"
    R"("payment_multiple_options":{"payable":true,"currency":"SEK","method":"1","account":"5989-2810",)"
    R"("options":[{"due_date":"2026-12-30","amount":"1234.50","type":"SE_OCR","reference":"7001234504"}]}})";

constexpr std::string_view example_7_2 =
    R"("options":[{"due_date":"2026-12-30","amount":"1234.50","type":"SE_OCR","reference":"7001234504","title":"Hela beloppet"},)"
    R"({"due_date":"2026-12-30","amount":"411.50","type":"SE_OCR","reference":"7001234504","title":"Delbetalning 1 av 3"}])";

TEST(kivra_content, example_7_1) {
    EXPECT_EQ(write_content(sample_invoice()), example_7_1);
    const auto read = read_content(example_7_1);
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(*read, sample_invoice());
}

TEST(kivra_content, example_7_2) {
    content made = sample_invoice();
    made.payment->options[0].title = "Hela beloppet";
    made.payment->options.push_back({2026y / 12 / 30, 41'150, reference_type::se_ocr, "7001234504", "Delbetalning 1 av 3", ""});
    const auto text = write_content(made);
    ASSERT_TRUE(text);
    EXPECT_THAT(*text, HasSubstr(std::string(example_7_2)));
    EXPECT_EQ(read_content(*text), made);
}

TEST(kivra_content, to_a_company_on_a_plusgiro_number_with_a_free_amount) {
    content made = sample_invoice();
    made.to = {};
    made.to.vat_number = "SE556000461501";
    made.generated_at.reset();
    made.payment->method = giro::plusgiro;
    made.payment->account = "1234566";
    made.payment->swish_alias = "disable";
    made.payment->flexible =
        flexible_option{2026y / 12 / 30, reference_type::tenant_ref, "A-1", "Valfritt", "Minst 100 kr", 10'000, {}, 50'000, {}};
    const auto text = write_content(made);
    ASSERT_TRUE(text);
    EXPECT_THAT(*text, testing::StartsWith(R"({"vat_number":"SE556000461501","subject":)"));
    EXPECT_THAT(*text, HasSubstr(R"("method":"2","account":"123456-6","swish_alias":"disable","options":[)"));
    EXPECT_THAT(
        *text, HasSubstr(R"("flexible_option":{"due_date":"2026-12-30","type":"TENANT_REF","reference":"A-1","title":"Valfritt",)"
                         R"("description":"Minst 100 kr","min_limit":"100.00","max_suggested":"500.00"}})"));
    EXPECT_EQ(read_content(*text), made);
}

TEST(kivra_content, retained) {
    content made = sample_letter();
    made.type = content_type::letter_creditnotice;
    made.retain = retention::days_390;
    EXPECT_THAT(*write_content(made), HasSubstr(R"("type":"letter.creditnotice","retain":true,"retention_time":"390")"));
    EXPECT_EQ(read_content(*write_content(made)), made);
    made.retain = retention::days_30;
    EXPECT_EQ(read_content(*write_content(made)), made);
}

TEST(kivra_content, what_has_no_json) {
    content made = sample_invoice();
    made.to.email = "anna@example.com";
    EXPECT_THAT(write_content(made).error().text, HasSubstr("KIV-R04"));
    made.to = {};
    EXPECT_EQ(write_content(made).error().code, error_code::invalid_argument);
    made = sample_invoice();
    made.subject = "Faktura \xFF";
    EXPECT_EQ(write_content(made).error().code, error_code::invalid_argument);
    made = sample_invoice();
    made.type = content_type::accounting_invoice;
    EXPECT_EQ(write_content(made).error().code, error_code::invalid_argument);
}

struct bad_json {
    const char* from;
    const char* to;
    const char* told;
};

TEST(kivra_content, what_is_told_of_json_that_is_another) {
    const bad_json table[] = {
        {R"("ssn":"191212121212",)", "", "exactly one"},
        {R"("ssn":"191212121212",)", R"("ssn":"191212121212","email":"a@example.com",)", "exactly one"},
        {R"("191212121212")", "191212121212", "/ssn is no text"},
        {R"("2026-11-30")", R"("2026-11-31")", "/generated_at is no day"},
        {R"("type":"invoice")", R"("type":"invoice.unknown")", "/type is unknown here"},
        {R"("type":"invoice")", R"("kind":"invoice")", "/type is missing"},
        {R"("subject")", R"("extra":1,"subject")", "unknown"},
        {"MQ==", "M===", "/parts/0/data is no Base64"},
        {"MQ==", "MR==", "/parts/0/data is no Base64"},
        {"application/pdf", "text/html", "/parts/0/content_type is not application/pdf"},
        {R"("payable":true)", R"("payable":false)", "/payment_multiple_options/payable is not true"},
        {R"("SEK")", R"("EUR")", "/payment_multiple_options/currency is not SEK"},
        {R"("method":"1")", R"("method":"bankgiro")", "/payment_multiple_options/method is neither"},
        {"5989-2810", "5989-281O", "/payment_multiple_options/account is no giro number"},
        {R"("1234.50")", "1234.50", "/payment_multiple_options/options/0/amount is no text"},
        {R"("1234.50")", R"("1234,50")", "/payment_multiple_options/options/0/amount is no amount"},
        {R"("SE_OCR")", R"("OCR")", "/payment_multiple_options/options/0/type is neither"},
        {R"("reference":"7001234504")", R"("reference":null)", "/payment_multiple_options/options/0/reference is missing"},
        {R"([{"due_date")", R"(1,"x":[{"due_date")", "/payment_multiple_options/options is no list"},
        {R"({"ssn")", R"([{"ssn")", "no JSON"},
    };
    for (const bad_json& row : table) {
        std::string text(example_7_1);
        const std::size_t at = text.find(row.from);
        ASSERT_NE(at, std::string::npos) << row.from;
        text.replace(at, std::string_view(row.from).size(), row.to);
        const auto read = read_content(text);
        ASSERT_FALSE(read) << text;
        EXPECT_THAT(read.error().text, HasSubstr(row.told)) << row.to;
        EXPECT_THAT(read.error().text, testing::Not(HasSubstr("191212121212")));
    }
    EXPECT_THAT(read_content("[]").error().text, HasSubstr("is no object"));
    EXPECT_EQ(read_content(std::string(max_content_bytes + 1, ' ')).error().code, error_code::limit_exceeded);
}

TEST(kivra_content, the_largest_pdf_fits) {
    content made = sample_invoice();
    made.parts[0].bytes.assign(max_pdf_bytes, 'x');
    EXPECT_LE(write_content(made)->size(), max_content_bytes);
}

TEST(kivra_types, by_name) {
    for (const type_info& each : content_types())
        EXPECT_EQ(parse_content_type(each.name), each.type);
    EXPECT_EQ(content_types().size(), 24u);
    EXPECT_EQ(parse_content_type("invoices"), std::nullopt);
    EXPECT_TRUE(info_of(content_type::letter_creditnotice).retainable);
    EXPECT_FALSE(info_of(content_type::invoice_reminder).to_company);
}

TEST(kivra_routing, documents_of_the_ledger) {
    using enum document_kind;
    constexpr auto person = recipient_kind::person, company = recipient_kind::company;
    constexpr auto giro = collected_by::giro, autogiro = collected_by::autogiro, e_invoice = collected_by::bank_e_invoice;
    const route letter{content_type::letter, false}, to_pay{content_type::invoice, true};
    EXPECT_EQ(route_of({invoice, person, 100, giro}), to_pay);
    EXPECT_EQ(route_of({invoice, company, 100, giro}), to_pay);
    EXPECT_EQ(route_of({invoice, person, 99, giro}), letter);
    EXPECT_EQ(route_of({invoice, person, 0, giro}), letter);
    EXPECT_EQ(route_of({invoice, person, 123'450, autogiro}), letter);
    EXPECT_EQ(route_of({invoice, company, 123'450, e_invoice}), letter);
    EXPECT_EQ(route_of({credit_invoice, person, -5000, giro}), (route{content_type::letter_creditnotice, false}));
    EXPECT_EQ(route_of({reminder, person, 5000, giro}), (route{content_type::invoice_reminder, true}));
    EXPECT_EQ(route_of({reminder, company, 5000, giro}), to_pay);
    EXPECT_EQ(route_of({reminder, person, 99, giro}), std::nullopt);
    EXPECT_EQ(route_of({collection_notice, person, 5000, giro, true}), (route{content_type::invoice_debtcollection, true}));
    EXPECT_EQ(route_of({collection_notice, person, 5000, giro, false}), std::nullopt);
    EXPECT_EQ(route_of({collection_notice, company, 5000, giro, true}), std::nullopt);
    EXPECT_EQ(route_of({payment_plan, person, 5000, giro}), to_pay);
}

TEST(base64, both_ways) {
    // RFC 4648 section 10.
    const std::pair<const char*, const char*> table[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : table) {
        EXPECT_EQ(in_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
    for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm9v Zm9v", "====", "Z===", "Zm-v", "Zm=v"})
        EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

TEST(base64, more_than_one_piece) {
    std::string bytes((3 << 20) + 1, 'x');
    bytes[3 << 20] = 'y';
    const std::string text = in_base64(bytes);
    EXPECT_EQ(text.size(), (4u << 20) + 4);
    EXPECT_THAT(text, testing::EndsWith("eHh4eQ=="));
    EXPECT_EQ(from_base64(text), bytes);
}

RC_GTEST_PROP(base64_property, what_is_written_is_read, (const std::string& bytes)) {
    RC_ASSERT(from_base64(in_base64(bytes)) == bytes);
}

content any_content() {
    const auto text = [] { return *rc::gen::container<std::string>(rc::gen::inRange(' ', '~')); };
    const auto amount = [] { return *rc::gen::inRange<std::int64_t>(0, 1'000'000'000); };
    const auto day = [] { return add_days(date(2026y / 1 / 1), *rc::gen::inRange(0, 3000)); };
    content made;
    made.to.ssn = *gen_digits(12, 13);
    made.subject = text();
    made.type = *rc::gen::element(content_type::letter, content_type::invoice, content_type::invoice_reminder,
                                  content_type::letter_creditnotice);
    if (*rc::gen::arbitrary<bool>()) made.generated_at = day();
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
        made.parts.push_back({text(), *rc::gen::arbitrary<std::string>()});
    made.retain = *rc::gen::element(retention::none, retention::days_30, retention::days_390);
    if (*rc::gen::arbitrary<bool>()) return made;
    made.payment.emplace();
    made.payment->method = *rc::gen::element(giro::bankgiro, giro::plusgiro);
    made.payment->account = *gen_digits(2, 8);
    made.payment->swish_alias = text();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        made.payment->options.push_back({day(), amount(), reference_type::tenant_ref, text(), text(), text()});
    if (*rc::gen::arbitrary<bool>())
        made.payment->flexible =
            flexible_option{day(), reference_type::se_ocr, text(), text(), text(), amount(), {}, {}, amount()};
    return made;
}

RC_GTEST_PROP(kivra_content_property, what_is_written_is_read, ()) {
    const content made = any_content();
    const auto text = write_content(made);
    RC_ASSERT(text.has_value());
    const auto read = read_content(*text);
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == made);
    RC_ASSERT(*write_content(*read) == *text);
}

}  // namespace
}  // namespace brygga::kivra
