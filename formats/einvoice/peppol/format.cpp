#include "formats/einvoice/peppol/format.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "formats/einvoice/generator.hpp"
#include "formats/einvoice/path.hpp"
#include "formats/einvoice/peppol/writer.hpp"
#include "formats/einvoice/rules/evaluate.hpp"
#include "formats/einvoice/syntax_table.hpp"
#include "formats/xml/document_format.hpp"

namespace brygga::einvoice::peppol {

namespace {

constexpr std::array<std::string_view, 3> kinds = {"invoice", "credit-note", "bank"};

// ---- the tables of the generic commands, from the syntax ----

// Business terms that are somebody's: of the buyer, of people, and free text about them.
privacy guard_of(const syntax_node& node, std::string_view path) {
    const bool is_buyer = path.starts_with("AccountingCustomerParty/") || path.starts_with("PayeeParty/");
    const bool is_delivery = path.starts_with("Delivery/");
    const std::string_view of = detail::vocabulary[static_cast<std::size_t>(node.is) - 1];
    const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), of) != names.end();
    };
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

class peppol_format final : public xml::document_format {
 public:
    peppol_format() : document_format(type()) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "Peppol BIS Billing 3, invoice and credit note (UBL 2.1)";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::both; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override { return is_document(xml::look_at_root(head)); }
    // Behind a prolog that breaks, for one a DTD.
    [[nodiscard]] bool refuses(std::string_view head) const noexcept override {
        return xml::look_at_root(head).name.empty() && (head.find(invoice_namespace) != std::string_view::npos ||
                                                        head.find(credit_note_namespace) != std::string_view::npos);
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return einvoice::rules(); }
    [[nodiscard]] std::span<const std::string_view> layouts() const noexcept override { return kinds; }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        const tree document(bytes);
        rule_policy policy = with.policy;
        if (document.fault() && !policy.only.empty()) policy.only.emplace(rules().front().id);  // is told whatever was asked for
        finding_list findings(rules(), policy);
        evaluate(document, bytes, findings);
        constexpr path payable = "LegalMonetaryTotal/PayableAmount";
        check_report report;
        report.logical_no = 1;
        report.version = "3.0";
        report.id = document.root().child("ID"_el).text();
        report.accepted = !findings.refused();
        for (const element_name line : {"InvoiceLine"_el, "CreditNoteLine"_el})
            document.root().children(line, [&](element at) { ++report.records[std::string(at.local_name())]; });
        if (const auto amount = parse_decimal_amount(payable.first(document.root()).text()))
            report.sums_ore["payable"] = std::to_string(*amount);
        report.findings = &findings;
        each(report);
    }

    // So many lines.
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        if (!what.faults.empty() || what.bad_percent != 0)
            return fail(error_code::invalid_argument, "invoices are made without faults only");
        const std::string_view kind = what.layout.empty() ? kinds.front() : std::string_view(what.layout);
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
            return fail(error_code::invalid_argument, fmt::format("there is no kind of document {}", kind));
        invoice_inventor inventor(what.seed, what.day.ok() ? what.day : default_invoice_day);
        const bool to_person = kind == "bank";
        invoice made = inventor.invent(std::max<std::uint64_t>(what.count, 1), to_person);
        if (kind == "credit-note") made = inventor.credit(made);
        to(written(document_of(made, to_person ? flavour::operated : flavour::network)));
        return {};
    }
};

}  // namespace

const format& registered_format() noexcept {
    static const peppol_format made;
    return made;
}

}  // namespace brygga::einvoice::peppol
