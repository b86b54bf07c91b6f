#include "formats/print/kivra/rules.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/money.hpp"
#include "formats/core/ocr.hpp"
#include "formats/core/organisation_number.hpp"
#include "formats/core/personal_number.hpp"
#include "formats/core/plusgiro.hpp"
#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"
#include "formats/print/kivra/routing.hpp"

namespace brygga::kivra {

namespace {

constexpr std::uint16_t index_of(kivra_rule rule) {
    return static_cast<std::uint16_t>(rule);
}

constexpr std::array rules{
    rule_info{index_of(kivra_rule::protection), "KIV-R01", "error",
              "A protected customer is removed before matching, logging and queueing.",
              "Stop: the letter goes through the Tax Agency."},
    rule_info{index_of(kivra_rule::person), "KIV-R02", "error", "ssn is a personal or coordination number of 12 digits.",
              "Correct the customer's identity number."},
    rule_info{index_of(kivra_rule::company), "KIV-R03", "error", "vat_number is SE, an organisation number and 01.",
              "Correct the customer's organisation number; a sole trader is sent to by personal number."},
    rule_info{index_of(kivra_rule::one_recipient), "KIV-R04", "error", "Exactly one of ssn, email and vat_number is there.",
              "Correct the program that makes the content."},
    rule_info{index_of(kivra_rule::payment), "KIV-R05", "error",
              "Every type of invoice has payment options, which can be paid, and no other type has them.",
              "Correct the program that makes the content."},
    rule_info{index_of(kivra_rule::amount), "KIV-R06", "error",
              "An amount is at least 1.00, the first is what is open, and an OCR reference passes its check digit.",
              "Compare the document with the ledger."},
    rule_info{index_of(kivra_rule::size), "KIV-R07", "error", "The content is at most 1 000 000 bytes.",
              "Print the letter (TOO_LARGE)."},
    rule_info{index_of(kivra_rule::personal_text), "KIV-R08", "error/warning",
              "Subject and file names tell nothing of the recipient, and are short.", "Choose another subject or file name."},
    rule_info{index_of(kivra_rule::old_match), "KIV-R09", "warning", "A match is at most 24 hours old when content is sent.",
              "Match again."},
    rule_info{index_of(kivra_rule::same_bytes), "KIV-R10", "error", "A repeat is the same bytes.", "Send what was stored."},
    rule_info{index_of(kivra_rule::unknown_outcome), "KIV-R11", "error",
              "What nobody knows the outcome of is repeated five times and then held, never printed.",
              "Ask Kivra what became of it, with the correlation id."},
    rule_info{index_of(kivra_rule::retained), "KIV-R12", "info", "Kivra keeps the content for later: it is not delivered.",
              "Look why an invoice was retained: it cannot be."},
    rule_info{index_of(kivra_rule::unconfirmed), "KIV-R13", "error", "An answer 201 has the key of the content.",
              "Ask Kivra what became of it, with the correlation id."},
    rule_info{index_of(kivra_rule::webhook), "KIV-R14", "error", "A payment event is signed by Kivra, within five minutes.",
              "Answer 401; compare the secret and the clocks if it goes on."},
    rule_info{index_of(kivra_rule::event), "KIV-R15", "warning", "A payment event is of a content and an amount that were sent.",
              "Look at the document; the payment itself comes by the bank."},
    rule_info{index_of(kivra_rule::printed_delivered), "KIV-R16", "error",
              "A document that was delivered is printed only when an operator says so.", "Ask an operator."},
};
static_assert(in_order(rules));

constexpr std::size_t person_digits = 12, most_subject = 60, advised_subject = 35, least_alias = 3, least_private_text = 3;

std::string only_digits(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

// Numbers with and without century and hyphen, other texts whatever their capitals.
bool tells(std::string_view text, std::string_view of) {
    if (of.size() < least_private_text) return false;
    if (in_small_letters(text).find(in_small_letters(of)) != std::string::npos) return true;
    const bool number = of.find_first_not_of("0123456789-+ ") == std::string_view::npos;
    const std::string digits = only_digits(of);
    constexpr std::size_t without_century = 10;
    if (!number || digits.size() < without_century) return false;
    return only_digits(text).find(digits.substr(digits.size() - without_century)) != std::string::npos;
}

class checker {
 public:
    checker(const content& what, const content_demands& demands) : what_(what), demands_(demands) {}

    std::vector<kivra_finding> all() {
        recipients();
        if (!what_.to.ssn.empty()) person();
        if (!what_.to.vat_number.empty()) company();
        payment_there();
        if (what_.payment) {
            if (what_.payment->options.empty())
                add(kivra_rule::payment, "/payment_multiple_options/options", "none", "at least one");
            for (std::size_t i = 0; i < what_.payment->options.size(); ++i)
                option(i);
            flexible();
            account();
        }
        text(what_.subject, "/subject");
        for (std::size_t i = 0; i < what_.parts.size(); ++i)
            text(what_.parts[i].name, fmt::format("/parts/{}/name", i));
        return std::move(found_);
    }

 private:
    void add(kivra_rule rule, std::string field, std::string found, std::string expected, severity level = severity::error) {
        found_.push_back({rule, level, std::move(field), std::move(found), std::move(expected)});
    }

    void recipients() {
        const int there = !what_.to.ssn.empty() + !what_.to.email.empty() + !what_.to.vat_number.empty();
        if (there != 1)
            add(kivra_rule::one_recipient, "", fmt::format("{} recipients", there), "one of ssn, email and vat_number");
    }

    void person() {
        const bool digits = what_.to.ssn.size() == person_digits && all_digits(what_.to.ssn);
        const auto read = parse_personal_number(what_.to.ssn, demands_.today);
        if (!digits) return add(kivra_rule::person, "/ssn", "another form", "12 digits");
        if (!read) add(kivra_rule::person, "/ssn", "a number that fails", std::string(expectation(read.error())));
    }

    void company() {
        const std::string& text = what_.to.vat_number;
        constexpr std::size_t size = 14, first = 2, digits = 10;
        if (text.size() != size || !text.starts_with("SE") || !text.ends_with("01") ||
            !all_digits(std::string_view(text).substr(first)))
            return add(kivra_rule::company, "/vat_number", "another form", "SE, 10 digits and 01");
        const auto read = parse_organisation_number(std::string_view(text).substr(first, digits));
        if (!read) add(kivra_rule::company, "/vat_number", "a number that fails", std::string(expectation(read.error())));
    }

    void payment_there() {
        const type_info& type = info_of(what_.type);
        if (what_.payment.has_value() == (type.payment == payment_need::required)) return;
        add(kivra_rule::payment, "/payment_multiple_options", what_.payment ? "payment options" : "no payment options",
            what_.payment ? fmt::format("none in {}", type.name) : fmt::format("payment options in {}", type.name));
    }

    static std::string path(std::size_t i, std::string_view name) {
        return fmt::format("/payment_multiple_options/options/{}/{}", i, name);
    }

    void option(std::size_t i) {
        const payment_option& each = what_.payment->options[i];
        if (each.amount_ore < least_payable_ore)
            add(kivra_rule::amount, path(i, "amount"), format_decimal_amount(each.amount_ore), "at least 1.00");
        else if (i == 0 && demands_.open_amount_ore && *demands_.open_amount_ore != each.amount_ore)
            add(kivra_rule::amount, path(i, "amount"), format_decimal_amount(each.amount_ore),
                format_decimal_amount(*demands_.open_amount_ore));
        reference(each.type, each.reference, path(i, "reference"));
        // Options that cannot be told apart are refused.
        if (!seen_.emplace(each.amount_ore, each.reference).second)
            add(kivra_rule::amount, path(i, ""), "the same amount and reference as before", "options that differ");
    }

    void reference(reference_type type, const std::string& text, std::string field) {
        const std::size_t size = count_code_points(text);
        if (size == 0 || size > max_reference_characters)
            add(kivra_rule::amount, std::move(field), fmt::format("{} characters", size),
                fmt::format("1 to {} characters", max_reference_characters));
        else if (const ocr_verdict verdict = ocr::validate(text, {ocr_level::hard, {}});
                 type == reference_type::se_ocr && verdict != ocr_verdict::valid)
            add(kivra_rule::amount, std::move(field), "a reference that fails", std::string(name(verdict)));
    }

    void flexible() {
        const auto& of = what_.payment->flexible;
        if (!of) return;
        reference(of->type, of->reference, "/payment_multiple_options/flexible_option/reference");
        // From the least to the most; what is not said is between.
        std::int64_t least_ore = least_payable_ore;
        for (const auto& each : {of->min_limit_ore, of->min_suggested_ore, of->max_suggested_ore, of->max_limit_ore}) {
            if (!each) continue;
            if (*each < least_ore)
                add(kivra_rule::amount, "/payment_multiple_options/flexible_option", format_decimal_amount(*each),
                    fmt::format("at least {}", format_decimal_amount(least_ore)));
            least_ore = *each;
        }
    }

    void account() {
        const payment& of = *what_.payment;
        if (!(of.method == giro::bankgiro ? bankgiro_valid(of.account) : plusgiro_valid(of.account)))
            add(kivra_rule::payment, "/payment_multiple_options/account", "a number that fails",
                fmt::format("a {} number", print::name(of.method)));
        if (!of.swish_alias.empty() && of.swish_alias.size() < least_alias)
            add(kivra_rule::payment, "/payment_multiple_options/swish_alias", fmt::format("{} characters", of.swish_alias.size()),
                "3 characters or more");
    }

    void text(std::string_view of, std::string field) {
        const bool private_text = std::any_of(demands_.private_texts.begin(), demands_.private_texts.end(),
                                              [&](const std::string& each) { return tells(of, each); }) ||
                                  tells(of, what_.to.ssn) || tells(of, what_.to.email);
        if (private_text)
            add(kivra_rule::personal_text, field, "something of the recipient", "a text that tells nothing of the recipient");
        const std::size_t size = count_code_points(of);
        if (size > most_subject)
            add(kivra_rule::personal_text, std::move(field), fmt::format("{} characters", size), "at most 60 characters");
        else if (size > advised_subject)
            add(kivra_rule::personal_text, std::move(field), fmt::format("{} characters", size), "at most 35 characters",
                severity::warning);
    }

    const content& what_;
    const content_demands& demands_;
    std::set<std::pair<std::int64_t, std::string>> seen_;
    std::vector<kivra_finding> found_;
};

}  // namespace

std::span<const rule_info> kivra_rules() noexcept {
    return rules;
}

std::vector<kivra_finding> check_content(const content& what, const content_demands& demands) {
    if (demands.protected_recipient)
        return {{kivra_rule::protection, severity::error, "", "a protected recipient", "nothing for a digital mailbox"}};
    return checker(what, demands).all();
}

std::optional<kivra_finding> check_size(std::string_view json) {
    if (json.size() <= max_content_bytes) return std::nullopt;
    return kivra_finding{kivra_rule::size, severity::error, "", fmt::format("{} bytes", json.size()),
                         fmt::format("at most {} bytes", max_content_bytes)};
}

std::optional<kivra_finding> check_match_age(std::chrono::sys_seconds matched, std::chrono::sys_seconds now) {
    if (now - matched <= match_lasts) return std::nullopt;
    return kivra_finding{kivra_rule::old_match, severity::warning, "",
                         fmt::format("a match of {} hours ago", std::chrono::floor<std::chrono::hours>(now - matched).count()),
                         "a match of the last 24 hours"};
}

std::optional<kivra_finding> check_repeat(std::string_view first_json, std::string_view repeated_json) {
    if (first_json == repeated_json) return std::nullopt;
    // Members in the order of the bytes: another order is another text.
    auto first = nlohmann::ordered_json::parse(first_json, nullptr, false);
    auto repeated = nlohmann::ordered_json::parse(repeated_json, nullptr, false);
    if (first.is_object() && repeated.is_object()) {
        first.erase("generated_at");
        repeated.erase("generated_at");
        if (first.dump() == repeated.dump()) return std::nullopt;
    }
    return kivra_finding{kivra_rule::same_bytes, severity::error, "", "another text", "the bytes that were sent first"};
}

std::vector<kivra_finding> check_event(const payment_event& event, const content* sent) {
    if (sent == nullptr)
        return {
            {kivra_rule::event, severity::warning, "/data/content_key", "an unknown key", "the key of a content that was sent"}};
    if (!event.amount_ore || !sent->payment) return {};
    const auto& options = sent->payment->options;
    const bool offered = std::any_of(options.begin(), options.end(),
                                     [&](const payment_option& each) { return each.amount_ore == *event.amount_ore; });
    // Of a flexible option any amount can come.
    if (offered || sent->payment->flexible) return {};
    return {{kivra_rule::event, severity::warning, "/data/amount", format_decimal_amount(*event.amount_ore),
             "the amount of an option"}};
}

std::optional<kivra_finding> check_print(bool delivered, bool ordered_by_operator) {
    if (!delivered || ordered_by_operator) return std::nullopt;
    return kivra_finding{kivra_rule::printed_delivered, severity::error, "", "a document that Kivra delivered",
                         "an operator's order"};
}

}  // namespace brygga::kivra
