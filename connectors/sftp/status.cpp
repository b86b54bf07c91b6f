#include "connectors/sftp/status.hpp"

namespace brygga::sftp {

using transfer::fault;

fault fault_of(status answer) noexcept {
    switch (answer) {
        case status::ok:
        case status::eof:
        case status::bad_message:
        case status::invalid_handle:
        case status::file_corrupt:
            return fault::bad_answer;
        case status::no_such_file:
        case status::no_such_path:
        case status::not_a_directory:
            return fault::not_found;
        case status::permission_denied:
        case status::write_protect:
        case status::cannot_delete:
        case status::unknown_principal:
        case status::owner_invalid:
        case status::group_invalid:
            return fault::permission;
        case status::failure:
        case status::no_media:
            return fault::server_failure;
        case status::no_connection:
        case status::connection_lost:
            return fault::cut;
        case status::op_unsupported:
            return fault::not_supported;
        case status::file_already_exists:
        case status::file_is_a_directory:
            return fault::name_taken;
        case status::no_space_on_filesystem:
        case status::quota_exceeded:
            return fault::no_space;
        case status::lock_conflict:
        case status::byte_range_lock_conflict:
        case status::byte_range_lock_refused:
        case status::no_matching_byte_range_lock:
        case status::delete_pending:
            return fault::try_later;
        case status::dir_not_empty:
        case status::invalid_filename:
        case status::link_loop:
        case status::invalid_parameter:
            return fault::refused_request;
    }
    return fault::bad_answer;
}

fault fault_of_number(std::uint32_t number) noexcept {
    return number < status_count ? fault_of(static_cast<status>(number)) : fault::bad_answer;
}

}  // namespace brygga::sftp
