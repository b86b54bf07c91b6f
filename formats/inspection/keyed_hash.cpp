#include "formats/inspection/keyed_hash.hpp"

#include <cassert>
#include <string>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace brygga::inspection {

namespace {

constexpr std::size_t block_bytes = 64;

std::string padded_with(std::string key, unsigned char pad) {
    key.resize(block_bytes, '\0');
    for (char& each : key)
        each = static_cast<char>(static_cast<unsigned char>(each) ^ pad);
    return key;
}

class hash_context {
 public:
    hash_context() : context_(EVP_MD_CTX_new()) {}
    hash_context(const hash_context&) = delete;
    hash_context& operator=(const hash_context&) = delete;
    ~hash_context() { EVP_MD_CTX_free(context_); }

    void begin() { demand(EVP_DigestInit_ex(context_, EVP_sha256(), nullptr)); }
    void continue_from(const hash_context& other) { demand(EVP_MD_CTX_copy_ex(context_, other.context_)); }
    void add(const void* bytes, std::size_t size) { demand(EVP_DigestUpdate(context_, bytes, size)); }
    void finish(keyed_hash::digest& into) {
        unsigned size = 0;
        demand(EVP_DigestFinal_ex(context_, into.data(), &size));
        assert(size == into.size());
    }

 private:
    static void demand([[maybe_unused]] int done) { assert(done == 1 && "OpenSSL has SHA-256"); }
    EVP_MD_CTX* context_;
};

}  // namespace

// The hashes of the padded keys are made once: copying one costs a fifth of making it.
struct keyed_hash::state {
    hash_context inner, outer, work;
};

keyed_hash::keyed_hash(std::string_view key) : state_(std::make_unique<state>()) {
    std::string own(key);
    if (own.size() > block_bytes) {
        digest short_key{};
        state_->work.begin();
        state_->work.add(own.data(), own.size());
        state_->work.finish(short_key);
        own.assign(short_key.begin(), short_key.end());
    }
    state_->inner.begin();
    state_->inner.add(padded_with(own, 0x36).data(), block_bytes);
    state_->outer.begin();
    state_->outer.add(padded_with(own, 0x5C).data(), block_bytes);
}

keyed_hash::~keyed_hash() = default;

keyed_hash::digest keyed_hash::of(std::string_view message) {
    digest out{};
    state_->work.continue_from(state_->inner);
    state_->work.add(message.data(), message.size());
    state_->work.finish(out);
    state_->work.continue_from(state_->outer);
    state_->work.add(out.data(), out.size());
    state_->work.finish(out);
    return out;
}

std::string hashed_id(keyed_hash& hash, std::string_view id) {
    constexpr std::size_t bytes_shown = 6;
    const keyed_hash::digest digest = hash.of(id);
    std::string out = "c:";
    for (std::size_t i = 0; i != bytes_shown; ++i)
        out += fmt::format("{:02x}", digest[i]);
    return out;
}

}  // namespace brygga::inspection
