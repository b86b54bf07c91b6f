// camt.052, camt.053 and camt.054 in all their versions as values (iso20022-incoming.md sections 2 and 3). Texts are views of
// the document, valid as xml::value says; nothing is converted here.
#pragma once

#include "formats/iso20022/parts.hpp"
#include "formats/xml/table.hpp"

namespace brygga::camt {

using iso20022::account;
using iso20022::document;
using iso20022::identification;
using iso20022::party;
using iso20022::structured;
using xml::value;

struct bank_code {  // BkTxCd
    value domain, family, sub_family, proprietary;
    void clear() { *this = {}; }
};

// TxDtls: one payment
struct transaction {
    value message_id, servicer_reference, payment_information_id, instruction_id, end_to_end_id, uetr;
    value amount, currency, indicator;     // from version 03
    value detail_amount, detail_currency;  // AmtDtls/TxAmt
    bank_code code;
    party debtor, creditor;
    account debtor_account, creditor_account;
    xml::list<value> unstructured;
    xml::list<structured> remittances;
    value returned, return_code;  // RtrInf
    value additional;
    void clear();
};

// NtryDtls: the payments of an entry, or a part of them
struct details {
    value batch_message_id, batch_information_id;
    value batch_count, batch_total, batch_currency, batch_indicator;
    transaction payment;
    void clear();
};

// Ntry: a deposit or another change of the account
struct entry {
    value reference, amount, currency, indicator, reversal;
    value status, status_proprietary;
    value booking_day, booking_moment, value_day, value_moment;
    value servicer_reference;
    bank_code code;
    camt::details details;
    transaction direct;  // version 01 has TxDtls here
    value additional;
    void clear();
};

struct balance {  // Bal
    value type, proprietary_type, amount, currency, indicator, day, moment;
    void clear() { *this = {}; }
};

// TxsSummry
struct summary {
    value count, sum, net, net_indicator;  // TtlNtries
    value credit_count, credit_sum, debit_count, debit_sum;
    void clear() { *this = {}; }
};

// Rpt, Stmt or Ntfctn: what the bank says of one account
struct container {
    value id, page, last_page, electronic_number, legal_number, created, from, until, copy;
    camt::account account, related_account;
    xml::list<balance> balances;
    camt::summary summary;
    camt::entry entry;
    value additional;
    void clear();
};

struct message {
    value id, created, page, last_page, additional;  // GrpHdr
    camt::container container;
    void clear();
};

// What stands below Document.
struct root {
    camt::message message;
};

// ---- the definition of all of it ----

// What xml::listener is told.
enum class level : std::uint16_t { report, statement, notification, container, entry, details, payment, direct_payment };

[[nodiscard]] const xml::table& root_table();
[[nodiscard]] const xml::table& message_table();
[[nodiscard]] const xml::table& container_table();
[[nodiscard]] const xml::table& entry_table();
[[nodiscard]] const xml::table& details_table();
[[nodiscard]] const xml::table& transaction_table();

}  // namespace brygga::camt
