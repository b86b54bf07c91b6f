#include "formats/einvoice/svefaktura/text_forms.hpp"

#include <algorithm>

namespace brygga::einvoice::svefaktura {

namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// What is beyond ASCII is taken for a letter, but for the blanks and dashes that texts get from word processors.
bool is_plain(std::string_view text) {
    for (const std::string_view mark : {"\xC2\xA0", "\xE2\x80"})
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

bool has_no_blanks_around(const document_facts&, element here, complaint& why) {
    why.expected = "no blanks around it";
    why.found = "blanks";
    return here.raw() == here.text();
}

}  // namespace brygga::einvoice::svefaktura
