#include "connectors/sftp/detail/login.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <libssh/libssh.h>

namespace brygga::sftp {

using transfer::failed;
using transfer::fault;
using transfer::outcome;

namespace {

constexpr long between_looks_us = 200'000;

struct free_key {
    void operator()(ssh_key key) const noexcept { ssh_key_free(key); }
};
using key_handle = std::unique_ptr<ssh_key_struct, free_key>;

outcome<session_handle> prepared(const settings& with, transfer::descriptor connection) {
    session_handle made(ssh_new());
    if (!made) return failed(fault::ours, "no memory for a connection");
    const bool none_of_the_users_files = false;
    const int quiet = SSH_LOG_NOLOG;
    socket_t number = connection.number();
    // No ~/.ssh: what counts stands in Brygga's configuration.
    for (const auto& [option, value] :
         std::initializer_list<std::pair<ssh_options_e, const void*>>{{SSH_OPTIONS_PROCESS_CONFIG, &none_of_the_users_files},
                                                                      {SSH_OPTIONS_KNOWNHOSTS, "/dev/null"},
                                                                      {SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null"},
                                                                      {SSH_OPTIONS_LOG_VERBOSITY, &quiet},
                                                                      {SSH_OPTIONS_HOST, with.host.c_str()},
                                                                      {SSH_OPTIONS_USER, with.user.c_str()},
                                                                      {SSH_OPTIONS_FD, &number}})
        if (ssh_options_set(made.get(), option, value) != SSH_OK)
            return failed(fault::settings, "the host or user of the connection makes no sense");
    static_cast<void>(connection.release());  // the session closes it
    return made;
}

outcome<void> exchange_keys(ssh_session session, const transfer::watchdog& watch) {
    if (ssh_connect(session) == SSH_OK) return {};
    if (const auto why = watch.barked()) return failed(*why, "the key exchange was not finished");
    const std::string_view text = ssh_get_error(session);
    if (text.find("no match for method") != std::string_view::npos)
        return failed(fault::no_common_method, "the server and we have no method of key exchange, cipher or key type in common");
    return failed(fault::cut, "the connection ended before keys were exchanged");
}

outcome<void> compare_host_key(ssh_session session, const std::vector<std::string>& agreed) {
    ssh_key raw = nullptr;
    if (ssh_get_server_publickey(session, &raw) != SSH_OK) return failed(fault::host_key, "the server showed no key");
    const key_handle key(raw);
    unsigned char* hash = nullptr;
    std::size_t size = 0;
    if (ssh_get_publickey_hash(key.get(), SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != 0)
        return failed(fault::host_key, "the server's key has no fingerprint");
    char* const text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size);
    ssh_clean_pubkey_hash(&hash);
    const std::string shown = text == nullptr ? std::string() : std::string(text);
    ssh_string_free_char(text);
    if (std::find(agreed.begin(), agreed.end(), shown) != agreed.end()) return {};
    return failed(fault::host_key, "the server's key is " + shown + ", which is not among those agreed with the partner");
}

// libssh can wait for ever for a socket that it has closed itself: it gives up now and then, and is asked to go on as long as
// there is somebody to wait for.
template <class Ask>
int answer_to(const Ask& ask, ssh_session session, const transfer::watchdog& watch) {
    int answer = ask();
    while (answer == SSH_AUTH_AGAIN && ssh_is_connected(session) != 0 && !watch.barked())
        answer = ask();
    return answer;
}

outcome<int> by_key(ssh_session session, const settings& with, const transfer::watchdog& watch) {
    ssh_key raw = nullptr;
    const char* const passphrase = with.passphrase.empty() ? nullptr : with.passphrase.c_str();
    if (ssh_pki_import_privkey_file(with.key_file.c_str(), passphrase, nullptr, nullptr, &raw) != SSH_OK)
        return failed(fault::own_secret, "our private key cannot be read: missing, not allowed, or another passphrase");
    const key_handle key(raw);
    return answer_to([&] { return ssh_userauth_publickey(session, nullptr, key.get()); }, session, watch);
}

outcome<void> authenticate(ssh_session session, const settings& with, const transfer::watchdog& watch) {
    if (ssh_options_set(session, SSH_OPTIONS_TIMEOUT_USEC, &between_looks_us) != SSH_OK)
        return failed(fault::ours, "the time of a login cannot be limited");
    int answer = SSH_AUTH_PARTIAL;
    if (!with.key_file.empty()) {
        const auto answered = by_key(session, with, watch);
        if (!answered) return tl::unexpected(answered.error());
        answer = *answered;
    }
    if (answer == SSH_AUTH_PARTIAL && !with.password.empty())
        answer = answer_to([&] { return ssh_userauth_password(session, nullptr, with.password.c_str()); }, session, watch);
    if (answer == SSH_AUTH_SUCCESS) return {};
    if (const auto why = watch.barked()) return failed(*why, "the login was not answered");
    if (answer == SSH_AUTH_PARTIAL) return failed(fault::login, "the server wants more than what the configuration has");
    if (answer == SSH_AUTH_DENIED) return failed(fault::login, "the server does not accept our login");
    // A server that lets nobody try once more hangs up in place of an answer.
    return failed(ssh_is_connected(session) != 0 ? fault::login : fault::cut, "the login ended without an answer");
}

}  // namespace

outcome<session_handle> log_in(const settings& with, transfer::descriptor connection, const transfer::watchdog& watch) {
    auto session = prepared(with, std::move(connection));
    if (!session) return session;
    if (auto done = exchange_keys(session->get(), watch); !done) return tl::unexpected(done.error());
    if (auto done = compare_host_key(session->get(), with.host_keys); !done) return tl::unexpected(done.error());
    if (auto done = authenticate(session->get(), with, watch); !done) return tl::unexpected(done.error());
    return session;
}

}  // namespace brygga::sftp
