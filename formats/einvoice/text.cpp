#include "formats/einvoice/text.hpp"

#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/transform_width.hpp>

namespace brygga::einvoice {

std::string_view without_blanks(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string in_capitals(std::string_view utf8) {
    std::string out(utf8);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

std::string in_base64(std::string_view bytes) {
    using namespace boost::archive::iterators;
    using encoded = base64_from_binary<transform_width<std::string_view::const_iterator, 6, 8>>;
    std::string out(encoded(bytes.begin()), encoded(bytes.end()));
    out.append((3 - bytes.size() % 3) % 3, '=');
    return out;
}

}  // namespace brygga::einvoice
