#include "connectors/timing/name_pattern.hpp"

#include <algorithm>
#include <utility>

#include <boost/spirit/home/x3.hpp>
#include <fmt/format.h>

namespace brygga::timing {

namespace {

namespace x3 = boost::spirit::x3;

using piece = name_pattern::piece;
using glob = name_pattern::glob;
using cursor = const char*;

std::size_t byte_of(char each) {
    return static_cast<unsigned char>(each);
}

piece only(char each) {
    piece made;
    made.one.set(byte_of(each));
    return made;
}

piece digit() {
    piece made;
    for (char each = '0'; each <= '9'; ++each)
        made.one.set(byte_of(each));
    return made;
}

// "[a-f_]"
bool read_class(cursor& first, cursor last, piece& into) {
    bool others = false;
    char from = 0;
    const auto taken = x3::char_ - x3::char_("]");
    const auto negate = [&](auto&) { others = true; };
    const auto single = [&](auto& found) {
        from = x3::_attr(found);
        into.one.set(byte_of(from));
    };
    const auto range = [&](auto& found) {
        const std::size_t to = byte_of(x3::_attr(found));
        x3::_pass(found) = byte_of(from) <= to;
        for (std::size_t each = byte_of(from); each <= to; ++each)
            into.one.set(each);
    };
    const auto item = taken[single] >> (('-' >> taken[range]) | !x3::lit('-'));
    if (!x3::parse(first, last, '[' >> -x3::lit('!')[negate] >> +item >> ']')) return false;
    if (others) into.one.flip();
    return true;
}

// One piece that is no choice between texts.
bool read_piece(cursor& first, cursor last, glob& into) {
    piece made;
    if (first != last && *first == '[') {
        if (!read_class(first, last, made)) return false;
        into.push_back(made);
        return true;
    }
    const auto run = [&](auto&) { made.run = true; };
    const auto any = [&](auto&) { made.one.set(); };
    const auto a_digit = [&](auto&) { made = digit(); };
    const auto itself = [&](auto& found) { made = only(x3::_attr(found)); };
    const auto simple = x3::lit('*')[run] | x3::lit('?')[any] | x3::lit('#')[a_digit] | ('\\' >> x3::char_[itself]) |
                        (x3::char_ - x3::char_("[]{},\\"))[itself] | x3::char_(",")[itself];
    if (!x3::parse(first, last, simple)) return false;
    into.push_back(made);
    return true;
}

// "{x,y}": the texts.
bool read_choice(cursor& first, cursor last, std::vector<glob>& into) {
    cursor at = first + 1;
    into.emplace_back();
    while (at != last && *at != '}') {
        if (*at == ',') {
            into.emplace_back();
            ++at;
        } else if (!read_piece(at, last, into.back())) {
            return false;
        }
    }
    if (at == last) return false;
    first = at + 1;
    return true;
}

std::vector<glob> combined(const std::vector<glob>& before, const std::vector<glob>& next) {
    std::vector<glob> all;
    for (const glob& begin : before)
        for (const glob& end : next) {
            all.push_back(begin);
            all.back().insert(all.back().end(), end.begin(), end.end());
        }
    return all;
}

// A '*' takes as little as it can and more only when what follows does not fit; only the last one needs to be remembered.
bool fits(const glob& pattern, std::string_view name) {
    std::size_t at = 0, in_name = 0, after_run = 0, run_began = 0;
    bool has_run = false;
    while (in_name < name.size()) {
        if (at < pattern.size() && pattern[at].run) {
            has_run = true;
            after_run = ++at;
            run_began = in_name;
        } else if (at < pattern.size() && pattern[at].one[byte_of(name[in_name])]) {
            ++at;
            ++in_name;
        } else if (has_run) {
            at = after_run;
            in_name = ++run_began;
        } else {
            return false;
        }
    }
    return std::all_of(pattern.begin() + static_cast<std::ptrdiff_t>(at), pattern.end(),
                       [](const piece& each) { return each.run; });
}

}  // namespace

result<name_pattern> name_pattern::parse(std::string_view text) {
    if (text.empty() || text.size() > max_pattern_bytes)
        return fail(error_code::invalid_argument, fmt::format("a pattern of names has 1 to {} bytes", max_pattern_bytes));
    name_pattern made;
    made.alternatives_.emplace_back();
    cursor at = text.data();
    const cursor last = at + text.size();
    while (at != last) {
        std::vector<glob> next;
        const bool read = *at == '{' ? read_choice(at, last, next) : read_piece(at, last, next.emplace_back());
        if (!read)
            return fail(
                error_code::invalid_argument,
                fmt::format("the pattern is not understood at character {}; examples: \"BG*.txt\", \"camt_########.xml\", "
                            "\"{{camt,pain}}*.xml\"",
                            at - text.data() + 1));
        made.alternatives_ = combined(made.alternatives_, next);
        if (made.alternatives_.size() > max_pattern_alternatives)
            return fail(error_code::invalid_argument,
                        fmt::format("the pattern has more than {} alternatives", max_pattern_alternatives));
    }
    return made;
}

bool name_pattern::matches(std::string_view name) const {
    return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const glob& each) { return fits(each, name); });
}

}  // namespace brygga::timing
