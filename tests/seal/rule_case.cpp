#include "tests/seal/rule_case.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "formats/bankgirot/seal/writer.hpp"
#include "formats/core/lines.hpp"
#include "formats/core/text.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::seal::testing {

namespace {

constexpr std::size_t width = 80;

// \t, \\, and \xHH for any other byte; UTF-8 becomes ISO 8859-1.
std::string unescaped(std::string_view utf8) {
    const auto text = from_utf8(utf8, encoding::iso_8859_1);
    if (!text) throw std::runtime_error("outside ISO 8859-1");
    std::string out;
    for (std::size_t at = 0; at < text->size(); ++at) {
        if ((*text)[at] != '\\' || at + 1 == text->size()) {
            out += (*text)[at];
        } else if ((*text)[++at] == 'x' && at + 2 < text->size()) {
            unsigned byte = 0;
            std::from_chars(text->data() + at + 1, text->data() + at + 3, byte, 16);
            out += static_cast<char>(byte);
            at += 2;
        } else {
            out += (*text)[at] == 't' ? '\t' : (*text)[at];
        }
    }
    return out;
}

// A case as its lines are carried out, one after the other.
class case_in_making {
 public:
    case_in_making(std::string rule, bool breaks, std::string title) {
        out_.rule = std::move(rule);
        out_.breaks = breaks;
        out_.title = std::move(title);
        out_.keys = {std::string(test_key)};
    }

    void take(std::string_view verb, std::istringstream& rest) {
        if (verb == "base") return base(word(rest));
        if (verb == "finds") return out_.findings.push_back(remainder(rest));
        if (!caller(verb, rest) && !whole(verb, rest)) edit(verb, rest);
    }

    rule_case finish() {
        out_.bytes = joined();
        std::sort(out_.findings.begin(), out_.findings.end());
        return std::move(out_);
    }

 private:
    struct line {
        std::string bytes, end;
    };

    static std::string word(std::istringstream& in) {
        std::string out;
        if (!(in >> out)) throw std::runtime_error("a word is missing");
        return out;
    }
    static std::size_t count(std::istringstream& in) {
        std::size_t out = 0;
        if (!(in >> out)) throw std::runtime_error("a number is missing");
        return out;
    }
    static std::string remainder(std::istringstream& in) {
        std::string out;
        std::getline(in >> std::ws, out);
        return out;
    }
    static std::string quoted(std::istringstream& in) {
        const std::string text = remainder(in);
        if (text.size() < 2 || text.front() != '"' || text.back() != '"') throw std::runtime_error("no text in double quotes");
        return unescaped(std::string_view(text).substr(1, text.size() - 2));
    }

    void base(const std::string& number) {
        const std::string bytes = example(number);
        line_cutter cutter(bytes);
        for (physical_line each; cutter.next(each);)
            lines_.push_back({std::string(each.bytes), std::string(each.end)});
    }

    std::string joined() const {
        std::string out = before_;
        for (const line& each : lines_)
            out += each.bytes + each.end;
        return out + after_;
    }

    bool caller(std::string_view verb, std::istringstream& rest) {
        if (verb == "today")
            out_.options.today = parse_iso_date(word(rest)).value();
        else if (verb == "max-age")
            out_.options.max_age_days = static_cast<int>(count(rest));
        else if (verb == "keys") {
            out_.keys.clear();
            for (std::string each; rest >> each;)
                out_.keys.push_back(each);
        } else if (verb == "kvv")
            out_.kvv = word(rest);
        else if (verb == "verdict")
            out_.verdict = remainder(rest);
        else
            return false;
        return true;
    }

    bool whole(std::string_view verb, std::istringstream& rest) {
        if (verb == "seals") {  // the example without its seal
            out_.seals = true;
            if (!lines_.empty()) lines_ = {lines_.begin() + 1, lines_.end() - 1};
        } else if (verb == "reseal") {  // the last line's MAC fits again
            line& last = lines_.back();
            const line keep = last;
            lines_.pop_back();
            std::string content;
            for (const line& each : lines_)
                content += each.bytes;
            lines_.push_back(keep);
            lines_.back().bytes.replace(40, 32, reference_mac(test_key, content));
        } else if (verb == "line-ends") {
            const std::string end = quoted(rest);
            for (line& each : lines_)
                each.end = end;
        } else if (verb == "utf-8") {
            for (line& each : lines_)
                each.bytes = to_utf8(each.bytes, encoding::iso_8859_1);
        } else if (verb == "prepend") {
            before_ += quoted(rest);
        } else if (verb == "append") {
            after_ += quoted(rest);
        } else {
            return false;
        }
        return true;
    }

    line& at(std::size_t number) {
        if (number == 0 || number > lines_.size()) throw std::runtime_error(fmt::format("no line {}", number));
        return lines_[number - 1];
    }

    void edit(std::string_view verb, std::istringstream& rest) {
        const std::size_t number = count(rest);
        if (verb == "put") {
            const std::size_t column = count(rest);
            const std::string text = quoted(rest);
            if (column - 1 + text.size() > at(number).bytes.size()) throw std::runtime_error("beyond the line");
            at(number).bytes.replace(column - 1, text.size(), text);
        } else if (verb == "add") {  // after this line; 0 is before the first
            std::string text = quoted(rest);
            if (!text.empty() && text.size() < width) text.resize(width, ' ');
            lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(number), {text, "\r\n"});
        } else if (verb == "raw") {
            at(number).bytes = quoted(rest);
        } else if (verb == "extend") {
            at(number).bytes += quoted(rest);
        } else if (verb == "cut") {
            at(number).bytes.resize(count(rest));
        } else if (verb == "lower") {
            for (char& each : at(number).bytes)
                if (each >= 'A' && each <= 'F') each = static_cast<char>(each - 'A' + 'a');
        } else if (verb == "drop") {
            static_cast<void>(at(number));
            lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(number - 1));
        } else if (verb == "swap") {
            std::swap(at(number).bytes, at(count(rest)).bytes);
        } else if (verb == "end") {
            at(number).end = quoted(rest);
        } else {
            throw std::runtime_error(fmt::format("no verb {}", verb));
        }
    }

    rule_case out_;
    std::vector<line> lines_;
    std::string before_, after_;
};

std::vector<std::string> texts_of(const finding_list& list) {
    std::vector<std::string> out;
    for (const finding& each : list.kept()) {
        std::string text = fmt::format("{} {}", each.rule->id, name(each.level));
        if (each.where.line != 0) text += fmt::format(" {}", each.where.line);
        if (each.where.first_column != 0) text += fmt::format(" {}-{}", each.where.first_column, each.where.last_column);
        if (!each.field.empty()) text += " " + each.field;
        out.push_back(std::move(text));
    }
    std::sort(out.begin(), out.end());
    return out;
}

outcome run_sealing(const rule_case& item, const key& with) {
    seal_options options;
    options.day = item.options.today.value_or(*parse_iso_date("2026-11-23"));
    if (!item.kvv.empty()) options.kvv = parse_mac(item.kvv).value();
    std::string out;
    auto done = seal_file(item.bytes, with, options, [&](std::string_view part) { out += part; });
    if (!done) return {name(done.error().code).data(), {}, finding_list(rules())};
    if (done->accepted() == out.empty()) throw std::runtime_error("bytes of a refused file, or none of an accepted one");
    return {done->accepted() ? "ok" : "refused", texts_of(done->findings), std::move(done->findings)};
}

}  // namespace

outcome run(const rule_case& item) {
    std::vector<key> keys;
    for (const std::string& digits : item.keys) {
        auto made = key::from_digits(digits == "blank" ? "" : digits);
        // SEAL-R01 has no file to point into: it is the error of the key.
        if (!made)
            return {"refused", {made.error().text.substr(0, made.error().text.find(':')) + " error"}, finding_list(rules())};
        keys.push_back(std::move(*made));
    }
    if (item.seals) return run_sealing(item, keys.front());
    auto what = verify(item.bytes, keys, item.options);
    if (!what) throw std::runtime_error(what.error().text);
    return {std::string(name(what->is)), texts_of(what->findings), std::move(what->findings)};
}

std::vector<std::filesystem::path> rule_case_files() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(BRYGGA_SOURCE_DIR) / "tests" / "seal" / "rules"))
        if (entry.path().extension() == ".txt") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<rule_case> load_rule_cases(const std::filesystem::path& file) {
    std::vector<rule_case> out;
    std::optional<case_in_making> making;
    std::istringstream in(file_bytes(file));
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number)
        try {
            if (line.empty() || line.front() == '#') continue;
            std::istringstream words(line);
            std::string verb;
            words >> verb;
            if (verb == "pass:" || verb == "fail:") {
                if (making) out.push_back(making->finish());
                making.emplace(file.stem().string(), verb == "fail:", line.substr(verb.size() + 1));
            } else if (making) {
                making->take(verb, words);
            } else {
                throw std::runtime_error("a case begins with \"pass: TITLE\" or \"fail: TITLE\"");
            }
        } catch (const std::exception& wrong) {
            throw std::runtime_error(fmt::format("{} line {}: {}", file.filename().string(), number, wrong.what()));
        }
    if (making) out.push_back(making->finish());
    return out;
}

}  // namespace brygga::seal::testing
