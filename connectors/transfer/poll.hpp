// One look into a partner's folder: what has come and is quiet is fetched.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/timing/name_pattern.hpp"
#include "connectors/transfer/fetch.hpp"

namespace brygga::transfer {

struct poll_failure {
    std::string name;  // the partner's; may be personal data: not for the log
    transfer_error why;
};

struct poll_result {
    std::uint64_t fetched{};
    std::uint64_t cleared{};   // had been fetched before
    std::uint64_t changing{};  // still being written, or new since the first look
    std::vector<poll_failure> failures;
    std::optional<poll_failure> ended_by{};  // the file at which the connection was lost: what is behind it was not looked at
};

struct poll_rules {
    source_folder where;
    timing::name_pattern names;
    // Taken though a transfer program may still be writing to it: names like those that filedrop::is_temporary_name() knows,
    // and those that begin with a point.
    bool unfinished_names = false;
    std::set<std::string> passed_over{};  // files that are left for another time
    std::chrono::milliseconds quiet{};
    std::function<void(std::chrono::milliseconds)> sleep;
};

// One file's failure does not keep the others, unless the connection is gone. A fault when the folder cannot be looked into.
[[nodiscard]] outcome<poll_result> poll(remote_files& from, const poll_rules& with, const home_folders& home,
                                        const fetch_notes& notes);

}  // namespace brygga::transfer
