#include "formats/mail/mask.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "formats/core/lines.hpp"
#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"
#include "formats/inspection/masked_text.hpp"
#include "formats/mail/detail/bounce_text.hpp"
#include "formats/mail/detail/line_walk.hpp"
#include "formats/mail/message_ids.hpp"

namespace brygga::mail {

namespace {

using detail::line_kind;
using detail::walked_line;

// clang-format off
constexpr std::array<std::string_view, 15> open_headers = {
    "action", "arrival-date", "auto-submitted", "content-disposition", "content-transfer-encoding", "content-type", "date",
    "last-attempt-date", "mime-version", "precedence", "status", "will-retry-until", "x-auto-response-suppress", "x-autoreply",
    "x-autorespond",
};
// clang-format on
static_assert(std::is_sorted(open_headers.begin(), open_headers.end()), "it is searched by halves");

// The type of what follows stands in front: "rfc822; ", "smtp; ".
constexpr std::array<std::string_view, 5> typed_fields = {"diagnostic-code", "final-recipient", "original-recipient",
                                                          "remote-mta", "reporting-mta"};
constexpr std::array<std::string_view, 2> server_names = {"mailer-daemon", "postmaster"};

struct span {
    std::size_t begin{}, end{};
};

bool is_letter_or_digit(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Letters and digits all A: still base64, hexadecimal, or percent encoding.
void blank(std::string& line, span part) {
    for (std::size_t at = part.begin; at < part.end; ++at)
        if (is_letter_or_digit(line[at]) || static_cast<unsigned char>(line[at]) >= 0x80) line[at] = 'A';
}

// "=?utf-8?Q?text?=", the text blanked; what it occupies.
span blank_encoded_word(std::string& line, std::size_t at) {
    const std::size_t charset = line.find('?', at + 2);
    const std::size_t text = charset == std::string::npos ? charset : line.find('?', charset + 1);
    const std::size_t end = text == std::string::npos ? text : line.find("?=", text + 1);
    if (end == std::string::npos) return {at, at};
    blank(line, {text + 1, end});
    return {at, end + 2};
}

class masker {
 public:
    explicit masker(std::string_view key) : hash_(key), digits_(hash_), texts_(hash_, digits_) {}

    void line(std::string& line, const walked_line& as) {
        switch (as.is) {
            case line_kind::boundary:
            case line_kind::blank:
                return;
            case line_kind::encoded:
                return blank(line, {0, line.size()});
            case line_kind::text:
                return words(line, 0);
            case line_kind::header:
            case line_kind::field:
                return value(line, as);
        }
    }

 private:
    void value(std::string& line, const walked_line& as) {
        if (is_open_header(as.name)) return file_name(line);
        const std::size_t colon = line.find(':');
        std::size_t begin = as.goes_on || colon == std::string::npos ? 0 : colon + 1;
        const bool is_typed = std::find(typed_fields.begin(), typed_fields.end(), as.name) != typed_fields.end();
        if (is_typed && !as.goes_on)
            if (const std::size_t mark = line.find(';', begin); mark != std::string::npos) begin = mark + 1;
        words(line, begin);
    }

    // name="faktura-Anna.pdf", filename*0*=...
    static void file_name(std::string& line) {
        const std::string small = in_small_letters(line);
        for (std::size_t at = small.find("name"); at < line.size(); at = small.find("name", at + 1)) {
            const std::size_t equals = line.find('=', at);
            if (equals == std::string::npos) return;
            const bool is_quoted = equals + 1 < line.size() && line[equals + 1] == '"';
            const std::size_t end = line.find(is_quoted ? '"' : ';', equals + 2);
            blank(line, {equals + 1, std::min(end, line.size())});
        }
    }

    void keep(std::size_t begin, std::size_t end) { kept_.push_back({begin, end}); }

    // What says what happened, and what other rules go by.
    void find_kept(std::string& line, std::size_t begin) {
        kept_.clear();
        for (std::size_t at = line.find("=?", begin); at != std::string::npos;) {
            const span word = blank_encoded_word(line, at);
            keep(word.begin, word.end);
            at = line.find("=?", std::max(word.end, at + 2));
        }
        for (auto found = detail::find_evidence(line, begin); found; found = detail::find_evidence(line, found->end))
            keep(found->begin, found->end);
        for (const std::string& id : ids_in(line, most_ids))
            if (const std::size_t at = line.find(id, begin); at != std::string::npos) keep(at, at + id.size());
        const std::string small = in_small_letters(line);
        for (const std::string_view each : server_names)
            if (const std::size_t at = small.find(each, begin); at != std::string::npos) keep(at, at + each.size());
        std::sort(kept_.begin(), kept_.end(), [](const span& a, const span& b) { return a.begin < b.begin; });
    }

    void words(std::string& line, std::size_t begin) {
        find_kept(line, begin);
        const inspection::alphabet& letters = is_valid_utf8(line) ? utf8_ : latin1_;
        for (const span& each : kept_) {
            if (each.begin > begin) texts_.mask(line, begin, each.begin, letters, inspection::number_kind::reference, false);
            begin = std::max(begin, each.end);
        }
        if (begin < line.size()) texts_.mask(line, begin, line.size(), letters, inspection::number_kind::reference, false);
    }

    static constexpr std::size_t most_ids = 20;

    inspection::keyed_hash hash_;
    inspection::digit_masker digits_;
    inspection::text_masker texts_;
    inspection::alphabet utf8_{encoding::utf_8}, latin1_{encoding::iso_8859_1};
    std::vector<span> kept_;
};

}  // namespace

bool is_open_header(std::string_view name) noexcept {
    return std::binary_search(open_headers.begin(), open_headers.end(), name);
}

void mask(std::string_view bytes, std::string_view key, const output& to) {
    masker with(key);
    detail::line_walk walk;
    line_cutter lines(bytes);
    std::string out;
    for (physical_line line; lines.next(line);) {
        const walked_line as = walk.next(line.bytes);
        out = line.bytes;
        with.line(out, as);
        out += line.end;
        to(out);
    }
}

}  // namespace brygga::mail
