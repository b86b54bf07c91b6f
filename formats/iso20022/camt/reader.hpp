// Reads camt.052, camt.053 and camt.054 of any version, one payment at a time, with every rule of iso20022-incoming.md section 4
// that needs no ledger.
//
//     struct printer : camt::sink {
//         void payment(const camt::payment_view& each) override { std::cout << each.amount_ore << '\n'; }
//     } print;
//     const camt::message_file file = camt::read(bytes, {}, &print);
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "formats/core/ocr.hpp"
#include "formats/iso20022/camt/records.hpp"
#include "formats/iso20022/camt/rules.hpp"

namespace brygga::camt {

enum class message_kind : std::uint8_t { report, statement, notification };

[[nodiscard]] std::string_view format_id(message_kind kind) noexcept;  // "camt.052", "camt.053", "camt.054"

struct message_version {
    message_kind kind{};
    std::uint16_t number{};  // 2 for camt.054.001.02; 0 when the document has no namespace
};
// By the namespace of the root element, else by the name of its first child.
[[nodiscard]] std::optional<message_version> version_of(std::string_view namespace_uri, std::string_view first_child) noexcept;

// The message that a document which is none of them was probably meant to be: by how its namespace begins, then by its first
// child, else camt.054.
[[nodiscard]] message_kind nearest_kind(std::string_view namespace_uri, std::string_view first_child) noexcept;

struct receiver {
    std::string bankgiro;  // 7 or 8 digits
    ocr_agreement ocr;
};

struct read_options {
    rule_policy policy;
    std::vector<receiver> receivers;  // empty: not known, and R16 and R31 are not evaluated
    // Called now and then with the number of bytes that no view handed out from here on points into.
    std::function<void(std::size_t)> passed;
    std::optional<date> today = std::nullopt;  // without it no date is too late (R04)
};

// The receiving bankgiro and serial number in an entry reference as SEB writes it, "BG09912346 00041-0011130"; empty in any
// other.
struct entry_reference {
    std::string_view bankgiro;  // without leading zeros
    std::string_view serial;    // 5 digits
};
[[nodiscard]] entry_reference parse_entry_reference(std::string_view text) noexcept;

// An entry with its header understood. Views live as long as the call that hands them out.
struct entry_view {
    std::uint32_t container_no{};  // 1-based within the message
    std::uint32_t entry_no{};      // 1-based within the message, over all its containers
    const camt::container* container{};
    const camt::entry* data{};
    std::size_t begin{}, end{};  // bytes of the document; end only when the entry is closed
    bool booked = false;         // to be booked: BOOK, or named so by the profile
    bool credit = false;
    bool reversal = false;
    bool has_amount = false;  // one that öre can hold
    std::int64_t amount_ore{};
    std::string_view currency;
    std::optional<date> value_date;    // ValDt, else BookgDt
    std::optional<date> booking_date;  // BookgDt
    entry_reference from_reference;

    // Of its payments so far; all of them when the entry is closed.
    std::uint32_t payments{};
    std::string bankgiro;         // that their accounts tell; empty when none does
    bool to_no_bankgiro = false;  // their accounts are stated, and are no bankgiros
    bool one_bankgiro = true;
    bool has_amounts = true;  // each payment has an amount, in the currency of the entry
    bool has_returns = false;
    ore_sum net_ore;  // signed as the entry is

    // Told by the payments; by NtryRef only where they state no account at all (CAMT-R15). Empty when none is told.
    [[nodiscard]] std::string_view receiving_bankgiro() const noexcept {
        return !bankgiro.empty() || to_no_bankgiro ? std::string_view(bankgiro) : from_reference.bankgiro;
    }
};

// Where the TxDtls of a payment stands in its entry, 1-based.
struct payment_place {
    std::uint32_t details{};     // NtryDtls in the entry; 0 where TxDtls is a child of Ntry (version 01)
    std::uint32_t in_details{};  // TxDtls in that

    [[nodiscard]] std::string path() const;  // "NtryDtls[1]/TxDtls[3]"
};

// What a payment says it is for, one per reference.
struct part {
    std::string_view reference;  // OCR reference, document number or free text
    bool ocr = false;            // passes the receiver's OCR agreement
    bool credit_note = false;    // CREN: its amount is taken off
    bool stated_as_document = false;
    std::optional<std::int64_t> amount_ore;  // positive
    std::int64_t taken_off_ore{};            // by a credit note (CdtNoteAmt) told beside the amount
    std::uint32_t remittance{};              // index of its Strd
    std::uint32_t document{};                // index of its RfrdDocInf in that
};

struct payment_view {
    const entry_view* entry{};
    std::uint32_t ordinal{};        // 1-based within the message
    std::uint32_t entry_ordinal{};  // 1-based within the entry
    payment_place place;
    const transaction* data{};
    std::size_t begin{}, end{};  // bytes of the document
    bool has_amount = false;
    std::int64_t amount_ore{};  // not negative
    std::string_view currency;
    bool credit = false;
    bool returned = false;            // a return or part of a reversal (CAMT-R30)
    std::string_view bankgiro;        // receiving, digits without leading zeros; empty when not told
    std::string_view payer_bankgiro;  // likewise
    std::span<const part> parts;      // of the structured remittances
    bool parts_add_up = false;        // every part has an amount, and CAMT-R14 holds
};

// An entry or payment that waits for a person, by which rule. ordinal 0: the whole entry; entry_no 0: all entries of the
// container.
struct hold_mark {
    std::uint32_t container_no{}, entry_no{};
    std::uint32_t ordinal{};
    rule broken{};
};

struct container_facts {
    std::string id, account, currency;
    std::string electronic_number, legal_number, created, page;
    // The day, in Sweden, of the closing balance, else the last of FrToDt, else its first; nothing when the report says
    // none of them.
    std::optional<date> about;
    bool copy = false;
    std::size_t begin{};  // byte of the document
};

struct message_file {
    message_version version;
    bool recognised = false;
    std::string id, created, page;  // page: of several messages with one id, else empty
    std::vector<container_facts> containers;
    std::map<std::string, std::uint64_t> records;  // by repeating element
    ore_sum credits_ore, debits_ore;               // of all entries
    std::vector<hold_mark> holds;                  // complete, not capped
    finding_list findings;

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// Overrides what it wants. Events come in document order, also for messages that turn out to be refused at the end: who books
// money reads twice, first for the verdict, then for the payments.
class sink {
 public:
    virtual ~sink() = default;
    virtual void entry_opened(const entry_view&) {}
    virtual void payment(const payment_view&) {}
    virtual void entry_closed(const entry_view&) {}
};

[[nodiscard]] message_file read(std::string_view bytes, const read_options& options = {}, sink* into = nullptr);

// Containers and holds that are kept; a message with more is refused by CAMT-R01.
inline constexpr std::size_t max_containers = 100'000;

}  // namespace brygga::camt
