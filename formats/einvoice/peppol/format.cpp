#include "formats/einvoice/peppol/format.hpp"

#include <algorithm>

#include "formats/einvoice/invoice_format.hpp"
#include "formats/einvoice/ledger_rows.hpp"
#include "formats/einvoice/path.hpp"
#include "formats/einvoice/peppol/generator.hpp"
#include "formats/einvoice/rules/evaluate.hpp"
#include "formats/einvoice/syntax_table.hpp"

namespace brygga::einvoice::peppol {

namespace {

// ---- the tables of the generic commands, from the syntax ----

// Business terms that are somebody's: of the buyer, of people, and free text about them.
privacy guard_of(const syntax_node& node, std::string_view path) {
    const bool is_buyer = path.starts_with("AccountingCustomerParty/") || path.starts_with("PayeeParty/");
    const bool is_delivery = path.starts_with("Delivery/");
    const std::string_view of = detail::vocabulary[static_cast<std::size_t>(node.is) - 1];
    const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), of) != names.end();
    };
    if (path == "BillingReference/InvoiceDocumentReference/ID") return privacy::open;  // as the number of an invoice
    const bool is_reference = of == "ID" && path.find("DocumentReference/") != std::string_view::npos;
    if (is_one_of({"Note", "DocumentDescription", "EmbeddedDocumentBinaryObject", "Value", "URI", "Description",
                   "AllowanceChargeReason"}) ||
        path == "Item/Name")
        return privacy::free_text;
    if (of == "PaymentID" || is_reference || path == "OrderReference/ID" || path.ends_with("PaymentMandate/ID"))
        return privacy::reference;
    if (is_one_of({"BuyerReference", "HolderName"})) return privacy::name;
    if (path.find("PayerFinancialAccount/") != std::string_view::npos || of == "PrimaryAccountNumberID") return privacy::account;
    if (!is_buyer && !is_delivery) return path.find("Contact/") == std::string_view::npos ? privacy::open : privacy::name;
    if (is_one_of({"RegistrationName", "Name"})) return privacy::name;
    if (is_one_of({"StreetName", "AdditionalStreetName", "Line", "CityName", "PostalZone", "CountrySubentity"}))
        return privacy::address;
    if (is_one_of({"Telephone", "ElectronicMail"})) return privacy::free_text;
    if (path.ends_with("PartyTaxScheme/CompanyID")) return privacy::account;  // keeps the letters of its country
    const bool is_number = is_one_of({"EndpointID", "CompanyID"}) || path.ends_with("PartyIdentification/ID") ||
                           path.ends_with("DeliveryLocation/ID");
    return is_number ? privacy::identity : privacy::open;
}

const xml::table& root_table() {
    static const syntax_table made({&invoice_syntax(), &credit_note_syntax()}, guard_of);
    return made.whole();
}

bool is_document(const xml::root_tag& root) noexcept {
    return (root.name == "Invoice" && root.uri == invoice_namespace) ||
           (root.name == "CreditNote" && root.uri == credit_note_namespace);
}

const xml::document_type& type() {
    static const xml::document_type made = {
        .format_id = "peppol",
        .root = &root_table(),
        .message = {},
        .version = [](const xml::root_tag& root) { return is_document(root) ? std::string("3.0") : std::string(); },
        .namespaces = {ubl_2_1.aggregate, ubl_2_1.basic},
        .within = limits_of_documents(),
    };
    return made;
}

std::string payable_of(element root) {
    constexpr path payable = "LegalMonetaryTotal/PayableAmount";
    return std::string(payable.first(root).text());
}

class peppol_format final : public invoice_format {
 public:
    peppol_format()
        : invoice_format(type(), {.version = "3.0",
                                  .is_document = is_document,
                                  .namespaces = {invoice_namespace, credit_note_namespace},
                                  .in = [](std::string_view) -> const language& { return ubl_2_1; },
                                  .rules = einvoice::rules,
                                  .evaluate = einvoice::evaluate,
                                  .id = [](element root) { return std::string(root.child("ID"_el).text()); },
                                  .payable = payable_of,
                                  .counted = {"InvoiceLine"_el, "CreditNoteLine"_el},
                                  .rows = rows_of_peppol}) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "Peppol BIS Billing 3, invoice and credit note (UBL 2.1)";
    }
    [[nodiscard]] std::span<const std::string_view> layouts() const noexcept override { return generated_kinds(); }

    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return generated(what).map([&](const std::string& document) { to(document); });
    }
};

}  // namespace

const format& registered_format() noexcept {
    static const peppol_format made;
    return made;
}

}  // namespace brygga::einvoice::peppol
