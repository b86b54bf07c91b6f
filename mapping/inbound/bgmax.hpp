// BgMax into the ledger (bgmax.md section 6).
#pragma once

#include "mapping/inbound/inbound.hpp"

namespace brygga::inbound {

// Each logical file is judged as a whole before its first row is written (pass 1), and compared with what was imported before
// it, earlier logical files of the same delivery included: split or concatenated, the ledger is the same.
class bgmax_mapping final : public mapping {
 public:
    [[nodiscard]] std::string_view format() const override { return "bgmax"; }
    [[nodiscard]] result<file_result> book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                           ledger::transaction& into) const override;
    // not_found: the logical file was never imported, or has no such section. invalid_content: the section cannot be booked as
    // it stands (TK15 missing or without a real date). Payments held by rules of their own are held all the same.
    [[nodiscard]] result<logical_result> book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                       const settings& with, const section_release& what,
                                                       ledger::transaction& into) const override;
};

}  // namespace brygga::inbound
