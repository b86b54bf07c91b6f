#include "formats/einvoice/peppol/writer.hpp"

#include <algorithm>

#include "formats/core/base64.hpp"
#include "formats/einvoice/filling.hpp"
#include "formats/einvoice/peppol/identifiers.hpp"
#include "formats/einvoice/text.hpp"

namespace brygga::einvoice::peppol {

namespace {

constexpr std::string_view organisation_scheme = "0007";

std::string text_of(const period& of, bool from) {
    return format_iso_date(from ? of.from : of.to);
}

class document_writer {
 public:
    document_writer(const invoice& from, flavour how) : from_(from), how_(how), totals_(totals_of(from)) {}

    [[nodiscard]] item whole() {
        item out;
        out.is = from_.is_credit_note ? "CreditNote"_el : "Invoice"_el;
        const filling root(out, *syntax_of(out.is));
        head(root);
        references(root);
        seller(root.in("AccountingSupplierParty"_el).in("Party"_el));
        buyer(root.in("AccountingCustomerParty"_el).in("Party"_el));
        payment(root);
        vat_total(root.in("TaxTotal"_el));
        totals(root.in("LegalMonetaryTotal"_el));
        for (std::size_t i = 0; i != from_.lines.size(); ++i)
            line(root.another(from_.is_credit_note ? "CreditNoteLine"_el : "InvoiceLine"_el), from_.lines[i], i + 1);
        return out;
    }

 private:
    void amount(const filling& to, element_name which, const decimal& value) const {
        to.text(which, value.widened(2).text(), "currencyID", from_.currency);
    }

    void head(const filling& root) const {
        root.text("CustomizationID"_el, specification).text("ProfileID"_el, billing_process).text("ID"_el, from_.number);
        root.text("IssueDate"_el, format_iso_date(from_.issued));
        if (from_.due && !from_.is_credit_note) root.text("DueDate"_el, format_iso_date(*from_.due));
        if (from_.is_credit_note)
            root.text("CreditNoteTypeCode"_el, "381");
        else
            root.text("InvoiceTypeCode"_el, "380");
        root.text("Note"_el, from_.note).text("DocumentCurrencyCode"_el, from_.currency);
        root.text("BuyerReference"_el, from_.buyer_reference);
    }

    void references(const filling& root) const {
        if (const auto whole = period_of(from_)) {
            const filling during = root.in("InvoicePeriod"_el);
            during.text("StartDate"_el, text_of(*whole, true)).text("EndDate"_el, text_of(*whole, false));
        }
        if (from_.credited) {
            const filling credited = root.in("BillingReference"_el).in("InvoiceDocumentReference"_el);
            credited.text("ID"_el, from_.credited->first).text("IssueDate"_el, format_iso_date(from_.credited->second));
        }
        if (how_ == flavour::operated && !from_.routing_code.empty())
            root.another("AdditionalDocumentReference"_el)
                .text("ID"_el, from_.routing_code)
                .text("DocumentDescription"_el, "AQY");
        if (!from_.customer_number.empty())
            root.another("AdditionalDocumentReference"_el)
                .text("ID"_el, from_.customer_number, "schemeID", "IT")
                .text("DocumentTypeCode"_el, "130");
        for (const attachment& each : from_.attachments)
            attach(root.another("AdditionalDocumentReference"_el), each);
    }

    static void attach(const filling& to, const attachment& each) {
        to.text("ID"_el, each.id).text("DocumentDescription"_el, each.description);
        to.in("Attachment"_el).text("EmbeddedDocumentBinaryObject"_el, in_base64(each.bytes), "mimeCode", each.media_type);
        to.in("Attachment"_el).attribute("EmbeddedDocumentBinaryObject"_el, "filename", each.file_name);
    }

    void address(const filling& to, const party& of) const {
        const filling address = to.in("PostalAddress"_el);
        address.text("StreetName"_el, of.street).text("CityName"_el, of.town).text("PostalZone"_el, of.postcode);
        address.in("Country"_el).text("IdentificationCode"_el, of.country);
    }
    void tax_scheme(const filling& to, std::string_view number, std::string_view scheme) const {
        const filling made = to.another("PartyTaxScheme"_el);
        made.text("CompanyID"_el, number);
        made.in("TaxScheme"_el).text("ID"_el, scheme);
    }
    // Where nothing is subject to VAT, nobody's VAT number may stand (BR-O-02).
    [[nodiscard]] bool is_outside_vat() const {
        return std::any_of(from_.lines.begin(), from_.lines.end(),
                           [](const invoice_line& each) { return each.tax.category == "O"; });
    }

    void seller(const filling& to) const {
        const party& of = from_.seller;
        if (how_ == flavour::network) to.text("EndpointID"_el, of.endpoint, "schemeID", of.endpoint_scheme);
        address(to, of);
        if (!of.vat_number.empty() && !is_outside_vat()) tax_scheme(to, of.vat_number, "VAT");
        if (of.has_f_tax) tax_scheme(to, f_tax_text, "TAX");
        const filling legal = to.in("PartyLegalEntity"_el);
        legal.text("RegistrationName"_el, of.name).text("CompanyID"_el, of.organisation_number, "schemeID", organisation_scheme);
        if (!of.seat.empty()) legal.text("CompanyLegalForm"_el, "S\xC3\xA4te: " + of.seat);
        if (of.telephone.empty() && of.email.empty()) return;
        to.in("Contact"_el).text("Telephone"_el, of.telephone).text("ElectronicMail"_el, of.email);
    }

    void buyer(const filling& to) const {
        const party& of = from_.buyer;
        if (how_ == flavour::network) to.text("EndpointID"_el, of.endpoint, "schemeID", of.endpoint_scheme);
        if (how_ == flavour::operated && !of.receiver_id.empty()) to.in("PartyIdentification"_el).text("ID"_el, of.receiver_id);
        address(to, of);
        if (!of.vat_number.empty() && !is_outside_vat()) tax_scheme(to, of.vat_number, "VAT");
        const filling legal = to.in("PartyLegalEntity"_el);
        legal.text("RegistrationName"_el, of.name).text("CompanyID"_el, of.organisation_number, "schemeID", organisation_scheme);
        if (!of.email.empty()) to.in("Contact"_el).text("ElectronicMail"_el, of.email);
    }

    void payment(const filling& root) const {
        if (!from_.mandate.empty()) {
            const filling means = root.another("PaymentMeans"_el);
            means.text("PaymentMeansCode"_el, "49").text("PaymentID"_el, from_.payment_reference);
            means.in("PaymentMandate"_el).text("ID"_el, from_.mandate);
        }
        for (const payee_account& each : from_.accounts) {
            const filling means = root.another("PaymentMeans"_el);
            means.text("PaymentMeansCode"_el, "30").text("PaymentID"_el, from_.payment_reference);
            if (from_.is_credit_note && from_.due) means.text("PaymentDueDate"_el, format_iso_date(*from_.due));
            const filling account = means.in("PayeeFinancialAccount"_el);
            account.text("ID"_el, each.id);
            if (!each.branch.empty()) account.in("FinancialInstitutionBranch"_el).text("ID"_el, each.branch);
        }
        if (!from_.payment_terms.empty()) root.in("PaymentTerms"_el).text("Note"_el, from_.payment_terms);
    }

    static void category(const filling& to, const vat& of, bool with_reason) {
        to.text("ID"_el, of.category);
        if (of.rate) to.text("Percent"_el, of.rate->text());
        if (with_reason) to.text("TaxExemptionReason"_el, of.reason);
        to.in("TaxScheme"_el).text("ID"_el, "VAT");
    }

    void vat_total(const filling& to) const {
        amount(to, "TaxAmount"_el, totals_.vat);
        for (const vat_row& each : totals_.rows) {
            const filling row = to.another("TaxSubtotal"_el);
            amount(row, "TaxableAmount"_el, each.base);
            amount(row, "TaxAmount"_el, each.amount);
            category(row.in("TaxCategory"_el), each.tax, true);
        }
    }

    void totals(const filling& to) const {
        amount(to, "LineExtensionAmount"_el, totals_.net);
        amount(to, "TaxExclusiveAmount"_el, totals_.net);
        amount(to, "TaxInclusiveAmount"_el, totals_.gross);
        if (from_.prepaid != decimal()) amount(to, "PrepaidAmount"_el, from_.prepaid);
        if (totals_.rounding != decimal()) amount(to, "PayableRoundingAmount"_el, totals_.rounding);
        amount(to, "PayableAmount"_el, totals_.payable);
    }

    void line(const filling& to, const invoice_line& of, std::size_t number) const {
        to.text("ID"_el, std::to_string(number)).text("Note"_el, of.note);
        to.text(from_.is_credit_note ? "CreditedQuantity"_el : "InvoicedQuantity"_el, of.quantity.text(), "unitCode", of.unit);
        amount(to, "LineExtensionAmount"_el, of.net());
        if (of.during)
            to.in("InvoicePeriod"_el)
                .text("StartDate"_el, text_of(*of.during, true))
                .text("EndDate"_el, text_of(*of.during, false));
        if (!of.facility.empty())
            to.in("DocumentReference"_el).text("ID"_el, of.facility, "schemeID", "AVE").text("DocumentTypeCode"_el, "130");
        const filling item = to.in("Item"_el);
        item.text("Name"_el, of.name);
        if (!of.article.empty()) item.in("SellersItemIdentification"_el).text("ID"_el, of.article);
        category(item.in("ClassifiedTaxCategory"_el), of.tax, false);
        for (const auto& [name, value] : of.properties)
            item.another("AdditionalItemProperty"_el).text("Name"_el, name).text("Value"_el, value);
        const filling price = to.in("Price"_el);
        amount(price, "PriceAmount"_el, of.price);
        if (of.base_quantity != decimal(1)) price.text("BaseQuantity"_el, of.base_quantity.text(), "unitCode", of.unit);
    }

    const invoice& from_;
    flavour how_;
    invoice_totals totals_;
};

}  // namespace

item document_of(const invoice& from, flavour how) {
    return document_writer(from, how).whole();
}

}  // namespace brygga::einvoice::peppol
