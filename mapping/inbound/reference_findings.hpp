// REF-R02, R04 and R06 (references.md section 4) on what came with a payment, for every format: they are about the numbers and
// not about where a format has them.
#pragma once

#include <cstddef>
#include <string_view>

#include "formats/core/bankgiro.hpp"
#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/identity.hpp"
#include "formats/core/ocr.hpp"
#include "formats/core/reference_rules.hpp"

namespace brygga::inbound {

// Each adds at most one finding, a warning, to `into` (made over reference_rules). `field` is what the format calls the place;
// `place(finding&)` sets where that is, and is only called for a finding that is kept. Texts are UTF-8; an empty one is no fault.
class reference_checks {
 public:
    reference_checks(finding_list& into, date today) : into_(into), today_(today) {}

    template <class Place>
    void payer_bankgiro(std::string_view digits, std::string_view field, Place&& place) {
        if (digits.empty() || bankgiro_valid(digits)) return;
        report(
            reference_rule::r02, [&](finding_list& words) { reference_check::payer_bankgiro(words, field, digits); }, place);
    }

    // Of a reference that is said to be an OCR reference.
    template <class Place>
    void ocr_reference(std::string_view text, const ocr_agreement& agreement, std::string_view field, Place&& place) {
        if (ocr::validate(text, agreement) == ocr_verdict::valid) return;
        report(
            reference_rule::r04, [&](finding_list& words) { reference_check::incoming_ocr(words, field, text, agreement); },
            place);
    }

    template <class Place>
    void identity(std::string_view text, std::string_view field, Place&& place) {
        if (text.empty()) return;
        if (const auto known = classify_identity(text, today_); known && !known->date_unknown) return;
        report(
            reference_rule::r06, [&](finding_list& words) { reference_check::incoming_identity(words, field, text, today_); },
            place);
    }

 private:
    // Below the cap the check says its words on a list of its own, and they get their place.
    template <class Check, class Place>
    void report(reference_rule broken, Check&& check, Place&& place) {
        into_.add(static_cast<std::size_t>(broken), severity::warning, [&] {
            finding_list words(reference_rules);
            check(words);
            finding placed = words.kept().empty() ? finding{} : words.kept().front();
            place(placed);
            return placed;
        });
    }

    finding_list& into_;
    date today_;
};

}  // namespace brygga::inbound
