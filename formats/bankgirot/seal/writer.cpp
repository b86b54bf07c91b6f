#include "formats/bankgirot/seal/writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/seal/detail/alphabet.hpp"
#include "formats/bankgirot/seal/detail/verifier.hpp"
#include "formats/bankgirot/seal/layout.hpp"
#include "formats/core/lines.hpp"

namespace brygga::seal {

namespace {

constexpr std::size_t piece_bytes = std::size_t{64} << 10;
constexpr std::string_view usual_line_end = "\r\n";

// Such lines are left out (SEAL-R12).
bool is_blank(std::string_view line) noexcept {
    return line.find_first_not_of(" \t") == std::string_view::npos;
}

std::uint16_t narrow(std::size_t column) noexcept {
    return static_cast<std::uint16_t>(std::min<std::size_t>(column, 0xFFFF));
}

// What the first pass over the data learns.
class examination {
 public:
    explicit examination(sealed& out) : out_(out) {}

    void line(const physical_line& at) {
        if (is_blank(at.bytes)) {
            if (out_.left_out++ == 0) first_blank_ = {at.number, at.offset, 0, 0};
            return;
        }
        if (out_.records++ == 0 && !at.end.empty()) line_end_ = at.end;
        last_end_ = at.end;
        if (layouts::is_opening(at.bytes) || layouts::is_closing(at.bytes))
            add(rule::R03, severity::error, at, 1, 2, std::string(at.bytes.substr(0, 2)), "no seal");
        letters(at);
        if (at.bytes.size() < layouts::width) width(at, at.bytes.size() + 1, layouts::width);
        if (at.bytes.size() > layouts::width) width(at, layouts::width + 1, at.bytes.size());
    }

    void end() {
        if (out_.left_out == 0) return;
        out_.findings.add(static_cast<std::size_t>(rule::R12), severity::info, [&] {
            finding made;
            made.where = first_blank_;
            made.found = fmt::format("{} {}", out_.left_out, out_.left_out == 1 ? "line" : "lines");
            return made;
        });
    }

    // That of the first record.
    [[nodiscard]] std::string_view line_end() const noexcept { return line_end_; }
    // That of the last one; empty when the data ended without.
    [[nodiscard]] std::string_view last_end() const noexcept { return last_end_; }

 private:
    void letters(const physical_line& at) {
        const char* const end = at.bytes.data() + at.bytes.size();
        const char* const found = detail::find_foreign(at.bytes.data(), end);
        if (found == end) return;
        const auto column = static_cast<std::size_t>(found - at.bytes.data()) + 1;
        add(rule::R04, severity::error, at, column, column, fmt::format("{:02X}", static_cast<unsigned char>(*found)),
            "ISO 8859-1 of the seal's alphabet");
    }

    void width(const physical_line& at, std::size_t first, std::size_t last) {
        add(rule::R05, severity::error, at, first, last, fmt::format("{} columns", at.bytes.size()), "80 columns");
    }

    void add(rule which, severity level, const physical_line& at, std::size_t first, std::size_t last, std::string found,
             std::string expected) {
        out_.findings.add(static_cast<std::size_t>(which), level, [&] {
            finding made;
            made.where = {at.number, at.offset + first - 1, narrow(first), narrow(last)};
            made.found = std::move(found);
            made.expected = std::move(expected);
            return made;
        });
    }

    sealed& out_;
    std::string_view line_end_ = usual_line_end, last_end_;
    location first_blank_;
};

// Hands everything out, and to the MAC and our own reader.
class hand {
 public:
    [[nodiscard]] static result<hand> begin(const key& with, const std::function<void(std::string_view)>& to) {
        auto of = authenticator::begin(with);
        if (!of) return tl::unexpected<error>(of.error());
        auto reader = detail::verifier::begin(&with, {}, {});
        if (!reader) return tl::unexpected<error>(reader.error());
        return hand(std::move(*of), std::move(*reader), to);
    }

    [[nodiscard]] result<void> out(std::string_view bytes) {
        if (const auto added = authenticator_.update(bytes); !added) return added;
        return out_uncounted(bytes);
    }

    // TK99 and its line end.
    [[nodiscard]] result<void> out_uncounted(std::string_view bytes) {
        to_(bytes);
        return reader_.update(bytes);
    }

    [[nodiscard]] result<mac> code() { return authenticator_.finish(); }
    [[nodiscard]] result<verification> read_back() { return reader_.finish(); }

 private:
    hand(authenticator of, detail::verifier reader, const std::function<void(std::string_view)>& to)
        : authenticator_(std::move(of)), reader_(std::move(reader)), to_(to) {}

    authenticator authenticator_;
    detail::verifier reader_;
    const std::function<void(std::string_view)>& to_;
};

// Nothing is left out: no need to look for lines.
result<void> hand_out_whole(std::string_view data, const std::function<void(std::size_t)>& passed, hand& to) {
    for (std::size_t at = 0; at < data.size(); at += piece_bytes) {
        const std::string_view piece = data.substr(at, piece_bytes);
        if (const auto done = to.out(piece); !done) return done;
        if (passed) passed(at + piece.size());
    }
    return {};
}

// Without the lines that are left out, in pieces as large as they come.
result<void> hand_out_records(std::string_view data, const std::function<void(std::size_t)>& passed, hand& to) {
    line_cutter lines(data);
    std::size_t begin = 0, end = 0;  // of what waits
    const auto hand_out = [&](std::size_t next) -> result<void> {
        if (begin == end) return {};
        const auto done = to.out(data.substr(begin, end - begin));
        begin = end = next;
        if (passed) passed(next);
        return done;
    };
    for (physical_line line; lines.next(line);) {
        const std::size_t next = line.offset + line.bytes.size() + line.end.size();
        if (is_blank(line.bytes)) {
            if (const auto done = hand_out(next); !done) return done;
            begin = end = next;
            continue;
        }
        end = next;
        if (end - begin < piece_bytes) continue;
        if (const auto done = hand_out(next); !done) return done;
    }
    return hand_out(data.size());
}

template <class Layout>
std::string line_of(const typename Layout::value_type& record, std::string_view line_end) {
    std::string out(layouts::width, ' ');
    Layout::write(out.data(), record);
    return out.append(line_end);
}

// Whether our own reader finds exactly what was to be written.
bool is_as_meant(const verification& read, const sealed& meant) {
    return read.is == verdict::ok && read.findings.total() == 0 && read.kvv == meant.kvv && read.found == meant.code &&
           read.records == meant.records;
}

result<void> write(std::string_view data, const key& with, const seal_options& options, const examination& seen,
                   const std::function<void(std::string_view)>& to, sealed& out) {
    auto hands = hand::begin(with, to);
    if (!hands) return tl::unexpected<error>(hands.error());
    const std::string day = format_yymmdd(options.day);
    const std::string opening = line_of<layouts::opening>({day, {layouts::hmac_type}}, seen.line_end());
    if (auto done = hands->out(opening); !done) return done;
    const auto hand_out = out.left_out == 0 ? hand_out_whole : hand_out_records;
    if (auto done = hand_out(data, options.passed, *hands); !done) return done;
    if (seen.last_end().empty())
        if (auto done = hands->out(seen.line_end()); !done) return done;
    const auto code = hands->code();
    if (!code) return tl::unexpected<error>(code.error());
    out.code = *code;
    const std::string kvv = out.kvv.text(), digits = out.code.text();
    if (auto done = hands->out_uncounted(line_of<layouts::closing>({day, {kvv}, {digits}}, seen.last_end())); !done) return done;
    const auto read = hands->read_back();
    if (!read) return tl::unexpected<error>(read.error());
    if (!is_as_meant(*read, out))
        return fail(error_code::corrupt,
                    fmt::format("the sealed file is not what it should be: our own reader says {}", name(read->is)));
    return {};
}

}  // namespace

result<sealed> seal_file(std::string_view data, const key& with, const seal_options& options,
                         const std::function<void(std::string_view)>& to) {
    if (!options.day.ok() || parse_yymmdd(format_yymmdd(options.day)) != options.day)
        return fail(error_code::invalid_argument, "a seal bears a real date that six digits can say");
    sealed out;
    out.kvv = with.kvv();
    if (options.kvv && *options.kvv != out.kvv)
        out.findings.add(static_cast<std::size_t>(rule::R02), severity::error, [&] {
            finding made;
            made.found = out.kvv.text();
            made.expected = options.kvv->text();
            return made;
        });
    examination seen(out);
    line_cutter lines(data);
    for (physical_line line; lines.next(line);) {
        seen.line(line);
        if (options.passed) options.passed(line.offset);
    }
    seen.end();
    if (out.records == 0) return fail(error_code::invalid_content, "there is nothing to seal: the data hold no record");
    if (!out.accepted()) return out;
    if (const auto written = write(data, with, options, seen, to, out); !written) return tl::unexpected<error>(written.error());
    return out;
}

}  // namespace brygga::seal
