// A partner's folder in memory that goes wrong at a chosen call, and a partner that takes files away.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/transfer/remote_files.hpp"

namespace brygga::transfer::test {

enum class mishap : std::uint8_t {
    refuses,     // says why, does nothing
    cut_before,  // the line is gone, nothing was done
    cut_after,   // done, and the line is gone before the answer
    lies,        // says that it is done, does nothing
    half,        // says that it is done; of written bytes only half are there
};
inline constexpr mishap all_mishaps[] = {mishap::refuses, mishap::cut_before, mishap::cut_after, mishap::lies, mishap::half};

struct partner {
    std::map<std::string, std::string> files;
    std::map<std::string, std::int64_t> modified_s;
    bool whole = false;                          // takes files in one request, instead of letting them grow
    bool tells_hash = false;                     // of what it took, in its answer
    std::function<void(partner&)> after_rename;  // what the partner does as soon as a file has its name
    std::function<void()> around_remove;         // before and after
    std::vector<std::string> lost;               // files that were replaced by a rename or emptied by name

    int calls = 0;
    int wrong_call = 0;  // counted from 1; 0: none
    mishap how{};
    bool cut = false;  // until the next connect()
    fault cut_as = fault::cut;

    // A new connection.
    [[nodiscard]] std::unique_ptr<remote_files> connect();
};

}  // namespace brygga::transfer::test
