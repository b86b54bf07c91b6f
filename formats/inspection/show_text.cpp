#include <algorithm>

#include <fmt/format.h>

#include "formats/inspection/printable.hpp"
#include "formats/inspection/show_page.hpp"

namespace brygga::inspection {

std::string kronor(const ore_sum& sum) {
    const auto value = sum.value();
    return value ? format_decimal_amount(*value) : sum.text() + " öre";
}

namespace {

struct paint {
    std::string_view bold, dim, fault, plain;
};
constexpr paint no_paint{};
constexpr paint terminal_paint{"\x1B[1m", "\x1B[2m", "\x1B[31m", "\x1B[0m"};

class text_writer : public page {
 public:
    text_writer(const output& to, bool colour) : to_(to), paint_(colour ? terminal_paint : no_paint) {}

    void begin(std::string_view) override {}

    void file(std::string_view heading) override { to_(fmt::format("{}{}{}\n", paint_.bold, printable(heading), paint_.plain)); }

    void line(const shown_line& line) override {
        std::string out = fmt::format("\n{}line {}  {}{}{}{}", paint_.bold, line.number, printable(line.code),
                                      line.title.empty() ? "" : " ", line.title, paint_.plain);
        if (!line.remark.empty()) out += fmt::format("  ({})", line.remark);
        out += '\n';
        if (!line.text.empty()) out += fmt::format("    {}\n", printable(line.text));
        std::size_t widest = 0;
        for (const shown_field& each : line.fields)
            widest = std::max(widest, each.name.size());
        for (const shown_field& each : line.fields)
            append(out, each, widest);
        to_(out);
    }

    void summary(const file_summary& totals) override {
        std::string out = fmt::format("\n{}summary of {}{}: {} lines\n", paint_.bold, totals.heading, paint_.plain, totals.lines);
        std::size_t widest = 4;
        for (const auto& [code, total] : totals.records)
            widest = std::max(widest, printable(code).size());
        for (const auto& [code, total] : totals.records) {
            out += fmt::format("    {} {:>9}", left_in(printable(code), widest), total.count);
            if (!total.title.empty()) out += "  " + total.title;
            for (const auto& [field, sum] : total.sums)
                out += fmt::format("  {} {}", field, kronor(sum));
            out += '\n';
        }
        to_(out);
    }

    void end() override {}

 private:
    void append(std::string& out, const shown_field& field, std::size_t widest) const {
        out += "    ";
        const std::string last = field.last == 0 ? std::string() : fmt::format("-{}", field.last);
        if (field.first != 0) out += fmt::format("{}{:>3}{:<4}{} ", paint_.dim, field.first, last, paint_.plain);
        out += fmt::format("{:<{}}  ", printable(field.name), widest);
        out += field.is_fault ? fmt::format("{}{}  ({}){}", paint_.fault, printable(field.value), field.note, paint_.plain)
                              : printable(field.value);
        if (!field.is_fault && !field.note.empty()) out += fmt::format("  {}{}{}", paint_.dim, field.note, paint_.plain);
        while (out.ends_with(' '))
            out.pop_back();
        out += '\n';
    }

    output to_;
    paint paint_;
};

}  // namespace

std::unique_ptr<page> page_for(const show_settings& how, const output& to) {
    return how.html ? html_page(to) : text_page(to, how.colour);
}

bool is_secret(privacy guard) noexcept {
    switch (guard) {
        case privacy::open:
        case privacy::own_account:
            return false;
        case privacy::name:
        case privacy::address:
        case privacy::identity:
        case privacy::account:
        case privacy::reference:
        case privacy::free_text:
            return true;
    }
    return true;
}

std::unique_ptr<page> text_page(const output& to, bool colour) {
    return std::make_unique<text_writer>(to, colour);
}

}  // namespace brygga::inspection
