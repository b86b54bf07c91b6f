// Was this imported before? AG-R19, which only the ledger can answer (autogiro.md section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mapping/inbound/autogiro_plan.hpp"
#include "mapping/inbound/duplicates.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

// What makes a delivery the same again: SHA-256 over its bytes. What names a payment specification: the same over its name.
[[nodiscard]] std::string autogiro_identity(std::string_view bytes);
// Of the whole file, which a register shares with no other.
[[nodiscard]] std::string autogiro_identity(std::string_view bytes, const autogiro_plan& plan,
                                            const ledger::exchanged_file& file);

// A data set name as Bankgirot gives it ("UAGAG.K0471117.D261130.T061502"): unlike other file names it stands for one delivery.
[[nodiscard]] bool is_data_set_name(std::string_view name) noexcept;

// Each adds its finding to plan.ledger_findings.
class autogiro_duplicates {
 public:
    autogiro_duplicates(autogiro_plan& plan, ledger::transaction& before)
        : plan_(plan),
          before_(before),
          deposits_(before, plan.compared, autogiro_source),
          payments_(before, plan.compared, autogiro_source) {}

    // The name of the file that brought the same delivery, or one of its payment specifications, before.
    [[nodiscard]] result<std::optional<std::string>> file(std::string_view bytes, const ledger::exchanged_file& file);

    // A deposit that another channel (BgMax, camt) has booked is already there; one that may be waits. Called for every part that
    // moves money before anything is booked, and for one that is released.
    [[nodiscard]] result<void> part(autogiro_part_plan& part);

 private:
    [[nodiscard]] result<std::optional<std::string>> batch(std::string_view identity, std::string found);
    void is_there(section_plan& section, const ledger::known_deposit& earlier);
    void wait(section_plan& section, std::string expected, ledger::row_id may_be);
    bool report(severity level, const section_plan& section, std::string expected);

    autogiro_plan& plan_;
    ledger::transaction& before_;
    deposits_of_the_day deposits_;
    payments_of_the_day payments_;
};

}  // namespace brygga::inbound
