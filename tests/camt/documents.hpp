// The worked example of iso20022-incoming.md section 8, and what its receiver has agreed, on its day.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/iso20022/camt/reader.hpp"

namespace brygga::camt {

[[nodiscard]] std::string read_text(std::string_view path_in_project);
[[nodiscard]] std::string worked_example(std::string_view version);  // "02" or "08"
[[nodiscard]] read_options with_receivers();

// Every place of the first text becomes the second.
using text_changes = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string changed_example(std::string_view version, const text_changes& changes);

// "hold CAMT-R10 Ntfctn[1]/Ntry[1]/Amt"
[[nodiscard]] std::vector<std::string> findings_of(std::string_view document, const read_options& options);

// A statement from -100.00 to 1949.50, in front of the summary.
inline const std::string balances =
    "<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt "
    "Ccy=\"SEK\">100.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>"
    "<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt "
    "Ccy=\"SEK\">1949.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal><TxsSummry>";

}  // namespace brygga::camt
