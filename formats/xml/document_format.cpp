#include "formats/xml/document_format.hpp"

#include "formats/xml/describe.hpp"
#include "formats/xml/diff.hpp"
#include "formats/xml/json.hpp"
#include "formats/xml/mask.hpp"
#include "formats/xml/show.hpp"

namespace brygga::xml {

void document_format::describe(const output& to) const {
    xml::describe(*type_, to);
}

void document_format::show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const {
    xml::show(bytes, *type_, {with.passed}, how, to);
}

void document_format::to_json(std::string_view bytes, const read_settings& with, const output& to) const {
    xml::to_json(bytes, *type_, {with.passed}, to);
}

result<void> document_format::from_json(std::string_view json_lines, const output& to) const {
    return xml::from_json(json_lines, *type_, to);
}

bool document_format::diff(std::string_view before, std::string_view after, const read_settings&, const output& to) const {
    return xml::diff(before, after, *type_, {}, to);
}

void document_format::mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const {
    xml::mask(bytes, *type_, key, {with.passed}, to);
}

}  // namespace brygga::xml
