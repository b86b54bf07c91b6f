#include "formats/layout/language/detail/page_writer.hpp"

#include <utility>

#include <fmt/format.h>

#include "formats/inspection/html_page.hpp"
#include "formats/inspection/printable.hpp"

namespace brygga::layout::language::detail {

namespace {

class markdown_writer : public page_writer {
 public:
    [[nodiscard]] std::string text(std::string_view utf8) const override {
        constexpr std::string_view marks = "\\`*_[]<>|&~#";
        std::string out;
        for (const char c : inspection::printable(utf8)) {
            if (marks.find(c) != std::string_view::npos) out += '\\';
            out += c;
        }
        return out;
    }
    // A code span ends at the first backtick, and a cell at the first bar, even within one.
    [[nodiscard]] std::string code(std::string_view utf8) const override {
        if (utf8.empty()) return {};
        if (utf8.find_first_of("`|") != std::string_view::npos) return "<code>" + text(utf8) + "</code>";
        return "`" + inspection::printable(utf8) + "`";
    }

    void begin(std::string_view title) override { out_ += "# " + text(title) + "\n"; }
    void heading(std::string_view words) override { out_ += fmt::format("\n## {}\n", words); }
    void subheading(std::string_view words) override { out_ += fmt::format("\n### {}\n", words); }
    void paragraph(std::string_view words) override { out_ += fmt::format("\n{}\n", words); }
    void items(const std::vector<std::string>& all) override {
        out_ += "\n";
        for (const std::string& each : all)
            out_ += "- " + each + "\n";
    }
    void table(const std::vector<std::string_view>& heads, const std::vector<std::vector<std::string>>& rows) override {
        out_ += "\n|";
        const std::size_t columns = heads.empty() ? rows.front().size() : heads.size();
        for (std::size_t i = 0; i != columns; ++i)
            out_ += fmt::format(" {} |", heads.empty() ? std::string_view() : heads[i]);
        out_ += "\n|";
        for (std::size_t i = 0; i != columns; ++i)
            out_ += " --- |";
        for (const std::vector<std::string>& row : rows) {
            out_ += "\n|";
            for (const std::string& cell : row)
                out_ += fmt::format(" {} |", cell);
        }
        out_ += "\n";
    }
    [[nodiscard]] std::string end() override { return std::move(out_); }

 private:
    std::string out_;
};

constexpr std::string_view style =
    R"(body { font: 15px/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; color: #222; background: #fff }
h1 { font-size: 1.5em } h2 { font-size: 1.2em; margin-top: 1.8em } h3 { font-size: 1em; margin: 1.6em 0 .3em }
table { border-collapse: collapse }
td, th { text-align: left; padding: .2em 1em .2em 0; vertical-align: top; border-bottom: 1px solid #ddd }
th { color: #666; font-weight: normal } code { font-family: ui-monospace, monospace; white-space: pre-wrap }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } td, th { border-color: #444 } th { color: #aaa } }
)";

class html_writer : public page_writer {
 public:
    [[nodiscard]] std::string text(std::string_view utf8) const override { return inspection::html_escaped(utf8); }
    [[nodiscard]] std::string code(std::string_view utf8) const override {
        return utf8.empty() ? std::string() : "<code>" + text(utf8) + "</code>";
    }

    void begin(std::string_view title) override {
        out_ += inspection::html_head(title, style) + fmt::format("<h1>{}</h1>\n", text(title));
    }
    void heading(std::string_view words) override { out_ += fmt::format("<h2>{}</h2>\n", words); }
    void subheading(std::string_view words) override { out_ += fmt::format("<h3>{}</h3>\n", words); }
    void paragraph(std::string_view words) override { out_ += fmt::format("<p>{}</p>\n", words); }
    void items(const std::vector<std::string>& all) override {
        out_ += "<ul>\n";
        for (const std::string& each : all)
            out_ += fmt::format("<li>{}</li>\n", each);
        out_ += "</ul>\n";
    }
    void table(const std::vector<std::string_view>& heads, const std::vector<std::vector<std::string>>& rows) override {
        out_ += "<table>\n";
        if (!heads.empty()) {
            out_ += "<tr>";
            for (const std::string_view each : heads)
                out_ += fmt::format("<th>{}</th>", each);
            out_ += "</tr>\n";
        }
        for (const std::vector<std::string>& row : rows) {
            out_ += "<tr>";
            for (const std::string& cell : row)
                out_ += fmt::format("<td>{}</td>", cell);
            out_ += "</tr>\n";
        }
        out_ += "</table>\n";
    }
    [[nodiscard]] std::string end() override {
        out_ += "</body>\n</html>\n";
        return std::move(out_);
    }

 private:
    std::string out_;
};

}  // namespace

std::unique_ptr<page_writer> make_page_writer(page as) {
    switch (as) {
        case page::markdown:
            return std::make_unique<markdown_writer>();
        case page::html:
            return std::make_unique<html_writer>();
    }
    return {};
}

}  // namespace brygga::layout::language::detail
