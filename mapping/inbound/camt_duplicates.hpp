// Was this imported before? CAMT-R20 and R22, which only the ledger can answer (iso20022-incoming.md section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "mapping/inbound/camt_plan.hpp"
#include "mapping/inbound/duplicates.hpp"
#include "mapping/inbound/payment_booker.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

// What makes a message the same again: its id and page, and id and account of each container.
[[nodiscard]] std::string camt_identity(const camt::message_file& file, std::string_view bytes);

struct earlier_message {
    std::string file_name;
    bool same_content = false;  // otherwise the bank has used one id for two messages
};

// Each adds its finding to plan.ledger_findings.
class camt_duplicates {
 public:
    // `bytes` is the document, `format` that of the delivery.
    camt_duplicates(camt_plan& plan, std::string_view bytes, std::string_view format, ledger::transaction& before)
        : plan_(plan),
          bytes_(bytes),
          format_(format),
          before_(before),
          deposits_(before, plan.compared, format),
          payments_(before, plan.compared, format) {}

    // CAMT-R20: the earlier import of the same message. A finding of another severity than error does not let it in.
    [[nodiscard]] result<std::optional<earlier_message>> message(std::string_view identity, const ledger::exchanged_file& file);

    // Lets sections wait that bring what an earlier one of the message has brought: its number and amount, or payments of it. To
    // be called once, before section().
    void within_message();

    // Marks a section as already_in a deposit when another channel has booked a deposit of its number and amount, or without a
    // number one of the same payments by the bank's references, and nothing else contradicts, and lets it wait (CAMT-R22) when an
    // earlier deposit may be the same or holds some of its payments; called for every section before anything of the message is
    // booked, and for one that is released.
    [[nodiscard]] result<void> section(section_plan& section);

    // Compares what a statement says was paid in with what was booked: a total whose deposit is not booked with this amount is
    // kept, and shown until it is (CAMT-R10).
    [[nodiscard]] result<void> total(const total_plan& stated, ledger::row_id batch_id);

    // CAMT-R22 on one payment: by the bank's reference, else by its place in the deposit. Repeats within the same message do
    // not count.
    [[nodiscard]] result<void> payment(const ledger::payment& row, const section_plan& section, const camt::payment_view& view,
                                       payment_holds& holds);

 private:
    [[nodiscard]] result<std::optional<ledger::known_deposit>> booked_elsewhere(
        const section_plan& section, const std::vector<ledger::known_deposit>& same_number);
    void is_there(section_plan& section, const ledger::known_deposit& earlier);
    void wait(section_plan& section, std::string expected, ledger::row_id may_be);
    [[nodiscard]] result<void> with_totals(const section_plan& section);
    [[nodiscard]] result<void> maybe_repeated(section_plan& section, const std::vector<ledger::known_deposit>& same_number);
    [[nodiscard]] result<std::optional<ledger::known_payment>> same_payment(const ledger::payment& row,
                                                                            const section_plan& section);

    camt_plan& plan_;
    std::string_view bytes_, format_;
    ledger::transaction& before_;
    std::unordered_set<std::uint32_t> twice_;   // sections that earlier ones of the message have brought, at least in part
    std::unordered_set<ledger::row_id> taken_;  // deposits of before that sections of the message are
    deposits_of_the_day deposits_;
    payments_of_the_day payments_;
};

}  // namespace brygga::inbound
