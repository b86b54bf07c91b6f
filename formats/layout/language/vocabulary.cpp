#include "formats/layout/language/detail/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace brygga::layout::language::detail {

namespace {

// Words in the order of their enumerators.
constexpr std::array<std::string_view, 18> types{"text",
                                                 "digits",
                                                 "number",
                                                 "ore",
                                                 "kronor",
                                                 "date",
                                                 "time",
                                                 "timestamp",
                                                 "code",
                                                 "personal-number",
                                                 "organisation-number",
                                                 "identity-number",
                                                 "bankgiro",
                                                 "plusgiro",
                                                 "bank-account",
                                                 "iban",
                                                 "ocr",
                                                 "gs1"};
constexpr std::array<std::string_view, 5> date_forms{"CCYYMMDD", "YYMMDD", "CCYY-MM-DD", "DD.MM.CCYY", "DD/MM/CCYY"};
constexpr std::array<std::string_view, 4> time_forms{"HHMMSS", "HHMM", "HH:MM:SS", "HH:MM"};
constexpr std::array<std::string_view, 2> timestamp_forms{"CCYYMMDDHHMMSS", "CCYY-MM-DDTHH:MM:SS"};
constexpr std::array<std::string_view, 8> privacies{"",        "name",        "address",   "identity",
                                                    "account", "own-account", "reference", "text"};
constexpr std::array<std::string_view, 6> comparisons{"=", "!=", "<", "<=", ">", ">="};
static_assert(types.size() == static_cast<std::size_t>(field_type::gs1) + 1);
static_assert(privacies.size() == static_cast<std::size_t>(privacy::free_text) + 1);

struct test_row {
    std::string_view name;
    severity level{};
    std::string_view title, help;
};

constexpr std::array<test_row, built_in_tests> tests{{
    {"size", severity::error, "A line has the columns of its layout.", "Ask the sender for the file as it was made."},
    {"unknown", severity::error, "Each line is a record of the layout.", "See whether the file is of this format and version."},
    {"content", severity::hold, "Columns hold what their type allows.", "Ask the sender what was meant."},
    {"required", severity::hold, "A field that is not optional is filled in.", "Ask the sender for what is missing."},
    {"codes", severity::warning, "A code is one of its table.", "Ask the sender what the code means, and add it to the layout."},
    {"check-digit", severity::warning, "A number has its check digit.", "Compare the number with its source."},
    {"date", severity::hold, "A date is a day of the calendar.", "Ask the sender for the right day."},
    {"unique", severity::hold, "What is to be unique stands once.", "See whether something was sent twice."},
    {"order", severity::error, "Records stand in the order of the layout.", "Ask the sender for the file as it was made."},
    {"total", severity::error, "Totals are those of what was counted.", "Ask the sender for the whole file."},
    {"encoding", severity::info, "The file is in the first encoding of the layout.",
     "Nothing to do; some tool on the way changes it."},
    {"tabs", severity::warning, "Fixed columns hold no TABs.", "Look at the columns; some tool on the way puts in TABs."},
    {"fill", severity::info, "Lines are filled to their width, and none is blank.",
     "Nothing to do; some tool on the way trims or pads."},
    {"heading", severity::error, "The first line names the columns of the layout, each once.",
     "Ask the sender whether the file has changed; a column may have a new name."},
    {"columns", severity::info, "The first line names no other columns than those of the layout.",
     "Nothing to do; see whether a new column means something."},
}};

template <class Value, std::size_t Count>
Value value_of(const std::array<std::string_view, Count>& words, std::string_view word) noexcept {
    const auto found = std::find(words.begin(), words.end(), word);
    return static_cast<Value>(found == words.end() ? 0 : found - words.begin());
}

}  // namespace

std::string_view type_name(field_type type) noexcept {
    return types[static_cast<std::size_t>(type)];
}

std::string_view form_name(date_form form) noexcept {
    return date_forms[static_cast<std::size_t>(form)];
}

std::string_view form_name(time_form form) noexcept {
    return time_forms[static_cast<std::size_t>(form)];
}

std::string_view form_name(timestamp_form form) noexcept {
    return timestamp_forms[static_cast<std::size_t>(form)];
}

std::string_view privacy_name(privacy kind) noexcept {
    return privacies[static_cast<std::size_t>(kind)];
}

std::string_view comparison_name(comparison how) noexcept {
    return comparisons[static_cast<std::size_t>(how)];
}

std::string_view test_name(built_in test) noexcept {
    return tests[static_cast<std::size_t>(test)].name;
}

field_type field_type_named(std::string_view word) noexcept {
    return value_of<field_type>(types, word);
}

date_form date_form_named(std::string_view word) noexcept {
    return value_of<date_form>(date_forms, word);
}

time_form time_form_named(std::string_view word) noexcept {
    return value_of<time_form>(time_forms, word);
}

timestamp_form timestamp_form_named(std::string_view word) noexcept {
    return value_of<timestamp_form>(timestamp_forms, word);
}

privacy privacy_named(std::string_view word) noexcept {
    return value_of<privacy>(privacies, word);
}

comparison comparison_named(std::string_view word) noexcept {
    return value_of<comparison>(comparisons, word);
}

built_in test_named(std::string_view word) noexcept {
    const auto found = std::find_if(tests.begin(), tests.end(), [&](const test_row& each) { return each.name == word; });
    return static_cast<built_in>(found - tests.begin());
}

described_rule default_rule(std::string_view format, built_in test) {
    const test_row& row = tests[static_cast<std::size_t>(test)];
    described_rule made;
    made.id = std::string(format) + "-" + std::string(row.name);
    std::transform(made.id.begin(), made.id.end(), made.id.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    made.title = row.title;
    made.help = row.help;
    made.level = row.level;
    return made;
}

}  // namespace brygga::layout::language::detail
