// A file from a partner: whole, durable here before anything is said there, and taken once.
//
// The caller keeps durably, for each version of a file (folder, name, size and time of change), that its bytes are ours, and
// that it has been cleared away at the partner. Whatever dies in between, the next attempt ends with one copy in the inbox.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "connectors/filedrop/file_system.hpp"
#include "connectors/transfer/fault.hpp"
#include "connectors/transfer/remote_files.hpp"

namespace brygga::transfer {

// What happens to a file at the partner once it is ours.
enum class afterwards : std::uint8_t {
    remove,
    move,   // to another folder there
    leave,  // it is remembered; the same name, size and time are not taken again
};

struct source_folder {
    std::string partner;  // id in the configuration
    std::string folder;   // the partner's
    afterwards then{};
    std::string done_folder;  // for afterwards::move
};

// Both folders on one file system, so that a rename hands a file over.
struct home_folders {
    filedrop::file_system* files{};
    std::filesystem::path staging;  // nobody else's
    std::filesystem::path inbox;
};

enum class fetch_state : std::uint8_t { unknown, taken, cleared };

// What was noted last of a version.
struct known_fetch {
    fetch_state state{};
    std::string sha256;  // empty when unknown
};

struct fetched_file {
    std::string key;   // of the version: 32 hexadecimal digits
    std::string name;  // the partner's
    std::uint64_t size_bytes{};
    std::string sha256;
};

// What is kept between attempts; each note is durable when it returns.
struct fetch_notes {
    std::function<outcome<known_fetch>(const std::string& key)> state_of;
    std::function<outcome<void>(const fetched_file&)> note_taken;
    std::function<outcome<void>(const std::string& key)> note_cleared;
    std::function<void(std::string_view)> at_step;  // see fetch_step; may be empty
};

namespace fetch_step {
inline constexpr std::string_view reading = "reading";  // once per block
inline constexpr std::string_view whole = "whole";      // all bytes are in staging, durable
inline constexpr std::string_view taken = "taken";      // and noted
inline constexpr std::string_view placed = "placed";    // in the inbox
inline constexpr std::string_view cleared = "cleared";  // away at the partner
inline constexpr std::string_view noted = "noted";
}  // namespace fetch_step

// In the order in which one file passes them.
inline constexpr std::array<std::string_view, 6> fetch_steps = {fetch_step::reading, fetch_step::whole,   fetch_step::taken,
                                                                fetch_step::placed,  fetch_step::cleared, fetch_step::noted};

enum class fetched : std::uint8_t {
    now,       // into the inbox by this attempt
    before,    // was taken before; what was left to do at the partner is done
    changing,  // it changed while it was read: later
};

// First of all, each time: brings into the inbox what an earlier process had whole in staging. The partner may no longer have it.
[[nodiscard]] outcome<void> place_staged(const home_folders& home, const fetch_notes& notes);

// `entry` as it was just listed, quiet for long enough. Faults: what the server says; unproven when the server said that it
// cleared the file away and it is still there; ours for our own folders.
[[nodiscard]] outcome<fetched> fetch(remote_files& from, const source_folder& where, const remote_entry& entry,
                                     const home_folders& home, const fetch_notes& notes);

}  // namespace brygga::transfer
