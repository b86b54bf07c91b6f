// What becomes of each payment of a pain.001, from all pain.002 that answer it (iso20022-incoming.md section 7).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/iso20022/pain/status_report.hpp"

namespace brygga::pain {

enum class payment_state : std::uint8_t {
    no_word,   // nothing told, or nothing that is understood
    pending,   // PDNG
    accepted,  // ACTC, ACCP, ACSP, ACWC: on its way, not paid
    paid,      // ACSC, and ACCC, which says that the creditor's account has it too
    rejected,  // RJCT
};

[[nodiscard]] std::string_view name(payment_state state) noexcept;

// Nothing for a code that says nothing of a single payment (PART) or is not known.
[[nodiscard]] std::optional<payment_state> state_of(std::string_view code) noexcept;

struct sent_payment {
    std::string payment_information_id;  // PmtInfId
    std::string end_to_end_id;           // unique in the message, as our writer's are
};

struct payment_status {
    payment_state state = payment_state::no_word;
    std::string code;             // the last one told, as it came, understood or not
    std::vector<reason> reasons;  // with that code
    bool contradicted = false;    // paid and rejected: the first stays, and a person looks
};

struct refined {
    std::vector<payment_status> payments;  // as sent
    std::uint64_t unmatched = 0;           // reports that are refused or answer another message, and statuses of unknown payments
};

// `reports` in the order in which they came. In one report the status of a payment goes before that of its group, and this before
// that of the message, except that RJCT of a group or of the message rejects all its payments. From report to report the later
// one holds, but paid and rejected are final.
[[nodiscard]] refined refine(std::string_view message_id, std::span<const sent_payment> sent,
                             std::span<const status_report> reports);

}  // namespace brygga::pain
