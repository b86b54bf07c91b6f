#include "formats/convert/conversions.hpp"

#include <array>

#include <fmt/format.h>

#include "formats/convert/camt_to_bgmax.hpp"

namespace brygga::convert {

namespace {

bool begins_like_camt(std::string_view head) {
    const xml::root_tag root = xml::look_at_root(head);
    return root.name == "Document" && camt::version_of(root.uri, root.first_child).has_value();
}

result<report> from_camt_to_bgmax(std::string_view bytes, const settings& with, const output& to) {
    camt_to_bgmax_settings own{with.policy, {}, with.test_system, with.passed};
    for (const own_number& each : with.receivers)
        own.receivers.push_back({each.bankgiro, each.ocr});
    const auto done = camt_to_bgmax(bytes, own, to);
    if (!done) return tl::unexpected(done.error());
    report out;
    for (const note& each : done->notes)
        out.notes.push_back(each.payment == 0 ? fmt::format("entry {} at byte {}: {}", each.entry_no, each.offset, each.what)
                                              : fmt::format("entry {} payment {} at byte {}: {}", each.entry_no, each.payment,
                                                            each.offset, each.what));
    out.notes_total = done->notes_total;
    out.summary = fmt::format("converted deposits: {}, payments and deductions: {}; entries left out: {}", done->sections,
                              done->payments, done->entries_left_out);
    return out;
}

constexpr std::array<conversion, 1> all = {{{"camt.053, camt.054", "bgmax", begins_like_camt, from_camt_to_bgmax}}};

}  // namespace

std::span<const conversion> conversions() noexcept {
    return all;
}

}  // namespace brygga::convert
