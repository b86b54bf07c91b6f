// Files that leave and arrive (DESIGN section 8): what is to be sent to whom, how far it has come, what was fetched from whom.
// Rows are never changed: how far a file has come is its newest event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

// A file that is to be sent. Its bytes are among the originals, under their hash.
struct outgoing {
    row_id id{};
    std::string key;        // why it is sent; the same again is the same file ("outbox:pain.001:9f86d081...")
    std::string partner;    // id in the configuration
    std::string folder;     // the partner's
    std::string name;       // that it gets there
    std::string format;     // format id; empty when nobody knows it
    std::string reference;  // the sender's own id in it (MsgId), by which answers name it; empty when it has none
    std::string sha256;
    std::uint64_t size_bytes{};
    timestamp_ms not_before{};
    std::string laid_sha256 =
        {};  // of what it was made of where that was sealed first; empty when adding: these bytes themselves
};

enum class sending : std::uint8_t {
    queued,     // waits for its time, its turn or the next attempt
    sending,    // an attempt is made
    uploaded,   // all bytes are there under the temporary name; or may be there, where a server takes them whole
    sent,       // has its name
    failed,     // waits for a person
    confirmed,  // the partner says that it took it
    rejected,   // the partner says that it did not take it, or not all of it: waits for a person
    closed,     // a person has seen to it
    refused,    // our own reader did not let it go: it was never sent, and waits for a person
    held,       // a person wants it to wait
};
[[nodiscard]] std::string_view name(sending state) noexcept;

struct outgoing_event {
    sending state{};
    std::uint32_t attempt{};  // 1-based from the first or last time that a person said send; 0 before
    std::string reason;       // name of the fault, how it was delivered; in our words, without personal data
    std::string actor;        // who said so; empty for Brygga
    timestamp_ms due{};       // of queued: not before
};

struct outgoing_item {
    outgoing row;
    timestamp_ms queued_at{};
    outgoing_event newest;
    timestamp_ms newest_at{};
};

// One version of a file at a partner whose bytes we have.
struct fetched_version {
    row_id id{};
    std::string partner;
    std::string key;   // of the version: 32 hexadecimal digits
    std::string name;  // the partner's
    std::string sha256;
    std::uint64_t size_bytes{};
};

struct known_version {
    fetched_version row;
    bool cleared = false;  // away at the partner, or to be left there
};

struct sending_count {
    std::string partner;
    sending state{};
    std::uint64_t files{};
    timestamp_ms oldest{};  // of those events
};

// Queued, sending or uploaded, for one partner.
struct waiting_files {
    std::string partner;
    std::uint64_t files{};
    timestamp_ms next_due{};     // the earliest later time for which one waits; 0 for none
    timestamp_ms waits_since{};  // what has waited longest, since its time or a person's last word
};

// Part of a transaction: commits and ends with it.
class exchange_rows {
 public:
    virtual ~exchange_rows() = default;

    // Queues the file, with its first event. Keyed by `key`: the same file to the same partner is there already, another is a
    // conflict. Keeps an id that is set, unless it is there already.
    virtual result<void> add_outgoing(outgoing& item) = 0;
    // The same, for a file that is not to be sent.
    virtual result<void> add_refused(outgoing& item, std::string_view reason) = 0;
    virtual result<void> add_event(row_id outgoing_id, const outgoing_event& item) = 0;

    [[nodiscard]] virtual result<std::optional<outgoing_item>> outgoing_with_id(row_id id) = 0;
    [[nodiscard]] virtual result<std::optional<outgoing_item>> outgoing_with_key(std::string_view key) = 0;
    // The newest with this id of the sender's.
    [[nodiscard]] virtual result<std::optional<outgoing_item>> outgoing_with_reference(std::string_view format,
                                                                                       std::string_view reference) = 0;
    // The newest to this partner that was made of these bytes, sealed or as they are, and was not refused.
    [[nodiscard]] virtual result<std::optional<outgoing_item>> outgoing_with_content(std::string_view partner,
                                                                                     std::string_view sha256) = 0;
    // Queued, sending, uploaded or held, in the order of queueing.
    [[nodiscard]] virtual result<std::vector<outgoing_item>> unsent(std::string_view partner, std::size_t limit) = 0;
    // Of those, the ones that wait neither for a later time nor for a person.
    [[nodiscard]] virtual result<std::vector<outgoing_item>> due(std::string_view partner, timestamp_ms now,
                                                                 std::size_t limit) = 0;
    // The first that is not sent and does not go now: waits for a later time or a person, or failed.
    [[nodiscard]] virtual result<std::optional<row_id>> first_obstacle(std::string_view partner, std::string_view folder,
                                                                       timestamp_ms now) = 0;
    // By partner; none without a file.
    [[nodiscard]] virtual result<std::vector<waiting_files>> waiting(timestamp_ms now) = 0;
    // Those that were sent to this folder of the partner's, not later than then, and have no answer; oldest first.
    [[nodiscard]] virtual result<std::vector<outgoing_item>> unanswered(std::string_view partner, std::string_view folder,
                                                                        timestamp_ms sent_until, std::size_t limit) = 0;
    // Those that a person must look at: failed, rejected or refused.
    [[nodiscard]] virtual result<std::vector<outgoing_item>> outgoing_to_look_at(std::size_t limit) = 0;
    // By partner and newest state, in this order.
    [[nodiscard]] virtual result<std::vector<sending_count>> count_outgoing() = 0;
    // How many files.
    [[nodiscard]] virtual result<std::uint64_t> sent_since(timestamp_ms since) = 0;
    // Oldest first.
    [[nodiscard]] virtual result<std::vector<outgoing_event>> events_of(row_id outgoing_id) = 0;

    virtual result<void> add_fetched(fetched_version& item) = 0;
    virtual result<void> add_cleared(row_id fetched_id) = 0;
    // The newest with this key.
    [[nodiscard]] virtual result<std::optional<known_version>> fetched_with_key(std::string_view partner,
                                                                                std::string_view key) = 0;
    [[nodiscard]] virtual result<std::uint64_t> fetched_since(timestamp_ms since) = 0;
};

}  // namespace brygga::ledger
