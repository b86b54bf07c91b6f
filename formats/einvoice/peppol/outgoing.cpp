#include "formats/einvoice/peppol/outgoing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/bank_days.hpp"
#include "formats/core/bank_identity.hpp"
#include "formats/einvoice/code_lists.hpp"
#include "formats/einvoice/path.hpp"
#include "formats/einvoice/rules/evaluate.hpp"

namespace brygga::einvoice::peppol {

namespace {

enum class own_rule : std::uint8_t { B01, B02, B03, B04, B05, B06, B07, B09, B10 };

struct own_rule_text {
    std::string_view id, level, title, help;
};

// clang-format off
constexpr own_rule_text own_rules[] = {
    {"EINV-B01", "error", "The receiver in the bank channel has an FMI with a right check digit.", "Match the customer's registration again."},
    {"EINV-B02", "error", "The FMI is the active registration of the customer.", "Send the invoice by another channel."},
    {"EINV-B03", "error", "Each payee account is registered on the agreement of the sender (FUI).", "Register the account with the bank, or pay to another one."},
    {"EINV-B04", "error", "The payment reference is a valid OCR reference for the account.", "Give the invoice a reference of the agreed kind."},
    {"EINV-B05", "error", "The amount to pay is above zero in the bank channel.", "Send the document by another channel."},
    {"EINV-B06", "warning", "The due date is far enough away.", "Send earlier, or give the customer more time."},
    {"EINV-B07", "error", "A document for an operator has one routing code, one for the network none.", "Configure the code of the operator."},
    {"EINV-B09", "error", "The buyer's electronic address is that of the register of receivers, of a scheme that Peppol takes.", "Look the receiver up again."},
    {"EINV-B10", "warning", "The number of a private person is not written as an organisation number.", "Leave it out, unless the customer is a sole trader."},
};
// clang-format on

class judge {
 public:
    judge(const invoice& from, const sending_terms& terms, const tree& document, finding_list& to)
        : from_(from), terms_(terms), root_(document.root()), to_(to) {}

    void all() const {
        if (terms_.to_bank) bank_receiver();
        accounts();
        due_date();
        routing_code();
        if (terms_.how == flavour::network) endpoint();
        organisation_number();
    }

 private:
    void add(own_rule rule, severity level, std::string path, std::string found, std::string expected,
             bool personal = false) const {
        const auto index = outgoing_rules().size() - std::size(own_rules) + static_cast<std::size_t>(rule);
        to_.add(index, level, [&] {
            finding out;
            out.path = std::move(path);
            out.found = std::move(found);
            out.expected = std::move(expected);
            out.personal = personal;
            return out;
        });
    }

    void bank_receiver() const {
        const std::string place = "AccountingCustomerParty/Party/PartyIdentification/ID";
        const std::string& receiver = from_.buyer.receiver_id;
        if (!parse_receiver_identity(receiver)) add(own_rule::B01, severity::error, place, receiver, "an FMI", true);
        if (terms_.registered_receiver != receiver)
            add(own_rule::B02, severity::error, place, receiver, "the active registration of the customer", true);
        const decimal payable = totals_of(from_).payable;
        if (!terms_.operator_takes_credits && (from_.is_credit_note || payable <= decimal()))
            add(own_rule::B05, severity::error, "LegalMonetaryTotal/PayableAmount", payable.text(), "more than 0, of an invoice");
    }

    void accounts() const {
        if (terms_.accounts.empty()) return;
        for (const payee_account& each : from_.accounts) {
            const auto terms = std::find_if(terms_.accounts.begin(), terms_.accounts.end(),
                                            [&](const account_terms& known) { return known.id == each.id; });
            if (terms == terms_.accounts.end()) {
                add(own_rule::B03, severity::error, "PaymentMeans/PayeeFinancialAccount/ID", each.id,
                    "an account of the agreement");
                continue;
            }
            const ocr_verdict verdict = ocr::validate(from_.payment_reference, terms->reference);
            if (terms->reference.level != ocr_level::none && verdict != ocr_verdict::valid)
                add(own_rule::B04, severity::error, "PaymentMeans/PaymentID", from_.payment_reference,
                    fmt::format("an OCR reference: {}", name(verdict)), true);
        }
    }

    void due_date() const {
        if (!from_.due || from_.is_credit_note || !terms_.today.ok()) return;
        const date first = add_bank_days(terms_.today, terms_.bank_days_before_due);
        if (*from_.due < first)
            add(own_rule::B06, severity::warning, "DueDate", format_iso_date(*from_.due), format_iso_date(first) + " or later");
    }

    void routing_code() const {
        constexpr path references = "AdditionalDocumentReference/DocumentDescription";
        std::size_t count = 0;
        references.each(root_, [&](element each) { count += each.text().starts_with("AQY") ? 1U : 0U; });
        const std::size_t wanted = terms_.how == flavour::operated ? 1 : 0;
        if (count != wanted)
            add(own_rule::B07, severity::error, "AdditionalDocumentReference", std::to_string(count), std::to_string(wanted));
    }

    void endpoint() const {
        const std::pair own{from_.buyer.endpoint_scheme, from_.buyer.endpoint};
        const bool is_scheme = code_list(list::peppol_electronic_address).contains(own.first);
        if (terms_.registered_endpoint != own || !is_scheme)
            add(own_rule::B09, severity::error, "AccountingCustomerParty/Party/EndpointID",
                fmt::format("{}:{}", own.first, own.second), "the address of the register of receivers", true);
    }

    // A person's number in the place of a company's: its third digit is below 2, as no organisation's is.
    void organisation_number() const {
        const std::string& number = from_.buyer.organisation_number;
        const std::size_t third = number.size() == 12 ? 4 : 2;
        if (number.size() > third && number[third] < '2')
            add(own_rule::B10, severity::warning, "AccountingCustomerParty/Party/PartyLegalEntity/CompanyID", number,
                "an organisation number", true);
    }

    const invoice& from_;
    const sending_terms& terms_;
    element root_;
    finding_list& to_;
};

}  // namespace

// An operator knows the electronic addresses: the rules that ask for them are not those of this flavour (section 3.5).
rule_policy policy_of(flavour how) {
    rule_policy out;
    if (how == flavour::network) return out;
    for (const rule_info& each : outgoing_rules())
        if (each.id != "PEPPOL-EN16931-R010" && each.id != "PEPPOL-EN16931-R020") out.only.emplace(each.id);
    return out;
}

std::span<const rule_info> outgoing_rules() {
    static const std::vector<rule_info> rows = [] {
        std::vector<rule_info> out(rules().begin(), rules().end());
        for (const own_rule_text& each : own_rules)
            out.push_back({static_cast<std::uint16_t>(out.size()), each.id, each.level, each.title, each.help});
        return out;
    }();
    return rows;
}

outgoing prepare(const invoice& from, const sending_terms& terms) {
    outgoing out{written(document_of(from, terms.how)), finding_list(outgoing_rules(), policy_of(terms.how))};
    const tree document(out.bytes);
    evaluate(document, out.bytes, out.findings);
    judge(from, terms, document, out.findings).all();
    return out;
}

}  // namespace brygga::einvoice::peppol
