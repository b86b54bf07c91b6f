// What a mail server means that reports in plain words: by the codes of RFC 3463 and RFC 5321 in it, and by the words of qmail.
// Internal to reading and masking reports.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "formats/mail/delivery_report.hpp"

namespace brygga::mail::detail {

struct evidence {
    std::size_t begin{}, end{};  // where it stands
    delivery_action action{};
    std::string status;  // "5.1.1"; empty where it is told otherwise
    int reply_code = 0;
};

// The first in the text from `from` on.
[[nodiscard]] std::optional<evidence> find_evidence(std::string_view text, std::size_t from = 0);

// Where the copy of the returned message begins, by its first header; the end of the text where there is none.
[[nodiscard]] std::size_t begin_of_copy(std::string_view text) noexcept;

// "5.1.1", at the beginning of a text (RFC 3463 section 2: class 2, 4 or 5); empty for anything else. A part of `text`.
[[nodiscard]] std::string_view leading_status(std::string_view text) noexcept;

// 550, the first such number of three digits in a text that stands alone; 0 where there is none.
[[nodiscard]] int first_reply_code(std::string_view text) noexcept;

}  // namespace brygga::mail::detail
