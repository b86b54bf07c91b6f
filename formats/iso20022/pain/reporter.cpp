#include "formats/iso20022/pain/detail/reporter.hpp"

#include <algorithm>

namespace brygga::pain::detail {

namespace {

// "PmtInf[1]/CdtTrfTxInf[2]/Cdtr/Nm" -> "CdtTrfTxInf": the innermost repeated element.
std::string_view record_of(std::string_view path) noexcept {
    const std::size_t bracket = path.rfind('[');
    if (bracket == std::string_view::npos) return "Document";
    const std::size_t slash = path.rfind('/', bracket);
    const std::size_t first = slash == std::string_view::npos ? 0 : slash + 1;
    return path.substr(first, bracket - first);
}

}  // namespace

std::optional<severity> reporter::tell(rule broken, severity level, std::string_view path, std::size_t offset,
                                       std::string_view found, std::string_view expected) {
    return into_.add(static_cast<std::size_t>(broken), level, [&] {
        const std::size_t slash = path.rfind('/');
        finding made;
        made.where = {lines_.line_of(offset), offset, 0, 0};
        made.record = record_of(path);
        made.field = slash == std::string_view::npos ? path : path.substr(slash + 1);
        made.found = found;
        made.expected = expected;
        made.path = path;
        return made;
    });
}

}  // namespace brygga::pain::detail
