#include "connectors/sealing/key.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/seal/rules.hpp"

namespace brygga::sealing {

result<seal::key> read_key(const secrets::secret_source& from, const std::optional<seal::mac>& kvv, test_key published,
                           filedrop::file_system& files) {
    const auto secret = secrets::read(from, files);
    if (!secret) return fail(secret.error().code, fmt::format("the seal key: {}", secret.error().text));
    if (secret->is_exposed())
        return fail(error_code::permission_denied,
                    "the seal key: others than its owner and group may read its file: chmod 600 mends it");
    auto key = seal::key::from_digits(secret->text());
    if (!key) return key;
    if (kvv && *kvv != key->kvv())
        return fail(error_code::invalid_content, fmt::format("{}: the seal key has the KVV {}, expected {}",
                                                             info(seal::rule::R02).id, key->kvv().text(), kvv->text()));
    if (published == test_key::refused && key->is_published_test_key())
        return fail(error_code::invalid_argument,
                    "the seal key is the one that Bankgirot published for tests: everybody can seal with it");
    return key;
}

bool key_settings::is_valid_on(date day) const noexcept {
    return (!valid_from || *valid_from <= day) && (!valid_until || day <= *valid_until);
}

result<seal::key> read_key(const key_settings& of, test_key published, filedrop::file_system& files) {
    auto key = read_key(of.from, of.kvv, published, files);
    if (!key)
        return fail(error_code::invalid_config,
                    fmt::format("customer {}, KVV {}: {}", of.customer, of.kvv.text(), key.error().text));
    return key;
}

result<std::vector<seal::key>> read_keys(std::span<const key_settings> all, test_key published, filedrop::file_system& files) {
    std::vector<seal::key> out;
    for (const key_settings& each : all) {
        auto key = read_key(each, published, files);
        if (!key) return tl::unexpected<error>(key.error());
        out.push_back(std::move(*key));
    }
    return out;
}

const key_settings* key_of_day(std::span<const key_settings> all, std::string_view customer, date day) noexcept {
    const key_settings* best = nullptr;
    for (const key_settings& each : all) {
        if (each.customer != customer || !each.is_valid_on(day)) continue;
        if (best == nullptr || !best->valid_from || (each.valid_from && *best->valid_from < *each.valid_from)) best = &each;
    }
    return best;
}

}  // namespace brygga::sealing
