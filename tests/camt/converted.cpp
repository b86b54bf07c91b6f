#include "tests/camt/converted.hpp"

#include <fmt/format.h>

#include "formats/convert/camt_to_bgmax.hpp"
#include "formats/core/text.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::convert {

converted convert(const std::string& document) {
    camt_to_bgmax_settings with;
    with.receivers = camt::with_receivers().receivers;
    converted out;
    const auto done = camt_to_bgmax(document, with, [&](std::string_view bytes) { out.bytes += bytes; });
    if (!done) {
        out.error = done.error().text;
        return out;
    }
    for (const note& each : done->notes)
        out.notes.push_back(fmt::format("{}.{} {}", each.entry_no, each.payment, each.what));
    const std::string text = to_utf8(out.bytes, encoding::iso_8859_1);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find("\r\n", at);
        std::string line = text.substr(at, end - at);
        line.erase(line.find_last_not_of(' ') + 1);
        out.lines.push_back(line);
        at = end + 2;
    }
    return out;
}

}  // namespace brygga::convert
