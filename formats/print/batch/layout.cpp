#include "formats/print/batch/layout.hpp"

namespace brygga::print::batch::layout {

namespace {

using xml::group;
using xml::holds;
using xml::many;
using xml::one;
using xml::part;
using xml::stream;

// clang-format off
const xml::table& address_table() {
    static const xml::table rows = {
        many<&address::lines>("Line", {.meaning = "line as printed", .longest = 35, .guard = privacy::address}),
        one<&address::country>("Country", {.meaning = "country, ISO 3166-1", .longest = 2, .what = holds::mark}),
    };
    return rows;
}

// The sender's own address is no secret.
const xml::table& return_address_table() {
    static const xml::table rows = {
        many<&address::lines>("Line", {.meaning = "line of the sender", .longest = 35}),
        one<&address::country>("Country", {.meaning = "country, ISO 3166-1", .longest = 2, .what = holds::mark}),
    };
    return rows;
}

const xml::table& recipient_table() {
    static const xml::table rows = {
        one<&recipient::party_type>("PartyType", {.meaning = "PERSON, ORGANISATION, OTHER", .longest = 12, .what = holds::code}),
        one<&recipient::customer_number>("CustomerNumber", {.meaning = "customer number", .longest = 36, .guard = privacy::reference}),
        one<&recipient::identity_number>("IdentityNumber", {.meaning = "personnummer or organisationsnummer", .longest = 12, .guard = privacy::identity}),
        one<&recipient::name>("Name", {.meaning = "name", .longest = 70, .guard = privacy::name}),
        part<&recipient::postal_address>("PostalAddress", address_table()),
        one<&recipient::email>("Email", {.meaning = "e-mail", .longest = 254, .guard = privacy::address}),
    };
    return rows;
}

const xml::table& payment_table() {
    static const xml::table rows = {
        one<&payment::amount>("Amount", {.meaning = "amount to pay", .what = holds::amount}),
        one<&payment::currency>("Currency", {.meaning = "currency, SEK", .longest = 3, .what = holds::code}),
        one<&payment::due_date>("DueDate", {.meaning = "due date", .what = holds::day}),
        one<&payment::method>("Method", {.meaning = "SLIP, AUTOGIRO, NONE", .longest = 8, .what = holds::code}),
        one<&payment::account_type>("AccountType", {.meaning = "BANKGIRO, PLUSGIRO", .longest = 8, .what = holds::code}),
        one<&payment::account>("Account", {.meaning = "giro number of the sender", .longest = 8, .what = holds::number}),
        one<&payment::reference_type>("ReferenceType", {.meaning = "OCR, MESSAGE", .longest = 7, .what = holds::code}),
        one<&payment::reference>("Reference", {.meaning = "reference of the payment (OCR)", .longest = 25, .guard = privacy::reference}),
        one<&payment::code_line>("CodeLine", {.meaning = "code line of the slip (kodrad)", .longest = 79, .guard = privacy::reference}),
    };
    return rows;
}

const xml::table& print_table() {
    static const xml::table rows = {
        one<&print_options::duplex>("@duplex", {.meaning = "printed on both sides; true when absent", .what = holds::flag}),
        one<&print_options::colour>("@colour", {.meaning = "printed in colour; false when absent", .what = holds::flag}),
        one<&print_options::postage>("@postage", {.meaning = "NORMAL, ECONOMY; ECONOMY when absent", .longest = 7, .what = holds::code}),
        one<&print_options::envelope>("@envelope", {.meaning = "AUTO, C5, C4; AUTO when absent", .longest = 4, .what = holds::code}),
        one<&print_options::group_key>("@groupKey", {.meaning = "joins documents into one envelope", .longest = 36, .guard = privacy::reference}),
    };
    return rows;
}

const xml::table& file_table() {
    static const xml::table rows = {
        one<&file_ref::name>("@name", {.meaning = "name in the archive", .longest = 85}),
        one<&file_ref::size>("@size", {.meaning = "bytes", .what = holds::number}),
        one<&file_ref::sha256>("@sha256", {.meaning = "SHA-256 of the file", .longest = 64, .what = holds::code}),
        one<&file_ref::pages>("@pages", {.meaning = "pages", .what = holds::number}),
    };
    return rows;
}

const xml::table& header_table() {
    static const xml::table rows = {
        one<&header::batch_id>("BatchId", {.meaning = "batch id, unique for ever", .longest = 36}),
        one<&header::created_at>("CreatedAt", {.meaning = "made at", .what = holds::moment}),
        one<&header::environment>("Environment", {.meaning = "PROD, TEST", .longest = 4, .what = holds::code}),
        one<&header::handling>("Handling", {.meaning = "STANDARD, PROTECTED", .longest = 9, .what = holds::code}),
        one<&header::flow>("Flow", {.meaning = "INVOICE, REMINDER, COLLECTION, LETTER", .longest = 10, .what = holds::code}),
        one<&header::org_number>("Sender/OrgNumber", {.meaning = "organisation number of the sender", .longest = 10, .what = holds::number}),
        one<&header::sender_name>("Sender/Name", {.meaning = "name of the sender", .longest = 70}),
        one<&header::tenant_ref>("Sender/TenantRef", {.meaning = "agreed profile of the sender", .longest = 36}),
        part<&header::return_address>("Sender/ReturnAddress", return_address_table()),
        one<&header::replaces>("Replaces", {.meaning = "batch that was rejected as a whole", .longest = 36}),
        one<&header::earliest_dispatch>("EarliestDispatch", {.meaning = "handed over no earlier", .what = holds::day}),
        one<&header::latest_dispatch>("LatestDispatch", {.meaning = "handed over no later", .what = holds::day}),
    };
    return rows;
}

const xml::table& totals_table() {
    static const xml::table rows = {
        one<&totals::documents>("Documents", {.meaning = "number of documents", .what = holds::number}),
        one<&totals::pages>("Pages", {.meaning = "pages, attachments included", .what = holds::number}),
        one<&totals::sheets>("Sheets", {.meaning = "sheets of paper", .what = holds::number}),
        one<&totals::payable_documents>("PayableDocuments", {.meaning = "documents with a slip", .what = holds::number}),
        one<&totals::payable_amount>("PayableAmount", {.meaning = "sum of their amounts", .what = holds::amount}),
        one<&totals::digest>("Digest", {.meaning = "SHA-256 over ids and files", .longest = 64, .what = holds::code}),
    };
    return rows;
}

}  // namespace

const xml::table& document_table() {
    static const xml::table rows = {
        one<&document::id>("@id", {.meaning = "document id, unique for ever", .longest = 36}),
        one<&document::kind>("Kind", {.meaning = "INVOICE, CREDIT_INVOICE, REMINDER, COLLECTION_NOTICE, LETTER", .longest = 17, .what = holds::code}),
        one<&document::number>("Number", {.meaning = "number of the invoice or letter", .longest = 36, .guard = privacy::reference}),
        one<&document::issue_date>("IssueDate", {.meaning = "date of issue", .what = holds::day}),
        one<&document::reminder_level>("ReminderLevel", {.meaning = "1 to 9", .what = holds::number}),
        one<&document::subject>("Subject", {.meaning = "subject in a digital mailbox", .longest = 60, .guard = privacy::free_text}),
        part<&document::recipient>("Recipient", recipient_table()),
        many<&document::channels>("Channels/Channel", {.meaning = "first usable wins", .longest = 16, .what = holds::code}),
        part<&document::payment>("Payment", payment_table()),
        part<&document::print>("Print", print_table()),
        part<&document::file>("File", file_table()),
        part<&document::data>("Data", file_table()),
        group<&document::attachments>("Attachment", file_table()),
    };
    return rows;
}

const xml::table& documents_table() {
    static const xml::table rows = {
        stream<&documents::current>("Document", document_table(), document_level),
    };
    return rows;
}

const xml::table& root_table() {
    static const xml::table rows = {
        one<&root::version>("@version", {.meaning = "version of the format, 1.0", .what = holds::number}),
        part<&root::header>("Header", header_table()),
        stream<&root::documents>("Documents", documents_table(), documents_level),
        part<&root::totals>("Totals", totals_table()),
    };
    return rows;
}
// clang-format on

void address::clear() {
    lines.clear();
    country.clear();
}

void header::clear() {
    *this = {};
}

void recipient::clear() {
    for (value* each : {&party_type, &customer_number, &identity_number, &name, &email})
        each->clear();
    postal_address.clear();
}

// Lists keep what they have allocated: a new object would not.
void document::clear() {
    for (value* each : {&id, &kind, &number, &issue_date, &reminder_level, &subject})
        each->clear();
    recipient.clear();
    channels.clear();
    payment.clear();
    print.clear();
    file.clear();
    data.clear();
    attachments.clear();
}

}  // namespace brygga::print::batch::layout
