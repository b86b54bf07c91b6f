// How a file that is made from the ledger leaves.
#pragma once

#include <string>

#include "connectors/partners/partner.hpp"

namespace brygga::config {

struct tenant;

// One [[tenant.partner.send]].
struct file_channel {
    std::string partner, folder;

    // Null when there is none, which the configuration tells.
    [[nodiscard]] const partners::send_rule* rule_of(const tenant& who) const noexcept;
};

}  // namespace brygga::config
