// Identity numbers of any kind (person, coordination, organisation) brought to the ledger's customer key: 12 digits,
// organisations with the prefix 16 (references.md sections 3.4, 3.5 and 6). Faults carry no part of the number: it is
// personal data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "formats/core/date.hpp"

namespace brygga {

enum class identity_kind : std::uint8_t {
    person,        // personnummer; sole traders too
    coordination,  // samordningsnummer
    organisation,  // organisationsnummer
};

[[nodiscard]] std::string_view name(identity_kind kind) noexcept;

enum class identity_fault : std::uint8_t {
    characters,   // not digits with one separator: temporary hospital numbers with letters are held apart so
    length,       // neither 10 nor 12 digits
    century,      // 12 digits that begin with neither 16 nor 18 up to the present century
    birth_date,   // not a calendar date, or in the future
    check_digit,  // modulus 10 over the ten digits fails
    third_digit,  // an organisation's third digit is at least 2
};

// What would have been right, for a finding's `expected`.
[[nodiscard]] std::string_view expectation(identity_fault fault) noexcept;

struct identity {
    identity_kind kind{};
    std::string customer_key;   // 12 digits
    bool date_unknown = false;  // a coordination number without a calendar date: worth a warning

    [[nodiscard]] bool operator==(const identity&) const = default;
};

// Takes every written form: 10 or 12 digits with or without separator, an organisation with prefix 16, a number zero-filled to
// 12 positions (BgMax TK29, Autogiro), and a VAT number (SE...01). `today` decides the century of 10 digits.
[[nodiscard]] tl::expected<identity, identity_fault> classify_identity(std::string_view utf8, date today);

}  // namespace brygga
