// One look into a partner's folder: what has come and is quiet is fetched.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
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
};

struct poll_rules {
    source_folder where;
    timing::name_pattern names;
    std::chrono::milliseconds quiet{};
    std::function<void(std::chrono::milliseconds)> sleep;
};

// One file's failure does not keep the others, unless the connection is gone: then the fault is the whole poll's, and what was
// fetched before it stays.
[[nodiscard]] outcome<poll_result> poll(remote_files& from, const poll_rules& with, const home_folders& home,
                                        const fetch_notes& notes);

}  // namespace brygga::transfer
