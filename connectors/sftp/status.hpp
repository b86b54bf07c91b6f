// What an SFTP server answers to a request: draft-ietf-secsh-filexfer-02 section 7 (version 3, what servers speak) and -13
// section 9.1 (numbers that some servers send in version 3 all the same).
#pragma once

#include <cstdint>

#include "connectors/transfer/fault.hpp"

namespace brygga::sftp {

enum class status : std::uint8_t {
    ok = 0,
    eof = 1,
    no_such_file = 2,
    permission_denied = 3,
    failure = 4,
    bad_message = 5,
    no_connection = 6,
    connection_lost = 7,
    op_unsupported = 8,
    invalid_handle = 9,
    no_such_path = 10,
    file_already_exists = 11,
    write_protect = 12,
    no_media = 13,
    no_space_on_filesystem = 14,
    quota_exceeded = 15,
    unknown_principal = 16,
    lock_conflict = 17,
    dir_not_empty = 18,
    not_a_directory = 19,
    invalid_filename = 20,
    link_loop = 21,
    cannot_delete = 22,
    invalid_parameter = 23,
    file_is_a_directory = 24,
    byte_range_lock_conflict = 25,
    byte_range_lock_refused = 26,
    delete_pending = 27,
    file_corrupt = 28,
    owner_invalid = 29,
    group_invalid = 30,
    no_matching_byte_range_lock = 31,
};

inline constexpr std::uint32_t status_count = 32;

// As a fault of the transfer; `ok` and `eof` as an answer to what wants another are bad answers.
[[nodiscard]] transfer::fault fault_of(status answer) noexcept;
// The same of a number from the wire; bad_answer for one that no version knows.
[[nodiscard]] transfer::fault fault_of_number(std::uint32_t number) noexcept;

}  // namespace brygga::sftp
