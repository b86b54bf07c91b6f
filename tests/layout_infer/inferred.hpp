// What the tests of proposed layouts share: samples from the generators, and the proposal as a format.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "formats/format.hpp"
#include "formats/layout/described/format.hpp"
#include "formats/layout/infer/infer.hpp"
#include "formats/layout/language/parser.hpp"

namespace brygga::layout::infer::test {

inline std::string generated(const format& with, std::uint64_t count, std::uint64_t seed) {
    generate_settings settings;
    settings.seed = seed;
    settings.count = count;
    settings.day = *parse_iso_date("2026-11-23");
    std::string out;
    if (const auto made = with.generate(settings, [&](std::string_view part) { out += part; }); !made)
        throw std::runtime_error(made.error().text);
    return out;
}

inline result<std::string> inferred(const std::vector<std::string>& files) {
    std::vector<sample> samples;
    for (const std::string& each : files)
        samples.push_back({"sample", each});
    return infer_layout(samples);
}

// Throws with all faults where there are any.
inline language::description parsed(const std::string& layout) {
    auto read = language::parse_layout(layout, "inferred.layout", {});
    if (read) return std::move(*read);
    std::string text;
    for (const language::layout_fault& each : read.error())
        text += describe(each) + "\n";
    throw std::runtime_error(text + layout);
}

// The proposal from these files, read again.
inline language::description described_by(const std::vector<std::string>& files) {
    const auto layout = inferred(files);
    if (!layout) throw std::runtime_error(layout.error().text);
    return parsed(*layout);
}

// Rule ids of the findings of level error or hold in each of the files, checked by the layout that was proposed from all.
inline std::vector<std::string> severe_findings(const std::vector<std::string>& files) {
    const auto format = described::make_format(described_by(files));
    std::vector<std::string> out;
    for (const std::string& each : files)
        format->check(each, {}, [&](const check_report& told) {
            for (const finding& found : told.findings->kept())
                if (found.level == severity::error || found.level == severity::hold)
                    out.push_back(std::string(found.rule->id) + " in line " + std::to_string(found.where.line) + ", column " +
                                  std::to_string(found.where.first_column) + ": '" + found.found + "'");
        });
    return out;
}

inline std::string file_text(const std::filesystem::path& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
}

}  // namespace brygga::layout::infer::test
