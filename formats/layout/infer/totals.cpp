#include "formats/layout/infer/detail/totals.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "formats/layout/infer/detail/counting.hpp"
#include "formats/layout/infer/detail/fields.hpp"

namespace brygga::layout::infer::detail {

namespace {

using language::field_type;
using language::none;

// Of any size: several numbers may stand in it.
bool is_open_digits(const proposed_line& part) noexcept {
    return part.is_field() && part.field.guard == privacy::open &&
           (part.field.type == field_type::digits || part.field.type == field_type::number || part.field.type == field_type::ore);
}

std::size_t digits_of(std::int64_t number) {
    return std::to_string(number).size();
}

// Where a record of some kind stands: at most once in each stretch.
struct occurrence {
    std::size_t stretch{}, line{};
};

class total_finder {
 public:
    explicit total_finder(proposal& of) : of_(of) {
        scopes_.push_back(scope_of(of, none));
        for (std::size_t kind = 0; kind != of.records.size(); ++kind) {
            if (of.records[kind].lines.size() > of.samples.files.size()) scopes_.push_back(scope_of(of, kind));
        }
    }

    void find() {
        count_all();
        for (std::size_t kind = 0; kind != of_.records.size(); ++kind) {
            match_all(kind);
            if (cut(kind)) count_all();
        }
        if (!of_.shape.separated)
            for (proposed_kind& each : of_.records)
                split_by_zeros(of_, each);
        count_all();
        for (std::size_t kind = 0; kind != of_.records.size(); ++kind)
            match_all(kind);
        settle_types();
    }

 private:
    void count_all() {
        for (scope& each : scopes_)
            count(of_, each);
    }

    // ---- what carries it ----

    // Nothing where a stretch has two such records, or one that does not stand first or last in it.
    [[nodiscard]] std::vector<occurrence> occurrences_of(std::size_t kind, const scope& in) const {
        std::vector<occurrence> out;
        if (in.within != none && stands_once(kind)) return out;
        for (std::size_t i = 0; i != in.stretches.size(); ++i) {
            const stretch& each = in.stretches[i];
            for (std::size_t line = each.begin; line != each.end; ++line) {
                if (of_.kinds.kind_of[line] != kind) continue;
                const bool ends = std::all_of(of_.kinds.kind_of.begin() + static_cast<std::ptrdiff_t>(line) + 1,
                                              of_.kinds.kind_of.begin() + static_cast<std::ptrdiff_t>(each.end),
                                              [&](std::size_t behind) { return behind != kind && of_.records[behind].closes; });
                if (line != each.begin && !ends) return {};
                out.push_back({i, line});
            }
        }
        return out;
    }

    // In every file.
    [[nodiscard]] bool stands_once(std::size_t kind) const { return of_.records[kind].opens || of_.records[kind].closes; }

    // A record that carries a total is not what is counted, nor one that stands once in every file.
    [[nodiscard]] bool concerns(const target& what, std::size_t carrier) const {
        return std::none_of(what.terms.begin(), what.terms.end(), [&](const proposed_term& each) {
            return each.kind != none && (each.kind == carrier || stands_once(each.kind));
        });
    }

    void match_all(std::size_t kind) {
        for (const scope& in : scopes_) {
            const std::vector<occurrence> at = occurrences_of(kind, in);
            for (proposed_line& part : of_.records[kind].parts)
                if (may_be_number(part) && !has_total(kind, part.first)) match(kind, part, in, at);
        }
    }

    [[nodiscard]] bool has_total(std::size_t kind, std::size_t first) const {
        return std::any_of(of_.totals.begin(), of_.totals.end(), [&](const proposed_total& each) {
            return each.stated && each.carrier == kind && each.first == first;
        });
    }

    void match(std::size_t kind, proposed_line& part, const scope& in, const std::vector<occurrence>& at) {
        std::vector<std::pair<std::size_t, std::int64_t>> told;  // by stretch
        for (const occurrence& each : at)
            if (const auto value = number_in(of_, part, each.line)) told.emplace_back(each.stretch, *value);
        if (told.empty()) return;
        std::set<std::int64_t> different;
        for (const auto& [stretch, value] : told)
            different.insert(value);
        std::optional<proposed_total> first;
        std::size_t others = 0;
        for (const target& what : in.targets) {
            if (what.is_copy || !concerns(what, kind) || !is_of_its_kind(what, part) || is_trivial(what, different)) continue;
            const bool holds = std::all_of(told.begin(), told.end(), [&](const auto& each) {
                return each.first < what.values.size() ? what.values[each.first] == each.second
                                                       : value_in(what, in.stretches[each.first]) == each.second;
            });
            if (!holds) continue;
            if (first)
                ++others;
            else
                first = proposed_total{kind, part.first, what.terms, in.within, {}, !is_weak(what, different, part, in)};
        }
        if (!first || (!first->stated && (in.within != none || is_one_digit(part) || has_weak(*first)))) return;
        first->note = fmt::format("holds in all {}, {} different{}", told.size(), different.size(),
                                  others == 0   ? ""
                                  : others == 1 ? "; another one holds, too"
                                                : fmt::format("; {} others hold, too", others));
        if (first->stated) {
            part.is_total = true;
            for (const proposed_term& each : first->terms)
                if (proposed_line* const summed = each.first == 0 ? nullptr : part_of(each.kind, each.first); summed != nullptr)
                    summed->is_total = true;
        }
        of_.totals.push_back(std::move(*first));
    }

    [[nodiscard]] std::int64_t value_in(const target& what, const stretch& in) const {
        std::int64_t out = 0;
        for (const proposed_term& each : what.terms)
            for (std::size_t line = in.begin; line != in.end; ++line) {
                if (each.kind != none && of_.kinds.kind_of[line] != each.kind) continue;
                const proposed_line* const part = each.first == 0 ? nullptr : part_of(each.kind, each.first);
                out = std::clamp(out + (part == nullptr ? 1 : number_in(of_, *part, line).value_or(0)), -too_much, too_much);
            }
        return out;
    }

    // Kronor have decimals, all else has none.
    [[nodiscard]] bool is_of_its_kind(const target& what, const proposed_line& carrier) const {
        const bool kronor = carrier.field.type == field_type::kronor;
        return std::all_of(what.terms.begin(), what.terms.end(), [&](const proposed_term& each) {
            const proposed_line* const part = each.first == 0 ? nullptr : part_of(each.kind, each.first);
            return kronor == (part != nullptr && part->field.type == field_type::kronor);
        });
    }

    // Nothing but zeros, or a sum where a count would say as much.
    static bool is_trivial(const target& what, const std::set<std::int64_t>& different) {
        if (different.size() == 1 && *different.begin() == 0) return true;
        const bool sums = what.terms.front().first != 0;
        return (sums || what.terms.size() > 1) && *different.rbegin() < 2;
    }
    [[nodiscard]] bool is_one_digit(const proposed_line& part) const { return !of_.shape.separated && part.first == part.last; }
    // What chance makes easily.
    [[nodiscard]] bool is_weak(const target& what, const std::set<std::int64_t>& different, const proposed_line& part,
                               const scope& in) const {
        const std::int64_t most = *different.rbegin();
        if (different.size() > 2) return false;
        const proposed_term& first = what.terms.front();
        if (first.first != 0 || what.terms.size() > 1) return digits_of(most) * different.size() < (first.first != 0 ? 4 : 5);
        const bool by_chance = is_one_digit(part) || (first.kind == none && in.within != none);
        return most < 2 || (different.size() == 1 && by_chance);
    }
    [[nodiscard]] bool has_weak(const proposed_total& of) const {
        return std::any_of(of_.totals.begin(), of_.totals.end(),
                           [&](const proposed_total& each) { return each.carrier == of.carrier && each.first == of.first; });
    }

    // ---- totals that end within a stretch of digits ----

    // Whether a field was cut.
    bool cut(std::size_t kind) {
        bool any = false;
        std::vector<proposed_line> parts;
        for (proposed_line& part : of_.records[kind].parts) {
            std::set<std::size_t> ends;
            if (is_open_digits(part) && !part.is_total && !of_.shape.separated) ends = ends_in(kind, part);
            if (ends.empty()) {
                parts.push_back(std::move(part));
                continue;
            }
            any = true;
            std::size_t begin = part.first;
            ends.insert(part.last);
            for (const std::size_t end : ends)
                if (begin <= end) {
                    parts.push_back(typed_line(of_, of_.records[kind], begin, end));
                    begin = end + 1;
                }
        }
        of_.records[kind].parts = std::move(parts);
        return any;
    }

    // Last columns of the pieces that a field falls into.
    [[nodiscard]] std::set<std::size_t> ends_in(std::size_t kind, const proposed_line& part) const {
        struct found_end {
            std::size_t first{}, last{};
        };
        std::vector<found_end> found;
        bool is_certain = false;
        for (const scope& in : scopes_) {
            const std::vector<occurrence> at = occurrences_of(kind, in);
            for (const target& what : in.targets) {
                if (at.empty() || what.is_copy || !concerns(what, kind) || !is_of_its_kind(what, part)) continue;
                for (std::size_t last = part.first; last <= part.last; ++last) {
                    const std::size_t first = begin_of(what, at, part, last);
                    if (first == 0) continue;
                    found.push_back({first, last});
                    const bool zeros = first == part.first || leading_zeros(at, part, first) > 1;
                    const std::size_t digits = digits_that_agree(what, at);
                    is_certain = is_certain || digits > 5 || (digits > 2 && zeros);
                }
            }
        }
        if (!is_certain) return {};
        std::stable_sort(found.begin(), found.end(),
                         [](const found_end& a, const found_end& b) { return a.last - a.first > b.last - b.first; });
        std::vector<found_end> kept;
        for (const found_end& each : found)
            if (std::none_of(kept.begin(), kept.end(),
                             [&](const found_end& other) { return each.first <= other.last && each.last >= other.first; }))
                kept.push_back(each);
        std::set<std::size_t> ends;
        for (const found_end& each : kept) {
            ends.insert(each.last);
            const std::size_t before = last_in_use(of_.records[kind].lines, part, each.first);
            const bool in_other = std::any_of(
                kept.begin(), kept.end(), [&](const found_end& other) { return before >= other.first && before <= other.last; });
            if (before != 0 && !in_other) ends.insert(before);
        }
        return ends;
    }

    // The column of the first digit of what is counted, where its last one stands in this column in every occurrence; else 0.
    [[nodiscard]] std::size_t begin_of(const target& what, const std::vector<occurrence>& at, const proposed_line& part,
                                       std::size_t last) const {
        const std::int64_t least = at.size() < 4 ? 10 : 1;
        std::size_t begin = last;
        for (const occurrence& each : at) {
            if (each.stretch >= what.values.size()) break;
            const std::int64_t wanted = what.values[each.stretch];
            if (wanted < least || wanted == too_much) return 0;
            const std::string digits = std::to_string(wanted);
            if (last < part.first + digits.size() - 1) return 0;
            const std::size_t first = last + 1 - digits.size();
            if (of_.value(each.line, first, last) != digits) return 0;
            begin = std::min(begin, first);
        }
        return begin;
    }

    // In all occurrences where those differ, else in one.
    static std::size_t digits_that_agree(const target& what, const std::vector<occurrence>& at) {
        std::size_t all = 0, one = 0;
        bool differ = false;
        for (const occurrence& each : at) {
            if (each.stretch >= what.values.size()) break;
            one = digits_of(what.values[each.stretch]);
            all += one;
            differ = differ || what.values[each.stretch] != what.values[at.front().stretch];
        }
        return differ ? all : one;
    }

    // In every occurrence.
    [[nodiscard]] std::size_t leading_zeros(const std::vector<occurrence>& at, const proposed_line& part,
                                            std::size_t first) const {
        std::size_t column = first;
        while (column > part.first && std::all_of(at.begin(), at.end(), [&](const occurrence& each) {
                   return of_.value(each.line, column - 1, column - 1) == "0";
               }))
            --column;
        return first - column;
    }

    // The last column before this one where a line has another digit than zero; 0 where none has.
    [[nodiscard]] std::size_t last_in_use(const std::vector<std::size_t>& lines, const proposed_line& part,
                                          std::size_t first) const {
        for (std::size_t column = first - 1; column >= part.first; --column)
            if (std::any_of(lines.begin(), lines.end(), [&](std::size_t line) { return of_.value(line, column, column) != "0"; }))
                return column;
        return 0;
    }

    // ---- numbers or amounts ----

    // A number that begins in this column.
    template <class Parts>
    [[nodiscard]] static auto number_at(Parts& parts, std::uint16_t first) -> decltype(parts.data()) {
        const auto found =
            std::find_if(parts.begin(), parts.end(), [&](const proposed_line& each) { return each.first == first; });
        return found == parts.end() || !may_be_number(*found) ? nullptr : &*found;
    }
    [[nodiscard]] const proposed_line* part_of(std::size_t kind, std::uint16_t first) const {
        return number_at(std::as_const(of_.records[kind].parts), first);
    }
    [[nodiscard]] proposed_line* part_of(std::size_t kind, std::uint16_t first) {
        return number_at(of_.records[kind].parts, first);
    }

    static void become(proposed_line& part, field_type type) {
        part.codes.clear();
        part.code_counts.clear();
        if (part.field.type == type || part.field.type == field_type::kronor) return;
        part.field.type = type;
        if (part.field.heading.empty())
            part.field.name = fmt::format("{}_{}", type == field_type::ore ? "amount" : "number", part.first);
    }

    void settle_types() {
        constexpr std::size_t least_amount_columns = 8;
        std::set<std::pair<std::size_t, std::uint16_t>> counted;  // fields that are numbers
        for (const proposed_total& each : of_.totals) {
            const proposed_line* const part = std::as_const(*this).part_of(each.carrier, each.first);
            if (part != nullptr && (of_.shape.separated || part->last - part->first + 1U < least_amount_columns))
                counted.emplace(each.carrier, each.first);
        }
        for (std::size_t before = std::string::npos; before != counted.size();) {
            before = counted.size();
            for (const proposed_total& each : of_.totals) {
                if (!each.stated) continue;
                bool counts = counted.contains({each.carrier, each.first});
                for (const proposed_term& term : each.terms)
                    counts = counts || term.first == 0 || counted.contains({term.kind, term.first});
                if (!counts) continue;
                counted.insert({each.carrier, each.first});
                for (const proposed_term& term : each.terms)
                    if (term.first != 0) counted.insert({term.kind, term.first});
            }
        }
        for (const proposed_total& each : of_.totals) {
            if (!each.stated) continue;
            const auto settle = [&](std::size_t kind, std::uint16_t first) {
                if (proposed_line* const part = part_of(kind, first); part != nullptr)
                    become(*part, counted.contains({kind, first}) ? field_type::number : field_type::ore);
            };
            settle(each.carrier, each.first);
            for (const proposed_term& term : each.terms)
                if (term.first != 0) settle(term.kind, term.first);
        }
    }

    proposal& of_;
    std::vector<scope> scopes_;
};

}  // namespace

void find_totals(proposal& of) {
    total_finder(of).find();
}

}  // namespace brygga::layout::infer::detail
