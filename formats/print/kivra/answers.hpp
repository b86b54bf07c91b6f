// What Kivra answers: tokens, sent content, errors (kivra.md sections 2.2, 3.3 and 5.2).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"
#include "formats/print/kivra/errors.hpp"

namespace brygga::kivra {

// The form of POST /v1/auth; `scope` empty for all that the client may do.
[[nodiscard]] std::string token_form(std::string_view scope = {});

// 10 digits and 32 hexadecimal digits: what keys of tenants and contents look like.
[[nodiscard]] bool is_object_key(std::string_view text) noexcept;

struct access_token {
    std::string text;  // a secret
    std::chrono::seconds expires_in{};
    std::string scope;
};

// invalid_content for another answer; the text of the error never holds the token.
[[nodiscard]] result<access_token> read_token(std::string_view json);

enum class delivery : std::uint8_t {
    delivered,
    retained,          // KIV-R12: kept for a recipient who is not there yet; for an invoice it cannot be
    sent_unconfirmed,  // KIV-R13: taken, but without the key that names it
};

[[nodiscard]] std::string_view name(delivery outcome) noexcept;

// Headers of a good answer to content.
struct content_answer {
    std::string object_key;  // kivra-objkey
    bool retained = false;   // kivra-retained: true
};

[[nodiscard]] delivery judge(const content_answer& answer) noexcept;

// Of the body's code, a number or a text, else that of x-error-code, else the HTTP status (400 to 599) times 100. Kivra's own
// texts can hold personal data and are not kept.
[[nodiscard]] error_info read_refusal(long status, std::string_view body, std::string_view error_code_header);

}  // namespace brygga::kivra
