#include "connectors/config/detail/partner_tables.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "connectors/config/detail/secret_table.hpp"
#include "connectors/filedrop/inbox.hpp"
#include "formats/mail/addresses.hpp"
#include "formats/registry.hpp"

namespace brygga::config::detail {

using partners::fetch_rule;
using partners::partner;
using partners::send_rule;
using transfer::afterwards;

namespace {

constexpr std::int64_t longest_wait_ms = 60 * 60 * 1000;
constexpr std::int64_t longest_retry_ms = 24 * longest_wait_ms;
constexpr std::int64_t highest_port = 65'535;
constexpr std::int64_t most_minutes = 31 * 24 * 60;
constexpr std::int64_t most_attempts = 1000;

// A pattern that itself looks unfinished means such files.
void read_names(table_reader& of, fetch_rule& into) {
    of.parsed(
        "names", "pattern of names", "*", into.names,
        [&into](std::string_view text) -> result<timing::name_pattern> {
            into.unfinished_names = text.starts_with('.') || filedrop::is_temporary_name(text);
            auto made = timing::name_pattern::parse(text);
            if (!made) return fail(made.error().code, fmt::format("is no pattern of names: {}", made.error().text));
            return made;
        },
        {.meaning = "which files: * any characters, ? one, # a digit, [a-f] one of these, {a,b} one of these texts; .x, x.part, "
                    "x.tmp, x~ and the like only when the pattern looks so itself",
         .example = "camt*.xml"});
}

fetch_rule read_fetch(table_reader& of, bool server_moves) {
    fetch_rule out;
    of.text("folder", out.folder,
            {.meaning = "folder of the partner", .example = "out", .otherwise = "where the login leads without it"});
    read_names(of, out);
    of.choice<afterwards>("then", out.then,
                          {{"remove", afterwards::remove}, {"move", afterwards::move}, {"leave", afterwards::leave}},
                          {.meaning = "what becomes of a file there that is whole and noted here; over HTTPS nothing is moved",
                           .required = true,
                           .example = "move"});
    if (out.then == afterwards::move && !server_moves)
        of.fault("then", "must be \"remove\" or \"leave\": over HTTPS nothing is moved");
    of.text("to", out.done_folder,
            {.meaning = "folder of the partner that files are moved to", .example = "done", .otherwise = "for then = \"move\""});
    if ((out.then == afterwards::move) == out.done_folder.empty())
        of.fault("to", "must name the partner's folder that files are moved to, for then = \"move\" only");
    if (!out.done_folder.empty() && out.done_folder == out.folder) of.fault("to", "must not be the folder itself");
    read_schedule(of, "when", out.when,
                  {.meaning = "when the folder is looked into",
                   .example = "bankday every 15 min from 07:00 to 18:00",
                   .otherwise = "every five minutes without it"});
    of.duration("quiet_ms", out.quiet, {0, longest_wait_ms}, {.meaning = "a file is whole when two looks so far apart agree"});
    return out;
}

send_rule read_send(table_reader& of) {
    send_rule out;
    of.path("outbox", out.outbox,
            {.meaning = "folder here: files laid into it go to the partner", .required = true, .example = "energi/outbox/bank"});
    of.text("folder", out.folder,
            {.meaning = "folder of the partner", .example = "in", .otherwise = "where the login leads without it"});
    of.texts("formats", out.formats,
             {.meaning = "what is sent must be of one of these, and without errors",
              .example = R"(["pain.001", "autogiro", "lb", "sus", "peppol", "print-batch"])",
              .otherwise = "anything goes without it"});
    for (const std::string& each : out.formats)
        if (find_format(each) == nullptr)
            of.fault("formats", fmt::format("names {}, which is no format; see brygga formats", each));
    read_schedule(
        of, "when", out.when,
        {.meaning = "when files go", .example = "bankday every 5 min from 07:00 to 17:00", .otherwise = "at once without it"});
    of.boolean(
        "in_order", out.in_order,
        {.meaning = "a file waits for those that were queued before it for the same folder: one that is tried again later, "
                    "held or failed keeps them until it is sent or closed"});
    of.text("seal", out.seal,
            {.meaning = "customer number whose [[tenant.seal_key]] seals each file (TK00 and TK99), for Bankgirot",
             .example = "471117",
             .otherwise = "sent as it is without it"});
    of.duration("answered_within_minutes", out.answered_within, {1, most_minutes},
                {.meaning = "an alarm when the partner's answer is later", .example = "120", .otherwise = "no alarm without it"});
    return out;
}

template <class Settings>
void read_limits(table_reader& of, Settings& into) {
    of.duration("connect_within_ms", into.connect_within, {1, longest_wait_ms}, {.meaning = "for the connection"});
    of.duration("answer_within_ms", into.answer_within, {1, longest_wait_ms}, {.meaning = "for each answer"});
}

void read_passphrase(table_reader& of, partner& into) {
    read_secret(of, "passphrase", into.passphrase, "bank-passphrase", {.meaning = "opens key_file, where that is locked"});
}

void read_sftp(table_reader& of, partner& into) {
    sftp::settings out;
    of.text("host", out.host, {.meaning = "name or address of the server", .required = true, .example = "sftp.bank.example"});
    of.number("port", out.port, {1, highest_port}, {.meaning = "where it listens"});
    of.text("user", out.user, {.meaning = "our name there", .required = true, .example = "energi"});
    of.texts("host_keys", out.host_keys,
             {.meaning = "fingerprints of its key, as ssh-keygen -lf prints them; several while it changes",
              .required = true,
              .example = R"(["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"])",
              .missing = "must name the fingerprint of the server's key, as the partner gives it by another way"});
    for (const std::string& each : out.host_keys)
        if (!sftp::is_fingerprint(each))
            of.fault("host_keys", "must be \"SHA256:\" and 43 characters, as ssh-keygen -lf prints them");
    of.path("key_file", out.key_file,
            {.meaning = "our private key", .example = "secrets/bank.key", .otherwise = "needed unless there is a password"});
    read_passphrase(of, into);
    read_secret(of, "password", into.password, "bank-password",
                {.meaning = "in place of the key, or asked for after it where the server wants both"});
    if (out.key_file.empty() && !into.password.given()) of.fault("key_file", "is missing, and there is no password either");
    read_limits(of, out);
    into.server = std::move(out);
}

void check_identity(table_reader& of, const https::settings& web, const partner& with) {
    if (web.certificate_file.empty() != web.key_file.empty())
        of.fault(web.key_file.empty() ? "key_file" : "certificate_file", "is missing: certificate and key go together");
    if (web.user.empty() == with.password.given())
        of.fault(web.user.empty() ? "user" : "password", "is missing: user and password go together");
    if (with.token.given() && !web.user.empty()) of.fault("token", "must not stand beside user and password");
    if (web.certificate_file.empty() && web.user.empty() && !with.token.given())
        of.fault("token", "is missing, and neither certificate_file nor user says who we are");
}

void read_https(table_reader& of, partner& into) {
    https::settings out;
    of.text("url", out.url,
            {.meaning = "folders of the partner are below it", .required = true, .example = "https://files.bank.example/api"});
    if (const std::string wrong = https::fault_of_url(out.url); !out.url.empty() && !wrong.empty()) of.fault("url", wrong);
    of.path("ca_file", out.ca_file,
            {.meaning = "who may have signed the server's certificate",
             .example = "secrets/bank-ca.pem",
             .otherwise = "the system's authorities without it"});
    of.path("certificate_file", out.certificate_file,
            {.meaning = "our certificate", .example = "secrets/energi.pem", .otherwise = "where the server wants one"});
    of.path("key_file", out.key_file,
            {.meaning = "its key", .example = "secrets/energi.key", .otherwise = "with certificate_file"});
    read_passphrase(of, into);
    of.text("user", out.user, {.meaning = "our name of HTTP Basic", .example = "energi"});
    read_secret(of, "password", into.password, "bank-password", {.meaning = "with user"});
    read_secret(of, "token", into.token, "bank-token", {.meaning = "bearer token, in place of user and password"});
    check_identity(of, out, into);
    read_limits(of, out);
    into.server = std::move(out);
}

void read_kivra(table_reader& of, partner& into) {
    kivra::client_settings out;
    of.text("url", out.url, {.meaning = "of the sender API", .example = "https://sender.api.kivra.com"});
    if (const std::string wrong = https::fault_of_url(out.url); !wrong.empty()) of.fault("url", wrong);
    of.path("ca_file", out.ca_file,
            {.meaning = "who may have signed the server's certificate",
             .example = "secrets/kivra-ca.pem",
             .otherwise = "the system's authorities without it"});
    of.text("client_id", out.client_id, {.meaning = "our name there", .required = true, .example = "energi"});
    read_secret(of, "client_secret", into.password, "kivra-secret", {.meaning = "that goes with client_id", .required = true});
    of.text("tenant_key", out.tenant_key,
            {.meaning = "the company's key at Kivra", .required = true, .example = "15512345678901234567890"});
    read_limits(of, out);
    into.server = std::move(out);
}

void read_address(table_reader& of, std::string_view key, std::string& into, const about& what) {
    if (!of.text(key, into, what)) return;
    if (const std::string wrong = mail::fault_of_address(into); !wrong.empty()) of.fault(key, wrong);
}

void read_mail(table_reader& of, partner& into) {
    mail::server_settings out;
    of.text("host", out.host, {.meaning = "name or address of the server", .required = true, .example = "smtp.energi.example"});
    of.choice("tls", out.tls, {{"starttls", mail::tls_begins::by_starttls}, {"implicit", mail::tls_begins::at_once}},
              {.meaning = "how the connection is sealed: asked for in it, or from its beginning; it always is"});
    if (out.tls == mail::tls_begins::at_once) out.port = mail::implicit_tls_port;
    of.number("port", out.port, {1, highest_port}, {.meaning = "where it listens; 465 for implicit"});
    of.path("ca_file", out.ca_file,
            {.meaning = "who may have signed the server's certificate",
             .example = "secrets/mail-ca.pem",
             .otherwise = "the system's authorities without it"});
    of.text("user", out.user, {.meaning = "our name there", .example = "energi", .otherwise = "where the server wants one"});
    read_secret(of, "password", into.password, "mail-password", {.meaning = "with user"});
    if (out.user.empty() == into.password.given())
        of.fault(out.user.empty() ? "user" : "password", "is missing: user and password go together");
    read_address(of, "from", out.from.address,
                 {.meaning = "address that messages come from", .required = true, .example = "faktura@energi.example"});
    of.text("sender_name", out.from.name,
            {.meaning = "name that is shown with it", .example = "Exempel Energi", .otherwise = "the company's without it"});
    std::string reply_to;
    read_address(of, "reply_to", reply_to,
                 {.meaning = "address that customers write to", .example = "kundservice@energi.example", .otherwise = "from"});
    if (!reply_to.empty()) out.reply_to = mail::mailbox{reply_to};
    read_address(of, "bounces", out.bounces,
                 {.meaning = "address that is told what did not arrive: what it gets belongs into the inbox, one file each",
                  .required = true,
                  .example = "studs@energi.example"});
    read_secret(of, "message_key", into.message_key, "message-key",
                {.meaning = "16 bytes or more under which our messages are known again when they come back", .required = true});
    read_limits(of, out);
    into.server = std::move(out);
}

void read_attempts(table_reader& of, partner& into) {
    constexpr range wait{1, longest_retry_ms};
    of.number("attempts", into.attempts, {1, most_attempts}, {.meaning = "to send one file, before a person must look"});
    of.duration("first_retry_ms", into.first_retry, wait,
                {.meaning = "before the second attempt; doubled from one attempt to the next"});
    of.duration("longest_retry_ms", into.longest_retry, wait, {.meaning = "the longest wait between attempts"});
    if (into.longest_retry < into.first_retry) of.fault("longest_retry_ms", "is less than first_retry_ms");
}

}  // namespace

partner read_partner(table_reader& of, std::span<const partner> before) {
    partner out;
    of.id("id", out.id, {.meaning = "for commands, reports and the ledger", .required = true, .example = "bank"});
    if (std::any_of(before.begin(), before.end(), [&](const partner& each) { return each.id == out.id; }))
        of.fault("id", "is another partner's of this tenant");
    of.variants("protocol", {.meaning = "how the server is spoken to"},
                {{"sftp", [&] { read_sftp(of, out); }},
                 {"https", [&] { read_https(of, out); }},
                 {"kivra", [&] { read_kivra(of, out); }},
                 {"mail", [&] { read_mail(of, out); }}});
    read_attempts(of, out);
    const bool moves = std::holds_alternative<sftp::settings>(out.server);
    of.tables("fetch", {.meaning = "A folder of the partner that files are fetched from, into the inbox."},
              [&](table_reader& each) { out.fetches.push_back(read_fetch(each, moves)); });
    of.tables("send", {.meaning = "A folder here whose files are sent to the partner."},
              [&](table_reader& each) { out.sends.push_back(read_send(each)); });
    const bool is_mail = std::holds_alternative<mail::server_settings>(out.server);
    if (partners::delivers_directly(out) && !out.fetches.empty())
        of.fault("fetch", fmt::format("is there, and nothing can be fetched from {}", is_mail ? "a mail server" : "Kivra"));
    const auto is_other = [](const partner& each) { return std::holds_alternative<mail::server_settings>(each.server); };
    if (is_mail && std::any_of(before.begin(), before.end(), is_other))
        of.fault("protocol", "is mail at another partner of this tenant too: what comes back would be of either");
    if (out.fetches.empty() && out.sends.empty()) of.fault("fetch", "is missing, and send too: nothing is exchanged");
    return out;
}

void read_file_channel(table_reader& of, const tenant& who, std::string_view format, file_channel& into) {
    const bool named = of.text("partner", into.partner, {.meaning = "who takes the file", .required = true, .example = "bank"});
    of.text("folder", into.folder,
            {.meaning = "folder of the partner, as its [[tenant.partner.send]] has it",
             .example = "in",
             .otherwise = "where the login leads without it"});
    if (!named) return;
    const partners::send_rule* const rule = into.rule_of(who);
    if (rule == nullptr)
        return of.fault("partner",
                        fmt::format("and folder name no [[tenant.partner.send]]: {} \"{}\"", into.partner, into.folder));
    const auto& formats = rule->formats;
    if (!formats.empty() && std::find(formats.begin(), formats.end(), format) == formats.end())
        of.fault("folder", fmt::format("belongs to a [[tenant.partner.send]] whose formats do not hold {}", format));
}

}  // namespace brygga::config::detail
