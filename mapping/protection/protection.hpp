// Protected personal data (skyddade personuppgifter): what follows when a customer becomes protected, and how that is lifted
// (protected-identity.md section 4). All in one transaction: whenever a process dies, the person is protected or nothing has
// changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mapping/billing/terms.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/protection/register_answer.hpp"

namespace brygga::protection {

// Kinds of matters.
inline constexpr std::string_view file_left = "protected-file-left";             // what may be at a partner: recall it
inline constexpr std::string_view archives_to_seal = "protected-archives";       // PRO-R16
inline constexpr std::string_view unflagged_forwarding = "protected-unflagged";  // a forwarding address, and no flag

struct followed {
    std::uint64_t documents{};  // that go by the tax agency now
    std::uint64_t files{};      // that never left and are closed
    std::uint64_t left{};       // documents that may have left: matters
};

// PRO-R05, of a customer whose flag is set in this transaction: what is planned goes another way, files that hold something of
// them and never left are closed and made anew without it, and people are told of what may have left (PRO-R16).
[[nodiscard]] result<followed> follow(std::string_view customer_id, const billing::run_terms& terms, ledger::transaction& into);

// The flag, the epoch and what follows.
[[nodiscard]] result<followed> protect(ledger::protection_event& change, const billing::run_terms& terms,
                                       ledger::transaction& into);

// What is done for other customers by itself and for protected persons by a named person only, or not at all.
enum class use : std::uint8_t { look_up, debt_collection, credit_report };
// The rule that forbids it (PRO-R02, PRO-R10, PRO-R11), and what to do instead; nothing where it may be done.
struct refusal {
    std::string_view rule, instead;
};
[[nodiscard]] std::optional<refusal> refusal_of(use what, const ledger::customer& of) noexcept;

// What a register has answered. A person who is protected stays so whatever it says: a negative answer is noted for lift().
[[nodiscard]] result<followed> take_answer(std::string_view customer_id, const register_answer& answer,
                                           ledger::protection_source from, ledger::timestamp_ms now,
                                           const billing::run_terms& terms, ledger::transaction& into);

// PRO-R07. The first of two persons. conflict where the customer is not protected.
[[nodiscard]] result<void> propose_lifting(std::string_view customer_id, std::string_view actor, std::string_view reason,
                                           date today, ledger::transaction& into);
// The second. conflict without a proposal of another person, or a register's negative answer, both of today.
[[nodiscard]] result<void> lift(std::string_view customer_id, std::string_view actor, std::string_view reason, date today,
                                ledger::transaction& into);

}  // namespace brygga::protection
