#include "formats/einvoice/ledger_rows.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/money.hpp"
#include "formats/einvoice/path.hpp"
#include "formats/einvoice/read_invoice.hpp"

namespace brygga::einvoice {

namespace {

using ordered_json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 5> utilities = {"EL", "FV", "FI", "VA", "RE"};

std::string text_at(element from, path what) {
    return std::string(what.first(from).text());
}

std::optional<decimal> number_at(element from, path what) {
    const element at = what.first(from);
    return at ? decimal::parse(at.raw()) : std::nullopt;
}

decimal or_zero(element from, path what) {
    return number_at(from, what).value_or(decimal());
}

std::string utility_of(element line, path article) {
    const std::string told = text_at(line, article);
    return std::find(utilities.begin(), utilities.end(), told) == utilities.end() ? std::string() : told;
}

// ---- reading Peppol ----

std::string customer_number(element root) {
    std::string out;
    root.children("AdditionalDocumentReference"_el, [&](element each) {
        const bool is_object =
            each.child("DocumentTypeCode"_el).text() == "130" && each.child("ID"_el).attribute("schemeID") == "IT";
        const std::string_view description = each.child("DocumentDescription"_el).text();
        const bool is_told = description == "IT" || description.starts_with("IT ");
        if (out.empty() && (is_object || is_told)) out = each.child("ID"_el).text();
    });
    return out;
}

read_line line_of_peppol(element line) {
    constexpr path item_name = "Item/Name", article = "Item/SellersItemIdentification/ID", facility = "DocumentReference[130]/ID";
    constexpr path category = "Item/ClassifiedTaxCategory/ID", rate = "Item/ClassifiedTaxCategory/Percent";
    constexpr path from = "InvoicePeriod/StartDate", to = "InvoicePeriod/EndDate", property = "Item/AdditionalItemProperty";
    const element quantity =
        line.child("InvoicedQuantity"_el) ? line.child("InvoicedQuantity"_el) : line.child("CreditedQuantity"_el);
    read_line out;
    out.utility = utility_of(line, article);
    out.facility = text_at(line, facility);
    out.text = text_at(line, item_name);
    out.note = line.child("Note"_el).text();
    out.quantity = decimal::parse(quantity.raw());
    out.unit = quantity.attribute("unitCode").value_or("");
    out.price = number_at(line, "Price/PriceAmount");
    out.base_quantity = number_at(line, "Price/BaseQuantity");
    out.net = or_zero(line, "LineExtensionAmount");
    out.category = text_at(line, category);
    out.rate = number_at(line, rate);
    out.from = text_at(line, from);
    out.to = text_at(line, to);
    property.each(
        line, [&](element each) { out.properties.emplace_back(each.child("Name"_el).text(), each.child("Value"_el).text()); });
    return out;
}

void add_reasons(element root, path row, read_invoice& to, element_name reason) {
    row.each(root, [&](element each) {
        const element category = each.child("TaxCategory"_el);
        const read_vat made{std::string(category.child("ID"_el).text()), number_at(category, "Percent"),
                            or_zero(each, "TaxAmount")};
        for (read_line& line : to.lines)
            if (line.category == made.category && line.rate == made.rate) line.reason = category.child(reason).text();
        to.vat.push_back(made);
    });
}

read_invoice read_peppol(element root) {
    constexpr path reference = "PaymentMeans/PaymentID", due = "PaymentMeans/PaymentDueDate", terms = "PaymentTerms/Note";
    constexpr path credited = "BillingReference/InvoiceDocumentReference/ID", row = "TaxTotal/TaxSubtotal";
    read_invoice out;
    out.is_credit_note = root.is() == "CreditNote"_el;
    out.number = root.child("ID"_el).text();
    out.customer_id = customer_number(root);
    out.reference = text_at(root, reference);
    out.issued = root.child("IssueDate"_el).text();
    out.due = root.child("DueDate"_el) ? std::string(root.child("DueDate"_el).text()) : text_at(root, due);
    out.currency = root.child("DocumentCurrencyCode"_el).text();
    out.buyer_reference = root.child("BuyerReference"_el).text();
    out.note = root.child("Note"_el).text();
    out.payment_terms = text_at(root, terms);
    out.credited = text_at(root, credited);
    out.payable = or_zero(root, "LegalMonetaryTotal/PayableAmount");
    out.rounding = or_zero(root, "LegalMonetaryTotal/PayableRoundingAmount");
    for (const element_name line : {"InvoiceLine"_el, "CreditNoteLine"_el})
        root.children(line, [&](element each) { out.lines.push_back(line_of_peppol(each)); });
    add_reasons(root, row, out, "TaxExemptionReason"_el);
    if (root.child("AllowanceCharge"_el)) out.held = "it has an allowance or charge of no facility";
    if (or_zero(root, "LegalMonetaryTotal/PrepaidAmount") != decimal())
        out.held = "it deducts an advance that is not reserved here";
    return out;
}

// ---- reading Svefaktura ----

// What our own writer says in notes: "Kundnummer 7001", "Anläggning 735999111000001235".
std::string word_behind(std::string_view note, std::string_view label) {
    const std::size_t at = note.find(label);
    if (at == std::string_view::npos) return {};
    const std::string_view left = note.substr(at + label.size());
    const std::size_t end = left.find_first_of(" .,;\r\n\t");
    return std::string(left.substr(0, end));
}

read_line line_of_svefaktura(element line) {
    constexpr path description = "Item/Description", article = "Item/SellersItemIdentification/ID";
    constexpr path category = "Item/TaxCategory/ID";
    const element quantity = line.child("InvoicedQuantity"_el);
    read_line out;
    out.utility = utility_of(line, article);
    out.note = line.child("Note"_el).text();
    out.facility = word_behind(out.note, "Anl\xC3\xA4ggning ");
    out.text = text_at(line, description);
    if (quantity) out.quantity = decimal::parse(quantity.raw());
    out.unit = quantity.attribute("quantityUnitCode").value_or("");
    out.price = number_at(line, "Item/BasePrice/PriceAmount");
    out.base_quantity = number_at(line, "Item/BasePrice/BaseQuantity");
    out.net = or_zero(line, "LineExtensionAmount");
    out.category = text_at(line, category);
    out.rate = number_at(line, "Item/TaxCategory/Percent");
    return out;
}

// A line without its own takes the only one of the document.
void add_what_is_said_once(element root, read_invoice& to) {
    std::vector<std::string> objects;
    root.children("AdditionalDocumentReference"_el, [&](element each) {
        if (each.child("ID"_el).attribute("identificationSchemeID") == "ACD") objects.emplace_back(each.child("ID"_el).text());
    });
    for (read_line& line : to.lines) {
        if (line.facility.empty() && objects.size() == 1) line.facility = objects.front();
        if (line.category.empty() && to.vat.size() == 1) {
            line.category = to.vat.front().category;
            line.rate = to.vat.front().rate;
        }
        if (line.category.empty()) to.held = "a line has no VAT category";
    }
}

read_invoice read_svefaktura(element root) {
    constexpr path reference = "PaymentMeans/PayeeFinancialAccount/PaymentInstructionID", due = "PaymentMeans/DuePaymentDate";
    constexpr path terms = "PaymentTerms/Note", buyer = "RequisitionistDocumentReference/ID", row = "TaxTotal/TaxSubTotal";
    constexpr path credited = "InitialInvoiceDocumentReference/ID";
    read_invoice out;
    out.is_credit_note = root.child("InvoiceTypeCode"_el).text() == "381";
    out.number = root.child("ID"_el).text();
    out.issued = root.child("IssueDate"_el).text();
    out.due = text_at(root, due);
    out.currency = root.child("InvoiceCurrencyCode"_el).text();
    if (out.currency.empty()) out.currency = "SEK";
    out.reference = text_at(root, reference);
    out.buyer_reference = text_at(root, buyer);
    out.note = root.child("Note"_el).text();
    out.customer_id = word_behind(out.note, "Kundnummer ");
    out.payment_terms = text_at(root, terms);
    out.credited = text_at(root, credited);
    out.payable = or_zero(root, "LegalTotal/TaxInclusiveTotalAmount");
    out.rounding = or_zero(root, "LegalTotal/RoundOffAmount");
    root.children("InvoiceLine"_el, [&](element each) { out.lines.push_back(line_of_svefaktura(each)); });
    add_reasons(root, row, out, "ExemptionReason"_el);
    if (root.child("AllowanceCharge"_el)) out.held = "it has an allowance or charge of no facility";
    add_what_is_said_once(root, out);
    return out;
}

// ---- rows ----

// Each line with its share of the VAT of its row, to the öre: what is left over goes to the lines with the largest remainders.
std::vector<decimal> gross_of(const read_invoice& of) {
    std::vector<decimal> out;
    for (const read_line& line : of.lines)
        out.push_back(line.net);
    for (const read_vat& row : of.vat) {
        std::vector<std::size_t> lines;
        decimal left = row.vat;
        for (std::size_t i = 0; i != of.lines.size(); ++i)
            if (of.lines[i].category == row.category && of.lines[i].rate == row.rate) lines.push_back(i);
        std::map<std::size_t, decimal> remainders;
        for (const std::size_t i : lines) {
            const decimal exact = (of.lines[i].net * row.rate.value_or(decimal())).over_100();
            const decimal share = exact.rounded(2);
            remainders[i] = exact - share;
            out[i] += share;
            left = left - share;
        }
        const decimal step = left < decimal() ? decimal(-1, 2) : decimal(1, 2);
        std::stable_sort(lines.begin(), lines.end(), [&](std::size_t a, std::size_t b) {
            return left < decimal() ? remainders[a] < remainders[b] : remainders[b] < remainders[a];
        });
        for (std::size_t i = 0; !lines.empty() && left.abs() >= decimal(1, 2); i = (i + 1) % lines.size()) {
            if (left.abs() > decimal(100)) break;  // the document is wrong; its rules say so
            out[lines[i]] += step;
            left = left - step;
        }
    }
    return out;
}

void put(ordered_json& to, const char* member, const std::string& value) {
    if (!value.empty()) to[member] = value;
}

// What the paper says of a line. Where price and quantity do not come to its net (an allowance of the line), it is one of its
// net.
ordered_json paper_of(const read_line& line) {
    ordered_json out;
    const decimal base = line.base_quantity.value_or(decimal(1));
    const bool comes_to_net =
        line.quantity && line.price && base > decimal() && (*line.quantity * *line.price).divided_by(base, 2) == line.net;
    out["quantity"] = comes_to_net ? line.quantity->text() : "1";
    out["unit"] = comes_to_net && !line.unit.empty() ? line.unit : "EA";
    out["price"] = comes_to_net ? line.price->text() : line.net.text();
    if (comes_to_net && base != decimal(1)) out["price_quantity"] = base.text();
    out["vat"] = {{"category", line.category}};
    if (line.rate && line.category == "S") out["vat"]["rate"] = line.rate->text();
    if (!line.reason.empty()) out["vat"]["reason"] = line.reason;
    put(out, "from", line.from);
    put(out, "to", line.to);
    put(out, "note", line.note);
    if (!line.properties.empty()) out["properties"] = ordered_json::array();
    for (const auto& [name, value] : line.properties)
        out["properties"].push_back({{"name", name}, {"value", value}});
    return out;
}

std::string line_of_json(const ordered_json& row) {
    return row.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

class row_maker {
 public:
    row_maker(read_invoice of, const std::function<void(const ledger_row&)>& each)
        : of_(std::move(of)), gross_(gross_of(of_)), each_(each) {}

    void all() {
        if (of_.held.empty() && of_.customer_id.empty()) of_.held = "it names no customer number";
        for (const read_line& line : of_.lines)
            if (of_.held.empty() && line.facility.empty()) of_.held = "a line is of no facility";
        if (of_.held.empty() && of_.payable < decimal()) of_.held = "its amount is negative";
        if (of_.held.empty() && !of_.is_credit_note && of_.due.empty()) of_.held = "it does not say when it is due";
        if (of_.held.empty() && !is_in_whole_ore()) of_.held = "an amount has parts of an \xC3\xB6re";
        const bool fits = ore_of(of_.payable) && ore_of(of_.rounding) &&
                          std::all_of(gross_.begin(), gross_.end(), [](const decimal& each) { return ore_of(each).has_value(); });
        if (of_.held.empty() && !fits) of_.held = "an amount is larger than the ledger holds";
        if (of_.held.empty() && of_.is_credit_note && of_.credited.empty()) of_.held = "it names no invoice that it credits";
        if (!of_.held.empty())
            each_({1, of_.held, {}});
        else if (of_.is_credit_note)
            credits();
        else
            invoice();
    }

 private:
    [[nodiscard]] bool is_in_whole_ore() const {
        const auto is_whole = [](const decimal& amount) { return amount == amount.rounded(2); };
        return is_whole(of_.payable) && is_whole(of_.rounding) &&
               std::all_of(of_.lines.begin(), of_.lines.end(), [&](const read_line& each) { return is_whole(each.net); }) &&
               std::all_of(of_.vat.begin(), of_.vat.end(), [&](const read_vat& each) { return is_whole(each.vat); });
    }
    [[nodiscard]] ordered_json head(std::string_view type, const std::string& number) const {
        ordered_json out{{"type", type}, {"number", number}, {"customer_id", of_.customer_id}};
        put(out, "reference", of_.reference);
        if (of_.is_credit_note) out["invoice_number"] = of_.credited;
        out["issue_date"] = of_.issued;
        if (!of_.is_credit_note) out["due_date"] = of_.due;
        out["currency"] = of_.currency;
        put(out, "buyer_reference", of_.buyer_reference);
        put(out, "note", of_.note);
        put(out, "payment_terms", of_.payment_terms);
        return out;
    }

    void invoice() {
        ordered_json row = head("invoice", of_.number);
        row["total_ore"] = ore_of(of_.payable).value_or(0);
        if (of_.rounding != decimal()) row["rounding_ore"] = ore_of(of_.rounding).value_or(0);
        for (std::size_t i = 0; i != of_.lines.size(); ++i) {
            ordered_json line = paper_of(of_.lines[i]);
            put(line, "utility", of_.lines[i].utility);
            line["supply_point"] = of_.lines[i].facility;
            put(line, "text", of_.lines[i].text);
            line["amount_ore"] = ore_of(gross_[i]).value_or(0);
            row["lines"].push_back(std::move(line));
        }
        each_({1, {}, line_of_json(row)});
    }

    // The ledger's lowers one part of an invoice: one for each facility, numbered apart behind the first.
    void credits() {
        std::vector<std::pair<std::string, std::string>> parts;
        for (const read_line& line : of_.lines)
            if (const std::pair part{line.utility, line.facility}; std::find(parts.begin(), parts.end(), part) == parts.end())
                parts.push_back(part);
        std::vector<decimal> sums(parts.size());
        for (std::size_t at = 0; at != of_.lines.size(); ++at)
            sums[part_of(parts, at)] += gross_[at];
        if (!sums.empty()) *std::max_element(sums.begin(), sums.end()) += of_.rounding;  // as in the books (BILL-R29)
        for (std::size_t i = 0; i != parts.size(); ++i) {
            ordered_json row = head("credit_note", i == 0 ? of_.number : fmt::format("{}:{}", of_.number, i + 1));
            put(row, "utility", parts[i].first);
            row["supply_point"] = parts[i].second;
            for (std::size_t at = 0; at != of_.lines.size(); ++at) {
                if (part_of(parts, at) != i) continue;
                ordered_json line = paper_of(of_.lines[at]);
                line["text"] = of_.lines[at].text.empty() ? parts[i].first : of_.lines[at].text;
                row["lines"].push_back(std::move(line));
            }
            row["amount_ore"] = ore_of(sums[i]).value_or(0);
            each_({1, {}, line_of_json(row)});
        }
    }
    [[nodiscard]] std::size_t part_of(const std::vector<std::pair<std::string, std::string>>& parts, std::size_t line) const {
        const std::pair own{of_.lines[line].utility, of_.lines[line].facility};
        return static_cast<std::size_t>(std::find(parts.begin(), parts.end(), own) - parts.begin());
    }

    read_invoice of_;
    std::vector<decimal> gross_;
    const std::function<void(const ledger_row&)>& each_;
};

}  // namespace

void rows_of_peppol(const tree& document, const std::function<void(const ledger_row&)>& each) {
    if (document.root()) row_maker(read_peppol(document.root()), each).all();
}

void rows_of_svefaktura(const tree& document, const std::function<void(const ledger_row&)>& each) {
    if (document.root().is() == "Invoice"_el) row_maker(read_svefaktura(document.root()), each).all();
}

}  // namespace brygga::einvoice
