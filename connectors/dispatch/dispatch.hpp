// The dispatch pipeline (DESIGN section 8): what lies in an outbox is checked by our own reader, kept, queued, and delivered to
// the partner; how far it has come is in the ledger.
//
// Killed at any point, the next pass ends with one whole file at the partner: a claim is queued once, whatever is left of it in
// the outbox's own folder, and deliver() goes on by what the queue has noted.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/filedrop/claim.hpp"
#include "connectors/intake/intake.hpp"
#include "connectors/partners/partner.hpp"
#include "connectors/transfer/deliver.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::dispatch {

// What a process has made, or found nothing to make of, today, so that it does not go through all mandates at each pass. Several
// threads may ask. A process that starts asks the ledger.
class day_memory {
 public:
    [[nodiscard]] bool is_over(const std::string& key) const {
        const std::lock_guard guard(mutex_);
        return over_.contains(key);
    }
    void end(std::string key) {
        const std::lock_guard guard(mutex_);
        over_.insert(std::move(key));
    }
    // Up to which row of a list nothing is left to do; 0 for a process that has not looked.
    [[nodiscard]] ledger::row_id done_until(const std::string& key) const {
        const std::lock_guard guard(mutex_);
        const auto found = done_until_.find(key);
        return found == done_until_.end() ? 0 : found->second;
    }
    void set_done(std::string key, ledger::row_id until) {
        const std::lock_guard guard(mutex_);
        done_until_[std::move(key)] = until;
    }
    // What was made for this tenant was taken back.
    void forget(const std::string& tenant) {
        const std::lock_guard guard(mutex_);
        std::erase_if(over_, [&](const std::string& key) { return key.starts_with(tenant + '/'); });
    }

 private:
    mutable std::mutex mutex_;
    std::set<std::string> over_;
    std::map<std::string, ledger::row_id> done_until_;
};

// What the pipeline works with besides what the intake does. Pointers are the caller's and outlive their use.
struct options {
    intake::options base;
    std::function<transfer::outcome<std::unique_ptr<transfer::remote_files>>(const partners::partner&, std::stop_token)> connect =
        partners::connect;
    std::function<std::uint32_t()> random = filedrop::machine_random;
    day_memory* days = nullptr;  // of whoever makes many passes
};

// A file that was laid into an outbox and is not to be sent.
struct refused_file {
    std::string tenant, partner;
    std::string name;  // readable, may hold personal data: for the operator's eyes, never for logs
    std::string why;
};

struct sent_file {
    std::string tenant, partner;
    std::string id;    // text form
    std::string name;  // as in refused_file
    ledger::sending state{};
    std::string reason;
};

// Work that did not succeed and is tried again at the next pass; of a partner when it has no file.
struct trouble {
    std::string tenant, partner;
    std::string at;  // "lock", "connect", "outbox", "queue"
    std::string text;
};

// What the day's file of Autogiro could not hold; a matter too, and told when that is new.
struct left_out_instruction {
    std::string tenant, partner;
    std::string id;  // of the invoice, mandate or collection, in text form
    std::string_view rule, field;
    std::string expected;
};

struct dispatch_report {
    std::vector<refused_file> refused;
    std::vector<left_out_instruction> left_out;
    std::vector<sent_file> files;  // that this pass has tried to deliver, keeps back for a person, or took back (closed)
    std::vector<trouble> troubles;
    std::uint64_t waiting{};                       // queued, and not yet due or behind a partner that cannot be reached
    std::optional<ledger::timestamp_ms> next_due;  // the earliest of them that has a time, when there is one
};

// What is whole in the outboxes for one partner is queued, or refused, and so are the day's file of Autogiro (autogiro_day.hpp),
// the payouts and the documents of invoice runs (invoice_files.hpp) when their time has come. Nobody is called.
partners::visit_end queue_for(const config::settings& with, const config::tenant& who, const partners::partner& to,
                              ledger::store& books, const options& how, dispatch_report& into);

// What is due is sent. In both the partner is another process's while that exchanges files with it.
partners::visit_end send_to(const config::settings& with, const config::tenant& who, const partners::partner& to,
                            ledger::store& books, const options& how, std::stop_token stop, dispatch_report& into);

// Both, for all partners of all tenants. A stop is heeded between files and wakes what waits for an answer.
[[nodiscard]] dispatch_report dispatch_once(const config::settings& with, ledger::store& books, const options& how,
                                            std::stop_token stop = {});

}  // namespace brygga::dispatch
