#include "tests/ledger/store_fixture.hpp"

#include <cstdlib>

namespace brygga::ledger {

temporary_folder::temporary_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "brygga-ledger-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

temporary_folder::~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<store_factory> all_stores() {
    return {{"sqlite", [](const std::filesystem::path& folder, clock& time) {
                 return open_sqlite_store((folder / "ledger.db").string(), time);
             }}};
}

}  // namespace brygga::ledger
