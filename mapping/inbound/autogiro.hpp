// Autogiro reports into the ledger (autogiro.md section 6): payments with their deposits, mandates, and what became of
// instructions.
#pragma once

#include "mapping/inbound/inbound.hpp"

namespace brygga::inbound {

class autogiro_mapping final : public mapping {
 public:
    [[nodiscard]] std::string_view format() const override { return "autogiro"; }
    [[nodiscard]] result<file_result> book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                           ledger::transaction& into) const override;
    // A part, as autogiro_plan.hpp counts them.
    [[nodiscard]] result<logical_result> book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                       const settings& with, const section_release& what,
                                                       ledger::transaction& into) const override;
};

}  // namespace brygga::inbound
