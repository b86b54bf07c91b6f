#include "formats/iso20022/pain/payment.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/iban.hpp"
#include "formats/core/ocr.hpp"
#include "formats/core/plusgiro.hpp"
#include "formats/core/text.hpp"
#include "formats/iso20022/pain/characters.hpp"

namespace brygga::pain {

namespace {

using iso20022::inner;
using iso20022::told;

constexpr std::string_view bankgiro_member = "9900";
constexpr std::size_t max_address_part = 35;
constexpr std::int64_t max_amount_ore = 999'999'999'999'999'999;  // 18 digits in all

constexpr std::array<std::string_view, 5> purpose_codes = {"", "SALA", "PENS", "SSBE", "SUPP"};

// RF and two digits: of ISO 11649, which is SCOR too and no OCR reference.
bool is_creditor_reference(std::string_view reference) noexcept {
    constexpr std::size_t head_size = 4;
    return reference.starts_with("RF") && reference.size() >= head_size && all_digits(reference.substr(2, 2));
}

// Collects what is wrong with one payment.
class judge {
 public:
    judge(const payment& item, const payment_limits& limits) : item_(item), limits_(limits) {}

    std::vector<payment_fault> run() {
        if (limits_.ours) own();
        if (item_.amount_ore <= 0 || item_.amount_ore > max_amount_ore)
            hold(payment_field::amount, {}, "more than zero, at most 18 digits");
        if (item_.creditor_name.empty()) hold(payment_field::creditor_name, {}, "a name");
        longest(payment_field::creditor_name, item_.creditor_name, limits_.name);
        account();
        if (item_.ocr.empty()) return std::move(faults_);
        const ocr_verdict verdict = ocr::validate(item_.ocr, {ocr_level::hard, {}});
        if (verdict != ocr_verdict::valid) hold(payment_field::ocr, {}, fmt::format("an OCR reference: {}", name(verdict)));
        return std::move(faults_);
    }

 private:
    void hold(payment_field field, std::string found, std::string expected) {
        faults_.push_back({field, severity::hold, std::move(found), std::move(expected)});
    }

    void longest(payment_field field, std::string_view text, std::size_t most) {
        const std::size_t size = count_code_points(text);
        if (size > most) hold(field, fmt::format("{} characters", size), fmt::format("at most {}", most));
    }

    void own() {
        if (!identifier_valid(item_.id))
            hold(payment_field::id, {}, fmt::format("1 to {} letters, digits and signs without å, ä and ö", max_identifier));
        if (!item_.execution_date.ok()) hold(payment_field::execution_date, {}, "a day of the calendar");
        if (!item_.ocr.empty() && !item_.text.empty()) hold(payment_field::text, {}, "either an OCR reference or a text");
        longest(payment_field::text, item_.text, limits_.text);
        const std::string& country = item_.creditor_country;
        const bool capitals = std::all_of(country.begin(), country.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        if (!country.empty() && (country.size() != 2 || !capitals))
            hold(payment_field::creditor_address, {}, "a country of two capitals");
        longest(payment_field::creditor_address, item_.creditor_town, max_address_part);
        if (limits_.address_wanted && (item_.creditor_town.empty() || country.empty()))
            hold(payment_field::creditor_address, {}, "a town and a country");
    }

    void account() {
        const std::string& number = item_.account.number;
        switch (item_.account.kind) {
            case account_kind::none:
                hold(payment_field::account, {}, "an account");
                break;
            case account_kind::bankgiro:
                if (!bankgiro_valid(number)) hold(payment_field::account, {}, "a bankgiro number with its check digit");
                break;
            case account_kind::plusgiro:
                if (!plusgiro_valid(number)) hold(payment_field::account, {}, "a plusgiro number with its check digit");
                break;
            case account_kind::bank_account:
                bank_account_verdict();
                break;
            case account_kind::iban:
                if (const auto iban = parse_iban(number); !iban)
                    hold(payment_field::account, {}, std::string(expectation(iban.error())));
                break;
            case account_kind::other:
                break;  // of another country or scheme: no test is known
        }
    }

    void bank_account_verdict() {
        const creditor_account& stated = item_.account;
        if (stated.clearing.size() != 4 || !all_digits(stated.clearing))
            return hold(payment_field::account, {}, "a clearing number of 4 digits");
        const account_verdict verdict = test_account({stated.clearing, stated.number});
        switch (verdict) {
            case account_verdict::valid:
            case account_verdict::untested:
                return;
            case account_verdict::unknown_clearing:
            case account_verdict::doubtful:
                faults_.push_back({payment_field::account, severity::warning, {}, std::string(expectation(verdict))});
                return;
            case account_verdict::length:
            case account_verdict::all_zeros:
            case account_verdict::check_digit:
                return hold(payment_field::account, {}, std::string(expectation(verdict)));
        }
    }

    const payment& item_;
    const payment_limits& limits_;
    std::vector<payment_fault> faults_;
};

}  // namespace

std::string_view code_of(category_purpose purpose) noexcept {
    return purpose_codes[static_cast<std::size_t>(purpose)];
}

category_purpose parse_category_purpose(std::string_view code) noexcept {
    const auto found = std::find(purpose_codes.begin(), purpose_codes.end(), code);
    if (found == purpose_codes.end()) return category_purpose::none;
    return static_cast<category_purpose>(found - purpose_codes.begin());
}

creditor_account account_of(const transfer& item) {
    const account& stated = item.creditor_account;
    if (stated.iban.present) return {account_kind::iban, {}, std::string(inner(stated.iban.text))};
    std::string number(inner(stated.other.text));
    if (number.empty()) return {};
    const std::string_view member = inner(item.creditor_agent.member.text);
    const bool swedish = told(item.creditor_agent.clearing_system) == "SESBA";
    if (inner(stated.scheme_proprietary.text) == "BGNR" || (swedish && member == bankgiro_member))
        return {account_kind::bankgiro, {}, std::move(number)};
    if (inner(stated.scheme_code.text) != "BBAN") return {account_kind::other, {}, std::move(number)};
    if (swedish && is_plusgiro_clearing(member)) return {account_kind::plusgiro, {}, std::move(number)};
    if (swedish) return {account_kind::bank_account, std::string(member), std::move(number)};
    const auto whole = parse_bank_account(number);
    if (!whole) return {account_kind::other, {}, std::move(number)};
    return {account_kind::bank_account, whole->clearing, whole->account};
}

std::optional<date> execution_date_of(const instruction& group) {
    constexpr std::size_t day_size = 10;
    const std::string_view text = inner((group.execution_day.present ? group.execution_day : group.execution_moment).text);
    // A time or a time zone may follow.
    if (text.find_first_not_of("0123456789-+:.TZ") != std::string_view::npos) return std::nullopt;
    return parse_iso_date(text.substr(0, day_size));
}

payment payment_of(const transfer& item, const instruction& group) {
    payment made;
    made.id = inner(item.end_to_end_id.text);
    made.execution_date = execution_date_of(group).value_or(date{});
    made.creditor_name = inner(item.creditor.name.text);
    made.creditor_town = inner(item.creditor.town.text);
    made.creditor_country = inner(item.creditor.country.text);
    made.account = account_of(item);
    for (const iso20022::structured& each : item.remittances) {
        const std::string_view reference = inner(each.reference.text);
        if (inner(each.reference_type.text) == "SCOR" && made.ocr.empty() && !is_creditor_reference(reference))
            made.ocr = reference;
    }
    for (const value& each : item.unstructured)
        (made.text += made.text.empty() ? "" : " ") += inner(each.text);
    const value& purpose = item.category_purpose.present ? item.category_purpose : group.category_purpose;
    made.purpose = parse_category_purpose(inner(purpose.text));
    return made;
}

std::string_view path_of(payment_field field) noexcept {
    switch (field) {
        case payment_field::id:
            return "PmtId/EndToEndId";
        case payment_field::amount:
            return "Amt/InstdAmt";
        case payment_field::execution_date:
            return "ReqdExctnDt";
        case payment_field::creditor_name:
            return "Cdtr/Nm";
        case payment_field::creditor_address:
            return "Cdtr/PstlAdr";
        case payment_field::account:
            return "CdtrAcct/Id";
        case payment_field::ocr:
            return "RmtInf/Strd/CdtrRefInf/Ref";
        case payment_field::text:
            return "RmtInf/Ustrd";
    }
    return {};
}

std::vector<payment_fault> faults_of(const payment& item, const payment_limits& limits) {
    return judge(item, limits).run();
}

bool identifier_valid(std::string_view text) noexcept {
    return !text.empty() && text.size() <= max_identifier && std::all_of(text.begin(), text.end(), is_allowed_ascii) &&
           text.front() != ' ' && text.back() != ' ';
}

}  // namespace brygga::pain
