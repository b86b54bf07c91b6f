#include "formats/layout/infer/detail/samples.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/encoding_detection.hpp"
#include "formats/core/lines.hpp"
#include "formats/layout/lines.hpp"

namespace brygga::layout::infer::detail {

namespace {

// From UTF-8, a byte for each code point.
std::string latin_bytes(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto first = static_cast<unsigned char>(utf8[at]);
        const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (first < 0x80)
            out += utf8[at];
        else if (first <= 0xC3 && at + 1 < utf8.size())
            out += static_cast<char>((first & 0x03U) << 6 | (static_cast<unsigned char>(utf8[at + 1]) & 0x3FU));
        else
            out += no_latin_letter;
        at += size;
    }
    return out;
}

// Where the last lines begin, or `from` when there are no more than those behind it.
std::size_t begin_of_last_lines(std::string_view bytes, std::size_t from) noexcept {
    std::size_t left = max_last_lines + 1;
    for (std::size_t at = bytes.size(); at != from; --at) {
        const char c = bytes[at - 1];
        const bool ends_a_line = c == '\n' || (c == '\r' && (at == bytes.size() || bytes[at] != '\n'));
        if (ends_a_line && at != bytes.size() && --left == 1) return at;
    }
    return from;
}

class sample_reader {
 public:
    explicit sample_reader(sample_lines& into) : into_(into) {}

    result<void> read(const sample& from) {
        std::string_view bytes = from.bytes;
        if (bytes.starts_with(utf8_byte_order_mark)) bytes.remove_prefix(utf8_byte_order_mark.size());
        const std::size_t first = bytes.find_first_not_of(" \t\r\n\x1A");
        if (first == std::string_view::npos) return fail(error_code::invalid_content, from.name + ": there are no lines in it");
        if (bytes[first] == '<' || bytes[first] == '{')
            return fail(error_code::invalid_content,
                        from.name + ": looks like XML or JSON: layouts describe records that are a line each");
        in_ = detect_encoding(bytes, std::nullopt).in;
        const bool plain = is_ascii(bytes) && in_ != encoding::iso_646_se;
        if (!plain && std::find(into_.encodings.begin(), into_.encodings.end(), in_) == into_.encodings.end())
            into_.encodings.push_back(in_);
        file_range range{into_.lines.size(), 0, true};
        std::size_t done = 0;
        if (const auto read = take(bytes, max_first_lines, from.name, done); !read) return read;
        const std::size_t last = begin_of_last_lines(bytes, done);
        range.whole = last == done;
        if (const auto read = take(bytes.substr(last), max_last_lines, from.name, done); !read) return read;
        range.end = into_.lines.size();
        if (range.end == range.begin)
            return fail(error_code::invalid_content, from.name + ": there are no lines in what was looked at");
        into_.files.push_back(range);
        return {};
    }

    void end() const { into_.crlf = with_crlf_ * 2 >= ends_; }

 private:
    // At most `limit` lines; `done` is where the next one begins.
    result<void> take(std::string_view bytes, std::size_t limit, const std::string& name, std::size_t& done) {
        line_cutter cutter(bytes);
        physical_line line;
        done = 0;
        for (std::size_t taken = 0; taken != limit && cutter.next(line); ++taken) {
            done = line.offset + line.bytes.size() + line.end.size();
            ++ends_;
            if (line.end == "\r\n") ++with_crlf_;
            const std::string_view text = done == bytes.size() ? without_end_mark(line.bytes) : line.bytes;
            if (is_blank_line(text)) continue;
            if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; }))
                return fail(error_code::invalid_content,
                            fmt::format("{}: is no text: a line holds control characters (line {} of those looked at)", name,
                                        line.number));
            into_.lines.push_back(columns_of(text));
        }
        return {};
    }

    std::string_view columns_of(std::string_view text) {
        if (in_ == encoding::iso_8859_1 || (in_ != encoding::iso_646_se && is_ascii(text))) return text;
        return into_.made.emplace_back(latin_bytes(to_utf8(text, in_)));
    }

    sample_lines& into_;
    encoding in_{};
    std::size_t ends_ = 0, with_crlf_ = 0;
};

}  // namespace

result<sample_lines> lines_of(std::span<const sample> samples) {
    sample_lines out;
    sample_reader reader(out);
    for (const sample& each : samples)
        if (const auto read = reader.read(each); !read) return tl::unexpected(read.error());
    reader.end();
    if (out.lines.size() < 2)
        return fail(error_code::invalid_content,
                    "one line says nothing of what changes: samples of at least two lines are needed");
    return out;
}

}  // namespace brygga::layout::infer::detail
