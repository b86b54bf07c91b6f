#include "formats/iso20022/parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "formats/core/check_digit.hpp"

namespace brygga::iso20022 {

namespace {

using xml::group;
using xml::holds;
using xml::many;
using xml::one;

// clang-format off
const xml::table& document_table() {
    static const xml::table rows = {
        one<&document::type>("Tp/CdOrPrtry/Cd", {.meaning = "kind of document: CINV invoice, CREN credit note", .longest = 4, .what = holds::code}),
        one<&document::proprietary_type>("Tp/CdOrPrtry/Prtry", {.meaning = "kind of document by agreement", .longest = 35, .what = holds::mark}),
        one<&document::type>("RfrdDocTp/Cd", {.meaning = "kind of document: CINV invoice, CREN credit note", .longest = 4, .what = holds::code, .until = 1}),
        one<&document::proprietary_type>("RfrdDocTp/Prtry", {.meaning = "kind of document by agreement", .longest = 35, .what = holds::mark, .until = 1}),
        one<&document::number>("RfrdDocNb", {.meaning = "document number or free reference", .longest = 35, .guard = privacy::reference, .until = 1}),
        one<&document::number>("Nb", {.meaning = "document number or free reference", .longest = 35, .guard = privacy::reference}),
        one<&document::date>("RltdDt", {.meaning = "date of the document", .what = holds::day}),
        many<&document::lines>("LineDtls/Desc", {.meaning = "a line of the document", .longest = 2048, .guard = privacy::free_text, .since = 4}),
    };
    return rows;
}
// clang-format on

}  // namespace

// clang-format off
const xml::table& identification_table() {
    static const xml::table rows = {
        one<&identification::id>("Id", {.meaning = "identity or organisation number", .longest = 35, .guard = privacy::identity}),
        one<&identification::scheme_code>("SchmeNm/Cd", {.meaning = "scheme of the number", .longest = 4, .what = holds::code}),
        one<&identification::scheme_proprietary>("SchmeNm/Prtry", {.meaning = "scheme by agreement", .longest = 35, .what = holds::mark}),
        one<&identification::issuer>("Issr", {.meaning = "issuer of the number", .longest = 35, .what = holds::mark}),
    };
    return rows;
}

const xml::table& account_table() {
    static const xml::table rows = {
        one<&account::iban>("Id/IBAN", {.meaning = "IBAN", .longest = 34, .guard = privacy::account}),
        one<&account::bban>("Id/BBAN", {.meaning = "account number", .longest = 30, .guard = privacy::account, .until = 1}),
        one<&account::other>("Id/Othr/Id", {.meaning = "account or bankgiro number", .longest = 34, .guard = privacy::account}),
        one<&account::scheme_code>("Id/Othr/SchmeNm/Cd", {.meaning = "BBAN for an account number", .longest = 4, .what = holds::code}),
        one<&account::scheme_proprietary>("Id/Othr/SchmeNm/Prtry", {.meaning = "BGNR for a bankgiro number", .longest = 35, .what = holds::mark}),
        one<&account::issuer>("Id/Othr/Issr", {.meaning = "issuer of the number", .longest = 35, .what = holds::mark}),
        one<&account::currency>("Ccy", {.meaning = "currency of the account", .longest = 3, .what = holds::code}),
        one<&account::proxy_code>("Prxy/Tp/Cd", {.meaning = "kind of alias", .longest = 4, .what = holds::code, .since = 8}),
        one<&account::proxy_proprietary>("Prxy/Tp/Prtry", {.meaning = "kind of alias by agreement", .longest = 35, .what = holds::mark, .since = 8}),
        one<&account::proxy>("Prxy/Id", {.meaning = "alias", .longest = 2048, .guard = privacy::account, .since = 8}),
    };
    return rows;
}

const xml::table& structured_table() {
    static const xml::table rows = {
        group<&structured::documents>("RfrdDocInf", document_table()),
        one<&structured::credit_note>("RfrdDocAmt/CdtNoteAmt", {.meaning = "amount of the credit note", .what = holds::amount}),
        one<&structured::credit_note_currency>("RfrdDocAmt/CdtNoteAmt/@Ccy", {.meaning = "currency", .longest = 3, .what = holds::code}),
        one<&structured::remitted>("RfrdDocAmt/RmtdAmt", {.meaning = "amount for this reference", .what = holds::amount}),
        one<&structured::remitted_currency>("RfrdDocAmt/RmtdAmt/@Ccy", {.meaning = "currency", .longest = 3, .what = holds::code}),
        one<&structured::reference_type>("CdtrRefInf/Tp/CdOrPrtry/Cd", {.meaning = "kind of reference: SCOR", .longest = 4, .what = holds::code}),
        one<&structured::reference>("CdtrRefInf/Ref", {.meaning = "OCR reference", .longest = 35, .guard = privacy::reference}),
        one<&structured::reference_type>("CdtrRefInf/CdtrRefTp/Cd", {.meaning = "kind of reference: SCOR", .longest = 4, .what = holds::code, .until = 1}),
        one<&structured::reference>("CdtrRefInf/CdtrRef", {.meaning = "OCR reference", .longest = 35, .guard = privacy::reference, .until = 1}),
        one<&structured::invoicer>("Invcr/Nm", {.meaning = "name of who made the invoice", .longest = 140, .guard = privacy::name}),
        one<&structured::invoicee>("Invcee/Nm", {.meaning = "name of whose invoice it is", .longest = 140, .guard = privacy::name}),
        many<&structured::additional>("AddtlRmtInf", {.meaning = "continued text", .longest = 140, .guard = privacy::free_text}),
    };
    return rows;
}
// clang-format on

// Lists keep what they have allocated: a new object would not.
void party::clear() {
    name.clear(), street.clear(), building.clear(), box.clear(), postcode.clear(), town.clear(), country.clear(), bic.clear(),
        bank_name.clear();
    address_lines.clear();
    other_address.clear();
    organisation.clear();
    person.clear();
}

void document::clear() {
    type.clear(), proprietary_type.clear(), number.clear(), date.clear();
    lines.clear();
}

void structured::clear() {
    documents.clear();
    remitted.clear(), remitted_currency.clear(), credit_note.clear(), credit_note_currency.clear();
    reference.clear(), reference_type.clear();
    invoicer.clear(), invoicee.clear();
    additional.clear();
}

std::string_view inner(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view told(const value& item) noexcept {
    constexpr std::array<std::string_view, 4> nothing = {"NOTPROVIDED", "NOT PROVIDED", "Not available", "NONREF"};
    const std::string_view text = inner(item.text);
    return std::find(nothing.begin(), nothing.end(), text) == nothing.end() ? text : std::string_view();
}

std::optional<message_name> parse_namespace(std::string_view uri) noexcept {
    constexpr std::string_view variant = ".001.";
    constexpr std::size_t name_size = 8;
    constexpr std::size_t version_size = 2;
    if (!uri.starts_with(namespace_stem)) return std::nullopt;
    const std::string_view name = uri.substr(namespace_stem.size());
    if (name.size() != name_size + variant.size() + version_size) return std::nullopt;
    const std::string_view digits = name.substr(name_size + variant.size());
    if (name.substr(name_size, variant.size()) != variant || !all_digits(digits)) return std::nullopt;
    message_name made{name.substr(0, name_size), 0};
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), made.version);
    return made;
}

}  // namespace brygga::iso20022
