// Writing Leverantörsbetalningar to Bankgirot (supplier-payments.md 3.1): 80 columns, ISO 8859-1, CRLF, payout numbers and TK29
// computed. Sealing is another step (seal/).
//
//     brygga::supplier_payment::writer out({.written = today, .bankgiro = "9912346"});
//     out.open({});
//     if (auto ok = out.to_account({{.amount_ore = 30050, .day = due, .own_reference = "REFUND-0000001"}, account}); !ok)
//         hold(ok.error());  // LB-R06, say: nothing was written
//     out.close();
//     send(out.bytes());
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "formats/bankgirot/supplier_payment/records.hpp"
#include "formats/bankgirot/supplier_payment/rules.hpp"
#include "formats/core/bank_account.hpp"
#include "formats/core/date.hpp"
#include "formats/core/money.hpp"
#include "formats/core/ocr.hpp"

namespace brygga::supplier_payment {

inline constexpr std::int64_t largest_amount_ore = 999'999'999'999;  // 12 digits, of a payment and of a section's sum
inline constexpr std::uint64_t max_section_payments = 99'999'999;    // 8 digits
inline constexpr std::uint32_t max_payout_numbers = 99'999;          // recipients without giro in a section

struct sender {
    date written{};                  // today, Stockholm
    std::string bankgiro;            // that pays, 7 or 8 digits
    bool allow_money_order = false;  // banks end them during 2026 (LB-R09)
};

// Why something cannot be sent. Holds no personal data.
struct refusal {
    rule broken{};
    std::string_view field;
    std::string expected;
};
using outcome = tl::expected<void, refusal>;

struct written_payment {
    std::string payee;             // columns 3-12: bankgiro, plusgiro or the payout number that was given
    std::uint32_t cut_advice = 0;  // lines of advice that were cut to their columns
};
using payment_outcome = tl::expected<written_payment, refusal>;

// When money is to move. Without a day and not at once: nothing is said here.
struct payment_day {
    std::optional<date> day;
    bool at_once = false;  // GENAST
};

struct section_out {
    payment_day pays;        // of all payments; otherwise each has its own
    std::string fixed_text;  // TK12, at most 50 characters; empty: none
    std::optional<date> fixed_text_until;
    std::string reference_heading, amount_heading;  // TK13, at most 25 and 12
};

// Texts are UTF-8.
struct payment_out {
    std::int64_t amount_ore{};
    payment_day pays;
    std::string reference;            // to the recipient, at most 25
    std::string own_reference;        // returned in reports, at most 20
    std::vector<std::string> advice;  // TK25 of 50, TK65 of 35 characters each; longer ones are cut, and told
};

struct postal_address {       // empty name: none
    std::string name, extra;  // at most 35 and 33; written in capitals
    std::string street;       // at most 35
    std::string postcode;     // 5 digits
    std::string town;         // at most 20

    [[nodiscard]] bool empty() const noexcept { return name.empty() && street.empty() && postcode.empty() && town.empty(); }
};

struct to_bankgiro_out : payment_out {
    std::string bankgiro;  // 7 or 8 digits
    ocr_agreement ocr;     // of the payee: from OCR 2 on the reference must be one (LB-R08)
};

struct to_plusgiro_out : payment_out {
    std::string plusgiro;  // 2 to 8 digits
};

struct to_account_out : payment_out {
    bank_account account;
    std::string statement_text;  // at most 12
    bool salary = false;
    postal_address address;  // needed for advice
};

struct money_order_out : payment_out {
    postal_address address;
};

enum class credit_kind : std::uint8_t { deduction, watched_credit };  // TK15 avdrag, TK16 kreditfaktura med bevakning

struct credit_out : payment_out {
    credit_kind kind = credit_kind::watched_credit;
    std::string bankgiro;          // empty: the recipient of the payment before
    std::optional<date> last_day;  // of watch; `pays` is of deductions alone
};

// Appends to a buffer that the caller may drain between payments. What is refused has written nothing.
class writer {
 public:
    explicit writer(sender from);

    [[nodiscard]] outcome open(const section_out& section);
    [[nodiscard]] payment_outcome to_bankgiro(const to_bankgiro_out& item);
    [[nodiscard]] payment_outcome to_plusgiro(const to_plusgiro_out& item);
    [[nodiscard]] payment_outcome to_account(const to_account_out& item);
    [[nodiscard]] payment_outcome money_order(const money_order_out& item);
    [[nodiscard]] payment_outcome credit(const credit_out& item);
    [[nodiscard]] outcome close();

    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }

 private:
    struct texts;

    template <class Layout>
    void write(const typename Layout::value_type& record);
    [[nodiscard]] outcome common(const payment_out& item, std::int64_t signed_ore, texts& into) const;
    [[nodiscard]] outcome day_of(const payment_day& pays, std::string& into);
    [[nodiscard]] outcome day_fits(std::string_view field, const date& day) const;
    [[nodiscard]] tl::expected<std::uint32_t, refusal> next_payout_number();
    [[nodiscard]] tl::expected<std::uint32_t, refusal> payout_number(std::uint64_t account_digits);
    [[nodiscard]] tl::expected<std::uint32_t, refusal> payout_number(const std::string& recipient);
    [[nodiscard]] std::int64_t* payable_of(std::string_view bankgiro, const std::string& payee);
    template <class Payment, class Text>
    [[nodiscard]] written_payment finish(const texts& from, const std::string& payee, std::int64_t amount_ore,
                                         std::int64_t signed_ore);
    [[nodiscard]] payment_outcome to_person(const payment_out& item, const postal_address& address, const account_record* account,
                                            std::uint64_t account_digits);

    sender from_;
    std::string bankgiro_;  // 10 digits
    std::string bytes_;
    bool open_ = false;
    bool section_has_day_ = false;
    std::uint64_t payments_ = 0;
    ore_sum net_ore_;
    date known_day_{};  // the last one that fits, with its text
    std::string known_day_text_;
    std::string last_payee_;
    std::uint32_t last_number_ = 0;  // its payout number; 0: it has a giro
    // Payout numbers of the section: of recipients known by their account alone (its 16 digits), and of those with an address.
    std::unordered_map<std::uint64_t, std::uint32_t> account_numbers_;
    std::unordered_map<std::string, std::uint32_t> recipient_numbers_;
    std::vector<std::int64_t> payable_by_number_ore_;            // from number 1: payments less deductions
    std::unordered_map<std::string, std::int64_t> payable_ore_;  // the same by bankgiro
};

// 0000, five digits and their check digit.
[[nodiscard]] std::string payout_number_field(std::uint32_t five_digits);

}  // namespace brygga::supplier_payment
