// A print batch (utskriftsbatch, CPB 1.0) as values: print-batch.md 3.1. Texts are UTF-8, amounts öre; an empty text or a missing
// optional is an element that is not there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"

namespace brygga::print::batch {

// ---- code tables (3.2, 5.1, 5.5, 5.6): values as on the wire by name() ----

enum class environment : std::uint8_t { prod, test };                 // test is never printed, matched or charged
enum class handling : std::uint8_t { standard, protected_identity };  // PROTECTED: every look-up is off
enum class flow : std::uint8_t { invoice, reminder, collection, letter };
enum class document_kind : std::uint8_t { invoice, credit_invoice, reminder, collection_notice, letter };
enum class party_type : std::uint8_t { person, organisation, other };
enum class channel : std::uint8_t { kivra, mina_meddelanden, e_invoice, email, print, print_forwarding };
// slip: the customer pays by giro; autogiro: will be collected; none: zero, credit or information
enum class payment_method : std::uint8_t { slip, autogiro, none };
enum class account_type : std::uint8_t { bankgiro, plusgiro };
enum class reference_type : std::uint8_t { ocr, message };
enum class postage : std::uint8_t { normal, economy };
enum class envelope : std::uint8_t { automatic, c5, c4 };

[[nodiscard]] std::string_view name(environment code) noexcept;
[[nodiscard]] std::string_view name(handling code) noexcept;
[[nodiscard]] std::string_view name(flow code) noexcept;
[[nodiscard]] std::string_view name(document_kind code) noexcept;
[[nodiscard]] std::string_view name(party_type code) noexcept;
[[nodiscard]] std::string_view name(channel code) noexcept;
[[nodiscard]] std::string_view name(payment_method code) noexcept;
[[nodiscard]] std::string_view name(account_type code) noexcept;
[[nodiscard]] std::string_view name(reference_type code) noexcept;
[[nodiscard]] std::string_view name(postage code) noexcept;
[[nodiscard]] std::string_view name(envelope code) noexcept;

// Nothing for text that is no such code.
template <class Code>
[[nodiscard]] std::optional<Code> parse_code(std::string_view text) noexcept;

// Kivra, Mina meddelanden, e-invoice or e-mail: the recipient sees a subject.
[[nodiscard]] bool is_digital(channel code) noexcept;
// Kivra or Mina meddelanden: the recipient is looked up by identity number.
[[nodiscard]] bool is_mailbox(channel code) noexcept;

// ---- records ----

struct postal_address {
    std::vector<std::string> lines;  // 2 to 6, as printed
    std::string country;             // ISO 3166-1 alpha-2

    [[nodiscard]] bool operator==(const postal_address&) const = default;
};

struct sender {
    std::string org_number;  // 10 digits
    std::string name;
    std::string tenant_ref;
    postal_address return_address;

    [[nodiscard]] bool operator==(const sender&) const = default;
};

struct header {
    std::string batch_id;
    std::string created_at;  // xs:dateTime with zone, "2026-11-30T04:05:06+01:00"
    batch::environment environment{};
    batch::handling handling{};
    batch::flow flow{};
    batch::sender sender;
    std::string replaces;  // only of a batch that was rejected as a whole
    std::optional<date> earliest_dispatch, latest_dispatch;

    [[nodiscard]] bool operator==(const header&) const = default;
};

struct recipient {
    batch::party_type party_type{};
    std::string customer_number;
    std::string identity_number;  // 12 digits of a person, 10 of an organisation
    std::string name;
    std::optional<batch::postal_address> postal_address;
    std::string email;

    [[nodiscard]] bool operator==(const recipient&) const = default;
};

struct payment {
    std::int64_t amount_ore{};
    date due_date{};
    payment_method method{};
    std::optional<batch::account_type> account_type;
    std::string account;  // digits
    std::optional<batch::reference_type> reference_type;
    std::string reference;
    std::string code_line;  // 79 characters

    [[nodiscard]] bool operator==(const payment&) const = default;
};

struct print_options {
    bool duplex = true;
    bool colour = false;
    batch::postage postage = batch::postage::economy;
    batch::envelope envelope = batch::envelope::automatic;
    std::string group_key;  // joins documents into one envelope

    [[nodiscard]] bool operator==(const print_options&) const = default;
};

struct file_ref {
    std::string name;  // "docs/D0000001.pdf"
    std::uint64_t size{};
    std::string sha256;     // 64 lower-case hexadecimal digits
    std::uint32_t pages{};  // 0: not told

    [[nodiscard]] bool operator==(const file_ref&) const = default;
};

struct document {
    std::string id;
    document_kind kind{};
    std::string number;
    date issue_date{};
    std::optional<std::uint8_t> reminder_level;
    std::string subject;
    batch::recipient recipient;
    std::vector<channel> channels;  // first usable wins
    std::optional<batch::payment> payment;
    print_options print;
    file_ref file;
    std::optional<file_ref> data;
    std::vector<file_ref> attachments;

    [[nodiscard]] bool operator==(const document&) const = default;
    [[nodiscard]] bool has_channel(channel code) const noexcept;
};

// Control totals (4.3).
struct totals {
    std::uint64_t documents{};
    std::uint64_t pages{};
    std::uint64_t sheets{};
    std::uint64_t payable_documents{};
    std::int64_t payable_ore{};
    std::string digest;

    [[nodiscard]] bool operator==(const totals&) const = default;
};

struct manifest {
    std::string version = "1.0";
    batch::header header;
    std::vector<document> documents;
    batch::totals totals;

    [[nodiscard]] bool operator==(const manifest&) const = default;
};

}  // namespace brygga::print::batch
