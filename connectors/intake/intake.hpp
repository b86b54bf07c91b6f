// The intake pipeline: find -> wait until whole -> claim -> fingerprint -> keep the original -> sniff -> read and map ->
// commit -> receipt -> archive, hold or reject (DESIGN section 8).
//
//     auto with = brygga::intake::load_config("brygga.toml");
//     auto books = brygga::ledger::open_sqlite_store(with->store, brygga::ledger::system_clock());
//     std::puts(to_json(brygga::intake::intake_once(*with, **books, {})).c_str());
//
// Killed at any point, the next pass goes on where the ledger says it stands: what was committed gets its receipt and its
// folder, what was not starts again from the bytes. Several processes may work on the same folders.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "connectors/config/settings.hpp"
#include "connectors/filedrop/inbox.hpp"
#include "connectors/intake/original_store.hpp"
#include "connectors/intake/report.hpp"
#include "connectors/intake/steps.hpp"
#include "connectors/logging/event_log.hpp"
#include "formats/registry.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::intake {

// The first bytes of a file that `sniff` is shown, at most.
inline constexpr std::size_t sniff_bytes = sniffed_bytes;

// The format id by the registry, empty when no format knows the bytes.
[[nodiscard]] std::string sniff_format(std::string_view head);

// What the pipelines work with. Pointers are the caller's and outlive their use.
struct options {
    std::function<std::string(std::string_view head)> sniff = sniff_format;
    std::function<const inbound::mapping*(std::string_view format)> find_mapping = inbound::find_mapping;
    std::function<void(std::string_view step)> at_step;    // see steps.hpp
    std::function<void(std::chrono::milliseconds)> sleep;  // std::this_thread::sleep_for when empty
    ledger::clock* time = &ledger::system_clock();
    filedrop::file_system* files = &filedrop::posix_file_system();
    logging::event_log* log = nullptr;
};

class intake_runner {
 public:
    // Configuration and store must outlive the runner.
    intake_runner(const config::settings& with, ledger::store& books, options how);
    ~intake_runner();
    intake_runner(const intake_runner&) = delete;
    intake_runner& operator=(const intake_runner&) = delete;

    // Waits until what lies in the inboxes is whole, at most the configured quiet times, then makes one pass.
    [[nodiscard]] day_report once(const std::stop_token& stop = {});

    // One pass over all tenants without waiting: first what earlier processes left in work/ and decided files in held/,
    // then the inboxes. A stop is heeded between files. One file's failure never stops the others.
    [[nodiscard]] day_report pass(const std::stop_token& stop = {});

    // Passes whenever something arrives, until stopped; `after` gets each pass that found anything,
    // a name in an inbox that is never taken (left_reason::not_regular) once.
    [[nodiscard]] result<void> run(std::stop_token stop, const std::function<void(const day_report&)>& after);

 private:
    struct state;
    std::unique_ptr<state> state_;
};

[[nodiscard]] day_report intake_once(const config::settings& with, ledger::store& books, const options& how);

}  // namespace brygga::intake
