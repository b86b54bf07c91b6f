#include "formats/canary/scan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/archive/zip.hpp"
#include "formats/canary/views.hpp"
#include "formats/print/pdf/inspection.hpp"

namespace brygga::canary {

namespace {

constexpr int deepest = 4;
constexpr std::size_t shortest_base64 = 24;

constexpr std::string_view pdf_begins = "%PDF-", zip_begins = "PK\x03\x04";

bool is_base64(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

bool is_line_end(char c) noexcept {
    return c == '\r' || c == '\n';
}

class scanner {
 public:
    scanner(const needles& sealed, const std::set<std::size_t>& expected) : sealed_(sealed), expected_(expected) {}

    void look(std::string_view bytes, const std::string& where, int depth) {
        if (depth > deepest) {
            told_.unreadable.push_back(where);
            return;
        }
        look_at_text(bytes, where);
        if (archive::is_zip(bytes))
            look_into_zip(bytes, where, depth);
        else if (bytes.starts_with(pdf_begins))
            look_into_pdf(bytes, where);
        else
            look_for_files(bytes, where, depth);
        look_into_base64(bytes, where, depth);
    }

    [[nodiscard]] report told() && { return std::move(told_); }

 private:
    void look_at_text(std::string_view bytes, const std::string& where) {
        look_at_view(bytes, where);
        if (const std::string plain = detail::unescaped(bytes); !plain.empty()) look_at_view(plain, where);
    }

    void look_at_view(std::string_view bytes, const std::string& where) {
        const auto note = [&](std::size_t which) {
            if (expected_.contains(which)) return;
            if (seen_.emplace(which, where).second) told_.seen.push_back({which, where});
        };
        sealed_.each_in(detail::letters_of(bytes), false, note);
        sealed_.each_in(detail::numbers_of(bytes), true, note);
    }

    void look_into_zip(std::string_view bytes, const std::string& where, int depth) {
        const auto read = archive::read_zip(bytes, {}, [&](const archive::zip_member& member) -> result<void> {
            const std::string place = inside(where, member.name);
            look_at_text(member.name, where);
            look(member.bytes, place, depth + 1);
            return {};
        });
        if (!read) told_.unreadable.push_back(where);
    }

    void look_into_pdf(std::string_view bytes, const std::string& where) {
        const auto text = print::pdf::text_of_pdf(bytes);
        if (!text) return told_.unreadable.push_back(where);
        look_at_text(*text, inside(where, "text"));
    }

    // PDFs and archives that stand behind something else.
    void look_for_files(std::string_view bytes, const std::string& where, int depth) {
        for (std::size_t at = bytes.find(pdf_begins); at != std::string_view::npos;) {
            const std::size_t next = bytes.find(pdf_begins, at + 1);
            look(bytes.substr(at, next - at), inside(where, "PDF"), depth + 1);
            at = next;
        }
        if (const std::size_t at = bytes.find(zip_begins); at != std::string_view::npos && archive::is_zip(bytes.substr(at)))
            look(bytes.substr(at), inside(where, "ZIP"), depth + 1);
    }

    // Runs of the alphabet, over line ends: as a whole, and in the pieces that the length of lines makes of it, since words
    // before a run may look like Base64 too.
    void look_into_base64(std::string_view bytes, const std::string& where, int depth) {
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t begin = at;
            while (at < bytes.size() && (is_base64(bytes[at]) || (is_line_end(bytes[at]) && at != begin)))
                ++at;
            if (at - begin >= shortest_base64) unpack_run(bytes.substr(begin, at - begin), where, depth);
            while (at < bytes.size() && !is_base64(bytes[at]))
                ++at;
        }
    }

    // Lines of one length and the shorter one that ends them are a piece; so is whatever stands behind an empty line.
    void unpack_run(std::string_view lines, const std::string& where, int depth) {
        std::string run, piece;
        std::size_t length = 0;
        bool is_over = false;
        const auto end_piece = [&] {
            if (piece.size() != run.size()) unpack(piece, where, depth);
            piece.clear();
        };
        while (!lines.empty()) {
            const std::string_view line = lines.substr(0, std::min(lines.find('\n'), lines.size()));
            lines.remove_prefix(std::min(line.size() + 1, lines.size()));
            std::string text(line);
            std::erase(text, '\r');
            if (!piece.empty() && (is_over || text.empty() || text.size() > length)) end_piece();
            if (piece.empty()) length = text.size();
            is_over = text.size() < length;
            piece += text;
            run += text;
        }
        end_piece();
        unpack(run, where, depth);
    }

    // Each of four beginnings is tried.
    void unpack(std::string_view run, const std::string& where, int depth) {
        if (run.size() < shortest_base64) return;
        for (std::size_t begin = 0; begin != 4; ++begin)
            look(detail::loose_base64(run.substr(begin)), inside(where, "base64"), depth + 1);
    }

    static std::string inside(const std::string& where, std::string_view what) {
        return where.empty() ? std::string(what) : fmt::format("{}, {}", where, what);
    }

    const needles& sealed_;
    const std::set<std::size_t>& expected_;
    std::set<std::pair<std::size_t, std::string>> seen_;
    report told_;
};

}  // namespace

report scan(std::string_view bytes, const needles& sealed, const std::set<std::size_t>& expected) {
    if (sealed.empty()) return {};
    scanner looking(sealed, expected);
    looking.look(bytes, {}, 1);
    return std::move(looking).told();
}

}  // namespace brygga::canary
