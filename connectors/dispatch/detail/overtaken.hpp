// Files that were never tried and that something has overtaken: they are taken back, and need no person. Internal.
#pragma once

#include <string>
#include <vector>

#include "connectors/dispatch/detail/desk.hpp"

namespace brygga::dispatch::detail {

struct taken_back {
    ledger::outgoing row;
    std::string why;
};

// Those of the partner that wait to be sent: before a run decides what is right now.
[[nodiscard]] result<std::vector<taken_back>> take_back_overtaken(std::string_view partner, ledger::timestamp_ms now,
                                                                  ledger::transaction& into);

// After it is durable. What the day's runs had found is asked of the ledger anew.
void tell_taken_back(const desk& on, const taken_back& file);

}  // namespace brygga::dispatch::detail
