// What waits, and which uses of an original are done with. Internal.
#pragma once

#include <optional>
#include <set>
#include <string_view>

#include "connectors/config/settings.hpp"
#include "formats/core/date.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::retention::detail {

using file_ids = std::set<ledger::row_id>;

// The files that came and that a person or a receiver still waits for.
[[nodiscard]] result<file_ids> waiting_files(ledger::transaction& in);

// The originals' rule, as one company has to keep it.
class original_rule {
 public:
    // Nothing is done with when `who` is null: a company of the ledger that the configuration does not know.
    [[nodiscard]] static result<original_rule> read(const config::tenant* who, std::uint32_t years, date today,
                                                    ledger::transaction& in);

    // The last day on which it is kept; nothing for one that waits.
    [[nodiscard]] std::optional<date> kept_until(const ledger::original_use& use) const;
    [[nodiscard]] bool is_done(const ledger::original_use& use) const;
    [[nodiscard]] std::uint32_t years() const noexcept { return years_; }

 private:
    [[nodiscard]] bool waits(const ledger::original_use& use) const;

    const config::tenant* who_{};
    std::uint32_t years_{};
    date today_{};
    file_ids waiting_;
};

}  // namespace brygga::retention::detail
