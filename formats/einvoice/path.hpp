// Paths from an element to others, as the rules of einvoice.md write them: "Party/PartyTaxScheme[VAT]/CompanyID". They are made
// when the program is compiled; a name that is no element of the vocabulary, or a predicate that is none, does not compile.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "formats/einvoice/tree.hpp"

namespace brygga::einvoice {

enum class predicate : std::uint8_t {
    none,
    vat,             // [VAT]: TaxScheme/ID is VAT, upper-cased
    not_vat,         // [not VAT]
    sepa,            // [SEPA]: @schemeID is SEPA
    not_sepa,        // [not SEPA]: @schemeID is another, or none
    object,          // [130]: DocumentTypeCode is 130
    project,         // [50]
    with_subtotals,  // [TaxSubtotal]
    without_subtotals,
};

[[nodiscard]] bool holds(predicate what, element of);

class path {
 public:
    template <std::size_t Size>
    consteval path(const char (&text)[Size]) : path(std::string_view(text, Size - 1)) {}  // NOLINT: a text is one
    consteval explicit path(std::string_view text) {
        if (text.empty()) return;
        for (std::size_t at = 0;;) {
            const std::size_t end = std::min(text.find('/', at), text.size());
            add(text.substr(at, end - at));
            if (end == text.size()) return;
            at = end + 1;
        }
    }

    // Each element that the path leads to.
    template <class Each>
    void each(element from, const Each& found) const {
        walk(from, 0, [&](element at) {
            found(at);
            return true;
        });
    }
    // The first one; nothing where there is none.
    [[nodiscard]] element first(element from) const {
        element out;
        walk(from, 0, [&](element at) {
            out = at;
            return false;
        });
        return out;
    }
    // "Party/EndpointID", without predicates.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::size_t count(element from) const {
        std::size_t out = 0;
        each(from, [&](element) { ++out; });
        return out;
    }

 private:
    struct step {
        element_name is{};
        predicate which{};
    };

    consteval void add(std::string_view text) {
        const std::size_t bracket = std::min(text.find('['), text.size());
        steps_.at(size_++) = {operator""_el(text.data(), bracket), predicate_of(text.substr(bracket))};
    }
    static consteval predicate predicate_of(std::string_view text) {
        if (text.empty()) return predicate::none;
        if (text == "[VAT]") return predicate::vat;
        if (text == "[not VAT]") return predicate::not_vat;
        if (text == "[SEPA]") return predicate::sepa;
        if (text == "[not SEPA]") return predicate::not_sepa;
        if (text == "[130]") return predicate::object;
        if (text == "[50]") return predicate::project;
        if (text == "[TaxSubtotal]") return predicate::with_subtotals;
        if (text == "[not TaxSubtotal]") return predicate::without_subtotals;
        throw "no predicate";
    }

    // False where `found` wants no more.
    template <class Found>
    bool walk(element from, std::size_t depth, const Found& found) const {
        if (!from) return true;
        if (depth == size_) return found(from);
        const step& now = steps_[depth];
        for (element at = from.first_child(); at; at = at.next())
            if (at.is() == now.is && (now.which == predicate::none || holds(now.which, at)) && !walk(at, depth + 1, found))
                return false;
        return true;
    }

    std::array<step, 6> steps_{};
    std::size_t size_ = 0;
};

}  // namespace brygga::einvoice
