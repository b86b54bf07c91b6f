// [tenant.letters], [tenant.print] and [tenant.protected]: how letters look, the print service that takes them in batches
// (print-batch.md), and letters that the tax agency forwards (protected-identity.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "connectors/config/file_channel.hpp"
#include "connectors/secrets/secret.hpp"
#include "formats/print/batch/records.hpp"
#include "formats/print/letter/look.hpp"

namespace brygga::config {

struct letter_settings {
    print::look look;            // without logo, company, organisation number and footer: those are of [tenant.invoices]
    std::filesystem::path logo;  // PNG; empty: none
    print::language in = print::language::swedish;
    bool has_slip = true, has_qr = false;
};

struct print_settings : file_channel {
    std::string tenant_ref;  // sender profile agreed with the print service
    bool matches_mailboxes = true;
    print::batch::print_options how;
    std::size_t documents = 5'000;          // of a batch, at most
    std::uint32_t max_error_permille = 20;  // batch.maxErrorRatio
    int final_days = 5;                     // bank days until each document has its end (4.2)
};

// Who encloses and posts the letters of protected persons.
enum class forwarding_by : std::uint8_t {
    office,    // ourselves: files in a folder (protected.print=LOCAL)
    provider,  // the print service, which has confirmed in writing that it encloses twice
};

struct protected_settings {
    forwarding_by by = forwarding_by::office;
    std::filesystem::path folder;  // of office
    bool inner_name = false;       // the name too on the inner envelope (UNVERIFIED)
    int extra_days = 7;
    std::vector<std::string> forwarder = {"Skatteverket", "Box 2820", "403 20 G\xC3\xB6teborg"};
    secrets::secret_source hash_key;  // of what stands for ids; none: nothing does
};

}  // namespace brygga::config
