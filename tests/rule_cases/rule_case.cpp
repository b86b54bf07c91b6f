#include "tests/rule_cases/rule_case.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "formats/core/lines.hpp"
#include "formats/core/text.hpp"

namespace brygga::rule_cases {

namespace {

std::string to_iso(std::string_view utf8) {
    auto bytes = from_utf8(utf8, encoding::iso_8859_1);
    if (!bytes) throw std::runtime_error("outside ISO 8859-1");
    return *bytes;
}

unsigned number_in(std::string_view text, int base) {
    unsigned out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out, base);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) throw std::runtime_error("no number");
    return out;
}

// \t, \\, and \xHH for any other byte.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\') {
            out += text[at];
            continue;
        }
        if (++at == text.size()) throw std::runtime_error("a backslash at the end");
        if (text[at] == 't')
            out += '\t';
        else if (text[at] == 'x' && at + 2 < text.size()) {
            out += static_cast<char>(number_in(text.substr(at + 1, 2), 16));
            at += 2;
        } else
            out += text[at];
    }
    return out;
}

struct case_line {
    std::string bytes, end;
};

// A case as its lines are carried out, one after the other.
class case_in_making {
 public:
    case_in_making(const language& in, std::string rule, bool breaks, std::string title) : in_(&in) {
        out_.rule = std::move(rule);
        out_.breaks = breaks;
        out_.title = std::move(title);
    }

    void take(std::string_view verb, std::istringstream& rest) {
        if (verb == "base") return base(word(rest));
        if (verb == "finds") return out_.findings.push_back(remainder(rest));
        if (verb == "holds") return out_.holds.push_back(remainder(rest));
        if (std::find(in_->settings.begin(), in_->settings.end(), verb) != in_->settings.end())
            return out_.settings.push_back({std::string(verb), remainder(rest)});
        if (!whole(verb, rest)) edit(verb, rest);
    }

    rule_case finish() {
        for (const case_line& line : lines_)
            out_.bytes += line.bytes + line.end;
        if (utf_8_) out_.bytes = to_utf8(out_.bytes, encoding::iso_8859_1);
        if (cp850_) out_.bytes = *from_utf8(to_utf8(out_.bytes, encoding::iso_8859_1), encoding::cp850);
        out_.bytes = before_ + out_.bytes + after_;
        for (int more = copies_ - 1; more > 0; --more)
            out_.bytes += out_.bytes;
        std::sort(out_.findings.begin(), out_.findings.end());
        std::sort(out_.holds.begin(), out_.holds.end());
        return std::move(out_);
    }

 private:
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
    // Text between double quotes, UTF-8 with escapes, as ISO 8859-1.
    static std::string quoted(std::istringstream& in) {
        const std::string text = remainder(in);
        if (text.size() < 2 || text.front() != '"' || text.back() != '"')
            throw std::runtime_error("text in double quotes is missing");
        return unescaped(to_iso(std::string_view(text).substr(1, text.size() - 2)));
    }

    void base(const std::string& number) {
        for (std::string& line : worked_example(*in_, number))
            lines_.push_back({std::move(line), "\r\n"});
    }

    bool whole(std::string_view verb, std::istringstream& rest) {
        if (verb == "utf-8")
            utf_8_ = true;
        else if (verb == "cp850")
            cp850_ = true;
        else if (verb == "prepend")
            before_ += quoted(rest);
        else if (verb == "append")
            after_ += quoted(rest);
        else if (verb == "twice")
            copies_ = 2;
        else
            return false;
        return true;
    }

    case_line& at(std::size_t number) {
        if (number == 0 || number > lines_.size()) throw std::runtime_error(fmt::format("no line {}", number));
        return lines_[number - 1];
    }

    void edit(std::string_view verb, std::istringstream& rest) {
        const std::size_t number = count(rest);
        if (verb == "put") {
            const std::size_t column = count(rest);
            const std::string text = quoted(rest);
            std::string& line = at(number).bytes;
            if (column == 0 || column - 1 + text.size() > line.size()) throw std::runtime_error("beyond the line");
            line.replace(column - 1, text.size(), text);
        } else if (verb == "add") {  // after this line; 0 is before the first
            std::string text = quoted(rest);
            if (text.size() < in_->width) text.resize(in_->width, ' ');
            if (number > lines_.size()) throw std::runtime_error("no such line");
            lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(number), {text, "\r\n"});
        } else if (verb == "raw") {
            at(number).bytes = quoted(rest);
        } else if (verb == "extend") {
            at(number).bytes += quoted(rest);
        } else if (verb == "cut") {
            at(number).bytes.resize(count(rest));
        } else if (verb == "trim") {
            std::string& line = at(number).bytes;
            line.resize(line.find_last_not_of(' ') + 1);
        } else if (verb == "drop") {
            const std::size_t last = std::max(number, optional_count(rest, number));
            static_cast<void>(at(last));
            lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(number - 1),
                         lines_.begin() + static_cast<std::ptrdiff_t>(last));
        } else if (verb == "repeat") {
            const case_line copy = at(number);
            lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(number), count(rest) - 1, copy);
        } else if (verb == "end") {
            at(number).end = quoted(rest);
        } else {
            throw std::runtime_error(fmt::format("no verb {}", verb));
        }
    }

    static std::size_t optional_count(std::istringstream& in, std::size_t otherwise) {
        std::size_t out = 0;
        return in >> out ? out : otherwise;
    }

    const language* in_;
    rule_case out_;
    std::vector<case_line> lines_;
    std::string before_, after_;
    int copies_ = 1;
    bool utf_8_ = false, cp850_ = false;
};

std::filesystem::path source_folder() {
    return BRYGGA_SOURCE_DIR;
}

}  // namespace

std::string file_bytes(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<std::string> worked_example(const language& in, const std::string& number) {
    const std::string bytes = file_bytes(source_folder() / "fixtures" / in.format / fmt::format("example-{}.txt", number));
    std::vector<std::string> out;
    line_cutter cutter(bytes);
    physical_line line;
    while (cutter.next(line)) {
        out.emplace_back(line.bytes);
        out.back().resize(in.width, ' ');
    }
    return out;
}

std::string joined(const std::vector<std::string>& lines, std::string_view line_end) {
    std::string out;
    for (const std::string& line : lines)
        out.append(line).append(line_end);
    return out;
}

std::vector<std::filesystem::path> files_of(const language& in) {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "tests" / in.format / "rules"))
        if (entry.path().extension() == ".txt") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<rule_case> load(const language& in_language, const std::filesystem::path& file) {
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
                making.emplace(in_language, file.stem().string(), verb == "fail:", line.substr(verb.size() + 1));
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

std::vector<std::string> texts_of(const finding_list& findings) {
    std::vector<std::string> out;
    for (const finding& each : findings.kept()) {
        std::string text = fmt::format("{} {} {}", each.rule->id, name(each.level), each.where.line);
        if (each.where.first_column != 0) text += fmt::format(" {}-{}", each.where.first_column, each.where.last_column);
        if (!each.field.empty()) text += " " + each.field;
        out.push_back(std::move(text));
    }
    return out;
}

std::string hold_text(const rule_info& broken, std::uint32_t section_no, std::uint32_t ordinal) {
    std::string text = fmt::format("{} section {}", broken.id, section_no);
    if (ordinal != 0) text += fmt::format(" payment {}", ordinal);
    return text;
}

std::map<std::string, coverage> coverage_of(const language& in) {
    std::map<std::string, coverage> out;
    for (const std::filesystem::path& file : files_of(in))
        for (const rule_case& each : load(in, file)) {
            coverage& entry = out[each.rule];
            entry.kept = entry.kept || !each.breaks;
            for (const std::string& text : each.findings) {
                if (!text.starts_with(each.rule + " ")) continue;
                const std::string rest = text.substr(each.rule.size() + 1);
                entry.severities.insert(rest.substr(0, rest.find(' ')));
            }
        }
    return out;
}

std::set<std::string> severities_of(const rule_info& rule) {
    std::string all(rule.severities);
    std::replace(all.begin(), all.end(), '/', ' ');
    std::istringstream words(all);
    std::set<std::string> out;
    for (std::string word; words >> word;)
        out.insert(word);
    return out;
}

bool names_rule(const std::vector<std::string>& findings, const std::string& rule) {
    return std::any_of(findings.begin(), findings.end(), [&](const std::string& each) { return each.starts_with(rule + " "); });
}

}  // namespace brygga::rule_cases
