// Protected personal data, within a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "mapping/ledger/protections.hpp"

namespace brygga::ledger::sqlite {

class sqlite_transaction;

class sqlite_protections final : public protection_rows {
 public:
    explicit sqlite_protections(sqlite_transaction& within) : within_(within) {}

    result<void> add_protection_event(protection_event& item) override;
    result<std::optional<protection_event>> newest_protection(std::string_view customer_id) override;
    result<std::vector<protection_event>> protection_events(std::string_view customer_id) override;
    result<std::vector<std::string>> protected_customers() override;
    result<std::vector<std::string>> unchecked_since(timestamp_ms time) override;
    result<void> each_sealed(std::string_view actor, std::string_view why,
                             const std::function<result<void>(const sealed_value&)>& visit) override;
    result<std::optional<std::string>> sealed_name(std::string_view customer_id, std::string_view actor,
                                                   std::string_view why) override;
    result<bool> is_co_located(std::string_view customer_id) override;
    result<void> add_file_person(row_id outgoing_id, std::string_view customer_id) override;
    result<std::vector<std::string>> changed_since(row_id outgoing_id) override;
    result<std::vector<file_about>> files_about(std::string_view customer_id) override;

    // The customer system has flagged the customer, whose new version is written.
    result<void> note_flag(std::string_view customer_id);

 private:
    result<std::int64_t> epoch_of(std::string_view customer_id);
    result<void> write_event(protection_event& item);

    sqlite_transaction& within_;
};

}  // namespace brygga::ledger::sqlite
