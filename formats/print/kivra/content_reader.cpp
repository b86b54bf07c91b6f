#include "formats/core/base64.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/print/kivra/content.hpp"
#include "formats/print/kivra/detail/members.hpp"

namespace brygga::kivra {

namespace {

using detail::faults;
using detail::members;
using nlohmann::json;

reference_type reference_type_in(members& of) {
    const auto text = of.text("type", true);
    if (text && *text != "SE_OCR" && *text != "TENANT_REF") of.fault("type", "is neither SE_OCR nor TENANT_REF");
    return text && *text == "TENANT_REF" ? reference_type::tenant_ref : reference_type::se_ocr;
}

payment_option read_option(members of) {
    payment_option made;
    made.due_date = of.day("due_date", true).value_or(date{});
    made.amount_ore = of.amount("amount", true).value_or(0);
    made.type = reference_type_in(of);
    made.reference = of.needed_text("reference");
    made.title = of.text_or_empty("title");
    made.description = of.text_or_empty("description");
    of.nothing_else();
    return made;
}

flexible_option read_flexible(members of) {
    flexible_option made;
    made.due_date = of.day("due_date", true).value_or(date{});
    made.type = reference_type_in(of);
    made.reference = of.needed_text("reference");
    made.title = of.text_or_empty("title");
    made.description = of.text_or_empty("description");
    made.min_limit_ore = of.amount("min_limit");
    made.min_suggested_ore = of.amount("min_suggested");
    made.max_suggested_ore = of.amount("max_suggested");
    made.max_limit_ore = of.amount("max_limit");
    of.nothing_else();
    return made;
}

std::string account_in(members& of) {
    std::string text = of.needed_text("account");
    if (const std::size_t hyphen = text.find('-'); hyphen != std::string::npos) text.erase(hyphen, 1);
    if (!text.empty() && !all_digits(text)) of.fault("account", "is no giro number");
    return text;
}

payment read_payment(members of, faults& into) {
    payment made;
    const json* const payable = of.find("payable", true);
    if (payable != nullptr && *payable != true) of.fault("payable", "is not true (KIV-R05)");
    if (const auto currency = of.text("currency", true); currency && *currency != "SEK") of.fault("currency", "is not SEK");
    const auto method = of.text("method", true);
    if (method && *method != "1" && *method != "2") of.fault("method", "is neither 1 nor 2");
    made.method = method && *method == "2" ? giro::plusgiro : giro::bankgiro;
    made.account = account_in(of);
    made.swish_alias = of.text_or_empty("swish_alias");
    if (const json* const options = of.find("options", true); options != nullptr) {
        if (!options->is_array()) of.fault("options", "is no list");
        for (std::size_t i = 0; options->is_array() && i < options->size(); ++i)
            made.options.push_back(read_option(members((*options)[i], fmt::format("{}/{}", of.at("options"), i), into)));
    }
    if (const json* const flexible = of.find("flexible_option"); flexible != nullptr)
        made.flexible = read_flexible(members(*flexible, of.at("flexible_option"), into));
    of.nothing_else();
    return made;
}

part read_part(members of) {
    part made;
    made.name = of.needed_text("name");
    if (const auto data = of.text("data", true)) {
        auto bytes = from_base64(*data);
        if (!bytes) of.fault("data", "is no Base64");
        made.bytes = std::move(bytes).value_or("");
    }
    if (const auto type = of.text("content_type", true); type && *type != "application/pdf")
        of.fault("content_type", "is not application/pdf");
    of.nothing_else();
    return made;
}

retention read_retention(members& of) {
    const json* const retain = of.find("retain");
    if (retain != nullptr && !retain->is_boolean()) of.fault("retain", "is neither true nor false");
    const auto days = of.text("retention_time");
    if (days && *days != "30" && *days != "390") of.fault("retention_time", "is neither 30 nor 390");
    if (retain == nullptr || *retain != true) return retention::none;
    return days && *days == "390" ? retention::days_390 : retention::days_30;
}

content read_all(members of, faults& into) {
    content made;
    made.to = {of.text_or_empty("ssn"), of.text_or_empty("email"), of.text_or_empty("vat_number")};
    if (!made.to.ssn.empty() + !made.to.email.empty() + !made.to.vat_number.empty() != 1)
        into.add("not exactly one of ssn, email and vat_number (KIV-R04)");
    made.subject = of.needed_text("subject");
    made.generated_at = of.day("generated_at");
    if (const auto type = of.text("type", true)) {
        const auto known = parse_content_type(*type);
        if (!known || info_of(*known).payment == payment_need::invoice_object) of.fault("type", "is unknown here");
        made.type = known.value_or(content_type::letter);
    }
    made.retain = read_retention(of);
    if (const json* const parts = of.find("parts"); parts != nullptr) {
        if (!parts->is_array()) of.fault("parts", "is no list");
        for (std::size_t i = 0; parts->is_array() && i < parts->size(); ++i)
            made.parts.push_back(read_part(members((*parts)[i], fmt::format("/parts/{}", i), into)));
    }
    if (const json* const paid = of.find("payment_multiple_options"); paid != nullptr)
        made.payment = read_payment(members(*paid, "/payment_multiple_options", into), into);
    of.nothing_else();
    return made;
}

}  // namespace

result<content> read_content(std::string_view text) {
    if (text.size() > max_content_bytes) return fail(error_code::limit_exceeded, "content for Kivra is at most 1 000 000 bytes");
    const json all = json::parse(text, nullptr, false);
    if (all.is_discarded()) return fail(error_code::invalid_content, "content for Kivra is no JSON");
    faults found;
    content made = read_all(members(all, "", found), found);
    if (found.first) return tl::unexpected(found.as_error("content for Kivra"));
    return made;
}

}  // namespace brygga::kivra
