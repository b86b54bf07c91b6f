#include "formats/mail/rules.hpp"

namespace brygga::mail {

namespace {

constexpr std::uint16_t number(rule which) noexcept {
    return static_cast<std::uint16_t>(which);
}

// clang-format off
constexpr rule_info table[] = {
    {number(rule::R01), "MAIL-R01", "error/warning", "A message is well-formed and within the limits.",
     "Look at it in a mail reader; what can be read of it counts, unless it is refused."},
    {number(rule::R02), "MAIL-R02", "hold", "A report of delivery names the message that it is about.",
     "See whom it is about, and note it with the customer by hand."},
    {number(rule::R03), "MAIL-R03", "hold", "The message that a report of delivery names is one of ours: its id has our tag.",
     "Nothing is done by it: it is forged, of another system, or from before the key was changed."},
    {number(rule::R04), "MAIL-R04", "hold", "A delivery status notification says for each recipient what happened, and by which status.",
     "Read its text, and note with the document what became of it."},
    {number(rule::R05), "MAIL-R05", "hold", "The status of a recipient fits what happened: 2 delivered, 4 delayed, 4 or 5 failed.",
     "Read its text, and note with the document what became of it."},
    {number(rule::R06), "MAIL-R06", "hold", "What comes back is a report that says what happened, or an automatic answer.",
     "A person must read it: a customer may have answered."},
    {number(rule::R07), "MAIL-R07", "info", "An automatic answer says nothing of delivery.",
     "Nothing to do."},
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

}  // namespace brygga::mail
