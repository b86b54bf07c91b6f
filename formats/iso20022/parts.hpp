// What several messages of ISO 20022 hold: parties, accounts, remittances (iso20022-incoming.md sections 3 and 7). Texts are
// views of the document, valid as xml::value says; nothing is converted here.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "formats/xml/table.hpp"

namespace brygga::iso20022 {

using xml::value;

// OrgId/Othr or PrvtId/Othr
struct identification {
    value id, scheme_code, scheme_proprietary, issuer;
    void clear() { *this = {}; }
};

// Dbtr, Cdtr, UltmtDbtr, UltmtCdtr
struct party {
    value name, street, building, box, postcode, town, country;
    xml::list<value> address_lines, other_address;  // other: department, building, floor, room, place, district, region
    value bic, bank_name;                           // a bank is a party without name
    xml::list<identification> organisation, person;
    void clear();
};

// Acct, DbtrAcct, CdtrAcct
struct account {
    value iban, other, scheme_code, scheme_proprietary, issuer;
    value bban;                                  // version 01
    value proxy, proxy_code, proxy_proprietary;  // from version 08
    value currency;
    void clear() { *this = {}; }
};

// RfrdDocInf
struct document {
    value type, proprietary_type, number, date;
    xml::list<value> lines;  // LineDtls/Desc
    void clear();
};

// RmtInf/Strd
struct structured {
    xml::list<document> documents;
    value remitted, remitted_currency;
    value credit_note, credit_note_currency;
    value reference, reference_type;
    value invoicer, invoicee;  // their names
    xml::list<value> additional;
    void clear();
};

[[nodiscard]] const xml::table& identification_table();
[[nodiscard]] const xml::table& account_table();
[[nodiscard]] const xml::table& structured_table();

// Without white space on both sides: numbers, codes and dates may be wrapped in it.
[[nodiscard]] std::string_view inner(std::string_view text) noexcept;

// inner(), and empty for the words that banks write where they have nothing ("NOTPROVIDED").
[[nodiscard]] std::string_view told(const value& item) noexcept;

// What the namespace of every message begins with.
inline constexpr std::string_view namespace_stem = "urn:iso:std:iso:20022:tech:xsd:";

// "urn:iso:std:iso:20022:tech:xsd:camt.054.001.02" -> "camt.054" and 2. Nothing for any other text.
struct message_name {
    std::string_view message;  // a view of the text
    std::uint16_t version{};
};
[[nodiscard]] std::optional<message_name> parse_namespace(std::string_view uri) noexcept;

}  // namespace brygga::iso20022
