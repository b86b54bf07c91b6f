#include "mapping/ledger/sqlite/digest.hpp"

#include <array>
#include <cassert>

namespace brygga::ledger::sqlite {

namespace {

constexpr std::size_t flush_bytes = 4096;

// Looked up once: EVP_sha256() would search the providers at every use.
const EVP_MD* sha256() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return algorithm;
}

// Least significant byte first; at once, since most of what is hashed are numbers.
void append_number(std::string& to, std::uint64_t value) {
    std::array<char, sizeof value> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>((value >> (8 * i)) & 0xFFU);
    to.append(bytes.data(), bytes.size());
}

}  // namespace

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text.push_back(digits[value >> 4U]);
        text.push_back(digits[value & 15U]);
    }
    return text;
}

std::string to_hex(const hash_bytes& hash) {
    return to_hex(as_view(hash));
}

digest::digest() : context_(EVP_MD_CTX_new()) {
    restart();
}

digest::digest(const digest& other) : context_(EVP_MD_CTX_new()), pending_(other.pending_) {
    [[maybe_unused]] const int copied = EVP_MD_CTX_copy_ex(context_.get(), other.context_.get());
    assert(copied == 1);
}

digest& digest::operator=(const digest& other) {
    if (this != &other) *this = digest(other);
    return *this;
}

digest& digest::add(std::string_view field) {
    append_number(pending_, field.size());
    pending_.append(field);
    if (pending_.size() >= flush_bytes) flush();
    return *this;
}

digest& digest::add(std::int64_t field) {
    append_number(pending_, sizeof field);
    append_number(pending_, static_cast<std::uint64_t>(field));
    if (pending_.size() >= flush_bytes) flush();
    return *this;
}

digest& digest::add_nothing() {
    append_number(pending_, UINT64_MAX);  // no field is so long
    return *this;
}

hash_bytes digest::finish() {
    flush();
    hash_bytes hash{};
    [[maybe_unused]] const int done = EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr);
    assert(done == 1);
    restart();
    return hash;
}

void digest::restart() {
    [[maybe_unused]] const int started = EVP_DigestInit_ex(context_.get(), sha256(), nullptr);
    assert(started == 1);
}

void digest::flush() {
    [[maybe_unused]] const int added = EVP_DigestUpdate(context_.get(), pending_.data(), pending_.size());
    assert(added == 1);
    pending_.clear();
}

}  // namespace brygga::ledger::sqlite
