#include "formats/print/code_line/grammar.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <boost/spirit/home/x3.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace brygga::print {

namespace {

namespace x3 = boost::spirit::x3;

using cursor = const char*;

// How far the line was understood, and all that could have stood there.
struct progress {
    cursor at{};
    std::vector<std::string_view> expected;

    void missed(cursor place, std::string_view what) {
        if (place > at) expected.clear();
        at = std::max(at, place);
        if (place == at && std::find(expected.begin(), expected.end(), what) == expected.end()) expected.push_back(what);
    }
};

struct progress_tag;

template <class Context>
progress& progress_of(const Context& context) {
    return x3::get<progress_tag>(context);
}

// A constant text.
struct mark_parser : x3::parser<mark_parser> {
    using attribute_type = x3::unused_type;
    [[maybe_unused]] static constexpr bool has_attribute = false;

    constexpr mark_parser(std::string_view of, std::string_view told) : text(of), what(told) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext&, Attribute&) const {
        const std::string_view rest(first, static_cast<std::size_t>(last - first));
        if (!rest.starts_with(text)) {
            const auto same = std::mismatch(text.begin(), text.end(), rest.begin(), rest.end());
            progress_of(context).missed(first + (same.first - text.begin()), what);
            return false;
        }
        first += text.size();
        return true;
    }

    std::string_view text, what;
};

// Digits at the right of so many positions, blanks before them, as a view of the digits.
struct right_aligned_parser : x3::parser<right_aligned_parser> {
    using attribute_type = std::string_view;
    [[maybe_unused]] static constexpr bool has_attribute = true;
    [[maybe_unused]] static constexpr bool handles_container = false;

    constexpr right_aligned_parser(std::ptrdiff_t positions, bool leading_zeros) : size(positions), zeros(leading_zeros) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext&, Attribute& into) const {
        const cursor end = first + std::min(size, last - first);
        const cursor digits = std::find_if_not(first, end, [](char c) { return c == ' '; });
        const cursor after = std::find_if_not(digits, end, [](char c) { return c >= '0' && c <= '9'; });
        if (after == digits || after != first + size) {
            // Nothing but blanks: the last of them should be a digit.
            const bool empty = digits == first + size;
            progress_of(context).missed(empty ? digits - 1 : after, "a digit");
            return false;
        }
        if (!zeros && *digits == '0' && after - digits > 1) {
            progress_of(context).missed(digits, "a blank instead of a leading zero");
            return false;
        }
        if constexpr (!std::is_same_v<std::remove_const_t<Attribute>, x3::unused_type>)
            into = std::string_view(digits, static_cast<std::size_t>(after - digits));
        first = after;
        return true;
    }

    std::ptrdiff_t size;
    bool zeros;
};

// Exactly so many digits.
struct digits_parser : x3::parser<digits_parser> {
    using attribute_type = std::string_view;
    [[maybe_unused]] static constexpr bool has_attribute = true;
    [[maybe_unused]] static constexpr bool handles_container = false;

    constexpr explicit digits_parser(std::ptrdiff_t digits) : size(digits) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext&, Attribute& into) const {
        const cursor end = first + std::min(size, last - first);
        const cursor after = std::find_if_not(first, end, [](char c) { return c >= '0' && c <= '9'; });
        if (after != first + size) {
            progress_of(context).missed(after, "a digit");
            return false;
        }
        if constexpr (!std::is_same_v<std::remove_const_t<Attribute>, x3::unused_type>)
            into = std::string_view(first, static_cast<std::size_t>(size));
        first = after;
        return true;
    }

    std::ptrdiff_t size;
};

struct end_parser : x3::parser<end_parser> {
    using attribute_type = x3::unused_type;
    [[maybe_unused]] static constexpr bool has_attribute = false;

    template <class Context, class RuleContext, class Attribute>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext&, Attribute&) const {
        if (first == last) return true;
        progress_of(context).missed(first, "the end of the line");
        return false;
    }
};

constexpr mark_parser one_blank{" ", "a blank"};
constexpr mark_parser three_blanks{"   ", "a blank"};
constexpr mark_parser quiet_zone{"    ", "a blank"};
constexpr mark_parser hash{"#", "#"};
constexpr mark_parser greater{">", ">"};
constexpr mark_parser bankgiro_type{"#41#", "#41#"};
constexpr mark_parser plusgiro_type{"#14#", "#14#"};
constexpr digits_parser two_digits{2};
constexpr digits_parser one_digit{1};
constexpr right_aligned_parser reference{25, true};
constexpr right_aligned_parser kronor{8, false};
constexpr right_aligned_parser bankgiro_account{25, true};
constexpr right_aligned_parser plusgiro_account{24, true};
constexpr end_parser end_of_line{};

struct views {
    std::string_view reference, kronor, ore, amount_digit, account;
    giro type{};
};

auto note(std::string_view& into) {
    return [&into](auto& found) { into = x3::_attr(found); };
}

bool understood(cursor first, cursor last, views& into, progress& seen) {
    const auto of = [&into](giro type) { return [&into, type](auto&) { into.type = type; }; };
    const auto amount = kronor[note(into.kronor)] >> one_blank >> two_digits[note(into.ore)] >> three_blanks >>
                        one_digit[note(into.amount_digit)];
    const auto on_bankgiro = bankgiro_account[note(into.account)] >> bankgiro_type[of(giro::bankgiro)];
    const auto on_plusgiro = plusgiro_account[note(into.account)] >> one_blank >> plusgiro_type[of(giro::plusgiro)];
    const auto grammar = hash >> one_blank >> reference[note(into.reference)] >> one_blank >> hash >> amount >> one_blank >>
                         greater >> (on_bankgiro | on_plusgiro) >> quiet_zone >> end_of_line;
    return x3::parse(first, last, x3::with<progress_tag>(seen)[grammar]);
}

// At most eight digits of kronor and two of öre, found by the grammar.
std::int64_t amount_of(const views& found) {
    const std::string digits = fmt::format("{}{}", found.kronor, found.ore);
    std::int64_t amount_ore = 0;
    static_cast<void>(std::from_chars(digits.data(), digits.data() + digits.size(), amount_ore));
    return amount_ore;
}

}  // namespace

tl::expected<read_line, code_line_fault> read_code_line(std::string_view text, alignment_mark mark) {
    const bool marked = mark == alignment_mark::leading_h && text.starts_with(code_line_alignment_mark);
    if (marked) text.remove_prefix(code_line_alignment_mark.size());
    views found;
    progress seen{text.data(), {}};
    if (!understood(text.data(), text.data() + text.size(), found, seen))
        return tl::unexpected(code_line_fault{static_cast<std::size_t>(seen.at - text.data()) + 1,
                                              fmt::format("{}", fmt::join(seen.expected, " or "))});
    return read_line{{std::string(found.reference), amount_of(found), std::string(found.account), found.type},
                     found.amount_digit.front(),
                     marked};
}

}  // namespace brygga::print
