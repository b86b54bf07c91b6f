#include "mapping/inbound/mandate_states.hpp"

namespace brygga::inbound {

namespace {

using ledger::mandate_state;

// What we have asked to be cancelled since waits for that answer, and collects nothing.
mandate_verdict after_approval(std::optional<mandate_state> now) {
    if (now == mandate_state::cancelling) return {};
    return {mandate_state::active, {}};
}

// Answers to what we have asked for (informationskod 04).
mandate_verdict after_application(std::optional<mandate_state> now, std::string_view comment) {
    if (comment == "32") return after_approval(now);
    // It stands in the register: an active mandate stays so, of another only the register tells what it is.
    if (comment == "10") return {std::nullopt, now == mandate_state::active ? "" : "mandate-already-registered"};
    if (now == mandate_state::active) return {std::nullopt, "mandate-rejected"};  // the one before goes on
    return {mandate_state::rejected, "mandate-rejected"};
}

// To our TK03 (03).
mandate_verdict after_cancellation(std::optional<mandate_state> now, std::string_view comment) {
    const auto asked = now == mandate_state::cancelling;
    if (comment == "33") return {mandate_state::cancelled, {}};
    if (comment == "04") return {asked ? std::optional(mandate_state::cancelled) : std::nullopt, "mandate-not-in-register"};
    return {asked ? std::optional(mandate_state::active) : std::nullopt, "mandate-cancellation-refused"};
}

// To our TK05 (05): one record for the old payer number, one for the new.
mandate_verdict after_change_of_number(std::string_view comment) {
    if (comment == "32") return {mandate_state::active, {}};
    if (comment == "33") return {mandate_state::cancelled, {}};
    return {std::nullopt, comment == "04" ? "mandate-not-in-register" : "payer-number-change-refused"};
}

// The bank's answer to the enquiry about an account (42), or that none came (43).
mandate_verdict after_enquiry(std::string_view information, std::optional<mandate_state> now, std::string_view comment) {
    if (comment == "32") return after_approval(now);
    if (information == "43" && now == mandate_state::active) return {mandate_state::cancelled, "mandate-cancelled-by-bank"};
    return {mandate_state::rejected, "mandate-rejected"};
}

}  // namespace

mandate_verdict after_advice(std::optional<mandate_state> now, std::string_view information, std::string_view comment) {
    if (comment == "11") return {mandate_state::suspended, {}};
    if (comment == "12") return after_approval(now);
    if (information == "04") return after_application(now, comment);
    if (information == "03") return after_cancellation(now, comment);
    if (information == "05") return after_change_of_number(comment);
    if (information == "42" || information == "43") return after_enquiry(information, now, comment);
    const bool ended = information == "10" || information == "44" || information == "46" || information == "93" ||
                       comment == "01" || comment == "02" || comment == "06" || comment == "98";
    if (ended) return {mandate_state::cancelled, {}};
    return {std::nullopt, "mandate-advice-unknown"};
}

mandate_verdict after_register(std::optional<mandate_state> now, bool approved, bool stopped) {
    const mandate_state there = !approved ? mandate_state::applied : stopped ? mandate_state::suspended : mandate_state::active;
    if (!now) return {there, "mandate-only-in-register"};
    // What we have asked for and the extract does not show yet.
    if (now == mandate_state::cancelling && there == mandate_state::active) return {};
    if (now == there) return {};
    if (now == mandate_state::rejected || now == mandate_state::cancelled) return {there, "mandate-only-in-register"};
    return {there, {}};
}

}  // namespace brygga::inbound
