// Autogiro reports from a few words per record, counters and sums computed: what a scenario needs to be read by a person.
//
//     open PAYSPEC_NEW 2026-11-30 [9912346] [customer=471117]
//     entry 15 2026-11-30 00001                            TK15, TK16 or TK17
//     pay 7001 1345.50 ref=1000234706 [status=1] [day=2026-11-30]     TK82; in a rejected list [comment=01]
//     out 7001 40.50 ref=...                               TK32
//     refund 7001 600.00 ref=... day=2026-10-30 back=2026-11-30 code=02      TK77
//     advice 7001 0432 [account=8901003232323232] [identity=191212121212] [day=2026-11-23]      TK73, information and comment
//     code amend 25 7001 1345.50 ref=... day=2026-11-30 comment=12 [new=2026-12-07] [direction=82] internet 7001 account=...
//     identity=... [message=1]   TK52 to TK56 register 7001 account=... identity=... created=2026-01-15 [changed=...] [state=2]
//     close                                                TK09, TK59
#pragma once

#include <string>
#include <string_view>

namespace brygga::inbound::test {

// ISO 8859-1, CRLF. Throws std::runtime_error on a line that is none of the above.
[[nodiscard]] std::string autogiro_bytes(std::string_view description);

}  // namespace brygga::inbound::test
