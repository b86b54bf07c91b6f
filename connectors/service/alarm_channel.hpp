// Where alarms go besides the log: a program, an address on the web, mailboxes.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "connectors/service/alarms.hpp"
#include "formats/core/result.hpp"

namespace brygga::service {

class alarm_channel {
 public:
    virtual ~alarm_channel() = default;
    [[nodiscard]] virtual std::string_view name() const noexcept = 0;  // "command", "webhook", "mail"
    // Whom it tells: two of the same address tell the same people. Not for the log.
    [[nodiscard]] virtual std::string address() const = 0;
    // That it has begun, or is over. A stop ends the waiting: then it was not told.
    [[nodiscard]] virtual result<void> tell(const alarm& item, bool over, const std::stop_token& stop) = 0;
};

// {"alarm": "file-missing", "state": "begins", "tenant": "nat", "subject": "...", "text": "..."}; one line.
[[nodiscard]] std::string to_json(const alarm& item, bool over);

// Those that are configured. `files` outlives them.
[[nodiscard]] std::vector<std::unique_ptr<alarm_channel>> open_channels(const config::alarm_settings& how,
                                                                        filedrop::file_system& files);

}  // namespace brygga::service
