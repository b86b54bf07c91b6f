#include "connectors/service/memory.hpp"

#include <utility>

namespace brygga::service {

result<std::unique_ptr<metrics_server>> memory::open_metrics(const config::settings& with) const {
    if (!with.metrics.port || (metrics && metrics->port() == *with.metrics.port)) return nullptr;
    return metrics_server::open(*with.metrics.port, page);
}

void memory::change_to(const config::settings& with, std::unique_ptr<metrics_server> opened, filedrop::file_system& files) {
    if (opened || !with.metrics.port) metrics = std::move(opened);
    board.keep_only(with.tenants);
    desk.listen(open_channels(with.alarms, files));
}

}  // namespace brygga::service
