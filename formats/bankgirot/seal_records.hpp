// The records of a seal as the readers see them who have no key: TK00, TK99 and the section seal of a format.
#pragma once

#include <array>
#include <string_view>

#include "formats/bankgirot/seal/layout.hpp"
#include "formats/layout/encoded_text.hpp"
#include "formats/layout/lines.hpp"

namespace brygga::bankgirot {

struct seal_opening_record {  // TK00 sigillstartpost
    std::string_view date;    // YYMMDD
    std::string_view method;  // HMAC or SAK1
};

struct section_seal_record {  // TK08 of Autogiro, TK28 of LB: avsnittssigill
    layout::encoded_text content;
};

struct seal_closing_record {  // TK99 sigillslutpost
    std::string_view date;
    std::string_view content;  // for HMAC: key verification value and MAC
};

using seal_record_infos = std::array<layout::record_info, 3>;  // TK00, the section seal, TK99

// A seal record by its form (TK00, TK99) or its code (the section seal); nothing for any other line.
[[nodiscard]] inline const layout::record_info* seal_record_of(const layout::record_line& line,
                                                               const seal_record_infos& records) noexcept {
    const std::string_view code = line.code();
    if (code == records[1].code) return &records[1];
    if (code != "00" && code != "99") return nullptr;
    switch (seal::layouts::frame_record_of(line.columns.slice(1, records[0].width))) {
        case seal::layouts::frame_record::first:
            return &records[0];
        case seal::layouts::frame_record::last:
            return &records[2];
        case seal::layouts::frame_record::none:
            break;
    }
    return nullptr;
}

}  // namespace brygga::bankgirot
