#include "formats/bankgirot/seal/layout.hpp"

#include <array>

#include "formats/bankgirot/seal/mac.hpp"

namespace brygga::seal::layouts {

namespace {

bool is_hexadecimal(std::string_view text) noexcept {
    return text.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
}

bool is_hex(encoded_text value) noexcept {
    return value.bytes.size() == mac_digits && parse_mac(value.bytes);
}

}  // namespace

const document_layout& document() noexcept {
    static constexpr std::array records{opening::info(), closing::info()};
    static constexpr std::array sections{section_layout{{}, records}};
    static const document_layout all{.format_id = "seal",
                                     .version = "HMAC",
                                     .width = width,
                                     .code_width = 2,
                                     .opening_mark = "00",
                                     .sections = sections,
                                     .guesses_cp850 = false,
                                     .place = nullptr};
    return all;
}

bool is_opening(std::string_view line) noexcept {
    if (line.size() < opening_columns || !line.starts_with("00")) return false;
    const std::string_view type = line.substr(8, 4);
    return (type == hmac_type || type == nexus_type) && all_digits(line.substr(2, 6));
}

bool is_closing(std::string_view line) noexcept {
    if (line.size() < closing_columns || !line.starts_with("99")) return false;
    closing_record record;
    return closing::read({line.data()}, record) == 0 && is_hex(record.kvv) && is_hex(record.mac);
}

frame_record frame_record_of(std::string_view line) noexcept {
    constexpr std::size_t date_columns = 6, value_columns = 18;
    if (is_opening(line)) return frame_record::first;
    if (line.size() < 2 + date_columns + value_columns || !line.starts_with("99")) return frame_record::none;
    const bool closes = all_digits(line.substr(2, date_columns)) && is_hexadecimal(line.substr(2 + date_columns, value_columns));
    return closes ? frame_record::last : frame_record::none;
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
