// The seal a second time, as plainly as the page says it: one switch, OpenSSL's one-call HMAC, nothing shared with the code under
// test. And the files that the tests work on.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/seal/key.hpp"

namespace brygga::seal::testing {

inline constexpr std::string_view test_key = "1234567890ABCDEF1234567890ABCDEF";
inline constexpr std::string_view test_kvv = "FF365893D899291C3BF505FB3175E880";
inline constexpr std::string_view other_key = "00112233445566778899aabbccddeeff";

[[nodiscard]] std::string reference_normalised(std::string_view bytes);
// 64 upper-case digits of HMAC-SHA-256 under 32 hexadecimal digits.
[[nodiscard]] std::string reference_hmac(std::string_view key_digits, std::string_view bytes);
[[nodiscard]] std::string reference_mac(std::string_view key_digits, std::string_view bytes);

// TK00 + data + TK99 with CRLF, for data of whole lines.
[[nodiscard]] std::string sealed_by_reference(std::string_view key_digits, std::string_view data,
                                              std::string_view day = "261123");

[[nodiscard]] key key_of(std::string_view digits);

[[nodiscard]] std::string file_bytes(const std::filesystem::path& path);
// fixtures/seal/example-N.txt: sealed, 80 columns, CRLF.
[[nodiscard]] std::string example(const std::string& number);
// Without its first and last line.
[[nodiscard]] std::string unsealed(const std::string& sealed);

[[nodiscard]] std::string replaced(std::string text, std::string_view what, std::string_view by);

}  // namespace brygga::seal::testing
