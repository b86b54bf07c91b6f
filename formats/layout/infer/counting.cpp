#include "formats/layout/infer/detail/counting.hpp"

#include <iterator>
#include <utility>

#include "formats/core/check_digit.hpp"
#include "formats/layout/described/values.hpp"

namespace brygga::layout::infer::detail {

namespace {

using language::field_type;
using language::none;

bool is_number(field_type type) noexcept {
    return type == field_type::number || type == field_type::ore || type == field_type::kronor;
}

target sum_of(const target& a, const target& b) {
    target out = a;
    out.is_copy = a.is_copy && b.is_copy;
    out.terms.insert(out.terms.end(), b.terms.begin(), b.terms.end());
    for (std::size_t i = 0; i != out.values.size(); ++i)
        out.values[i] = std::clamp(out.values[i] + b.values[i], -too_much, too_much);
    return out;
}

target sum_in(const proposal& of, const scope& in, std::size_t kind, const proposed_line& part) {
    target out{{{kind, part.first}}, std::vector<std::int64_t>(in.searched()), true};
    for (std::size_t i = 0; i != out.values.size(); ++i) {
        std::size_t summed = 0;
        for (std::size_t line = in.stretches[i].begin; line != in.stretches[i].end; ++line) {
            if (of.kinds.kind_of[line] != kind) continue;
            if (const auto value = number_in(of, part, line))
                out.values[i] = std::clamp(out.values[i] + *value, -too_much, too_much);
            ++summed;
        }
        if (summed > 1) out.is_copy = false;
    }
    return out;
}

// Of two kinds: counts, and sums of what stands in the same columns.
void add_pairs(scope& in, std::size_t begin, std::size_t end) {
    constexpr std::size_t most = 400;
    std::vector<target> pairs;
    for (std::size_t a = begin; a != end; ++a)
        for (std::size_t b = a + 1; b != end && pairs.size() != most; ++b) {
            const proposed_term &first = in.targets[a].terms.front(), &second = in.targets[b].terms.front();
            if (first.kind != second.kind && first.first == second.first) pairs.push_back(sum_of(in.targets[a], in.targets[b]));
        }
    std::move(pairs.begin(), pairs.end(), std::back_inserter(in.targets));
}

}  // namespace

bool may_be_number(const proposed_line& part) noexcept {
    if (!part.is_field() || part.field.guard != privacy::open) return false;
    const bool digits =
        part.field.type == field_type::digits || (part.field.type == field_type::code && all_digits(part.codes.front()));
    return is_number(part.field.type) || (digits && part.last - part.first < 18);
}

std::optional<std::int64_t> number_in(const proposal& of, const proposed_line& part, std::size_t line) {
    const auto read = described::number_in(part.field, of.value(line, part.first, part.last));
    if (!read || *read > too_much || *read < -too_much) return std::nullopt;
    return read;
}

scope scope_of(const proposal& of, std::size_t within) {
    scope out{within, {}, {}};
    for (const file_range& file : of.samples.files) {
        if (!file.whole) continue;
        std::size_t begin = file.begin;
        for (std::size_t i = file.begin; i != file.end; ++i)
            if (i != begin && of.kinds.kind_of[i] == within) {
                out.stretches.push_back({begin, i});
                begin = i;
            }
        if (begin != file.end) out.stretches.push_back({begin, file.end});
    }
    return out;
}

void count(const proposal& of, scope& in) {
    in.targets.clear();
    const std::size_t stretches = in.searched();
    for (std::size_t kind = 0; kind != of.records.size(); ++kind) {
        target counted{{{kind, 0}}, std::vector<std::int64_t>(stretches), false};
        for (std::size_t i = 0; i != stretches; ++i)
            for (std::size_t line = in.stretches[i].begin; line != in.stretches[i].end; ++line)
                if (of.kinds.kind_of[line] == kind) ++counted.values[i];
        in.targets.push_back(std::move(counted));
    }
    target all{{{none, 0}}, {}, false};
    for (std::size_t i = 0; i != stretches; ++i)
        all.values.push_back(static_cast<std::int64_t>(in.stretches[i].end - in.stretches[i].begin));
    in.targets.push_back(std::move(all));
    add_pairs(in, 0, of.records.size());
    const std::size_t sums = in.targets.size();
    for (std::size_t kind = 0; kind != of.records.size(); ++kind)
        for (const proposed_line& part : of.records[kind].parts)
            if (may_be_number(part)) in.targets.push_back(sum_in(of, in, kind, part));
    add_pairs(in, sums, in.targets.size());
}

}  // namespace brygga::layout::infer::detail
