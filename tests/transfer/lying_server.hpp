// OpenSSH's server, and between it and its sftp-server a program that goes wrong at a chosen request (sftp_liar.cpp).
#pragma once

#include <string>
#include <vector>

#include "tests/transfer/open_ssh.hpp"

namespace brygga::transfer::test {

class lying_server : public open_ssh_server {
 public:
    lying_server();

    // Lines of WHAT WHERE [NUMBER], from now on. WHERE is "7", the seventh request of all from now on; "WRITE:2", the second of
    // its kind; or "WRITE:*", each of its kind. WHAT is
    //   end-before, end-after     the sftp-server ends before it does what is asked, or before it answers
    //   kill-before, kill-after   the same with kill -9 of sshd
    //   claim                     says that it is done, and does nothing
    //   status N, deny N          answers status N, and has done nothing; or has done it
    //   half                      writes half of the bytes, and says that it is done
    //   take                      before a RENAME makes an empty file with its new name
    //   fewer, wrong              reads half of the bytes; or one of them is another
    //   size N                    tells N bytes
    //   id, type N, crop          the answer has another id, is of type N, or is too short in itself
    //   empty, long               the answer says that it has no bytes, or more than any limit
    //   partly, hang              the answer ends in the middle, or never comes; the connection stays
    // An empty script passes everything.
    void play(const std::string& script);
    // The names of those that came since: "LSTAT", "OPEN"...
    [[nodiscard]] std::vector<std::string> requests() const;
};

}  // namespace brygga::transfer::test
