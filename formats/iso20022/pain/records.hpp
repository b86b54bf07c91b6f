// pain.001 and pain.002 as values (iso20022-incoming.md section 7). Texts are views of the document, valid as xml::value says;
// nothing is converted here. payment.hpp has payments as values of our own, status_report.hpp the statuses.
#pragma once

#include <cstdint>

#include "formats/iso20022/parts.hpp"

namespace brygga::pain {

using iso20022::account;
using iso20022::party;
using xml::value;

// ---- pain.001 ----

// DbtrAgt, CdtrAgt: a bank by its BIC or its number in a national clearing system (SESBA: the Swedish clearing numbers)
struct agent {
    value bic, clearing_system, member, name;
    void clear() { *this = {}; }
};

// CdtTrfTxInf: one payment
struct transfer {
    value instruction_id, end_to_end_id, uetr;
    value category_purpose;
    value amount, currency;
    agent creditor_agent;
    party creditor;
    account creditor_account;
    xml::list<value> unstructured;
    xml::list<iso20022::structured> remittances;
    void clear();
};

// PmtInf: payments of one day from one account
struct instruction {
    value id, method, batch_booking, count, sum;
    value service_level, category_purpose;
    value execution_day, execution_moment;
    party debtor;
    account debtor_account;
    agent debtor_agent;
    value charge_bearer;
    pain::transfer transfer;
    void clear();
};

// CstmrCdtTrfInitn
struct initiation {
    value id, created, count, sum;  // GrpHdr
    party initiator;
    pain::instruction instruction;
    void clear();
};

// ---- pain.002 ----

// StsRsnInf
struct status_reason {
    value code, proprietary;
    xml::list<value> additional;
    void clear() { code.clear(), proprietary.clear(), additional.clear(); }
};

// TxInfAndSts: what becomes of one payment
struct transaction_status {
    value instruction_id, end_to_end_id, uetr, status, servicer_reference;
    xml::list<status_reason> reasons;
    void clear();
};

// OrgnlPmtInfAndSts: what becomes of a PmtInf
struct instruction_status {
    value id, status;
    xml::list<status_reason> reasons;
    transaction_status transaction;
    void clear();
};

// CstmrPmtStsRpt
struct report {
    value id, created;
    value original_id, original_name, status;  // OrgnlGrpInfAndSts
    xml::list<status_reason> reasons;
    instruction_status instruction;
    void clear();
};

// What stands below Document.
struct root {
    pain::initiation initiation;
    pain::report report;
};

// ---- the definition of all of it ----

// What xml::listener is told.
enum class level : std::uint16_t { initiation, instruction, transfer, report, instruction_status, transaction_status };

[[nodiscard]] const xml::table& root_table();
[[nodiscard]] const xml::table& initiation_table();
[[nodiscard]] const xml::table& instruction_table();
[[nodiscard]] const xml::table& transfer_table();
[[nodiscard]] const xml::table& report_table();
[[nodiscard]] const xml::table& instruction_status_table();
[[nodiscard]] const xml::table& transaction_status_table();

}  // namespace brygga::pain
