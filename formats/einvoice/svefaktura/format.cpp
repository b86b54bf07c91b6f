#include "formats/einvoice/svefaktura/format.hpp"

#include <algorithm>

#include "formats/einvoice/invoice_format.hpp"
#include "formats/einvoice/ledger_rows.hpp"
#include "formats/einvoice/path.hpp"
#include "formats/einvoice/svefaktura/evaluate.hpp"
#include "formats/einvoice/svefaktura/generator.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"
#include "formats/einvoice/syntax_table.hpp"

namespace brygga::einvoice::svefaktura {

namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Of the buyer, of people, and free text about them.
privacy guard_of(const syntax_node& node, std::string_view path) {
    const std::string_view of = detail::vocabulary[static_cast<std::size_t>(node.is) - 1];
    // Fixed texts of the seller, and numbers of invoices, as the invoice's own.
    if (path.starts_with("SellerParty/") && of == "ExemptionReason") return privacy::open;
    if (path == "InitialInvoiceDocumentReference/ID") return privacy::open;
    if (is_one_of(of, {"Note", "Description", "SpecialTerms", "ExemptionReason"})) return privacy::free_text;
    if (is_one_of(of, {"PaymentInstructionID", "BuyersID"})) return privacy::reference;
    if (path.find("RequisitionistDocumentReference/") != std::string_view::npos) return privacy::name;
    if (of == "ID" && path.find("DocumentReference/") != std::string_view::npos) return privacy::reference;
    if (path.find("Contact/") != std::string_view::npos) return privacy::name;
    const bool is_buyer = path.starts_with("BuyerParty/") || path.starts_with("Delivery/") ||
                          path.find("PayeePartyName/") != std::string_view::npos;
    if (!is_buyer) return privacy::open;
    if (is_one_of(of, {"Name", "RegistrationName"})) return privacy::name;
    if (is_one_of(of, {"Postbox", "StreetName", "Department", "CityName", "PostalZone", "Line"})) return privacy::address;
    if (of == "CompanyID") return privacy::account;  // keeps the letters of its country
    return path.ends_with("PartyIdentification/ID") || path.ends_with("Address/ID") ? privacy::identity : privacy::open;
}

const xml::table& root_table() {
    static const syntax_table made({&invoice_syntax(), &envelope_syntax()}, guard_of);
    return made.whole();
}

bool is_document(const xml::root_tag& root) noexcept {
    return (root.name == "Invoice" && root.uri == basic_invoice_namespace) ||
           (root.name == "ObjectEnvelope" && root.uri == object_envelope_namespace);
}

const xml::document_type& type() {
    static const xml::document_type made = {
        .format_id = "svefaktura",
        .root = &root_table(),
        .message = {},
        .version = [](const xml::root_tag& root) { return is_document(root) ? std::string("1.0") : std::string(); },
        .namespaces = {basic_invoice.aggregate, basic_invoice.basic},
        .within = limits_of_documents(),
    };
    return made;
}

std::string id_of(element root) {
    constexpr path envelope_id = "DocumentReference/DocumentID";
    const element id = root.child("ID"_el);
    return std::string(id ? id.text() : envelope_id.first(root).text());
}

std::string payable_of(element root) {
    constexpr path to_pay = "LegalTotal/TaxInclusiveTotalAmount";
    return std::string(to_pay.first(root).text());
}

class svefaktura_format final : public invoice_format {
 public:
    svefaktura_format()
        : invoice_format(type(), {.version = "1.0",
                                  .is_document = is_document,
                                  .namespaces = {basic_invoice_namespace, object_envelope_namespace},
                                  .in = language_of,
                                  .rules = svefaktura::rules,
                                  .evaluate = svefaktura::evaluate,
                                  .id = id_of,
                                  .payable = payable_of,
                                  .counted = {"InvoiceLine"_el, "EncodedObject"_el},
                                  .rows = rows_of_svefaktura}) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "Svefaktura 1.0, invoice, credit note and envelope of attachments";
    }
    [[nodiscard]] std::span<const std::string_view> layouts() const noexcept override { return generated_kinds(); }

    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        return generated(what).map([&](const std::string& document) { to(document); });
    }
};

}  // namespace

const format& registered_format() noexcept {
    static const svefaktura_format made;
    return made;
}

}  // namespace brygga::einvoice::svefaktura
