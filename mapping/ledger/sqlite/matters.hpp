// What a person must see to, within a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "mapping/ledger/matters.hpp"

namespace brygga::ledger::sqlite {

class sqlite_transaction;

class sqlite_matters final : public matter_rows {
 public:
    explicit sqlite_matters(sqlite_transaction& within) : within_(within) {}

    result<void> add_matter(matter& item) override;
    result<void> close_matter(row_id id, std::string_view actor, std::string_view reason) override;
    result<std::optional<matter_item>> matter_with_id(row_id id) override;
    result<std::vector<matter_item>> open_matters(std::size_t limit) override;
    result<std::vector<matter_item>> open_matters_of(std::string_view kind, std::size_t limit) override;
    result<std::vector<matter_item>> matters_about(row_id subject_id) override;

 private:
    sqlite_transaction& within_;
};

}  // namespace brygga::ledger::sqlite
