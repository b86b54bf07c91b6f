// An XML document as the generic commands see it: cut into pieces at its streamed elements, each with the values in it by path.
// Everything here works from tables (table.hpp) alone; elements that no table knows are handed out like the others.
//
//     <Document>              open     Document
//       <Ntry>                open     Ntry       Amt/@Ccy, Amt, Sts/Cd
//         <NtryDtls>          open     NtryDtls
//           <TxDtls/>         whole    TxDtls     Refs/AcctSvcrRef, RmtInf/Strd[2]/CdtrRefInf/Ref
//         </NtryDtls>         close    NtryDtls
//         <AddtlNtryInf/>
//       </Ntry>               close    Ntry       AddtlNtryInf
//     </Document>             close    Document
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/bank_account.hpp"
#include "formats/xml/table.hpp"

namespace brygga::xml {

// How a document was written.
enum class form : std::uint8_t { utf_8, iso_8859_1, utf_16_little, utf_16_big };
[[nodiscard]] std::string_view name(form which) noexcept;  // "UTF-8", "ISO 8859-1", "UTF-16LE", "UTF-16BE"

struct document_facts {
    std::string_view format_id;
    std::string version;
    form in{};
    bool byte_order_mark = false;
    std::string prefix;  // of the root element, without ':'; mostly empty
};

// An element without children, or an attribute.
struct field {
    std::string path;    // from the element of the piece: local names, "[2]" behind the second of a name, "@Ccy"; "." for itself
    const row* known{};  // nothing when no table has it
    std::string value;   // UTF-8, references and CDATA resolved
    std::size_t offset{};  // in the bytes of the piece, as written
    std::size_t size{};
    bool attribute = false;
};

enum class piece_kind : std::uint8_t {
    whole,   // an element from its start tag to its end tag
    open,    // from its start tag to its first streamed child
    within,  // between two streamed children
    close,   // from its last streamed child to its end tag
};

struct piece {
    piece_kind is{};
    std::string element;        // local name
    std::string path;           // of the element: "Document/BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry[2]"
    std::size_t depth{};        // elements around it
    std::uint64_t line{};       // of its first tag
    std::size_t begin{};        // where its bytes stand in the document
    std::vector<field> fields;  // in the order of the document
};

// A part of a value, in bytes.
struct text_range {
    std::size_t begin{}, size{};
};

struct document_type {
    std::string_view format_id;
    const table* root{};                                       // of the root element
    std::string_view message;                                  // its child that is this format; empty when there is one only
    std::function<std::string(const root_tag& root)> version;  // "08"; empty when it is not told
    // The Swedish bank account that an account number means among its neighbours: clearing of 4 digits, and the digits that the
    // number ends in. Nothing for any other number. Empty for a format that does not test accounts.
    std::function<std::optional<bank_account>(const piece& item, const field& number)> bank_account_at = {};
    // Besides the root's: elements of these are known to the tables by their local names, and named with their prefixes.
    std::vector<std::string_view> namespaces = {};
    limits within = {};
    // The part of a value that repeats a reference of its own element: masking replaces it as that, and keeps the rest. Nothing for
    // a value that is masked as a whole.
    std::function<std::optional<text_range>(const piece& item, const field& value)> reference_in = {};
};

class document_visitor {
 public:
    virtual ~document_visitor() = default;
    virtual void file(const document_facts& facts) = 0;
    // The bytes of all pieces, one behind the other, are the document: UTF-8, or ISO 8859-1 as they stand.
    virtual void part(const piece& item, std::string_view bytes) = 0;
    // What follows the pieces when the document is not well-formed, or one of its pieces holds too many values.
    virtual void rest(std::string_view bytes, std::uint64_t line, const fault& why) = 0;
};

struct document_options {
    std::function<void(std::size_t)> passed;
};

void visit(std::string_view bytes, const document_type& type, const document_options& options, document_visitor& visitor);

// The piece with these values as xml::writer would write it: one element per line, indented by two blanks. UTF-8, whatever the
// XML declaration says. Nothing when an element would have both text and children.
[[nodiscard]] std::optional<std::string> canonical(const piece& item, std::string_view prefix, form in);

}  // namespace brygga::xml
