#include "connectors/config/detail/partner_tables.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "formats/registry.hpp"

namespace brygga::config::detail {

using partners::fetch_rule;
using partners::partner;
using partners::secret_source;
using partners::send_rule;

namespace {

constexpr std::int64_t longest_wait_ms = 60 * 60 * 1000;
constexpr std::int64_t longest_retry_ms = 24 * longest_wait_ms;
constexpr std::int64_t highest_port = 65'535;
constexpr std::int64_t most_minutes = 31 * 24 * 60;
constexpr std::int64_t most_attempts = 1000;

secret_source read_secret(table_reader& of, std::string_view key, const std::filesystem::path& base, fault_list& faults) {
    secret_source out;
    const toml::table* const table = of.table(key);
    if (table == nullptr) return out;
    table_reader reader(*table, std::string(key), faults);
    out.file = reader.path("file", base);
    out.variable = reader.text("environment").value_or("");
    if (out.file.empty() == out.variable.empty())
        of.fault(key, "must be {file = \"...\"} or {environment = \"...\"}; a secret never stands in the configuration itself");
    reader.close();
    return out;
}

std::optional<timing::schedule> read_when(table_reader& reader) {
    const auto text = reader.text("when");
    if (!text) return std::nullopt;
    auto made = timing::schedule::parse(*text);
    if (made) return std::move(*made);
    reader.fault("when", fmt::format("is no schedule: {}", made.error().text));
    return std::nullopt;
}

timing::name_pattern read_names(table_reader& reader) {
    auto made = timing::name_pattern::parse(reader.text("names").value_or("*"));
    if (made) return std::move(*made);
    reader.fault("names", fmt::format("is no pattern of names: {}", made.error().text));
    return {};
}

fetch_rule read_fetch(const toml::table& table, bool server_moves, fault_list& faults) {
    table_reader reader(table, "[[tenant.partner.fetch]]", faults);
    fetch_rule out;
    out.folder = reader.text("folder").value_or("");
    out.names = read_names(reader);
    const std::string then = reader.required_text("then");
    if (then == "move")
        out.then = transfer::afterwards::move;
    else if (then == "leave")
        out.then = transfer::afterwards::leave;
    else if (then != "remove" && !then.empty())
        reader.fault("then", "must be \"remove\", \"move\" or \"leave\"");
    if (out.then == transfer::afterwards::move && !server_moves)
        reader.fault("then", "must be \"remove\" or \"leave\": over HTTPS nothing is moved");
    out.done_folder = reader.text("to").value_or("");
    if ((out.then == transfer::afterwards::move) == out.done_folder.empty())
        reader.fault("to", "must name the partner's folder that files are moved to, for then = \"move\" only");
    if (!out.done_folder.empty() && out.done_folder == out.folder) reader.fault("to", "must not be the folder itself");
    out.when = read_when(reader);
    if (const auto quiet = reader.number("quiet_ms", 0, longest_wait_ms)) out.quiet = std::chrono::milliseconds(*quiet);
    reader.close();
    return out;
}

send_rule read_send(const toml::table& table, const std::filesystem::path& base, fault_list& faults) {
    table_reader reader(table, "[[tenant.partner.send]]", faults);
    send_rule out;
    out.outbox = reader.required_path("outbox", base);
    out.folder = reader.text("folder").value_or("");
    out.formats = reader.texts("formats");
    for (const std::string& each : out.formats)
        if (find_format(each) == nullptr)
            reader.fault("formats", fmt::format("names {}, which is no format; see brygga formats", each));
    out.when = read_when(reader);
    if (const auto limit = reader.number("answered_within_minutes", 1, most_minutes))
        out.answered_within = std::chrono::minutes(*limit);
    reader.close();
    return out;
}

template <class Settings>
void read_limits(table_reader& reader, Settings& into) {
    if (const auto limit = reader.number("connect_within_ms", 1, longest_wait_ms))
        into.connect_within = std::chrono::milliseconds(*limit);
    if (const auto limit = reader.number("answer_within_ms", 1, longest_wait_ms))
        into.answer_within = std::chrono::milliseconds(*limit);
}

bool given(const secret_source& secret) {
    return !secret.file.empty() || !secret.variable.empty();
}

sftp::settings read_sftp(table_reader& reader, const std::filesystem::path& base, partner& into, fault_list& faults) {
    sftp::settings out;
    out.host = reader.required_text("host");
    out.port = static_cast<std::uint16_t>(reader.number("port", 1, highest_port).value_or(out.port));
    out.user = reader.required_text("user");
    out.host_keys = reader.texts("host_keys");
    if (out.host_keys.empty())
        reader.fault("host_keys", "must name the fingerprint of the server's key, as the partner gives it by another way");
    for (const std::string& each : out.host_keys)
        if (!sftp::is_fingerprint(each))
            reader.fault("host_keys", "must be \"SHA256:\" and 43 characters, as ssh-keygen -lf prints them");
    out.key_file = reader.path("key_file", base);
    into.passphrase = read_secret(reader, "passphrase", base, faults);
    into.password = read_secret(reader, "password", base, faults);
    if (out.key_file.empty() && !given(into.password)) reader.fault("key_file", "is missing, and there is no password either");
    read_limits(reader, out);
    return out;
}

https::settings read_https(table_reader& reader, const std::filesystem::path& base, partner& into, fault_list& faults) {
    https::settings out;
    out.url = reader.required_text("url");
    if (const std::string wrong = https::fault_of_url(out.url); !out.url.empty() && !wrong.empty()) reader.fault("url", wrong);
    out.ca_file = reader.path("ca_file", base);
    out.certificate_file = reader.path("certificate_file", base);
    out.key_file = reader.path("key_file", base);
    out.user = reader.text("user").value_or("");
    into.passphrase = read_secret(reader, "passphrase", base, faults);
    into.password = read_secret(reader, "password", base, faults);
    into.token = read_secret(reader, "token", base, faults);
    if (out.certificate_file.empty() != out.key_file.empty())
        reader.fault(out.key_file.empty() ? "key_file" : "certificate_file", "is missing: certificate and key go together");
    if (out.user.empty() == given(into.password))
        reader.fault(out.user.empty() ? "user" : "password", "is missing: user and password go together");
    if (given(into.token) && !out.user.empty()) reader.fault("token", "must not stand beside user and password");
    if (out.certificate_file.empty() && out.user.empty() && !given(into.token))
        reader.fault("token", "is missing, and neither certificate_file nor user says who we are");
    read_limits(reader, out);
    return out;
}

// False: nobody knows which keys belong here.
bool read_server(table_reader& reader, const std::filesystem::path& base, partner& into, fault_list& faults) {
    const std::string protocol = reader.text("protocol").value_or("sftp");
    if (protocol == "sftp")
        into.server = read_sftp(reader, base, into, faults);
    else if (protocol == "https")
        into.server = read_https(reader, base, into, faults);
    else {
        reader.fault("protocol", "must be \"sftp\" or \"https\"");
        return false;
    }
    return true;
}

void read_attempts(table_reader& reader, partner& into) {
    if (const auto attempts = reader.number("attempts", 1, most_attempts)) into.attempts = static_cast<std::uint32_t>(*attempts);
    if (const auto wait = reader.number("first_retry_ms", 1, longest_retry_ms))
        into.first_retry = std::chrono::milliseconds(*wait);
    if (const auto wait = reader.number("longest_retry_ms", 1, longest_retry_ms))
        into.longest_retry = std::chrono::milliseconds(*wait);
    if (into.longest_retry < into.first_retry) reader.fault("longest_retry_ms", "is less than first_retry_ms");
}

}  // namespace

partner read_partner(const toml::table& table, const std::filesystem::path& base, std::span<const partner> before,
                     fault_list& faults) {
    table_reader reader(table, "[[tenant.partner]]", faults);
    partner out;
    out.id = reader.required_id("id");
    if (std::any_of(before.begin(), before.end(), [&](const partner& each) { return each.id == out.id; }))
        reader.fault("id", "is another partner's of this tenant");
    const bool known = read_server(reader, base, out, faults);
    read_attempts(reader, out);
    const bool moves = std::holds_alternative<sftp::settings>(out.server);
    for (const toml::table* const each : reader.tables("fetch"))
        out.fetches.push_back(read_fetch(*each, moves, faults));
    for (const toml::table* const each : reader.tables("send"))
        out.sends.push_back(read_send(*each, base, faults));
    if (out.fetches.empty() && out.sends.empty()) reader.fault("fetch", "is missing, and send too: nothing is exchanged");
    if (known) reader.close();
    return out;
}

}  // namespace brygga::config::detail
