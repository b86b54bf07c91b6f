#include "mapping/ledger/payment_set.hpp"

#include <cstddef>

#include <fmt/format.h>

#include "formats/core/sha256.hpp"

namespace brygga::ledger {

void payment_set::add(std::string_view serial, std::int64_t amount_ore) {
    ++payments_;
    if (serial.empty()) ++unnumbered_;
    sha256 hash;
    hash.add(fmt::format("{} ", amount_ore));
    hash.add(serial);
    const std::array<std::uint8_t, 32> bytes = hash.bytes();
    for (std::size_t i = 0; i < bytes.size(); ++i)
        sum_[i / 8] += std::uint64_t{bytes[i]} << (i % 8 * 8);
}

}  // namespace brygga::ledger
