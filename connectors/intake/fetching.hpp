// The first stage of the intake for files that do not come by themselves: from partners' servers into the inboxes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/intake/config.hpp"
#include "connectors/intake/intake.hpp"
#include "connectors/intake/report.hpp"
#include "connectors/partners/partner.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::intake {

using connect_function =
    std::function<transfer::outcome<std::unique_ptr<transfer::remote_files>>(const partners::partner&, std::stop_token)>;

// One look into each folder that is fetched from, whatever its schedule says. What was fetched, and what failed, goes into the
// report; what lies in the inbox afterwards is the next pass's. One partner's failure does not keep the others.
void fetch_once(const config& with, ledger::store& books, const options& how, const connect_function& connect,
                const std::stop_token& stop, day_report& into);

}  // namespace brygga::intake
