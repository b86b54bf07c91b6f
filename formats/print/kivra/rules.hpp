// The rules of sending to Kivra, KIV-R01 to KIV-R16 (kivra.md section 4), as far as they need no connection. KIV-R11 is the
// client's: connectors/kivra.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"
#include "formats/print/kivra/content.hpp"
#include "formats/print/kivra/payment_event.hpp"

namespace brygga::kivra {

enum class kivra_rule : std::uint8_t {
    protection,         // KIV-R01
    person,             // KIV-R02
    company,            // KIV-R03
    one_recipient,      // KIV-R04
    payment,            // KIV-R05
    amount,             // KIV-R06
    size,               // KIV-R07
    personal_text,      // KIV-R08
    old_match,          // KIV-R09
    same_bytes,         // KIV-R10
    unknown_outcome,    // KIV-R11
    retained,           // KIV-R12
    unconfirmed,        // KIV-R13
    webhook,            // KIV-R14
    event,              // KIV-R15
    printed_delivered,  // KIV-R16
};

// Indexed by the enum.
[[nodiscard]] std::span<const rule_info> kivra_rules() noexcept;

struct kivra_finding {
    kivra_rule rule{};
    severity level = severity::error;
    std::string field;  // path in the JSON
    std::string found;  // never a name, an address, an identity number or a reference
    std::string expected;
};

// What the ledger knows of the document and its recipient.
struct content_demands {
    date today{};
    bool protected_recipient = false;
    std::optional<std::int64_t> open_amount_ore;  // not compared when it is not known
    std::vector<std::string> private_texts;  // name, addresses, facility address, identity number: in no subject or file name
};

// KIV-R01 to KIV-R06 and KIV-R08. For a protected recipient KIV-R01 and nothing else.
[[nodiscard]] std::vector<kivra_finding> check_content(const content& what, const content_demands& demands);

// KIV-R07: of the JSON text. The document goes to print with the reason TOO_LARGE.
[[nodiscard]] std::optional<kivra_finding> check_size(std::string_view json);

inline constexpr std::chrono::hours match_lasts{24};

// KIV-R09
[[nodiscard]] std::optional<kivra_finding> check_match_age(std::chrono::sys_seconds matched, std::chrono::sys_seconds now);

// KIV-R10: a repeat is the same bytes, generated_at aside.
[[nodiscard]] std::optional<kivra_finding> check_repeat(std::string_view first_json, std::string_view repeated_json);

// KIV-R15: `sent` is what the event's content key belongs to; nothing when nobody knows it.
[[nodiscard]] std::vector<kivra_finding> check_event(const payment_event& event, const content* sent);

// KIV-R16: a document that Kivra took is printed only when an operator says so.
[[nodiscard]] std::optional<kivra_finding> check_print(bool delivered, bool ordered_by_operator);

}  // namespace brygga::kivra
