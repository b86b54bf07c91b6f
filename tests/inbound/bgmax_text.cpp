#include "tests/inbound/bgmax_text.hpp"

#include <cstdint>
#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "formats/core/money.hpp"
#include "formats/core/text.hpp"

namespace brygga::inbound::test {

namespace {

std::string zeros(std::string_view digits, std::size_t width) {
    if (digits.size() > width) throw std::runtime_error("too long: " + std::string(digits));
    return std::string(width - digits.size(), '0') + std::string(digits);
}

std::string zeros(std::int64_t number, std::size_t width) {
    return zeros(std::to_string(number), width);
}

// Left-aligned in `width` columns of UTF-8 text.
std::string blanks(std::string_view text, std::size_t width) {
    const std::size_t columns = count_code_points(text);
    if (columns > width) throw std::runtime_error("too long: " + std::string(text));
    return std::string(text) + std::string(columns < width ? width - columns : 0, ' ');
}

std::string right_aligned(std::string_view text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + std::string(text);
}

std::string without_hyphens(std::string text) {
    std::erase(text, '-');
    return text;
}

struct words {
    std::vector<std::string> plain;
    std::map<std::string, std::string> named;

    [[nodiscard]] std::string get(const std::string& name, const std::string& otherwise) const {
        const auto found = named.find(name);
        return found == named.end() ? otherwise : found->second;
    }
};

// Words, name=value and name="value with blanks".
words split(const std::string& line) {
    words found;
    for (std::size_t at = line.find_first_not_of(' '); at < line.size(); at = line.find_first_not_of(' ', at)) {
        const std::size_t quote = line.find("=\"", at);
        std::size_t end = std::min(line.find(' ', at), line.size());
        const bool quoted = quote < end;
        if (quoted) end = line.find('"', quote + 2) + 1;
        const std::string word = line.substr(at, end - at);
        const std::size_t equals = word.find('=');
        if (quoted)
            found.named[word.substr(0, equals)] = word.substr(equals + 2, word.size() - equals - 3);
        else if (equals != std::string::npos)
            found.named[word.substr(0, equals)] = word.substr(equals + 1);
        else
            found.plain.push_back(word);
        at = end;
    }
    return found;
}

class writer {
 public:
    void add(const std::string& line) {
        const std::string verb = line.substr(0, line.find(' '));
        const std::string rest = verb.size() < line.size() ? line.substr(verb.size() + 1) : std::string();
        if (verb == "text") return record("25" + blanks(rest, 50));
        if (verb == "name") return pair("26", rest, 35, 35);
        if (verb == "street") return pair("27", rest, 35, 9);
        if (verb == "town") return record("28" + rest);
        const words in = split(rest);
        if (verb == "written")
            return record("01BGMAX               01" + without_hyphens(in.plain.at(0)) + "163005123456" + in.plain.at(1));
        if (verb == "section") return section(in);
        if (verb == "pay" || verb == "deduct") return payment(verb == "pay" ? "20" : "21", in);
        if (verb == "+" || verb == "-") return extra(verb == "+" ? "22" : "23", in);
        if (verb == "organisation") return record("29" + zeros(in.plain.at(0), 12));
        if (verb == "deposit") return deposit(in);
        if (verb == "end") return end();
        throw std::runtime_error("no such record: " + line);
    }

    std::string bytes;

 private:
    void record(const std::string& columns) { bytes += from_utf8(blanks(columns, 80), encoding::iso_8859_1).value() + "\r\n"; }

    void pair(const std::string& code, const std::string& rest, std::size_t first, std::size_t second) {
        const std::size_t bar = rest.find(" | ");
        record(code + blanks(rest.substr(0, bar), first) +
               (bar == std::string::npos ? "" : blanks(rest.substr(bar + 3), second)));
    }

    void section(const words& in) {
        currency_ = in.plain.size() > 1 ? in.plain[1] : "SEK";
        sum_ore_ = 0;
        count_ = 0;
        record("05" + zeros(in.plain.at(0), 10) + std::string(10, ' ') + currency_);
    }

    // 3-70 of TK20 to TK23. Code 2 references stand right-aligned, but not in Autogiro files.
    std::string common(const std::string& code, const words& in, std::int64_t amount_ore) {
        const std::string ref = in.get("ref", ""), kind = in.get("code", "2");
        channel_ = in.get("channel", channel_);
        payer_ = in.get("payer", payer_);
        serial_ = in.get("serial", channel_ == "4" ? std::string(12, ' ') : serial_);
        const bool right = kind == "2" && channel_ != "4";
        return code + zeros(payer_, 10) + (right ? right_aligned(ref, 25) : blanks(ref, 25)) + zeros(amount_ore, 18) + kind +
               channel_ + serial_ + (channel_ == "4" ? " " : in.get("image", "0"));
    }

    void payment(const std::string& code, const words& in) {
        const std::int64_t amount_ore = ore_of(in.plain.at(0));
        channel_ = "1";
        payer_ = "0";
        serial_ = zeros(next_serial_++, 12);
        const bool deduction = code == "21";
        ++(deduction ? deductions_ : payments_);
        ++count_;
        sum_ore_ += deduction ? -amount_ore : amount_ore;
        record(common(code, in, amount_ore) + (deduction ? in.get("kind", "0") : ""));
    }

    void extra(const std::string& code, const words& in) {
        ++extras_;
        record(common(code, in, ore_of(in.plain.at(0))));
    }

    void deposit(const words& in) {
        ++deposits_;
        const std::string sum = in.get("sum", ""), count = in.get("count", "");
        record("15" +
               zeros("58410000010098"
                     "23",
                     35) +
               without_hyphens(in.plain.at(0)) + blanks(in.plain.at(1) == "blank" ? "" : in.plain[1], 5) +
               zeros(sum.empty() ? sum_ore_ : ore_of(sum), 18) + currency_ +
               zeros(count.empty() ? std::to_string(count_) : count, 8));
    }

    void end() {
        record("70" + zeros(payments_, 8) + zeros(deductions_, 8) + zeros(extras_, 8) + zeros(deposits_, 8));
        payments_ = deductions_ = extras_ = deposits_ = 0;
    }

    std::string currency_ = "SEK", channel_ = "1", payer_ = "0", serial_;
    std::int64_t next_serial_ = 900'000'000'001;
    std::int64_t sum_ore_ = 0, count_ = 0, payments_ = 0, deductions_ = 0, extras_ = 0, deposits_ = 0;
};

}  // namespace

std::int64_t ore_of(std::string_view amount) {
    return parse_decimal_amount(amount).value();
}

std::string bgmax_bytes(std::string_view description) {
    writer out;
    std::istringstream lines{std::string(description)};
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) out.add(line);
    return out.bytes;
}

}  // namespace brygga::inbound::test
