// The tables [[tenant.partner]] of the configuration.
#pragma once

#include <span>

#include "connectors/config/detail/table_reader.hpp"
#include "connectors/config/settings.hpp"
#include "connectors/partners/partner.hpp"

namespace brygga::config::detail {

// `before`: those of the same tenant that were read already.
[[nodiscard]] partners::partner read_partner(table_reader& reader, std::span<const partners::partner> before);

// partner and folder: a [[tenant.partner.send]] that takes this format.
void read_file_channel(table_reader& of, const tenant& who, std::string_view format, file_channel& into);

// The key `into` holds the times of; `into` is left as it was without it.
template <class Schedule>
void read_schedule(table_reader& reader, std::string_view key, Schedule& into, const about& what) {
    reader.parsed(
        key, "schedule", "", into,
        [](std::string_view text) -> result<timing::schedule> {
            auto made = timing::schedule::parse(text);
            if (!made) return fail(made.error().code, fmt::format("is no schedule: {}", made.error().text));
            return made;
        },
        what);
}

}  // namespace brygga::config::detail
