// A rule on a Svefaktura (einvoice.md section 3.3): where it looks and what must hold there. Rules judge any document or
// fragment: what is not there, they say nothing of, unless it must be there.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"
#include "formats/einvoice/decimal.hpp"
#include "formats/einvoice/path.hpp"
#include "formats/einvoice/rules/telling.hpp"
#include "formats/einvoice/syntax.hpp"

namespace brygga::einvoice::svefaktura {

// What many rules ask of a document, looked up once. Sums are of what is declared; what is no number counts nothing.
class document_facts {
 public:
    document_facts(const tree& of, std::string_view bytes);

    element root, seller;  // the seller's Party
    std::string_view bytes, root_namespace;
    bool is_credit_note = false;
    std::string_view currency, vat_currency;  // as stated
    std::optional<date> issued;
    decimal lines, allowances, charges, vat, taxable;
    std::vector<element> all;
    bool has_seller_vat = false, has_seller_number = false;  // tax schemes VAT and SWT
    std::string_view first_currency;                         // of the first amount in the invoice currency

    // Whether the breakdown has a row of a category, with this rate or of any.
    [[nodiscard]] bool is_in_breakdown(std::string_view category) const { return categories_.contains(category); }
    [[nodiscard]] bool is_in_breakdown(std::string_view category, const decimal& rate) const {
        return rates_.contains({category, rate});
    }

    // What the schema says of it; nothing where it does not know the element there.
    [[nodiscard]] const syntax_node* syntax(element of) const noexcept { return syntax_[of.index()]; }

 private:
    std::vector<const syntax_node*> syntax_;  // by index
    std::set<std::string_view> categories_;
    std::set<std::pair<std::string_view, decimal>> rates_;
};

// Where a rule looks: what a path from the root leads to, the elements of some names, or every element.
struct context {
    enum class kind : std::uint8_t { at_path, named, any };

    context(path which) : how(kind::at_path), from_root(which) {}  // NOLINT: a path is one
    context(std::initializer_list<element_name> which) : how(kind::named), names(which) {}
    explicit context(kind which) : how(which) {}

    kind how;
    path from_root = "";  // leads to the root itself
    std::vector<element_name> names;
};

using judgement = std::function<bool(const document_facts& document, element here, complaint& why)>;

struct rule {
    std::string_view id;
    severity level{};
    context on;
    judgement holds;
    std::string_view title;
};

[[nodiscard]] std::optional<decimal> number_at(element from, path what);
// Of an amount that may be left out: 0 then, and where it is no number.
[[nodiscard]] decimal or_zero(element from, path what);
// The day of a date or a date and time, whatever stands behind it.
[[nodiscard]] std::optional<date> day_of(std::string_view text);
[[nodiscard]] bool is_not_negative(const document_facts& document, element here, complaint& why);

// Every rule: the form of the document, which is judged first, then those of the page in its order.
[[nodiscard]] const std::vector<rule>& all_rules();

void add_form_rules(std::vector<rule>& to);      // EINV-S
void add_document_rules(std::vector<rule>& to);  // R: references, dates, means of payment
void add_party_rules(std::vector<rule>& to);     // R: buyer and seller
void add_amount_rules(std::vector<rule>& to);    // R: lines, totals, VAT

}  // namespace brygga::einvoice::svefaktura
