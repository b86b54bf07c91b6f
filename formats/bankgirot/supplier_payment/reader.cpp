#include "formats/bankgirot/supplier_payment/reader.hpp"

#include "formats/bankgirot/supplier_payment/logical_reader.hpp"

namespace brygga::supplier_payment {

logical_file read(std::string_view bytes, const read_options& options, sink* into) {
    const auto opened = bankgirot::open_file(bytes, document(),
                                             {options.force_encoding, options.policy.profile.skip_title_lines, options.passed});
    logical_file file{.in = opened.found.in,
                      .version = {},
                      .records = {},
                      .totals = {},
                      .sections = 0,
                      .seal = {},
                      .holds = {},
                      .findings = finding_list(rules(), options.policy)};
    sink nobody;
    detail::logical_reader(file, options, into == nullptr ? nobody : *into).run(bytes, opened);
    return file;
}

}  // namespace brygga::supplier_payment
