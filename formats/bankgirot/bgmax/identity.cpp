// What makes a file or a payment the same again, however its lines were trimmed, tabbed or encoded on the way.
#include <algorithm>

#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/core/sha256.hpp"
#include "formats/layout/digits.hpp"
#include "formats/layout/lines.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::bgmax {

namespace {

std::string with_tabs_expanded(std::string_view utf8) {
    std::string out;
    std::size_t column = 0;
    for (const char c : utf8) {
        if (c == '\t') {
            const std::size_t blanks = layout::tab_width - column % layout::tab_width;
            out.append(blanks, ' ');
            column += blanks;
            continue;
        }
        out += c;
        if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) ++column;
    }
    return out;
}

// Joins records by LF into the hash; a plain line goes in as it lies. Lines are gathered: a call into the hash for each
// costs more than hashing it.
class record_hash {
 public:
    explicit record_hash(encoding in) noexcept : in_(in) {}
    void add(std::string_view line) {
        if (!first_) gathered_ += '\n';
        first_ = false;
        if (is_ascii(line) && line.find('\t') == std::string_view::npos)
            gathered_ += layout::right_trimmed(line);
        else
            gathered_ += normalised_record(line, in_);
        if (gathered_.size() >= gathered_bytes) flush();
    }
    [[nodiscard]] std::string hex() {
        flush();
        return hash_.hex();
    }

 private:
    static constexpr std::size_t gathered_bytes = 4096;
    void flush() {
        hash_.add(gathered_);
        gathered_.clear();
    }

    encoding in_;
    sha256 hash_;
    std::string gathered_;
    bool first_ = true;
};

}  // namespace

std::string normalised_record(std::string_view line, encoding in) {
    if (line.find('\t') == std::string_view::npos) return to_utf8(layout::right_trimmed(line), in);
    std::string out = with_tabs_expanded(to_utf8(line, in));
    out.resize(layout::right_trimmed(out).size());
    return out;
}

std::string identity_hash(std::string_view logical_file_bytes, encoding in) {
    if (logical_file_bytes.starts_with(utf8_byte_order_mark)) logical_file_bytes.remove_prefix(utf8_byte_order_mark.size());
    record_hash hash(in);
    line_cutter lines(layout::without_end(logical_file_bytes));
    physical_line line;
    while (lines.next(line)) {
        if (layout::is_blank_line(line.bytes)) continue;
        const bool marked = line.bytes.starts_with(utf8_byte_order_mark);  // after blank lines
        const std::string_view rest = line.bytes.substr(marked ? utf8_byte_order_mark.size() : 0);
        hash.add(rest.starts_with(opening_mark) ? rest : line.bytes);
    }
    return hash.hex();
}

payment_lines::iterator& payment_lines::iterator::operator++() noexcept {
    do
        ended_ = !lines_.next(line_);
    while (!ended_ && layout::is_blank_line(line_.bytes));
    return *this;
}

std::string content_hash(const payment_lines& lines, encoding in) {
    record_hash hash(in);
    for (const std::string_view line : lines)
        hash.add(line);
    return hash.hex();
}

}  // namespace brygga::bgmax
