// Mandates as Bankgirot tells of them, into the ledger: advice (TK73), mandates made in internet banks (TK52) and extracts of the
// mandate register (autogiro.md section 6).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/autogiro/reader.hpp"
#include "formats/bankgirot/autogiro/writer.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

// Serves one section after another. Each record may come again: what the ledger has is not written once more.
class mandate_book {
 public:
    mandate_book(ledger::transaction& into, const settings& with, const ledger::exchanged_file& file, ledger::row_id batch_id,
                 outcome_counts& counts)
        : into_(into), with_(with), file_(file), batch_id_(batch_id), counts_(counts) {}

    [[nodiscard]] result<void> advised(const autogiro::advice_view& view);
    [[nodiscard]] result<void> proposed(const autogiro::internet_mandate_view& view);
    [[nodiscard]] result<void> registered(const autogiro::register_view& view);
    // An entry that a person must see to: it stands there all the same.
    void held_in_register(const autogiro::register_view& view);
    // What can be told only when the whole section was read: payer numbers whose change was told once, mandates that the register
    // lacks.
    [[nodiscard]] result<void> section_closed(const autogiro::section_view& section);

 private:
    struct told {
        std::string payer_number;
        std::string account, identity;
        std::string information, comment;
        date day{};
        std::optional<ledger::mandate_state> state{};  // of the mandate, where a person must know it
    };
    [[nodiscard]] result<std::optional<ledger::mandate_item>> known(std::string_view bankgiro, std::string_view payer_number);
    [[nodiscard]] result<ledger::row_id> note(ledger::mandate row, const told& what,
                                              const std::optional<ledger::mandate_item>& before, ledger::mandate_state state,
                                              const std::string& customer_id);
    // As `note`, of the mandate or the change that is there.
    [[nodiscard]] result<void> note(const ledger::mandate_item& before, const told& what, ledger::mandate_state state);
    [[nodiscard]] result<std::optional<ledger::mandate_item>> answered_change(std::string_view bankgiro, const told& what,
                                                                              const std::optional<ledger::mandate_item>& mandate);
    [[nodiscard]] result<void> end_change(std::string_view bankgiro, const told& what);
    [[nodiscard]] result<void> close_decided(ledger::row_id mandate_id, ledger::mandate_state by);
    [[nodiscard]] result<bool> is_told_of_another(const told& what, const std::string& customer_id);
    [[nodiscard]] bool is_same_identity(std::string_view known, std::string_view other) const;
    [[nodiscard]] bool has_numbers(const ledger::mandate_item& known, const told& what) const;
    [[nodiscard]] result<void> carried_out_change(const ledger::mandate_item& change, const told& what);
    [[nodiscard]] result<void> take_changed_numbers(const ledger::mandate_item& mandate, told& into);
    [[nodiscard]] result<bool> is_anothers(const std::optional<ledger::mandate_item>& before, const told& what,
                                           const std::optional<ledger::mandate_item>& change, const std::string& customer_id);
    [[nodiscard]] result<void> propose(std::string_view bankgiro, const told& what, bool is_reminder);
    [[nodiscard]] result<void> propose_change(const ledger::mandate_item& mandate, const told& what, bool is_reminder);
    [[nodiscard]] result<void> leave(const ledger::mandate_item& as_it_is, told what, std::string_view matter);
    [[nodiscard]] bool is_as(const ledger::mandate_item& known, const told& what) const;
    [[nodiscard]] static std::string told_digits(std::string_view field);
    // Whose it is, without codes and day.
    template <class Record>
    [[nodiscard]] static told told_of(const Record& record) {
        told out;
        out.payer_number = autogiro::payer_number_key(record.payer_number);
        out.account = told_digits(record.account);
        out.identity = told_digits(record.identity);
        return out;
    }
    [[nodiscard]] static date day_or(std::string_view ccyymmdd, std::string_view otherwise);
    [[nodiscard]] result<bool> is_of_customer(const told& what, const std::string& customer_id);
    [[nodiscard]] result<void> advise(std::string_view bankgiro, told what, const std::string& of_old_number);
    [[nodiscard]] result<void> pair_numbers(std::string_view bankgiro);
    [[nodiscard]] result<std::vector<ledger::mandate_event>> events_of(const std::optional<ledger::mandate_item>& item);
    [[nodiscard]] result<bool> is_registered(const ledger::mandate_item& item);
    [[nodiscard]] result<bool> was_to_decide(ledger::row_id mandate_id);
    [[nodiscard]] result<void> missing_in_register(std::string_view bankgiro, date day);
    [[nodiscard]] result<std::string> customer_of(std::string_view payer_number, std::string_view identity);
    [[nodiscard]] result<void> see_to(std::string_view kind, ledger::row_id mandate_id, const std::string& customer_id,
                                      const told& what);

    ledger::transaction& into_;
    const settings& with_;
    const ledger::exchanged_file& file_;
    ledger::row_id batch_id_;
    outcome_counts& counts_;
    std::vector<told> changes_;          // of payer numbers, of the section
    std::set<std::string> in_register_;  // payer numbers, of the section
    bool register_is_whole_ = true;      // no entry of the section is of a payer number that cannot be read
};

// The identity number of a record as the ledger's customer key: 12 digits, organisations with prefix 16. Empty for none: zeros,
// blank, or what is no identity number.
[[nodiscard]] std::string identity_key(std::string_view field, date today);

}  // namespace brygga::inbound
