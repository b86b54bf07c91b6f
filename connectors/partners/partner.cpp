#include "connectors/partners/partner.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "connectors/filedrop/file_system.hpp"
#include "connectors/kivra/files.hpp"

namespace brygga::partners {

using transfer::failed;
using transfer::fault;
using transfer::outcome;

namespace {

outcome<std::string> read(const secrets::secret_source& from, std::string_view what) {
    const auto secret = secrets::read(from, filedrop::posix_file_system());
    if (!secret) return failed(fault::own_secret, std::string(what) + ": " + secret.error().text);
    return std::string(secret->text());
}

// Until the time is over, or the stop.
void wait(std::chrono::seconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any woken;
    woken.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

bool delivers_directly(const partner& of) noexcept {
    return std::holds_alternative<kivra::client_settings>(of.server) || std::holds_alternative<mail::server_settings>(of.server);
}

result<mail::message_ids> message_ids_of(const partner& server) {
    const auto key = read(server.message_key, "the key of our messages");
    if (!key) return fail(error_code::io, key.error().text);
    auto ids = mail::ids_of(std::get<mail::server_settings>(server.server), *key);
    if (!ids) return fail(error_code::io, "the key of our messages: " + ids.error().text);
    return ids;
}

std::vector<std::string> missing_secrets(const partner& of) {
    std::vector<std::string> out;
    const std::pair<const secrets::secret_source*, std::string_view> secrets[] = {
        {&of.passphrase, "the passphrase of our key"}, {&of.password, "our password"}, {&of.token, "our token"}};
    for (const auto& [from, what] : secrets)
        if (const auto text = read(*from, what); !text) out.push_back(text.error().text);
    std::vector<std::pair<std::filesystem::path, std::string_view>> files;
    if (const auto* const plain = std::get_if<sftp::settings>(&of.server)) {
        files.emplace_back(plain->key_file, "our key");
    } else if (const auto* const mailbox = std::get_if<kivra::client_settings>(&of.server)) {
        files.emplace_back(mailbox->ca_file, "the authorities' certificates");
    } else if (const auto* const mail_server = std::get_if<mail::server_settings>(&of.server)) {
        files.emplace_back(mail_server->ca_file, "the authorities' certificates");
        if (const auto ids = message_ids_of(of); !ids) out.push_back(ids.error().text);
    } else {
        const https::settings& web = std::get<https::settings>(of.server);
        files = {
            {web.key_file, "our key"}, {web.certificate_file, "our certificate"}, {web.ca_file, "the authorities' certificates"}};
    }
    for (const auto& [path, what] : files)
        if (!path.empty() && !filedrop::posix_file_system().open(path)) out.push_back(std::string(what) + " cannot be read");
    return out;
}

outcome<std::unique_ptr<transfer::remote_files>> connect(const partner& to, std::stop_token stop) {
    auto passphrase = read(to.passphrase, "the passphrase of our key");
    if (!passphrase) return tl::unexpected(passphrase.error());
    auto password = read(to.password, "our password");
    if (!password) return tl::unexpected(password.error());
    auto token = read(to.token, "our token");
    if (!token) return tl::unexpected(token.error());
    if (const auto* const plain = std::get_if<sftp::settings>(&to.server)) {
        sftp::settings with = *plain;
        with.passphrase = std::move(*passphrase);
        with.password = std::move(*password);
        return sftp::connect(with, std::move(stop));
    }
    if (const auto* const mailbox = std::get_if<kivra::client_settings>(&to.server)) {
        kivra::client_settings with = *mailbox;
        with.client_secret = std::move(*password);
        return kivra::connect(
            std::move(with), [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }, stop,
            [stop](std::chrono::seconds time) { wait(time, stop); });
    }
    if (const auto* const mail_server = std::get_if<mail::server_settings>(&to.server)) {
        mail::server_settings with = *mail_server;
        with.password = std::move(*password);
        return mail::connect(std::move(with), std::move(stop));
    }
    https::settings with = std::get<https::settings>(to.server);
    with.passphrase = std::move(*passphrase);
    with.password = std::move(*password);
    with.token = std::move(*token);
    return https::connect(with, std::move(stop));
}

}  // namespace brygga::partners
