// The canonical ledger model (DESIGN section 7): what a customer system, a bank file or a clerk tells the ledger, as
// plain rows. Amounts are signed öre with their currency; text is UTF-8; ids of the outside world are text as given.
// Rows are never updated or deleted: a change is a new row, a status is derived from postings and decisions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"

namespace brygga::ledger {

// Time-ordered and unique within the store (see id_generator). 0 means "none".
using row_id = std::int64_t;

// The text form people see and type: 13 characters of Crockford's base 32, sorting as the numbers do.
[[nodiscard]] std::string format_id(row_id id);
[[nodiscard]] std::optional<row_id> parse_id(std::string_view text) noexcept;

// Milliseconds since 1970-01-01T00:00:00Z.
using timestamp_ms = std::int64_t;

// The five utilities, in the order that breaks ties (BILL-R29): electricity, district heating, fibre, water, waste.
enum class utility : std::uint8_t { EL, FV, FI, VA, RE };
[[nodiscard]] std::string_view name(utility code) noexcept;
[[nodiscard]] std::optional<utility> parse_utility(std::string_view text) noexcept;

enum class customer_category : std::uint8_t { consumer, business };

// How an invoice reaches the customer (utskickskanal), in the order in which an invoice run tries them (einvoice.md section 1.1).
enum class channel : std::uint8_t {
    bank,     // e-invoice to an internet bank, by an active registration
    network,  // Peppol
    mailbox,  // digital mailbox (digital brevlåda)
    email,
    print,
    forwarding,  // print that the tax agency sends on (förmedlingsuppdrag): protected persons, and nobody else
};
[[nodiscard]] std::string_view name(channel code) noexcept;
[[nodiscard]] std::optional<channel> parse_channel(std::string_view text) noexcept;

// What a customer has asked for about invoices.
struct invoice_wishes {
    std::optional<channel> first;           // those before it are not tried
    std::string endpoint_scheme, endpoint;  // at Peppol: "0007" and "5566778899"
    std::string email;                      // for e-mail invoices
    std::optional<date> email_requested, email_confirmed;
    bool is_separate = false;  // no combined invoices
};

// ---- master data, owned by the customer system (billing-rules.md sections 1 and 3) ----

struct customer {
    std::string customer_id;
    std::string name;
    std::string identity_number;  // 12 digits (organisations with prefix 16), empty for foreign customers and estates
    customer_category category = customer_category::consumer;
    std::string street, postcode, town, country_code;
    std::string telephone, email;
    std::string branch_code;  // businesses
    bool foreign = false;
    bool estate = false;              // a deceased person's estate (dödsbo): no identity number demanded
    bool protected_identity = false;  // set and cleared only by PRO-R05 and PRO-R07
    invoice_wishes wishes = {};
};

struct facility {
    std::string facility_id;  // the customer system's own key; supply_point of invoice lines
    std::string customer_id;
    utility kind = utility::EL;
    std::string gsrn;  // 18 digits for electricity, else empty
    std::string property_designation;
    std::string supply_address;
};

// What the customer system knows of a facility (billing-rules.md sections 1 and 7).
enum class facility_happening : std::uint8_t { connected };

struct facility_event {
    std::string facility_id;
    facility_happening what{};
    date day{};
};

struct invoice_line {
    utility kind = utility::EL;
    std::string supply_point;
    std::string text;
    std::int64_t amount_ore{};
    std::string document;  // what the paper says beyond the books, as a JSON object of the schema's members; empty: nothing
};

// What the invoice run deducted from an advance that the ledger had reserved for it (BILL-R24).
struct prepaid_amount {
    row_id reservation_id{};
    std::int64_t amount_ore{};
};

struct invoice {
    std::string number;
    std::string customer_id;
    std::string reference;  // OCR reference printed on the invoice
    date issue_date{};
    date due_date{};
    std::string currency = "SEK";
    std::int64_t total_ore{};     // equals the sum of the lines and rounding_ore (BILL-R29)
    std::int64_t rounding_ore{};  // öresutjämning: part of total, not of any line
    std::vector<invoice_line> lines;
    std::optional<prepaid_amount> prepaid;
    std::string document;  // as that of a line
};

// The share of an invoice that belongs to one utility and supply point; a claim of its own.
struct invoice_part {
    std::uint16_t part_no{};  // 1-based, in the order EL, FV, FI, VA, RE, then supply point
    utility kind = utility::EL;
    std::string supply_point;
    std::int64_t amount_ore{};
};

// The parts of an invoice: lines summed per utility and supply point, the rounding added to the largest part
// (BILL-R29; tie: lowest part_no).
[[nodiscard]] std::vector<invoice_part> parts_of(const invoice& item);

enum class credit_settlement : std::uint8_t {
    offset,  // set off at once against the invoice part it names, as far as that is open
    open,    // stays an open credit until the customer deducts it from a payment (BgMax TK21) or it is refunded
};

struct credit_note {
    std::string number;
    std::string customer_id;
    std::string reference;       // the reference a payer states when deducting it; may be empty
    std::string invoice_number;  // the invoice, utility and supply point that it lowers (BILL-R30)
    utility kind = utility::EL;
    std::string supply_point;
    date issue_date{};
    std::string currency = "SEK";
    std::int64_t amount_ore{};  // positive
    credit_settlement settlement = credit_settlement::offset;
    std::string document;  // as that of an invoice, with its lines
};

// ---- what has happened at the bank ----

// One logical file imported (import batch). `identity` is what makes it the same file again: for BgMax the R60 hash.
struct batch {
    row_id id{};
    row_id file_id{};
    std::string source;          // "bgmax", "camt"
    std::string identity;        // lower-case hex SHA-256
    std::uint32_t logical_no{};  // 1-based within the physical file
    std::string written_at;      // as the file states it
    bool test = false;
};

// ElctrncSeqNb and LglSeqNb: each counts for itself.
enum class number_series : std::uint8_t { electronic, legal };

// A sequence number that a bank's report on an account bears (CAMT-R21). The pages of one report share it.
struct report_number {
    row_id batch_id{};
    std::uint32_t container_no{};  // the report's number within the message, 1-based
    number_series series{};
    std::string format;    // of the delivery: statements and notifications are numbered apart
    std::string account;   // as the file states it
    std::string currency;  // of the account: a bank may number the reports on each of its currencies
    int year{};            // that the report is about
    std::int64_t number{};
    std::string message_id, container_id;
    std::string page;  // of several, else empty
};

struct deposit {
    row_id id{};
    row_id batch_id{};
    std::uint32_t section_no{};
    std::string bankgiro;      // 7 or 8 digits
    std::string bank_account;  // 16 digits: clearing 4 + account 12
    date payment_date{};
    std::string serial;  // 5 digits, "00000" or blank when the bank gives none
    std::string currency;
    std::int64_t amount_ore{};
    std::uint32_t payments{};  // payment and deduction records
    std::string deposit_type;
};

// A section whose deposit another channel had brought before: nothing of it was booked.
struct skipped_section {
    row_id batch_id{};
    std::uint32_t section_no{};
    row_id deposit_id{};  // that holds it
    std::string rule;     // by which it was known, "CAMT-R22"
};

// A deposit as a statement names it, without its payments: they come in a message of their own (camt.054), or have come.
struct deposit_total {
    row_id batch_id{};
    std::uint32_t section_no{};
    std::string bankgiro;
    date payment_date{};
    std::string serial;  // of the deposit, never none
    std::string currency;
    std::int64_t amount_ore{};
};

enum class payment_kind : std::uint8_t { payment, deduction };

// A deduction of which nobody says whether more will follow (camt): what is left of the credit stays open.
inline constexpr char unknown_deduction = '?';

struct payer {
    std::string bankgiro;  // 7 or 8 digits, empty when unknown
    std::string name, extra_name, street, postcode, town, country, country_code;
    std::string identity_number;  // as reported
    std::string account = {};     // IBAN, or 16 digits of clearing number and account; empty when unknown
};

struct payment_reference {
    std::string reference;
    char code = ' ';
    std::int64_t amount_ore{};  // signed; 0 when the file gives no split
};

struct payment {
    row_id id{};
    row_id batch_id{};
    row_id deposit_id{};
    std::uint32_t ordinal{};          // 1-based within the logical file: payments and deductions together
    std::uint32_t section_ordinal{};  // 1-based within the section
    payment_kind kind = payment_kind::payment;
    std::int64_t amount_ore{};  // positive for both kinds
    std::string currency;
    date value_date{};
    std::string bankgiro;  // receiving
    char channel = ' ';
    std::string serial;     // bank's serial number, empty when blank
    std::string reference;  // as in the file, right-trimmed
    char reference_code = ' ';
    char deduction_code = ' ';  // as BgMax has it; unknown_deduction where the format has none
    bool image = false;
    std::vector<payment_reference> references;  // TK22/TK23
    std::string message;                        // TK25 lines joined by '\n'
    payer from;
    std::string content_hash;  // SHA-256 (hex) of the payment's records as R60 normalises them
};

// ---- double entry ----

enum class account : std::uint8_t {
    bank,         // asset: money on our bank account; subject = deposit, or the payout that took it
    receivable,   // asset: what customers owe; subject = invoice, with part
    credit_note,  // liability: open credits; subject = credit note
    advance,      // liability: förskott; subject = advance
    suspense,     // liability: received, not yet known for what; subject = payment
    billing,      // counter account of invoices and credit notes; the customer system's general ledger owns the detail
    difference,   // what a deposit is larger than its payments, credit, or smaller, debit; subject = deposit
    payout,       // liability: on its way back to a customer; subject = payout
};
[[nodiscard]] std::string_view name(account code) noexcept;
[[nodiscard]] std::optional<account> parse_account(std::string_view text) noexcept;

// Why a posting was made; stored with it and shown by `ledger why`.
struct posting {
    account to{};
    std::int64_t amount_ore{};  // debit positive, credit negative
    std::string currency = "SEK";
    row_id subject_id{};           // what the account column says; 0 for billing
    std::uint16_t part_no{};       // receivable only
    std::string_view customer_id;  // for receivable, credit_note, advance, payout
    std::string_view reason;       // static or longer-lived code: "ocr", "stated-amount", "overdue-cover", "surplus", ...
};

enum class entry_kind : std::uint8_t {
    invoice,
    credit_note,
    payment,
    deduction,
    advance_use,
    match,
    correction,
    difference,
    payout
};
[[nodiscard]] std::string_view name(entry_kind code) noexcept;

// One financial event: its postings sum to zero per currency, checked by the store's code and by the database.
struct entry {
    row_id id{};
    entry_kind kind{};
    row_id source_id{};  // the invoice, credit note, payment, payout or decision that caused it
    date value_date{};
    row_id corrects_id{};  // the entry that this one corrects or reverses, 0 = none
    std::vector<posting> postings;
};

struct advance {
    row_id id{};
    std::string customer_id;
    row_id payment_id{};
    date value_date{};
    std::string currency = "SEK";
};

// ---- what waits for a person ----

enum class hold_subject : std::uint8_t { section, payment };

struct hold {
    row_id id{};
    row_id file_id{};
    hold_subject subject{};
    std::uint32_t logical_no{};
    std::uint32_t section_no{};
    row_id payment_id{};  // for a held payment
    std::string reasons;  // rule ids and reason codes, comma separated
    std::string detail;   // JSON without personal data: amounts, counts, ranked suggestions by id
};

enum class hold_verdict : std::uint8_t { released, refused };

struct payment_match {
    row_id payment_id{}, entry_id{};
    std::string actor, reason;
};

// What was booked of a file, or of a section of it released later, and handed on to a system that reads another format.
struct handover {
    row_id id{};
    row_id file_id{};
    std::uint32_t logical_no{}, section_no{};  // of the released section; 0: the file as it was delivered
    std::string format;                        // the other one
    std::string folder;                        // where the other system collects its files
    std::string staged;                        // name before it was handed over; empty when there was nothing to hand on
    std::uint64_t left_out{};                  // deposits that were booked and are not in it
    std::string told;                          // JSON without personal data: what is in it, and which deposits are not and why
};

// How far its file has come. The newest (by id) counts; of a file that has none it is known only that it was made.
enum class handover_step : std::uint8_t {
    handed_over,  // it lay in the folder
    again,        // a person wants it handed over again, in this folder
    settled,      // a person says that the other system has it
};

struct handover_event {
    row_id handover_id{};
    handover_step step{};
    std::string folder;         // where the other system collects it
    std::string actor, reason;  // of a person, else empty
};

// ---- files ----

enum class file_outcome : std::uint8_t { archived, held, rejected };
[[nodiscard]] std::string_view name(file_outcome code) noexcept;

struct exchanged_file {
    row_id id{};
    std::string claim;  // unique per delivery: the intake's claim name
    std::string name;   // as delivered, UTF-8 with invalid bytes as %XX
    std::string format;
    std::string sha256;  // of the bytes; also the key in the store of originals
    std::int64_t size_bytes{};
    file_outcome outcome{};
    std::string profile;
    std::string receipt;  // JSON as written beside the file
};

}  // namespace brygga::ledger
