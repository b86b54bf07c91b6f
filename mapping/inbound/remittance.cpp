#include "mapping/inbound/remittance.hpp"

#include <algorithm>
#include <array>

#include <boost/spirit/home/x3.hpp>

namespace brygga::inbound {

namespace {

namespace x3 = boost::spirit::x3;

enum class token_kind : std::uint8_t {
    digits,
    amount,  // digits with decimals or a currency word behind them
    joiner,  // one blank or hyphen, digits right behind it
    hint,    // says what the numbers after it are
    filler,  // "nr", "och": changes nothing
    word,    // ends what a hint said
    other,   // blanks and punctuation
};

struct token {
    token_kind kind{};
    number_kind names{};    // of a hint
    std::string_view text;  // of digits
};

using cursor = const char*;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr std::string_view no_break_blank = "\xC2\xA0";

cursor end_of_digits(cursor first, cursor last) {
    return std::find_if_not(first, last, is_digit);
}

// Bytes above ASCII are letters such as å in UTF-8, but for the no-break blank.
cursor end_of_letters(cursor first, cursor last) {
    for (; first != last; ++first) {
        const bool ascii_letter = (*first >= 'a' && *first <= 'z') || (*first >= 'A' && *first <= 'Z');
        if (!ascii_letter && static_cast<unsigned char>(*first) < 0x80) break;
        if (std::string_view(first, static_cast<std::size_t>(last - first)).starts_with(no_break_blank)) break;
    }
    return first;
}

// One or more characters of a class as a view: x3::raw gives a range that is no string_view.
template <cursor (*EndOfRun)(cursor, cursor)>
struct run_of : x3::parser<run_of<EndOfRun>> {
    using attribute_type = std::string_view;
    static constexpr bool has_attribute = true;
    static constexpr bool handles_container = false;

    template <class Context, class RuleContext>
    bool parse(cursor& first, const cursor& last, const Context&, RuleContext&, std::string_view& into) const {
        const cursor end = EndOfRun(first, last);
        if (end == first) return false;
        into = std::string_view(first, static_cast<std::size_t>(end - first));
        first = end;
        return true;
    }
    template <class Context, class RuleContext>
    bool parse(cursor& first, const cursor& last, const Context& context, RuleContext& rule, x3::unused_type) const {
        std::string_view ignored;
        return parse(first, last, context, rule, ignored);
    }
};

inline constexpr run_of<end_of_digits> digit_run{};
inline constexpr run_of<end_of_letters> letter_run{};

struct known_word {
    std::string_view text;  // lower case
    token_kind kind{};
    number_kind names{};
};

constexpr known_word hint(number_kind names, std::string_view text) {
    return {text, token_kind::hint, names};
}

constexpr known_word filler(std::string_view text) {
    return {text, token_kind::filler, {}};
}

constexpr std::array known_words{
    hint(number_kind::ocr, "ocr"),
    hint(number_kind::ocr, "ocrnr"),
    hint(number_kind::ocr, "ocrnummer"),
    hint(number_kind::ocr, "ref"),
    hint(number_kind::ocr, "refnr"),
    hint(number_kind::ocr, "referens"),
    hint(number_kind::ocr, "referensnr"),
    hint(number_kind::ocr, "referensnummer"),
    hint(number_kind::ocr, "betalningsreferens"),
    hint(number_kind::ocr, "reference"),
    hint(number_kind::invoice, "faktura"),
    hint(number_kind::invoice, "fakturan"),
    hint(number_kind::invoice, "fakturor"),
    hint(number_kind::invoice, "fakturorna"),
    hint(number_kind::invoice, "fakturanr"),
    hint(number_kind::invoice, "fakturanummer"),
    hint(number_kind::invoice, "fakt"),
    hint(number_kind::invoice, "faktnr"),
    hint(number_kind::invoice, "fnr"),
    hint(number_kind::invoice, "räkning"),
    hint(number_kind::invoice, "räkningar"),
    hint(number_kind::invoice, "invoice"),
    hint(number_kind::invoice, "invoices"),
    hint(number_kind::invoice, "inv"),
    hint(number_kind::invoice, "invno"),
    hint(number_kind::customer, "kund"),
    hint(number_kind::customer, "kunden"),
    hint(number_kind::customer, "kundnr"),
    hint(number_kind::customer, "kundnummer"),
    hint(number_kind::customer, "kundid"),
    hint(number_kind::customer, "knr"),
    hint(number_kind::customer, "customer"),
    filler("nr"),
    filler("nummer"),
    filler("no"),
    filler("num"),
    filler("number"),
    filler("id"),
    filler("och"),
    filler("o"),
    filler("samt"),
    filler("and"),
};

// ASCII letters and the Swedish Å, Ä, Ö in UTF-8.
std::string lower_case(std::string_view word) {
    std::string lower(word);
    for (std::size_t i = 0; i < lower.size(); ++i) {
        const char before = i == 0 ? ' ' : lower[i - 1];
        const bool ascii = lower[i] >= 'A' && lower[i] <= 'Z';
        const bool swedish = before == '\xC3' && (lower[i] == '\x84' || lower[i] == '\x85' || lower[i] == '\x96');
        if (ascii || swedish) lower[i] = static_cast<char>(lower[i] + ('a' - 'A'));
    }
    return lower;
}

token token_of(std::string_view word) {
    const std::string lower = lower_case(word);
    const auto known =
        std::find_if(known_words.begin(), known_words.end(), [&](const known_word& each) { return each.text == lower; });
    if (known == known_words.end()) return {token_kind::word, {}, {}};
    return {known->kind, known->names, {}};
}

// The grammar: one token after the other, the first alternative that fits. Each makes its token in an action, so that every
// line below says all there is to know about it.
const auto is = [](token_kind kind) { return [kind](auto& context) { x3::_val(context) = token{kind, {}, {}}; }; };
const auto is_digits = [](auto& context) { x3::_val(context) = token{token_kind::digits, {}, x3::_attr(context)}; };
const auto is_word = [](auto& context) { x3::_val(context) = token_of(x3::_attr(context)); };

const auto blank = x3::lit(' ') | no_break_blank.data();
const auto decimals = (x3::lit(',') | '.') >> x3::repeat(2)[x3::digit] >> !x3::digit;
const auto currency = -blank >> x3::no_case[x3::lit("kronor") | "kr" | "sek"] >> !letter_run;
const auto amount = digit_run >> (decimals | ":-" | currency);
const auto joiner = (blank | '-') >> &x3::digit;

struct token_id;
const x3::rule<token_id, token> next_token = "token";
const auto next_token_def = x3::omit[amount][is(token_kind::amount)]    //
                            | digit_run[is_digits]                      //
                            | x3::omit[joiner][is(token_kind::joiner)]  //
                            | blank[is(token_kind::other)]              //
                            | letter_run[is_word]                       //
                            | x3::omit[x3::char_][is(token_kind::other)];
BOOST_SPIRIT_DEFINE(next_token)

// Turns tokens into candidates. A chain is the runs seen so far with nothing but joiners between them.
class candidate_collector {
 public:
    explicit candidate_collector(std::string_view text) : text_(text) {}

    void take(const token& item) {
        if (item.kind != token_kind::digits && item.kind != token_kind::joiner) end_chain(item.kind == token_kind::amount);
        switch (item.kind) {
            case token_kind::digits:
                chain_.push_back(item.text);
                return;
            case token_kind::hint:
                hint_ = item.names;
                return;
            case token_kind::word:
                hint_ = number_kind::unknown;
                return;
            case token_kind::amount:
            case token_kind::joiner:
            case token_kind::filler:
            case token_kind::other:
                return;
        }
    }

    // The thousands of an amount ("12 500 kr") stand before its last run and are no numbers either.
    void end_chain(bool before_amount = false) {
        while (before_amount && !chain_.empty() && chain_.back().size() <= 3)
            chain_.pop_back();
        for (std::size_t first = 0; first < chain_.size(); ++first)
            add_from(first);
        chain_.clear();
    }

    remittance found;

 private:
    // The run itself, then longer and longer joins that begin with it.
    void add_from(std::size_t first) {
        std::string digits;
        for (std::size_t last = first; last < chain_.size(); ++last) {
            if (digits.size() + chain_[last].size() > max_candidate_digits) return;
            digits += chain_[last];
            if (digits.size() < min_candidate_digits) continue;
            if (found.numbers.size() == max_number_candidates) {
                found.complete = false;
                return;
            }
            const auto position = static_cast<std::size_t>(chain_[first].data() - text_.data());
            found.numbers.push_back({digits, hint_, position, last != first});
        }
    }

    std::string_view text_;
    std::vector<std::string_view> chain_;
    number_kind hint_ = number_kind::unknown;
};

}  // namespace

remittance find_numbers(std::string_view utf8_text) {
    const std::string_view text = utf8_text.substr(0, max_remittance_bytes);
    candidate_collector collector(text);
    const cursor last = text.data() + text.size();
    for (cursor at = text.data(); at != last;) {
        token next;
        x3::parse(at, last, next_token, next);  // takes at least one byte: the last alternative is any character
        collector.take(next);
    }
    collector.end_chain();
    if (text.size() < utf8_text.size()) collector.found.complete = false;
    return std::move(collector.found);
}

}  // namespace brygga::inbound
