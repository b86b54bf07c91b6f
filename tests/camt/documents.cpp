#include "tests/camt/documents.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

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

}  // namespace brygga::camt
