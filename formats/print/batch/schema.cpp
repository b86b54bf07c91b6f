#include "formats/print/batch/detail/schema.hpp"

#include <algorithm>

#include "formats/core/check_digit.hpp"
#include "formats/print/schema_types.hpp"

namespace brygga::print::batch::detail {

namespace {

using namespace xml::schema;
using namespace print::schema_types;

bool is_org_number(std::string_view text) noexcept {
    return text.size() == 10 && all_digits(text);
}
bool is_identity_number(std::string_view text) noexcept {
    return (text.size() == 10 || text.size() == 12) && all_digits(text);
}
bool is_giro_number(std::string_view text) noexcept {
    return text.size() >= 2 && text.size() <= 8 && all_digits(text);
}
bool is_country(std::string_view text) noexcept {
    return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return 'A' <= c && c <= 'Z'; });
}

// -?[0-9]{1,12}\.[0-9]{2}
bool is_amount(std::string_view text) noexcept {
    constexpr std::size_t most_kronor_digits = 12;
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    return point != std::string_view::npos && point <= most_kronor_digits && all_digits(text.substr(0, point)) &&
           text.size() == point + 3 && all_digits(text.substr(point + 1));
}

// (docs|data|att)/[A-Za-z0-9][A-Za-z0-9._\-]{0,79}
bool is_entry_name(std::string_view text) noexcept {
    constexpr std::size_t longest = 80;
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return false;
    const std::string_view folder = text.substr(0, slash);
    return (folder == "docs" || folder == "data" || folder == "att") && is_plain_word(text.substr(slash + 1), longest);
}

// [^@\s]+@[^@\s]+
bool is_email(std::string_view text) noexcept {
    const std::size_t at = text.find('@');
    return is_text_of(text, 3, 254) && at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos && text.find(' ') == std::string_view::npos;
}

bool is_version(std::string_view text) noexcept {
    return text.starts_with("1.") && all_digits(text.substr(2));
}

constexpr std::string_view environments[] = {"PROD", "TEST"};
constexpr std::string_view handlings[] = {"STANDARD", "PROTECTED"};
constexpr std::string_view flows[] = {"INVOICE", "REMINDER", "COLLECTION", "LETTER"};
constexpr std::string_view kinds[] = {"INVOICE", "CREDIT_INVOICE", "REMINDER", "COLLECTION_NOTICE", "LETTER"};
constexpr std::string_view parties[] = {"PERSON", "ORGANISATION", "OTHER"};
constexpr std::string_view postages[] = {"NORMAL", "ECONOMY"};
constexpr std::string_view envelopes[] = {"AUTO", "C5", "C4"};
constexpr std::string_view currencies[] = {"SEK"};
constexpr std::string_view methods[] = {"SLIP", "AUTOGIRO", "NONE"};
constexpr std::string_view account_types[] = {"BANKGIRO", "PLUSGIRO"};
constexpr std::string_view reference_types[] = {"OCR", "MESSAGE"};

// clang-format off
constexpr simple_type version = {"1.0, or another 1.n", is_version};
constexpr simple_type sender_text70 = {"1 to 70 characters", is_text<1, 70>};
constexpr simple_type text70 = {.expected = "1 to 70 characters", .holds = is_text<1, 70>, .is_personal = true};
constexpr simple_type subject = {.expected = "1 to 60 characters", .holds = is_text<1, 60>, .is_personal = true};
constexpr simple_type sender_line = {"1 to 35 characters", is_text<1, 35>};
constexpr simple_type address_line = {.expected = "1 to 35 characters", .holds = is_text<1, 35>, .is_personal = true};
constexpr simple_type customer_number = {.expected = "1 to 36 letters, digits, '.', '_' or '-'", .holds = is_id, .is_personal = true};
constexpr simple_type org_number = {"10 digits", is_org_number};
constexpr simple_type identity_number = {.expected = "12 or 10 digits", .holds = is_identity_number, .is_personal = true};
constexpr simple_type email = {.expected = "an e-mail address of at most 254 characters", .holds = is_email, .is_personal = true};
constexpr simple_type amount = {"kronor and two decimals", is_amount};
constexpr simple_type entry_name = {.expected = "docs/, data/ or att/ and a plain name", .holds = is_entry_name, .is_personal = true};
constexpr simple_type country = {"two capital letters", is_country};
constexpr simple_type environment = {.expected = "PROD or TEST", .codes = environments};
constexpr simple_type handling = {.expected = "STANDARD or PROTECTED", .codes = handlings};
constexpr simple_type flow = {.expected = "INVOICE, REMINDER, COLLECTION or LETTER", .codes = flows};
constexpr simple_type kind = {.expected = "INVOICE, CREDIT_INVOICE, REMINDER, COLLECTION_NOTICE or LETTER", .codes = kinds};
constexpr simple_type party = {.expected = "PERSON, ORGANISATION or OTHER", .codes = parties};
constexpr simple_type postage = {.expected = "NORMAL or ECONOMY", .codes = postages};
constexpr simple_type envelope = {.expected = "AUTO, C5 or C4", .codes = envelopes};
constexpr simple_type currency = {.expected = "SEK", .codes = currencies};
constexpr simple_type method = {.expected = "SLIP, AUTOGIRO or NONE", .codes = methods};
constexpr simple_type account_type = {.expected = "BANKGIRO or PLUSGIRO", .codes = account_types};
constexpr simple_type reference_type = {.expected = "OCR or MESSAGE", .codes = reference_types};
constexpr simple_type giro_number = {"2 to 8 digits", is_giro_number};
constexpr simple_type reference = {.expected = "1 to 25 characters", .holds = is_text<1, 25>, .is_personal = true};
constexpr simple_type code_line = {.expected = "79 characters", .holds = is_text<79, 79>, .keeps_blanks = true, .is_personal = true};
constexpr simple_type reminder_level = {"1 to 9", is_number<1, 9>};
constexpr simple_type file_size = {"a number of bytes above 0", is_number<1, any_integer>};
constexpr simple_type page_count = {"1 to 200", is_number<1, 200>};
constexpr simple_type positive = {"a number above 0", is_number<1, any_integer>};

constexpr element return_address_parts[] = {{"Line", sender_line, 2, 6}, {"Country", country}};
constexpr complex_type return_address = {return_address_parts};
constexpr element address_parts[] = {{"Line", address_line, 2, 6}, {"Country", country}};
constexpr complex_type address = {address_parts};

constexpr element sender_parts[] = {{"OrgNumber", org_number}, {"Name", sender_text70}, {"TenantRef", id}, {"ReturnAddress", return_address}};
constexpr complex_type sender = {sender_parts};
constexpr element header_parts[] = {
    {"BatchId", id}, {"CreatedAt", moment}, {"Environment", environment}, {"Handling", handling}, {"Flow", flow}, {"Sender", sender},
    {"Replaces", id, 0}, {"EarliestDispatch", day, 0}, {"LatestDispatch", day, 0},
};
constexpr complex_type header = {header_parts};

constexpr element recipient_parts[] = {
    {"PartyType", party}, {"CustomerNumber", customer_number}, {"IdentityNumber", identity_number, 0}, {"Name", text70, 0},
    {"PostalAddress", address, 0}, {"Email", email, 0},
};
constexpr complex_type recipient = {recipient_parts};
constexpr element channel_parts[] = {{"Channel", channel, 1, 5}};
constexpr complex_type channel_list = {channel_parts};
constexpr element payment_parts[] = {
    {"Amount", amount}, {"Currency", currency}, {"DueDate", day}, {"Method", method}, {"AccountType", account_type, 0},
    {"Account", giro_number, 0}, {"ReferenceType", reference_type, 0}, {"Reference", reference, 0}, {"CodeLine", code_line, 0},
};
constexpr complex_type payment = {payment_parts};
constexpr attribute print_attributes[] = {
    {"duplex", &flag}, {"colour", &flag}, {"postage", &postage}, {"envelope", &envelope}, {"groupKey", &customer_number},
};
constexpr complex_type print_options = {{}, print_attributes};
constexpr attribute file_attributes[] = {{"name", &entry_name, true}, {"size", &file_size, true}, {"sha256", &sha256_digits, true}, {"pages", &page_count}};
constexpr complex_type file = {{}, file_attributes};

constexpr element document_parts[] = {
    {"Kind", kind}, {"Number", customer_number}, {"IssueDate", day}, {"ReminderLevel", reminder_level, 0}, {"Subject", subject, 0},
    {"Recipient", recipient}, {"Channels", channel_list}, {"Payment", payment, 0}, {"Print", print_options},
    {"File", file}, {"Data", file, 0}, {"Attachment", file, 0, 9},
};
constexpr attribute document_attributes[] = {{"id", &id, true}};
constexpr complex_type document = {document_parts, document_attributes};
constexpr element documents_parts[] = {{"Document", document, 1, any_number}};
constexpr complex_type documents = {documents_parts};

constexpr element totals_parts[] = {
    {"Documents", positive}, {"Pages", positive}, {"Sheets", positive}, {"PayableDocuments", count}, {"PayableAmount", amount},
    {"Digest", sha256_digits},
};
constexpr complex_type totals = {totals_parts};
constexpr element root_parts[] = {{"Header", header}, {"Documents", documents}, {"Totals", totals}};
constexpr attribute root_attributes[] = {{"version", &version, true}};
constexpr complex_type root = {root_parts, root_attributes};
constexpr element print_batch = {"PrintBatch", root};
// clang-format on

}  // namespace

const element& manifest_schema() noexcept {
    return print_batch;
}

}  // namespace brygga::print::batch::detail
