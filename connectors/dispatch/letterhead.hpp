// A company's letters as its configuration has them: [tenant.letters] with what [tenant.invoices] says of the company.
#pragma once

#include <memory>

#include "connectors/config/settings.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "formats/print/letter/renderer.hpp"
#include "mapping/outbound/letter.hpp"
#include "mapping/outbound/print_batch.hpp"

namespace brygga::dispatch {

struct letterhead {
    std::shared_ptr<const print::renderer> drawn_by;
    outbound::letter_terms terms;
    outbound::print_terms batch;  // as far as it is the same for all
};

// The tenant has [tenant.invoices]. Errors: those of print::renderer::make, and of reading the logo and the key.
[[nodiscard]] result<letterhead> letterhead_of(const config::tenant& who, filedrop::file_system& files);

}  // namespace brygga::dispatch
