// What a format finds in a file, a text for each finding.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "formats/format.hpp"

namespace brygga::layout::described::test {

inline std::vector<std::string> findings_of(std::string_view bytes, const format& with) {
    std::vector<std::string> out;
    with.check(bytes, {}, [&](const check_report& told) {
        for (const finding& each : told.findings->kept())
            out.push_back(fmt::format("{} {} {}:{}-{} {} '{}' '{}'", name(each.level), each.rule->id, each.where.line,
                                      each.where.first_column, each.where.last_column, each.field, each.found, each.expected));
    });
    return out;
}

}  // namespace brygga::layout::described::test
