#include "formats/layout/diff.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "formats/core/sha256.hpp"
#include "formats/inspection/differences.hpp"
#include "formats/inspection/printable.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::layout {

namespace {

using inspection::printable;
using inspection::record_key;

// Where a record stands; its line is read again when it must be shown.
struct record_place {
    std::uint64_t line{};
    std::size_t offset{};
    std::uint32_t size{};  // of a longer line only the beginning is shown
    encoding in{};
    const section_layout* section{};  // that a reader of the line must know of
};

struct side {
    std::string_view bytes;
    std::vector<record_key> keys;
    std::vector<record_place> places;
    std::string_view heading;  // the line that names the columns
};

// Text of an unknown record as far as it means anything.
std::string unknown_text(const record_line& line) {
    const bool as_it_lies = line.rows != nullptr || (line.surplus && !line.tabs);
    const std::string_view whole = as_it_lies ? line.source.bytes : line.columns.slice(1, std::min(line.measured(), line.width));
    return to_utf8(right_trimmed(whole), line.columns.in);
}

class key_collector : public document_visitor {
 public:
    explicit key_collector(side& into) : side_(&into) {}
    void file(const document_file&) override {}
    void line(const document_file& file, const document_line& line) override {
        switch (line.kind) {
            case line_kind::blank:
            case line_kind::title:
                return;
            case line_kind::heading:
                side_->heading = line.line.source.bytes;
                return;
            case line_kind::unknown:
                put(unknown_text(line.line));
                break;
            case line_kind::record:
                if (line.section != nullptr) put(line.section->id);
                put(line.info->code);
                for (const field_info& field : line.info->fields)
                    put(field_value(line.line, *line.info, field));
                break;
        }
        const auto digest = hash_.bytes();
        record_key key{};
        std::copy_n(digest.begin(), key.size(), key.begin());
        side_->keys.push_back(key);
        const physical_line& source = line.line.source;
        const std::size_t size = std::min<std::size_t>(source.bytes.size(), std::numeric_limits<std::uint32_t>::max());
        side_->places.push_back({source.number, source.offset, static_cast<std::uint32_t>(size), file.in, line.section});
    }

 private:
    void put(std::string_view value) {
        hash_.add(value);
        hash_.add(std::string_view("\n", 1));  // no value holds a line end: "ab","c" and "a","bc" differ
    }
    side* side_;
    sha256 hash_;
};

// The record at a place again. Valid until the next call.
class record_reader {
 public:
    record_reader(const side& from, const document_layout& layout) : side_(&from), layout_(&layout), columns_(layout, in_) {}

    const document_line& at(std::size_t index) {
        const record_place& place = side_->places[index];
        const physical_line source{side_->bytes.substr(place.offset, place.size), {}, place.line, place.offset, true};
        if (place.in != in_) columns_ = line_columns(*layout_, in_ = place.in);
        if (columns_.awaits_heading() && !columns_.take_heading(side_->heading)) columns_.lack_heading();
        columns_.recycle();
        const section_layout* section = place.section;
        line_ = read_line(source, *layout_, columns_, section);
        return line_;
    }

 private:
    const side* side_;
    const document_layout* layout_;
    encoding in_ = encoding::iso_8859_1;
    line_columns columns_;
    document_line line_;
};

class difference_printer : public inspection::difference_listener {
 public:
    difference_printer(const side& before, const side& after, const document_layout& layout, const output& to)
        : layout_(&layout), before_(before, layout), after_(after, layout), to_(&to) {}

    void summary() const {
        (*to_)(fmt::format("{} changed, {} only in the first, {} only in the second\n", changed_, only_before_, only_after_));
    }

    [[nodiscard]] bool any() const noexcept { return changed_ + only_before_ + only_after_ != 0; }

 private:
    [[nodiscard]] std::string code_of(const document_line& line) const {
        return line.info != nullptr ? std::string(line.info->code) : layout_->code_of(line.line);
    }
    // Records of one code in sections of two kinds are not the same record.
    [[nodiscard]] std::string key_of(const document_line& line) const {
        return line.section == nullptr ? code_of(line) : fmt::format("{} {}", line.section->id, code_of(line));
    }
    [[nodiscard]] std::string code_before(std::size_t index) override { return key_of(before_.at(index)); }
    [[nodiscard]] std::string code_after(std::size_t index) override { return key_of(after_.at(index)); }

    void only_before(std::size_t index) override {
        ++only_before_;
        one_sided('-', before_.at(index));
    }
    void only_after(std::size_t index) override {
        ++only_after_;
        one_sided('+', after_.at(index));
    }

    [[nodiscard]] std::string heading(char mark, const document_line& line, std::uint64_t other_line) const {
        std::string out = fmt::format("{} line {}", mark, line.line.source.number);
        if (other_line != 0) out += fmt::format(" | {}", other_line);
        return out +
               fmt::format("  {} {}\n", printable(code_of(line)), line.info == nullptr ? "unknown record" : line.info->title);
    }

    static std::string place_of(const field_info& field, const document_line& line) {
        if (line.line.rows != nullptr) return fmt::format("{:>3}    ", field.first);
        return fmt::format("{:>3}-{:<3}", field.first, field.last);
    }

    void one_sided(char mark, const document_line& line) const {
        std::string out = heading(mark, line, 0);
        if (line.info == nullptr)
            out += fmt::format("    {}\n", printable(unknown_text(line.line)));
        else
            for (const field_info& field : line.info->fields) {
                const std::string value = field_value(line.line, *line.info, field);
                if (!value.empty()) out += fmt::format("    {} {}: {}\n", place_of(field, line), field.name, printable(value));
            }
        (*to_)(out);
    }

    void changed(std::size_t before, std::size_t after) override {
        ++changed_;
        const document_line& old_line = before_.at(before);
        const document_line& new_line = after_.at(after);
        std::string out = heading('~', old_line, new_line.line.source.number);
        if (old_line.info == nullptr)
            out +=
                fmt::format("    {}  ->  {}\n", printable(unknown_text(old_line.line)), printable(unknown_text(new_line.line)));
        else
            for (const field_info& field : old_line.info->fields) {
                const std::string old_value = field_value(old_line.line, *old_line.info, field);
                const std::string new_value = field_value(new_line.line, *new_line.info, field);
                if (old_value != new_value)
                    out += fmt::format("    {} {}: {}  ->  {}\n", place_of(field, old_line), field.name, printable(old_value),
                                       printable(new_value));
            }
        (*to_)(out);
    }

    const document_layout* layout_;
    record_reader before_, after_;
    const output* to_;
    std::uint64_t changed_ = 0, only_before_ = 0, only_after_ = 0;
};

side read_side(std::string_view bytes, const document_layout& layout, const document_options& options) {
    side out;
    out.bytes = bytes;
    key_collector collector(out);
    visit(bytes, layout, options, collector);
    return out;
}

}  // namespace

bool diff(std::string_view before, std::string_view after, const document_layout& layout, const document_options& options,
          const output& to) {
    const side first = read_side(before, layout, options);
    const side second = read_side(after, layout, options);
    difference_printer printer(first, second, layout, to);
    inspection::tell_differences(first.keys, second.keys, printer);
    if (printer.any()) printer.summary();
    return !printer.any();
}

}  // namespace brygga::layout
