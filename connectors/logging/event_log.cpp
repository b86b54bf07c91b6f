#include "connectors/logging/event_log.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>
#include <unistd.h>

#include "formats/core/sha256.hpp"

namespace brygga::logging {

namespace {

constexpr std::array<std::string_view, 4> level_names = {"debug", "info", "warning", "error"};
constexpr std::string_view plain_marks = "._:/+,-";
constexpr std::size_t token_characters = 12;

bool is_plain(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           plain_marks.find(c) != std::string_view::npos;
}

std::string text_value(std::string_view text) {
    text = text.substr(0, max_log_value);
    if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
    std::string out = "\"";
    for (const char c : text)
        out += (c < ' ' || c == '"' || c == '\\' || c == '\x7F') ? '?' : c;
    return out += '"';
}

std::string json_text(std::string_view text) {
    return nlohmann::json(std::string(text.substr(0, max_log_value)))
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_members(std::string_view event, std::initializer_list<log_field> fields) {
    std::string out = "\"event\":" + json_text(event);
    for (const log_field& field : fields) {
        out += ',' + json_text(field.key) + ':';
        if (const auto* const number = std::get_if<std::int64_t>(&field.value))
            out += std::to_string(*number);
        else
            out += json_text(std::get<std::string_view>(field.value));
    }
    return out;
}

spdlog::level::level_enum spdlog_level(log_level level) noexcept {
    switch (level) {
        case log_level::debug:
            return spdlog::level::debug;
        case log_level::info:
            return spdlog::level::info;
        case log_level::warning:
            return spdlog::level::warn;
        case log_level::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

// Ids and counts are nobody else's business: a new log is made with mode 0640 less the umask; one that is there keeps its own.
spdlog::file_event_handlers readable_by_group() {
    spdlog::file_event_handlers handlers;
    handlers.before_open = [](const spdlog::filename_t& name) {
        std::error_code no_folder;
        std::filesystem::create_directories(std::filesystem::path(name).parent_path(), no_folder);
        const int made = ::open(name.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP);
        if (made >= 0) ::close(made);  // what cannot be made, spdlog reports when it opens it
    };
    return handlers;
}

}  // namespace

std::string_view name(log_level level) noexcept {
    return level_names[static_cast<std::size_t>(level)];
}

std::optional<log_level> parse_log_level(std::string_view text) noexcept {
    const auto at = std::find(level_names.begin(), level_names.end(), text);
    if (at == level_names.end()) return std::nullopt;
    return static_cast<log_level>(at - level_names.begin());
}

struct event_log::sink {
    sink(spdlog::sink_ptr to, log_shape as) : logger("brygga", std::move(to)), shape(as) {}
    spdlog::logger logger;
    log_shape shape;
};

struct event_log::state {
    std::mutex mutex;
    std::shared_ptr<sink> to;  // guarded; never null
};

event_log::event_log(std::unique_ptr<state> made) : state_(std::move(made)) {}
event_log::event_log(event_log&&) noexcept = default;
event_log& event_log::operator=(event_log&&) noexcept = default;
event_log::~event_log() = default;

result<event_log> event_log::open(const log_settings& with) {
    auto to = open_sink(with);
    if (!to) return tl::unexpected(to.error());
    auto made = std::make_unique<state>();
    made->to = std::move(*to);
    return event_log(std::move(made));
}

result<void> event_log::reopen(const log_settings& with) {
    auto to = open_sink(with);
    if (!to) return tl::unexpected(to.error());
    const std::lock_guard guard(state_->mutex);
    state_->to = std::move(*to);
    return {};
}

result<std::shared_ptr<event_log::sink>> event_log::open_sink(const log_settings& with) {
    // spdlog reports by exception; it ends here.
    try {
        spdlog::sink_ptr to;
        if (with.file.empty())
            to = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        else
            to = std::make_shared<spdlog::sinks::basic_file_sink_mt>(with.file.string(), false, readable_by_group());
        auto made = std::make_shared<sink>(std::move(to), with.shape);
        made->logger.set_pattern(
            with.shape == log_shape::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})" : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
            spdlog::pattern_time_type::utc);
        made->logger.set_level(spdlog_level(with.level));
        made->logger.flush_on(spdlog::level::trace);
        return made;
    } catch (const spdlog::spdlog_ex& failed) {
        return fail(error_code::io, fmt::format("cannot open the log: {}", failed.what()));
    }
}

void event_log::write(log_level level, std::string_view event, std::initializer_list<log_field> fields) {
    const spdlog::level::level_enum as = spdlog_level(level);
    std::shared_ptr<sink> to;
    {
        const std::lock_guard guard(state_->mutex);
        to = state_->to;
    }
    if (to->logger.should_log(as)) to->logger.log(as, log_line(event, fields, to->shape));
}

std::string log_line(std::string_view event, std::initializer_list<log_field> fields, log_shape shape) {
    if (shape == log_shape::json) return json_members(event, fields);
    std::string out = fmt::format("event={}", text_value(event));
    for (const log_field& field : fields) {
        if (const auto* const number = std::get_if<std::int64_t>(&field.value))
            out += fmt::format(" {}={}", field.key, *number);
        else
            out += fmt::format(" {}={}", field.key, text_value(std::get<std::string_view>(field.value)));
    }
    return out;
}

std::string inbox_token(std::string_view delivered_name) {
    return "inbox:" + sha256_hex(delivered_name).substr(0, token_characters);
}

}  // namespace brygga::logging
