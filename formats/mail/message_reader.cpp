#include <fmt/format.h>

#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"
#include "formats/mail/detail/gmime.hpp"
#include "formats/mail/message.hpp"

namespace brygga::mail {

namespace {

tl::unexpected<error> bad(std::string_view why) {
    return fail(error_code::invalid_content, fmt::format("a message cannot be read: {}", why));
}

std::string text_or_empty(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

std::optional<mailbox> only_one(InternetAddressList* list) {
    if (list == nullptr || internet_address_list_length(list) != 1) return std::nullopt;
    InternetAddress* const one = internet_address_list_get_address(list, 0);
    if (!INTERNET_ADDRESS_IS_MAILBOX(one)) return std::nullopt;
    return mailbox{text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one))),
                   text_or_empty(internet_address_get_name(one))};
}

result<std::chrono::sys_seconds> date_of(GMimeMessage* of) {
    GDateTime* const at = g_mime_message_get_date(of);
    if (at == nullptr) return bad("it has no date");
    return std::chrono::sys_seconds(std::chrono::seconds(g_date_time_to_unix(at)));
}

result<message> headers_of(GMimeMessage* of) {
    message made;
    const auto from = only_one(g_mime_message_get_from(of)), to = only_one(g_mime_message_get_to(of));
    if (!from || !to) return bad("it has not one sender and one receiver");
    made.from = *from;
    made.to = *to;
    if (detail::header(GMIME_OBJECT(of), "Reply-To")) {
        made.reply_to = only_one(g_mime_message_get_reply_to(of));
        if (!made.reply_to) return bad("it has not one to answer to");
    }
    made.subject = text_or_empty(g_mime_message_get_subject(of));
    made.id = text_or_empty(g_mime_message_get_message_id(of));
    if (made.id.empty()) return bad("it has no id");
    const auto date = date_of(of);
    if (!date) return tl::unexpected(date.error());
    made.date = *date;
    return made;
}

result<void> take_part(GMimeObject* part, bool is_first, message& into) {
    if (!GMIME_IS_PART(part)) return bad("a part of it is no text and no attachment");
    std::string bytes = detail::content(GMIME_PART(part));
    const std::string type = detail::media_type(part);
    if (!is_first) {
        into.attachments.push_back({text_or_empty(g_mime_part_get_filename(GMIME_PART(part))), type, std::move(bytes)});
        return {};
    }
    const char* const charset = g_mime_object_get_content_type_parameter(part, "charset");
    if (type != "text/plain" || charset == nullptr || in_small_letters(charset) != "utf-8" || !is_valid_utf8(bytes))
        return bad("its text is not UTF-8");
    into.text = detail::with_plain_line_ends(bytes);
    return {};
}

}  // namespace

result<message> read_message(std::string_view bytes) {
    const detail::parsed_message parsed = detail::parse(bytes);
    if (!parsed.fault.empty()) return bad(parsed.fault);
    auto made = headers_of(parsed.message.get());
    if (!made) return made;
    GMimeObject* const body = g_mime_message_get_mime_part(parsed.message.get());
    if (!GMIME_IS_MULTIPART(body) || detail::media_type(body) != "multipart/mixed") return bad("it has no parts");
    GMimeMultipart* const parts = GMIME_MULTIPART(body);
    const int count = g_mime_multipart_get_count(parts);
    if (count < 1 || static_cast<std::size_t>(count) > max_attachments + 1) return bad("it has no text, or too many parts");
    for (int number = 0; number < count; ++number)
        if (auto taken = take_part(g_mime_multipart_get_part(parts, number), number == 0, *made); !taken)
            return tl::unexpected(std::move(taken.error()));
    return made;
}

}  // namespace brygga::mail
