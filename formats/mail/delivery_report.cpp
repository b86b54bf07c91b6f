#include "formats/mail/delivery_report.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/core/lines.hpp"
#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"
#include "formats/mail/detail/bounce_text.hpp"
#include "formats/mail/detail/gmime.hpp"
#include "formats/mail/detail/report_parts.hpp"
#include "formats/mail/rules.hpp"

namespace brygga::mail {

namespace {

constexpr std::array<std::string_view, 5> action_names = {"failed", "delayed", "delivered", "relayed", "expanded"};

// A server's own name for itself, in front of its @.
bool is_mail_server(std::string_view address) {
    const std::string local = in_small_letters(address.substr(0, address.find('@')));
    return local == "mailer-daemon" || local == "postmaster";
}

std::string sender_of(GMimeMessage* of) {
    InternetAddressList* const from = g_mime_message_get_from(of);
    if (from == nullptr || internet_address_list_length(from) == 0) return {};
    InternetAddress* const one = internet_address_list_get_address(from, 0);
    if (!INTERNET_ADDRESS_IS_MAILBOX(one)) return {};
    const char* const address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
    return address == nullptr ? std::string() : std::string(address);
}

// RFC 3834 section 5, and what was used before it.
bool is_automatic(GMimeObject* of) {
    const std::string submitted = in_small_letters(detail::header(of, "Auto-Submitted").value_or("no"));
    const std::string precedence = in_small_letters(detail::header(of, "Precedence").value_or(""));
    return (!submitted.empty() && !submitted.starts_with("no")) || detail::header(of, "X-Autoreply") ||
           detail::header(of, "X-Autorespond") || precedence.starts_with("auto_reply") || precedence.starts_with("auto-reply");
}

report_form form_of(GMimeMessage* of, const detail::report_parts& parts) {
    GMimeObject* const object = GMIME_OBJECT(of);
    switch (parts.says) {
        case detail::report_type::delivery:
            return report_form::delivery_status;
        case detail::report_type::disposition:
            return report_form::automatic;
        case detail::report_type::another:
            return report_form::other;
        case detail::report_type::none:
            break;
    }
    if (detail::header(object, "X-Failed-Recipients") || is_mail_server(sender_of(of))) return report_form::text_bounce;
    if (is_automatic(object)) return report_form::automatic;
    // Absence notices have no return path either, but they say that they are automatic.
    return detail::header(object, "Return-Path").value_or("") == "<>" ? report_form::text_bounce : report_form::other;
}

// By the action, else by the class of the status; nothing where neither says it, or the two contradict each other.
std::optional<delivery_outcome> outcome_of(const recipient_report& one) {
    const char status_class = one.status.empty() ? '?' : one.status.front();
    if (!one.action) return std::nullopt;
    switch (*one.action) {
        case delivery_action::failed:
            if (status_class == '2') return std::nullopt;
            return delivery_outcome::failed;
        case delivery_action::delayed:
            if (status_class == '2' || status_class == '5') return std::nullopt;
            return delivery_outcome::delayed;
        case delivery_action::delivered:
        case delivery_action::relayed:
        case delivery_action::expanded:
            if (status_class == '4' || status_class == '5') return std::nullopt;
            return delivery_outcome::delivered;
    }
    return std::nullopt;
}

// A message of ours has one recipient; of several the worst counts.
delivery_outcome outcome_of(const delivery_report& report) {
    if (report.form == report_form::automatic) return delivery_outcome::automatic_answer;
    if (report.form == report_form::other || report.recipients.empty()) return delivery_outcome::other;
    delivery_outcome worst = delivery_outcome::delivered;
    for (const recipient_report& each : report.recipients) {
        const auto one = outcome_of(each);
        if (!one) return delivery_outcome::other;
        worst = std::min(worst, *one);
    }
    return worst;
}
static_assert(delivery_outcome::failed < delivery_outcome::delayed && delivery_outcome::delayed < delivery_outcome::delivered);

// What stands in front of the copy of what was sent: that has numbers of its own.
std::vector<recipient_report> recipients_in_words(GMimeMessage* of, std::string_view text) {
    const auto found = detail::find_evidence(text.substr(0, detail::begin_of_copy(text)));
    const auto failed = detail::header(GMIME_OBJECT(of), "X-Failed-Recipients");  // Exim's, of permanent failures alone
    if (!found && !failed) return {};
    recipient_report one;
    one.action = failed ? delivery_action::failed : found->action;
    one.address = failed.value_or("");
    if (found && found->action == *one.action) {
        one.status = found->status;
        one.reply_code = found->reply_code;
    }
    return {one};
}

class judge {
 public:
    judge(report_file& file, const report_options& options) : file_(file), options_(options) {}

    void recipients() {
        const delivery_report& report = file_.content;
        if (report.form != report_form::delivery_status) return;
        if (report.recipients.empty()) add(rule::R04, severity::hold, {}, "a recipient");
        for (std::size_t at = 0; at < report.recipients.size(); ++at) {
            const recipient_report& each = report.recipients[at];
            if (!each.action)
                add(rule::R04, severity::hold, field_of(at, "action"), "failed, delayed, delivered, relayed or expanded");
            if (each.status.empty()) add(rule::R04, severity::hold, field_of(at, "status"), "a status such as 5.1.1");
            if (each.action && !each.status.empty() && !outcome_of(each))
                add(rule::R05, severity::hold, field_of(at, "status", each.status), name(*each.action));
        }
    }

    void names() {
        delivery_report& report = file_.content;
        if (options_.ids != nullptr)
            for (const std::string& each : report.named)
                if (!report.token) report.token = options_.ids->parse(each);
        if (report.form != report_form::delivery_status && report.form != report_form::text_bounce) return;
        if (report.named.empty())
            add(rule::R02, severity::hold, {}, "a Message-ID");
        else if (options_.ids != nullptr && !report.token)
            add(rule::R03, severity::hold, {}, "a Message-ID of ours");
    }

    void outcome() {
        delivery_report& report = file_.content;
        report.outcome = outcome_of(report);
        if (report.form == report_form::automatic) add(rule::R07, severity::info, {}, {});
        const bool says_nothing = report.form == report_form::text_bounce && report.recipients.empty();
        if (report.form == report_form::other || says_nothing) add(rule::R06, severity::hold, {}, {});
    }

    void form(severity level, std::string_view fault) { add(rule::R01, level, {}, "a message; " + std::string(fault)); }

 private:
    struct place {
        std::string path, field, found;
    };
    static place field_of(std::size_t recipient, std::string_view field, std::string_view found = {}) {
        return {fmt::format("recipient {}", recipient + 1), std::string(field), std::string(found)};
    }

    void add(rule which, severity level, const place& at, std::string_view expected) {
        static_cast<void>(file_.findings.add(static_cast<std::size_t>(which), level, [&] {
            finding made;
            made.path = at.path;
            made.field = at.field;
            made.found = at.found;
            made.expected = expected;
            return made;
        }));
    }

    report_file& file_;
    const report_options& options_;
};

void keep_named(delivery_report& in, std::string id) {
    const bool is_new = std::find(in.named.begin(), in.named.end(), id) == in.named.end();
    if (is_new && !id.empty() && in.named.size() < max_named) in.named.push_back(std::move(id));
}

void read_whole(GMimeMessage* message, detail::report_parts& parts, delivery_report& into) {
    GMimeObject* const object = GMIME_OBJECT(message);
    into.form = form_of(message, parts);
    const char* const id = g_mime_message_get_message_id(message);
    into.id = id == nullptr ? "" : detail::valid_text(id);
    into.subject = detail::valid_text(detail::header(object, "Subject").value_or(""));
    into.recipients = std::move(parts.recipients);
    if (into.form == report_form::text_bounce) into.recipients = recipients_in_words(message, parts.text);
    for (std::string& each : parts.originals)
        keep_named(into, std::move(each));
    for (const char* const each : {"In-Reply-To", "References"})
        for (std::string& one : detail::ids_between_angles(detail::header(object, each).value_or("")))
            keep_named(into, std::move(one));
    for (std::string& each : ids_in(parts.text, max_named))
        keep_named(into, std::move(each));
    into.text = detail::cut_text(parts.text, max_shown_text_bytes);
}

}  // namespace

std::string_view name(report_form code) noexcept {
    switch (code) {
        case report_form::delivery_status:
            return "delivery-status";
        case report_form::text_bounce:
            return "text-bounce";
        case report_form::automatic:
            return "automatic";
        case report_form::other:
            return "other";
    }
    return "unknown";
}

std::string_view name(delivery_outcome code) noexcept {
    switch (code) {
        case delivery_outcome::failed:
            return "failed";
        case delivery_outcome::delayed:
            return "delayed";
        case delivery_outcome::delivered:
            return "delivered";
        case delivery_outcome::automatic_answer:
            return "automatic-answer";
        case delivery_outcome::other:
            return "other";
    }
    return "unknown";
}

std::string_view name(delivery_action code) noexcept {
    return action_names[static_cast<std::size_t>(code)];
}

report_file read_report(std::string_view bytes, const report_options& options) {
    report_file file{{}, finding_list(rules(), options.policy)};
    judge says(file, options);
    const detail::parsed_message parsed = detail::parse(bytes);
    detail::report_parts parts;
    const bool is_whole = parsed.message && !parsed.is_cut && detail::collect(parsed.message.get(), parts);
    if (!is_whole) {
        says.form(severity::error, parsed.fault.empty() ? "it has too many parts" : parsed.fault);
        return file;
    }
    if (!parsed.fault.empty()) says.form(severity::warning, parsed.fault);
    read_whole(parsed.message.get(), parts, file.content);
    says.recipients();
    says.names();
    says.outcome();
    return file;
}

}  // namespace brygga::mail
