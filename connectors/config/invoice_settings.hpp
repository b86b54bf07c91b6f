// [tenant.invoices]: invoice runs, and the channels that their documents go by (mapping/billing,
// mapping/outbound/invoice_delivery).
#pragma once

#include <string>
#include <vector>

#include "connectors/config/file_channel.hpp"
#include "mapping/billing/terms.hpp"
#include "mapping/outbound/invoice_delivery.hpp"

namespace brygga::config {

// One document is one file, named by organisation number, run and place in it (einvoice.md section 2).
struct invoice_channel : file_channel {
    outbound::delivery_channel how;
};

struct invoice_settings {
    outbound::delivery_terms with;          // but for the day
    std::vector<invoice_channel> channels;  // in their order
    std::vector<std::string> after;         // tenants whose run of the month is closed first (BILL-R03)

    [[nodiscard]] outbound::delivery_terms terms(date today) const {
        outbound::delivery_terms out = with;
        out.run.today = today;
        return out;
    }
};

}  // namespace brygga::config
