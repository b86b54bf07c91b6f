#include "formats/mail/detail/report_parts.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "formats/core/lines.hpp"
#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"
#include "formats/mail/detail/bounce_text.hpp"

namespace brygga::mail::detail {

namespace {

constexpr std::size_t max_text_bytes = std::size_t{4} << 20;  // of all parts together
constexpr std::size_t max_field_bytes = 10'000;
constexpr std::array<delivery_action, 5> actions = {delivery_action::failed, delivery_action::delayed, delivery_action::delivered,
                                                    delivery_action::relayed, delivery_action::expanded};

using field_group = std::map<std::string, std::string, std::less<>>;  // by the name in small letters; the first of each

std::string_view trimmed(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first, last - first + 1);
}

// Behind "rfc822;" and the like.
std::string_view behind_type(std::string_view value) noexcept {
    const std::size_t mark = value.find(';');
    return trimmed(mark == std::string_view::npos ? value : value.substr(mark + 1));
}

// Without "(a comment)" and whatever else stands behind the word.
std::string_view first_word(std::string_view value) noexcept {
    return value.substr(0, value.find_first_of(" \t(;"));
}

std::string_view field(const field_group& of, std::string_view name) {
    const auto found = of.find(name);
    return found == of.end() ? std::string_view() : trimmed(found->second);
}

std::vector<field_group> groups_in(std::string_view content) {
    std::vector<field_group> groups(1);
    std::string* last = nullptr;
    line_cutter lines(content);
    for (physical_line line; lines.next(line) && groups.size() <= max_recipients + 1;) {
        if (trimmed(line.bytes).empty()) {
            if (!groups.back().empty()) groups.emplace_back();
            last = nullptr;
            continue;
        }
        if (line.bytes.front() == ' ' || line.bytes.front() == '\t') {
            if (last != nullptr && last->size() < max_field_bytes) last->append(" ").append(trimmed(line.bytes));
            continue;
        }
        const std::size_t colon = line.bytes.find(':');
        last = nullptr;
        if (colon == std::string_view::npos) continue;
        const auto [at, is_new] =
            groups.back().try_emplace(in_small_letters(trimmed(line.bytes.substr(0, colon))), line.bytes.substr(colon + 1));
        if (is_new) last = &at->second;
    }
    return groups;
}

std::optional<recipient_report> recipient_of(const field_group& group) {
    const std::string_view final_recipient = field(group, "final-recipient"), original = field(group, "original-recipient");
    const std::string_view action = field(group, "action"), status = field(group, "status");
    if (final_recipient.empty() && original.empty() && action.empty() && status.empty()) return std::nullopt;
    recipient_report made;
    made.address = valid_text(behind_type(final_recipient.empty() ? original : final_recipient));
    const std::string said = in_small_letters(first_word(action));
    const auto known = std::find_if(actions.begin(), actions.end(), [&](delivery_action each) { return name(each) == said; });
    if (known != actions.end()) made.action = *known;
    const std::string_view code = leading_status(status);
    if (code == first_word(status)) made.status = code;
    made.diagnostic = valid_text(field(group, "diagnostic-code").substr(0, max_field_bytes));
    made.reply_code = first_reply_code(made.diagnostic);
    return made;
}

std::string text_of(GMimePart* part) {
    if (GMIME_IS_TEXT_PART(part)) {
        char* const text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
        if (text != nullptr) {
            std::string out = with_plain_line_ends(text);
            g_free(text);
            return is_valid_utf8(out) ? out : to_utf8(out, encoding::iso_8859_1);
        }
    }
    const std::string bytes = with_plain_line_ends(content(part));
    return is_valid_utf8(bytes) ? bytes : to_utf8(bytes, encoding::iso_8859_1);
}

std::string message_id_of(GMimeMessage* message) {
    const char* const id = message == nullptr ? nullptr : g_mime_message_get_message_id(message);
    return id == nullptr ? std::string() : valid_text(id);
}

bool is_message(std::string_view type) noexcept {
    return type == "message/rfc822" || type == "message/global";
}
bool is_headers(std::string_view type) noexcept {
    return type == "text/rfc822-headers" || type == "message/global-headers";
}

void take(GMimeObject* part, report_parts& into) {
    const std::string type = media_type(part);
    if (GMIME_IS_MESSAGE_PART(part)) {
        into.originals.push_back(message_id_of(g_mime_message_part_get_message(GMIME_MESSAGE_PART(part))));
        return;
    }
    if (!GMIME_IS_PART(part)) return;
    if (is_message(type) || is_headers(type)) {
        const parsed_message within = parse(content(GMIME_PART(part)));
        into.originals.push_back(message_id_of(within.message.get()));
    } else if (type == "message/delivery-status" || type == "message/global-delivery-status") {
        into.says = report_type::delivery;
        const auto found = read_delivery_status(content(GMIME_PART(part)));
        const std::size_t left = max_recipients - into.recipients.size();
        into.recipients.insert(into.recipients.end(), found.begin(),
                               found.begin() + static_cast<std::ptrdiff_t>(std::min(left, found.size())));
    } else if (type == "message/disposition-notification" && into.says == report_type::none) {
        into.says = report_type::disposition;
    } else if (type == "message/feedback-report" && into.says == report_type::none) {
        into.says = report_type::another;
    } else if (type == "text/plain" && into.text.size() < max_text_bytes) {
        into.text += cut_text(text_of(GMIME_PART(part)), max_text_bytes - into.text.size());
        if (!into.text.ends_with('\n')) into.text += '\n';
    }
}

}  // namespace

bool collect(GMimeMessage* from, report_parts& into) {
    if (!each_part(from, [&into](GMimeObject* part) { take(part, into); })) return false;
    GMimeObject* const root = g_mime_message_get_mime_part(from);
    if (root == nullptr || media_type(root) != "multipart/report" || into.says != report_type::none) return true;
    const char* const type = g_mime_object_get_content_type_parameter(root, "report-type");
    const std::string said = in_small_letters(type == nullptr ? "" : type);
    into.says = said == "delivery-status" ? report_type::delivery : report_type::another;
    return true;
}

std::vector<recipient_report> read_delivery_status(std::string_view content) {
    std::vector<recipient_report> found;
    for (const field_group& each : groups_in(content))
        if (auto one = recipient_of(each); one && found.size() < max_recipients) found.push_back(std::move(*one));
    return found;
}

std::vector<std::string> ids_between_angles(std::string_view text) {
    std::vector<std::string> found;
    while (found.size() < max_named) {
        const std::size_t begin = text.find('<');
        const std::size_t end = text.find('>', begin == std::string_view::npos ? text.size() : begin);
        if (end == std::string_view::npos) break;
        found.push_back(valid_text(text.substr(begin + 1, end - begin - 1)));
        text.remove_prefix(end + 1);
    }
    return found;
}

std::string valid_text(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
    return is_valid_utf8(out) ? out : to_utf8(out, encoding::iso_8859_1);
}

std::string cut_text(std::string_view utf8, std::size_t most) {
    if (utf8.size() <= most) return std::string(utf8);
    while (most != 0 && (static_cast<unsigned char>(utf8[most]) & 0xC0u) == 0x80u)
        --most;
    return std::string(utf8.substr(0, most));
}

}  // namespace brygga::mail::detail
