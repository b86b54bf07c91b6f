#include "tests/einvoice/test_sets.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "formats/xml/reader.hpp"

namespace brygga::einvoice::testing {

namespace {

bool is_document(std::string_view name) {
    return name == "Invoice" || name == "CreditNote";
}

}  // namespace

std::vector<set_test> tests_in(const std::filesystem::path& file) {
    std::ostringstream all;
    all << std::ifstream(file, std::ios::binary).rdbuf();
    const std::string bytes = all.str();
    std::vector<set_test> out;
    xml::reader in(bytes);
    std::size_t document_begins = 0, document_depth = 0;
    for (xml::event what = in.next(); what != xml::event::finished; what = in.next()) {
        if (what == xml::event::failed) throw std::runtime_error(file.filename().string() + ": " + std::string(in.why().text));
        const std::string_view name = in.name();
        if (what == xml::event::start) {
            if (name == "test" && document_depth == 0) out.push_back({file.filename().string(), out.size() + 1, {}, {}});
            if (is_document(name) && document_depth == 0) {
                document_begins = in.offset();
                document_depth = in.depth();
            }
            continue;
        }
        if (document_depth != 0 && in.depth() + 1 == document_depth) {
            out.back().document = bytes.substr(document_begins, in.end_offset() - document_begins);
            document_depth = 0;
        } else if (document_depth == 0 && !out.empty() && name == "success") {
            out.back().verdicts.push_back({std::string(in.text()), true});
        } else if (document_depth == 0 && !out.empty() && (name == "error" || name == "fatal" || name == "warning")) {
            out.back().verdicts.push_back({std::string(in.text()), false});
        }
    }
    return out;
}

std::vector<set_test> tests_of_folder(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
        if (entry.path().extension() == ".xml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<set_test> out;
    for (const std::filesystem::path& file : files)
        for (set_test& each : tests_in(file))
            out.push_back(std::move(each));
    return out;
}

}  // namespace brygga::einvoice::testing
