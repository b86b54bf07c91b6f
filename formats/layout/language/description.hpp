// A format that a layout file describes, checked: what the engine in ../described runs from. README.md has the language. Plain
// data without views, so that it can be copied and outlive its text. Columns are 1-based and inclusive; indexes point into the
// vectors of `description`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/privacy.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/rows.hpp"

namespace brygga::layout::language {

inline constexpr std::size_t none = static_cast<std::size_t>(-1);

enum class field_type : std::uint8_t {
    text,
    digits,
    number,
    ore,
    kronor,
    date,
    time,
    timestamp,
    code,
    personal_number,
    organisation_number,
    identity_number,
    bankgiro,
    plusgiro,
    bank_account,
    iban,
    ocr,
    gs1,
};

// Of an identifier or a day they say nothing.
[[nodiscard]] constexpr bool zeros_are_none(field_type type) noexcept {
    return type != field_type::text && type != field_type::code && type != field_type::time && type != field_type::number &&
           type != field_type::ore && type != field_type::kronor;
}

enum class date_form : std::uint8_t { ccyymmdd, yymmdd, iso, dotted, slashed };   // dotted: DD.MM.CCYY
enum class time_form : std::uint8_t { hhmmss, hhmm, colons, hours_and_minutes };  // colons: HH:MM:SS
enum class timestamp_form : std::uint8_t { ccyymmddhhmmss, iso };
enum class field_alignment : std::uint8_t { of_type, left, right };

struct code_entry {
    std::string value, text;

    [[nodiscard]] bool operator==(const code_entry&) const = default;
};

struct code_table {
    std::string name;
    std::vector<code_entry> entries;

    [[nodiscard]] bool operator==(const code_table&) const = default;
};

struct described_field {
    std::string name;
    std::uint16_t first{}, last{};  // of fixed records; in separated ones both are the number of the column, 0 while only its
                                    // heading says which
    std::string heading;            // of separated records with header, in all records or in none
    field_type type{};
    unsigned decimals{};      // of number
    char decimal_mark = ',';  // of kronor
    date_form day_form{};     // of date
    time_form clock_form{};   // of time
    timestamp_form moment_form{};
    std::size_t table = none;                                                 // of code
    bool optional = false, zeros = false, is_signed = false, unique = false;  // zeros: may be zeros, and not blank
    field_alignment aligned{};
    privacy guard = privacy::open;

    [[nodiscard]] bool operator==(const described_field&) const = default;
};

enum class filler_kind : std::uint8_t { blank, zeros, reserved, constant };

struct described_filler {
    std::uint16_t first{}, last{};
    filler_kind holds{};
    std::string constant;

    [[nodiscard]] bool operator==(const described_filler&) const = default;
};

// ---- conditions ----

struct field_reference {
    std::size_t record = none;  // none: of the record that the condition is on
    std::size_t field{};

    [[nodiscard]] bool operator==(const field_reference&) const = default;
};

enum class comparison : std::uint8_t { equal, unequal, less, less_or_equal, greater, greater_or_equal };

// A number is in the smallest unit of what it is compared with: öre, or the field's decimals.
using operand = std::variant<field_reference, std::int64_t, std::string, date>;

enum class condition_kind : std::uint8_t {
    compare,   // operands[0] and operands[1]
    one_of,    // operands[0] is one of the others
    is_blank,  // operands[0]
    is_valid,  // operands[0]: a field of the record itself whose type allows what it holds
    fillers,   // what stands between the fields of the record is as it says
    all,       // parts
    any,       // parts
    no,        // parts[0]
    when,      // parts[1] wherever parts[0]
};

struct condition {
    condition_kind kind{};
    comparison how{};
    std::vector<operand> operands;
    std::vector<condition> parts;

    [[nodiscard]] bool operator==(const condition&) const = default;
};

struct described_record {
    std::string name, code, title;  // code: as it stands in the line; empty where the kind is told by `when` or by being alone
    std::vector<described_field> fields;
    std::vector<described_filler> fillers;  // fixed records only
    std::optional<condition> when;

    [[nodiscard]] bool operator==(const described_record&) const = default;
};

struct described_section {
    std::string name, title;
    std::size_t opens{}, closes = none;
    std::vector<std::size_t> records;  // without opens and closes

    [[nodiscard]] bool operator==(const described_section&) const = default;
};

// ---- order: a finite automaton over kinds of records ----

struct order_step {
    std::size_t record{}, next{};  // `next`: a state

    [[nodiscard]] bool operator==(const order_step&) const = default;
};

struct order_state {
    std::vector<order_step> steps;  // in order of `record`, one each
    bool may_end = false;

    [[nodiscard]] bool operator==(const order_state&) const = default;
};

// ---- totals ----

struct total_term {
    bool counts = false;  // else sums `field`
    bool subtracts = false;
    std::size_t record = none;  // none: every line
    std::size_t field = none;

    [[nodiscard]] bool operator==(const total_term&) const = default;
};

struct described_total {
    std::size_t carrier{}, field{};
    std::vector<total_term> terms;
    std::size_t within = none;  // a kind of record; none: the file

    [[nodiscard]] bool operator==(const described_total&) const = default;
};

// ---- rules ----

enum class built_in : std::uint8_t {
    size,
    unknown,
    content,
    required,
    codes,
    check_digit,
    date,
    unique,
    order,
    total,
    encoding,
    tabs,
    fill,
    heading,
    columns,
};
inline constexpr std::size_t built_in_tests = 15;

struct described_rule {
    std::string id, title, help;
    severity level{};
    std::size_t on = none;     // a kind of record; none: a test
    condition must_hold;       // with `on`
    std::size_t total = none;  // or this total alone has the rule, and not that of all

    [[nodiscard]] bool operator==(const described_rule&) const = default;
};

// ---- the ledger ----

enum class ledger_source : std::uint8_t {
    text,
    field,
    code_text,  // what the code table says of the field's value
    sum,        // of the field, over the records of a group
};

struct ledger_value {
    std::string name;  // one of ledger_names.hpp
    ledger_source from{};
    field_reference field;
    std::string text;

    [[nodiscard]] bool operator==(const ledger_value&) const = default;
};

struct ledger_meaning {
    std::string type;  // "customer", "facility", "invoice", "credit_note"
    std::size_t record{};
    std::optional<field_reference> grouped_by;  // records after one another with the same value are lines of one invoice
    std::vector<ledger_value> values;

    [[nodiscard]] bool operator==(const ledger_meaning&) const = default;
};

struct description {
    std::string id, title, version;
    std::optional<brygga::date> from, until;
    bool comes_in = true, goes_out = true;
    std::uint16_t width{};                // of fixed records
    std::optional<separation> separated;  // else fixed
    std::vector<encoding> encodings;      // at least one
    bool crlf = true;
    std::uint16_t code_first{}, code_last{};  // 0: no code; in separated records both are the number of a column
    std::vector<code_table> tables;
    std::vector<described_record> records;
    std::vector<described_section> sections;  // empty: every record may stand anywhere
    std::vector<order_state> order;           // from state 0; empty: any
    std::string order_text;                   // the same order as it was stated, for people
    std::vector<described_total> totals;
    std::vector<described_rule> rules;  // the built-in tests first, in the order of `built_in`
    std::vector<ledger_meaning> meanings;

    [[nodiscard]] bool operator==(const description&) const = default;
};

}  // namespace brygga::layout::language
