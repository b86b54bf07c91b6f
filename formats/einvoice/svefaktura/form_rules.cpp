// The form of a Svefaktura and of its envelope: what their XML schemas refuse. They are known here whole.
#include <algorithm>

#include "formats/einvoice/code_lists.hpp"
#include "formats/einvoice/svefaktura/rule.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"

namespace brygga::einvoice::svefaktura {

namespace {

void tell_name(complaint& why, element of) {
    why.found = of.local_name();
    why.tells_name = true;
}

bool is_svefaktura(const document_facts& document, element here, complaint& why) {
    why.expected = "an Invoice of Svefaktura 1.0, or an ObjectEnvelope";
    tell_name(why, here);
    if (here.is() == "Invoice"_el) return document.root_namespace == basic_invoice_namespace;
    return here.is() == "ObjectEnvelope"_el && document.root_namespace == object_envelope_namespace;
}

bool are_in_order(const document_facts& document, element here, complaint& why) {
    const syntax_node* last = nullptr;
    for (element at = here.first_child(); at; at = at.next()) {
        const syntax_node* const known = document.syntax(at);
        if (known == nullptr) continue;
        if (last != nullptr && known < last) {
            why.at = at;
            why.expected = "elements in the order of the schema";
            tell_name(why, at);
            return false;
        }
        last = known;
    }
    return true;
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

bool is_time(std::string_view text) {
    constexpr std::string_view form = "T00:00:00";
    if (text.size() < form.size()) return false;
    for (std::size_t i = 0; i != form.size(); ++i)
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) return false;
    return text.substr(1, 2) <= "24" && text.substr(4, 2) <= "59" && text.substr(7, 2) <= "59";
}

bool is_moment(std::string_view text) {
    constexpr std::size_t day = 10;
    return text.size() > day && parse_iso_date(text.substr(0, day)) && is_time(text.substr(day));
}

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
        return parse_iso_date(here.text()).has_value();
    }
    if (name.ends_with("DateTime")) {
        why.expected = "CCYY-MM-DDThh:mm:ss";
        return is_moment(here.text());
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
    return code_list(here.is() == "IdentificationCode"_el ? list::country : list::currency).contains(here.text());
}

bool is_base64(const document_facts&, element here, complaint& why) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n";
    why.expected = "base64";
    why.found = "something else";
    return here.raw().find_first_not_of(letters) == std::string_view::npos;
}

bool has_no_stray_text(const document_facts&, element here, complaint& why) {
    why.expected = "elements only";
    why.found = "text beside them";
    return !here.has_stray_text();
}

}  // namespace

void add_form_rules(std::vector<rule>& to) {
    const context any(context::kind::any);
    // clang-format off
    const rule rules[] = {
        {"EINV-S01", severity::error, path(""), is_svefaktura, "The document is well-formed, and a Svefaktura 1.0 or its envelope."},
        {"EINV-S02", severity::error, any, are_in_order, "Elements stand in the order of their schema."},
        {"EINV-S03", severity::error, any, are_not_too_many, "No element stands more often than the schema has it."},
        {"EINV-S04", severity::error, any, is_of_its_type, "Amounts, quantities and rates are decimal numbers, days and moments are such."},
        {"EINV-S05", severity::error, {"ChargeIndicator"_el}, is_boolean, "An indicator is true or false."},
        {"EINV-S06", severity::error, any, is_of_schema, "Elements are those of the schema, of the namespace that it gives them."},
        {"EINV-S07", severity::error, any, has_what_it_needs, "What the schema demands is there."},
        {"EINV-S08", severity::error, {"EncodedData"_el}, is_base64, "An attachment is in base64."},
        {"EINV-S09", severity::error, any, has_no_stray_text, "An element that holds others holds no text beside them."},
        {"EINV-S10", severity::warning, {"IdentificationCode"_el, "InvoiceCurrencyCode"_el, "TaxCurrencyCode"_el, "SourceCurrencyCode"_el, "TargetCurrencyCode"_el}, is_of_list, "Countries and currencies are codes of ISO 3166 and ISO 4217."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice::svefaktura
