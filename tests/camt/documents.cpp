#include "tests/camt/documents.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

namespace brygga::camt {

std::string read_text(std::string_view path_in_project) {
    const std::string path = BRYGGA_SOURCE_DIR "/" + std::string(path_in_project);
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot open " + path);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string worked_example(std::string_view version) {
    return read_text("fixtures/camt/example.054." + std::string(version) + ".xml");
}

read_options with_receivers() {
    read_options options;
    options.receivers = {{"9912346", {ocr_level::variable_length, {}}}};
    options.today = date{std::chrono::year(2026), std::chrono::March, std::chrono::day(2)};
    return options;
}

std::string changed_example(std::string_view version, const text_changes& changes) {
    std::string text = worked_example(version);
    for (const auto& [from, to] : changes) {
        std::size_t at = text.find(from);
        if (at == std::string::npos) throw std::runtime_error("the document has no " + from);
        for (; at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    }
    return text;
}

std::vector<std::string> findings_of(std::string_view document, const read_options& options) {
    std::vector<std::string> out;
    const message_file file = read(document, options);
    for (const finding& each : file.findings.kept())
        out.push_back(fmt::format("{} {} {}", name(each.level), each.rule->id, each.path));
    return out;
}

}  // namespace brygga::camt
