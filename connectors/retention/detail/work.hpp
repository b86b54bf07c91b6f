// The two kinds of removing. Internal.
#pragma once

#include <initializer_list>
#include <string_view>

#include "connectors/intake/original_store.hpp"
#include "connectors/retention/retention.hpp"

namespace brygga::retention::detail {

// What both work with.
struct desk {
    const config::settings* with{};
    ledger::store* books{};
    intake::original_store* originals{};
    const intake::options* how{};
    extent what{};
    const std::stop_token* stop{};
    retention_report* told{};

    [[nodiscard]] filedrop::file_system& files() const { return *how->files; }
    [[nodiscard]] bool stopped() const { return stop->stop_requested(); }
    void pass(std::string_view step) const {
        if (how->at_step) how->at_step(step);
    }
    void trouble(std::string_view tenant, kind at, const error& why) const {
        told->troubles.push_back({std::string(tenant), at, why});
    }
};

void remove_originals(const desk& on, std::uint32_t years);
// archive/ and rejected/ of this tenant.
void remove_copies(const desk& on, const config::tenant& who);

}  // namespace brygga::retention::detail
