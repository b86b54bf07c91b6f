#include "formats/print/receipt/records.hpp"

#include <algorithm>
#include <array>

namespace brygga::print::receipt {

namespace {

constexpr std::array<std::string_view, 4> types = {"ACK", "NACK", "STATUS", "RETURNS"};
constexpr std::array<std::string_view, status_count> statuses = {"RECEIVED",  "REJECTED",  "DELIVERED", "PRINTED",
                                                                 "POSTED",    "FORWARDED", "FAILED",    "RETURNED",
                                                                 "CANCELLED", "CREATED",   "BATCHED",   "SENT"};
constexpr std::size_t on_the_wire = 9;

}  // namespace

std::string_view name(receipt_type code) noexcept {
    return types[static_cast<std::size_t>(code)];
}

std::string_view name(status code) noexcept {
    return statuses[static_cast<std::size_t>(code)];
}

std::optional<receipt_type> parse_receipt_type(std::string_view text) noexcept {
    const auto found = std::find(types.begin(), types.end(), text);
    if (found == types.end()) return std::nullopt;
    return static_cast<receipt_type>(found - types.begin());
}

std::optional<status> parse_status(std::string_view text) noexcept {
    const auto end = statuses.begin() + on_the_wire;
    const auto found = std::find(statuses.begin(), end, text);
    if (found == end) return std::nullopt;
    return static_cast<status>(found - statuses.begin());
}

}  // namespace brygga::print::receipt
