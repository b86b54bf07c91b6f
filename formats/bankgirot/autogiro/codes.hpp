// The code tables of Autogiro (autogiro.md section 5). A code that is not listed is kept as it is and told by AG-R14.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace brygga::autogiro {

enum class code_table : std::uint8_t {
    period,               // periodkod, 5.1
    payment_status,       // betalningsstatus, 5.2
    refund,               // TK77, 5.3
    mandate_information,  // informationskod, TK73, 5.4
    mandate_comment,      // kommentarskod, TK73, 5.5
    rejection_comment,    // kommentarskod, 5.6
    amendment_comment,    // kommentarskod, 5.8
    direction,            // of an amendment, 3.6
    internet_message,     // TK52, 3.7
    register_origin,      // 3.9
    register_state,
    register_stopped,
};

struct code_text {
    std::string_view code;
    std::string_view text;
    bool old_only = false;     // in the old layout only
    bool unconfirmed = false;  // known from one source: told by AG-R14 all the same
};

[[nodiscard]] std::span<const code_text> codes_of(code_table which) noexcept;

// Nothing for a code that the table does not have.
[[nodiscard]] const code_text* find_code(code_table which, std::string_view code) noexcept;

// What a code says, or "unknown code".
[[nodiscard]] std::string_view text_of(code_table which, std::string_view code) noexcept;

// Whether an amendment of this comment code was carried out.
[[nodiscard]] constexpr bool is_carried_out(std::string_view amendment_comment) noexcept {
    return amendment_comment == "12" || amendment_comment == "14" || amendment_comment == "18";
}

}  // namespace brygga::autogiro
