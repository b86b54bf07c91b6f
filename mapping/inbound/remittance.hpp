// Numbers in what a payer wrote: "Faktura 10002355 kund 987654", "OCR 1000 2347 06", "fakt.nr 1234, 1235 och 1236"
// (bgmax.md section 6, references.md 3.3). Finds and names them only; whether one of them is an invoice is for the ledger
// to say (matching.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace brygga::inbound {

// What a word before the number says that it is.
enum class number_kind : std::uint8_t {
    unknown,
    ocr,       // "OCR", "ref", "referens" ...
    invoice,   // "faktura", "fakt.nr", "räkning", "invoice" ...
    customer,  // "kund", "kundnr" ...
};

struct number_candidate {
    std::string digits;      // 2 to 25, leading zeros kept
    number_kind kind{};      // of the nearest word before it; lists ("1234, 1235 och 1236") inherit it
    std::size_t position{};  // byte offset of the first digit in the text
    bool joined = false;     // several runs of digits with single blanks or hyphens between them
};

inline constexpr std::size_t max_remittance_bytes = 16'384;  // 25 + 90 x 50 columns, all of two bytes, and room to spare
inline constexpr std::size_t max_number_candidates = 256;
inline constexpr std::size_t min_candidate_digits = 2;
inline constexpr std::size_t max_candidate_digits = 25;  // the reference field of every Swedish payment

struct remittance {
    std::vector<number_candidate> numbers;  // in order of position, an unjoined one before those joined from it
    bool complete = true;                   // false when one of the limits cut the search short: match nothing by it
};

// Digit runs bounded by something else than a digit, then those joined over single blanks or hyphens. Never a part of a
// longer run: a run of more than 25 digits is no candidate at all. Amounts ("849,50", "1 200 kr", "500:-") are left out. A
// line feed separates. Total: any bytes give an answer.
[[nodiscard]] remittance find_numbers(std::string_view utf8_text);

}  // namespace brygga::inbound
