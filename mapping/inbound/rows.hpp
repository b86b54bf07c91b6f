// Files whose records mean rows of the import: registrations and receipts of operators, e-invoices, formats that a layout
// describes with a ledger statement. Taken as brygga import takes them, within the transaction of the file.
#pragma once

#include <string_view>

#include "mapping/inbound/inbound.hpp"

namespace brygga::inbound {

// Rows that were not taken: kind of the matter that tells a person which and why.
inline constexpr std::string_view rows_not_taken = "rows-not-taken";

// A file is accepted or rejected whole by its own rules; of an accepted one each good row is imported, and the others are told by
// a matter. Nothing waits: book_released() fails with conflict.
class rows_mapping final : public mapping {
 public:
    explicit rows_mapping(std::string_view format) : format_(format) {}
    [[nodiscard]] std::string_view format() const override { return format_; }
    [[nodiscard]] result<file_result> book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                           ledger::transaction& into) const override;
    [[nodiscard]] result<logical_result> book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                       const settings& with, const section_release& what,
                                                       ledger::transaction& into) const override;

 private:
    std::string format_;
};

// Null for a format whose records mean no rows. Lives as long as the program.
[[nodiscard]] const mapping* rows_mapping_of(std::string_view format_id);

}  // namespace brygga::inbound
