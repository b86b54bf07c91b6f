#include "formats/bankgirot/bgmax/rewrite.hpp"

#include <string>

#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/layout/lines.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::bgmax {

namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18;

// Reads the columns as one record and writes its value into `line`; false when a field does not fit its form.
template <class Layout>
bool through_value(const layout::columns& columns, char* line) noexcept {
    typename Layout::value_type value{};
    if (Layout::read(columns, value) != 0) return false;
    Layout::write(line, value);
    return true;
}

bool write_value(const layout::columns& columns, char* line) noexcept {
    const unsigned code = static_cast<unsigned>(columns.data[0] - '0') * 10u + static_cast<unsigned>(columns.data[1] - '0');
    switch (code) {
        case 1:
            return through_value<layouts::start>(columns, line);
        case 5:
            return through_value<layouts::opening>(columns, line);
        case 15:
            return through_value<layouts::deposit>(columns, line);
        case 20:
            return through_value<layouts::payment>(columns, line);
        case 21:
            return through_value<layouts::deduction>(columns, line);
        case 22:
            return through_value<layouts::extra>(columns, line);
        case 23:
            return through_value<layouts::negative_extra>(columns, line);
        case 25:
            return through_value<layouts::information>(columns, line);
        case 26:
            return through_value<layouts::name>(columns, line);
        case 27:
            return through_value<layouts::street>(columns, line);
        case 28:
            return through_value<layouts::town>(columns, line);
        case 29:
            return through_value<layouts::organisation>(columns, line);
        case 70:
            return through_value<layouts::end>(columns, line);
        default:
            return false;
    }
}

class rewriter {
 public:
    rewriter(encoding in, const std::function<void(std::string_view)>& to) : padder_(layouts::width, in), to_(&to) {
        block_.reserve(block_bytes + 1024);
    }

    void take(const physical_line& source, std::string_view file_line_end, rewritten& count) {
        const std::string_view raw{source.bytes.data(), source.bytes.size() + source.end.size()};
        padder_.recycle();
        const layout::record_line line = padder_.pad(source);
        char value[layouts::width];
        // Text outside ASCII in UTF-8 has columns that are not bytes; such a line is kept.
        const bool canonical = line.columns.starts == nullptr && source.end == file_line_end &&
                               write_value(line.columns, value) && std::string_view(value, layouts::width) == source.bytes;
        if (canonical) {
            block_.append(value, layouts::width);
            block_.append(file_line_end);
            ++count.canonical_lines;
        } else {
            block_.append(raw);
            ++count.kept_lines;
        }
        if (block_.size() >= block_bytes) flush();
    }

    void flush() {
        if (!block_.empty()) (*to_)(block_);
        block_.clear();
    }

 private:
    layout::line_padder padder_;
    const std::function<void(std::string_view)>* to_;
    std::string block_;
};

}  // namespace

rewritten rewrite(std::string_view bytes, std::optional<encoding> force_encoding,
                  const std::function<void(std::string_view)>& to) {
    rewritten count;
    for (std::size_t at = 0; at < bytes.size();) {
        const layout::segment part = layout::next_segment(bytes, opening_mark, at, false);
        const auto found = detect_encoding(bytes.substr(part.opens, part.end - part.opens), force_encoding);
        rewriter lines(found.in, to);
        line_cutter cutter(bytes.substr(part.begin, part.end - part.begin));
        physical_line line;
        std::string_view line_end;
        while (cutter.next(line)) {
            if (line_end.empty()) line_end = line.end;
            lines.take(line, line_end, count);
        }
        lines.flush();
        at = part.end;
    }
    return count;
}

}  // namespace brygga::bgmax
