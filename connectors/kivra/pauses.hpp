// When something is tried again at Kivra (kivra.md sections 2.1 and 4).
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace brygga::kivra {

// KIV-R11: what nobody knows the outcome of is repeated so often, with these pauses, and then held.
inline constexpr std::array<std::chrono::seconds, 5> repeat_pauses = {std::chrono::seconds(1), std::chrono::seconds(5),
                                                                      std::chrono::seconds(30), std::chrono::seconds(120),
                                                                      std::chrono::seconds(600)};

// Before the next attempt when so many were made; nothing when there is none.
[[nodiscard]] std::optional<std::chrono::seconds> pause_after(unsigned attempts) noexcept;

// Of a Retry-After header: seconds, or a date (RFC 9110 section 10.2.3). Nothing for anything else; at most a day.
[[nodiscard]] std::optional<std::chrono::seconds> read_retry_after(std::string_view header, std::chrono::sys_seconds now);

// At most so many contents to one recipient in a minute, counted here so that Kivra need not refuse them.
class recipient_limit {
 public:
    explicit recipient_limit(std::size_t in_a_minute) : most_(in_a_minute) {}

    // When the next one may go to this recipient; nothing: now. Recipients are kept as hashes.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> due(const std::string& recipient, std::chrono::sys_seconds now);
    void sent(const std::string& recipient, std::chrono::sys_seconds now);

 private:
    void forget(std::chrono::sys_seconds now);

    std::size_t most_;
    std::map<std::string, std::deque<std::chrono::sys_seconds>> sent_;
};

}  // namespace brygga::kivra
