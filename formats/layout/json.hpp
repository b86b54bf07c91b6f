// Fixed-width records as JSON Lines and back, byte for byte.
//
//     {"file":1,"format":"bgmax","version":"01","encoding":"ISO 8859-1","byte_order_mark":false,"line_end":"CRLF"}
//     {"record":"20","payer_bankgiro":"0000000000","reference":"1000234706","amount_ore":84950,...}
//
// A line whose bytes differ from its record's canonical form carries them as "line" (and "end" where its line end is another
// than the file's, and "encoding":"ISO 8859-1" where the file's encoding would not bring its bytes back). Reading back, such a
// line is used as it is when it still means the record's fields, and the fields are written in canonical form otherwise: who
// edits a field need not know of it.
#pragma once

#include <string_view>

#include "formats/format.hpp"
#include "formats/layout/document.hpp"

namespace brygga::layout {

void to_json(std::string_view bytes, const document_layout& layout, const document_options& options, const output& to);

// Fails with invalid_content, naming the line, on what is no JSON object, an unknown record or field, a wrong type, or a
// value that the record cannot hold.
[[nodiscard]] result<void> from_json(std::string_view json_lines, const document_layout& layout, const output& to);

}  // namespace brygga::layout
