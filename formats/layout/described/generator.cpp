#include "formats/layout/described/generator.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "formats/layout/described/conditions.hpp"
#include "formats/layout/described/invention.hpp"
#include "formats/layout/described/values.hpp"

namespace brygga::layout::described {

namespace {

using language::condition;
using language::condition_kind;
using language::described_field;
using language::described_record;
using language::field_reference;
using language::none;
using language::operand;

constexpr int most_attempts = 2000;  // changes of a record
constexpr int most_inventions = 10;  // whole records; then only what breaks a rule is changed
constexpr unsigned most_files = 20;
constexpr int most_repeated = 100;  // values of a field that must be unique
constexpr unsigned percent_blank = 30;
constexpr unsigned percent_equal = 25;  // where something may be at least or at most something else

// Views what was made.
class made_values {
 public:
    made_values(const language::description& of, const made_record& record) : read_(record.values.size()) {
        const described_record& kind = of.records[record.kind];
        for (std::size_t i = 0; i != read_.size(); ++i)
            read_field(kind.fields[i], record.values[i], encoding::utf_8, of, read_[i]);
        values_ = {&kind, read_.data(), nullptr};
    }
    [[nodiscard]] const record_values& get() const noexcept { return values_; }

 private:
    std::vector<read_value> read_;
    record_values values_;
};

class record_maker {
 public:
    record_maker(const language::description& of, const generate_settings& what, date day)
        : of_(&of),
          invent_(of, what.seed, day),
          last_(of.records.size()),
          kept_(of.records.size()),
          kept_values_(of.records.size()),
          used_(of.records.size()) {}

    // Nothing where no attempt met the rules.
    [[nodiscard]] std::optional<made_record> make(std::size_t kind) {
        made_record out = invented(kind);
        for (int attempt = 0; attempt != most_attempts; ++attempt) {
            const condition* const broken = broken_by(out);
            if (broken == nullptr) {
                keep(out);
                return out;
            }
            if (attempt < most_inventions || !change(*broken, out)) out = invented(kind);
        }
        return std::nullopt;
    }

 private:
    [[nodiscard]] made_record invented(std::size_t kind) {
        const described_record& record = of_->records[kind];
        made_record out{kind, {}};
        for (const described_field& each : record.fields)
            out.values.push_back(stands_in_code(record, each) ? record.code : value_for(kind, each));
        if (record.when) assign(*record.when, out);
        for (const language::described_rule& each : of_->rules)
            if (each.on == kind) assign(each.must_hold, out);
        return out;
    }

    [[nodiscard]] std::string value_for(std::size_t kind, const described_field& field) {
        if (field.optional && invent_.random().chance(percent_blank)) return {};
        std::string out = invent_.value(field);
        for (int attempt = 0; field.unique && attempt != most_repeated && used_[kind].contains(used(field, out)); ++attempt)
            out = invent_.value(field);
        return out;
    }
    static std::string used(const described_field& field, const std::string& value) { return field.name + " " + value; }

    // One of the fields that the condition names, in the part that does not hold. False where it names none of the record.
    bool change(const condition& broken, made_record& into) {
        if (broken.kind == condition_kind::all)
            for (const condition& each : broken.parts)
                if (!holds(each, made_values(*of_, into).get(), last_)) return change(each, into);
        const mentioned said(broken);
        const described_record& record = of_->records[into.kind];
        if (said.fields.empty()) return false;
        const std::size_t at = said.fields[invent_.random().below(said.fields.size())];
        if (!stands_in_code(record, record.fields[at])) into.values[at] = value_for(into.kind, record.fields[at]);
        assign(broken, into);
        const bool may_be_equal =
            broken.kind == condition_kind::compare &&
            (broken.how == language::comparison::less_or_equal || broken.how == language::comparison::greater_or_equal);
        if (may_be_equal && invent_.random().chance(percent_equal))
            static_cast<void>(assign(broken.operands[0], broken.operands[1], into));
        return true;
    }

    [[nodiscard]] bool stands_in_code(const described_record& record, const described_field& field) const noexcept {
        return !record.code.empty() && field.first == of_->code_first;
    }

    // What must be equal, blank, or less or more than an amount is made so; all else is left to chance.
    void assign(const condition& what, made_record& into) {
        if (what.kind == condition_kind::all)
            for (const condition& each : what.parts)
                assign(each, into);
        if (what.kind == condition_kind::when && holds(what.parts[0], made_values(*of_, into).get(), last_))
            assign(what.parts[1], into);
        if (what.kind == condition_kind::is_blank) clear(what.operands[0], into);
        const bool chosen = what.kind == condition_kind::one_of && what.operands.size() > 1;
        const bool equal = what.kind == condition_kind::compare && what.how == language::comparison::equal;
        if (what.kind == condition_kind::compare && !equal) assign_beside(what, into);
        if (!chosen && !equal) return;
        const operand& right = what.operands[chosen ? 1 + invent_.random().below(what.operands.size() - 1) : 1];
        if (!assign(what.operands[0], right, into) && equal) static_cast<void>(assign(right, what.operands[0], into));
    }
    // A number on the side of another that is asked for, if it is not there already.
    void assign_beside(const condition& what, made_record& into) {
        const auto* const own = std::get_if<field_reference>(&what.operands[0]);
        const auto* const number = std::get_if<std::int64_t>(&what.operands[1]);
        if (own == nullptr || own->record != none || number == nullptr) return;
        if (holds(what, made_values(*of_, into).get(), last_)) return;
        const auto step = static_cast<std::int64_t>(1 + invent_.random().below(1000));
        const bool less = what.how == language::comparison::less || what.how == language::comparison::less_or_equal;
        const described_field& field = of_->records[into.kind].fields[own->field];
        if (*number - step < 0 && less && !field.is_signed && field.type != language::field_type::kronor) return;
        into.values[own->field] = written(less ? *number - step : *number + step, field);
    }
    static void clear(const operand& what, made_record& into) {
        const auto* const own = std::get_if<field_reference>(&what);
        if (own != nullptr && own->record == none) into.values[own->field].clear();
    }
    bool assign(const operand& to, const operand& from, made_record& into) {
        const auto* const own = std::get_if<field_reference>(&to);
        if (own == nullptr || own->record != none) return false;
        const described_field& field = of_->records[into.kind].fields[own->field];
        std::string& value = into.values[own->field];
        if (const auto* const text = std::get_if<std::string>(&from)) {
            value = *text;
        } else if (const auto* const number = std::get_if<std::int64_t>(&from)) {
            value = written(*number, field);
        } else if (const auto* const day = std::get_if<date>(&from)) {
            value = written(*day, field.day_form);
        } else {
            const auto& other = std::get<field_reference>(from);
            if (other.record != none && last_[other.record] == nullptr) return false;
            value = other.record == none ? into.values[other.field] : kept_[other.record].values[other.field];
        }
        return true;
    }

    // Nothing where all holds. What depends on totals is not known yet.
    [[nodiscard]] const condition* broken_by(const made_record& record) const {
        const made_values made(*of_, record);
        const described_record& kind = of_->records[record.kind];
        if (kind.when && !holds(*kind.when, made.get())) return &*kind.when;
        for (const language::described_rule& each : of_->rules)
            if (each.on == record.kind && !holds(each.must_hold, made.get(), last_)) return &each.must_hold;
        return nullptr;
    }

    void keep(const made_record& record) {
        const auto& fields = of_->records[record.kind].fields;
        for (std::size_t i = 0; i != fields.size(); ++i)
            if (fields[i].unique) used_[record.kind].insert(used(fields[i], record.values[i]));
        kept_[record.kind] = record;
        last_[record.kind] = &kept_values_[record.kind].emplace(*of_, kept_[record.kind]).get();
    }

    const language::description* of_;
    invention invent_;
    std::vector<const record_values*> last_;
    std::vector<made_record> kept_;                        // by kind
    std::vector<std::optional<made_values>> kept_values_;  // of kept_
    std::vector<std::unordered_set<std::string>> used_;    // by kind, of fields that must be unique
};

// From the first record of a stretch to one past its last.
struct stretch {
    std::size_t begin{}, end{};
};

std::vector<stretch> stretches_of(const language::described_total& total, const std::vector<made_record>& records) {
    std::vector<stretch> out{{0, records.size()}};
    if (total.within == none) return out;
    for (std::size_t i = 0; i != records.size(); ++i)
        if (records[i].kind == total.within && i != out.back().begin) {
            out.back().end = i;
            out.push_back({i, records.size()});
        }
    return out;
}

ore_sum counted(const language::description& of, const language::described_total& total, const std::vector<made_record>& records,
                const stretch& in) {
    ore_sum out;
    for (std::size_t i = in.begin; i != in.end; ++i)
        for (const language::total_term& each : total.terms) {
            if (each.record != none && each.record != records[i].kind) continue;
            const std::int64_t one =
                each.counts
                    ? 1
                    : number_in(of.records[records[i].kind].fields[each.field], records[i].values[each.field]).value_or(0);
            if (each.subtracts)
                out -= one;
            else
                out += one;
        }
    return out;
}

}  // namespace

result<void> fill_totals(const language::description& of, std::vector<made_record>& records) {
    // A total may sum others: each round settles at least one more.
    for (std::size_t round = 0; round <= of.totals.size(); ++round)
        for (const language::described_total& total : of.totals) {
            const described_field& field = of.records[total.carrier].fields[total.field];
            for (const stretch& each : stretches_of(total, records)) {
                const auto sum = counted(of, total, records, each).value();
                if (!sum) return fail(error_code::invalid_argument, fmt::format("the total {} is too large", field.name));
                const std::string text = written(*sum, field);
                if (text.size() > width_of(field, of) || (*sum < 0 && !field.is_signed))
                    return fail(error_code::invalid_argument, fmt::format("the total does not fit {}", field.name));
                for (std::size_t i = each.begin; i != each.end; ++i)
                    if (records[i].kind == total.carrier) records[i].values[total.field] = text;
            }
        }
    return {};
}

namespace {

result<std::vector<made_record>> try_records(const language::description& of, const generate_settings& what) {
    record_maker maker(of, what, what.day.ok() ? what.day : default_generated_day);
    std::vector<made_record> out;
    for (const std::size_t kind : way_through(of, what.count, what.seed)) {
        auto made = maker.make(kind);
        if (!made)
            return fail(error_code::invalid_argument,
                        fmt::format("no values were found for the record {} that its rules allow", of.records[kind].name));
        out.push_back(std::move(*made));
    }
    if (auto filled = fill_totals(of, out); !filled) return tl::unexpected(std::move(filled.error()));
    return out;
}

}  // namespace

// What one record holds may leave nothing for those after it, or make a total negative: then another file is tried.
result<std::vector<made_record>> make_records(const language::description& of, const generate_settings& what) {
    auto out = try_records(of, what);
    generate_settings other = what;
    for (unsigned again = 1; again != most_files && !out; ++again) {
        other.seed = what.seed + (std::uint64_t{again} << 32);
        out = try_records(of, other);
    }
    return out;
}

}  // namespace brygga::layout::described
