// Metrics as Prometheus reads them: its text format, version 0.0.4.
//
//     exposition page;
//     page.family("brygga_files_total", metric_kind::counter, "Files that came.");
//     page.sample({{"tenant", "nat"}}, 12);
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace brygga::service {

enum class metric_kind : std::uint8_t { counter, gauge };

inline constexpr std::string_view exposition_type = "text/plain; version=0.0.4; charset=utf-8";

class exposition {
 public:
    using labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    // What follows belongs to it. The name stands as it is given; a counter's ends with _total.
    void family(std::string_view name, metric_kind kind, std::string_view help);
    void sample(labels of, std::int64_t value);
    // A moment in seconds since 1970, from milliseconds.
    void moment(labels of, std::int64_t since_1970_ms);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
    void begin(labels of);

    std::string text_, name_;
};

}  // namespace brygga::service
