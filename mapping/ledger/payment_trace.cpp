#include "mapping/ledger/payment_trace.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>

#include "formats/core/sha256.hpp"

namespace brygga::ledger {

namespace {

std::uint64_t digest_of(std::string_view text) {
    sha256 hash;
    hash.add(text);
    const std::array<std::uint8_t, 32> bytes = hash.bytes();
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < sizeof out; ++i)
        out = out << 8 | bytes[i];
    return out == 0 ? 1 : out;
}

}  // namespace

payment_trace trace_of(std::string_view serial, std::int64_t amount_ore) {
    return {amount_ore, serial.empty() ? 0 : digest_of(serial)};
}

bool same_payments(payment_traces a, payment_traces b) {
    const auto has_none = [](const payment_trace& each) { return each.number == 0; };
    if (a.empty() || a.size() != b.size() || std::any_of(a.begin(), a.end(), has_none)) return false;
    const auto key = [](const payment_trace& each) { return std::tuple(each.number, each.amount_ore); };
    for (payment_traces* each : {&a, &b})
        std::sort(each->begin(), each->end(), [&](const auto& x, const auto& y) { return key(x) < key(y); });
    return std::equal(a.begin(), a.end(), b.begin(), [&](const auto& x, const auto& y) { return key(x) == key(y); });
}

}  // namespace brygga::ledger
