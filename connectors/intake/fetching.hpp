// The first stage of the intake for files that do not come by themselves: from partners' servers into the inboxes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/intake/intake.hpp"
#include "connectors/intake/report.hpp"
#include "connectors/partners/partner.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::intake {

using connect_function =
    std::function<transfer::outcome<std::unique_ptr<transfer::remote_files>>(const partners::partner&, std::stop_token)>;

enum class look_end : std::uint8_t {
    settled,   // what lay there is ours
    changing,  // something was still being written
    failed,    // the folder or a file of it
};

struct folder_look {
    const partners::fetch_rule* folder{};
    look_end end{};
};

struct fetch_visit {
    partners::visit_end end{};
    std::vector<folder_look> looks;  // those that were made
};

// One look into each of these folders of the partner, in their order. What was fetched, and what failed, goes into the report;
// what lies in the inbox afterwards is the next pass's. The partner is another process's while that exchanges files with it.
// A file at which the connection is lost is left for another time, so that it does not keep the others.
fetch_visit fetch_from(const config::tenant& who, const partners::partner& from,
                       const std::vector<const partners::fetch_rule*>& rules, ledger::store& books, const options& how,
                       const connect_function& connect, const std::stop_token& stop, day_report& into);

// fetch_from() with each partner and each of its folders, whatever the schedules say. One partner's failure does not keep the
// others.
void fetch_once(const config::settings& with, ledger::store& books, const options& how, const connect_function& connect,
                const std::stop_token& stop, day_report& into);

}  // namespace brygga::intake
