// The tables [[tenant]] of the configuration.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/config/settings.hpp"

namespace brygga::config::detail {

// What must be unique over the whole file: the line where it was seen first.
struct seen {
    std::map<std::string, std::uint32_t> ids, folders, bankgiros;
};

[[nodiscard]] tenant read_tenant(table_reader& of, seen& unique, run_mode mode);

}  // namespace brygga::config::detail
