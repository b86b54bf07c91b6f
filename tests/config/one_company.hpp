// A configuration with what every one needs, seven lines, and more.
#pragma once

#include <string>
#include <string_view>

namespace brygga::config {

inline std::string one_company(std::string_view more) {
    return R"(mode = "test"
store = "a.db"
originals = "o"
[[tenant]]
id = "nat"
name = "N"
folder = "nat"
)" + std::string(more);
}

}  // namespace brygga::config
