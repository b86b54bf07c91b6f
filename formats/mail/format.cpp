#include "formats/mail/format.hpp"

#include <array>

#include "formats/core/lines.hpp"
#include "formats/core/small_letters.hpp"
#include "formats/mail/delivery_report.hpp"
#include "formats/mail/detail/commands.hpp"
#include "formats/mail/generator.hpp"
#include "formats/mail/mask.hpp"
#include "formats/mail/rules.hpp"

namespace brygga::mail {

namespace {

// What every server adds, or every program that makes a message.
constexpr std::array<std::string_view, 4> signs_of_mail = {"date", "message-id", "mime-version", "received"};
constexpr std::array<std::string_view, 2> senders = {"from", "return-path"};
constexpr std::size_t longest_sign = 16;

// In small letters; empty for what is no header.
std::string_view header_name(std::string_view line, std::array<char, longest_sign>& into) noexcept {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > into.size()) return {};
    for (std::size_t at = 0; at < colon; ++at) {
        const char c = line[at];
        into[at] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return {into.data(), colon};
}

bool is_header_or_its_rest(std::string_view line) noexcept {
    if (line.starts_with(' ') || line.starts_with('\t')) return true;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    for (const char c : line.substr(0, colon))
        if (c <= ' ' || c > '~') return false;
    return true;
}

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& those, std::string_view name) noexcept {
    for (const std::string_view each : those)
        if (each == name) return true;
    return false;
}

constexpr std::string_view description =
    R"text(An Internet message (RFC 5322, MIME) that came back for one that was sent.

form              delivery-status   a delivery status notification (RFC 3464)
                  text-bounce       a bounce of a mail server in its own words
                  automatic         an absence notice, a read receipt
                  other             a letter, for a person to read
outcome           failed, delayed, delivered, automatic-answer, or other: a person must look
id                Message-ID of the report
named             Message-IDs of what it may be about, the most certain first
recipient         one for each that is reported
  action          failed, delayed, delivered, relayed, expanded
  status          class, subject and detail: 5.1.1 (RFC 3463)
  reply_code      the answer of SMTP in the diagnostic code: 550
  address         of the recipient; personal
  diagnostic      the server's words; personal
)text";

class report_format final : public format {
 public:
    [[nodiscard]] std::string_view id() const noexcept override { return detail::format_id; }
    [[nodiscard]] std::string_view title() const noexcept override {
        return "What comes back for an e-mail: status notification, bounce, automatic answer, letter";
    }
    [[nodiscard]] direction flows() const noexcept override { return direction::incoming; }

    // A sender, a sign of mail, and nothing but headers until a blank line or the end of what is looked at.
    [[nodiscard]] bool sniff(std::string_view head) const noexcept override {
        bool has_sender = false, has_sign = false;
        line_cutter lines(head);
        for (physical_line line; lines.next(line);) {
            if (line.bytes.empty() && line.number != 1) break;
            if (line.end.empty() && has_sender && has_sign) break;  // it may be cut
            if (!is_header_or_its_rest(line.bytes)) return false;
            std::array<char, longest_sign> room{};
            const std::string_view name = header_name(line.bytes, room);
            has_sender = has_sender || is_one_of(senders, name);
            has_sign = has_sign || is_one_of(signs_of_mail, name);
        }
        return has_sender && has_sign;
    }
    [[nodiscard]] std::span<const rule_info> rules() const noexcept override { return mail::rules(); }
    void describe(const output& to) const override { to(description); }

    void check(std::string_view bytes, const read_settings& with,
               const std::function<void(const check_report&)>& each) const override {
        const report_file file = read_report(bytes, {.policy = with.policy});
        check_report made;
        made.logical_no = 1;
        made.version = name(file.content.form);
        made.id = file.content.id;
        made.accepted = file.accepted();
        for (const recipient_report& one : file.content.recipients)
            ++made.records[one.action ? std::string(name(*one.action)) : "unknown"];
        made.findings = &file.findings;
        each(made);
    }
    void show(std::string_view bytes, const read_settings&, const show_settings& how, const output& to) const override {
        detail::show(bytes, how, to);
    }
    void to_json(std::string_view bytes, const read_settings&, const output& to) const override { detail::to_json(bytes, to); }
    [[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to) const override {
        return detail::from_json(json_lines, to);
    }
    bool diff(std::string_view before, std::string_view after, const read_settings&, const output& to) const override {
        return detail::diff(before, after, to);
    }
    void mask(std::string_view bytes, std::string_view key, const read_settings&, const output& to) const override {
        mail::mask(bytes, key, to);
    }
    [[nodiscard]] result<void> generate(const generate_settings& what, const output& to) const override {
        const auto made = generated_report(what);
        if (!made) return tl::unexpected(made.error());
        to(*made);
        return {};
    }
};

}  // namespace

const format& registered_format() noexcept {
    static const report_format one;
    return one;
}

}  // namespace brygga::mail
