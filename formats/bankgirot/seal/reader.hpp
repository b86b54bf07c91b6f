// Verifying a sealed file (bankgiro-seal.md 3.3, section 4). Nothing is changed: what stands between TK00 and TK99 is handed to
// the inner format's reader as it is.
//
//     const auto what = brygga::seal::verify(bytes, keys, {.today = day});
//     if (what && what->is == brygga::seal::verdict::ok) read(bytes.substr(what->inner_begin, what->inner_end -
//     what->inner_begin));
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "formats/bankgirot/seal/key.hpp"
#include "formats/bankgirot/seal/rules.hpp"
#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"

namespace brygga::seal {

inline constexpr int default_max_age_days = 30;

enum class verdict : std::uint8_t {
    ok,           // sealed with a known key, and not changed since
    not_sealed,   // neither TK00 nor TK99 (SEAL-R06)
    malformed,    // one of them is missing, there twice or not in its place (SEAL-R06)
    unsupported,  // the older seal (SEAL-R11)
    wrong_key,    // no known key has this KVV (SEAL-R07)
    changed,      // the MAC is of another content (SEAL-R08)
};
[[nodiscard]] std::string_view name(verdict which) noexcept;

struct verify_options {
    rule_policy policy = {};                   // changes findings, never the verdict
    std::optional<date> today = std::nullopt;  // without it nothing is too old
    int max_age_days = default_max_age_days;
    std::function<void(std::size_t)> passed = {};  // how far the bytes are done with, for progress and memory
};

struct verification {
    verdict is = verdict::not_sealed;
    std::string opening_date, closing_date;  // YYMMDD of TK00 and TK99, as they stand; empty where there is none
    std::optional<mac> kvv, found;           // of TK99
    std::optional<mac> expected;             // the MAC of the content under the key of that KVV, where it is known
    std::uint64_t records{};                 // lines between TK00 and TK99 that hold something
    std::size_t inner_begin{}, inner_end{};  // the bytes between TK00 and TK99, line ends included; equal where there are none
    finding_list findings{rules()};
};

// The key is chosen by the KVV of TK99. In one pass, with a few kilobytes of memory. Errors: io when OpenSSL has no memory; what
// is wrong with the file is a verdict with its finding.
[[nodiscard]] result<verification> verify(std::string_view bytes, std::span<const key> keys, const verify_options& options = {});

}  // namespace brygga::seal
