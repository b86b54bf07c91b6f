#include "formats/layout/language/detail/source.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

#include <fmt/format.h>

#include "formats/core/lines.hpp"
#include "formats/core/text.hpp"

namespace brygga::layout::language {

namespace {

bool begins_code_point(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

std::size_t code_points(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_code_point));
}

// What stands before the caret: as wide as the text above it.
std::string indentation(std::string_view line, std::uint32_t columns) {
    std::string out;
    for (const char byte : line)
        if (begins_code_point(byte) && out.size() < columns) out += byte == '\t' ? '\t' : ' ';
    out.resize(columns, ' ');
    return out;
}

// A line that a terminal can show, of as many code points where it was UTF-8.
std::string printable(std::string_view line) {
    std::string out(line);
    const bool utf8 = is_valid_utf8(line);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto byte = static_cast<unsigned char>(out[i]);
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F || (!utf8 && byte > 0x7F)) out[i] = '?';
        if (utf8 && byte == 0xC2 && static_cast<unsigned char>(out[i + 1]) < 0xA0) out.replace(i, 2, "?");  // C1 controls
    }
    return out;
}

}  // namespace

std::string describe(const layout_fault& fault) {
    const std::uint32_t before = fault.first_column > 0 ? fault.first_column - 1 : 0;
    const std::uint32_t more = fault.last_column > fault.first_column ? fault.last_column - fault.first_column : 0;
    return fmt::format("{}:{}:{}: expected {}\n{}\n{}^{}", fault.file, fault.line, fault.first_column, fault.expected,
                       fault.source_line, indentation(fault.source_line, before), std::string(more, '~'));
}

namespace detail {

const source& source_texts::add(std::string name, std::string_view text) {
    source& made = sources_.emplace_back();
    made.name = std::move(name);
    made.text = text.starts_with(utf8_byte_order_mark) ? text.substr(utf8_byte_order_mark.size()) : text;
    line_cutter cutter(made.text);
    for (physical_line line; cutter.next(line);)
        made.lines.push_back(line.bytes);
    if (made.lines.empty()) made.lines.emplace_back(made.text.data(), 0);
    return made;
}

bool source_texts::has(std::string_view name) const noexcept {
    return std::any_of(sources_.begin(), sources_.end(), [&](const source& each) { return each.name == name; });
}

bool source_texts::placed_fault::operator<(const placed_fault& other) const noexcept {
    return std::tie(source, offset, fault.expected) < std::tie(other.source, other.offset, other.fault.expected);
}

void source_texts::fault(std::string_view place, std::string expected) {
    const std::less_equal<> reaches;
    const auto holds = [&](const source& each) {
        return reaches(each.text.data(), place.data()) && reaches(place.data(), each.text.data() + each.text.size());
    };
    const auto in = std::find_if(sources_.begin(), sources_.end(), holds);
    if (in == sources_.end()) return;
    ++fault_count_;
    placed_fault made;
    made.source = static_cast<std::size_t>(in - sources_.begin());
    made.offset = static_cast<std::size_t>(place.data() - in->text.data());
    if (faults_.size() == max_layout_faults && *faults_.rbegin() < made) return;
    const auto after = std::upper_bound(in->lines.begin(), in->lines.end(), place.data(),
                                        [](const char* at, std::string_view line) { return std::less<>()(at, line.data()); });
    const auto line = after == in->lines.begin() ? after : after - 1;
    const auto begin = std::min(static_cast<std::size_t>(place.data() - line->data()), line->size());
    const auto size = std::min(place.size(), line->size() - begin);
    made.fault.file = in->name;
    made.fault.line = static_cast<std::uint32_t>(line - in->lines.begin() + 1);
    const auto columns = [utf8 = is_valid_utf8(*line)](std::string_view part) { return utf8 ? code_points(part) : part.size(); };
    const std::size_t before = columns(line->substr(0, begin));
    const std::size_t marked = std::max<std::size_t>(columns(line->substr(begin, size)), 1);
    made.fault.first_column = static_cast<std::uint32_t>(before + 1);
    made.fault.last_column = static_cast<std::uint32_t>(before + marked);
    made.fault.expected = std::move(expected);
    made.fault.source_line = printable(*line);
    faults_.insert(std::move(made));
    if (faults_.size() > max_layout_faults) faults_.erase(std::prev(faults_.end()));
}

std::vector<layout_fault> source_texts::faults() const {
    std::vector<layout_fault> out;
    for (const placed_fault& each : faults_)
        out.push_back(each.fault);
    return out;
}

}  // namespace detail

}  // namespace brygga::layout::language
