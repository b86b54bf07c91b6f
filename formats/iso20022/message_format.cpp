#include "formats/iso20022/message_format.hpp"

#include <fmt/format.h>

#include "formats/iso20022/parts.hpp"

namespace brygga::iso20022 {

bool message_format::sniff(std::string_view head) const noexcept {
    const xml::root_tag root = xml::look_at_root(head);
    if (root.name.empty()) return names_in_broken_prolog(head, fmt::format("{}.", id()));
    return root.name == "Document" && is_message(root);
}

bool names_in_broken_prolog(std::string_view head, std::string_view message) {
    std::string text(head);
    std::erase(text, '\0');  // UTF-16
    for (const std::string_view mark : {"\xFF\xFE", "\xFE\xFF"})
        if (text.starts_with(mark)) text.erase(0, mark.size());
    return text.starts_with('<') && text.find(fmt::format("{}{}", namespace_stem, message)) != std::string::npos;
}

std::string version_text(std::uint16_t number) {
    return number == 0 ? std::string() : fmt::format("{:02}", number);
}

}  // namespace brygga::iso20022
