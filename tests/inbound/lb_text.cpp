#include "tests/inbound/lb_text.hpp"

#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "formats/core/text.hpp"
#include "tests/inbound/bgmax_text.hpp"

namespace brygga::inbound::test {

namespace {

constexpr std::string_view account_number = "0000000018", plusgiro = "0001234566";

class describer {
 public:
    void take(const std::string& text) {
        std::istringstream in(text);
        std::vector<std::string> words;
        for (std::string word; in >> word;)
            words.push_back(word);
        if (words.empty()) return;
        if (words[0] == "open") return open(words);
        if (words[0] == "pay") return payment(words);
        if (words[0] == "error") return error(words);
        if (words[0] == "day") return days_.push_back({yymmdd(words.at(1)), ore_of(words.at(2))});
        if (words[0] == "returned") return returned(words);
        if (words[0] == "close") return close(words);
        throw std::runtime_error("no such record: " + text);
    }
    [[nodiscard]] std::string bytes() const { return from_utf8(text_, encoding::iso_8859_1).value(); }

 private:
    struct watched {
        std::string day;
        std::int64_t ore{};
    };

    static std::string yymmdd(const std::string& day) { return day.substr(2, 2) + day.substr(5, 2) + day.substr(8, 2); }
    static std::string own(const std::vector<std::string>& words) {
        for (const std::string& each : words)
            if (each.starts_with("own=")) return each.substr(4);
        return {};
    }

    void line(const std::string& record) { text_ += fmt::format("{:<80}\r\n", record); }

    void open(const std::vector<std::string>& words) {
        kind_ = words.at(1);
        day_ = yymmdd(words.at(2));
        bankgiro_ = words.size() > 3 ? words[3] : "9912346";
        number_ = sum_ore_ = 0;
        if (kind_ == "orders") return line(fmt::format("1{0}{0}{1:0>10}", day_, bankgiro_));
        const char mark = kind_ == "spec"       ? '1'
                          : kind_ == "watch"    ? '2'
                          : kind_ == "rejected" ? '6'
                          : kind_ == "other"    ? '9'
                                                : ' ';
        line(fmt::format("11{:0>10}{}LEVERANTÖRSBETALNINGAR{}{}", bankgiro_, day_, kind_ == "order" ? "      " : day_, mark));
    }
    void payment(const std::vector<std::string>& words) {
        const std::int64_t ore = ore_of(words.at(1));
        const bool to_plusgiro = words.back() == "to=plusgiro";
        ++number_;
        sum_ore_ += ore;
        if (!to_plusgiro) line(fmt::format("40{}3300001212121212", account_number));
        const std::string behind = kind_ == "order" || kind_ == "rejected" ? day_ + "     " : "00000000000";
        line(fmt::format("{}{}{:<25}{:0>12}{}{:<20}", to_plusgiro ? "54" : "14", to_plusgiro ? plusgiro : account_number,
                         "ATERBET 7001", ore, behind, own(words)));
    }
    void error(const std::vector<std::string>& words) {
        if (words.back() == "same") return line("49    0000SE FÖREGÅENDE POST");
        line(fmt::format("49MTRV{}FELAKTIGT KONTO FÖR ANNA EXEMPEL", words.at(1)));
    }
    void returned(const std::vector<std::string>& words) {
        const std::int64_t ore = ore_of(words.at(1));
        sum_ore_ += ore;
        line(fmt::format("2{:09}1{:<20}{}{}{:012}", 4711 + ++number_, own(words), day_, day_, ore));
    }
    void watch() {
        for (const watched& each : days_)
            sum_ore_ += each.ore;
        const std::string none = "0000000000000 ";
        line(fmt::format("40{:013} {}{}{}", sum_ore_, none, none, none));
        line("41" + none + none + none + none);
        line(fmt::format("42{}{}{:013} {}", none, none, sum_ore_, none));
        for (const watched& each : days_)
            line(fmt::format("43{}{:019} {}00", each.day, each.ore, none));
        number_ = 3 + static_cast<std::int64_t>(days_.size());
        days_.clear();
    }
    void close(const std::vector<std::string>& words) {
        if (kind_ == "watch") watch();
        if (kind_ == "orders") return line(fmt::format("3{:27}{}{:6}{:012}", "", day_, "", sum_ore_));
        if (words.size() > 1) sum_ore_ = ore_of(words[1]);
        const bool tells_sum = kind_ == "spec" || kind_ == "order";
        line(fmt::format("29{:0>10}{:08}{}", bankgiro_, number_, tells_sum ? fmt::format("{:012}", sum_ore_) : std::string()));
    }

    std::string text_, kind_, day_, bankgiro_;
    std::int64_t number_ = 0, sum_ore_ = 0;
    std::vector<watched> days_;
};

}  // namespace

std::string lb_bytes(std::string_view description) {
    describer out;
    std::istringstream in{std::string(description)};
    for (std::string line; std::getline(in, line);)
        out.take(line);
    return out.bytes();
}

}  // namespace brygga::inbound::test
