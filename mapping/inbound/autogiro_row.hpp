// A payment of an Autogiro report as a ledger row.
#pragma once

#include "formats/bankgirot/autogiro/reader.hpp"
#include "mapping/inbound/sections.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::inbound {

// `section_ordinal` counts within the part. The value date is the payment day of a record of the old layout, else the part's.
void fill_autogiro_row(const autogiro::payment_record& record, const autogiro::record_place& at, ledger::payment_kind kind,
                       std::uint32_t section_ordinal, const section_facts& section, ledger::payment& row);

}  // namespace brygga::inbound
