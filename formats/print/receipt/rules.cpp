#include "formats/print/receipt/rules.hpp"

namespace brygga::print::receipt {

namespace {

constexpr std::uint16_t number(rule which) noexcept {
    return static_cast<std::uint16_t>(which);
}

// clang-format off
constexpr rule_info table[] = {
    {number(rule::R01), "PRR-R01", "error", "A receipt is for a batch that was sent, with its digest.",
     "Ask the print service which batch it has."},
    {number(rule::R02), "PRR-R02", "error/hold", "Receipts are numbered 1, 2, 3 ...; a number that comes again has the same bytes.",
     "Fetch the receipts that are missing; where one has changed, ask the print service which one holds."},
    {number(rule::R03), "PRR-R03", "error", "Each document of a receipt belongs to the batch.",
     "Ask the print service whose document it has."},
    {number(rule::R04), "PRR-R04", "error", "The totals are those of the documents as they are after the receipt.",
     "A receipt is missing or was changed: compare with the print service."},
    {number(rule::R05), "PRR-R05", "error", "A document to a protected person was forwarded on paper and nothing else.",
     "Security incident: stop the channel and find out where the document went."},
    {number(rule::R06), "PRR-R06", "warning", "Pages and sheets are those of the manifest.",
     "Compare with the invoice of the print service."},
    {number(rule::form), "PRR-FORM", "error", "A receipt is well-formed, keeps its schema, and has what its type has.",
     "Have the print service make the receipt again; the path tells the element."},
    {number(rule::state), "PRR-STATE", "hold", "A document passes its states in their order.",
     "The receipt waits: see with the print service what became of the document."},
};
// clang-format on
static_assert(in_order(table));

}  // namespace

std::span<const rule_info> rules() noexcept {
    return table;
}

const rule_info& info(rule which) noexcept {
    return table[static_cast<std::size_t>(which)];
}

}  // namespace brygga::print::receipt
