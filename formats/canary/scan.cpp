#include "formats/canary/scan.hpp"

#include <fmt/format.h>

#include "formats/archive/zip.hpp"
#include "formats/canary/views.hpp"
#include "formats/core/base64.hpp"
#include "formats/print/pdf/inspection.hpp"

namespace brygga::canary {

namespace {

constexpr int deepest = 4;
constexpr std::size_t shortest_base64 = 24;

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
        else if (bytes.starts_with("%PDF-"))
            look_into_pdf(bytes, where);
        else
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

    // Runs of the alphabet, over line ends.
    void look_into_base64(std::string_view bytes, const std::string& where, int depth) {
        std::string run;
        for (std::size_t at = 0; at < bytes.size();) {
            run.clear();
            for (; at < bytes.size() && (is_base64(bytes[at]) || (is_line_end(bytes[at]) && !run.empty())); ++at)
                if (!is_line_end(bytes[at])) run += bytes[at];
            if (run.size() >= shortest_base64) unpack(run, where, depth);
            while (at < bytes.size() && !is_base64(bytes[at]))
                ++at;
        }
    }

    // A run may begin before the Base64 does, in words that look like it: each of four beginnings is tried, unless it is a PDF or
    // an archive, which tell of themselves.
    void unpack(std::string_view run, const std::string& where, int depth) {
        for (std::size_t begin = 0; begin != 4 && begin < run.size(); ++begin) {
            std::string text(run.substr(begin));
            const std::size_t rest = text.size() % 4;
            if (rest == 1) text.pop_back();
            if (rest >= 2) text = text.substr(0, text.size() - rest);
            const auto bytes = from_base64(text);
            if (!bytes || bytes->empty()) continue;
            const bool tells = bytes->starts_with("%PDF-") || archive::is_zip(*bytes);
            if (tells)
                look(*bytes, inside(where, "base64"), depth + 1);
            else
                look_at_text(*bytes, inside(where, "base64"));
            if (tells) return;
        }
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
