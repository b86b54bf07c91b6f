#include "connectors/partners/partner.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "connectors/filedrop/file_system.hpp"

namespace brygga::partners {

using transfer::failed;
using transfer::fault;
using transfer::outcome;

namespace {

constexpr std::size_t max_secret_bytes = 4096;

outcome<std::string> read(const secret_source& from, std::string_view what) {
    if (!from.variable.empty()) {
        const char* const value = std::getenv(from.variable.c_str());
        if (value == nullptr || *value == '\0')
            return failed(fault::own_secret, std::string(what) + ": the variable of the environment is not set");
        return std::string(value);
    }
    if (from.file.empty()) return std::string();
    auto text = filedrop::read_all(filedrop::posix_file_system(), from.file, max_secret_bytes);
    if (!text) return failed(fault::own_secret, std::string(what) + ": " + text.error().text);
    text->resize(std::min(text->find_first_of("\r\n"), text->size()));
    return std::move(*text);
}

}  // namespace

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
    https::settings with = std::get<https::settings>(to.server);
    with.passphrase = std::move(*passphrase);
    with.password = std::move(*password);
    with.token = std::move(*token);
    return https::connect(with, std::move(stop));
}

}  // namespace brygga::partners
