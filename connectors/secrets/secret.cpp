#include "connectors/secrets/secret.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <openssl/crypto.h>

namespace brygga::secrets {

namespace {

constexpr std::uint32_t group_may_write = 0020;
constexpr std::uint32_t others_may_anything = 0007;

}  // namespace

secret_text::secret_text(secret_text&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)), exposed_(other.exposed_) {}

secret_text& secret_text::operator=(secret_text&& other) noexcept {
    if (this == &other) return *this;
    wipe();
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    exposed_ = other.exposed_;
    return *this;
}

void secret_text::wipe() noexcept {
    if (!bytes_.empty()) OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

result<secret_text> read(const secret_source& from, filedrop::file_system& files) {
    secret_text out;
    if (!from.given()) return out;
    out.bytes_.resize(max_secret_bytes + 1);  // never larger, so that no copy of it is left behind
    if (!from.variable.empty()) {
        const char* const value = std::getenv(from.variable.c_str());
        if (value == nullptr || *value == '\0') return fail(error_code::not_found, "the variable of the environment is not set");
        out.size_ = std::strlen(value);
        if (out.size_ > max_secret_bytes) return fail(error_code::limit_exceeded, "the variable is longer than a secret may be");
        std::copy_n(value, out.size_, out.bytes_.begin());
        return out;
    }
    std::filesystem::path path = from.file;
    if (!from.credential.empty()) {
        const char* const folder = std::getenv("CREDENTIALS_DIRECTORY");
        if (folder == nullptr || *folder == '\0')
            return fail(error_code::not_found,
                        "the service manager hands over no credentials (CREDENTIALS_DIRECTORY is not set)");
        path = std::filesystem::path(folder) / from.credential;
    }
    const auto file = files.open(path);
    if (!file) return tl::unexpected<error>(file.error());
    const auto facts = (*file)->facts();
    if (!facts) return tl::unexpected<error>(facts.error());
    out.exposed_ = (facts->permissions & (group_may_write | others_may_anything)) != 0;
    for (;;) {
        const auto got = (*file)->read(std::span(out.bytes_).subspan(out.size_));
        if (!got) return tl::unexpected<error>(got.error());
        if (*got == 0) break;
        out.size_ += *got;
        if (out.size_ > max_secret_bytes) return fail(error_code::limit_exceeded, "the file is larger than a secret may be");
    }
    out.size_ = std::min(out.text().find_first_of("\r\n"), out.size_);
    return out;
}

}  // namespace brygga::secrets
