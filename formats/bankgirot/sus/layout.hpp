// The record layouts of SUS (supplier-payments.md 3.3, from a single source), one definition each.
#pragma once

#include "formats/bankgirot/sus/records.hpp"
#include "formats/layout/document.hpp"
#include "formats/layout/record.hpp"

namespace brygga::sus::layouts {

using namespace brygga::layout;

inline constexpr unsigned width = 180;

// clang-format off

using opening = record<"05", "opening record", opening_record, width,
                       field<"agreement", &opening_record::agreement, 3, 8, digits>,
                       reserve<9, 58>,
                       field<"payment_day", &opening_record::payment_day, 59, 66, digits>,
                       field<"customer_id", &opening_record::customer_id, 67, 71, digits>,
                       field<"organisation", &opening_record::organisation, 72, 81, digits>,
                       reserve<82, 180>>;
using payment = record<"30", "payment (utbetalning)", payment_record, width,
                       field<"agreement", &payment_record::agreement, 3, 8, digits>,
                       field<"identification", &payment_record::identification, 9, 52, text, privacy::reference>,
                       field<"distribution", &payment_record::distribution, 53, 58, text>,
                       field<"method", &payment_record::method, 59, 61, text>,
                       field<"civic_number", &payment_record::civic_number, 62, 73, digits, privacy::identity>,
                       field<"name", &payment_record::name, 74, 109, text, privacy::name>,
                       reserve<110, 120>,
                       constant<"010", 121, 123>,
                       field<"clearing", &payment_record::clearing, 124, 127, optional_digits>,
                       field<"account", &payment_record::account, 128, 137, optional_digits, privacy::account>,
                       reserve<138, 139>,
                       constant<"00", 140, 141>,
                       field<"amount_ore", &payment_record::amount_ore, 142, 156, number>,
                       constant<"000000000000000000000", 157, 177>,
                       reserve<178, 180>>;
using address = record<"36", "address for payout notices (adress)", address_record, width,
                       field<"agreement", &address_record::agreement, 3, 8, digits>,
                       field<"identification", &address_record::identification, 9, 52, text, privacy::reference>,
                       reserve<53, 58>,
                       field<"street", &address_record::street, 59, 93, text, privacy::address>,
                       field<"care_of", &address_record::care_of, 94, 128, text, privacy::name>,
                       field<"town", &address_record::town, 129, 163, text, privacy::address>,
                       field<"postcode", &address_record::postcode, 164, 168, text, privacy::address>,
                       reserve<169, 180>>;
using closing = record<"80", "closing record", closing_record, width,
                       field<"agreement", &closing_record::agreement, 3, 8, digits>,
                       reserve<9, 58>,
                       field<"total_ore", &closing_record::total_ore, 59, 73, number>,
                       constant<"000000000000000000000000000000000000000000000", 74, 118>,
                       reserve<119, 180>>;

template <fixed_text Code, fixed_text Title>
using other = record<Code, Title, other_record, width,
                     field<"content", &other_record::content, 3, 180, text, privacy::free_text>>;

// clang-format on

}  // namespace brygga::sus::layouts

namespace brygga::sus {

// Row 7 of the decision table, 3.0.
[[nodiscard]] bool opens(const layout::record_line& line) noexcept;

[[nodiscard]] layout::line_place place_of(const layout::record_line& line, const layout::section_layout* now) noexcept;

[[nodiscard]] const layout::document_layout& document() noexcept;

}  // namespace brygga::sus
