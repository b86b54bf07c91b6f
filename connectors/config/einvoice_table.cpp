#include "connectors/config/detail/einvoice_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/bank_identity.hpp"

namespace brygga::config::detail {

einvoice_agreement read_einvoice(table_reader& of) {
    einvoice_agreement out;
    std::vector<std::string> written;
    of.texts("senders", written,
             {.meaning = "identities at the banks (FUI) of the company's agreements on e-invoices to internet banks; a "
                         "registration for another one is refused (EINV-R02)",
              .required = true,
              .example = R"(["005560169095.00002222222.FSPA.SE"])",
              .missing = "must name the identities (FUI) of the agreements"});
    for (const std::string& each : written)
        if (!parse_issuer_identity(each))
            of.fault("senders", fmt::format("names {}, which is no FUI with a right check digit", each));
        else if (std::find(out.senders.begin(), out.senders.end(), each) != out.senders.end())
            of.fault("senders", fmt::format("names {} twice", each));
        else
            out.senders.push_back(each);
    return out;
}

}  // namespace brygga::config::detail
