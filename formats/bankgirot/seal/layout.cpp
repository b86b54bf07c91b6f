#include "formats/bankgirot/seal/layout.hpp"

#include <array>

#include "formats/bankgirot/seal/mac.hpp"

namespace brygga::seal::layouts {

namespace {

bool is_hex(encoded_text value) noexcept {
    return value.bytes.size() == mac_digits && parse_mac(value.bytes);
}

}  // namespace

const document_layout& document() noexcept {
    static constexpr std::array records{opening::info(), closing::info()};
    static constexpr std::array sections{section_layout{{}, records}};
    static constexpr document_layout all{
        .format_id = "seal", .version = "HMAC", .width = width, .opening_mark = "00", .sections = sections};
    return all;
}

bool is_opening(std::string_view line) noexcept {
    if (line.size() < opening_columns || !line.starts_with("00")) return false;
    opening_record record;
    return opening::read({line.data()}, record) == 0 && (record.type.bytes == hmac_type || record.type.bytes == nexus_type);
}

bool is_closing(std::string_view line) noexcept {
    if (line.size() < closing_columns || !line.starts_with("99")) return false;
    closing_record record;
    return closing::read({line.data()}, record) == 0 && is_hex(record.kvv) && is_hex(record.mac);
}

opening_record read_opening(std::string_view line) noexcept {
    opening_record out;
    static_cast<void>(opening::read({line.data()}, out));
    return out;
}

closing_record read_closing(std::string_view line) noexcept {
    closing_record out;
    static_cast<void>(closing::read({line.data()}, out));
    return out;
}

}  // namespace brygga::seal::layouts
