// What tests of routes share: camt files with known deposits, what must be handed on of them, and the old system that collects
// it.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "formats/convert/camt_to_bgmax.hpp"
#include "tests/intake/site.hpp"

namespace brygga::intake_test {

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

inline std::string example() {
    std::ostringstream out;
    out << std::ifstream(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures/camt/example.054.08.xml", std::ios::binary).rdbuf();
    return out.str();
}

// Two deposits: the example's, and one whose number of payments is told wrongly (CAMT-R11).
inline std::string with_held_entry() {
    const std::string one = replaced(
        example(), "<TxsSummry><TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>2049.50</Sum></TtlCdtNtries></TxsSummry>", "");
    const std::size_t begin = one.find("<Ntry>");
    const std::size_t end = one.find("</Ntry>") + 7;
    std::string second = one.substr(begin, end - begin);
    second = replaced(replaced(second, "00041-0011130", "00042-0011131"), "<NbOfTxs>2", "<NbOfTxs>3");
    second = replaced(replaced(second, "EXBK20260302000010", "EXBK20260302000030"), "EXBK20260302000020", "EXBK20260302000040");
    return one.substr(0, end) + second + one.substr(end);
}

// The same two deposits, both booked.
inline std::string two_entries() {
    return replaced(with_held_entry(), "<NbOfTxs>3", "<NbOfTxs>2");
}

// The file that must be handed on for these entries.
inline std::string as_bgmax(const std::string& camt, const std::function<bool(std::uint32_t)>& wanted = {}) {
    std::string out;
    convert::camt_to_bgmax_settings with;
    with.receivers.push_back({"9912346", {ocr_level::variable_length, {}}});
    with.wanted = wanted;
    const auto done = convert::camt_to_bgmax(camt, with, [&](std::string_view bytes) { out += bytes; });
    EXPECT_TRUE(done.has_value());
    return out;
}

// The old system: takes whatever lies in the folder.
inline std::vector<std::string> collect(const site& place, std::size_t route_no = 0) {
    std::vector<std::string> out;
    const std::filesystem::path& folder = place.tenant().routes.at(route_no).folder;
    for (const std::string& each : site::files_in(folder)) {
        std::ostringstream bytes;
        bytes << std::ifstream(folder / each, std::ios::binary).rdbuf();
        out.push_back(bytes.str());
        std::filesystem::remove(folder / each);
    }
    return out;
}

inline std::size_t staged(const site& place) {
    const std::filesystem::path folder = place.tenant().routes.front().staging();
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

}  // namespace brygga::intake_test
