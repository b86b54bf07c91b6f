#include "formats/iso20022/pain/records.hpp"

namespace brygga::pain {

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
// Unlike in camt the elements stand directly below Dbtr in every version.
const xml::table& party_table() {
    static const xml::table rows = {
        one<&party::name>("Nm", {.meaning = "name", .longest = 140, .guard = privacy::name}),
        one<&party::street>("PstlAdr/StrtNm", {.meaning = "street", .longest = 70, .guard = privacy::address}),
        one<&party::building>("PstlAdr/BldgNb", {.meaning = "building number", .longest = 16, .guard = privacy::address}),
        one<&party::postcode>("PstlAdr/PstCd", {.meaning = "postcode", .longest = 16, .guard = privacy::address}),
        one<&party::town>("PstlAdr/TwnNm", {.meaning = "town", .longest = 35, .guard = privacy::address}),
        one<&party::country>("PstlAdr/Ctry", {.meaning = "country", .longest = 2, .what = holds::code}),
        many<&party::address_lines>("PstlAdr/AdrLine", {.meaning = "address line", .longest = 70, .guard = privacy::address}),
        one<&party::bic>("Id/OrgId/BICOrBEI", {.meaning = "BIC", .longest = 11, .what = holds::code, .until = 3}),
        one<&party::bic>("Id/OrgId/AnyBIC", {.meaning = "BIC", .longest = 11, .what = holds::code, .since = 4}),
        group<&party::organisation>("Id/OrgId/Othr", identification_table(), {.meaning = "numbers"}),
        group<&party::person>("Id/PrvtId/Othr", identification_table(), {.meaning = "numbers"}),
    };
    return rows;
}

const xml::table& agent_table() {
    static const xml::table rows = {
        one<&agent::bic>("FinInstnId/BIC", {.meaning = "BIC", .longest = 11, .what = holds::code, .until = 3}),
        one<&agent::bic>("FinInstnId/BICFI", {.meaning = "BIC", .longest = 11, .what = holds::code, .since = 4}),
        one<&agent::clearing_system>("FinInstnId/ClrSysMmbId/ClrSysId/Cd", {.meaning = "clearing system: SESBA", .longest = 5, .what = holds::code}),
        one<&agent::member>("FinInstnId/ClrSysMmbId/MmbId", {.meaning = "clearing number; 9900 bankgiro, 9960 or 9500 plusgiro", .longest = 35}),
        one<&agent::name>("FinInstnId/Nm", {.meaning = "name of the bank", .longest = 140}),
    };
    return rows;
}

const xml::table& status_reason_table() {
    static const xml::table rows = {
        one<&status_reason::code>("Rsn/Cd", {.meaning = "reason", .longest = 4, .what = holds::code}),
        one<&status_reason::proprietary>("Rsn/Prtry", {.meaning = "reason by agreement", .longest = 35, .what = holds::mark}),
        many<&status_reason::additional>("AddtlInf", {.meaning = "reason in words", .longest = 105, .guard = privacy::free_text}),
    };
    return rows;
}

}  // namespace

const xml::table& root_table() {
    static const xml::table rows = {
        stream<&root::initiation>("CstmrCdtTrfInitn", initiation_table(), as_level(level::initiation)),
        stream<&root::report>("CstmrPmtStsRpt", report_table(), as_level(level::report)),
    };
    return rows;
}

const xml::table& initiation_table() {
    static const xml::table rows = {
        one<&initiation::id>("GrpHdr/MsgId", {.meaning = "message id", .longest = 35}),
        one<&initiation::created>("GrpHdr/CreDtTm", {.meaning = "made at", .what = holds::moment}),
        one<&initiation::count>("GrpHdr/NbOfTxs", {.meaning = "payments in the message", .longest = 15, .what = holds::number}),
        one<&initiation::sum>("GrpHdr/CtrlSum", {.meaning = "sum of their amounts", .what = holds::amount}),
        part<&initiation::initiator>("GrpHdr/InitgPty", party_table()),
        stream<&initiation::instruction>("PmtInf", instruction_table(), as_level(level::instruction)),
    };
    return rows;
}

const xml::table& instruction_table() {
    static const xml::table rows = {
        one<&instruction::id>("PmtInfId", {.meaning = "id of the group", .longest = 35}),
        one<&instruction::method>("PmtMtd", {.meaning = "payment method: TRF", .longest = 3, .what = holds::code}),
        one<&instruction::batch_booking>("BtchBookg", {.meaning = "whether the group is one debit on the account", .what = holds::flag}),
        one<&instruction::count>("NbOfTxs", {.meaning = "payments in the group", .longest = 15, .what = holds::number}),
        one<&instruction::sum>("CtrlSum", {.meaning = "sum of their amounts", .what = holds::amount}),
        one<&instruction::service_level>("PmtTpInf/SvcLvl/Cd", {.meaning = "service level; SEPA is for euro", .longest = 4, .what = holds::code}),
        one<&instruction::category_purpose>("PmtTpInf/CtgyPurp/Cd", {.meaning = "SALA, PENS, SSBE, SUPP", .longest = 4, .what = holds::code}),
        one<&instruction::execution_day>("ReqdExctnDt", {.meaning = "payment day", .what = holds::day, .until = 7}),
        one<&instruction::execution_day>("ReqdExctnDt/Dt", {.meaning = "payment day", .what = holds::day, .since = 8}),
        one<&instruction::execution_moment>("ReqdExctnDt/DtTm", {.meaning = "payment moment", .what = holds::moment, .since = 8}),
        part<&instruction::debtor>("Dbtr", party_table()),
        part<&instruction::debtor_account>("DbtrAcct", account_table()),
        part<&instruction::debtor_agent>("DbtrAgt", agent_table()),
        one<&instruction::charge_bearer>("ChrgBr", {.meaning = "who pays the charges", .longest = 4, .what = holds::code}),
        stream<&instruction::transfer>("CdtTrfTxInf", transfer_table(), as_level(level::transfer)),
    };
    return rows;
}

const xml::table& transfer_table() {
    static const xml::table rows = {
        one<&transfer::instruction_id>("PmtId/InstrId", {.meaning = "instruction id", .longest = 35, .guard = privacy::reference}),
        one<&transfer::end_to_end_id>("PmtId/EndToEndId", {.meaning = "id of the payment", .longest = 35, .guard = privacy::reference}),
        one<&transfer::uetr>("PmtId/UETR", {.meaning = "unique transaction reference", .longest = 36, .since = 9}),
        one<&transfer::category_purpose>("PmtTpInf/CtgyPurp/Cd", {.meaning = "SALA, PENS, SSBE, SUPP", .longest = 4, .what = holds::code}),
        one<&transfer::amount>("Amt/InstdAmt", {.meaning = "amount", .what = holds::amount}),
        one<&transfer::currency>("Amt/InstdAmt/@Ccy", {.meaning = "currency", .longest = 3, .what = holds::code}),
        part<&transfer::creditor_agent>("CdtrAgt", agent_table()),
        part<&transfer::creditor>("Cdtr", party_table()),
        part<&transfer::creditor_account>("CdtrAcct", account_table()),
        many<&transfer::unstructured>("RmtInf/Ustrd", {.meaning = "free text", .longest = 140, .guard = privacy::free_text}),
        group<&transfer::remittances>("RmtInf/Strd", structured_table()),
    };
    return rows;
}

const xml::table& transaction_status_table() {
    static const xml::table rows = {
        one<&transaction_status::instruction_id>("OrgnlInstrId", {.meaning = "instruction id of the payment", .longest = 35, .guard = privacy::reference}),
        one<&transaction_status::end_to_end_id>("OrgnlEndToEndId", {.meaning = "id of the payment", .longest = 35, .guard = privacy::reference}),
        one<&transaction_status::uetr>("OrgnlUETR", {.meaning = "unique transaction reference", .longest = 36, .since = 10}),
        one<&transaction_status::status>("TxSts", {.meaning = "status of the payment", .longest = 4, .what = holds::code}),
        group<&transaction_status::reasons>("StsRsnInf", status_reason_table()),
        one<&transaction_status::servicer_reference>("AcctSvcrRef", {.meaning = "the bank's reference of the payment", .longest = 35}),
    };
    return rows;
}

const xml::table& instruction_status_table() {
    static const xml::table rows = {
        one<&instruction_status::id>("OrgnlPmtInfId", {.meaning = "group id of the payments", .longest = 35}),
        one<&instruction_status::status>("PmtInfSts", {.meaning = "status of the group", .longest = 4, .what = holds::code}),
        group<&instruction_status::reasons>("StsRsnInf", status_reason_table()),
        stream<&instruction_status::transaction>("TxInfAndSts", transaction_status_table(), as_level(level::transaction_status)),
    };
    return rows;
}

const xml::table& report_table() {
    static const xml::table rows = {
        one<&report::id>("GrpHdr/MsgId", {.meaning = "message id", .longest = 35}),
        one<&report::created>("GrpHdr/CreDtTm", {.meaning = "made at", .what = holds::moment}),
        one<&report::original_id>("OrgnlGrpInfAndSts/OrgnlMsgId", {.meaning = "message id of the payment order", .longest = 35}),
        one<&report::original_name>("OrgnlGrpInfAndSts/OrgnlMsgNmId", {.meaning = "message that it answers", .longest = 35}),
        one<&report::status>("OrgnlGrpInfAndSts/GrpSts", {.meaning = "status of the whole order", .longest = 4, .what = holds::code}),
        group<&report::reasons>("OrgnlGrpInfAndSts/StsRsnInf", status_reason_table()),
        stream<&report::instruction>("OrgnlPmtInfAndSts", instruction_status_table(), as_level(level::instruction_status)),
    };
    return rows;
}
// clang-format on

// Lists keep what they have allocated: a new object would not.
void transfer::clear() {
    for (value* each : {&instruction_id, &end_to_end_id, &uetr, &category_purpose, &amount, &currency})
        each->clear();
    creditor_agent.clear();
    creditor.clear();
    creditor_account.clear();
    unstructured.clear();
    remittances.clear();
}

void instruction::clear() {
    for (value* each : {&id, &method, &batch_booking, &count, &sum, &service_level, &category_purpose, &execution_day,
                        &execution_moment, &charge_bearer})
        each->clear();
    debtor.clear();
    debtor_account.clear();
    debtor_agent.clear();
    transfer.clear();
}

void initiation::clear() {
    id.clear(), created.clear(), count.clear(), sum.clear();
    initiator.clear();
    instruction.clear();
}

void transaction_status::clear() {
    for (value* each : {&instruction_id, &end_to_end_id, &uetr, &status, &servicer_reference})
        each->clear();
    reasons.clear();
}

void instruction_status::clear() {
    id.clear(), status.clear();
    reasons.clear();
    transaction.clear();
}

void report::clear() {
    for (value* each : {&id, &created, &original_id, &original_name, &status})
        each->clear();
    reasons.clear();
    instruction.clear();
}

}  // namespace brygga::pain
