// Registrations of e-invoices, within a transaction.
#pragma once

#include <string_view>
#include <vector>

#include "mapping/ledger/registrations.hpp"

namespace brygga::ledger::sqlite {

class sqlite_transaction;

class sqlite_registrations final : public registration_rows {
 public:
    explicit sqlite_registrations(sqlite_transaction& within) : within_(within) {}

    result<bool> add_registration(registration& item, const registration_event& first) override;
    result<void> add_registration_event(row_id registration_id, const registration_event& item) override;
    result<std::optional<registration_item>> registration_with_id(row_id id) override;
    result<std::vector<registration_item>> registrations_of_customer(std::string_view customer_id) override;
    result<std::vector<registration_item>> registrations_of_receiver(std::string_view receiver) override;
    result<std::vector<registration_item>> registrations_in_state(registration_state state, std::size_t limit) override;
    result<std::vector<registration_event>> registration_events(row_id registration_id) override;

 private:
    sqlite_transaction& within_;
};

}  // namespace brygga::ledger::sqlite
