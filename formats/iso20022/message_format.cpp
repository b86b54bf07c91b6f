#include "formats/iso20022/message_format.hpp"

#include <fmt/format.h>

#include "formats/iso20022/parts.hpp"
#include "formats/xml/describe.hpp"
#include "formats/xml/diff.hpp"
#include "formats/xml/json.hpp"
#include "formats/xml/mask.hpp"
#include "formats/xml/show.hpp"

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

void message_format::describe(const output& to) const {
    xml::describe(*type_, to);
}

void message_format::show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const {
    xml::show(bytes, *type_, {with.passed}, how, to);
}

void message_format::to_json(std::string_view bytes, const read_settings& with, const output& to) const {
    xml::to_json(bytes, *type_, {with.passed}, to);
}

result<void> message_format::from_json(std::string_view json_lines, const output& to) const {
    return xml::from_json(json_lines, *type_, to);
}

bool message_format::diff(std::string_view before, std::string_view after, const read_settings&, const output& to) const {
    return xml::diff(before, after, *type_, {}, to);
}

void message_format::mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const {
    xml::mask(bytes, *type_, key, {with.passed}, to);
}

std::string version_text(std::uint16_t number) {
    return number == 0 ? std::string() : fmt::format("{:02}", number);
}

}  // namespace brygga::iso20022
