#include "formats/print/letter/detail/envelopes.hpp"

#include <fmt/format.h>

#include "formats/print/letter/detail/words.hpp"

namespace brygga::print {

namespace {

using namespace detail;

// Three labels of a sheet, to be cut out: the inner envelope's two sides, and the outer one.
void draw_label(canvas& on, micrometres top, std::string_view what, const std::vector<std::string>& lines) {
    constexpr micrometres left = 20_mm, height = 60_mm, width = 120_mm;
    on.text(left, top, what, {{800}, false, grey});
    const place box{left, top + 3_mm};
    constexpr micrometres line = 200;
    on.fill(box, {width, line}, grey);
    on.fill({box.left, box.top + height}, {width, line}, grey);
    on.fill(box, {line, height}, grey);
    on.fill({box.left + width, box.top}, {line, height}, grey);
    micrometres baseline = box.top + 25_mm;
    for (const std::string& each : lines)
        for (const std::string& part : on.wrap(each, {14_pt}, width - 20_mm)) {
            on.text(box.left + 10_mm, baseline, part, {14_pt});
            baseline += 7_mm;
        }
}

}  // namespace

result<rendered> detail::draw_envelopes(const std::vector<envelope_labels>& labels, const fonts& with, date day) {
    if (labels.empty()) return fail(error_code::invalid_argument, "there are no envelopes");
    if (labels.size() > static_cast<std::size_t>(max_pages))
        return fail(error_code::limit_exceeded,
                    fmt::format("there are {} envelopes, and at most {} to a file", labels.size(), max_pages));
    constexpr language in = language::swedish;
    canvas on(with, "Kuvert", day);
    for (const envelope_labels& each : labels) {
        draw_label(on, 30_mm, words(word::inner_envelope_front, in), {each.inner_front});
        draw_label(on, 110_mm, words(word::inner_envelope_back, in), {each.inner_back});
        draw_label(on, 190_mm, words(word::outer_envelope_front, in), each.outer_front);
        on.end_page();
    }
    auto bytes = on.finish();
    if (!bytes) return tl::unexpected(std::move(bytes.error()));
    return rendered{std::move(*bytes), static_cast<int>(labels.size())};
}

}  // namespace brygga::print
