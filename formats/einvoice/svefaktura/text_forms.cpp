#include "formats/einvoice/svefaktura/text_forms.hpp"

#include <algorithm>

namespace brygga::einvoice::svefaktura {

namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

constexpr std::string_view marks_beyond_ascii[] = {
    // Blanks, dashes, quotation marks and what is not seen: none of them is a letter, digit or symbol.
    "\xC2\x85",     "\xC2\xA0",     "\xC2\xA1",     "\xC2\xA7",     "\xC2\xAB",     "\xC2\xAD",
    "\xC2\xB6",     "\xC2\xB7",     "\xC2\xBB",     "\xC2\xBF",     "\xE2\x80",     "\xE2\x81",
    "\xE3\x80\x80", "\xE3\x80\x81", "\xE3\x80\x82", "\xEF\xBB\xBF", "\xEF\xBC\x8D",
};

bool is_plain(std::string_view text) {
    for (const std::string_view mark : marks_beyond_ascii)
        if (text.find(mark) != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return static_cast<unsigned char>(c) >= 0x80 || is_letter || is_digit(c) ||
               std::string_view("$+<=>^`|~").find(c) != std::string_view::npos;
    });
}

}  // namespace

bool is_without_marks(const document_facts&, element here, complaint& why) {
    why.expected = "letters and digits only";
    return is_plain(here.raw());
}

bool is_telephone_number(const document_facts&, element here, complaint& why) {
    why.expected = "digits, or a plus sign and digits";
    std::string_view text = here.raw();
    if (text.starts_with('+')) text.remove_prefix(1);
    return std::all_of(text.begin(), text.end(), is_digit);
}

bool code_has_no_blanks_around(const document_facts&, element here, complaint& why) {
    const element code = here.child("ID"_el);
    why.at = code;
    why.expected = "no blanks around it";
    why.found = "blanks";
    return code.raw() == code.text();
}

}  // namespace brygga::einvoice::svefaktura
