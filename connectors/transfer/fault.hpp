// What can go wrong between us and a partner's server, and whether trying again can help (DESIGN section 8: only what is listed
// as retryable is tried again, everything else is a failure that is shown).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace brygga::transfer {

enum class fault : std::uint8_t {
    name_lookup,         // the host's name has no address, now
    refused_connection,  // nobody listens there
    unreachable,         // no way to the host
    timed_out,           // no answer in time
    cut,                 // the connection ended in the middle
    stopped,             // we were told to stop
    try_later,           // the server says that it is busy
    no_space,            // the partner's disk or quota is full
    server_failure,      // the server failed without saying why
    bad_answer,          // bytes that are no answer to what was asked
    unproven,            // the server said that it was done, and what is there says otherwise
    unanswered,          // it has got all bytes and did not say whether it keeps them: a look may tell
    in_doubt,            // it got all bytes and has no such file: taken away or thrown away, nobody here can tell
    ours,                // our own file or disk
    host_key,            // the server's key is none of those agreed with the partner
    certificate,         // the server's certificate is not valid for this host, or nobody whom we trust has signed it
    no_common_method,    // no cipher, key type or protocol version that both accept
    login,               // the server does not accept our user with this key or password
    own_secret,          // our key or password cannot be used: missing, unreadable, wrong passphrase
    not_found,           // the folder or file is not there
    permission,          // the partner does not let us do this
    name_taken,          // another file has this name
    not_wanted,          // it is not there, and we do not want it sent any more
    not_supported,       // the server cannot do this
    refused_request,     // the server understood and says no: the same again will get the same answer
    no_recipient,        // nobody there takes it for whom it is: another way is to be found
    too_large,           // beyond a limit, theirs or ours
    settings,            // an address or option that makes no sense
};

inline constexpr fault last_fault = fault::settings;

enum class retry : std::uint8_t { again, never };

// What is of no more use: one file, or the connection, so that the next file would fare no better.
enum class reach : std::uint8_t { file, connection };

struct fault_info {
    fault what{};
    std::string_view name;  // "host-key", as in status, log and metrics
    retry then{};
    reach how_far{};
    std::string_view help;  // one sentence: what a person can do
};

// Of every fault. A new fault does not compile until it stands here.
[[nodiscard]] fault_info info(fault what) noexcept;

// By its name; nothing for a text that is none.
[[nodiscard]] std::optional<fault> fault_named(std::string_view name) noexcept;

[[nodiscard]] inline bool retryable(fault what) noexcept {
    return info(what).then == retry::again;
}

// Text is one sentence in our words: never what the server wrote, no file names, no user names.
struct transfer_error {
    fault what{};
    std::string text;
};

template <class T>
using outcome = tl::expected<T, transfer_error>;

[[nodiscard]] inline tl::unexpected<transfer_error> failed(fault what, std::string text) {
    return tl::unexpected<transfer_error>(transfer_error{what, std::move(text)});
}

}  // namespace brygga::transfer
