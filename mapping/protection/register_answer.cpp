#include "mapping/protection/register_answer.hpp"

namespace brygga::protection {

register_verdict verdict_of(const register_answer& answer) noexcept {
    using enum register_flag;
    using ledger::protection;
    const bool is_registered = answer.protected_registration == yes;
    if (is_registered) return {protection::protected_registration};
    if (answer.confidential == yes)
        return {answer.set_by_register && answer.protected_registration != not_in_use ? protection::protected_registration
                                                                                      : protection::confidential};
    if (answer.has_forwarding_address) return {protection::manual, true, true};
    const bool is_told =
        answer.confidential == no && (answer.protected_registration == no || answer.protected_registration == not_in_use);
    const bool is_somebody = answer.has_name || answer.is_deregistered;
    if (answer.failed || !is_told || !is_somebody) return {protection::manual, false};
    return {protection::none};
}

}  // namespace brygga::protection
