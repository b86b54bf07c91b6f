#include "formats/inspection/masked_text.hpp"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "formats/core/code_point.hpp"

namespace brygga::inspection {

namespace {

constexpr std::size_t max_attempts = 4;
constexpr std::size_t longest_word = 256;  // of letters that are hashed as they are, with each part of the word
constexpr std::size_t digits_after_hyphen = 4;

// Words that tell what a text is about and nobody's name; lower case, in order. Among them what decides how a reference is read:
// RF, and that none is provided.
// clang-format off
constexpr std::array<std::string_view, 67> known_words{
    "ab", "adress", "anläggning", "autogiro", "available", "avi", "avser", "avtal", "bankgiro", "belopp", "betaln",
    "betalning", "bg", "box", "brf", "camt", "co", "delbetalning", "el", "enl", "enligt", "faktnr", "faktura", "fakturanr",
    "fakturanummer", "fakturor", "fjärrvärme", "fr", "från", "för", "förskott", "hb", "hyra", "inbetalning", "inkasso",
    "kb", "konto", "kr", "kredit", "kreditfaktura", "kund", "kundnr", "kundnummer", "leverantorsbetalningar",
    "leverantörsbetalningar", "lgh", "med", "moms", "not", "notprovided", "nr", "nummer", "och", "ocr", "ocrnr", "plusgiro",
    "provided", "påminnelse", "ref", "referens", "rf", "ränta", "sek", "till", "tl", "vatten", "återbetalning",
};
// clang-format on
static_assert(std::is_sorted(known_words.begin(), known_words.end()), "it is searched by halves");

bool is_digit(char32_t code) noexcept {
    return code >= U'0' && code <= U'9';
}

char32_t lower(char32_t code) noexcept {
    const bool capital = (code >= U'A' && code <= U'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7);
    return capital ? code + 0x20 : code;
}

void append_utf8(std::string& out, char32_t code) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80u | ((code >> shift) & 0x3Fu)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0u | (code >> 6u));
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0u | (code >> 12u));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0u | (code >> 18u));
        tail(12);
        tail(6);
        tail(0);
    }
}

// Of a word in lower case. Nothing becomes such a word: it would be read as one.
bool is_known(std::string_view key) noexcept {
    return std::binary_search(known_words.begin(), known_words.end(), key);
}

// Somebody masked it before: published examples hide numbers behind X, and rules know them by it.
bool is_hidden(std::string_view key) noexcept {
    return key.find_first_not_of('x') == std::string_view::npos;
}

std::string in_short(const keyed_hash::digest& digest) {
    std::string out;
    for (const std::uint8_t each : digest)
        out += fmt::format("{:02x}", each);
    return out;
}

// The character that valid UTF-8 begins with; one byte of no_code for anything else.
character decoded(std::string_view bytes, std::size_t at) {
    const auto [code, size] = code_point_at(bytes, at);
    return size == 0 ? character{at, 1, no_code} : character{at, size, code};
}

}  // namespace

void text_masker::split(std::string_view line, std::size_t begin, std::size_t end, encoding in) {
    characters_.clear();
    const std::string_view bytes = line.substr(0, end);
    while (begin != end) {
        character next{begin, 1, static_cast<unsigned char>(bytes[begin])};
        if (in == encoding::utf_8) {
            next = decoded(bytes, begin);
        } else if (next.code >= 0x80 || in == encoding::iso_646_se) {
            const std::string utf8 = to_utf8(bytes.substr(begin, 1), in);
            next.code = decoded(utf8, 0).code;
        }
        characters_.push_back(next);
        begin += next.size;
    }
}

void text_masker::mask(std::string& line, std::size_t begin, std::size_t end, const alphabet& letters, number_kind kind,
                       bool ascii_only) {
    split(line, begin, end, letters.in());
    for (std::size_t at = 0; at != characters_.size();) {
        if (is_digit(characters_[at].code)) {
            at = digit_run(line, at, kind);
            continue;
        }
        std::size_t last = at;
        while (last != characters_.size() && !letters.alike(characters_[last].code).empty())
            ++last;
        if (last != at) word(line, at, last, letters, ascii_only);
        at = std::max(last, at + 1);
    }
}

// Masks the run that begins there, together with what a hyphen joins to it; where it ends.
std::size_t text_masker::digit_run(std::string& line, std::size_t first, number_kind kind) {
    const auto end_of = [this](std::size_t at) {
        while (at != characters_.size() && is_digit(characters_[at].code))
            ++at;
        return at;
    };
    const std::size_t end = end_of(first);
    const std::size_t size = end - first;
    std::size_t last = end;
    const bool may_join = size == 3 || size == 4 || size == 6 || size == 8;  // bankgiro, person, organisation
    if (may_join && end != characters_.size() && (characters_[end].code == U'-' || characters_[end].code == U'+')) {
        const std::size_t joined_end = end_of(end + 1);
        if (joined_end - end - 1 == digits_after_hyphen) last = joined_end;
    }
    std::string digits = line.substr(characters_[first].at, size);
    if (last != end) digits += line.substr(characters_[end + 1].at, digits_after_hyphen);
    const std::string masked_digits = digits_->number(digits, kind);
    assert(masked_digits.size() == digits.size());
    line.replace(characters_[first].at, size, masked_digits, 0, size);
    if (last != end) line.replace(characters_[end + 1].at, digits_after_hyphen, masked_digits, size, digits_after_hyphen);
    return last;
}

void text_masker::word(std::string& line, std::size_t first, std::size_t last, const alphabet& letters, bool ascii_only) {
    std::string key;
    for (std::size_t i = first; i != last; ++i)
        append_utf8(key, lower(characters_[i].code));
    if (is_known(key) || is_hidden(key)) return;
    const bool care_of = key == "c" && last + 1 < characters_.size() && characters_[last].code == U'/' &&
                         lower(characters_[last + 1].code) == U'o';
    const bool of_care =
        key == "o" && first >= 2 && characters_[first - 1].code == U'/' && lower(characters_[first - 2].code) == U'c';
    if (care_of || of_care) return;
    // A longer one is hashed once: with each of its parts it would cost the square of its length.
    const std::string named = key.size() <= longest_word ? key : in_short(hash_->of(fmt::format("long word {}", key)));
    std::u32string made;
    bool differs = false;
    for (std::size_t attempt = 0; attempt != max_attempts && !differs; ++attempt) {
        made.clear();
        std::string made_key;
        keyed_hash::digest choice{};
        for (std::size_t i = first; i != last; ++i) {
            const std::size_t place = i - first;
            if (place % choice.size() == 0) choice = hash_->of(fmt::format("word {} {} {}", attempt, place, named));
            const std::u32string_view alike = letters.alike(characters_[i].code);
            const bool kept = ascii_only && characters_[i].code >= 0x80;
            made += kept ? characters_[i].code : alike[choice[place % choice.size()] % alike.size()];
            append_utf8(made_key, lower(made.back()));
            differs = differs || made.back() != characters_[i].code;
        }
        differs = differs && !is_known(made_key) && !is_hidden(made_key);
    }
    for (std::size_t i = first; i != last; ++i) {
        const char32_t code = made[i - first];
        if (code == characters_[i].code) continue;
        std::string utf8;
        append_utf8(utf8, code);
        const auto bytes = from_utf8(utf8, letters.in());
        assert(bytes && bytes->size() == characters_[i].size);
        line.replace(characters_[i].at, characters_[i].size, *bytes);
    }
}

}  // namespace brygga::inspection
