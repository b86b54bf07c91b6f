// Which type a document of the ledger has at Kivra (kivra.md section 4, routing of document kinds).
#pragma once

#include <cstdint>
#include <optional>

#include "formats/print/kivra/types.hpp"

namespace brygga::kivra {

enum class document_kind : std::uint8_t {
    invoice,
    credit_invoice,
    reminder,           // påminnelse
    collection_notice,  // inkassokrav
    payment_plan,       // an invoice with several options
};

enum class collected_by : std::uint8_t { giro, autogiro, bank_e_invoice };

enum class recipient_kind : std::uint8_t { person, company };

struct document_facts {
    document_kind kind{};
    recipient_kind recipient{};
    std::int64_t amount_ore{};  // to pay
    collected_by payment = collected_by::giro;
    bool authorised_collector = false;  // the sender may send collection notices (inkassotillstånd)
};

struct route {
    content_type type{};
    bool with_payment{};

    [[nodiscard]] bool operator==(const route&) const = default;
};

inline constexpr std::int64_t least_payable_ore = 100;  // Kivra takes payments from 1.00 SEK

// Nothing where Kivra has no type for it and the document goes another way: a collection notice to a company or by somebody who
// may not send one, and a reminder or plan of less than a krona.
[[nodiscard]] std::optional<route> route_of(const document_facts& document) noexcept;

}  // namespace brygga::kivra
