#include "formats/print/address/check.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/code_point.hpp"
#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"
#include "formats/print/address/countries.hpp"

namespace brygga::print {

namespace {

constexpr std::uint16_t index_of(address_rule rule) {
    return static_cast<std::uint16_t>(rule);
}

constexpr std::array rules{
    rule_info{index_of(address_rule::lines), "ADR-R01", "error",
              "An address has 2 to 6 lines of 1 to 35 characters, the last of a Swedish one with postcode and town.",
              "Correct the customer's address."},
    rule_info{index_of(address_rule::postcode), "ADR-R02", "error", "A Swedish postcode is printed NNN NN, without SE.",
              "Correct the customer's postcode."},
    rule_info{index_of(address_rule::town), "ADR-R03", "error",
              "One or two blanks stand between postcode and town, and the town has 1 to 27 characters.",
              "Correct the customer's town."},
    rule_info{index_of(address_rule::country_line), "ADR-R04", "error",
              "The last line of an address abroad is the country in capitals; a Swedish address names no country.",
              "Correct the customer's country."},
    rule_info{index_of(address_rule::other_text), "ADR-R05", "warning", "No blank line and no other text stands in an address.",
              "Take numbers and labels out of the customer's address."},
    rule_info{index_of(address_rule::characters), "ADR-R06", "error", "The letter's font has every character of the address.",
              "Correct the customer's address, or choose another font."},
    rule_info{index_of(address_rule::box_and_street), "ADR-R07", "warning", "An address with a box has no street.",
              "Remove the street: the letter goes to the box."},
    rule_info{index_of(address_rule::protection), "ADR-R08", "error", "A letter to a protected recipient has no address lines.",
              "Stop the letter: it goes through the Tax Agency."},
};
static_assert(in_order(rules));

std::string blanks_at_ends_removed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

class checker {
 public:
    checker(std::span<const std::string> lines, std::string_view country, const address_demands& demands)
        : country_(country), demands_(demands) {
        for (const std::string& each : lines)
            lines_.push_back(blanks_at_ends_removed(each));
    }

    std::vector<address_finding> all() {
        sizes();
        if (!lines_.empty()) {
            if (country_ == sweden)
                domestic_end();
            else
                foreign_end();
        }
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            other_text(i);
            characters(i);
        }
        box_and_street();
        return std::move(found_);
    }

 private:
    void add(address_rule rule, std::size_t line, std::string found, std::string expected) {
        found_.push_back({rule, line, std::move(found), std::move(expected)});
    }

    void sizes() {
        const auto& limits = demands_.limits;
        if (lines_.size() < limits.least_lines || lines_.size() > limits.most_lines)
            add(address_rule::lines, 0, fmt::format("{} lines", lines_.size()),
                fmt::format("{} to {} lines", limits.least_lines, limits.most_lines));
        for (std::size_t i = 0; i < lines_.size(); ++i)
            if (const std::size_t size = count_code_points(lines_[i]); size > limits.line_characters)
                add(address_rule::lines, i + 1, fmt::format("{} characters", size),
                    fmt::format("at most {} characters", limits.line_characters));
    }

    void domestic_end() {
        std::size_t last = lines_.size() - 1;
        if (const country* named = country_named(lines_[last]); named != nullptr && named->code == sweden) {
            add(address_rule::country_line, last + 1, "a country", "no country line in a Swedish address");
            if (last == 0) return;
            --last;
        }
        postcode_line(last);
    }

    // "123 45 Provstad"
    void postcode_line(std::size_t at) {
        std::string_view line = lines_[at];
        for (const std::string_view prefix : {"SE-", "S-", "SE ", "S "})
            if (line.starts_with(prefix) && line.size() > prefix.size() && is_digit(line[prefix.size()]))
                return add(address_rule::postcode, at + 1, std::string(prefix), "a postcode without a country before it");
        if (line.empty() || !is_digit(line.front()))
            return add(address_rule::lines, at + 1, masked(line), "postcode and town on the last line");
        if (line.size() < 6 || !all_digits(line.substr(0, 3)) || line[3] != ' ' || !all_digits(line.substr(4, 2)) ||
            line[0] == '0')
            return add(address_rule::postcode, at + 1, masked(line.substr(0, line.find_last_of("0123456789") + 1)),
                       "a postcode as NNN NN, not beginning with 0");
        line.remove_prefix(6);
        const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
        if (line.empty() || blanks == line.size())
            return add(address_rule::town, at + 1, "no town", "a town behind the postcode");
        if (blanks < 1 || blanks > 2)
            add(address_rule::town, at + 1, fmt::format("{} blanks", blanks), "one blank behind the postcode");
        if (const std::size_t size = count_code_points(line.substr(blanks)); size > demands_.limits.town_characters)
            add(address_rule::town, at + 1, fmt::format("{} characters", size),
                fmt::format("a town of at most {} characters", demands_.limits.town_characters));
    }

    void foreign_end() {
        const country* const to = find_country(country_);
        if (to == nullptr) return add(address_rule::country_line, 0, masked(country_), "a country of ISO 3166-1");
        const std::string& last = lines_.back();
        const country* const named = country_named(last);
        const bool in_capitals = std::none_of(last.begin(), last.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        if (named == to && in_small_letters(last) != in_small_letters(to->code)) {
            if (!in_capitals) add(address_rule::country_line, lines_.size(), "small letters", std::string(to->swedish));
            return;
        }
        add(address_rule::country_line, lines_.size(), masked(last), std::string(to->swedish));
    }

    void other_text(std::size_t at) {
        const std::string& line = lines_[at];
        if (line.empty()) return add(address_rule::other_text, at + 1, "a blank line", "no blank line");
        constexpr std::array labels = {"kundnr",        "kundnummer", "kund nr", "kund-nr", "kundid", "fakturanr",
                                       "fakturanummer", "ocr",        "org.nr",  "orgnr",   "org nr", "personnr",
                                       "personnummer",  "ref",        "tel",     "mobil"};
        const std::string small = in_small_letters(line);
        for (const std::string_view label : labels)
            if (small.starts_with(label) && is_value(std::string_view(small).substr(label.size())))
                return add(address_rule::other_text, at + 1, std::string(label), "nothing but the address");
        if (holds_number(line, demands_.customer_number))
            add(address_rule::other_text, at + 1, "the customer number", "nothing but the address");
    }

    // ": 100200", ".nr 12": a label's number, not a word that begins alike ("Referensgatan 3").
    static bool is_value(std::string_view text) {
        const std::size_t first = text.find_first_not_of(" .:-#");
        return first != std::string_view::npos && is_digit(text[first]);
    }

    // Short numbers are house numbers as well.
    static bool holds_number(std::string_view line, std::string_view number) {
        constexpr std::size_t least = 5;
        if (number.size() < least) return false;
        for (std::size_t at = line.find(number); at != std::string_view::npos; at = line.find(number, at + 1)) {
            const bool begins = at == 0 || !is_digit(line[at - 1]);
            const bool ends = at + number.size() == line.size() || !is_digit(line[at + number.size()]);
            if (begins && ends) return true;
        }
        return false;
    }

    // One finding for a line, whatever it holds.
    void characters(std::size_t at) {
        std::string_view rest = lines_[at];
        if (!is_valid_utf8(rest)) return add(address_rule::characters, at + 1, "bytes that are no UTF-8", "UTF-8");
        while (!rest.empty()) {
            const auto [code, bytes] = code_point_at(rest, 0);
            const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
            if (control || (demands_.printable && !demands_.printable(code)))
                return add(address_rule::characters, at + 1, fmt::format("U+{:04X}", static_cast<std::uint32_t>(code)),
                           control ? "no control characters" : "characters of the letter's font");
            rest.remove_prefix(bytes);
        }
    }

    // A street ends with its number ("Provgatan 7", "Provgatan 7 B") or names an apartment.
    static bool is_street(std::string_view line) {
        const std::string small = in_small_letters(line);
        if (small.starts_with("c/o ") || small.starts_with("att: ")) return false;
        if (small.find(" lgh ") != std::string::npos) return true;
        std::string_view end = small;
        if (end.size() > 2 && end.back() >= 'a' && end.back() <= 'z' &&
            (end[end.size() - 2] == ' ' || is_digit(end[end.size() - 2]))) {
            end.remove_suffix(1);
            while (end.ends_with(' '))
                end.remove_suffix(1);
        }
        if (end.empty() || !is_digit(end.back())) return false;
        while (!end.empty() && is_digit(end.back()))
            end.remove_suffix(1);
        return end.ends_with(' ') && end.size() > 1;
    }

    static bool is_box(std::string_view line) {
        return in_small_letters(line.substr(0, 4)) == "box " && line.size() > 4 && all_digits(line.substr(4));
    }

    void box_and_street() {
        if (std::none_of(lines_.begin(), lines_.end(), is_box)) return;
        for (std::size_t i = 1; i + 1 < lines_.size(); ++i)
            if (!is_box(lines_[i]) && is_street(lines_[i]))
                return add(address_rule::box_and_street, i + 1, "a street beside a box", "the box alone");
    }

    std::vector<std::string> lines_;
    std::string_view country_;
    const address_demands& demands_;
    std::vector<address_finding> found_;
};

}  // namespace

std::span<const rule_info> address_rules() noexcept {
    return rules;
}

std::vector<address_finding> check_address(std::span<const std::string> lines, std::string_view country,
                                           const address_demands& demands) {
    if (!demands.protected_recipient) return checker(lines, country, demands).all();
    if (lines.empty()) return {};
    return {{address_rule::protection, 0, fmt::format("{} lines", lines.size()), "no address lines"}};
}

std::vector<address_finding> check_address(const address_block& block, const address_demands& demands) {
    std::vector<address_finding> found = check_address(block.lines, block.country, demands);
    if (block.street_left_out && !demands.protected_recipient)
        found.push_back({address_rule::box_and_street, 0, "a street beside a box", "the box alone"});
    return found;
}

}  // namespace brygga::print
