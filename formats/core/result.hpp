// Operating errors as values. A function that can fail returns result<T>; exceptions are left to start-up and the
// outermost boundary. Faults in the content of a file are findings (finding.hpp), not errors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace brygga {

// What kind of thing went wrong; a caller decides by this, a person reads error::text.
enum class error_code : std::uint8_t {
    invalid_argument,   // the caller's request makes no sense
    invalid_content,    // bytes that are not what they should be
    invalid_config,     // the configuration file
    not_found,          // a file, folder, row or name
    already_exists,     // a file or row that must be new
    permission_denied,  // the operating system refused
    no_space,           // the disk is full or a quota is reached
    limit_exceeded,     // one of our named limits
    conflict,           // the same key with other content, or another worker won
    busy,               // locked by somebody else: try again
    corrupt,            // our own store or archive fails its check
    io,                 // any other failure of the operating system
};

[[nodiscard]] std::string_view name(error_code code) noexcept;

// Text is one sentence for a person: what failed, on what, why. It never holds personal data.
struct error {
    error_code code{};
    std::string text;
};

template <class T>
using result = tl::expected<T, error>;

[[nodiscard]] inline tl::unexpected<error> fail(error_code code, std::string text) {
    return tl::unexpected<error>(error{code, std::move(text)});
}

// An error from errno, as "ACTION: what the system said"; maps EACCES, ENOENT, ENOSPC, EEXIST, EBUSY, EAGAIN.
[[nodiscard]] error system_error(int error_number, std::string_view action);

}  // namespace brygga
