// The form of a Svefaktura and of its envelope: what their XML schemas refuse. They are known here whole.
#include <algorithm>
#include <array>

#include "formats/core/check_digit.hpp"
#include "formats/einvoice/code_lists.hpp"
#include "formats/einvoice/rules/form.hpp"
#include "formats/einvoice/svefaktura/rule.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"
#include "formats/einvoice/text.hpp"

namespace brygga::einvoice::svefaktura {

namespace {

bool is_svefaktura(const document_facts& document, element here, complaint& why) {
    why.expected = "an Invoice of Svefaktura 1.0, or an ObjectEnvelope";
    tell_name(why, here);
    if (here.is() == "Invoice"_el) return document.root_namespace == basic_invoice_namespace;
    return here.is() == "ObjectEnvelope"_el && document.root_namespace == object_envelope_namespace;
}

bool are_not_too_many(const document_facts& document, element here, complaint& why) {
    const syntax_node* const syntax = document.syntax(here);
    if (syntax == nullptr) return true;
    std::vector<std::size_t> seen(syntax->children.size());
    for (element at = here.first_child(); at; at = at.next()) {
        const syntax_node* const known = document.syntax(at);
        if (known == nullptr) continue;
        const auto which = static_cast<std::size_t>(known - syntax->children.data());
        if (++seen[which] != known->most + 1U || known->most == 0) continue;
        why.at = at;
        why.expected = std::to_string(known->most) + " of them";
        tell_name(why, at);
        return false;
    }
    return true;
}

bool is_of_schema(const document_facts& document, element here, complaint& why) {
    const element around = here.parent();
    if (!around || document.syntax(around) == nullptr) return true;
    const syntax_node* const known = document.syntax(here);
    why.expected = known == nullptr ? "an element that the schema has there" : "the namespace of the schema";
    tell_name(why, here);
    return known != nullptr && here.part() == known->part;
}

bool has_what_it_needs(const document_facts& document, element here, complaint& why) {
    const syntax_node* const syntax = document.syntax(here);
    if (syntax == nullptr) return true;
    for (const syntax_attribute& each : syntax->attributes)
        if (each.required && !here.attribute(each.name)) {
            why.expected = "@" + std::string(each.name);
            return false;
        }
    for (const syntax_node& each : syntax->children)
        if (each.least != 0 && !here.child(each.is)) {
            why.expected = detail::vocabulary[static_cast<std::size_t>(each.is) - 1];
            return false;
        }
    return true;
}

// "Z", "+01:00", or nothing.
bool is_zone(std::string_view text) {
    if (text.empty() || text == "Z") return true;
    constexpr std::string_view form = "+00:00";
    if (text.size() != form.size() || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
    const bool are_digits = all_digits(text.substr(1, 2)) && all_digits(text.substr(4, 2));
    return are_digits && text.substr(4, 2) <= "59" && (text.substr(1, 2) < "14" || text.substr(1) == "14:00");
}

// Behind the day: a time, perhaps with parts of a second and a zone.
bool is_time(std::string_view text) {
    constexpr std::string_view form = "T00:00:00";
    if (text.size() < form.size()) return false;
    for (std::size_t i = 0; i != form.size(); ++i)
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) return false;
    const std::string_view hours = text.substr(1, 2), minutes = text.substr(4, 2), seconds = text.substr(7, 2);
    const bool is_midnight = hours == "24" && minutes == "00" && seconds == "00";
    if (!is_midnight && (hours > "23" || minutes > "59" || seconds > "59")) return false;
    text.remove_prefix(form.size());
    if (text.starts_with('.')) {
        const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
        if (end == 1) return false;
        text.remove_prefix(end);
    }
    return is_zone(text);
}

constexpr std::size_t day_size = 10;

bool is_day(std::string_view text) {
    return text.size() >= day_size && parse_iso_date(text.substr(0, day_size)) && is_zone(text.substr(day_size));
}

bool is_moment(std::string_view text) {
    return text.size() > day_size && parse_iso_date(text.substr(0, day_size)) && is_time(text.substr(day_size));
}

// Codes of the schema's lists, by their form: which are in use today is a rule of its own.
bool is_code_of(std::string_view text, std::size_t letters) {
    return text.size() == letters && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

constexpr std::array currencies = {"InvoiceCurrencyCode"_el, "TaxCurrencyCode"_el, "SourceCurrencyCode"_el,
                                   "TargetCurrencyCode"_el};

// By the ends of their names, which say their types in UBL.
bool is_of_its_type(const document_facts& document, element here, complaint& why) {
    if (document.syntax(here) == nullptr || here.has_children()) return true;
    const std::string_view name = here.local_name();
    for (const std::string_view number : {"Amount", "Quantity", "Percent", "Numeric", "Rate"})
        if (name.ends_with(number)) {
            why.expected = "a decimal number";
            return decimal::parse(here.raw()).has_value();
        }
    if (name.ends_with("Date")) {
        why.expected = "CCYY-MM-DD, a day of the calendar";
        return is_day(here.text());
    }
    if (name.ends_with("DateTime")) {
        why.expected = "CCYY-MM-DDThh:mm:ss";
        return is_moment(here.text());
    }
    if (here.is() == "IdentificationCode"_el) {
        why.expected = "two capitals";
        return is_code_of(here.raw(), 2);
    }
    if (std::find(currencies.begin(), currencies.end(), here.is()) != currencies.end()) {
        why.expected = "three capitals";
        return is_code_of(here.raw(), 3);
    }
    return true;
}

bool is_boolean(const document_facts&, element here, complaint& why) {
    why.expected = "true or false";
    const std::string_view text = here.text();
    return text == "true" || text == "false" || text == "1" || text == "0";
}

bool is_of_list(const document_facts&, element here, complaint& why) {
    why.expected = "a code of the list";
    if (const auto currency = here.attribute("amountCurrencyID")) {
        why.found = *currency;
        return code_list(list::currency).contains(*currency);
    }
    const bool is_country = here.is() == "IdentificationCode"_el;
    if (!is_country && std::find(currencies.begin(), currencies.end(), here.is()) == currencies.end()) return true;
    return code_list(here.is() == "IdentificationCode"_el ? list::country : list::currency).contains(here.text());
}

bool is_base64(const document_facts&, element here, complaint& why) {
    why.expected = "base64";
    why.found = "something else";
    return einvoice::is_base64(here.raw());
}

// What UBL 1.0 gives each type of element, by the ends of their names; where a schema lies may be told everywhere.
bool may_have(element of, const syntax_node& syntax, std::string_view attribute) {
    if (attribute.ends_with(":schemaLocation") || attribute.ends_with(":noNamespaceSchemaLocation")) return true;
    if (!syntax.children.empty()) return false;
    const std::string_view name = of.local_name();
    if (name.ends_with("Amount")) return attribute == "amountCurrencyID" || attribute == "amountCurrencyCodeListVersionID";
    if (name.ends_with("Quantity")) return attribute.starts_with("quantityUnitCode");
    if (name.ends_with("Code")) return attribute == "name" || attribute == "languageID" || attribute.starts_with("codeList");
    if (name.ends_with("ID")) return attribute.starts_with("identificationScheme");
    if (name == "EncodedData") {
        constexpr std::array known = {"format", "mimeCode", "filename", "encodingCode", "uri"};
        return std::find(known.begin(), known.end(), attribute) != known.end();
    }
    for (const std::string_view bare : {"Date", "DateTime", "Percent", "Numeric", "Rate", "Indicator", "DocumentType"})
        if (name.ends_with(bare)) return false;
    return attribute == "languageID";
}

bool has_known_attributes(const document_facts& document, element here, complaint& why) {
    const syntax_node* const syntax = document.syntax(here);
    if (syntax == nullptr || !here.has_attributes()) return true;
    for (const auto& [attribute, value] : here.attributes())
        if (!may_have(here, *syntax, attribute)) {
            why.found = "another attribute";
            why.expected = "attributes of the schema";
            return false;
        }
    return true;
}

}  // namespace

void add_form_rules(std::vector<rule>& to) {
    const context any(context::kind::any);
    // clang-format off
    const rule rules[] = {
        {"EINV-S01", severity::error, path(""), is_svefaktura, "The document is well-formed, and a Svefaktura 1.0 or its envelope."},
        {"EINV-S02", severity::error, any, are_in_order<document_facts>, "Elements stand in the order of their schema."},
        {"EINV-S03", severity::error, any, are_not_too_many, "No element stands more often than the schema has it."},
        {"EINV-S04", severity::error, any, is_of_its_type, "Amounts, quantities and rates are decimal numbers, days and moments are such."},
        {"EINV-S05", severity::error, {"ChargeIndicator"_el}, is_boolean, "An indicator is true or false."},
        {"EINV-S06", severity::error, any, is_of_schema, "Elements are those of the schema, of the namespace that it gives them."},
        {"EINV-S07", severity::error, any, has_what_it_needs, "What the schema demands is there."},
        {"EINV-S08", severity::error, {"EncodedData"_el}, is_base64, "An attachment is in base64."},
        {"EINV-S09", severity::error, any, has_no_stray_text<document_facts>, "An element that holds others holds no text beside them."},
        {"EINV-S11", severity::error, any, has_known_attributes, "An element has attributes that the schema gives it."},
        {"EINV-S10", severity::warning, any, is_of_list, "Countries and currencies are codes of ISO 3166 and ISO 4217."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice::svefaktura
