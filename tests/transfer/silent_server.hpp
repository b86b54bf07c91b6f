#pragma once

#include <cstdint>
#include <stdexcept>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "connectors/transfer/tcp.hpp"

namespace brygga::transfer::test {

// Takes connections and never says a word.
class silent_server {
 public:
    silent_server() {
        socket_ = descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(socket_.number(), reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(socket_.number(), 1) != 0 ||
            ::getsockname(socket_.number(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no loopback port");
        port = ntohs(address.sin_port);
    }
    // Somebody waits to be answered.
    [[nodiscard]] bool called() const {
        pollfd on{socket_.number(), POLLIN, 0};
        return ::poll(&on, 1, 0) == 1;
    }
    std::uint16_t port = 0;

 private:
    descriptor socket_;
};

}  // namespace brygga::transfer::test
