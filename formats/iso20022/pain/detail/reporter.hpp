// Findings of a message with their place: element path, line and offset.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "formats/core/finding.hpp"
#include "formats/iso20022/pain/rules.hpp"
#include "formats/xml/line_counter.hpp"

namespace brygga::pain::detail {

class reporter {
 public:
    reporter(std::string_view bytes, finding_list& into) : lines_(bytes), into_(into) {}

    // The severity in force, nothing when the rule is switched off. `path` may be empty: the whole document. `found` holds no
    // personal data.
    std::optional<severity> tell(rule broken, severity level, std::string_view path, std::size_t offset, std::string_view found,
                                 std::string_view expected);

 private:
    xml::line_counter lines_;
    finding_list& into_;
};

}  // namespace brygga::pain::detail
