#include "formats/einvoice/svefaktura/format.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "formats/einvoice/generator.hpp"
#include "formats/einvoice/path.hpp"
#include "formats/einvoice/svefaktura/evaluate.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"
#include "formats/einvoice/svefaktura/writer.hpp"
#include "formats/einvoice/syntax_table.hpp"
#include "formats/xml/document_format.hpp"

namespace brygga::einvoice::svefaktura {

namespace {

constexpr std::array<std::string_view, 3> kinds = {"invoice", "credit-note", "envelope"};

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Of the buyer, of people, and free text about them.
privacy guard_of(const syntax_node& node, std::string_view path) {
    const std::string_view of = detail::vocabulary[static_cast<std::size_t>(node.is) - 1];
    if (is_one_of(of, {"Note", "Description", "EncodedData", "SpecialTerms", "ExemptionReason"})) return privacy::free_text;
    if (is_one_of(of, {"PaymentInstructionID", "BuyersID", "DocumentID", "ObjectID"})) return privacy::reference;
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

class svefaktura_format final : public xml::document_format {
 public:
    svefaktura_format() : document_format(type()) {}

    [[nodiscard]] std::string_view title() const noexcept override {
        return "Svefaktura 1.0, invoice, credit note and envelope of attachments";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::both; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override { return is_document(xml::look_at_root(head)); }
    // Behind a prolog that breaks, for one a DTD.
    [[nodiscard]] bool refuses(std::string_view head) const noexcept override {
        return xml::look_at_root(head).name.empty() && (head.find(basic_invoice_namespace) != std::string_view::npos ||
                                                        head.find(object_envelope_namespace) != std::string_view::npos);
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return svefaktura::rules(); }
    [[nodiscard]] std::span<const std::string_view> layouts() const noexcept override { return kinds; }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        const tree document(bytes, language_of(bytes));
        rule_policy policy = with.policy;
        if (document.fault() && !policy.only.empty()) policy.only.emplace(rules().front().id);  // is told whatever was asked for
        finding_list findings(rules(), policy);
        evaluate(document, bytes, findings);
        constexpr path to_pay = "LegalTotal/TaxInclusiveTotalAmount", envelope_id = "DocumentReference/DocumentID";
        check_report report;
        report.logical_no = 1;
        report.version = "1.0";
        const element id = document.root().child("ID"_el);
        report.id = id ? id.text() : envelope_id.first(document.root()).text();
        report.accepted = !findings.refused();
        for (const element_name counted : {"InvoiceLine"_el, "EncodedObject"_el})
            document.root().children(counted, [&](element at) { ++report.records[std::string(at.local_name())]; });
        if (const auto amount = parse_decimal_amount(to_pay.first(document.root()).text()))
            report.sums_ore["payable"] = std::to_string(*amount);
        report.findings = &findings;
        each(report);
    }

    // So many lines; of an envelope, so many attachments.
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        if (!what.faults.empty() || what.bad_percent != 0)
            return fail(error_code::invalid_argument, "invoices are made without faults only");
        const std::string_view kind = what.layout.empty() ? kinds.front() : std::string_view(what.layout);
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
            return fail(error_code::invalid_argument, fmt::format("there is no kind of document {}", kind));
        const std::uint64_t count = std::max<std::uint64_t>(what.count, 1);
        invoice_inventor inventor(what.seed, what.day.ok() ? what.day : default_invoice_day);
        invoice made = inventor.invent(count, false);
        if (kind == "envelope") {
            for (std::uint64_t i = 1; i <= count; ++i)
                made.attachments.push_back({fmt::format("{}", i), "Bilaga", fmt::format("bilaga-{}.pdf", i), "application/pdf",
                                            fmt::format("%PDF-1.4 {}", i)});
            to(written(envelope_of(made, format_iso_date(made.issued) + "T08:00:00"), object_envelope));
            return {};
        }
        if (kind == "credit-note") made = inventor.credit(made);
        auto document = document_of(made);
        if (!document) return tl::unexpected(std::move(document.error()));
        to(written(*document, basic_invoice));
        return {};
    }
};

}  // namespace

const format& registered_format() noexcept {
    static const svefaktura_format made;
    return made;
}

}  // namespace brygga::einvoice::svefaktura
