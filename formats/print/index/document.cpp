#include "formats/print/index/document.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/identity.hpp"
#include "formats/core/money.hpp"
#include "formats/core/small_letters.hpp"
#include "formats/print/address/countries.hpp"
#include "formats/print/address/postcode.hpp"

namespace brygga::print::index {

namespace {

constexpr std::string_view invoices = "Faktura-pdf", reminders = "Betalningspaminnelse-pdf", ending = ".zip.7z";
constexpr std::size_t usual_id = 10, organisation_key = 12, date_digits = 6, clock_digits = 6;

// `\w+_\d+_to_(\d+)\.pdf`: the digits; nothing for another name.
std::optional<std::string_view> recipient_in(std::string_view file_name) {
    constexpr std::string_view suffix = ".pdf", between = "_to_";
    if (!file_name.ends_with(suffix)) return std::nullopt;
    file_name.remove_suffix(suffix.size());
    const std::size_t at = file_name.rfind(between);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view id = file_name.substr(at + between.size()), before = file_name.substr(0, at);
    const std::size_t number = before.rfind('_');
    if (!all_digits(id) || number == std::string_view::npos || number == 0 || !all_digits(before.substr(number + 1)))
        return std::nullopt;
    return id;
}

std::string only_digits(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

// PRB-R09 after normalisation; empty when it fails.
std::string identity_of(std::string_view text, date today) {
    const auto read = classify_identity(text, today);
    if (!read) return {};
    const bool organisation = read->kind == identity_kind::organisation;
    return organisation ? read->customer_key.substr(organisation_key - usual_id) : read->customer_key;
}

void missing(document& of, std::string_view field, std::string_view expected) {
    of.findings.push_back({index_rule::element_missing, std::string(field), std::string(expected)});
}

void read_day(document& of, std::optional<date>& into, std::string_view field, std::string_view text) {
    into = parse_iso_date(text);
    if (!into) missing(of, field, "a day as 2026-11-30");
}

void read_amount(document& of, std::string_view field, std::string_view text) {
    if (const auto amount = parse_decimal_amount(text))
        of.amount_ore = *amount;
    else
        missing(of, field, "an amount as 123.00");
}

void read_country(document& of, std::string_view field, std::string_view text) {
    const std::string name = without_extra_blanks(text);
    const country* found = country_named(name);
    if (name.empty() && swedish_postcode(of.address.postcode)) found = find_country(sweden);
    if (found == nullptr) missing(of, field, "the name of a country");
    of.address.country = found == nullptr ? "" : std::string(found->code);
}

void read_names(document& of, std::string_view file_name, flow in, bool reminder) {
    of.file_name = file_name;
    of.kind = reminder || in == flow::reminder         ? document_kind::reminder
              : file_name.starts_with("Kreditfaktura") ? document_kind::credit_invoice
                                                       : document_kind::invoice;
    const auto id = recipient_in(file_name);
    if (id && id->size() == usual_id && *id == only_digits(of.customer_number)) return;
    of.print_only = true;
    of.findings.push_back({index_rule::recipient_id, "filename", "the 10 digits of the customer before .pdf"});
}

payment_method method_of(const document& of, bool collected) {
    if (of.amount_ore.value_or(0) <= 0) return payment_method::none;
    return collected ? payment_method::autogiro : payment_method::slip;
}

bool is_care_of(std::string_view text) {
    return in_small_letters(text).starts_with("c/o");
}

std::string day_text(const std::optional<date>& day) {
    return day ? format_iso_date(*day) : "";
}

std::string amount_text(const document& of) {
    return of.amount_ore ? format_decimal_amount(*of.amount_ore) : "";
}

std::string country_text(const document& of) {
    const country* const found = find_country(of.address.country);
    return found == nullptr ? "" : std::string(found->english);
}

constexpr std::size_t shortest_bankgiro = 7;

std::string account_text(const document& of) {
    return of.account.size() < shortest_bankgiro ? of.account : display_bankgiro(of.account);
}

}  // namespace

std::string_view id(index_rule rule) noexcept {
    return rule == index_rule::element_missing ? "PRB-R08" : "PRB-W03";
}

bool document::sendable() const noexcept {
    return std::none_of(findings.begin(), findings.end(),
                        [](const index_finding& each) { return each.rule == index_rule::element_missing; });
}

std::optional<container_name> parse_container_name(std::string_view name) {
    if (!name.ends_with(ending)) return std::nullopt;
    name.remove_suffix(ending.size());
    for (const auto& [prefix, of] : {std::pair(invoices, flow::invoice), std::pair(reminders, flow::reminder)}) {
        if (!name.starts_with(prefix)) continue;
        const std::string_view rest = name.substr(prefix.size());
        if (rest.size() != 2 + date_digits + clock_digits || rest[0] != '-' || rest[1 + date_digits] != '_') continue;
        const auto day = parse_yymmdd(rest.substr(1, date_digits));
        const std::string_view clock = rest.substr(2 + date_digits);
        if (day && all_digits(clock)) return container_name{of, *day, std::string(clock)};
    }
    return std::nullopt;
}

std::string write_container_name(const container_name& of) {
    return fmt::format("{}-{}_{}{}", of.of == flow::invoice ? invoices : reminders, format_yymmdd(of.day), of.clock, ending);
}

document read_entry(const r1_entry& from, flow of, date today) {
    document made;
    made.customer_number = from.customer_number;
    read_names(made, from.filename, of, from.reminder == "1");
    made.number = from.invoice_no;
    read_day(made, made.issued, "InvoiceDate", from.invoice_date);
    read_day(made, made.due, "DueDate", from.due_date);
    made.reference = from.payment_reference;
    read_amount(made, "TotalAmount", from.total_amount);
    made.account = only_digits(from.payment_no);
    made.method = method_of(made, from.agf != "00");
    made.identity_number = identity_of(from.soc_sec.empty() ? from.customer_number : from.soc_sec, today);
    made.address.name = from.name;
    made.address.care_of = from.care_of;
    made.address.street = from.street;
    made.address.postcode = from.zip_code;
    made.address.town = from.city;
    read_country(made, "BuyerParty_Country", from.country);
    made.postage = from.postage == "A" ? postage::normal : postage::economy;
    return made;
}

document read_entry(const r2_entry& from, flow of, date today) {
    document made;
    made.customer_number = from.customer_id;
    read_names(made, from.filename, of, false);
    made.number = from.invoice_no;
    read_day(made, made.issued, "fakturadatum", from.invoice_date);
    read_day(made, made.due, "forfallodatum", from.due_date);
    made.reference = from.reference;
    read_amount(made, "belopp_att_betala", from.amount);
    made.account = only_digits(from.giro);
    made.method = method_of(made, from.autogiro == "AG");
    made.identity_number = identity_of(from.customer_id, today);
    made.address.name = from.name_1;
    (is_care_of(from.name_2) ? made.address.care_of : made.address.department) = from.name_2;
    made.address.street = from.street;
    made.address.postcode = from.postcode;
    made.address.town = from.town;
    read_country(made, "kund_land", from.country);
    return made;
}

r1_entry to_r1(const document& from) {
    r1_entry made;
    made.filename = from.file_name;
    made.reminder = from.kind == document_kind::reminder ? "1" : "0";
    made.customer_number = from.customer_number;
    made.soc_sec = from.identity_number;
    made.invoice_no = from.number;
    made.invoice_date = day_text(from.issued);
    made.due_date = day_text(from.due);
    made.agf = from.method == payment_method::autogiro ? "01" : "00";
    made.payment_reference = from.reference;
    made.total_amount = amount_text(from);
    made.postage = from.postage == postage::normal ? "A" : "B";
    made.name = from.address.name;
    made.care_of = from.address.care_of;
    made.street = from.address.street;
    made.zip_code = from.address.postcode;
    made.city = from.address.town;
    made.country = country_text(from);
    made.payment_no = account_text(from);
    made.currency = "SEK";
    return made;
}

r2_entry to_r2(const document& from) {
    r2_entry made;
    made.filename = from.file_name;
    made.invoice_no = from.number;
    made.reference = from.reference;
    made.amount = amount_text(from);
    made.customer_id = from.customer_number;
    made.invoice_date = day_text(from.issued);
    made.due_date = day_text(from.due);
    made.name_1 = from.address.name;
    made.name_2 = from.address.care_of.empty()       ? from.address.department
                  : is_care_of(from.address.care_of) ? from.address.care_of
                                                     : "C/O " + from.address.care_of;
    made.street = from.address.street;
    made.postcode = from.address.postcode;
    made.town = from.address.town;
    made.country = country_text(from);
    made.autogiro = from.method == payment_method::autogiro ? "AG" : "";
    made.giro = account_text(from);
    return made;
}

}  // namespace brygga::print::index
