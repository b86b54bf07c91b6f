#include "formats/mail/message.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/sha256.hpp"
#include "formats/core/text.hpp"
#include "formats/mail/addresses.hpp"
#include "formats/mail/detail/wire.hpp"

namespace brygga::mail {

namespace {

using detail::line_end;

constexpr std::chrono::sys_seconds first_moment{}, last_moment = std::chrono::sys_days(std::chrono::year(9999) / 1 / 1);
constexpr std::string_view media_type_marks = "!#$&-^_.+";  // RFC 6838 section 4.2

// C0, DEL, and C1, which is two bytes in UTF-8.
bool has_control(std::string_view utf8, std::string_view but = {}) noexcept {
    for (std::size_t at = 0; at < utf8.size(); ++at) {
        const auto code = static_cast<unsigned char>(utf8[at]);
        if ((code < 0x20 || code == 0x7F) && but.find(utf8[at]) == std::string_view::npos) return true;
        if (code == 0xC2 && at + 1 < utf8.size() && static_cast<unsigned char>(utf8[at + 1]) < 0xA0) return true;
    }
    return false;
}

bool is_media_type(std::string_view text) noexcept {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size() || text.size() > 127) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (at != slash && !is_word && media_type_marks.find(c) == std::string_view::npos) return false;
    }
    // What is a tree of parts to its reader is no attachment of bytes.
    return !text.starts_with("multipart/") && !text.starts_with("message/");
}

bool is_message_id(std::string_view id) noexcept {
    return is_ascii(id) && fault_of_address(id).empty();
}

tl::unexpected<error> bad(std::string text) {
    return fail(error_code::invalid_argument, std::move(text));
}

result<void> check_header_text(std::string_view what, std::string_view text) {
    if (text.size() > max_header_text_bytes)
        return fail(error_code::limit_exceeded, fmt::format("{} of a message is beyond {} bytes", what, max_header_text_bytes));
    if (!is_valid_utf8(text)) return bad(fmt::format("{} of a message is not UTF-8", what));
    if (has_control(text)) return bad(fmt::format("{} of a message holds a control character", what));
    return {};
}

result<void> check_mailbox(std::string_view whose, const mailbox& one) {
    if (const std::string fault = fault_of_address(one.address); !fault.empty())
        return bad(fmt::format("the address of {} {}", whose, fault));
    return check_header_text(fmt::format("the name of {}", whose), one.name);
}

result<void> check_attachment(const attachment& one) {
    if (one.file_name.empty() || one.file_name.find_first_of("/\\") != std::string::npos)
        return bad("the name of an attachment is empty or holds a folder");
    if (!is_media_type(one.media_type)) return bad("the type of an attachment is no media type");
    return check_header_text("the file name of an attachment", one.file_name);
}

result<void> check(const message& what) {
    if (auto good = check_mailbox("the sender", what.from); !good) return good;
    if (auto good = check_mailbox("the receiver", what.to); !good) return good;
    if (what.reply_to)
        if (auto good = check_mailbox("who is answered", *what.reply_to); !good) return good;
    if (auto good = check_header_text("the subject", what.subject); !good) return good;
    if (!is_message_id(what.id)) return bad("the id of a message is not one");
    if (what.date < first_moment || what.date >= last_moment) return bad("the date of a message is before 1970 or after 9998");
    if (!is_valid_utf8(what.text)) return bad("the text of a message is not UTF-8");
    if (has_control(what.text, "\n\t")) return bad("the text of a message holds a control character");
    if (what.attachments.size() > max_attachments)
        return fail(error_code::limit_exceeded, fmt::format("a message has more than {} attachments", max_attachments));
    std::size_t bytes = what.text.size();
    for (const attachment& each : what.attachments) {
        if (auto good = check_attachment(each); !good) return good;
        bytes += each.bytes.size();
    }
    if (bytes > max_message_bytes)
        return fail(error_code::limit_exceeded, fmt::format("a message is beyond {} bytes", max_message_bytes));
    return {};
}

// Readers do not keep blanks around a name, and they say nothing.
std::string trimmed(std::string_view name) {
    const std::size_t first = name.find_first_not_of(' '), last = name.find_last_not_of(' ');
    return first == std::string_view::npos ? std::string() : std::string(name.substr(first, last - first + 1));
}

// Encoded as they are, no part can hold "=_".
std::string boundary_of(const std::vector<std::string>& parts) {
    sha256 hash;
    for (const std::string& each : parts)
        hash.add(each);
    return "=_" + hash.hex().substr(0, 32);
}

std::string text_part(const message& what) {
    return fmt::format("Content-Type: text/plain; charset=utf-8{0}Content-Transfer-Encoding: quoted-printable{0}{0}{1}{0}",
                       line_end, detail::in_quoted_printable(what.text));
}

std::string attached_part(const attachment& one) {
    std::string out = "Content-Type: " + one.media_type;
    detail::put_parameter(out, "name", one.file_name);
    out += fmt::format("{}Content-Disposition: attachment", line_end);
    detail::put_parameter(out, "filename", one.file_name);
    out += fmt::format("{0}Content-Transfer-Encoding: base64{0}{0}", line_end);
    return out + detail::in_base64_lines(one.bytes);
}

std::string composed(const message& what) {
    std::vector<std::string> parts{text_part(what)};
    for (const attachment& each : what.attachments)
        parts.push_back(attached_part(each));
    const std::string boundary = boundary_of(parts);
    std::string out;
    detail::put_mailbox_header(out, "From", what.from.name, what.from.address);
    detail::put_mailbox_header(out, "To", what.to.name, what.to.address);
    if (what.reply_to) detail::put_mailbox_header(out, "Reply-To", what.reply_to->name, what.reply_to->address);
    detail::put_text_header(out, "Subject", what.subject);
    out += fmt::format(
        "Date: {1}{0}Message-ID: <{2}>{0}Auto-Submitted: auto-generated{0}MIME-Version: 1.0{0}"
        "Content-Type: multipart/mixed;{0} boundary=\"{3}\"{0}{0}",
        line_end, detail::written_date(what.date), what.id, boundary);
    for (const std::string& each : parts)
        out += fmt::format("--{}{}{}", boundary, line_end, each);
    return out + fmt::format("--{}--{}", boundary, line_end);
}

}  // namespace

result<std::string> write_message(message what) {
    for (mailbox* const each : {&what.from, &what.to, what.reply_to ? &*what.reply_to : nullptr})
        if (each != nullptr) each->name = trimmed(each->name);
    if (auto good = check(what); !good) return tl::unexpected(std::move(good.error()));
    std::string bytes = composed(what);
    if (bytes.size() > max_message_bytes)
        return fail(error_code::limit_exceeded, fmt::format("a message is beyond {} bytes", max_message_bytes));
    const auto back = read_message(bytes);
    if (!back) return tl::unexpected(back.error());
    if (*back != what) return fail(error_code::invalid_content, "a message would be read otherwise than it was meant");
    return bytes;
}

}  // namespace brygga::mail
