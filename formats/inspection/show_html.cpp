#include <fmt/format.h>

#include "formats/inspection/html_page.hpp"
#include "formats/inspection/printable.hpp"
#include "formats/inspection/show_page.hpp"

namespace brygga::inspection {

namespace {

constexpr std::string_view style =
    R"(body { font: 15px/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; background: #fff }
h1, h2 { font-size: 1.2em } h3 { font-size: 1em; margin: 1.2em 0 .3em }
table { border-collapse: collapse } td, th { text-align: left; padding: .1em .8em .1em 0; vertical-align: top }
td.at, .remark, .note, th { color: #666; font-weight: normal } td.value, pre { font-family: ui-monospace, monospace; white-space: pre-wrap }
.number { text-align: right } .fault, .fault .note { color: #b00020 }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } .fault, .fault .note { color: #ff7a8a }
  td.at, .remark, .note, th { color: #aaa } }
)";

class html_writer : public page {
 public:
    explicit html_writer(const output& to) : to_(to) {}

    void begin(std::string_view title) override { to_(html_head(title, style)); }

    void file(std::string_view heading) override { to_(fmt::format("<h2>{}</h2>\n", html_escaped(heading))); }

    void line(const shown_line& line) override {
        std::string out = fmt::format("<h3 id=\"line-{}\">line {}: {} {}", line.number, line.number, html_escaped(line.code),
                                      html_escaped(line.title));
        if (!line.remark.empty()) out += fmt::format(" <span class=\"remark\">{}</span>", html_escaped(line.remark));
        out += "</h3>\n";
        if (!line.text.empty()) out += fmt::format("<pre>{}</pre>\n", html_escaped(line.text));
        if (!line.fields.empty()) out += "<table>\n";
        for (const shown_field& each : line.fields)
            out += fmt::format(
                "<tr{}><td class=\"at\">{}</td><td>{}</td><td class=\"value\">{}</td><td class=\"note\">{}</td></tr>\n",
                each.is_fault ? " class=\"fault\"" : "",
                each.first == 0  ? std::string()
                : each.last == 0 ? fmt::format("{}", each.first)
                                 : fmt::format("{}&ndash;{}", each.first, each.last),
                html_escaped(each.name), html_escaped(each.value), html_escaped(each.note));
        if (!line.fields.empty()) out += "</table>\n";
        to_(out);
    }

    void summary(const file_summary& totals) override {
        std::string out = fmt::format("<h2>summary of {}: {} lines</h2>\n<table>\n", totals.heading, totals.lines);
        out += "<tr><th>record</th><th class=\"number\">count</th><th>title</th><th>sum</th></tr>\n";
        for (const auto& [code, total] : totals.records) {
            out += fmt::format("<tr><td>{}</td><td class=\"number\">{}</td><td>{}</td><td>", html_escaped(code), total.count,
                               html_escaped(total.title));
            for (const auto& [field, sum] : total.sums)
                out += fmt::format("{} {} ", html_escaped(field), kronor(sum));
            out += "</td></tr>\n";
        }
        to_(out + "</table>\n");
    }

    void end() override { to_("</body>\n</html>\n"); }

 private:
    output to_;
};

}  // namespace

std::unique_ptr<page> html_page(const output& to) {
    return std::make_unique<html_writer>(to);
}

}  // namespace brygga::inspection
