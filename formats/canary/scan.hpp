// Whether sealed values are in outgoing bytes, however they are written or packed (PRO-R03).
//
//     canary::needles sealed;
//     sealed.add(canary::value_kind::name, 0, "Berit Björk");
//     const canary::report told = canary::scan(bytes, sealed);
//     if (!told.may_leave()) refuse(told);
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formats/canary/needles.hpp"

namespace brygga::canary {

struct sighting {
    std::size_t needle{};  // in needles::all()
    std::string where;     // "docs/0D1.pdf, text": names of members and how it is packed, never the value
};

struct report {
    std::vector<sighting> seen;           // each needle once per place
    std::vector<std::string> unreadable;  // places that could not be looked into

    [[nodiscard]] bool may_leave() const noexcept { return seen.empty() && unreadable.empty(); }
};

// Looks at the bytes, at what is in a ZIP archive, in Base64 of some length, and at the text of PDFs, each in the other, to a
// depth of four. `expected` are needles that are not sought: of a document the values that its own recipient has in common with
// somebody.
[[nodiscard]] report scan(std::string_view bytes, const needles& sealed, const std::set<std::size_t>& expected = {});

}  // namespace brygga::canary
