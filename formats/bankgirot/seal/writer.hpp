// Sealing a file: TK00, the data, TK99 (bankgiro-seal.md sections 2 and 3).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "formats/bankgirot/seal/key.hpp"
#include "formats/bankgirot/seal/rules.hpp"
#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"

namespace brygga::seal {

struct seal_options {
    date day{};                                    // of TK00 and TK99: the Swedish day of sealing
    std::optional<mac> kvv = std::nullopt;         // what the bank's letter says of the key (SEAL-R02)
    std::function<void(std::size_t)> passed = {};  // how far the bytes are done with, twice over
};

struct sealed {
    mac kvv, code;             // of TK99
    std::uint64_t records{};   // lines between TK00 and TK99
    std::uint64_t left_out{};  // lines of blanks and TABs (SEAL-R12)
    finding_list findings{rules()};

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// Reads the data twice: nothing is handed out before all of it was looked at, and nothing at all when a finding refuses it. What
// is handed out goes through our own reader at the same time and counts only when this returns without an error: the caller keeps
// it apart until then. Pieces are valid during the call. Memory: a few kilobytes, whatever the size.
//
// Errors: invalid_content when the data hold no record; invalid_argument for a day that six digits cannot say;
// corrupt when our reader does not find what was to be written; io when OpenSSL has no memory.
[[nodiscard]] result<sealed> seal_file(std::string_view data, const key& with, const seal_options& options,
                                       const std::function<void(std::string_view)>& to);

}  // namespace brygga::seal
