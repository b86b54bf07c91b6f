#include "formats/mail/generator.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/invented/payers.hpp"
#include "formats/mail/delivery_report.hpp"
#include "formats/mail/detail/wire.hpp"
#include "formats/mail/message_ids.hpp"
#include "formats/mail/rules.hpp"

namespace brygga::mail {

namespace {

using detail::line_end;

constexpr date default_day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{24}};

std::string morning_of(const generate_settings& what) {
    const date day = what.day.ok() ? what.day : default_day;
    return detail::written_date(std::chrono::sys_days(day) + std::chrono::hours(9));
}

struct case_of_failure {
    std::string_view action, status, diagnostic;
};
constexpr case_of_failure cases[] = {
    {"failed", "5.1.1", "550 5.1.1 No such user here"},
    {"failed", "5.2.2", "552 5.2.2 Mailbox full"},
    {"delayed", "4.4.1", "451 4.4.1 No answer from host"},
    {"failed", "5.7.1", "554 5.7.1 Message refused by policy"},
    {"delivered", "2.1.5", "250 2.1.5 Ok"},
};

struct faults {
    explicit faults(const std::vector<std::string>& ids) : ids_(ids) {}
    [[nodiscard]] bool has(rule which) const { return std::find(ids_.begin(), ids_.end(), info(which).id) != ids_.end(); }

 private:
    const std::vector<std::string>& ids_;
};

// 13 characters, as ids of rows are.
std::string token_of(invented::random_numbers& random) {
    constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string out = "0";
    while (out.size() < 13)
        out += digits[random.below(digits.size())];
    return out;
}

void put(std::string& out, std::string_view line) {
    out.append(line).append(line_end);
}

std::string recipients_of(const generate_settings& what, const faults& broken, const std::vector<std::string>& addresses) {
    std::string out;
    for (std::size_t at = 0; at < addresses.size(); ++at) {
        const case_of_failure& one = cases[(what.seed + at) % std::size(cases)];
        const bool is_first = at == 0;
        const bool contradicts = is_first && broken.has(rule::R05);
        put(out, "");
        put(out, fmt::format("Final-Recipient: rfc822; {}", addresses[at]));
        put(out, fmt::format("Action: {}", contradicts ? "delivered" : one.action));
        if (!is_first || !broken.has(rule::R04)) put(out, fmt::format("Status: {}", contradicts ? "5.1.1" : one.status));
        put(out, fmt::format("Diagnostic-Code: smtp; {}", one.diagnostic));
    }
    return out;
}

std::string report(const generate_settings& what, const faults& broken) {
    invented::random_numbers random(what.seed);
    const auto people = invented::payers(what.seed, static_cast<std::size_t>(std::max<std::uint64_t>(what.count, 1)));
    std::vector<std::string> addresses;
    for (std::size_t at = 0; at < what.count; ++at)
        addresses.push_back(fmt::format("kund{}@kund.example", 1000 + random.below(9000)));
    const std::string date = morning_of(what);
    const std::string token = token_of(random);
    const std::string id = message_ids::under(generated_key, generated_domain).value().make(token).value();
    const std::string boundary = fmt::format("{}/relay.example", token);
    std::string out;
    put(out, "Return-Path: <>");
    put(out, "From: MAILER-DAEMON@relay.example (Mail Delivery System)");
    put(out, "To: studs@energi.example");
    put(out, "Subject: Delivery report");
    put(out, "Auto-Submitted: auto-replied");
    put(out, "Date: " + date);
    put(out, fmt::format("Message-ID: <{}.report@relay.example>", token));
    put(out, "MIME-Version: 1.0");
    put(out, fmt::format("Content-Type: multipart/report; report-type=delivery-status;{} boundary=\"{}\"", line_end, boundary));
    put(out, fmt::format("{0}--{1}{0}Content-Type: text/plain; charset=utf-8{0}Content-Transfer-Encoding: 8bit{0}", line_end,
                         boundary));
    put(out, "This is what became of your message.");
    put(out, fmt::format("{0}--{1}{0}Content-Type: message/delivery-status{0}", line_end, boundary));
    put(out, "Reporting-MTA: dns; relay.example");
    out += recipients_of(what, broken, addresses);
    put(out, fmt::format("{0}--{1}{0}Content-Type: text/rfc822-headers{0}", line_end, boundary));
    put(out, "From: <faktura@energi.example>");
    detail::put_mailbox_header(out, "To", people.front().name, addresses.empty() ? "kund@kund.example" : addresses.front());
    put(out, "Subject: Faktura");
    if (!broken.has(rule::R02)) put(out, fmt::format("Message-ID: <{}>", id));
    put(out, "");
    if (!broken.has(rule::R01)) put(out, fmt::format("--{}--", boundary));
    return out;
}

std::string other_message(const generate_settings& what, bool is_automatic) {
    const auto people = invented::payers(what.seed, 1);
    std::string out;
    detail::put_mailbox_header(out, "From", people.front().name, "kund@kund.example");
    put(out, "To: <faktura@energi.example>");
    detail::put_text_header(out, "Subject", is_automatic ? "Autosvar: på semester" : "En fråga om min faktura");
    put(out, "Date: " + morning_of(what));
    put(out, fmt::format("Message-ID: <{}.answer@kund.example>", what.seed));
    if (is_automatic) put(out, "Auto-Submitted: auto-replied");
    put(out, fmt::format("MIME-Version: 1.0{0}Content-Type: text/plain; charset=utf-8{0}Content-Transfer-Encoding: 8bit{0}",
                         line_end));
    put(out, is_automatic ? "Jag är tillbaka på måndag." : "Hur läser jag av min elmätare?");
    return out;
}

}  // namespace

result<std::string> generated_report(const generate_settings& what) {
    const auto refused = [](std::string_view why) { return fail(error_code::invalid_argument, std::string(why)); };
    for (const std::string& each : what.faults) {
        const bool is_known = std::any_of(rules().begin(), rules().end(), [&](const rule_info& one) { return one.id == each; });
        if (!is_known) return refused(fmt::format("no rule of mail-report is called {}", each));
    }
    const faults broken(what.faults);
    if (broken.has(rule::R03))
        return refused("whether a report names a message of ours needs the key of its ids: MAIL-R03 cannot be made");
    const bool is_letter = broken.has(rule::R06), is_automatic = broken.has(rule::R07);
    if ((is_letter || is_automatic) && what.faults.size() != 1)
        return refused("MAIL-R06 and MAIL-R07 are of messages that are no report");
    if (what.count == 0 && !is_letter && !is_automatic) return refused("a report has one recipient at least");
    if (what.count > max_recipients) return refused(fmt::format("a report has {} recipients at most", max_recipients));
    if (what.bad_percent != 0) return refused("which recipients are bad is told by --fault");
    if (is_letter || is_automatic) return other_message(what, is_automatic);
    return report(what, broken);
}

}  // namespace brygga::mail
