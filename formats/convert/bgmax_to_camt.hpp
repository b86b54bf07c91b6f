// A BgMax file as camt.054, for tests and migrations (iso20022-incoming.md section 6.1, "Back"): one notification per run
// of sections to one account, one entry per section. A BgMax file that was made from camt comes back byte for byte; what others
// lose is told there: test mark, microseconds, plusgiro, reference codes 1, 4 and 5, channel, image flag, deduction code, deposit
// type and country name. In version 02 a deduction is a credit note in an earlier payment of the same payer bankgiro, without its
// own serial number, payer and text, which is told.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "formats/format.hpp"

namespace brygga::convert {

enum class camt_054_version : std::uint16_t { v02 = 2, v08 = 8 };

struct section_note {
    std::uint32_t section_no{};  // 1-based within the file
    std::uint32_t payment{};     // 1-based within the section, 0: the whole section
    std::uint64_t line{};
    std::string_view what;  // static: "left out: ...", or what is not carried or changed
};

inline constexpr std::size_t max_section_notes = 1000;  // kept; all are counted

struct bgmax_to_camt_result {
    std::uint64_t entries{}, payments{};       // payments and deductions, as TxDtls
    std::uint64_t sections_left_out{};         // they wait for a person
    std::uint64_t sections_with_deductions{};  // left out too: version 02 cannot carry a deduction of theirs
    std::uint64_t notes_total{};
    std::vector<section_note> notes;
};

// Reads the file twice. Fails with invalid_content when it is refused, holds several logical files (each is a message of its
// own), or has no real time of writing or no section that can be converted, for a message has both; then nothing has been
// written.
[[nodiscard]] result<bgmax_to_camt_result> bgmax_to_camt(std::string_view bytes, const rule_policy& policy, const output& to,
                                                         camt_054_version version = camt_054_version::v08);

}  // namespace brygga::convert
