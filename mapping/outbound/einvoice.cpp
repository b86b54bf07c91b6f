#include "mapping/outbound/einvoice.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/gs1.hpp"
#include "formats/core/money.hpp"
#include "mapping/ledger/receivables.hpp"

namespace brygga::outbound {

namespace {

using einvoice::decimal;
using json = nlohmann::json;

constexpr std::string_view no_price = "EINV-B11";  // without a price and VAT the sums of the books cannot be made
constexpr std::size_t organisation_digits = 10;

decimal of_ore(std::int64_t ore) {
    return {ore, 2};
}

// Members that the import has kept; it has seen to their types.
json members_of(const std::string& document) {
    return document.empty() ? json::object() : json::parse(document, nullptr, false);
}

std::string text_of(const json& from, const char* member) {
    const auto found = from.find(member);
    return found == from.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

std::optional<decimal> number_of(const json& from, const char* member) {
    const std::string text = text_of(from, member);
    return text.empty() ? std::nullopt : decimal::parse(text);
}

// "165567788994" of a business is 5567788994; a person's number is not written as an organisation's (EINV-B10).
std::string organisation_of(const ledger::customer& of) {
    if (of.category != ledger::customer_category::business || of.identity_number.size() < organisation_digits) return {};
    return of.identity_number.substr(of.identity_number.size() - organisation_digits);
}

einvoice::party buyer_of(const ledger::customer& of, const invoice_route& route) {
    einvoice::party out;
    out.name = of.name;
    out.organisation_number = organisation_of(of);
    out.street = of.street;
    out.postcode = of.postcode;
    out.town = of.town;
    std::erase(out.postcode, ' ');
    if (!of.country_code.empty()) out.country = of.country_code;
    out.receiver_id = route.receiver_id;
    out.endpoint_scheme = route.endpoint_scheme;
    out.endpoint = route.endpoint;
    return out;
}

class line_maker {
 public:
    line_maker(ledger::transaction& from, std::vector<document_gap>& gaps) : from_(from), gaps_(gaps) {}

    // Line `number` of those of the schema, from 0.
    [[nodiscard]] result<einvoice::invoice_line> line(const json& members, std::size_t number, std::string name,
                                                      ledger::utility kind, const std::string& supply_point) {
        einvoice::invoice_line out;
        out.name = name.empty() ? std::string(ledger::name(kind)) : std::move(name);
        out.note = text_of(members, "note");
        out.article = ledger::name(kind);
        const auto quantity = number_of(members, "quantity"), price = number_of(members, "price");
        if (!quantity) gap(number, "quantity", "a quantity");
        if (!price) gap(number, "price", "a price without value added tax");
        out.quantity = quantity.value_or(decimal(1));
        out.price = price.value_or(decimal());
        out.base_quantity = number_of(members, "price_quantity").value_or(decimal(1));
        if (out.base_quantity <= decimal()) {
            gap(number, "price_quantity", "more than 0");
            out.base_quantity = 1;
        }
        if (const std::string unit = text_of(members, "unit"); !unit.empty()) out.unit = unit;
        out.tax = vat(members, number);
        const auto begins = parse_iso_date(text_of(members, "from")), ends = parse_iso_date(text_of(members, "to"));
        if (begins && ends) out.during = einvoice::period{*begins, *ends};
        if (const auto properties = members.find("properties"); properties != members.end())
            for (const json& each : *properties)
                out.properties.emplace_back(text_of(each, "name"), text_of(each, "value"));
        if (auto placed = place(supply_point, out); !placed) return tl::unexpected(std::move(placed.error()));
        return out;
    }

 private:
    void gap(std::size_t number, std::string_view member, std::string_view expected) {
        gaps_.push_back({no_price, fmt::format("lines/{}/{}", number, member), std::string(expected)});
    }
    [[nodiscard]] einvoice::vat vat(const json& members, std::size_t number) {
        const auto found = members.find("vat");
        if (found == members.end()) {
            gap(number, "vat", "a category and rate of value added tax");
            return {};
        }
        einvoice::vat out{text_of(*found, "category"), number_of(*found, "rate"), text_of(*found, "reason")};
        if (out.category == "S" && !out.rate) gap(number, "vat/rate", "the rate");
        if (out.category != "S" && out.reason.empty()) gap(number, "vat/reason", "why there is no value added tax");
        if (out.category == "E") out.rate = decimal();
        if (out.category == "O") out.rate.reset();
        return out;
    }
    // Where it was delivered: its 18 digits where it has them, and its address.
    [[nodiscard]] result<void> place(const std::string& supply_point, einvoice::invoice_line& of) {
        auto found = from_.find_facility(supply_point);
        if (!found) return tl::unexpected(std::move(found.error()));
        of.facility = *found && !(*found)->gsrn.empty() ? (*found)->gsrn : supply_point;
        constexpr std::string_view address = "Anl\xC3\xA4ggningsadress";
        const bool is_told =
            std::any_of(of.properties.begin(), of.properties.end(), [&](const auto& each) { return each.first == address; });
        if (*found && !(*found)->supply_address.empty() && !is_told)
            of.properties.emplace_back(address, (*found)->supply_address);
        return {};
    }

    ledger::transaction& from_;
    std::vector<document_gap>& gaps_;
};

// What the ledger knows of the buyer, and the issuer of itself.
result<void> add_parties(const std::string& customer_id, const invoice_issuer& issuer, const invoice_route& route,
                         ledger::transaction& from, made_document& to) {
    auto who = from.find_customer(customer_id);
    if (!who) return tl::unexpected(std::move(who.error()));
    if (!*who) {
        to.gaps.push_back({"BILL-R17", "customer_id", "a customer that is there"});
        return {};
    }
    if ((*who)->protected_identity && !route.by_tax_agency)
        to.gaps.push_back({"BILL-R07", "customer_id",
                           "a customer whose identity is not protected: any other channel than print "
                           "by the tax agency would tell where they live"});
    if (!(*who)->protected_identity && route.by_tax_agency)
        to.gaps.push_back(
            {"PRO-R04", "customer_id", "a customer whose identity is protected: the tax agency forwards for nobody else"});
    to.document.seller = issuer.seller;
    to.document.buyer = buyer_of(**who, route);
    to.document.customer_number = customer_id;
    to.document.routing_code = route.routing_code;
    return {};
}

void add_words(const json& members, const invoice_issuer& issuer, einvoice::invoice& to) {
    to.buyer_reference = text_of(members, "buyer_reference");
    to.note = text_of(members, "note");
    to.payment_terms = text_of(members, "payment_terms");
    if (to.payment_terms.empty()) to.payment_terms = issuer.payment_terms;
    if (to.buyer_reference.empty()) to.buyer_reference = to.customer_number;
}

// Earlier invoices of the customer that are due and open, but for what the customer objects to (BILL-R34): no part of this one.
result<std::string> arrears_of(const ledger::invoice& of, ledger::transaction& from) {
    const auto open = from.open_invoices_of(of.customer_id);
    if (!open) return tl::unexpected(open.error());
    std::string out;
    for (const ledger::open_invoice& each : *open) {
        const std::int64_t owed_ore = std::min(each.open_ore(), each.undisputed().open_ore());
        if (each.number == of.number || each.due_date >= of.issue_date || owed_ore <= 0 || each.currency != of.currency) continue;
        out += fmt::format("{}{} f\xC3\xB6rf\xC3\xB6ll {}, {}", out.empty() ? "" : "; ", each.number,
                           format_iso_date(each.due_date), of_ore(owed_ore).text());
    }
    return out.empty() ? out : fmt::format("Tidigare obetalda fakturor (ing\xC3\xA5r inte i beloppet): {}", out);
}

// After a move: the last one (billing-rules.md 2.3, FINAL).
result<bool> is_final_invoice(ledger::row_id invoice_id, ledger::transaction& from) {
    const auto document = from.invoice_runs().run_document_of(invoice_id);
    if (!document) return tl::unexpected(document.error());
    if (!*document) return false;
    const auto run = from.invoice_runs().run_with_id((*document)->row.run_id);
    if (!run) return tl::unexpected(run.error());
    return *run && (*run)->row.kind == ledger::run_kind::final_invoices;
}

void add_to_note(std::string& note, const std::string& text) {
    if (text.empty()) return;
    note += note.empty() ? text : ". " + text;
}

// What is said here must come to what the books have (EINV-B11).
void compare(const einvoice::invoice& document, std::int64_t payable_ore, std::vector<document_gap>& gaps) {
    if (!gaps.empty()) return;
    const decimal payable = totals_of(document).payable;
    if (payable != of_ore(payable_ore))
        gaps.push_back({no_price, "total_ore",
                        fmt::format("lines that come to {}, and not {}", of_ore(payable_ore).text(), payable.text())});
}

}  // namespace

result<made_document> document_of_invoice(ledger::row_id invoice_id, const invoice_issuer& issuer, const invoice_route& route,
                                          ledger::transaction& from) {
    const auto found = from.find_invoice(invoice_id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return fail(error_code::not_found, fmt::format("no invoice has the id {}", ledger::format_id(invoice_id)));
    const ledger::invoice& of = **found;
    made_document out;
    einvoice::invoice& document = out.document;
    document.number = of.number;
    document.issued = of.issue_date;
    document.due = of.due_date;
    document.currency = of.currency;
    document.payment_reference = of.reference;
    document.rounding = of_ore(of.rounding_ore);
    const auto advance_ore = advance_used_by(invoice_id, from);
    if (!advance_ore) return tl::unexpected(advance_ore.error());
    document.prepaid = of_ore(*advance_ore);
    document.mandate = route.mandate;
    if (document.mandate.empty()) document.accounts = issuer.accounts;
    if (auto done = add_parties(of.customer_id, issuer, route, from, out); !done) return tl::unexpected(std::move(done.error()));
    add_words(members_of(of.document), issuer, document);
    line_maker maker(from, out.gaps);
    for (std::size_t i = 0; i != of.lines.size(); ++i) {
        const ledger::invoice_line& each = of.lines[i];
        auto line = maker.line(members_of(each.document), i, each.text, each.kind, each.supply_point);
        if (!line) return tl::unexpected(std::move(line.error()));
        document.lines.push_back(std::move(*line));
    }
    const auto is_final = is_final_invoice(invoice_id, from);
    if (!is_final) return tl::unexpected(is_final.error());
    if (*is_final) add_to_note(document.note, "Slutfaktura");
    if (route.tells_arrears) {
        const auto arrears = arrears_of(of, from);
        if (!arrears) return tl::unexpected(arrears.error());
        add_to_note(document.note, *arrears);
    }
    if (!route.mandate.empty() && of.total_ore > *advance_ore)
        add_to_note(document.note,
                    fmt::format("Beloppet dras fr\xC3\xA5n ditt konto via autogiro {}", format_iso_date(of.due_date)));
    compare(document, of.total_ore - *advance_ore, out.gaps);
    return out;
}

result<made_document> document_of_credit_note(ledger::row_id credit_note_id, const invoice_issuer& issuer,
                                              const invoice_route& route, ledger::transaction& from) {
    const auto found = from.find_credit_note(credit_note_id);
    if (!found) return tl::unexpected(found.error());
    if (!*found)
        return fail(error_code::not_found, fmt::format("no credit note has the id {}", ledger::format_id(credit_note_id)));
    const ledger::credit_note& of = **found;
    made_document out;
    einvoice::invoice& document = out.document;
    document.is_credit_note = true;
    document.number = of.number;
    document.issued = of.issue_date;
    document.currency = of.currency;
    document.payment_reference = of.reference;
    if (auto done = add_parties(of.customer_id, issuer, route, from, out); !done) return tl::unexpected(std::move(done.error()));
    const auto credited = from.invoice_with_number(of.invoice_number);
    if (!credited) return tl::unexpected(credited.error());
    if (*credited) document.credited = {of.invoice_number, (*credited)->issue_date};
    const json members = members_of(of.document);
    add_words(members, issuer, document);
    document.payment_terms.clear();
    const auto lines = members.find("lines");
    if (lines == members.end()) {
        out.gaps.push_back({no_price, "lines", "what the credit note is of"});
        return out;
    }
    line_maker maker(from, out.gaps);
    for (const json& each : *lines) {
        auto line = maker.line(each, document.lines.size(), text_of(each, "text"), of.kind, of.supply_point);
        if (!line) return tl::unexpected(std::move(line.error()));
        document.lines.push_back(std::move(*line));
    }
    // The books have one amount, which is what is left after rounding.
    document.rounding = of_ore(of.amount_ore) - totals_of(document).gross;
    if (document.rounding->abs() > decimal(50, 2)) {
        document.rounding = decimal();
        compare(document, of.amount_ore, out.gaps);
    }
    return out;
}

}  // namespace brygga::outbound
