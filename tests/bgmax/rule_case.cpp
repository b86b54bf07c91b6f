#include "tests/bgmax/rule_case.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "formats/layout/lines.hpp"

namespace brygga::bgmax::testing {

namespace {

constexpr std::size_t width = 80;

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
    case_in_making(std::string rule, bool breaks, std::string title) {
        out_.rule = std::move(rule);
        out_.breaks = breaks;
        out_.title = std::move(title);
    }

    void take(std::string_view verb, std::istringstream& rest) {
        if (verb == "base") return base(word(rest));
        if (verb == "finds") return out_.findings.push_back(remainder(rest));
        if (verb == "holds") return out_.holds.push_back(remainder(rest));
        if (context(verb, rest) || whole(verb, rest)) return;
        edit(verb, rest);
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
        if (context_) out_.options.context = *context_;
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
        for (std::string& line : worked_example(number))
            lines_.push_back({std::move(line), "\r\n"});
    }

    read_context& known() {
        if (!context_) context_ = read_context{};
        return *context_;
    }

    bool context(std::string_view verb, std::istringstream& rest) {
        if (verb == "today") {
            const auto day = parse_iso_date(word(rest));
            if (!day) throw std::runtime_error("no date");
            known().today = *day;
        } else if (verb == "test-system") {
            known().test_system = true;
        } else if (verb == "receiver") {
            known().receivers.push_back(own_receiver(rest));
        } else if (verb == "newer-version") {
            out_.options.accept_newer_version = true;
        } else if (verb == "force") {
            out_.options.force_encoding = parse_encoding(word(rest));
        } else {
            return false;
        }
        return true;
    }

    static receiver own_receiver(std::istringstream& rest) {
        receiver out;
        out.bankgiro = word(rest);
        std::string more;
        while (rest >> more) {
            if (more == "ocr1") out.ocr.level = ocr_level::soft;
            if (more == "ocr2") out.ocr.level = ocr_level::hard;
            if (more == "ocr3") out.ocr.level = ocr_level::variable_length;
            if (more.starts_with("length")) {
                out.ocr.level = ocr_level::fixed_length;
                out.ocr.lengths.push_back(number_in(std::string_view(more).substr(6), 10));
            }
            if (more == "slips") out.extended_slip_registration = true;
        }
        return out;
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
            if (text.size() < width) text.resize(width, ' ');
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

    rule_case out_;
    std::vector<case_line> lines_;
    std::string before_, after_;
    std::optional<read_context> context_;
    int copies_ = 1;
    bool utf_8_ = false, cp850_ = false;
};

}  // namespace

std::string file_bytes(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<std::string> worked_example(const std::string& number) {
    const std::string bytes =
        file_bytes(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / "bgmax" / fmt::format("example-{}.txt", number));
    std::vector<std::string> out;
    line_cutter cutter(bytes);
    physical_line line;
    while (cutter.next(line)) {
        out.emplace_back(line.bytes);
        out.back().resize(width, ' ');
    }
    return out;
}

std::string joined(const std::vector<std::string>& lines, std::string_view line_end) {
    std::string out;
    for (const std::string& line : lines)
        out.append(line).append(line_end);
    return out;
}

std::vector<std::filesystem::path> rule_case_files() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(BRYGGA_SOURCE_DIR) / "tests" / "bgmax" / "rules"))
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

std::vector<std::string> findings_of(const std::vector<logical_file>& files) {
    std::vector<std::string> out;
    for (const logical_file& file : files)
        for (const finding& each : file.findings.kept()) {
            std::string text = fmt::format("{} {} {}", each.rule->id, name(each.level), each.where.line);
            if (each.where.first_column != 0) text += fmt::format(" {}-{}", each.where.first_column, each.where.last_column);
            if (!each.field.empty()) text += " " + each.field;
            out.push_back(std::move(text));
        }
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> holds_of(const std::vector<logical_file>& files) {
    std::vector<std::string> out;
    for (const logical_file& file : files)
        for (const hold_mark& each : file.holds) {
            std::string text = fmt::format("{} section {}", info(each.broken).id, each.section_no);
            if (each.ordinal != 0) text += fmt::format(" payment {}", each.ordinal);
            out.push_back(std::move(text));
        }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace brygga::bgmax::testing
