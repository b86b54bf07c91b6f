// A file to a partner, whole and once: under a temporary name in the same folder, looked at, renamed, looked at again.
//
// The caller keeps one fact durably between attempts: that all bytes were there, which is noted before the rename. A partner
// takes files away as soon as they have their name; without the note a file that is gone could not be told from one that was
// never sent. Whatever dies in between (we, the server, the line), the next attempt ends with one whole file, and with no second.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "connectors/transfer/fault.hpp"
#include "connectors/transfer/remote_files.hpp"

namespace brygga::transfer {

struct parcel {
    std::string_view bytes;  // of our own copy
    std::string sha256;      // of the bytes, 64 lower-case digits
    std::string folder;      // the partner's
    std::string name;        // that the file shall have there
    std::string temporary;   // before it is whole; the same at each attempt, and no other parcel's
};

enum class delivered : std::uint8_t {
    now,        // by this attempt, and seen there
    before,     // was there with the same bytes
    collected,  // was there and has been taken away
};

// What happens between attempts must outlive the process.
struct delivery_notes {
    bool uploaded = false;                          // as noted by an earlier attempt
    std::function<outcome<void>()> note_uploaded;   // durable when it returns
    std::function<void(std::string_view)> at_step;  // see delivery_steps; may be empty
};

namespace delivery_step {
inline constexpr std::string_view looked = "looked";
inline constexpr std::string_view writing = "writing";  // once per chunk
inline constexpr std::string_view written = "written";  // finished, not looked at
inline constexpr std::string_view proven = "proven";    // all bytes are there
inline constexpr std::string_view noted = "noted";      // and we know it
inline constexpr std::string_view renamed = "renamed";
inline constexpr std::string_view seen = "seen";
}  // namespace delivery_step

// In the order in which one delivery passes them.
inline constexpr std::array<std::string_view, 7> delivery_steps = {
    delivery_step::looked, delivery_step::writing, delivery_step::written, delivery_step::proven,
    delivery_step::noted,  delivery_step::renamed, delivery_step::seen};

// Faults: what the server says; name_taken when another file has the name (nothing of it is touched); unproven when the server
// said yes and what is there says otherwise; and what note_uploaded says.
[[nodiscard]] outcome<delivered> deliver(remote_files& to, const parcel& what, const delivery_notes& notes);

}  // namespace brygga::transfer
