#include "formats/layout/document_format.hpp"

#include "formats/layout/describe.hpp"
#include "formats/layout/diff.hpp"
#include "formats/layout/json.hpp"
#include "formats/layout/mask.hpp"
#include "formats/layout/show.hpp"

namespace brygga::layout {

namespace {

document_options options_of(const read_settings& with) {
    return {with.force_encoding, with.policy.profile.skip_title_lines, with.passed};
}

}  // namespace

void document_format::describe(const output& to) const {
    layout::describe(document_, to);
}

void document_format::show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const {
    layout::show(bytes, document_, options_of(with), how, to);
}

void document_format::to_json(std::string_view bytes, const read_settings& with, const output& to) const {
    layout::to_json(bytes, document_, options_of(with), to);
}

result<void> document_format::from_json(std::string_view json_lines, const output& to) const {
    return layout::from_json(json_lines, document_, to);
}

bool document_format::diff(std::string_view before, std::string_view after, const read_settings& with, const output& to) const {
    return layout::diff(before, after, document_, options_of(with), to);
}

void document_format::mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const {
    layout::mask(bytes, document_, key, options_of(with), to);
}

}  // namespace brygga::layout
