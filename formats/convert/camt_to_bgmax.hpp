// camt.053 and camt.054 as the BgMax file that the customer system behind can read (iso20022-incoming.md section 6.1): one file
// per message, one section per entry in document order.
//
// Converted are entries that are credits, booked, of no copy, no reversals and hold no returns, whose payments all have an amount
// and one and the same receiving bankgiro (that of NtryRef where they state no account at all), add up, fit the columns of BgMax,
// and wait for nobody, also in BgMax: a debit is a deduction of a payer who pays as much in the same entry. What is left out, and
// what BgMax cannot hold of the rest, is told in notes; nothing is cut in silence.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "formats/format.hpp"
#include "formats/iso20022/camt/reader.hpp"

namespace brygga::convert {

struct note {
    std::uint32_t entry_no{};  // 1-based within the message
    std::uint32_t payment{};   // 1-based within the entry, 0: the whole entry
    std::size_t offset{};      // of the entry or payment in the document
    std::string_view what;     // static: "left out: ...", or what is not carried or changed
    bool left_out = false;
};

inline constexpr std::size_t max_notes = 1000;  // kept; all are counted

struct camt_to_bgmax_settings {
    rule_policy policy;
    std::vector<camt::receiver> receivers;  // empty: every bankgiro, and a reference is OCR when its check digit is right
    bool test_file = false;
    std::function<void(std::size_t)> passed;
    std::function<bool(std::uint32_t entry_no)> wanted;  // others are left out without a note, and these do not wait
};

struct camt_to_bgmax_result {
    std::uint64_t sections{}, payments{}, entries_left_out{}, notes_total{};
    std::vector<note> notes;
    std::vector<std::uint32_t> entries;  // the number of the entry that each section was made of
};

// Reads the document twice, with debits in it three times. Fails with invalid_content when the message is refused, is no camt.053
// or camt.054, or no creation time can be read in it; then nothing has been written.
[[nodiscard]] result<camt_to_bgmax_result> camt_to_bgmax(std::string_view bytes, const camt_to_bgmax_settings& with,
                                                         const output& to);

}  // namespace brygga::convert
