// What the service tells Prometheus: what came, what waits, what goes out, what is wrong. Companies, formats, partners and
// counts; no names of files, no amounts, no personal data.
#pragma once

#include <string>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/service/alarms.hpp"
#include "connectors/service/exposition.hpp"
#include "connectors/service/partner_board.hpp"
#include "connectors/service/retention_worker.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::service {

struct service_state {
    timing::moment started, now;
    std::vector<alarm> alarms;  // that hold now, of all tenants
    std::vector<partner_visits> visits;
    std::vector<removed_count> removed = {};
};

// A page about all tenants. Reads the ledger: for a look now and then, not for each question.
[[nodiscard]] result<exposition> metrics_of(const config::settings& with, ledger::store& books, const service_state& state);

}  // namespace brygga::service
