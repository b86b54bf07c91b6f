// A payment as a value of our own: what the writer is given and the reader hands out (supplier-payments.md 3.4 and 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"
#include "formats/iso20022/pain/records.hpp"

namespace brygga::pain {

enum class account_kind : std::uint8_t {
    none,          // none is told
    bankgiro,      // number: digits
    plusgiro,      // number: digits
    bank_account,  // clearing: 4 digits, number: the account without it
    iban,          // number: capitals and digits
    other,         // by a scheme that is none of these
};

// Personal data.
struct creditor_account {
    account_kind kind = account_kind::none;
    std::string clearing;
    std::string number;

    [[nodiscard]] bool operator==(const creditor_account&) const = default;
};

// CtgyPurp, and none for ordinary payments or a code that is none of these.
enum class category_purpose : std::uint8_t { none, salary, pension, social_benefit, supplier };

[[nodiscard]] std::string_view code_of(category_purpose purpose) noexcept;  // "SALA", "PENS", "SSBE", "SUPP"; empty for none
[[nodiscard]] category_purpose parse_category_purpose(std::string_view code) noexcept;

// Texts are UTF-8.
struct payment {
    std::string id;             // EndToEndId: the ledger's id, returned in pain.002 and camt
    std::int64_t amount_ore{};  // 1/100 of the currency, which is SEK in what we write
    date execution_date{};
    std::string creditor_name, creditor_town;
    std::string creditor_country;  // two capitals
    creditor_account account;
    std::string ocr;   // OCR reference, or
    std::string text;  // text for the payee
    category_purpose purpose = category_purpose::none;

    [[nodiscard]] bool operator==(const payment&) const = default;
};

// What the elements say; the amount is not read here. A BBAN whose bank is not told by its clearing number begins with it.
[[nodiscard]] payment payment_of(const transfer& item, const instruction& group);

[[nodiscard]] creditor_account account_of(const transfer& item);
// Nothing when it is no day of the calendar.
[[nodiscard]] std::optional<date> execution_date_of(const instruction& group);

enum class payment_field : std::uint8_t { id, amount, execution_date, creditor_name, creditor_address, account, ocr, text };

// "Cdtr/Nm": within CdtTrfTxInf.
[[nodiscard]] std::string_view path_of(payment_field field) noexcept;

struct payment_limits {
    std::size_t name = 70;  // characters, by agreement with the bank
    // What binds only what we write ourselves: the form of ids, either OCR or text, and these two.
    bool ours = false;
    std::size_t text = 140;       // characters
    bool address_wanted = false;  // a town and a country
};

// What P1-R02 finds in a payment. Texts never hold personal data.
struct payment_fault {
    payment_field field{};
    severity level{};  // hold or warning
    std::string found, expected;
};
[[nodiscard]] std::vector<payment_fault> faults_of(const payment& item, const payment_limits& limits);

// Letters and digits without å, ä and ö, blanks inside and /-?:().,'+: 1 to 35 of them.
inline constexpr std::size_t max_identifier = 35;
[[nodiscard]] bool identifier_valid(std::string_view text) noexcept;

}  // namespace brygga::pain
