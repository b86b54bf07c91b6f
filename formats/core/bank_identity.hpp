// Who sends and who receives e-invoices through the banks (einvoice.md section 3.1). The bank's id is opaque: there is no closed
// list.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brygga {

// FUI (fakturautställaridentitet): "005560169095.00002222222.FSPA.SE".
struct issuer_identity {
    std::string organisation_number;  // 10 digits
    std::string agreement;            // 11 digits
    std::string bank;

    [[nodiscard]] bool operator==(const issuer_identity&) const = default;
};
// Nothing where the form or the check digit is wrong.
[[nodiscard]] std::optional<issuer_identity> parse_issuer_identity(std::string_view text);

// FMI (fakturamottagaridentitet): "196505030004.NB.SE".
struct receiver_identity {
    std::string number;  // 12 digits: of a person, or 00 and an organisation number
    std::string bank;

    [[nodiscard]] bool operator==(const receiver_identity&) const = default;
};
[[nodiscard]] std::optional<receiver_identity> parse_receiver_identity(std::string_view text);

}  // namespace brygga
