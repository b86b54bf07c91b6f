#include "formats/iso20022/camt/records.hpp"

namespace brygga::camt {

namespace {

using iso20022::account_table;
using iso20022::identification_table;
using iso20022::structured_table;
using xml::group;
using xml::holds;
using xml::many;
using xml::one;
using xml::part;
using xml::stream;

constexpr std::uint16_t as_level(level which) noexcept {
    return static_cast<std::uint16_t>(which);
}

// clang-format off
// The same elements stand below Dbtr and, from version 08, below Dbtr/Pty.
const xml::table& party_table() {
    static const xml::table rows = {
        one<&party::name>("Nm", {.meaning = "name", .longest = 140, .guard = privacy::name, .until = 6}),
        many<&party::other_address>("PstlAdr/Dept", {.meaning = "department", .longest = 70, .guard = privacy::address, .until = 6}),
        many<&party::other_address>("PstlAdr/SubDept", {.meaning = "part of a department", .longest = 70, .guard = privacy::address, .until = 6}),
        one<&party::street>("PstlAdr/StrtNm", {.meaning = "street", .longest = 70, .guard = privacy::address, .until = 6}),
        one<&party::building>("PstlAdr/BldgNb", {.meaning = "building number", .longest = 16, .guard = privacy::address, .until = 6}),
        one<&party::postcode>("PstlAdr/PstCd", {.meaning = "postcode", .longest = 16, .guard = privacy::address, .until = 6}),
        one<&party::town>("PstlAdr/TwnNm", {.meaning = "town", .longest = 35, .guard = privacy::address, .until = 6}),
        many<&party::other_address>("PstlAdr/CtrySubDvsn", {.meaning = "region", .longest = 35, .guard = privacy::address, .until = 6}),
        one<&party::country>("PstlAdr/Ctry", {.meaning = "country", .longest = 2, .what = holds::code, .until = 6}),
        many<&party::address_lines>("PstlAdr/AdrLine", {.meaning = "address line", .longest = 70, .guard = privacy::address, .until = 6}),
        one<&party::bic>("Id/OrgId/BICOrBEI", {.meaning = "BIC", .longest = 11, .what = holds::code, .until = 2}),
        one<&party::bic>("Id/OrgId/AnyBIC", {.meaning = "BIC", .longest = 11, .what = holds::code, .since = 3, .until = 6}),
        group<&party::organisation>("Id/OrgId/Othr", identification_table(), {.meaning = "numbers", .until = 6}),
        group<&party::person>("Id/PrvtId/Othr", identification_table(), {.meaning = "numbers", .until = 6}),
        one<&party::name>("Pty/Nm", {.meaning = "name", .longest = 140, .guard = privacy::name, .since = 7}),
        many<&party::other_address>("Pty/PstlAdr/Dept", {.meaning = "department", .longest = 70, .guard = privacy::address, .since = 7}),
        many<&party::other_address>("Pty/PstlAdr/SubDept", {.meaning = "part of a department", .longest = 70, .guard = privacy::address, .since = 7}),
        one<&party::street>("Pty/PstlAdr/StrtNm", {.meaning = "street", .longest = 70, .guard = privacy::address, .since = 7}),
        one<&party::building>("Pty/PstlAdr/BldgNb", {.meaning = "building number", .longest = 16, .guard = privacy::address, .since = 7}),
        many<&party::other_address>("Pty/PstlAdr/BldgNm", {.meaning = "name of the building", .longest = 35, .guard = privacy::address, .since = 8}),
        many<&party::other_address>("Pty/PstlAdr/Flr", {.meaning = "floor", .longest = 70, .guard = privacy::address, .since = 8}),
        one<&party::box>("Pty/PstlAdr/PstBx", {.meaning = "post box", .longest = 16, .guard = privacy::address, .since = 8}),
        many<&party::other_address>("Pty/PstlAdr/Room", {.meaning = "room", .longest = 70, .guard = privacy::address, .since = 8}),
        one<&party::postcode>("Pty/PstlAdr/PstCd", {.meaning = "postcode", .longest = 16, .guard = privacy::address, .since = 7}),
        one<&party::town>("Pty/PstlAdr/TwnNm", {.meaning = "town", .longest = 35, .guard = privacy::address, .since = 7}),
        many<&party::other_address>("Pty/PstlAdr/TwnLctnNm", {.meaning = "place within the town", .longest = 35, .guard = privacy::address, .since = 8}),
        many<&party::other_address>("Pty/PstlAdr/DstrctNm", {.meaning = "district", .longest = 35, .guard = privacy::address, .since = 8}),
        many<&party::other_address>("Pty/PstlAdr/CtrySubDvsn", {.meaning = "region", .longest = 35, .guard = privacy::address, .since = 7}),
        one<&party::country>("Pty/PstlAdr/Ctry", {.meaning = "country", .longest = 2, .what = holds::code, .since = 7}),
        many<&party::address_lines>("Pty/PstlAdr/AdrLine", {.meaning = "address line", .longest = 70, .guard = privacy::address, .since = 7}),
        one<&party::bic>("Pty/Id/OrgId/AnyBIC", {.meaning = "BIC", .longest = 11, .what = holds::code, .since = 7}),
        group<&party::organisation>("Pty/Id/OrgId/Othr", identification_table(), {.meaning = "numbers", .since = 7}),
        group<&party::person>("Pty/Id/PrvtId/Othr", identification_table(), {.meaning = "numbers", .since = 7}),
        one<&party::bank_name>("Agt/FinInstnId/Nm", {.meaning = "name of a bank", .longest = 140, .since = 7}),
    };
    return rows;
}

const xml::table& bank_code_table() {
    static const xml::table rows = {
        one<&bank_code::domain>("Domn/Cd", {.meaning = "domain", .longest = 4, .what = holds::code}),
        one<&bank_code::family>("Domn/Fmly/Cd", {.meaning = "family", .longest = 4, .what = holds::code}),
        one<&bank_code::sub_family>("Domn/Fmly/SubFmlyCd", {.meaning = "sub-family", .longest = 4, .what = holds::code}),
        one<&bank_code::proprietary>("Prtry/Cd", {.meaning = "the bank's own code", .longest = 35}),
    };
    return rows;
}

const xml::table& balance_table() {
    static const xml::table rows = {
        one<&balance::type>("Tp/CdOrPrtry/Cd", {.meaning = "kind of balance: OPBD opening, CLBD closing", .longest = 4, .what = holds::code}),
        one<&balance::proprietary_type>("Tp/CdOrPrtry/Prtry", {.meaning = "kind of balance by agreement", .longest = 35, .what = holds::mark}),
        one<&balance::type>("Tp/Cd", {.meaning = "kind of balance: OPBD opening, CLBD closing", .longest = 4, .what = holds::code, .until = 1}),
        one<&balance::amount>("Amt", {.meaning = "balance", .what = holds::amount}),
        one<&balance::currency>("Amt/@Ccy", {.meaning = "currency", .longest = 3, .what = holds::code}),
        one<&balance::indicator>("CdtDbtInd", {.meaning = "CRDT or DBIT", .longest = 4, .what = holds::code}),
        one<&balance::day>("Dt/Dt", {.meaning = "date of the balance", .what = holds::day}),
        one<&balance::moment>("Dt/DtTm", {.meaning = "moment of the balance", .what = holds::moment}),
    };
    return rows;
}

const xml::table& summary_table() {
    static const xml::table rows = {
        one<&summary::count>("TtlNtries/NbOfNtries", {.meaning = "entries", .what = holds::number}),
        one<&summary::sum>("TtlNtries/Sum", {.meaning = "sum of the entries without sign", .what = holds::amount}),
        one<&summary::net>("TtlNtries/TtlNetNtryAmt", {.meaning = "credits less debits", .what = holds::amount, .until = 3}),
        one<&summary::net_indicator>("TtlNtries/CdtDbtInd", {.meaning = "sign of the net", .longest = 4, .what = holds::code, .until = 3}),
        one<&summary::net>("TtlNtries/TtlNetNtry/Amt", {.meaning = "credits less debits", .what = holds::amount, .since = 4}),
        one<&summary::net_indicator>("TtlNtries/TtlNetNtry/CdtDbtInd", {.meaning = "sign of the net", .longest = 4, .what = holds::code, .since = 4}),
        one<&summary::credit_count>("TtlCdtNtries/NbOfNtries", {.meaning = "credit entries", .what = holds::number}),
        one<&summary::credit_sum>("TtlCdtNtries/Sum", {.meaning = "sum of the credit entries", .what = holds::amount}),
        one<&summary::debit_count>("TtlDbtNtries/NbOfNtries", {.meaning = "debit entries", .what = holds::number}),
        one<&summary::debit_sum>("TtlDbtNtries/Sum", {.meaning = "sum of the debit entries", .what = holds::amount}),
    };
    return rows;
}

}  // namespace

// The first child says which message it is; the parts below have the same names in all three.
const xml::table& root_table() {
    static const xml::table rows = {
        stream<&root::message>("BkToCstmrAcctRpt", message_table(), as_level(level::report)),
        stream<&root::message>("BkToCstmrAcctRptV01", message_table(), as_level(level::report)),
        stream<&root::message>("BkToCstmrStmt", message_table(), as_level(level::statement)),
        stream<&root::message>("BkToCstmrStmtV01", message_table(), as_level(level::statement)),
        stream<&root::message>("BkToCstmrDbtCdtNtfctn", message_table(), as_level(level::notification)),
        stream<&root::message>("BkToCstmrDbtCdtNtfctnV01", message_table(), as_level(level::notification)),
    };
    return rows;
}

const xml::table& message_table() {
    static const xml::table rows = {
        one<&message::id>("GrpHdr/MsgId", {.meaning = "message id", .longest = 35, .guard = privacy::reference}),
        one<&message::created>("GrpHdr/CreDtTm", {.meaning = "made at", .what = holds::moment}),
        one<&message::page>("GrpHdr/MsgPgntn/PgNb", {.meaning = "page", .what = holds::number}),
        one<&message::last_page>("GrpHdr/MsgPgntn/LastPgInd", {.meaning = "whether this is the last page", .what = holds::flag}),
        one<&message::additional>("GrpHdr/AddtlInf", {.meaning = "additional information", .longest = 500, .what = holds::mark}),
        stream<&message::container>("Rpt", container_table(), as_level(level::container)),
        stream<&message::container>("Stmt", container_table(), as_level(level::container)),
        stream<&message::container>("Ntfctn", container_table(), as_level(level::container)),
    };
    return rows;
}

const xml::table& container_table() {
    static const xml::table rows = {
        one<&container::id>("Id", {.meaning = "id", .longest = 35}),
        one<&container::page>("RptPgntn/PgNb", {.meaning = "page", .what = holds::number, .since = 3}),
        one<&container::page>("StmtPgntn/PgNb", {.meaning = "page", .what = holds::number, .since = 3}),
        one<&container::page>("NtfctnPgntn/PgNb", {.meaning = "page", .what = holds::number, .since = 3}),
        one<&container::last_page>("RptPgntn/LastPgInd", {.meaning = "whether this is the last page", .what = holds::flag, .since = 3}),
        one<&container::last_page>("StmtPgntn/LastPgInd", {.meaning = "whether this is the last page", .what = holds::flag, .since = 3}),
        one<&container::last_page>("NtfctnPgntn/LastPgInd", {.meaning = "whether this is the last page", .what = holds::flag, .since = 3}),
        one<&container::electronic_number>("ElctrncSeqNb", {.meaning = "electronic sequence number", .what = holds::number}),
        one<&container::legal_number>("LglSeqNb", {.meaning = "legal sequence number", .what = holds::number}),
        one<&container::created>("CreDtTm", {.meaning = "made at", .what = holds::moment}),
        one<&container::from>("FrToDt/FrDtTm", {.meaning = "beginning of the time that this is about", .what = holds::moment}),
        one<&container::until>("FrToDt/ToDtTm", {.meaning = "end of the time that this is about", .what = holds::moment}),
        one<&container::copy>("CpyDplctInd", {.meaning = "copy or duplicate: CODU, COPY, DUPL", .longest = 4, .what = holds::code}),
        part<&container::account>("Acct", account_table()),
        part<&container::related_account>("RltdAcct", account_table()),
        group<&container::balances>("Bal", balance_table()),
        part<&container::summary>("TxsSummry", summary_table()),
        stream<&container::entry>("Ntry", entry_table(), as_level(level::entry)),
        one<&container::additional>("AddtlRptInf", {.meaning = "additional information", .longest = 500, .guard = privacy::free_text}),
        one<&container::additional>("AddtlStmtInf", {.meaning = "additional information", .longest = 500, .guard = privacy::free_text}),
        one<&container::additional>("AddtlNtfctnInf", {.meaning = "additional information", .longest = 500, .guard = privacy::free_text}),
    };
    return rows;
}

const xml::table& entry_table() {
    static const xml::table rows = {
        one<&entry::reference>("NtryRef", {.meaning = "entry reference; SEB: bankgiro, deposit serial number and voucher", .longest = 35, .guard = privacy::own_account}),
        one<&entry::amount>("Amt", {.meaning = "amount", .what = holds::amount}),
        one<&entry::currency>("Amt/@Ccy", {.meaning = "currency", .longest = 3, .what = holds::code}),
        one<&entry::indicator>("CdtDbtInd", {.meaning = "CRDT received, DBIT paid", .longest = 4, .what = holds::code}),
        one<&entry::reversal>("RvslInd", {.meaning = "whether this reverses an earlier entry", .what = holds::flag}),
        one<&entry::status>("Sts", {.meaning = "status: BOOK, PDNG, INFO", .longest = 4, .what = holds::code, .until = 6}),
        one<&entry::status>("Sts/Cd", {.meaning = "status: BOOK, PDNG, INFO, FUTR", .longest = 4, .what = holds::code, .since = 7}),
        one<&entry::status_proprietary>("Sts/Prtry", {.meaning = "status by agreement", .longest = 35, .what = holds::mark, .since = 7}),
        one<&entry::booking_day>("BookgDt/Dt", {.meaning = "booking date", .what = holds::day}),
        one<&entry::booking_moment>("BookgDt/DtTm", {.meaning = "booked at", .what = holds::moment}),
        one<&entry::value_day>("ValDt/Dt", {.meaning = "value date", .what = holds::day}),
        one<&entry::value_moment>("ValDt/DtTm", {.meaning = "value from", .what = holds::moment}),
        one<&entry::servicer_reference>("AcctSvcrRef", {.meaning = "the bank's reference of the entry", .longest = 35, .guard = privacy::reference}),
        part<&entry::code>("BkTxCd", bank_code_table()),
        stream<&entry::details>("NtryDtls", details_table(), as_level(level::details)),
        stream<&entry::direct>("TxDtls", transaction_table(), as_level(level::direct_payment)),
        one<&entry::additional>("AddtlNtryInf", {.meaning = "additional information", .longest = 500, .guard = privacy::free_text}),
    };
    return rows;
}

const xml::table& details_table() {
    static const xml::table rows = {
        one<&details::batch_message_id>("Btch/MsgId", {.meaning = "message id of the payment order", .longest = 35, .guard = privacy::reference}),
        one<&details::batch_information_id>("Btch/PmtInfId", {.meaning = "group id of the payment order", .longest = 35, .guard = privacy::reference}),
        one<&details::batch_count>("Btch/NbOfTxs", {.meaning = "payments in the batch", .what = holds::number}),
        one<&details::batch_total>("Btch/TtlAmt", {.meaning = "sum of the batch", .what = holds::amount}),
        one<&details::batch_currency>("Btch/TtlAmt/@Ccy", {.meaning = "currency", .longest = 3, .what = holds::code}),
        one<&details::batch_indicator>("Btch/CdtDbtInd", {.meaning = "CRDT or DBIT", .longest = 4, .what = holds::code}),
        stream<&details::payment>("TxDtls", transaction_table(), as_level(level::payment)),
    };
    return rows;
}

const xml::table& transaction_table() {
    static const xml::table rows = {
        one<&transaction::message_id>("Refs/MsgId", {.meaning = "message id of the payment order", .longest = 35, .guard = privacy::reference}),
        one<&transaction::servicer_reference>("Refs/AcctSvcrRef", {.meaning = "the bank's unique reference of the payment", .longest = 35, .guard = privacy::reference}),
        one<&transaction::payment_information_id>("Refs/PmtInfId", {.meaning = "group id of the payment order", .longest = 35, .guard = privacy::reference}),
        one<&transaction::instruction_id>("Refs/InstrId", {.meaning = "instruction id; SEB: the first reference", .longest = 35, .guard = privacy::reference}),
        one<&transaction::end_to_end_id>("Refs/EndToEndId", {.meaning = "the payer's id of the payment", .longest = 35, .guard = privacy::reference}),
        one<&transaction::uetr>("Refs/UETR", {.meaning = "unique transaction reference", .longest = 36, .guard = privacy::reference, .since = 7}),
        one<&transaction::amount>("Amt", {.meaning = "amount", .what = holds::amount, .since = 3}),
        one<&transaction::currency>("Amt/@Ccy", {.meaning = "currency", .longest = 3, .what = holds::code, .since = 3}),
        one<&transaction::indicator>("CdtDbtInd", {.meaning = "CRDT or DBIT", .longest = 4, .what = holds::code, .since = 3}),
        one<&transaction::detail_amount>("AmtDtls/TxAmt/Amt", {.meaning = "amount", .what = holds::amount, .until = 2}),
        one<&transaction::detail_currency>("AmtDtls/TxAmt/Amt/@Ccy", {.meaning = "currency", .longest = 3, .what = holds::code, .until = 2}),
        part<&transaction::code>("BkTxCd", bank_code_table()),
        part<&transaction::debtor>("RltdPties/Dbtr", party_table()),
        part<&transaction::debtor_account>("RltdPties/DbtrAcct", account_table()),
        part<&transaction::creditor>("RltdPties/Cdtr", party_table()),
        part<&transaction::creditor_account>("RltdPties/CdtrAcct", account_table()),
        many<&transaction::unstructured>("RmtInf/Ustrd", {.meaning = "free text", .longest = 140, .guard = privacy::free_text}),
        group<&transaction::remittances>("RmtInf/Strd", structured_table()),
        one<&transaction::return_code>("RtrInf/Rsn/Cd", {.meaning = "why it was returned", .longest = 4, .what = holds::code}),
        one<&transaction::returned>("RtrInf", {.meaning = "this is a return", .what = holds::presence}),
        one<&transaction::additional>("AddtlTxInf", {.meaning = "additional information", .longest = 500, .guard = privacy::free_text}),
    };
    return rows;
}

// clang-format on

// Lists keep what they have allocated: a new object would not.
void transaction::clear() {
    for (value* each : {&message_id, &servicer_reference, &payment_information_id, &instruction_id, &end_to_end_id, &uetr,
                        &amount, &currency, &indicator, &detail_amount, &detail_currency, &returned, &return_code, &additional})
        each->clear();
    code.clear();
    debtor.clear();
    creditor.clear();
    debtor_account.clear();
    creditor_account.clear();
    unstructured.clear();
    remittances.clear();
}

void details::clear() {
    batch_message_id.clear(), batch_information_id.clear();
    batch_count.clear(), batch_total.clear(), batch_currency.clear(), batch_indicator.clear();
    payment.clear();
}

void entry::clear() {
    for (value* each : {&reference, &amount, &currency, &indicator, &reversal, &status, &status_proprietary, &booking_day,
                        &booking_moment, &value_day, &value_moment, &servicer_reference, &additional})
        each->clear();
    code.clear();
    details.clear();
    direct.clear();
}

void message::clear() {
    id.clear(), created.clear(), page.clear(), last_page.clear(), additional.clear();
    container.clear();
}

void container::clear() {
    for (value* each : {&id, &page, &last_page, &electronic_number, &legal_number, &created, &from, &copy, &additional})
        each->clear();
    account.clear();
    related_account.clear();
    balances.clear();
    summary.clear();
    entry.clear();
}

}  // namespace brygga::camt
