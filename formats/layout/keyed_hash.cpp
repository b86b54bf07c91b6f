#include "formats/layout/detail/keyed_hash.hpp"

namespace brygga::layout::detail {

namespace {

constexpr std::size_t block_bytes = 64;

std::string_view as_text(const keyed_hash::digest& bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string padded_with(std::string key, unsigned char pad) {
    key.resize(block_bytes, '\0');
    for (char& each : key)
        each = static_cast<char>(static_cast<unsigned char>(each) ^ pad);
    return key;
}

}  // namespace

keyed_hash::keyed_hash(std::string_view key) {
    std::string own(key);
    if (own.size() > block_bytes) {
        hash_.add(own);
        own = as_text(hash_.bytes());
    }
    inner_key_ = padded_with(own, 0x36);
    outer_key_ = padded_with(own, 0x5C);
}

keyed_hash::digest keyed_hash::of(std::string_view message) {
    hash_.add(inner_key_);
    hash_.add(message);
    const digest inner = hash_.bytes();
    hash_.add(outer_key_);
    hash_.add(as_text(inner));
    return hash_.bytes();
}

}  // namespace brygga::layout::detail
