// The pain.002 of an invented bank.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/format.hpp"

namespace brygga::pain::detail {

struct answer_settings {
    std::uint64_t seed{};  // decides what is rejected
    bool with_original_id = true;
};

// `order` is a pain.001 without findings but warnings; payments with one are rejected with AC01.
void answer(std::string_view order, const answer_settings& how, const output& to);

}  // namespace brygga::pain::detail
