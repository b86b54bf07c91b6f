#include "formats/einvoice/path.hpp"

#include "formats/einvoice/text.hpp"

namespace brygga::einvoice {

namespace {

bool is_vat(element of) {
    return in_capitals(of.child("TaxScheme"_el).child("ID"_el).text()) == "VAT";
}

}  // namespace

bool holds(predicate what, element of) {
    switch (what) {
        case predicate::none:
            return true;
        case predicate::vat:
            return is_vat(of);
        case predicate::not_vat:
            return !is_vat(of);
        case predicate::sepa:
            return of.attribute("schemeID") == "SEPA";
        case predicate::not_sepa:
            return of.attribute("schemeID") != "SEPA";
        case predicate::object:
            return of.child("DocumentTypeCode"_el).text() == "130";
        case predicate::project:
            return of.child("DocumentTypeCode"_el).text() == "50";
        case predicate::with_subtotals:
            return static_cast<bool>(of.child("TaxSubtotal"_el));
        case predicate::without_subtotals:
            return !of.child("TaxSubtotal"_el);
    }
    return false;
}

std::string path::text() const {
    std::string out;
    for (std::size_t i = 0; i != size_; ++i) {
        if (i != 0) out += '/';
        out += detail::vocabulary[static_cast<std::size_t>(steps_[i].is) - 1];
    }
    return out;
}

}  // namespace brygga::einvoice
