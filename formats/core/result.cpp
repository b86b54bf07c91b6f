#include "formats/core/result.hpp"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace brygga {

std::string_view name(error_code code) noexcept {
    switch (code) {
        case error_code::invalid_argument: return "invalid argument";
        case error_code::invalid_content: return "invalid content";
        case error_code::invalid_config: return "invalid configuration";
        case error_code::not_found: return "not found";
        case error_code::already_exists: return "already exists";
        case error_code::permission_denied: return "permission denied";
        case error_code::no_space: return "no space";
        case error_code::limit_exceeded: return "limit exceeded";
        case error_code::conflict: return "conflict";
        case error_code::busy: return "busy";
        case error_code::corrupt: return "corrupt";
        case error_code::io: return "input/output error";
    }
    return "unknown";
}

namespace {

error_code code_of(int error_number) noexcept {
    switch (error_number) {
        case ENOENT:
        case ENOTDIR: return error_code::not_found;
        case EEXIST:
        case ENOTEMPTY: return error_code::already_exists;
        case EACCES:
        case EPERM:
        case EROFS: return error_code::permission_denied;
        case ENOSPC:
        case EDQUOT: return error_code::no_space;
        case EBUSY:
        case EAGAIN: return error_code::busy;
        default: return error_code::io;
    }
}

}  // namespace

error system_error(int error_number, std::string_view action) {
    return {code_of(error_number), fmt::format("{}: {}", action, std::generic_category().message(error_number))};
}

}  // namespace brygga
