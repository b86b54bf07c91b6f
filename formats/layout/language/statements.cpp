#include "formats/layout/language/detail/statements.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "formats/core/text.hpp"
#include "formats/layout/language/detail/grammar.hpp"

namespace brygga::layout::language::detail {

namespace {

struct statement {
    view whole, head;         // whole: with its lines
    std::vector<view> lines;  // the indented ones that say something
};

bool is_indent(char c) noexcept {
    return c == ' ' || c == '\t';
}

bool is_control(view line, std::size_t i) noexcept {
    const auto byte = static_cast<unsigned char>(line[i]);
    const bool c1 = byte == 0xC2 && static_cast<unsigned char>(line[i + 1]) < 0xA0;
    return (byte < 0x20 && byte != '\t') || byte == 0x7F || c1;
}

// What a layout's text must be before anything is looked for in it.
bool is_readable(source_texts& texts, const source& file) {
    bool fine = true;
    const auto wrong = [&](view place, std::string expected) {
        texts.fault(place, std::move(expected));
        fine = false;
    };
    const view text = file.text;
    if (text.size() > max_layout_bytes) wrong(text.substr(0, 0), fmt::format("a file of at most {} bytes", max_layout_bytes));
    for (const view line : file.lines) {
        if (!fine && text.size() > max_layout_bytes) break;
        if (line.size() > max_layout_line_bytes) {
            wrong(line.substr(0, 0), fmt::format("lines of at most {} bytes", max_layout_line_bytes));
        } else if (!is_valid_utf8(line)) {
            wrong(line, "UTF-8");
        } else {
            std::size_t at = 0;
            while (at < line.size() && !is_control(line, at))
                ++at;
            if (at < line.size()) wrong(line.substr(at, 1), "no control characters but TAB");
        }
    }
    return fine;
}

std::vector<statement> statements_of(source_texts& texts, const source& file) {
    std::vector<statement> out;
    for (const view line : file.lines) {
        const char* const end = line.data() + line.size();
        const char* const at = skip_blanks(line.data(), end);
        if (at == end) continue;
        if (!is_indent(line.front())) {
            out.push_back({line, line, {}});
        } else if (out.empty()) {
            texts.fault(token_at(at, end), "a statement, in the first column");
        } else {
            statement& whole = out.back();
            whole.lines.push_back(line);
            whole.whole = view(whole.whole.data(), static_cast<std::size_t>(end - whole.whole.data()));
        }
    }
    return out;
}

// "sub/b.layout" for "b.layout" in "sub/a.layout"; nothing where that leads outside the folder of the first file.
std::optional<std::string> path_from(std::string_view folder, std::string_view written) {
    std::string path(folder);
    std::size_t parts = 0;
    while (true) {
        const std::size_t end = std::min(written.find('/'), written.size());
        const std::string_view part = written.substr(0, end);
        if (part.empty() || part == "." || part == ".." || part.find('\\') != std::string_view::npos) return std::nullopt;
        if (parts++ != 0) path += '/';
        path += part;
        if (end == written.size()) return path;
        written.remove_prefix(end + 1);
    }
}

class statement_reader {
 public:
    statement_reader(source_texts& texts, const opener& open) : texts_(texts), open_(open) {}

    void read(const source& file, std::string_view folder, std::size_t depth) {
        if (!is_readable(texts_, file)) {
            tree.incomplete = true;
            return;
        }
        bool first = depth == 0;
        for (const statement& each : statements_of(texts_, file)) {
            const view word = first_word(each.head);
            if (first && word != "format") texts_.fault(token(each.head), "format, the first statement");
            if (std::exchange(first, false) && word != "format") tree.words.push_back("format");
            if (word == "include")
                include(each, folder, depth);
            else
                take(each, word, depth);
        }
        if (first) {  // nothing stands in it
            texts_.fault(file.lines.front().substr(0, 0), "format, the first statement");
            tree.incomplete = true;
        }
    }

    layout_tree tree;

 private:
    static view token(view text) { return token_at(text.data(), text.data() + text.size()); }

    void not_understood(view text, const progress& seen) {
        const char* const end = text.data() + text.size();
        const char* const at = seen.at == end ? seen.behind : seen.at;
        texts_.fault(seen.at == end ? view(at, 0) : token_at(at, end), listed(seen.expected));
    }

    template <class Tree>
    bool read_text(view text, Tree& into, bool (*parse)(view, Tree&, progress&)) {
        progress seen;
        if (parse(text, into, seen)) return true;
        not_understood(text, seen);
        return false;
    }

    // Of statements with lines: each line is understood by itself.
    template <class Tree>
    void read_lines(const statement& from, std::vector<Tree>& into, std::size_t limit, bool (*parse)(view, Tree&, progress&),
                    bool (*parse_line)(view, Tree&, progress&)) {
        if (!has_room(from, into.size(), limit)) return;
        Tree made;
        const bool understood = read_text(from.head, made, parse);
        if (!understood) tree.incomplete = true;
        for (const view line : from.lines)
            if (!read_text(line, made, parse_line)) made.broken = true;
        if (understood) into.push_back(std::move(made));
    }

    template <class Tree>
    void read_each(const statement& from, std::vector<Tree>& into, bool (*parse)(view, Tree&, progress&)) {
        Tree made;
        if (has_room(from, into.size(), max_layout_rules) && read_text(from.whole, made, parse)) into.push_back(std::move(made));
    }

    bool has_room(const statement& from, std::size_t size, std::size_t limit) {
        if (size < limit) return true;
        texts_.fault(first_word(from.head), fmt::format("at most {} such statements", limit));
        tree.incomplete = true;
        return false;
    }

    void read_once(const statement& from, view word, bool (*parse)(view, layout_tree&, progress&)) {
        if (is_first(word)) read_text(from.whole, tree, parse);
    }

    bool is_first(view word) {
        if (std::find(tree.words.begin(), tree.words.end(), word) != tree.words.end()) {
            texts_.fault(word, fmt::format("no second {}", word));
            return false;
        }
        tree.words.push_back(word);
        return true;
    }

    void take(const statement& from, view word, std::size_t depth) {
        using head_parser = bool (*)(view, layout_tree&, progress&);
        struct head {
            view word;
            head_parser parse;
        };
        static constexpr std::array<head, 8> heads{{{"format", parse_format},
                                                    {"version", parse_version},
                                                    {"direction", parse_direction},
                                                    {"fixed", parse_fixed},
                                                    {"separated", parse_separated},
                                                    {"encoding", parse_encoding_line},
                                                    {"line", parse_line_end},
                                                    {"code", parse_code_place}}};
        const auto* const known = std::find_if(heads.begin(), heads.end(), [&](const head& each) { return each.word == word; });
        if (word == "format" && depth != 0)
            texts_.fault(word, "no format: only the first file has one");
        else if (known != heads.end())
            read_once(from, word, known->parse);
        else
            take_more(from, word);
    }

    void take_more(const statement& from, view word) {
        if (word == "codes")
            read_lines(from, tree.tables, max_layout_records, parse_codes, parse_codes_line);
        else if (word == "record")
            read_lines(from, tree.records, max_layout_records, parse_record, parse_record_line);
        else if (word == "section")
            read_lines(from, tree.sections, max_layout_records, parse_section, parse_section_line);
        else if (word == "ledger")
            read_lines(from, tree.meanings, max_layout_rules, parse_ledger, parse_ledger_line);
        else if (word == "total")
            read_each(from, tree.totals, parse_total);
        else if (word == "rule")
            read_each(from, tree.rules, parse_rule);
        else if (word == "order")
            take_order(from, word);
        else
            unknown(from);
    }

    void take_order(const statement& from, view word) {
        if (is_first(word) && !read_text(from.whole, tree.order.emplace(), parse_order)) tree.order.reset();
    }

    void unknown(const statement& from) {
        texts_.fault(
            token(from.head),
            "a statement: format, version, include, direction, fixed, separated, encoding, line end, code, codes, record, "
            "section, order, total, rule or ledger");
        tree.incomplete = true;
    }

    void include(const statement& from, std::string_view folder, std::size_t depth) {
        view written;
        progress seen;
        std::optional<std::string> wrong;
        if (!parse_include(from.whole, written, seen))
            not_understood(from.whole, seen);
        else
            wrong = take_included(unquoted(written), folder, depth);
        if (wrong) texts_.fault(written, std::move(*wrong));
        if (written.empty() || wrong) tree.incomplete = true;
    }

    // What would have been right, where the file cannot be taken.
    std::optional<std::string> take_included(const std::string& written, std::string_view folder, std::size_t depth) {
        const auto path = path_from(folder, written);
        if (!path) return "a file in this folder or below, with \"/\" between names";
        if (texts_.has(*path)) return "a file that is not read yet";
        if (depth == max_include_depth) return fmt::format("at most {} files that include one another", max_include_depth);
        if (texts_.size() > max_included_files) return fmt::format("at most {} included files", max_included_files);
        const auto text = open_ ? open_(*path) : fail(error_code::not_found, "no file can be included here");
        if (!text) return "a file that can be read: " + text.error().text;
        const source& file = texts_.add(*path, *text);
        read(file, std::string_view(*path).substr(0, path->rfind('/') + 1), depth + 1);
        return std::nullopt;
    }

    source_texts& texts_;
    const opener& open_;
};

}  // namespace

layout_tree read_statements(source_texts& texts, std::string name, std::string_view text, const opener& open) {
    const source& file = texts.add(std::move(name), text.substr(0, utf8_byte_order_mark.size() + max_layout_bytes + 1));
    statement_reader reader(texts, open);
    reader.tree.begin = view(file.text).substr(0, 0);
    reader.read(file, {}, 0);
    return std::move(reader.tree);
}

}  // namespace brygga::layout::language::detail
