// BgMax made from a few words per record, columns and counters computed: what a scenario needs to be read by a person.
// Independent of the project's own layout tables on purpose.
//
//     written 2026-03-02 P            TK01; P or T
//     section 9912346 [EUR]           TK05
//     pay 849.50 ref="1000234706" code=2 channel=1 serial=313149850000 payer=3783511
//     deduct 25.00 ref="1000236305" code=2 kind=1 ...        TK21, kind = deduction code
//     + 10.00 ref="1000234706" code=2 [serial= payer=]       TK22 of the payment before
//     - 5.00 ref="1000239705" code=2                         TK23
//     text Faktura 10002355                                  TK25
//     name Testström Nils | c/o Någon                        TK26
//     street Provgatan 7 | 12345                             TK27
//     town TESTÅS                                            TK28
//     organisation 5599001236                                TK29
//     deposit 2026-03-02 00041 [sum=1.00] [count=7]          TK15; "blank" for no number; sum and count are computed unless given
//     end                                                    TK70
#pragma once

#include <string>
#include <string_view>

namespace brygga::inbound::test {

// ISO 8859-1, CRLF. Throws std::runtime_error on a line that is none of the above.
[[nodiscard]] std::string bgmax_bytes(std::string_view description);

// "849.50" -> 84950
[[nodiscard]] std::int64_t ore_of(std::string_view amount);

}  // namespace brygga::inbound::test
