#include "formats/bankgirot/seal/rules.hpp"

#include <array>

namespace brygga::seal {

namespace {

// clang-format off
constexpr rule_info row(rule which, std::string_view id, std::string_view severities, std::string_view title, std::string_view help) {
    return {static_cast<std::uint16_t>(which), id, severities, title, help};
}

constexpr std::array table{
    row(rule::R01, "SEAL-R01", "error", "The key is exactly 32 hexadecimal digits.", "Enter the key as the bank's letter prints it, without blanks."),
    row(rule::R02, "SEAL-R02", "error", "The key gives the KVV that is expected of it.", "Compare key and KVV with the bank's letter: one of them is of another key, or mistyped."),
    row(rule::R03, "SEAL-R03", "error", "What is to be sealed has no TK00 or TK99 yet.", "Verify it instead; to seal it anew, take the unsealed file."),
    row(rule::R04, "SEAL-R04", "error", "What is to be sealed holds ISO 8859-1 of the seal's alphabet only: 20-7E and ÅÄÖÉÜåäöéü.", "Write the file in ISO 8859-1 and without other characters: under the seal they cannot be told apart."),
    row(rule::R05, "SEAL-R05", "error/warning", "Each record between TK00 and TK99 has 80 columns.", "Sealing: pad the record with blanks. Verifying: ask who cut or padded it; the MAC has the last word."),
    row(rule::R06, "SEAL-R06", "error", "One TK00 of type HMAC stands first and one TK99 last, with nothing but line ends, blanks and 1A behind it.", "The file is cut, joined or rewritten: fetch it again."),
    row(rule::R07, "SEAL-R07", "error", "The file is sealed with a key that is known: by its KVV it is a wrong or an old one.", "Configure the key of this KVV, or ask the sender which key was used."),
    row(rule::R08, "SEAL-R08", "error", "The MAC fits the content: the content was changed after sealing.", "Do not use the file: fetch it again, and tell the sender if it comes so once more."),
    row(rule::R09, "SEAL-R09", "warning", "TK00 and TK99 bear the same date, and it is not too long ago.", "Check that this is not an old file that comes again."),
    row(rule::R10, "SEAL-R10", "warning", "KVV and MAC are written in upper-case digits.", "Nothing to do; some program on the way rewrites or writes them so."),
    row(rule::R11, "SEAL-R11", "error", "The seal is not of the older type SAK1 (Nexus), which cannot be verified.", "Ask the sender for the HMAC seal."),
    row(rule::R12, "SEAL-R12", "info", "Lines that hold nothing but blanks and TABs were left out.", "Nothing to do; sealed files have no such lines."),
};
// clang-format on

static_assert(in_order(table), "each rule stands at the index of its enumerator");

}  // namespace

std::span<const rule_info> rules() noexcept {
    return table;
}

const rule_info& info(rule which) noexcept {
    return table[static_cast<std::size_t>(which)];
}

}  // namespace brygga::seal
