#include "formats/bankgirot/seal/reader.hpp"

#include <algorithm>

#include "formats/bankgirot/seal/detail/verifier.hpp"
#include "formats/bankgirot/seal/layout.hpp"
#include "formats/bankgirot/seal/places.hpp"

namespace brygga::seal {

namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 20;

std::optional<mac> kvv_in(std::string_view bytes) noexcept {
    const auto closing = locate(bytes).closing;
    if (!closing) return std::nullopt;
    const std::string_view line = bytes.substr(closing->offset, closing->size);
    return layouts::is_closing(line) ? parse_mac(layouts::read_closing(line).kvv.bytes) : std::nullopt;
}

}  // namespace

std::string_view name(verdict which) noexcept {
    switch (which) {
        case verdict::ok:
            return "ok";
        case verdict::not_sealed:
            return "not sealed";
        case verdict::malformed:
            return "malformed";
        case verdict::unsupported:
            return "unsupported";
        case verdict::wrong_key:
            return "wrong key";
        case verdict::changed:
            return "changed";
    }
    return "unknown";
}

result<verification> verify(std::string_view bytes, std::span<const key> keys, const verify_options& options) {
    const auto kvv = kvv_in(bytes);
    const auto with = std::find_if(keys.begin(), keys.end(), [&](const key& each) { return kvv && each.kvv() == *kvv; });
    std::string known;
    for (const key& each : keys)
        known += (known.empty() ? "" : ", ") + each.kvv().text();
    auto reader = detail::verifier::begin(with == keys.end() ? nullptr : &*with, std::move(known), options);
    if (!reader) return tl::unexpected<error>(reader.error());
    for (std::size_t at = 0; at < bytes.size(); at += piece_bytes) {
        if (const auto read = reader->update(bytes.substr(at, piece_bytes)); !read) return tl::unexpected<error>(read.error());
        if (options.passed) options.passed(std::min(at + piece_bytes, bytes.size()));
    }
    return reader->finish();
}

}  // namespace brygga::seal
