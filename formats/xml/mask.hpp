// Makes a real document fit to be shared: what the tables call personal, and every text that no table knows, comments and
// processing instructions included, is replaced in place, the same value always by the same replacement under one key. Markup,
// amounts, dates, codes and the bank's serial numbers stay, and so do lengths and check digits, so that the masked document has
// the findings of the real one. In what is not well-formed only tags with names of the tables are markup. A text is masked in
// pieces of 64 KiB, and what is handed on is bounded.
#pragma once

#include <string_view>

#include "formats/format.hpp"
#include "formats/xml/document.hpp"

namespace brygga::xml {

void mask(std::string_view bytes, const document_type& type, std::string_view key, const document_options& options,
          const output& to);

}  // namespace brygga::xml
