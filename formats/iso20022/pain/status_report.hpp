// Reads pain.002, the bank's answers to a pain.001 (iso20022-incoming.md section 7). Codes are kept as they came, known or not;
// what they mean for each payment says refine() (statuses.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/iso20022/pain/rules.hpp"

namespace brygga::pain {

struct reason {
    std::string code;                      // AC04; empty when the bank gives only words
    bool proprietary = false;              // the bank's own code (Prtry)
    std::vector<std::string> information;  // AddtlInf: may name persons and accounts, so it never goes to logs

    [[nodiscard]] bool operator==(const reason&) const = default;
};

struct status {
    std::string code;  // ACCP, RJCT, ...; empty when none is told
    std::vector<reason> reasons;

    [[nodiscard]] bool operator==(const status&) const = default;
};

struct reported_transaction {
    std::string instruction_id, end_to_end_id;  // of the payment, as it was sent; "NOTPROVIDED" is empty
    std::string servicer_reference;             // the bank's own
    pain::status status;
};

struct reported_instruction {
    std::string payment_information_id;
    pain::status status;
    std::vector<reported_transaction> transactions;
};

struct status_report {
    std::uint16_t version{};
    bool recognised = false;
    std::string id, created;
    std::string original_message_id;    // of the pain.001
    std::string original_message_name;  // "pain.001.001.03"
    status group;                       // of all its payments
    std::vector<reported_instruction> instructions;
    std::map<std::string, std::uint64_t> records;  // by repeating element: OrgnlPmtInfAndSts, TxInfAndSts
    finding_list findings;

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

struct report_options {
    rule_policy policy;
    std::size_t max_statuses = 1'000'000;  // groups and payments that are kept; a report with more is refused by P1-R01
};

// P1-R01: not well-formed, not pain.002, no original message id, or a status without its payment.
[[nodiscard]] status_report read_status_report(std::string_view bytes, const report_options& options = {});

}  // namespace brygga::pain
