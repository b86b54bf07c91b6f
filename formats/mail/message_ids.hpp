// Message-IDs that only we can have made: what a message is about, and a tag under our key, so that nobody can make a bounce that
// names another document. The key is a secret of ours; whoever sees an id learns a row's id and nothing else.
//
//     const auto ids = mail::message_ids::under(key, "post.energi.example");
//     ids->make("0SA94VZH27K4B")   // "brygga.0SA94VZH27K4B.5d0c7c1f2f3e4a5b@post.energi.example"
//     ids->parse(report.named[0])  // "0SA94VZH27K4B", or nothing when the tag is not ours
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::mail {

inline constexpr std::size_t min_message_key_bytes = 16;
inline constexpr std::size_t max_token_bytes = 64;
inline constexpr std::size_t tag_digits = 16;  // of an HMAC-SHA-256, in hexadecimal: 64 bits

class message_ids {
 public:
    // invalid_argument: a key that is too short, or no domain name of ASCII.
    [[nodiscard]] static result<message_ids> under(std::string key, std::string domain);

    // Of letters and digits; invalid_argument for anything else. Without < and >.
    [[nodiscard]] result<std::string> make(std::string_view token) const;

    // The token; nothing unless the id has our form, our domain (in any case) and our tag.
    [[nodiscard]] std::optional<std::string> parse(std::string_view id) const;

 private:
    message_ids(std::string key, std::string domain) : key_(std::move(key)), domain_(std::move(domain)) {}
    [[nodiscard]] std::string tag_of(std::string_view token) const;

    std::string key_, domain_;
};

// Whatever in a text has the form of such an id, in its order, each once; whose tag it has is for parse(). At most `most`.
[[nodiscard]] std::vector<std::string> ids_in(std::string_view text, std::size_t most);

}  // namespace brygga::mail
