// Finding delivered files, waiting until they are whole, and claiming them.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/filedrop/claim.hpp"
#include "connectors/filedrop/file_system.hpp"

namespace brygga::filedrop {

struct candidate {
    std::string name;  // as delivered, any bytes
    file_facts facts;
};

struct unreadable {
    std::string name;
    error why;
};

struct inbox_look {
    std::vector<candidate> candidates;     // regular files, sorted by name
    std::vector<std::string> not_regular;  // links, pipes, devices: never opened, never followed
    std::vector<unreadable> failures;      // the system would not even tell what they are
};

// Point files, temporary names (is_temporary_name) and folders are passed over; a file that vanishes meanwhile too.
[[nodiscard]] result<inbox_look> look_into(file_system& files, const std::filesystem::path& inbox);

// Names under which transfer programs write before they rename: *.part, *.partial, *.filepart, *.tmp, *.temp,
// *.crdownload, *~, in any case.
[[nodiscard]] bool is_temporary_name(std::string_view name) noexcept;

// The name itself where our folders can hold it and look_into() takes it for a file; otherwise one that is like it.
[[nodiscard]] std::string inbox_name(const std::string& name);

struct settle_times {
    std::chrono::milliseconds quiet{2000};         // size and time unchanged for so long
    std::chrono::milliseconds empty_quiet{10000};  // the same for a file of size zero: many senders create first, write later
};

enum class settle_state : std::uint8_t { whole, growing, empty_waits };

// Remembers earlier looks at one inbox. A file is whole when two looks agree and either its modification time or the
// first look with these facts is a quiet time ago. (The modification time alone is not enough, for some senders set it
// to the past; the looks alone would make each start wait.)
class settling {
 public:
    explicit settling(settle_times times) : times_(times) {}
    // One look at the whole inbox: the states, in the order of `seen`. Files that are gone are forgotten.
    [[nodiscard]] std::vector<settle_state> note(const std::vector<candidate>& seen, ledger::timestamp_ms now);

 private:
    struct memory {
        file_facts facts;
        ledger::timestamp_ms since{};
        bool seen_twice = false;
    };
    [[nodiscard]] settle_state state_of(const memory& known, ledger::timestamp_ms now) const;

    settle_times times_;
    std::map<std::string, memory, std::less<>> known_;
};

// A file in work/ that this process alone works on as long as the object lives.
struct claimed_file {
    claimed_name name;
    std::filesystem::path path;
    std::unique_ptr<open_file> lock;  // open for reading, flock held
    file_facts facts;                 // when it was claimed
};

// Locks the file, then renames inbox/NAME to work/CLAIM__NAME; whoever renames first has it. Errors: not_found when it
// vanished or another intake took it; busy when another has it locked or it has changed since the look; otherwise what
// the system said (permission_denied for a file that may not be read), and then it is still in the inbox.
[[nodiscard]] result<claimed_file> claim(file_system& files, const std::filesystem::path& inbox,
                                         const std::filesystem::path& work, const candidate& item, claim_source& ids);

// Takes over what a dead process left in work/: busy when its owner lives.
[[nodiscard]] result<claimed_file> reclaim(file_system& files, const std::filesystem::path& work, const claimed_name& name);

}  // namespace brygga::filedrop
