// A BgMax payment as the ledger stores it (bgmax.md section 6).
#pragma once

#include <string>
#include <string_view>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/core/date.hpp"
#include "mapping/inbound/sections.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::inbound {

// Fills rows one after the other, reusing the memory of the row before. Every member of `row` but the id is set; the id becomes
// 0.
class payment_rows {
 public:
    void fill(const bgmax::payment_view& view, const section_facts& section, ledger::payment& row);

 private:
    std::string scratch_;
};

// Ten digits to the 7 or 8 that people write; empty when all are zero.
[[nodiscard]] std::string_view short_bankgiro(std::string_view ten_digits) noexcept;

}  // namespace brygga::inbound
