// Whether a webhook call is Kivra's: Standard Webhooks, HMAC-SHA-256 over the raw body (kivra.md sections 3.4 and 7.3, KIV-R14).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga::kivra {

// A secret that signs events. Wiped when it is destroyed; nothing prints it.
class webhook_secret {
 public:
    // Base64 as Kivra gives it, with or without the prefix "whsec_" that Standard Webhooks has. invalid_content for anything
    // else; the error does not tell it.
    [[nodiscard]] static result<webhook_secret> from_text(std::string_view text);

    webhook_secret(const webhook_secret&) = default;
    webhook_secret(webhook_secret&&) = default;
    webhook_secret& operator=(const webhook_secret&) = delete;
    webhook_secret& operator=(webhook_secret&&) = delete;
    ~webhook_secret();

    [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }

 private:
    webhook_secret() = default;
    std::string bytes_;
};

// As they came, header names apart.
struct webhook_headers {
    std::string_view id;         // webhook-id
    std::string_view timestamp;  // webhook-timestamp, seconds since 1970
    std::string_view signature;  // webhook-signature: "v1,BASE64", several with blanks between
};

enum class webhook_verdict : std::uint8_t {
    genuine,
    header_missing,
    no_timestamp,  // the header is no number
    too_old,
    too_new,
    wrong_signature,  // by none of our secrets; also where no signature is of version v1
};

[[nodiscard]] std::string_view name(webhook_verdict verdict) noexcept;

inline constexpr std::chrono::seconds webhook_tolerance{300};

// KIV-R14: anything but genuine is answered with 401 and not processed. After a change Kivra signs with both secrets for 72
// hours, and we may know both: one that fits is enough. Takes the same time wherever signatures differ.
[[nodiscard]] webhook_verdict verify_webhook(const webhook_headers& headers, std::string_view raw_body,
                                             std::span<const webhook_secret> secrets, std::chrono::sys_seconds now,
                                             std::chrono::seconds tolerance = webhook_tolerance);

}  // namespace brygga::kivra
