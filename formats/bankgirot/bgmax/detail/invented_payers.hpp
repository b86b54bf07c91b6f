// Invented payers as the records of a BgMax file. Internal to the generator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "formats/invented/payers.hpp"

namespace brygga::bgmax::detail {

inline constexpr std::size_t line_bytes = 82;  // 80 columns and CRLF

struct invented_payer {
    bool company = false;
    std::string bankgiro;  // 10 digits; zeros for a private person
    std::string details;   // TK26 to TK29 as lines in ISO 8859-1
};

[[nodiscard]] std::vector<invented_payer> invent_payers(std::uint64_t seed, std::size_t count);

// invented::remittance_texts() in ISO 8859-1.
[[nodiscard]] std::vector<std::string> remittance_texts();

}  // namespace brygga::bgmax::detail
