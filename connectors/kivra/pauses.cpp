#include "connectors/kivra/pauses.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>

#include <curl/curl.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::kivra {

namespace {

constexpr std::chrono::seconds minute{60}, longest{86'400};

}  // namespace

std::optional<std::chrono::seconds> pause_after(unsigned attempts) noexcept {
    if (attempts == 0) return std::chrono::seconds(0);
    if (attempts > repeat_pauses.size()) return std::nullopt;
    return repeat_pauses[attempts - 1];
}

std::optional<std::chrono::seconds> read_retry_after(std::string_view header, std::chrono::sys_seconds now) {
    if (all_digits(header)) {
        constexpr std::size_t digits_of_a_day = 5;
        std::int64_t seconds = longest.count();
        if (header.size() <= digits_of_a_day)
            static_cast<void>(std::from_chars(header.data(), header.data() + header.size(), seconds));
        return std::min(std::chrono::seconds(seconds), longest);
    }
    const std::time_t at = curl_getdate(std::string(header).c_str(), nullptr);
    if (at < 0) return std::nullopt;
    return std::clamp(std::chrono::sys_seconds(std::chrono::seconds(at)) - now, std::chrono::seconds(0), longest);
}

std::optional<std::chrono::sys_seconds> recipient_limit::due(const std::string& recipient, std::chrono::sys_seconds now) {
    forget(now);
    const auto known = sent_.find(sha256_hex(recipient));
    if (known == sent_.end() || known->second.size() < most_) return std::nullopt;
    return known->second.front() + minute;
}

void recipient_limit::sent(const std::string& recipient, std::chrono::sys_seconds now) {
    sent_[sha256_hex(recipient)].push_back(now);
}

void recipient_limit::forget(std::chrono::sys_seconds now) {
    for (auto each = sent_.begin(); each != sent_.end();) {
        while (!each->second.empty() && each->second.front() + minute <= now)
            each->second.pop_front();
        each = each->second.empty() ? sent_.erase(each) : std::next(each);
    }
}

}  // namespace brygga::kivra
