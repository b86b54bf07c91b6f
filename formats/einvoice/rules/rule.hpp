// A rule of einvoice.md section 4: where it looks and what must hold there. Rules judge any document or fragment: what is not
// there, they say nothing of, unless it must be there.
#pragma once

#include <array>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/einvoice/decimal.hpp"
#include "formats/einvoice/path.hpp"
#include "formats/einvoice/rules/telling.hpp"
#include "formats/einvoice/syntax.hpp"

namespace brygga::einvoice {

// The elements that a rule is on: its context in the published rule sets.
enum class place : std::uint8_t {
    document,
    supplier,
    customer,
    supplier_address,
    customer_address,
    representative,
    representative_address,
    payee,
    delivery_address,
    legal_total,
    tax_total,
    subtotal,
    payment_means,
    document_period,
    line_period,
    billing_reference,
    additional_reference,
    document_allowance,
    document_charge,
    line,
    line_allowance,
    line_charge,
    price_allowance,
    item_property,
    party_tax_scheme,
    tax_category,        // of allowances, charges and the breakdown
    line_category,       // ClassifiedTaxCategory
    allowance_category,  // of an allowance of document or line
    charge_category,
    attributed,  // every element with attributes
    mixed,       // elements with text beside their children
    any,         // every element
    named,       // by name
};
inline constexpr std::size_t place_count = static_cast<std::size_t>(place::named);

struct context {
    context(place which) : at(which) {}  // NOLINT: a place is one
    context(std::initializer_list<element_name> which) : at(place::named), names(which) {}

    place at;
    std::vector<element_name> names;
};

// What lines, document charges and allowances of one category and rate come to.
struct category_base {
    decimal sum;
    bool is_number = true;  // none of them is something else
};
using category_bases = std::map<std::pair<std::string_view, std::optional<decimal>>, category_base>;

// What many rules ask of a document, looked up once.
class document_facts {
 public:
    explicit document_facts(const tree& of);

    element root, supplier, customer, representative, legal_total, period;  // supplier and customer: the Party
    bool is_credit_note = false;
    std::string_view root_namespace;
    std::string_view currency, tax_currency, process;  // as stated
    std::string_view supplier_country, customer_country;
    // What the schema says of it; nothing where it does not know the element there.
    [[nodiscard]] const syntax_node* syntax(element of) const noexcept { return syntax_[of.index()]; }

    [[nodiscard]] const category_bases& bases() const noexcept { return bases_; }

    [[nodiscard]] const std::vector<element>& all(place which) const noexcept { return at_[static_cast<std::size_t>(which)]; }
    [[nodiscard]] const std::vector<element>& all(element_name which) const noexcept {
        return named_[static_cast<std::size_t>(which)];
    }

 private:
    void add_bases(const std::vector<element>& from, path category, path amount, bool subtracts);

    std::array<std::vector<element>, place_count> at_;
    std::array<std::vector<element>, detail::vocabulary.size() + 1> named_;
    std::vector<const syntax_node*> syntax_;  // by index
    category_bases bases_;
};

// By its ChargeIndicator: "true" and "1", "false" and "0", booleans to the rules of EN 16931. Neither where it is something else.
[[nodiscard]] bool is_charge(element allowance);
[[nodiscard]] bool is_allowance(element allowance);

using judgement = std::function<bool(const document_facts& document, element here, complaint& why)>;

struct rule {
    std::string_view id;
    severity level{};
    context on;
    judgement holds;
    std::string_view title;
};

// ---- judgements of one form ----

[[nodiscard]] judgement has(path what);                                   // the element is there
[[nodiscard]] judgement has_text(path what);                              // and not blank
[[nodiscard]] judgement has_either(path a, path b);                       // one of them is there
[[nodiscard]] judgement has_attribute(path what, std::string_view name);  // wherever the element is there
[[nodiscard]] judgement at_most_one(path what);
[[nodiscard]] judgement two_decimals(path what);

// The first of these as a number; nothing where it is not there or none.
[[nodiscard]] std::optional<decimal> number_at(element from, path what);

// Every rule, in the order of the specification page.
[[nodiscard]] const std::vector<rule>& all_rules();

// A group of them.
void add_structure_rules(std::vector<rule>& to);  // EINV-S: the form of the document
void add_model_rules(std::vector<rule>& to);      // BR-01 to BR-65
void add_total_rules(std::vector<rule>& to);      // BR-CO, BR-DEC
void add_category_rules(std::vector<rule>& to);   // BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-AF, BR-AG, BR-B
void add_code_list_rules(std::vector<rule>& to);  // BR-CL
void add_ubl_rules(std::vector<rule>& to);        // UBL-SR, UBL-DT, UBL-CR
void add_peppol_rules(std::vector<rule>& to);     // PEPPOL-EN16931
void add_identity_rules(std::vector<rule>& to);   // PEPPOL-COMMON
void add_swedish_rules(std::vector<rule>& to);    // SE-R

}  // namespace brygga::einvoice
