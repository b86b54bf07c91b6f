// manifest.xml as values (print-batch.md 3.1): what stands where, once for reading, writing, showing, comparing, masking and
// JSON. Texts are views of the document, valid as xml::value says; records.hpp has them as values of our own.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/xml/table.hpp"

namespace brygga::print::batch::layout {

using xml::value;

inline constexpr std::string_view namespace_uri = "urn:x-cpb:manifest:1";
inline constexpr std::string_view root_name = "PrintBatch";

struct address {
    xml::list<value> lines;
    value country;
    void clear();
};

struct header {
    value batch_id, created_at, environment, handling, flow;
    value org_number, sender_name, tenant_ref;
    address return_address;
    value replaces, earliest_dispatch, latest_dispatch;
    void clear();
};

struct recipient {
    value party_type, customer_number, identity_number, name;
    address postal_address;
    value email;
    void clear();
};

struct payment {
    value amount, currency, due_date, method, account_type, account, reference_type, reference, code_line;
    void clear() { *this = {}; }
};

struct print_options {
    value duplex, colour, postage, envelope, group_key;
    void clear() { *this = {}; }
};

struct file_ref {
    value name, size, sha256, pages;
    void clear() { *this = {}; }
};

struct document {
    value id, kind, number, issue_date, reminder_level, subject;
    layout::recipient recipient;
    xml::list<value> channels;
    layout::payment payment;
    print_options print;
    file_ref file, data;
    xml::list<file_ref> attachments;
    void clear();
};

struct documents {
    layout::document current;
    void clear() { current.clear(); }
};

struct totals {
    value documents, pages, sheets, payable_documents, payable_amount, digest;
    void clear() { *this = {}; }
};

struct root {
    value version;
    layout::header header;
    layout::documents documents;
    layout::totals totals;
};

// What xml::listener is told.
inline constexpr std::uint16_t documents_level = 0, document_level = 1;

[[nodiscard]] const xml::table& root_table();
[[nodiscard]] const xml::table& documents_table();
[[nodiscard]] const xml::table& document_table();

}  // namespace brygga::print::batch::layout
