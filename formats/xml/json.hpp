// XML documents as JSON Lines and back, byte for byte.
//
//     {"file":1,"format":"camt.054","version":"08","encoding":"UTF-8","byte_order_mark":false,"prefix":""}
//     {"open":"Ntry","NtryRef":"BG09912346 00041-0011130","Amt/@Ccy":"SEK","Amt":"2049.50",...}
//     {"element":"TxDtls","Refs/AcctSvcrRef":"EXBK20260302000010",...,"RmtInf/Strd[2]/CdtrRefInf/Ref":"1000234706"}
//     {"close":"Ntry"}
//
// One line for each piece of the document (document.hpp): "element" for a whole one, "open", "within" and "close" for one around
// others. A piece that is not written as xml::writer would write it carries its bytes as "xml". Reading back, they are used as
// they are when they still mean the values; where values alone were changed they are replaced in place, and otherwise the piece
// is written anew: who edits a value need not know of it. The path of a value that is a word of these lines (file, rest, xml,
// why, element, open, within, close), or that stood in the line before, is written behind "./". What follows a document that is
// not well-formed is carried as "rest".
#pragma once

#include <string_view>

#include "formats/format.hpp"
#include "formats/xml/document.hpp"

namespace brygga::xml {

void to_json(std::string_view bytes, const document_type& type, const document_options& options, const output& to);

// Fails with invalid_content, naming the line, on what is no JSON object, elements that are not nested as the lines say or stay
// open, a second root, a wrong type, keys that are no paths of XML names, characters that no XML has, text beside children, and
// an "xml" that is not well-formed where it stands.
[[nodiscard]] result<void> from_json(std::string_view json_lines, const document_type& type, const output& to);

}  // namespace brygga::xml
