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

}  // namespace brygga::sealing
