#include "formats/print/kivra/content.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/bankgiro.hpp"
#include "formats/core/base64.hpp"
#include "formats/core/money.hpp"
#include "formats/core/text.hpp"

namespace brygga::kivra {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t shortest_account = 2, shortest_bankgiro = 5;

std::string_view name(reference_type type) {
    return type == reference_type::se_ocr ? "SE_OCR" : "TENANT_REF";
}

// Plusgiro numbers without the blanks that people put between pairs.
std::string with_hyphen(const payment& of) {
    if (of.method == giro::bankgiro && of.account.size() >= shortest_bankgiro) return display_bankgiro(of.account);
    if (of.account.size() < shortest_account) return of.account;
    return std::string(of.account).insert(of.account.size() - 1, "-");
}

void add_text(ordered_json& to, const char* name, const std::string& text) {
    if (!text.empty()) to[name] = text;
}

void add_amount(ordered_json& to, const char* name, const std::optional<std::int64_t>& amount_ore) {
    if (amount_ore) to[name] = format_decimal_amount(*amount_ore);
}

ordered_json option_json(const payment_option& each) {
    ordered_json made = {{"due_date", format_iso_date(each.due_date)},
                         {"amount", format_decimal_amount(each.amount_ore)},
                         {"type", name(each.type)},
                         {"reference", each.reference}};
    add_text(made, "title", each.title);
    add_text(made, "description", each.description);
    return made;
}

ordered_json flexible_json(const flexible_option& of) {
    ordered_json made = {{"due_date", format_iso_date(of.due_date)}, {"type", name(of.type)}, {"reference", of.reference}};
    add_text(made, "title", of.title);
    add_text(made, "description", of.description);
    add_amount(made, "min_limit", of.min_limit_ore);
    add_amount(made, "min_suggested", of.min_suggested_ore);
    add_amount(made, "max_suggested", of.max_suggested_ore);
    add_amount(made, "max_limit", of.max_limit_ore);
    return made;
}

ordered_json payment_json(const payment& of) {
    ordered_json made = {{"payable", true},
                         {"currency", "SEK"},
                         {"method", of.method == giro::bankgiro ? "1" : "2"},
                         {"account", with_hyphen(of)}};
    add_text(made, "swish_alias", of.swish_alias);
    made["options"] = ordered_json::array();
    for (const payment_option& each : of.options)
        made["options"].push_back(option_json(each));
    if (of.flexible) made["flexible_option"] = flexible_json(*of.flexible);
    return made;
}

bool all_utf8(const content& from) {
    std::vector<std::string_view> texts = {from.to.ssn, from.to.email, from.to.vat_number, from.subject};
    for (const part& each : from.parts)
        texts.push_back(each.name);
    if (from.payment) {
        texts.insert(texts.end(), {from.payment->account, from.payment->swish_alias});
        for (const payment_option& each : from.payment->options)
            texts.insert(texts.end(), {each.reference, each.title, each.description});
        if (const auto& each = from.payment->flexible)
            texts.insert(texts.end(), {each->reference, each->title, each->description});
    }
    for (const std::string_view each : texts)
        if (!is_valid_utf8(each)) return false;
    return true;
}

}  // namespace

result<std::string> write_content(const content& from) {
    const int recipients = !from.to.ssn.empty() + !from.to.email.empty() + !from.to.vat_number.empty();
    if (recipients != 1) return fail(error_code::invalid_argument, "content for Kivra has exactly one recipient (KIV-R04)");
    if (info_of(from.type).payment == payment_need::invoice_object)
        return fail(error_code::invalid_argument, "content of the accounting types is not written");
    if (!all_utf8(from)) return fail(error_code::invalid_argument, "content for Kivra has text that is no UTF-8");
    ordered_json made = ordered_json::object();
    add_text(made, "ssn", from.to.ssn);
    add_text(made, "email", from.to.email);
    add_text(made, "vat_number", from.to.vat_number);
    made["subject"] = from.subject;
    if (from.generated_at) made["generated_at"] = format_iso_date(*from.generated_at);
    made["type"] = info_of(from.type).name;
    if (from.retain != retention::none) {
        made["retain"] = true;
        made["retention_time"] = from.retain == retention::days_30 ? "30" : "390";
    }
    if (!from.parts.empty()) made["parts"] = ordered_json::array();
    for (const part& each : from.parts)
        made["parts"].push_back(
            ordered_json{{"name", each.name}, {"data", in_base64(each.bytes)}, {"content_type", "application/pdf"}});
    if (from.payment) made["payment_multiple_options"] = payment_json(*from.payment);
    return made.dump();
}

}  // namespace brygga::kivra
