// What a population register's answer says of protection (protected-identity.md 1.2 and section 5; PRO-R01): a pure function,
// which fails closed.
#pragma once

#include <cstdint>
#include <optional>

#include "mapping/ledger/protections.hpp"

namespace brygga::protection {

enum class register_flag : std::uint8_t {
    no,
    yes,
    missing,     // or unreadable
    not_in_use,  // the version of the schema has no such flag (spar.md 3.17)
};

struct register_answer {
    bool failed = false;  // the register gave an error, or nothing that could be read
    register_flag confidential = register_flag::missing;
    register_flag protected_registration = register_flag::missing;
    bool set_by_register = false;  // of confidential: because only the other one had come (SPAR's sattAvSPAR)
    bool has_name = false, has_address = false;
    bool is_deregistered = false;         // has a code why: such a person has no name
    bool has_forwarding_address = false;  // Förmedlingsuppdrag, or box 2820 in 403 20
};

struct register_verdict {
    ledger::protection is{};   // none only where the answer says so
    bool is_certain = true;    // false: protected because nobody can tell, until cleared
    bool is_alarming = false;  // a forwarding address without a flag
};

// PRO-R01. Where both flags are set the stronger one wins.
[[nodiscard]] register_verdict verdict_of(const register_answer& answer) noexcept;

}  // namespace brygga::protection
