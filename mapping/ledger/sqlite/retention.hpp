// What originals are kept for and which were removed, within a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "mapping/ledger/retention.hpp"

namespace brygga::ledger::sqlite {

class sqlite_transaction;

class sqlite_retention final : public retention_rows {
 public:
    explicit sqlite_retention(sqlite_transaction& within) : within_(within) {}

    result<std::vector<original_use>> uses() override;
    result<std::vector<original_use>> uses_of(std::string_view sha256) override;
    result<std::vector<row_id>> files_in_suspense() override;
    result<void> add_removal(original_removal& item) override;
    result<std::optional<original_removal>> removal_of(std::string_view sha256) override;
    result<std::vector<original_removal>> removals() override;

 private:
    sqlite_transaction& within_;
};

}  // namespace brygga::ledger::sqlite
