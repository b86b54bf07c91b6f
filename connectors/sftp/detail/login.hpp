// From a TCP connection to a user that is logged in. Internal.
#pragma once

#include <memory>

#include <libssh/libssh.h>

#include "connectors/sftp/session.hpp"
#include "connectors/transfer/tcp.hpp"

namespace brygga::sftp {

struct free_session {
    void operator()(ssh_session session) const noexcept {
        ssh_disconnect(session);
        ssh_free(session);
    }
};
using session_handle = std::unique_ptr<ssh_session_struct, free_session>;

// Exchanges keys, compares the server's with those agreed, and only then logs in. The session owns the connection.
[[nodiscard]] transfer::outcome<session_handle> log_in(const settings& with, transfer::descriptor connection,
                                                       const transfer::watchdog& watch);

}  // namespace brygga::sftp
