#include "connectors/dispatch/detail/overtaken.hpp"

#include <limits>

#include "connectors/intake/swedish_day.hpp"
#include "mapping/outbound/file_decisions.hpp"

namespace brygga::dispatch::detail {

result<std::vector<taken_back>> take_back_overtaken(std::string_view partner, ledger::timestamp_ms now,
                                                    ledger::transaction& into) {
    constexpr std::size_t all_files = std::numeric_limits<std::int32_t>::max();
    auto waiting = into.exchange().unsent(partner, all_files);
    if (!waiting) return tl::unexpected(std::move(waiting.error()));
    std::vector<taken_back> out;
    for (ledger::outgoing_item& each : *waiting) {
        if (each.newest.state != ledger::sending::queued) continue;  // held: somebody decides about it
        auto why = outbound::take_back_overtaken(each.row.id, intake::swedish_day(now), into);
        if (!why) return tl::unexpected(std::move(why.error()));
        if (!why->empty()) out.push_back({std::move(each.row), std::move(*why)});
    }
    return out;
}

void tell_taken_back(const desk& on, const taken_back& file) {
    const std::string id = ledger::format_id(file.row.id);
    on.log(logging::log_level::warning, "file-taken-back",
           {{"tenant", on.who->id}, {"partner", on.partner->id}, {"file", id}, {"reason", file.why}});
    on.told->files.push_back(
        {on.who->id, on.partner->id, id, filedrop::readable_name(file.row.name), ledger::sending::closed, file.why});
    if (on.how->days != nullptr) on.how->days->forget(on.who->id);
}

}  // namespace brygga::dispatch::detail
