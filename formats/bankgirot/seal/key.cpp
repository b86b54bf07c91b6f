#include "formats/bankgirot/seal/key.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include "formats/bankgirot/seal/rules.hpp"

namespace brygga::seal {

namespace {

constexpr std::string_view test_key_digits = "1234567890ABCDEF1234567890ABCDEF";
constexpr std::string_view test_key_kvv = "FF365893D899291C3BF505FB3175E880";
constexpr std::string_view zeros = "00000000";

}  // namespace

mac published_test_kvv() noexcept {
    return *parse_mac(test_key_kvv);
}

key::~key() {
    OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

result<key> key::from_digits(std::string_view digits) {
    key out;
    auto read = parse_mac(digits);  // the same notation
    if (!read) return fail(error_code::invalid_content, fmt::format("{}: {}", info(rule::R01).id, info(rule::R01).title));
    out.bytes_ = read->bytes;
    OPENSSL_cleanse(read->bytes.data(), read->bytes.size());
    auto of = authenticator::begin(out);
    if (!of) return tl::unexpected<error>(of.error());
    if (const auto added = of->update(zeros); !added) return tl::unexpected<error>(added.error());
    const auto kvv = of->finish();
    if (!kvv) return tl::unexpected<error>(kvv.error());
    out.kvv_ = *kvv;
    return out;
}

result<key> key::published_test_key() {
    return from_digits(test_key_digits);
}

bool key::is_published_test_key() const noexcept {
    return kvv_ == published_test_kvv();
}

}  // namespace brygga::seal
