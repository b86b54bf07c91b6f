// Words and digit runs of a piece of text replaced in place. Internal to mask.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/text.hpp"
#include "formats/inspection/keyed_hash.hpp"
#include "formats/inspection/masked_digits.hpp"

namespace brygga::inspection {

// The letters that may stand for a letter in one encoding: of the same case and the same number of bytes, and alike to the
// detection of encodings, so that a masked file is still found in its own.
class alphabet {
 public:
    explicit alphabet(encoding in);

    [[nodiscard]] encoding in() const noexcept { return in_; }
    // Nothing but the letter itself when no other is like it; empty for what is no letter.
    [[nodiscard]] std::u32string_view alike(char32_t letter) const noexcept;

 private:
    encoding in_;
    std::vector<std::u32string> groups_;
    std::array<std::uint8_t, 256> group_of_{};  // index into groups_ plus 1, by Latin-1 code point
};

// One character of a text as it lies in a line.
struct character {
    std::size_t at{}, size{};
    char32_t code{};  // no_code for bytes that are no character
};
inline constexpr char32_t no_code = 0xFFFFFFFF;

class text_masker {
 public:
    text_masker(keyed_hash& hash, digit_masker& digits) noexcept : hash_(&hash), digits_(&digits) {}

    // Replaces letters and digits of line[begin, end). Blanks, punctuation, single digits and words that tell nobody's name
    // (Faktura, OCR, kund ...) stay, and so do words of X alone, which hide something already. Two runs of digits that a hyphen or
    // plus joins to one number are one number. The size never changes. Non-ASCII letters stay when `ascii_only`.
    void mask(std::string& line, std::size_t begin, std::size_t end, const alphabet& letters, number_kind kind, bool ascii_only);

 private:
    void word(std::string& line, std::size_t first, std::size_t last, const alphabet& letters, bool ascii_only);
    std::size_t digit_run(std::string& line, std::size_t first, number_kind kind);
    void split(std::string_view line, std::size_t begin, std::size_t end, encoding in);

    keyed_hash* hash_;
    digit_masker* digits_;
    std::vector<character> characters_;
};

}  // namespace brygga::inspection
