#include "formats/print/kivra/routing.hpp"

namespace brygga::kivra {

std::optional<route> route_of(const document_facts& document) noexcept {
    const bool to_person = document.recipient == recipient_kind::person;
    const bool payable = document.amount_ore >= least_payable_ore;
    switch (document.kind) {
        case document_kind::invoice:
            // An invoice that must not be paid by hand would need payable=false, which Kivra forbids.
            if (!payable || document.payment != collected_by::giro) return route{content_type::letter, false};
            return route{content_type::invoice, true};
        case document_kind::credit_invoice:
            return route{content_type::letter_creditnotice, false};
        case document_kind::reminder:
            if (!payable) return std::nullopt;
            return route{to_person ? content_type::invoice_reminder : content_type::invoice, true};
        case document_kind::collection_notice:
            if (!payable || !to_person || !document.authorised_collector) return std::nullopt;
            return route{content_type::invoice_debtcollection, true};
        case document_kind::payment_plan:
            if (!payable) return std::nullopt;
            return route{content_type::invoice, true};
    }
    return std::nullopt;
}

}  // namespace brygga::kivra
