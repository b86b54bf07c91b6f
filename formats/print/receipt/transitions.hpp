// The states of a document on its way (print-batch.md 4.2):
//
//     CREATED -> BATCHED -> SENT -> RECEIVED -> DELIVERED | PRINTED -> POSTED | FORWARDED -> [RETURNED]
//     RECEIVED -> FAILED -> CREATED    SENT -> REJECTED -> CREATED    CREATED | BATCHED -> CANCELLED
//
// FORWARDED is taken to follow RECEIVED or PRINTED. A receipt tells the latest state, so that RECEIVED may be followed by POSTED
// (as in the page's own example C): what a receipt may report is `can_report`, which follows the arrows any number of steps.
#pragma once

#include <array>

#include "formats/print/receipt/records.hpp"

namespace brygga::print::receipt {

struct transition {
    status from{}, to{};
};

inline constexpr std::array transitions = {
    transition{status::created, status::batched},    transition{status::batched, status::sent},
    transition{status::sent, status::received},      transition{status::received, status::delivered},
    transition{status::received, status::printed},   transition{status::printed, status::posted},
    transition{status::received, status::forwarded}, transition{status::printed, status::forwarded},
    transition{status::delivered, status::returned}, transition{status::posted, status::returned},
    transition{status::forwarded, status::returned}, transition{status::received, status::failed},
    transition{status::failed, status::created},     transition{status::sent, status::rejected},
    transition{status::rejected, status::created},   transition{status::created, status::cancelled},
    transition{status::batched, status::cancelled},
};

// Whether there is an arrow.
[[nodiscard]] constexpr bool is_allowed(status from, status to) noexcept {
    for (const transition& each : transitions)
        if (each.from == from && each.to == to) return true;
    return false;
}

// DELIVERED, POSTED, FORWARDED, FAILED, REJECTED, RETURNED and CANCELLED.
[[nodiscard]] constexpr bool is_final(status code) noexcept {
    return code == status::delivered || code == status::posted || code == status::forwarded || code == status::failed ||
           code == status::rejected || code == status::returned || code == status::cancelled;
}

// Whether a receipt may report `to` of a document that is in `from` by what came before: the same once more, or what the arrows
// lead to from what was sent. Nothing leads back to CREATED: that is a new document id.
[[nodiscard]] constexpr bool can_report(status from, status to) noexcept {
    if (from == to) return true;
    if (from == status::created || from == status::batched) return to != status::batched && is_allowed(from, to);
    std::array<bool, status_count> reached{};
    reached[static_cast<std::size_t>(from)] = true;
    for (std::size_t round = 0; round < status_count; ++round)
        for (const transition& each : transitions)
            if (reached[static_cast<std::size_t>(each.from)] && each.to != status::created)
                reached[static_cast<std::size_t>(each.to)] = true;
    return reached[static_cast<std::size_t>(to)];
}

}  // namespace brygga::print::receipt
