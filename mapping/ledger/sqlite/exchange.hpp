// The rows of files that leave and arrive, within a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "mapping/ledger/exchange.hpp"

namespace brygga::ledger::sqlite {

class sqlite_transaction;

class sqlite_exchange final : public exchange_rows {
 public:
    explicit sqlite_exchange(sqlite_transaction& within) : within_(within) {}

    result<void> add_outgoing(outgoing& item) override;
    result<void> add_refused(outgoing& item, std::string_view reason) override;
    result<void> add_event(row_id outgoing_id, const outgoing_event& item) override;
    result<std::optional<outgoing_item>> outgoing_with_id(row_id id) override;
    result<std::optional<outgoing_item>> outgoing_with_key(std::string_view key) override;
    result<std::optional<outgoing_item>> outgoing_with_reference(std::string_view format, std::string_view reference) override;
    result<std::optional<outgoing_item>> outgoing_with_content(std::string_view partner, std::string_view sha256) override;
    result<std::vector<outgoing_item>> unsent(std::string_view partner, std::size_t limit) override;
    result<std::vector<outgoing_item>> due(std::string_view partner, timestamp_ms now, std::size_t limit) override;
    result<std::optional<row_id>> first_obstacle(std::string_view partner, std::string_view folder, timestamp_ms now) override;
    result<std::vector<waiting_files>> waiting(timestamp_ms now) override;
    result<std::vector<outgoing_item>> unanswered(std::string_view partner, std::string_view folder, timestamp_ms sent_until,
                                                  std::size_t limit) override;
    result<std::vector<outgoing_item>> outgoing_to_look_at(std::size_t limit) override;
    result<std::vector<sending_count>> count_outgoing() override;
    result<std::uint64_t> sent_since(timestamp_ms since) override;
    result<std::vector<outgoing_event>> events_of(row_id outgoing_id) override;

    result<void> add_fetched(fetched_version& item) override;
    result<void> add_cleared(row_id fetched_id) override;
    result<std::optional<known_version>> fetched_with_key(std::string_view partner, std::string_view key) override;
    result<std::uint64_t> fetched_since(timestamp_ms since) override;

 private:
    result<void> add(outgoing& item, const outgoing_event& first);

    sqlite_transaction& within_;
};

}  // namespace brygga::ledger::sqlite
