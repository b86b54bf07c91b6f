// What our own reader says of bytes that are to be sent, and the seal on them. Internal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "connectors/dispatch/detail/desk.hpp"
#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"

namespace brygga::dispatch::detail {

struct verdict {
    std::string format;     // empty: none that Brygga knows
    std::string reference;  // the id in it, by which the partner answers
    std::string fault;      // why the rule does not let it go; empty when it may
};

// What was laid into an outbox whose rule has no formats is sent whatever it is, and read only to know the answer; what was made
// from the ledger is judged always.
enum class judging : std::uint8_t { as_the_rule_says, always };

// The policy is of what is made for partners that have agreed on deviations.
[[nodiscard]] verdict verdict_of(const partners::send_rule& rule, std::string_view bytes, judging how = judging::as_the_rule_says,
                                 const rule_policy& policy = {});

// The same for a rule that seals, and what it lets go is sealed into `to` with the customer's key of this day, and read back.
// Nothing is left there otherwise. Errors are of the moment; what is wrong with the bytes is the fault of the verdict.
[[nodiscard]] result<verdict> sealed_verdict_of(const desk& on, const partners::send_rule& rule, std::string_view bytes, date day,
                                                const std::filesystem::path& to, judging how = judging::as_the_rule_says,
                                                const rule_policy& policy = {});

// The first time of the rule after this moment; 0 where it has none.
[[nodiscard]] ledger::timestamp_ms due_after(const partners::send_rule& rule, ledger::timestamp_ms at);

}  // namespace brygga::dispatch::detail
