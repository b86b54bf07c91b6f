#include "formats/iso20022/pain/detail/schema.hpp"

namespace brygga::pain::detail {

namespace {

using namespace types;

constexpr bool wanted = true;
constexpr bool optional = false;

// clang-format off
constexpr child code_or_own_elements[] = {{"Cd", optional, 1, max4}, {"Prtry", optional, 1, max35}};
constexpr sequence code_or_own{code_or_own_elements, true};
constexpr child instrument_elements[] = {{"Cd", optional, 1, max35}, {"Prtry", optional, 1, max35}};
constexpr sequence instrument{instrument_elements, true};
constexpr child clearing_system_elements[] = {{"Cd", optional, 1, max5}, {"Prtry", optional, 1, max35}};
constexpr sequence clearing_system{clearing_system_elements, true};

constexpr child other_id_elements[] = {{"Id", wanted, 1, max35}, {"SchmeNm", optional, 1, code_or_own}, {"Issr", optional, 1, max35}};
constexpr sequence other_id{other_id_elements};
constexpr child other_account_elements[] = {{"Id", wanted, 1, max34}, {"SchmeNm", optional, 1, code_or_own}, {"Issr", optional, 1, max35}};
constexpr sequence other_account{other_account_elements};

constexpr child address_elements[] = {
    {"AdrTp", optional, 1, address_type, 0, 7}, {"AdrTp", optional, 1, {}, 8},
    {"Dept", optional, 1, max70}, {"SubDept", optional, 1, max70},
    {"StrtNm", optional, 1, max70}, {"BldgNb", optional, 1, max16},
    {"BldgNm", optional, 1, max35, 8}, {"Flr", optional, 1, max70, 8}, {"PstBx", optional, 1, max16, 8}, {"Room", optional, 1, max70, 8},
    {"PstCd", optional, 1, max16}, {"TwnNm", optional, 1, max35},
    {"TwnLctnNm", optional, 1, max35, 8}, {"DstrctNm", optional, 1, max35, 8},
    {"CtrySubDvsn", optional, 1, max35}, {"Ctry", optional, 1, country},
    {"AdrLine", optional, 7, max70},
};
constexpr sequence address{address_elements};
constexpr child organisation_elements[] = {{"BICOrBEI", optional, 1, bic_of_version_03, 0, 3}, {"AnyBIC", optional, 1, bic, 4}, {"LEI", optional, 1, lei, 9}, {"Othr", optional, any_number, other_id}};
constexpr sequence organisation{organisation_elements};
constexpr child person_elements[] = {{"DtAndPlcOfBirth", optional}, {"Othr", optional, any_number, other_id}};
constexpr sequence person{person_elements};
constexpr child party_id_elements[] = {{"OrgId", optional, 1, organisation}, {"PrvtId", optional, 1, person}};
constexpr sequence party_id{party_id_elements, true};
constexpr child party_elements[] = {{"Nm", optional, 1, max140}, {"PstlAdr", optional, 1, address}, {"Id", optional, 1, party_id}, {"CtryOfRes", optional, 1, country}, {"CtctDtls", optional}};
constexpr sequence party{party_elements};

constexpr child account_id_elements[] = {{"IBAN", optional, 1, iban}, {"Othr", optional, 1, other_account}};
constexpr sequence account_id{account_id_elements, true};
constexpr child proxy_elements[] = {{"Tp", optional, 1, code_or_own}, {"Id", wanted, 1, max2048}};
constexpr sequence proxy{proxy_elements};
constexpr child account_elements[] = {{"Id", wanted, 1, account_id}, {"Tp", optional, 1, code_or_own}, {"Ccy", optional, 1, currency}, {"Nm", optional, 1, max70}, {"Prxy", optional, 1, proxy, 9}};
constexpr sequence account{account_elements};

constexpr child clearing_elements[] = {{"ClrSysId", optional, 1, clearing_system}, {"MmbId", wanted, 1, max35}};
constexpr sequence clearing{clearing_elements};
constexpr child institution_elements[] = {{"BIC", optional, 1, bic_of_version_03, 0, 3}, {"BICFI", optional, 1, bic, 4}, {"ClrSysMmbId", optional, 1, clearing}, {"LEI", optional, 1, lei, 9}, {"Nm", optional, 1, max140}, {"PstlAdr", optional, 1, address}, {"Othr", optional, 1, other_id}};
constexpr sequence institution{institution_elements};
constexpr child branch_elements[] = {{"Id", optional, 1, max35}, {"LEI", optional, 1, lei, 9}, {"Nm", optional, 1, max140}, {"PstlAdr", optional, 1, address}};
constexpr sequence branch{branch_elements};
constexpr child agent_elements[] = {{"FinInstnId", wanted, 1, institution}, {"BrnchId", optional, 1, branch}};
constexpr sequence agent{agent_elements};

constexpr child payment_type_elements[] = {{"InstrPrty", optional, 1, priority}, {"SvcLvl", optional, 1, code_or_own, 0, 8}, {"SvcLvl", optional, any_number, code_or_own, 9}, {"LclInstrm", optional, 1, instrument}, {"CtgyPurp", optional, 1, code_or_own}};
constexpr sequence payment_type{payment_type_elements};
constexpr child payment_id_elements[] = {{"InstrId", optional, 1, max35}, {"EndToEndId", wanted, 1, max35}, {"UETR", optional, 1, uetr, 9}};
constexpr sequence payment_id{payment_id_elements};
constexpr child amount_elements[] = {{"InstdAmt", optional}, {"EqvtAmt", optional}};
constexpr sequence amount{amount_elements, true};

constexpr child reference_kind_elements[] = {{"Cd", optional, 1, reference_type}, {"Prtry", optional, 1, max35}};
constexpr sequence reference_kind{reference_kind_elements, true};
constexpr child reference_tp_elements[] = {{"CdOrPrtry", wanted, 1, reference_kind}, {"Issr", optional, 1, max35}};
constexpr sequence reference_tp{reference_tp_elements};
constexpr child reference_elements[] = {{"Tp", optional, 1, reference_tp}, {"Ref", optional, 1, max35}};
constexpr sequence reference{reference_elements};
constexpr child document_kind_elements[] = {{"Cd", optional, 1, document_type}, {"Prtry", optional, 1, max35}};
constexpr sequence document_kind{document_kind_elements, true};
constexpr child document_tp_elements[] = {{"CdOrPrtry", wanted, 1, document_kind}, {"Issr", optional, 1, max35}};
constexpr sequence document_tp{document_tp_elements};
constexpr child referred_elements[] = {{"Tp", optional, 1, document_tp}, {"Nb", optional, 1, max35}, {"RltdDt", optional, 1, day}, {"LineDtls", optional, any_number, {}, 9}};
constexpr sequence referred{referred_elements};
constexpr child structured_elements[] = {{"RfrdDocInf", optional, any_number, referred}, {"RfrdDocAmt", optional}, {"CdtrRefInf", optional, 1, reference}, {"Invcr", optional, 1, party}, {"Invcee", optional, 1, party}, {"TaxRmt", optional, 1, {}, 9}, {"GrnshmtRmt", optional, 1, {}, 9}, {"AddtlRmtInf", optional, 3, max140}};
constexpr sequence structured{structured_elements};
constexpr child remittance_elements[] = {{"Ustrd", optional, any_number, max140}, {"Strd", optional, any_number, structured}};
constexpr sequence remittance{remittance_elements};

constexpr child transfer_elements[] = {
    {"PmtId", wanted, 1, payment_id},
    {"PmtTpInf", optional, 1, payment_type},
    {"Amt", wanted, 1, amount},
    {"XchgRateInf", optional}, {"ChrgBr", optional, 1, charge_bearer}, {"ChqInstr", optional},
    {"UltmtDbtr", optional, 1, party},
    {"IntrmyAgt1", optional, 1, agent}, {"IntrmyAgt1Acct", optional, 1, account},
    {"IntrmyAgt2", optional, 1, agent}, {"IntrmyAgt2Acct", optional, 1, account},
    {"IntrmyAgt3", optional, 1, agent}, {"IntrmyAgt3Acct", optional, 1, account},
    {"CdtrAgt", optional, 1, agent}, {"CdtrAgtAcct", optional, 1, account},
    {"Cdtr", optional, 1, party},
    {"CdtrAcct", optional, 1, account},
    {"UltmtCdtr", optional, 1, party},
    {"InstrForCdtrAgt", optional, any_number}, {"InstrForDbtrAgt", optional},
    {"Purp", optional, 1, code_or_own},
    {"RgltryRptg", optional, 10}, {"Tax", optional}, {"RltdRmtInf", optional, 10},
    {"RmtInf", optional, 1, remittance},
    {"SplmtryData", optional, any_number, {}, 9},
};
constexpr sequence transfer{transfer_elements};

constexpr child day_or_moment_elements[] = {{"Dt", optional, 1, day}, {"DtTm", optional, 1, moment}};
constexpr sequence day_or_moment{day_or_moment_elements, true};
constexpr child instruction_elements[] = {
    {"PmtInfId", wanted, 1, max35},
    {"PmtMtd", wanted},
    {"BtchBookg", optional, 1, indicator}, {"NbOfTxs", optional}, {"CtrlSum", optional},
    {"PmtTpInf", optional, 1, payment_type},
    {"ReqdExctnDt", wanted, 1, {}, 0, 7}, {"ReqdExctnDt", wanted, 1, day_or_moment, 8},
    {"PoolgAdjstmntDt", optional, 1, day},
    {"Dbtr", wanted, 1, party},
    {"DbtrAcct", wanted, 1, account},
    {"DbtrAgt", wanted, 1, agent}, {"DbtrAgtAcct", optional, 1, account},
    {"InstrForDbtrAgt", optional, 1, {}, 9},
    {"UltmtDbtr", optional, 1, party},
    {"ChrgBr", optional, 1, charge_bearer}, {"ChrgsAcct", optional, 1, account}, {"ChrgsAcctAgt", optional, 1, agent},
    {"CdtTrfTxInf", wanted, any_number, transfer},
};
constexpr sequence instruction{instruction_elements};

constexpr child header_elements[] = {
    {"MsgId", wanted, 1, max35}, {"CreDtTm", wanted, 1, moment}, {"Authstn", optional, 2}, {"NbOfTxs", wanted}, {"CtrlSum", optional},
    {"InitgPty", wanted, 1, party}, {"FwdgAgt", optional, 1, agent},
};
constexpr sequence header{header_elements};
constexpr child message_elements[] = {{"GrpHdr", wanted, 1, header}, {"PmtInf", wanted, any_number, instruction}, {"SplmtryData", optional, any_number, {}, 9}};
constexpr sequence message{message_elements};
constexpr child document_elements[] = {{"CstmrCdtTrfInitn", wanted, 1, message}};
constexpr sequence document{document_elements};
// clang-format on

}  // namespace

const sequence& document_schema() noexcept {
    return document;
}

}  // namespace brygga::pain::detail
