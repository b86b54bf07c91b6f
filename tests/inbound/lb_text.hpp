// Reports of Leverantörsbetalningar from a few words per record, written by hand from supplier-payments.md 3.2: independent of
// the project's own layouts on purpose.
//
//     open spec 2026-03-02 [9912346]        or rejected, watch, other (a kind that nobody knows), order (a file to Bankgirot)
//     pay 300.50 own=REF [to=plusgiro]      TK14, to plusgiro TK54
//     error 0042 [same]                     TK49 of the record before; same: "0000", see the record beside
//     day 2026-03-02 300.50                 TK43, payments on watch of one day
//     returned 125.00 own=REF               a money order that came back, in a list of them: open orders 2026-03-02
//     close [71.00]                         TK29, or record 3; with another sum than was counted
#pragma once

#include <string>
#include <string_view>

namespace brygga::inbound::test {

// ISO 8859-1, CRLF. Throws std::runtime_error on a line that is none of the above.
[[nodiscard]] std::string lb_bytes(std::string_view description);

}  // namespace brygga::inbound::test
