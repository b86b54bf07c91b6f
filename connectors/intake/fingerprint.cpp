#include "connectors/intake/fingerprint.hpp"

#include <array>
#include <cassert>
#include <vector>

#include <openssl/evp.h>

namespace brygga::intake {

struct sha256_sum::state {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
};

sha256_sum::sha256_sum() : state_(std::make_unique<state>()) {
    [[maybe_unused]] const int done = EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr);
    assert(done == 1);
}

sha256_sum::~sha256_sum() {
    EVP_MD_CTX_free(state_->context);
}

void sha256_sum::add(std::string_view bytes) {
    [[maybe_unused]] const int done = EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
    assert(done == 1);
}

std::string sha256_sum::hex() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, 32> sum{};
    [[maybe_unused]] const int done = EVP_DigestFinal_ex(state_->context, sum.data(), nullptr);
    assert(done == 1);
    std::string out;
    for (const unsigned char byte : sum) {
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

result<fingerprint> fingerprint_of(filedrop::file_system& files, const std::filesystem::path& path) {
    const auto file = files.open(path);
    if (!file) return tl::unexpected<error>(file.error());
    sha256_sum sum;
    fingerprint out;
    std::vector<char> block(file_block_bytes);
    for (;;) {
        const auto got = (*file)->read(block);
        if (!got) return tl::unexpected<error>(got.error());
        if (*got == 0) break;
        sum.add({block.data(), *got});
        out.size_bytes += *got;
    }
    out.sha256 = sum.hex();
    return out;
}

}  // namespace brygga::intake
