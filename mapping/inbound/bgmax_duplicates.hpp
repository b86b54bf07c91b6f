// Was this imported before? BGMAX-R60 to R63, which only the ledger can answer (bgmax.md section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mapping/inbound/bgmax_plan.hpp"
#include "mapping/inbound/duplicates.hpp"
#include "mapping/inbound/payment_booker.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

// Each adds its finding to plan.ledger_findings.
class bgmax_duplicates {
 public:
    bgmax_duplicates(logical_plan& plan, ledger::transaction& before)
        : plan_(plan),
          before_(before),
          deposits_(before, plan.compared, "bgmax", "bgmax"),
          payments_(before, plan.compared, "bgmax") {}

    // BGMAX-R60: the earlier import of the same logical file. A finding of another severity than error does not let it in: the
    // ledger holds it once.
    [[nodiscard]] result<std::optional<ledger::known_payment>> file(std::string_view identity);

    // BGMAX-R61; a deposit of the same number and amount that another channel brought (camt) is already there, and nobody need
    // decide. A section of the file with the number and amount of another one waits too. Called for every section before anything
    // of the file is booked, and for one that is released.
    [[nodiscard]] result<void> section(section_plan& section);

    // BGMAX-R62, or R63 where the serial number is blank. Repeats within the same logical file do not count.
    [[nodiscard]] result<void> payment(const ledger::payment& row, const section_plan& section, std::uint64_t line,
                                       payment_holds& holds);

 private:
    [[nodiscard]] result<void> from_camt_without_number(section_plan& section);
    void is_there(section_plan& section, const ledger::known_deposit& earlier);
    void wait(section_plan& section, std::string expected, ledger::row_id may_be);
    [[nodiscard]] result<std::optional<ledger::known_payment>> same_serial(const ledger::payment& row);
    [[nodiscard]] result<std::optional<ledger::known_payment>> same_place(const ledger::payment& row,
                                                                          const section_plan& section);

    logical_plan& plan_;
    ledger::transaction& before_;
    deposits_of_file of_file_;
    deposits_of_the_day deposits_;
    payments_of_the_day payments_;
};

}  // namespace brygga::inbound
