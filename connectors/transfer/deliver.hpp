// A file to a partner, whole and once.
//
// Where a file grows (staged_upload): under a temporary name in the same folder, read back, renamed, looked at. Of a folder that
// we may only write to the size must do. The caller keeps one fact durably between attempts: that all bytes were there, which is
// noted before the rename, and withdrawn when they are no longer all there. A partner takes files away as soon as they have their
// name; without the note a file that is gone could not be told from one that was never sent. Where the server said no to the
// rename and both names are gone, it is in_doubt.
//
// Where the server takes it in one request (whole_upload): under its name, looked at. Before the last bytes go the same is noted,
// and withdrawn when the server says no. With the note and without the file nobody here can tell whether it was taken away or
// never kept: it is not sent again but in_doubt, for a person to ask. So is a file that the server said yes to and that is not
// there, unless the yes told the hash of our bytes.
//
// Whatever dies in between (we, the server, the line), the next attempt ends with one whole file or in doubt, and with no second.
//
// Staged files are delivered together: all are brought, one note says so, all are renamed. What makes a note durable costs as
// much for one file as for many.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/transfer/fault.hpp"
#include "connectors/transfer/remote_files.hpp"

namespace brygga::transfer {

// What is known of earlier attempts.
enum class tried : std::uint8_t {
    never,        // nothing of it is there
    somehow,      // its temporary file may be there
    uploaded,     // as noted, and not withdrawn: only our rename takes the temporary file away
    not_renamed,  // as noted, and the server said no to the rename: without the temporary file nobody here knows
};

struct parcel {
    std::string_view bytes;  // of our own copy
    std::string sha256;      // of the bytes, 64 lower-case digits
    std::string folder;      // the partner's
    std::string name;        // that the file shall have there
    std::string temporary;   // of a staged upload before it is whole; the same at each attempt, and no other parcel's
    tried before{};
    bool wanted =
        true;  // false: it is only looked whether the partner has it; what would have to be sent or renamed is not_wanted
};

enum class delivered : std::uint8_t {
    now,        // by this attempt, and seen there
    before,     // was there with the same bytes
    collected,  // was there and has been taken away
};

// What happens between attempts must outlive the process. Parcels are named by their index.
struct delivery_notes {
    std::function<outcome<void>(std::span<const std::size_t>)> note_uploaded;  // durable when it returns
    std::function<outcome<void>(std::size_t)> withdraw_upload;                 // the note: the partner does not have it
    std::function<void(std::string_view)> at_step;                             // see delivery_step; may be empty
};

namespace delivery_step {
inline constexpr std::string_view looked = "looked";
inline constexpr std::string_view writing = "writing";  // once per chunk
inline constexpr std::string_view written = "written";  // finished, not read back
inline constexpr std::string_view proven = "proven";    // all bytes are there
inline constexpr std::string_view noted = "noted";      // and we know it
inline constexpr std::string_view renamed = "renamed";
inline constexpr std::string_view seen = "seen";
}  // namespace delivery_step

// In the order in which one staged delivery passes them.
inline constexpr std::array<std::string_view, 7> delivery_steps = {
    delivery_step::looked, delivery_step::writing, delivery_step::written, delivery_step::proven,
    delivery_step::noted,  delivery_step::renamed, delivery_step::seen};
// And one in one request: the note comes before the last bytes.
inline constexpr std::array<std::string_view, 5> whole_delivery_steps = {
    delivery_step::looked, delivery_step::writing, delivery_step::noted, delivery_step::written, delivery_step::seen};

// What became of each parcel; nothing where its turn did not come, because the connection was of no more use (reach::connection).
// Faults: what the server says; name_taken when another file has the name (nothing of it is touched); unproven when the server
// said yes and what is there says otherwise; in_doubt as above; not_wanted; and what the notes fail with.
[[nodiscard]] std::vector<std::optional<outcome<delivered>>> deliver(remote_files& to, std::span<const parcel> what,
                                                                     const delivery_notes& notes);

// Of a delivery that is given up, durably: removes what there is of it under its temporary name, folder and all. Whoever goes on
// with the note would take the free name for a rename.
[[nodiscard]] outcome<void> clear_away(remote_files& from, const std::string& temporary);

}  // namespace brygga::transfer
