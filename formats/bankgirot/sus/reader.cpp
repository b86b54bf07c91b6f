#include "formats/bankgirot/sus/reader.hpp"

#include "formats/bankgirot/sus/logical_reader.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::sus {

namespace {

void tell_encoding(logical_file& file, const detected_encoding& found) {
    if (found.in == encoding::iso_8859_1) return;
    std::string text(name(found.in));
    if (found.byte_order_mark) text += " with a byte order mark";
    detail::reporter(file.findings, file.holds).place(rule::LB_R17, severity::info, {1, 0, 0, 0}, {}, {}, text, "ISO 8859-1");
}

}  // namespace

logical_file read(std::string_view bytes, const read_options& options, sink* into) {
    const bool skips_titles = options.policy.profile.skip_title_lines;
    const auto found =
        layout::encoding_of(bytes, {0, 0, bytes.size()}, document(), {options.force_encoding, skips_titles, options.passed});
    const layout::segment whole = layout::whole_file(bytes, document(), {options.force_encoding, skips_titles, {}});
    logical_file file{.in = found.in,
                      .records = {},
                      .payments = 0,
                      .payments_ore = {},
                      .sections = 0,
                      .holds = {},
                      .findings = finding_list(rules(), options.policy)};
    tell_encoding(file, found);
    sink nobody;
    detail::logical_reader(file, options, into == nullptr ? nobody : *into).run(bytes, whole.opens);
    return file;
}

}  // namespace brygga::sus
