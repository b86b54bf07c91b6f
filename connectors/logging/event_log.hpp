// The log: one line per event, "2026-03-02T16:30:05.123Z info event=booked tenant=nat claim=... payments=2", or the same as JSON.
// What belongs together bears the same claim (a file that came), outgoing (one that goes) or partner.
//
// A value is an id, a count, a rule id, a size, a duration or an error text of ours; never a name, reference, account or
// delivered file name (a file is named by its claim id, or in the inbox by inbox_token). Whatever a value holds, it cannot
// break out of its line: control characters and quotes are replaced and length is limited.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "formats/core/result.hpp"

namespace brygga::logging {

enum class log_level : std::uint8_t { debug, info, warning, error };

[[nodiscard]] std::string_view name(log_level level) noexcept;
[[nodiscard]] std::optional<log_level> parse_log_level(std::string_view text) noexcept;

enum class log_shape : std::uint8_t {
    text,
    json,  // {"time":"2026-03-02T16:30:05.123Z","level":"info","event":"booked","tenant":"nat","claim":"...","payments":2}
};

struct log_settings {
    std::filesystem::path file;  // empty: standard error
    log_level level = log_level::info;
    log_shape shape = log_shape::text;
};

struct log_field {
    log_field(std::string_view field_key, std::string_view text) : key(field_key), value(text) {}
    log_field(std::string_view field_key, const char* text) : key(field_key), value(std::string_view(text)) {}
    template <class Number>
    requires std::is_integral_v<Number> log_field(std::string_view field_key, Number number)
        : key(field_key), value(static_cast<std::int64_t>(number)) {}

    std::string_view key;
    std::variant<std::int64_t, std::string_view> value;
};

inline constexpr std::size_t max_log_value = 300;  // bytes

// Appends to a file (made when missing, its folder too) or writes to standard error. Thread-safe; each line is flushed.
class event_log {
 public:
    [[nodiscard]] static result<event_log> open(const log_settings& with);
    event_log(event_log&&) noexcept;
    event_log& operator=(event_log&&) noexcept;
    ~event_log();

    // Goes on as these settings say, in a file that is opened (made) anew; on an error nothing has changed.
    [[nodiscard]] result<void> reopen(const log_settings& with);

    void write(log_level level, std::string_view event, std::initializer_list<log_field> fields);

 private:
    struct sink;
    struct state;
    [[nodiscard]] static result<std::shared_ptr<sink>> open_sink(const log_settings& with);
    explicit event_log(std::unique_ptr<state> made);
    std::unique_ptr<state> state_;
};

// "event=booked tenant=nat text=\"cannot read: no such file\"": what write() puts behind time and level; as JSON the members of
// an object, without its braces.
[[nodiscard]] std::string log_line(std::string_view event, std::initializer_list<log_field> fields,
                                   log_shape shape = log_shape::text);

// Stands for a delivered file name in the log: "inbox:" and 12 hex digits of its SHA-256.
[[nodiscard]] std::string inbox_token(std::string_view delivered_name);

}  // namespace brygga::logging
