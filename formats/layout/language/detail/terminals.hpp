// What the grammars are made of: parsers of one token each, which skip blanks themselves and tell `progress` what they missed.
// Only for the grammar files: it brings Spirit X3.
#pragma once

#include <array>
#include <span>

#include <boost/spirit/home/x3.hpp>

#include "formats/layout/language/detail/grammar.hpp"
#include "formats/layout/language/detail/tokens.hpp"
#include "formats/layout/language/parser.hpp"

namespace brygga::layout::language::detail {

namespace x3 = boost::spirit::x3;

using cursor = const char*;

struct progress_tag;

template <class Context>
progress& progress_of(const Context& context) {
    return x3::get<progress_tag>(context);
}

// A token as a view, of any class that tokens.hpp knows.
struct token_parser : x3::parser<token_parser> {
    using attribute_type = view;
    static constexpr bool has_attribute = true;
    static constexpr bool handles_container = false;

    constexpr token_parser(token_end end, std::string_view told) : end_of(end), what(told) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext&, Attribute& into) const {
        const cursor at = skip_blanks(first, last);
        const cursor end = end_of(at, last);
        if (end == at) {
            progress_of(context).missed(first, at, what);
            return false;
        }
        if constexpr (!std::is_same_v<std::remove_const_t<Attribute>, x3::unused_type>)
            into = view(at, static_cast<std::size_t>(end - at));
        first = end;
        return true;
    }

    token_end end_of;
    std::string_view what;
};

inline constexpr token_parser name{
    end_of_name, "a name of a-z, 0-9 and _ (but all, and, blank, fillers, given, if, in, is, not, or, reserved, then, zeros)"};
inline constexpr token_parser record_name{end_of_name, "a record"};
inline constexpr token_parser field_name{end_of_name, "a field"};
inline constexpr token_parser quoted{end_of_quoted, "\"text\""};
inline constexpr token_parser number{end_of_number, "a number"};
inline constexpr token_parser columns{end_of_columns, "columns FIRST-LAST"};
inline constexpr token_parser day{end_of_day, "a day as 2026-11-20"};

// One of some words, the longest that stands there.
template <std::size_t Count>
struct words_parser : x3::parser<words_parser<Count>> {
    using attribute_type = view;
    static constexpr bool has_attribute = true;
    static constexpr bool handles_container = false;

    constexpr explicit words_parser(std::array<std::string_view, Count> each) : words(each) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext&, Attribute& into) const {
        const cursor at = skip_blanks(first, last);
        const cursor end = end_of_words(at, last, words);
        if (end == at) {
            for (const std::string_view each : words)
                progress_of(context).missed(first, at, each);
            return false;
        }
        if constexpr (!std::is_same_v<std::remove_const_t<Attribute>, x3::unused_type>)
            into = view(at, static_cast<std::size_t>(end - at));
        first = end;
        return true;
    }

    std::array<std::string_view, Count> words;
};

template <class... Words>
constexpr words_parser<sizeof...(Words)> any_of(const Words&... words) {
    return words_parser<sizeof...(Words)>({std::string_view(words)...});
}

constexpr words_parser<1> word(std::string_view text) {
    return words_parser<1>({text});
}

// Nothing more: a comment at most.
struct end_parser : x3::parser<end_parser> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    constexpr explicit end_parser(std::string_view told) : what(told) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext&, Attribute&) const {
        const cursor at = skip_blanks(first, last);
        if (at != last) {
            progress_of(context).missed(first, at, what);
            return false;
        }
        first = last;
        return true;
    }

    std::string_view what;
};

inline constexpr end_parser end_of_line{"the end of the line"};
inline constexpr end_parser end_of_statement{"the end of the statement"};

// Tells one thing instead of all that its subject could begin with.
template <class Subject>
struct told_directive : x3::unary_parser<Subject, told_directive<Subject>> {
    using base = x3::unary_parser<Subject, told_directive<Subject>>;
    static constexpr bool is_pass_through_unary = true;
    static constexpr bool handles_container = Subject::handles_container;

    constexpr told_directive(std::string_view as, const Subject& inner) : base(inner), what(as) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext& rule, Attribute& into) const {
        progress& seen = progress_of(context);
        const cursor at = skip_blanks(first, last);
        const std::size_t told = seen.at == at ? seen.expected.size() : 0;
        if (this->subject.parse(first, last, context, rule, into)) return true;
        if (seen.at == at) {
            seen.expected.resize(told);
            seen.missed(first, at, what);
        }
        return false;
    }

    std::string_view what;
};

template <class Subject>
constexpr auto told(std::string_view what, const Subject& subject) {
    return told_directive<typename x3::extension::as_parser<Subject>::value_type>(what, x3::as_parser(subject));
}

// Something in parentheses or behind `not`: so deep and no deeper.
template <class Subject>
struct nested_directive : x3::unary_parser<Subject, nested_directive<Subject>> {
    using base = x3::unary_parser<Subject, nested_directive<Subject>>;
    static constexpr bool is_pass_through_unary = true;
    static constexpr bool handles_container = Subject::handles_container;

    constexpr explicit nested_directive(const Subject& inner) : base(inner) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext& rule, Attribute& into) const {
        progress& seen = progress_of(context);
        if (seen.depth == max_layout_nesting) {
            seen.missed(first, skip_blanks(first, last), "less in one another: no more than 50 levels");
            return false;
        }
        ++seen.depth;
        const bool understood = this->subject.parse(first, last, context, rule, into);
        --seen.depth;
        return understood;
    }
};

template <class Subject>
constexpr auto nested(const Subject& subject) {
    return nested_directive<typename x3::extension::as_parser<Subject>::value_type>(x3::as_parser(subject));
}

// Actions that note what was found.
inline auto note(view& into) {
    return [&into](auto& found) { into = x3::_attr(found); };
}

template <class Element>
auto note_each(std::vector<Element>& into) {
    return [&into](auto& found) { into.push_back(Element{x3::_attr(found)}); };
}

template <class Grammar>
bool understood(view text, const Grammar& grammar, progress& seen) {
    cursor first = text.data();
    const cursor last = first + text.size();
    return x3::parse(first, last, x3::with<progress_tag>(seen)[grammar]);
}

}  // namespace brygga::layout::language::detail
