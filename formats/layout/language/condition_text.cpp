#include "formats/layout/language/detail/condition_text.hpp"

#include <variant>

#include "formats/core/date.hpp"
#include "formats/layout/language/detail/vocabulary.hpp"

namespace brygga::layout::language::detail {

namespace {

class condition_writer {
 public:
    condition_writer(const description& made, std::size_t record) : made_(made), record_(record) {}

    [[nodiscard]] std::string text(const condition& of) const {
        switch (of.kind) {
            case condition_kind::compare:
                return operand_text(of.operands[0]) + " " + std::string(comparison_name(of.how)) + " " +
                       operand_text(of.operands[1]);
            case condition_kind::one_of:
                return one_of(of);
            case condition_kind::is_blank:
                return operand_text(of.operands[0]) + " is blank";
            case condition_kind::is_valid:
                return operand_text(of.operands[0]) + " is valid";
            case condition_kind::fillers:
                return "fillers";
            case condition_kind::all:
                return joined(of, " and ");
            case condition_kind::any:
                return joined(of, " or ");
            case condition_kind::no:
                if (of.parts[0].kind == condition_kind::is_blank) return operand_text(of.parts[0].operands[0]) + " is given";
                return "not " + part(of.parts[0]);
            case condition_kind::when:
                return "if " + part(of.parts[0]) + " then " + part(of.parts[1]);
        }
        return {};
    }

 private:
    [[nodiscard]] std::string one_of(const condition& of) const {
        std::string out = operand_text(of.operands[0]) + " in (";
        for (std::size_t i = 1; i < of.operands.size(); ++i)
            out += (i == 1 ? "" : ", ") + operand_text(of.operands[i]);
        return out + ")";
    }

    [[nodiscard]] std::string joined(const condition& of, std::string_view word) const {
        std::string out;
        for (const condition& each : of.parts)
            out += (&each == &of.parts.front() ? "" : std::string(word)) + part(each);
        return out;
    }

    // In parentheses where it is more than one test.
    [[nodiscard]] std::string part(const condition& of) const {
        const bool several = of.kind == condition_kind::all || of.kind == condition_kind::any || of.kind == condition_kind::when;
        return several ? "(" + text(of) + ")" : text(of);
    }

    [[nodiscard]] std::string operand_text(const operand& of) const {
        if (const auto* const field = std::get_if<field_reference>(&of)) {
            const described_record& in = made_.records[field->record == none ? record_ : field->record];
            return (field->record == none ? "" : in.name + ".") + in.fields[field->field].name;
        }
        if (const auto* const number = std::get_if<std::int64_t>(&of)) return std::to_string(*number);
        if (const auto* const text = std::get_if<std::string>(&of)) return quoted(*text);
        return format_iso_date(std::get<date>(of));
    }

    const description& made_;
    std::size_t record_;
};

}  // namespace

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string text_of(const description& made, std::size_t record, const condition& of) {
    return condition_writer(made, record).text(of);
}

}  // namespace brygga::layout::language::detail
