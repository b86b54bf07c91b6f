#include "formats/iso20022/camt/detail/reporter.hpp"

#include <fmt/format.h>

namespace brygga::camt::detail {

namespace {

std::string path_to(const position& at, std::string_view path) {
    std::string out;
    if (at.container == 0) return std::string(path.empty() ? "Document" : path);
    out += fmt::format("{}[{}]", at.container_name, at.container);
    if (at.entry != 0) out += fmt::format("/Ntry[{}]", at.entry_in_container);
    if (at.place.in_details != 0)
        out += '/' + at.place.path();
    else if (at.place.details != 0)
        out += fmt::format("/NtryDtls[{}]", at.place.details);
    if (!out.empty() && !path.empty()) out += '/';
    return out += path;
}

std::string_view innermost(const position& at) {
    if (at.place.in_details != 0) return "TxDtls";
    if (at.place.details != 0) return "NtryDtls";
    if (at.entry != 0) return "Ntry";
    return at.container != 0 ? at.container_name : "Document";
}

std::string_view last_name(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Rules whose `found` is a text of the file where a number or a code should stand: it may be anything, a name as well.
bool shows_any_text(rule broken) noexcept {
    return broken == rule::R02 || broken == rule::R03 || broken == rule::R04 || broken == rule::R11 || broken == rule::R12 ||
           broken == rule::R14 || broken == rule::R30;
}

bool is_plain(std::string_view found) noexcept {
    constexpr std::size_t longest_code = 4;
    constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    constexpr std::string_view unit = " öre";
    if (found == "true") return true;
    if (found.ends_with(unit)) found.remove_suffix(unit.size());
    const bool number = found.find_first_not_of("0123456789+-.,:TZ") == std::string_view::npos;
    return number || (found.size() <= longest_code && found.find_first_not_of(capitals) == std::string_view::npos);
}

}  // namespace

void reporter::tell(rule broken, severity level, const position& at, std::string_view path, std::size_t offset,
                    std::string_view found, std::string_view expected) {
    into_.findings.add(static_cast<std::size_t>(broken), level, [&] {
        finding made;
        made.where = {lines_.line_of(offset), offset, 0, 0};
        made.record = innermost(at);
        made.field = last_name(path);
        made.found = found;
        made.expected = expected;
        made.path = path_to(at, path);
        made.section = at.entry;
        made.personal = personal || (shows_any_text(broken) && !is_plain(found));
        return made;
    });
    personal = false;
}

void reporter::hold(rule broken, const position& at, std::string_view path, std::size_t offset, std::string_view found,
                    std::string_view expected) {
    const std::uint64_t before = into_.findings.count(severity::hold);
    tell(broken, severity::hold, at, path, offset, found, expected);
    if (into_.findings.count(severity::hold) != before) into_.holds.push_back({at.container, at.entry, at.ordinal, broken});
}

}  // namespace brygga::camt::detail
