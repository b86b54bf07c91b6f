#include "connectors/config/detail/encryption_table.hpp"

#include <algorithm>

#include "connectors/config/detail/secret_table.hpp"

namespace brygga::config::detail {

using encryption::key_settings;
using encryption::key_source;

namespace {

bool has(const key_settings& keys, std::string_view id) {
    return std::any_of(keys.keys.begin(), keys.keys.end(), [&](const key_source& each) { return each.id == id; });
}

key_source read_key(table_reader& of, const key_settings& before) {
    key_source out;
    of.id("id", out.id,
          {.meaning = "stands in each file that the key encrypted; never used again", .required = true, .example = "2026-11"});
    if (!out.id.empty() && has(before, out.id)) of.fault("id", "is another key's: a new key needs an id of its own");
    read_secret(of, "secret", out.from, "originals-key",
                {.meaning = "32 random bytes in hexadecimal or base64, as openssl rand -hex 32 makes them", .required = true});
    return out;
}

}  // namespace

void read_encryption(table_reader& of, key_settings& into) {
    of.id("current", into.current,
          {.meaning = "the key that encrypts; the others only read what they have encrypted",
           .required = true,
           .example = "2026-11"});
    of.tables("key", {.meaning = "A key; an old one stays until brygga originals encrypt has replaced it everywhere."},
              [&](table_reader& key) { into.keys.push_back(read_key(key, into)); });
    if (!into.current.empty() && !has(into, into.current)) of.fault("current", "names no [[encryption.key]]");
}

}  // namespace brygga::config::detail
