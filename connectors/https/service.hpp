// A partner's service over HTTPS: one request, one answer. What servers of files speak is session.hpp's.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "connectors/https/session.hpp"
#include "connectors/transfer/fault.hpp"

namespace brygga::https {

namespace detail {
class line;
}

enum class verb : std::uint8_t { get, post };

struct service_request {
    std::string_view what;  // names it in texts: "send"
    verb by = verb::get;
    std::string path;                         // below settings::url, without a query
    std::vector<std::string> headers;         // "Content-Type: application/json"; what they hold is in no text
    std::string_view body;                    // of post
    std::vector<std::string> wanted_headers;  // of the answer
    std::size_t most_answer_bytes = std::size_t{1} << 20;
};

struct service_answer {
    long status{};  // any, 200 to 599
    std::string body;
    std::map<std::string, std::string> headers;  // those that were wanted and are there
};

struct service_error {
    transfer::transfer_error why;
    bool maybe_done = false;  // the server may have got all of the request
};

// Keeps its connection between requests. Not thread-safe.
class service {
 public:
    // `within` is for a whole request; settings::user, password and token go with each one.
    service(const settings& with, std::chrono::milliseconds within, std::stop_token stop);
    service(service&&) noexcept;
    service& operator=(service&&) noexcept;
    ~service();

    // A refusal is an answer. libcurl repeats a request once by itself when a kept connection turns out to be closed.
    [[nodiscard]] tl::expected<service_answer, service_error> ask(const service_request& what);

 private:
    std::unique_ptr<detail::line> on_;
    std::chrono::milliseconds within_;
};

}  // namespace brygga::https
