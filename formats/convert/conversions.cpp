#include "formats/convert/conversions.hpp"

#include <array>

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/format.hpp"
#include "formats/convert/bgmax_to_camt.hpp"
#include "formats/convert/camt_to_bgmax.hpp"

namespace brygga::convert {

namespace {

bool begins_like_camt(std::string_view head) {
    const xml::root_tag root = xml::look_at_root(head);
    return root.name == "Document" && camt::version_of(root.uri, root.first_child).has_value();
}

result<report> from_camt_to_bgmax(std::string_view bytes, const settings& with, const output& to) {
    camt_to_bgmax_settings own{with.policy, {}, with.test_system, with.passed, with.wanted};
    for (const own_number& each : with.receivers)
        own.receivers.push_back({each.bankgiro, each.ocr});
    const auto done = camt_to_bgmax(bytes, own, to);
    if (!done) return tl::unexpected(done.error());
    report out;
    for (const note& each : done->notes)
        out.notes.push_back({each.payment == 0 ? fmt::format("entry {} at byte {}: {}", each.entry_no, each.offset, each.what)
                                               : fmt::format("entry {} payment {} at byte {}: {}", each.entry_no, each.payment,
                                                             each.offset, each.what),
                             each.left_out ? each.entry_no : 0, each.left_out ? std::string(each.what) : std::string()});
    out.notes_total = done->notes_total;
    out.sections = done->entries;
    out.summary = fmt::format("converted deposits: {}, payments and deductions: {}; entries left out: {}", done->sections,
                              done->payments, done->entries_left_out);
    return out;
}

bool begins_like_bgmax(std::string_view head) {
    return bgmax::registered_format().sniff(head);
}

template <camt_054_version version>
result<report> from_bgmax_to_camt(std::string_view bytes, const settings& with, const output& to) {
    const auto done = bgmax_to_camt(bytes, with.policy, to, version);
    if (!done) return tl::unexpected(done.error());
    report out;
    for (const section_note& each : done->notes)
        out.notes.push_back({each.payment == 0 ? fmt::format("section {} at line {}: {}", each.section_no, each.line, each.what)
                                               : fmt::format("section {} payment {} at line {}: {}", each.section_no,
                                                             each.payment, each.line, each.what),
                             0,
                             {}});
    out.notes_total = done->notes_total;
    out.summary = fmt::format("converted entries: {}, payments and deductions: {}; sections left out: {}", done->entries,
                              done->payments, done->sections_left_out + done->sections_with_deductions);
    return out;
}

constexpr std::array<std::string_view, 2> camt_ids = {"camt.053", "camt.054"};
constexpr std::array<std::string_view, 1> bgmax_ids = {"bgmax"};
constexpr std::array<conversion, 3> all = {
    {{camt_ids, "bgmax", true, begins_like_camt, from_camt_to_bgmax},
     {bgmax_ids, "camt.054", false, begins_like_bgmax, from_bgmax_to_camt<camt_054_version::v08>},
     {bgmax_ids, "camt.054.001.02", false, begins_like_bgmax, from_bgmax_to_camt<camt_054_version::v02>}}};

}  // namespace

std::span<const conversion> conversions() noexcept {
    return all;
}

}  // namespace brygga::convert
