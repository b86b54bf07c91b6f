#include "formats/iso20022/pain/rules.hpp"

#include <array>

namespace brygga::pain {

namespace {

// clang-format off
constexpr rule_info row(rule which, std::string_view id, std::string_view severities, std::string_view title, std::string_view help) {
    return {static_cast<std::uint16_t>(which), id, severities, title, help};
}

constexpr std::array table{
    row(rule::R01, "P1-R01", "error/warning", "The document is valid: elements in order and complete, numbers and sums those of the payments.", "Do not send it: make the file again."),
    row(rule::R02, "P1-R02", "hold/warning", "The payment has a payee name, an account that passes its bank's test, and texts that fit.", "Correct the payment or leave it out."),
    row(rule::R03, "P1-R03", "error", "A message id stands for one batch: the same for a re-run, a new one for a new batch.", "Give the new batch a message id of its own."),
};
// clang-format on

static_assert(in_order(table), "each rule stands at the index of its enumerator");

}  // namespace

std::span<const rule_info> rules() noexcept {
    return table;
}

const rule_info& info(rule which) noexcept {
    return table[static_cast<std::size_t>(which)];
}

}  // namespace brygga::pain
