// Writes pain.001 for Swedish banks (iso20022-incoming.md section 7, supplier-payments.md 3.4) and reads it back before anybody
// gets it.
//
//     const auto made = pain::write(batch, profile, earlier);
//     if (!made) return made.error();                      // the profile makes no sense
//     if (!made->accepted()) show(made->findings), leave_out(made->holds);
//     send(made->bytes), remember(batch.message_id, made->content_hash);
//
// The same batch and profile give the same bytes: there is no clock in it. Credit notes are not written: how a bank wants them is
// not known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/core/result.hpp"
#include "formats/iso20022/pain/payment.hpp"
#include "formats/iso20022/pain/reader.hpp"

namespace brygga::pain {

// How the bank knows the initiating party by its number (InitgPty/Id/OrgId/Othr/SchmeNm/Cd).
enum class initiator_scheme : std::uint8_t {
    none,      // not told: an organisation number
    bank,      // BANK: a number that the bank gave
    customer,  // CUST
};

// What differs from bank to bank.
struct bank_profile {
    std::uint16_t version = 3;             // of pain.001.001: 3 or 9
    std::string plusgiro_member = "9960";  // clearing number of plusgiro payments: 9960, or 9500
    std::size_t max_name = 70;             // characters, 1 to 140
    std::size_t max_text = 25;             // characters, 25 to 140: what bankgiro payments carry until they have migrated
    initiator_scheme initiator = initiator_scheme::none;
    bool batch_booking = true;           // BtchBookg true; otherwise it is left out
    bool tell_supplier_purpose = false;  // SUPP is optional
    bool creditor_address = false;       // town and country of the payee are written, and wanted
};

enum class debit_form : std::uint8_t { iban, bban, bankgiro };

struct debit_account {
    debit_form form = debit_form::iban;
    std::string number;  // IBAN in capitals without blanks; digits otherwise
};

// Payments that go out as one message. Texts are UTF-8 and may hold any Latin letter: see characters.hpp.
struct batch {
    std::string message_id;  // as identifier_valid(), short enough for "-P1", "-P2" behind it
    std::string created;     // "2026-11-23T10:00:00", the moment that is stored with the batch
    std::string initiator_name, initiator_id;
    std::string debtor_name;
    debit_account account;
    std::string debtor_bankgiro;  // payments to bankgiro are drawn on it; empty: on the account
    std::string agent_bic;        // of our bank
    std::vector<payment> payments;
};

// Hash of the bytes that went out under a message id, nothing for an id that was not used.
using earlier_messages = std::function<std::optional<std::string>(std::string_view message_id)>;

// A text that was changed into allowed characters: for the log of the batch, since nothing is changed silently.
struct replaced_text {
    std::uint32_t ordinal{};                    // 1-based payment of the batch, 0: the parties of the batch
    payment_field field = payment_field::text;  // creditor_name where ordinal is 0

    [[nodiscard]] bool operator==(const replaced_text&) const = default;
};

struct written {
    std::string bytes;         // this and the hash are empty unless accepted
    std::string content_hash;  // SHA-256 of the bytes
    std::vector<replaced_text> replaced;
    std::vector<hold_mark> holds;  // by the payment's place in the batch: leave them out and write again
    finding_list findings;         // `serial` is the payment's id; no personal data

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused() && holds.empty(); }
};

// Fails with invalid_argument on a profile out of bounds. What is wrong with the batch are findings: P1-R01 for the batch itself
// and for what reading back shows, P1-R02 for a payment, P1-R03 for a message id that was used for other content.
[[nodiscard]] result<written> write(const batch& from, const bank_profile& profile, const earlier_messages& earlier);

}  // namespace brygga::pain
