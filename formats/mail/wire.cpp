#include "formats/mail/detail/wire.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "formats/core/base64.hpp"
#include "formats/core/code_point.hpp"
#include "formats/core/swedish_time.hpp"
#include "formats/core/text.hpp"
#include "formats/mail/message.hpp"

namespace brygga::mail::detail {

namespace {

constexpr std::size_t encoded_word_bytes = 52;  // so that the word fits a line behind the name of a header
constexpr std::size_t parameter_chunk_bytes = 52;
constexpr std::size_t base64_line_bytes = 57;  // 76 characters
constexpr std::string_view atom_marks = "!#$%&'*+-/=?^_`{|}~";
constexpr std::string_view parameter_marks = "!#$&+-.^_`{|}~";  // RFC 2231 section 7
constexpr std::string_view hex = "0123456789ABCDEF";

bool is_letter_or_digit(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_printable(char c) noexcept {
    return c >= ' ' && c <= '~';
}

// What a reader takes for the same text: nothing that looks encoded, no blanks that folding may lose.
bool is_plain(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), is_printable) && text.find("=?") == std::string_view::npos &&
           text.find("  ") == std::string_view::npos && (text.empty() || (text.front() != ' ' && text.back() != ' '));
}

std::string escaped(std::string_view bytes, char mark) {
    std::string out;
    for (const char c : bytes) {
        const auto code = static_cast<unsigned char>(c);
        ((out += mark) += hex[code >> 4]) += hex[code & 0x0F];
    }
    return out;
}

// The text encoded, in pieces of at most `most` bytes; no character is cut. Texts are valid UTF-8.
template <class Encode>
std::vector<std::string> pieces(std::string_view utf8, std::size_t most, const Encode& encode) {
    std::vector<std::string> out(1);
    while (!utf8.empty()) {
        const std::size_t size = std::max<std::size_t>(code_point_at(utf8, 0).size, 1);
        const std::string next = encode(utf8.substr(0, size));
        if (out.back().size() + next.size() > most) out.emplace_back();
        out.back() += next;
        utf8.remove_prefix(size);
    }
    return out;
}

// By Q: readers put neighbouring words together before they decode them, which the filling of B does not stand.
std::string in_encoded_words(std::string_view utf8) {
    const auto encode = [](std::string_view one) {
        if (one == " ") return std::string("_");
        return one.size() == 1 && is_letter_or_digit(one.front()) ? std::string(one) : escaped(one, '=');
    };
    std::string out;
    for (const std::string& each : pieces(utf8, encoded_word_bytes, encode)) {
        if (!out.empty()) out.append(line_end).append(" ");
        out += fmt::format("=?utf-8?Q?{}?=", each);
    }
    return out;
}

bool is_atom_or_blank(char c) noexcept {
    return c == ' ' || is_letter_or_digit(c) || atom_marks.find(c) != std::string_view::npos;
}

std::string phrase(std::string_view name) {
    if (std::all_of(name.begin(), name.end(), is_atom_or_blank)) return std::string(name);
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string percent_encoded(std::string_view one) {
    const bool is_safe =
        one.size() == 1 && (is_letter_or_digit(one.front()) || parameter_marks.find(one.front()) != std::string_view::npos);
    return is_safe ? std::string(one) : escaped(one, '%');
}

// One character, or one byte of it that is spelled out, at the end of a line of quoted-printable.
class quoted_printable {
 public:
    void unit(std::string_view text) {
        if (column_ + text.size() > max_encoded_line_bytes - 1) {
            out_.append("=").append(line_end);
            column_ = 0;
        }
        out_ += text;
        column_ += text.size();
    }
    void end_line() {
        out_ += line_end;
        column_ = 0;
    }
    [[nodiscard]] bool at_line_begin() const noexcept { return column_ == 0; }
    [[nodiscard]] std::string done() { return std::move(out_); }

 private:
    std::string out_;
    std::size_t column_ = 0;
};

}  // namespace

void put_text_header(std::string& out, std::string_view name, std::string_view utf8) {
    const bool fits = name.size() + 2 + utf8.size() <= max_encoded_line_bytes;
    out += fmt::format("{}: {}", name, fits && is_plain(utf8) ? std::string(utf8) : in_encoded_words(utf8));
    out += line_end;
}

void put_mailbox_header(std::string& out, std::string_view name, std::string_view display_name, std::string_view address) {
    if (display_name.empty()) {
        out += fmt::format("{}: <{}>{}", name, address, line_end);
        return;
    }
    const std::string quoted = phrase(display_name);
    const bool is_short = is_plain(display_name) && name.size() + 2 + quoted.size() <= max_encoded_line_bytes;
    const std::string shown = is_short ? quoted : in_encoded_words(display_name);
    const bool fits = is_short && name.size() + 2 + shown.size() + 3 + address.size() <= max_encoded_line_bytes;
    out += fmt::format("{}: {}{} <{}>{}", name, shown, fits ? "" : line_end, address, line_end);
}

void put_parameter(std::string& out, std::string_view name, std::string_view utf8) {
    const bool is_safe = is_plain(utf8) && utf8.find_first_of("\"\\") == std::string_view::npos;
    if (is_safe && utf8.size() <= parameter_chunk_bytes) {
        out += fmt::format(";{} {}=\"{}\"", line_end, name, utf8);
        return;
    }
    const std::vector<std::string> all = pieces(utf8, parameter_chunk_bytes, &percent_encoded);
    for (std::size_t number = 0; number < all.size(); ++number) {
        const std::string part = all.size() == 1 ? "" : fmt::format("*{}", number);
        out += fmt::format(";{} {}{}*={}{}", line_end, name, part, number == 0 ? "utf-8''" : "", all[number]);
    }
}

std::string written_date(std::chrono::sys_seconds at) {
    constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto here = std::chrono::floor<std::chrono::seconds>(in_sweden(at));
    const auto midnight = std::chrono::floor<std::chrono::days>(here);
    const std::chrono::year_month_day day(midnight);
    const std::chrono::hh_mm_ss clock(here - midnight);
    const auto ahead = std::chrono::duration_cast<std::chrono::hours>(here - at).count();
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +{:02}00", days[std::chrono::weekday(midnight).c_encoding()],
                       static_cast<unsigned>(day.day()), months[static_cast<unsigned>(day.month()) - 1],
                       static_cast<int>(day.year()), clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       ahead);
}

std::string in_quoted_printable(std::string_view utf8) {
    quoted_printable out;
    for (std::size_t at = 0; at < utf8.size();) {
        const char c = utf8[at];
        if (c == '\n') {
            out.end_line();
            ++at;
            continue;
        }
        const std::size_t size = std::max<std::size_t>(code_point_at(utf8, at).size, 1);
        const bool ends_line = at + 1 == utf8.size() || utf8[at + 1] == '\n';
        const bool is_blank = c == ' ' || c == '\t';
        // A dot or "From " there means something to old mail software.
        const bool is_unsafe = out.at_line_begin() && (c == '.' || c == 'F');
        if (size == 1 && (is_printable(c) || is_blank) && c != '=' && !(is_blank && ends_line) && !is_unsafe)
            out.unit(utf8.substr(at, 1));
        else
            out.unit(escaped(utf8.substr(at, size), '='));
        at += size;
    }
    return out.done();
}

std::string in_base64_lines(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() / 3 * 4 + bytes.size() / 28 + 8);
    for (std::size_t at = 0; at < bytes.size(); at += base64_line_bytes)
        out.append(in_base64(bytes.substr(at, base64_line_bytes))).append(line_end);
    return out;
}

}  // namespace brygga::mail::detail
