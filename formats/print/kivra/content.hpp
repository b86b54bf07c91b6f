// Content for one recipient at Kivra: POST /v2/tenant/{tenantKey}/content (kivra.md section 3.3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/result.hpp"
#include "formats/print/code_line/code_line.hpp"
#include "formats/print/kivra/types.hpp"

namespace brygga::kivra {

using print::giro;

// Exactly one of them (KIV-R04).
struct recipient {
    std::string ssn;  // personnummer, 12 digits
    std::string email;
    std::string vat_number;  // of a company: SE, 10 digits, 01

    [[nodiscard]] bool operator==(const recipient&) const = default;
};

struct part {
    std::string name;   // file name that the recipient sees; no personal data
    std::string bytes;  // of the PDF

    [[nodiscard]] bool operator==(const part&) const = default;
};

enum class reference_type : std::uint8_t { se_ocr, tenant_ref };

struct payment_option {
    date due_date{};
    std::int64_t amount_ore{};
    reference_type type = reference_type::se_ocr;
    std::string reference;           // at most max_reference_characters
    std::string title, description;  // empty: none

    [[nodiscard]] bool operator==(const payment_option&) const = default;
};

// An amount that the recipient chooses; beside at least one fixed option.
struct flexible_option {
    date due_date{};
    reference_type type = reference_type::se_ocr;
    std::string reference;
    std::string title, description;
    std::optional<std::int64_t> min_limit_ore, min_suggested_ore, max_suggested_ore, max_limit_ore;

    [[nodiscard]] bool operator==(const flexible_option&) const = default;
};

// payment_multiple_options in Swedish kronor; payable is true by its being there.
struct payment {
    giro method = giro::bankgiro;
    std::string account;                  // digits only; written with its hyphen
    std::string swish_alias;              // a registered payee alias or "disable"; empty: not said
    std::vector<payment_option> options;  // the first is what notifications and old clients show
    std::optional<flexible_option> flexible;

    [[nodiscard]] bool operator==(const payment&) const = default;
};

enum class retention : std::uint8_t { none, days_30, days_390 };

struct content {
    recipient to;
    std::string subject;  // no personal data
    std::optional<date> generated_at;
    content_type type = content_type::letter;
    std::vector<part> parts;
    std::optional<kivra::payment> payment;
    retention retain = retention::none;

    [[nodiscard]] bool operator==(const content&) const = default;
};

inline constexpr std::size_t max_content_bytes = 1'000'000;  // of the JSON text; decimal, since the page does not say which
inline constexpr std::size_t max_pdf_bytes = 740'000;        // of all parts together: what fits in that
inline constexpr std::size_t max_reference_characters = 25;

// The JSON text: members in a fixed order, no blanks, so that the same content is the same bytes (KIV-R10). Values are not
// judged: that is check_content's. invalid_argument for what has no JSON: text that is no UTF-8, not exactly one recipient, an
// accounting type.
[[nodiscard]] result<std::string> write_content(const content& from);

// Of a text that write_content could have made, blanks and order aside. invalid_content with the path of the member that is
// missing, unknown or of another form; never its value.
[[nodiscard]] result<content> read_content(std::string_view json);

}  // namespace brygga::kivra
