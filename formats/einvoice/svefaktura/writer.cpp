#include "formats/einvoice/svefaktura/writer.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/core/base64.hpp"
#include "formats/einvoice/filling.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"
#include "formats/einvoice/text.hpp"

namespace brygga::einvoice::svefaktura {

namespace {

constexpr std::size_t most_accounts = 3;
constexpr unsigned price_decimals = 4;
constexpr std::string_view object_prefix = "urn:sfti:documents:object:";

std::string bic_of(const payee_account& account) {
    if (account.branch == "SE:BANKGIRO") return "BGABSESS";
    return account.branch == "SE:PLUSGIRO" ? "PGSISESS" : account.branch;
}

bool is_iban(std::string_view account) {
    return account.size() > 2 && account[0] >= 'A' && account[0] <= 'Z';
}

class document_writer {
 public:
    explicit document_writer(const invoice& from) : from_(from), totals_(totals_of(from)) {}

    [[nodiscard]] item whole() const {
        item out;
        out.is = "Invoice"_el;
        const filling root(out, invoice_syntax());
        head(root);
        references(root);
        party_of(root.in("BuyerParty"_el).in("Party"_el), from_.buyer);
        party_of(root.in("SellerParty"_el).in("Party"_el), from_.seller);
        if (!from_.is_credit_note) payment(root);
        vat_total(root.in("TaxTotal"_el));
        totals(root.in("LegalTotal"_el));
        for (std::size_t i = 0; i != from_.lines.size(); ++i)
            line(root.another("InvoiceLine"_el), from_.lines[i], i + 1);
        routing(root);
        return out;
    }

 private:
    void amount(const filling& to, element_name which, const decimal& value) const {
        to.text(which, value.widened(2).text(), "amountCurrencyID", from_.currency);
    }

    [[nodiscard]] std::string note() const {
        if (from_.customer_number.empty()) return from_.note;
        const std::string customer = fmt::format("Kundnummer {}", from_.customer_number);
        return from_.note.empty() ? customer : fmt::format("{}. {}", customer, from_.note);
    }

    void head(const filling& root) const {
        root.text("ID"_el, from_.number).text("IssueDate"_el, format_iso_date(from_.issued));
        root.text("InvoiceTypeCode"_el, from_.is_credit_note ? "381" : "380").text("Note"_el, note());
        root.text("InvoiceCurrencyCode"_el, from_.currency);
        root.text("LineItemCountNumeric"_el, std::to_string(from_.lines.size()));
    }

    void reference(const filling& root, std::string_view scheme, std::string_view text) const {
        const filling made = root.another("AdditionalDocumentReference"_el);
        made.text("ID"_el, text, "identificationSchemeAgencyName", "SFTI");
        made.attribute("ID"_el, "identificationSchemeID", scheme);
    }
    void references(const filling& root) const {
        std::vector<std::string_view> facilities;
        for (const invoice_line& each : from_.lines)
            if (!each.facility.empty() && std::find(facilities.begin(), facilities.end(), each.facility) == facilities.end())
                facilities.push_back(each.facility);
        for (const std::string_view each : facilities)
            reference(root, "ACD", each);
        for (const attachment& each : from_.attachments)
            reference(root, "ATS", fmt::format("{}{}", object_prefix, each.id));
    }

    static void tax_scheme(const filling& to, std::string_view number, std::string_view scheme, const party& of) {
        const filling made = to.another("PartyTaxScheme"_el);
        made.text("CompanyID"_el, number);
        if (scheme == "SWT" && of.has_f_tax) made.text("ExemptionReason"_el, f_tax_text);
        if (scheme == "SWT" && !of.seat.empty()) made.in("RegistrationAddress"_el).text("CityName"_el, of.seat);
        made.in("TaxScheme"_el).text("ID"_el, scheme);
    }

    static void party_of(const filling& to, const party& of) {
        if (!of.receiver_id.empty()) to.in("PartyIdentification"_el).text("ID"_el, of.receiver_id);
        to.in("PartyName"_el).text("Name"_el, of.name);
        const filling address = to.in("Address"_el);
        address.text("StreetName"_el, of.street).text("CityName"_el, of.town).text("PostalZone"_el, of.postcode);
        address.in("Country"_el).text("IdentificationCode"_el, of.country);
        if (!of.vat_number.empty()) tax_scheme(to, of.vat_number, "VAT", of);
        if (!of.organisation_number.empty()) tax_scheme(to, of.organisation_number, "SWT", of);
        if (of.telephone.empty() && of.email.empty()) return;
        to.in("Contact"_el).text("Telephone"_el, of.telephone).text("ElectronicMail"_el, of.email);
    }

    // An autogiro has no means of payment: its word in the terms says it.
    void payment(const filling& root) const {
        if (from_.mandate.empty())
            for (const payee_account& each : from_.accounts)
                means(root.another("PaymentMeans"_el), each);
        const std::string terms = from_.mandate.empty() ? from_.payment_terms : "Betalas med autogiro. " + from_.payment_terms;
        if (!terms.empty()) root.in("PaymentTerms"_el).text("Note"_el, without_blanks(terms));
    }
    void means(const filling& to, const payee_account& account) const {
        to.text("PaymentMeansTypeCode"_el, "1");
        if (from_.due) to.text("DuePaymentDate"_el, format_iso_date(*from_.due));
        const filling made = to.in("PayeeFinancialAccount"_el);
        made.text("ID"_el, account.id);
        if (is_iban(account.id)) made.attribute("ID"_el, "identificationSchemeName", "IBAN");
        const std::string bic = bic_of(account);
        if (!bic.empty()) made.in("FinancialInstitutionBranch"_el).in("FinancialInstitution"_el).text("ID"_el, bic);
        made.text("PaymentInstructionID"_el, from_.payment_reference);
    }

    // The format knows S and E; what is outside VAT is exempt here, with its reason.
    static void category(const filling& to, const vat& of) {
        to.text("ID"_el, of.category == "S" ? "S" : "E").text("Percent"_el, of.rate.value_or(decimal()).text());
        to.text("ExemptionReason"_el, of.reason);
        to.in("TaxScheme"_el).text("ID"_el, "VAT");
    }

    void vat_total(const filling& to) const {
        amount(to, "TotalTaxAmount"_el, totals_.vat);
        for (const vat_row& each : totals_.rows) {
            const filling row = to.another("TaxSubTotal"_el);
            amount(row, "TaxableAmount"_el, each.base);
            amount(row, "TaxAmount"_el, each.amount);
            category(row.in("TaxCategory"_el), each.tax);
        }
    }

    void totals(const filling& to) const {
        amount(to, "LineExtensionTotalAmount"_el, totals_.net);
        amount(to, "TaxExclusiveTotalAmount"_el, totals_.net);
        amount(to, "TaxInclusiveTotalAmount"_el, totals_.payable);
        if (totals_.rounding != decimal()) amount(to, "RoundOffAmount"_el, totals_.rounding);
    }

    static std::string note_of(const invoice_line& line) {
        std::vector<std::string> parts;
        if (!line.note.empty()) parts.push_back(line.note);
        if (!line.facility.empty()) parts.push_back(fmt::format("Anl\xC3\xA4ggning {}", line.facility));
        if (line.during)
            parts.push_back(
                fmt::format("Period {} till {}", format_iso_date(line.during->from), format_iso_date(line.during->to)));
        for (const auto& [name, value] : line.properties)
            parts.push_back(fmt::format("{}: {}", name, value));
        return fmt::format("{}", fmt::join(parts, ". "));
    }

    void line(const filling& to, const invoice_line& of, std::size_t number) const {
        to.text("ID"_el, std::to_string(number));
        to.text("InvoicedQuantity"_el, of.quantity.text(), "quantityUnitCode", of.unit);
        amount(to, "LineExtensionAmount"_el, of.net());
        to.text("Note"_el, note_of(of));
        const filling item = to.in("Item"_el);
        item.text("Description"_el, of.name);
        if (!of.article.empty()) item.in("SellersItemIdentification"_el).text("ID"_el, of.article);
        category(item.in("TaxCategory"_el), of.tax);
        const filling price = item.in("BasePrice"_el);
        amount(price, "PriceAmount"_el, of.price);
        if (of.base_quantity != decimal(1)) price.text("BaseQuantity"_el, of.base_quantity.text(), "quantityUnitCode", of.unit);
    }

    // The reference of the buyer is demanded: without one, the customer's number stands there.
    void routing(const filling& root) const {
        const std::string& reference = from_.buyer_reference.empty() ? from_.customer_number : from_.buyer_reference;
        root.another("RequisitionistDocumentReference"_el).text("ID"_el, reference);
        if (from_.credited) root.another("InitialInvoiceDocumentReference"_el).text("ID"_el, from_.credited->first);
        const auto during = period_of(from_);
        if (!during) return;
        root.in("InvoicingPeriod"_el)
            .text("StartDateTime"_el, format_iso_date(during->from) + "T00:00:00")
            .text("EndDateTime"_el, format_iso_date(during->to) + "T00:00:00");
    }

    const invoice& from_;
    invoice_totals totals_;
};

}  // namespace

result<item> document_of(const invoice& from) {
    if (from.prepaid != decimal())
        return fail(error_code::invalid_argument, "Svefaktura has no place for an advance that an invoice deducts");
    if (from.accounts.size() > most_accounts)
        return fail(error_code::invalid_argument, "Svefaktura has places for three accounts");
    if (from.buyer_reference.empty() && from.customer_number.empty())
        return fail(error_code::invalid_argument, "Svefaktura demands a reference of the buyer");
    if (totals_of(from).payable < decimal())
        return fail(error_code::invalid_argument, "a Svefaktura is not negative: it is a credit note then");
    for (const invoice_line& each : from.lines)
        if (each.price != each.price.rounded(price_decimals))
            return fail(error_code::invalid_argument, "a price of Svefaktura has at most four decimals");
    return document_writer(from).whole();
}

result<item> envelope_of(const invoice& from, std::string_view made_at) {
    const bool is_whole = !from.attachments.empty() && std::none_of(from.attachments.begin(), from.attachments.end(),
                                                                    [](const attachment& each) { return each.bytes.empty(); });
    if (!is_whole) return fail(error_code::invalid_argument, "an envelope has attachments, and none of them is empty");
    item out;
    out.is = "ObjectEnvelope"_el;
    const filling root(out, envelope_syntax());
    const filling document = root.in("DocumentReference"_el);
    document.text("DocumentID"_el, from.number).text("IssueDate"_el, format_iso_date(from.issued));
    document.text("IssuerID"_el, from.seller.organisation_number, "identificationSchemeID", "SWT");
    document.text("DocumentType"_el, basic_invoice_namespace);
    root.text("CreationDateTime"_el, made_at);
    for (const attachment& each : from.attachments) {
        const filling object = root.another("EncodedObject"_el);
        object.text("ObjectID"_el, each.id);
        object.text("EncodedData"_el, in_base64(each.bytes), "format", "BASE64");
        object.attribute("EncodedData"_el, "mimeCode", each.media_type);
        object.attribute("EncodedData"_el, "filename", each.file_name);
    }
    return out;
}

}  // namespace brygga::einvoice::svefaktura
