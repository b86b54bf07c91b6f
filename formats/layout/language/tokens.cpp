#include "formats/layout/language/detail/tokens.hpp"

#include <algorithm>
#include <array>

#include "formats/core/date.hpp"
#include "formats/layout/language/detail/grammar.hpp"

namespace brygga::layout::language::detail {

namespace {

using cursor = const char*;

constexpr std::array<std::string_view, 13> no_names{"all", "and", "blank", "fillers",  "given", "if",   "in",
                                                    "is",  "not", "or",    "reserved", "then",  "zeros"};

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_small(char c) noexcept {
    return c >= 'a' && c <= 'z';
}

bool is_capital(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

// Of what people read as one word, in any language.
bool is_word(char c) noexcept {
    return is_digit(c) || is_small(c) || is_capital(c) || c == '_' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_name(char c) noexcept {
    return is_small(c) || is_digit(c) || c == '_';
}

view between(cursor first, cursor last) noexcept {
    return {first, static_cast<std::size_t>(last - first)};
}

bool goes_on(cursor at, cursor last) noexcept {
    return at != last && is_word(*at);
}

cursor end_of_digits(cursor first, cursor last) noexcept {
    return std::find_if_not(first, last, is_digit);
}

// A small letter and what follows, no word of the language.
cursor end_of_plain_name(cursor first, cursor last) noexcept {
    if (first == last || !is_small(*first)) return first;
    const cursor end = std::find_if_not(first, last, is_name);
    if (goes_on(end, last)) return first;
    return std::find(no_names.begin(), no_names.end(), between(first, end)) == no_names.end() ? end : first;
}

bool is_id(char c) noexcept {
    return is_small(c) || is_digit(c) || c == '.';
}

bool is_rule_id(char c) noexcept {
    return is_capital(c) || is_digit(c) || c == '.';
}

// Two characters or more, then others behind hyphens.
cursor end_of_id(cursor first, cursor last, bool (*is_part)(char) noexcept, bool hyphen) noexcept {
    cursor end = std::find_if_not(first, last, is_part);
    if (end - first < 2) return first;
    bool has_hyphen = false;
    while (end != last && *end == '-') {
        const cursor part = end + 1;
        end = std::find_if_not(part, last, is_part);
        if (end == part) return first;
        has_hyphen = true;
    }
    return goes_on(end, last) || (hyphen && !has_hyphen) ? first : end;
}

}  // namespace

cursor end_of_name(cursor first, cursor last) noexcept {
    const cursor end = end_of_plain_name(first, last);
    return end != last && *end == '.' ? first : end;
}

cursor end_of_field(cursor first, cursor last) noexcept {
    const cursor name = end_of_name(first, last);
    return name != first ? name : end_of_record_field(first, last);
}

cursor end_of_record_field(cursor first, cursor last) noexcept {
    const cursor record = end_of_plain_name(first, last);
    if (record == first || record == last || *record != '.') return first;
    const cursor end = end_of_name(record + 1, last);
    return end == record + 1 ? first : end;
}

cursor end_of_ledger_name(cursor first, cursor last) noexcept {
    cursor end = end_of_plain_name(first, last);
    while (end != first && end != last && *end == '.') {
        const cursor part = end + 1;
        end = end_of_plain_name(part, last);
        if (end == part) return first;
    }
    return end;
}

cursor end_of_format_id(cursor first, cursor last) noexcept {
    return first != last && is_small(*first) ? end_of_id(first, last, is_id, false) : first;
}

cursor end_of_rule_id(cursor first, cursor last) noexcept {
    return first != last && is_capital(*first) ? end_of_id(first, last, is_rule_id, true) : first;
}

cursor end_of_quoted(cursor first, cursor last) noexcept {
    if (first == last || *first != '"') return first;
    for (cursor at = first + 1; at != last && *at != '\n' && *at != '\r'; ++at) {
        if (*at == '"') return at + 1;
        if (*at != '\\') continue;
        if (++at == last || (*at != '"' && *at != '\\')) return first;
    }
    return first;
}

cursor end_of_number(cursor first, cursor last) noexcept {
    const cursor end = end_of_digits(first, last);
    return goes_on(end, last) || (end != last && *end == '.') ? first : end;
}

cursor end_of_value(cursor first, cursor last) noexcept {
    const cursor digits = first != last && *first == '-' ? first + 1 : first;
    cursor end = end_of_digits(digits, last);
    if (end == digits) return first;
    if (end != last && *end == '.') {
        const cursor decimals = end + 1;
        end = end_of_digits(decimals, last);
        if (end == decimals) return first;
    }
    return goes_on(end, last) ? first : end;
}

cursor end_of_columns(cursor first, cursor last) noexcept {
    const cursor middle = end_of_digits(first, last);
    if (middle == first || middle == last || *middle != '-') return first;
    const cursor end = end_of_digits(middle + 1, last);
    return end == middle + 1 || goes_on(end, last) ? first : end;
}

cursor end_of_day(cursor first, cursor last) noexcept {
    constexpr std::ptrdiff_t size = 10;  // 2026-11-20
    if (last - first < size || goes_on(first + size, last)) return first;
    return parse_iso_date(between(first, first + size)) ? first + size : first;
}

cursor end_of_words(cursor first, cursor last, std::span<const std::string_view> words) noexcept {
    cursor longest = first;
    for (const std::string_view each : words) {
        if (!between(first, last).starts_with(each)) continue;
        const cursor end = first + each.size();
        if (end > longest && !(is_word(each.back()) && goes_on(end, last))) longest = end;
    }
    return longest;
}

cursor skip_blanks(cursor first, cursor last) noexcept {
    while (first != last) {
        if (*first == '#')
            first = std::find_if(first, last, [](char c) { return c == '\n' || c == '\r'; });
        else if (*first == ' ' || *first == '\t' || *first == '\n' || *first == '\r')
            ++first;
        else
            break;
    }
    return first;
}

std::string_view first_word(view text) noexcept {
    const auto end = std::find_if_not(text.begin(), text.end(), is_word);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::string_view token_at(cursor at, cursor last) noexcept {
    if (at == last) return between(at, at);
    if (const cursor end = end_of_quoted(at, last); end != at) return between(at, end);
    const auto ends = [](char c) { return c == '\n' || c == '\r'; };
    if (*at == '"') return between(at, std::find_if(at, last, ends));
    cursor end = std::find_if_not(at, last, [](char c) { return is_word(c) || c == '.'; });
    if (end == at) ++end;
    return between(at, end);
}

std::string listed(const std::vector<std::string_view>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i != 0) out += i + 1 == words.size() ? " or " : ", ";
        const bool is_sign = !is_word(words[i].front()) && words[i].front() != '"';
        out += is_sign ? '"' + std::string(words[i]) + '"' : std::string(words[i]);
    }
    return out;
}

void progress::missed(cursor end_of_last, cursor place, std::string_view what) {
    if (at != nullptr && place < at) return;
    if (at != place) expected.clear();
    at = place;
    behind = end_of_last;
    if (std::find(expected.begin(), expected.end(), what) == expected.end()) expected.push_back(what);
}

std::string unquoted(view text) {
    std::string out;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '\\') ++i;
        out += text[i];
    }
    return out;
}

}  // namespace brygga::layout::language::detail
