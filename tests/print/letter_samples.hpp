// Letters to invented people, for the tests of letters.
#pragma once

#include "formats/print/letter/renderer.hpp"

namespace brygga::print::samples {

[[nodiscard]] look company();
// Of one facility with a chart, on one page with a slip.
[[nodiscard]] letter small_invoice();
// Over two utilities: a summary, and the specification goes on on page 2.
[[nodiscard]] letter combined_invoice();
// With so many facilities and rows of each, over several pages.
[[nodiscard]] letter large_invoice(int facilities, int rows);
[[nodiscard]] letter reminder();
// Of somebody protected: the identity number alone behind the window, and no address of a facility (PRO-R08).
[[nodiscard]] letter protected_invoice();

}  // namespace brygga::print::samples
