// Bytes as text without their encoding, so that a value is found however a format writes it. Internal to formats/canary.
#pragma once

#include <string>
#include <string_view>

namespace brygga::canary::detail {

// Small letters of ASCII and digits: letters lose capitals and marks (å and ä are a), runs of blanks are one. UTF-8, ISO 8859-1,
// CP850, ISO 646-SE and UTF-16 of Latin letters come out alike; what is none of these is left out.
[[nodiscard]] std::string letters_of(std::string_view bytes);

// Digits without blanks, hyphens, brackets and slashes between them; every other run is one blank.
[[nodiscard]] std::string numbers_of(std::string_view bytes);

// Character references of XML, \u of JSON, %XX and =XX (quoted-printable) undone; empty where there are none.
[[nodiscard]] std::string unescaped(std::string_view bytes);

// Of characters of the alphabet alone, without padding: every byte that they hold whole.
[[nodiscard]] std::string loose_base64(std::string_view characters);

}  // namespace brygga::canary::detail
