// An original as a company knows it: what its ledger says of one that is not there any more.
#pragma once

#include <string>
#include <string_view>

#include "connectors/intake/original_store.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::intake {

// "removed by retention on 2034-01-01, row 0SA94VZH27K4B (originals_years = 7)"
[[nodiscard]] std::string text_of(const ledger::original_removal& item);

// original_store::open(), and where that finds nothing, whether retention removed it: then not_found says so.
[[nodiscard]] result<byte_source> open_original(original_store& from, ledger::store& books, std::string_view tenant,
                                                const fingerprint& is);

// Within a transaction that makes the ledger name these bytes: busy when retention has removed them since they were kept. It
// removes only while nobody else can write to the ledger, so what is there now stays.
[[nodiscard]] result<void> still_kept(original_store& in, const fingerprint& is);

}  // namespace brygga::intake
