#include "tests/retention/years.hpp"

#include <fmt/format.h>

namespace brygga::retention::test {

void keep_for_some_time(config::settings& with) {
    with.retention = {7, 90, 30};
}

retention_report retain_all(intake_test::site& place) {
    return retain(place.with, *place.store, place.how, extent::all);
}

std::vector<std::string> told_of(const retention_report& told) {
    std::vector<std::string> out;
    for (const kind_report& each : told.kinds)
        if (each.removed.files != 0 || each.unknown != 0)
            out.push_back(fmt::format("{} {} {}, {} bytes, {} unknown", each.tenant, name(each.what), each.removed.files,
                                      each.removed.bytes, each.unknown));
    return out;
}

std::vector<std::string> troubles_of(const retention_report& told) {
    std::vector<std::string> out;
    for (const trouble& each : told.troubles)
        out.push_back(fmt::format("{} {}: {}", name(each.what), name(each.why.code), each.why.text));
    return out;
}

std::size_t kept_originals(const intake_test::site& place) {
    const auto found = intake::list_originals(filedrop::posix_file_system(), place.with.originals);
    return found ? found->sha256s.size() : 0;
}

std::size_t removals(const intake_test::site& place) {
    const auto in = place.store->begin_read(place.tenant().id);
    const auto all = in ? (*in)->retention().removals() : tl::unexpected(in.error());
    return all ? all->size() : 0;
}

}  // namespace brygga::retention::test
