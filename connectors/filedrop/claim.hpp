// Claim ids and the names of claimed files.
//
// A file that an intake has claimed is called CLAIM__NAME: CLAIM is a time-ordered id of 13 characters, NAME the
// delivered name with everything outside [A-Za-z0-9._-] as %XX, so that no name from a partner can leave its folder,
// break a line or hide (a leading point is escaped too).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "mapping/ledger/clock.hpp"

namespace brygga::filedrop {

inline constexpr std::size_t claim_characters = 13;
// With claim, separator, and the suffixes of receipts and temporary files, a name stays below the 255 bytes of a folder.
inline constexpr std::size_t max_escaped_name = 180;

// Our receipt for FILE is FILE.receipt.json beside it; no escaped name ends so.
inline constexpr std::string_view receipt_ending = ".receipt.json";

// Total and injective up to the limit. A longer name is cut between two characters and ends in '~', which no uncut
// name holds. Never empty: the empty name is "%". The last point of a name that ends like a receipt is escaped.
[[nodiscard]] std::string escape_name(std::string_view name);
// The delivered bytes again; a cut name gives its beginning followed by '~'.
[[nodiscard]] std::string unescape_name(std::string_view escaped);
// The delivered name for people: valid UTF-8, with invalid bytes and control characters as %XX.
[[nodiscard]] std::string readable_name(std::string_view delivered);

struct claimed_name {
    std::string claim;
    std::string escaped;  // the delivered name as escape_name gives it

    [[nodiscard]] std::string text() const { return claim + "__" + escaped; }
};

// Nothing when this is not the name of a claimed file.
[[nodiscard]] std::optional<claimed_name> parse_claimed_name(std::string_view text);

// What the machine gives as chance: the one place where it is asked.
[[nodiscard]] std::uint32_t machine_random();

// Ids of this process rise strictly; 22 random bits keep two processes apart that claim in the same millisecond.
class claim_source {
 public:
    // `random` gives 32 bits; the machine's when empty.
    explicit claim_source(ledger::clock& time, std::function<std::uint32_t()> random = {});
    [[nodiscard]] std::string next();

 private:
    ledger::clock* time_;
    std::function<std::uint32_t()> random_;
    ledger::row_id last_ = 0;
};

// When the claim was made; nothing for text that is no claim id.
[[nodiscard]] std::optional<ledger::timestamp_ms> time_of_claim(std::string_view claim);

}  // namespace brygga::filedrop
