// What somebody should be told of at once: a file that has not come by its time, an answer that is late, a file that could not be
// sent or waits too long, an order that the partner rejected, a partner that cannot be reached or fetched from.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/config/settings.hpp"
#include "connectors/service/partner_board.hpp"
#include "connectors/timing/schedule.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::service {

enum class alarm_kind : std::uint8_t { file_missing, answer_late, not_sent, rejected, not_reached, not_fetched, unsent };
inline constexpr std::array alarm_kinds = {alarm_kind::file_missing, alarm_kind::answer_late, alarm_kind::not_sent,
                                           alarm_kind::rejected,     alarm_kind::not_reached, alarm_kind::not_fetched,
                                           alarm_kind::unsent};
[[nodiscard]] std::string_view name(alarm_kind kind) noexcept;

// Without personal data. Two are the same when tenant, kind and subject are.
struct alarm {
    alarm_kind kind{};
    std::string tenant;
    std::string subject;  // the format and its time, the id of the file, the partner, or a kind of matter
    std::string text;     // what happened and what to do

    [[nodiscard]] bool operator==(const alarm&) const = default;
};
[[nodiscard]] bool same(const alarm& a, const alarm& b);
[[nodiscard]] bool is_in(const std::vector<alarm>& list, const alarm& item);

// What holds now, by the configuration and the ledger alone: it is over when that says so.
// `longest`: how long a file that is due may wait.
[[nodiscard]] result<std::vector<alarm>> alarms_of(const config::tenant& who, ledger::transaction& in, timing::moment now,
                                                   std::chrono::minutes longest);

// The partners of the tenant that have not been reached for so long, with one miss after the other, and their folders of which
// something could not be fetched for so long.
[[nodiscard]] std::vector<alarm> unreached(const config::tenant& who, const std::vector<partner_visits>& visits,
                                           timing::moment now, std::chrono::minutes longest);

// The time by which one more should have come, when it has not: since the time before, one; or two when nothing had come by that
// time either, since a late one was that day's. `came` is ascending. Before anything came nothing but the latest time counts.
[[nodiscard]] std::optional<timing::moment> unmet(const timing::schedule& by, const std::vector<timing::moment>& came,
                                                  timing::moment now);

}  // namespace brygga::service
