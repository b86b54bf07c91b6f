#include "formats/layout/infer/infer.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "formats/layout/infer/detail/fields.hpp"
#include "formats/layout/infer/detail/proposal_text.hpp"
#include "formats/layout/infer/detail/totals.hpp"

namespace brygga::layout::infer {

namespace {

using detail::file_range;
using detail::proposal;
using detail::proposed_kind;

// Whether each sample has one such record, as its first or its last line.
bool stands_at_the_end(const proposal& of, std::size_t kind, bool first) {
    const auto& files = of.samples.files;
    return of.records[kind].lines.size() == files.size() && of.records.size() > 1 &&
           std::all_of(files.begin(), files.end(), [&](const file_range& each) {
               return each.begin != each.end && of.kinds.kind_of[first ? each.begin : each.end - 1] == kind;
           });
}

std::string name_of(const proposed_kind& kind) {
    if (kind.code.empty()) return "record";
    if (kind.opens || kind.closes) return kind.opens ? "opening" : "closing";
    std::string name = "record_" + kind.code;
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return name;
}

void add_records(proposal& to) {
    for (const std::string& code : to.kinds.codes)
        to.records.emplace_back().code = code;
    for (std::size_t i = 0; i != to.kinds.kind_of.size(); ++i)
        to.records[to.kinds.kind_of[i]].lines.push_back(i);
    for (std::size_t kind = 0; kind != to.records.size(); ++kind) {
        proposed_kind& made = to.records[kind];
        made.opens = stands_at_the_end(to, kind, true);
        made.closes = !made.opens && stands_at_the_end(to, kind, false);
        made.name = name_of(made);
    }
}

}  // namespace

result<std::string> infer_layout(std::span<const sample> samples) {
    proposal out;
    auto lines = detail::lines_of(samples);
    if (!lines) return tl::unexpected(std::move(lines.error()));
    out.samples = std::move(*lines);
    auto shape = detail::shape_of(out.samples);
    if (!shape) return tl::unexpected(std::move(shape.error()));
    out.shape = std::move(*shape);
    out.kinds = detail::kinds_of(out.samples, out.shape);
    add_records(out);
    for (proposed_kind& each : out.records)
        out.shape.separated ? find_separated_fields(out, each) : find_fixed_fields(out, each);
    find_totals(out);
    return text_of(out);
}

}  // namespace brygga::layout::infer
