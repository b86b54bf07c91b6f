// Every status of SFTP, each as one fault, and whether trying again can help.
#include "connectors/transfer/fault.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <libssh/sftp.h>

#include "connectors/sftp/status.hpp"

namespace brygga::transfer::test {
namespace {

TEST(sftp_status, is_one_fault_each) {
    const char* const expected[] = {
        "bad-answer again",       // 0 ok, to what has failed
        "bad-answer again",       // 1 eof
        "not-found never",        // 2 no such file
        "permission never",       // 3 permission denied
        "server-failure again",   // 4 failure
        "bad-answer again",       // 5 bad message
        "cut again",              // 6 no connection
        "cut again",              // 7 connection lost
        "not-supported never",    // 8 op unsupported
        "bad-answer again",       // 9 invalid handle
        "not-found never",        // 10 no such path
        "name-taken never",       // 11 file already exists
        "permission never",       // 12 write protect
        "server-failure again",   // 13 no media
        "no-space again",         // 14 no space on filesystem
        "no-space again",         // 15 quota exceeded
        "permission never",       // 16 unknown principal
        "try-later again",        // 17 lock conflict
        "refused-request never",  // 18 dir not empty
        "not-found never",        // 19 not a directory
        "refused-request never",  // 20 invalid filename
        "refused-request never",  // 21 link loop
        "permission never",       // 22 cannot delete
        "refused-request never",  // 23 invalid parameter
        "name-taken never",       // 24 file is a directory
        "try-later again",        // 25 byte range lock conflict
        "try-later again",        // 26 byte range lock refused
        "try-later again",        // 27 delete pending
        "bad-answer again",       // 28 file corrupt
        "permission never",       // 29 owner invalid
        "permission never",       // 30 group invalid
        "try-later again",        // 31 no matching byte range lock
    };
    ASSERT_EQ(std::size(expected), sftp::status_count);
    for (std::uint32_t number = 0; number < sftp::status_count; ++number) {
        const fault_info about = info(sftp::fault_of_number(number));
        EXPECT_EQ(std::string(about.name) + (about.then == retry::again ? " again" : " never"), expected[number]) << number;
        EXPECT_FALSE(about.help.empty());
    }
    EXPECT_EQ(sftp::fault_of_number(sftp::status_count), fault::bad_answer);
    EXPECT_EQ(sftp::fault_of_number(0xffffffff), fault::bad_answer);
}

TEST(sftp_status, has_the_numbers_that_libssh_knows) {
    using sftp::status;
    const std::pair<int, status> known[] = {
        {SSH_FX_OK, status::ok},
        {SSH_FX_EOF, status::eof},
        {SSH_FX_NO_SUCH_FILE, status::no_such_file},
        {SSH_FX_PERMISSION_DENIED, status::permission_denied},
        {SSH_FX_FAILURE, status::failure},
        {SSH_FX_BAD_MESSAGE, status::bad_message},
        {SSH_FX_NO_CONNECTION, status::no_connection},
        {SSH_FX_CONNECTION_LOST, status::connection_lost},
        {SSH_FX_OP_UNSUPPORTED, status::op_unsupported},
        {SSH_FX_INVALID_HANDLE, status::invalid_handle},
        {SSH_FX_NO_SUCH_PATH, status::no_such_path},
        {SSH_FX_FILE_ALREADY_EXISTS, status::file_already_exists},
        {SSH_FX_WRITE_PROTECT, status::write_protect},
        {SSH_FX_NO_MEDIA, status::no_media},
    };
    for (const auto& [number, ours] : known)
        EXPECT_EQ(static_cast<int>(ours), number);
}

}  // namespace
}  // namespace brygga::transfer::test
