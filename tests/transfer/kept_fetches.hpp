// What the ledger and the folders keep between attempts at a download, without a ledger.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/transfer/fetch.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::transfer::test {

using step_hook = std::function<void(std::string_view)>;

struct kept_fetches {
    intake_test::scratch_folder folder;
    std::map<std::string, known_fetch> states;
    std::vector<fetched_file> taken;

    kept_fetches() {
        std::filesystem::create_directory(folder.path() / "staging");
        std::filesystem::create_directory(folder.path() / "inbox");
    }
    [[nodiscard]] fetch_notes notes(const step_hook& at_step = {}) {
        return {[this](const std::string& key) -> outcome<known_fetch> {
                    const auto found = states.find(key);
                    return found == states.end() ? known_fetch{} : found->second;
                },
                [this](const fetched_file& what) -> outcome<void> {
                    states[what.key] = {fetch_state::taken, what.sha256};
                    taken.push_back(what);
                    return {};
                },
                [this](const std::string& key) -> outcome<void> {
                    states[key].state = fetch_state::cleared;
                    return {};
                },
                at_step};
    }
    [[nodiscard]] home_folders home(filedrop::file_system& files = filedrop::posix_file_system()) const {
        return {&files, folder.path() / "staging", folder.path() / "inbox"};
    }
    [[nodiscard]] std::map<std::string, std::string> inbox() const {
        std::map<std::string, std::string> found;
        for (const auto& each : std::filesystem::directory_iterator(folder.path() / "inbox"))
            found[each.path().filename().string()] = intake_test::get(each.path());
        return found;
    }
    [[nodiscard]] bool staging_is_empty() const { return std::filesystem::is_empty(folder.path() / "staging"); }
};

}  // namespace brygga::transfer::test
