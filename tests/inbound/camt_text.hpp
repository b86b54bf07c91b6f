// camt made from a few words per element, sums computed: what a scenario needs to be read by a person. Independent of the
// project's own tables on purpose.
//
//     message EX-1 054 02              GrpHdr and the message's kind and version
//     account EX-1-1 [copy=DUPL] [sum=1.00] [seq=7] [legal=7] [page=2] [written=2026-03-02] [ccy=EUR]
//             [from=2026-03-02] [closing=2026-03-02]      a container; sum for TxsSummry/TtlCdtNtries, seq and legal for
//             ElctrncSeqNb
//                                      and LglSeqNb, from for FrToDt, closing for the day of CLBD, left out unless given
//     entry 2026-03-02 00041 [bg=9912346] [status=PDNG] [debit] [reversal] [sum=1.00] [ref="other NtryRef"] [ccy=SEK] [undated]
//             [order=MSG] [group=MSG-P1]      MsgId and PmtInfId of Btch
//     pay 849.50 [serial=EXBK1] [to=9912346] [debit] [returned] [bare]      TxDtls; to=none, to=PGNR:1234566; bare: no amount
//             [id=E2E] [order=MSG] [group=MSG-P1]      EndToEndId, MsgId and PmtInfId of its Refs
//     ocr 1000234706 [10.00]           Strd with a creditor reference, and its amount
//     doc "Faktura 10002355" [10.00]   Strd with an invoice number; several texts for several in one Strd
//     credit 1000236305 [5.00]         Strd with a credit note
//     more 654                         AddtlRmtInf of the Strd before
//     text Faktura 10002355            Ustrd
//     name / street / building / postcode / town / country / line / organisation / person / payer VALUE    of the debtor
//     end
#pragma once

#include <string>
#include <string_view>

namespace brygga::inbound::test {

// UTF-8, one element a line. Throws std::runtime_error on a line that is none of the above.
[[nodiscard]] std::string camt_bytes(std::string_view description);

}  // namespace brygga::inbound::test
