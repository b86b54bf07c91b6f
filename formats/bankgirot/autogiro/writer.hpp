// Writing Autogiro to Bankgirot (autogiro.md section 3.2): mandates, payments and changes, each kind in a section of its own, 80
// columns, ISO 8859-1, CRLF. Sealing is another step (seal/).
//
//     brygga::autogiro::writer out({.written = today, .customer_number = "471117", .bankgiro = "9912346"});
//     if (auto ok = out.payment({.day = due, .payer_number = "7001", .amount_ore = 134550, .reference = ocr}); !ok)
//         hold(ok.error());  // AG-R17, say: nothing was written
//     send(out.bytes());
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "formats/bankgirot/autogiro/records.hpp"
#include "formats/bankgirot/autogiro/rules.hpp"
#include "formats/core/date.hpp"

namespace brygga::autogiro {

inline constexpr std::int64_t largest_amount_ore = 999'999'999'999;  // 12 digits
inline constexpr int default_watch_days = 366;                       // how far ahead a payment may lie (AG-R17, UNVERIFIED)

struct sender {
    date written{};               // today, Stockholm
    std::string customer_number;  // 6 digits
    std::string bankgiro;         // of the payee, 7 or 8 digits
    int watch_days = default_watch_days;
    bool payouts_allowed = false;  // the agreement allows TK32 (AG-R16)
};

// Why something cannot be sent. Holds no personal data.
struct refusal {
    rule broken{};
    std::string_view field;
    std::string expected;
};
using outcome = tl::expected<void, refusal>;

// A mandate on an account, or on the bankgiro that the payer number is when `account` is empty.
struct new_mandate_out {
    std::string payer_number;
    std::string account;   // 16 digits, with identity
    std::string identity;  // 12 digits
};

struct payment_out {
    payment_direction direction = payment_direction::collection;
    std::optional<date> day;  // none: GENAST, the next possible bank day
    char period = '0';
    unsigned recurrences = 0;  // 1 to 999; 0: once, or until further notice
    std::string payer_number;
    std::int64_t amount_ore{};
    std::string reference;  // UTF-8, at most 16 characters
};

struct change_out {
    // TK23 to TK29; what a code does not have is not looked at.
    std::string_view code;
    std::string payer_number;
    date day{};
    std::int64_t amount_ore{};
    payment_direction direction = payment_direction::collection;
    date new_day{};
    std::string reference;
};

class writer {
 public:
    explicit writer(sender from);

    [[nodiscard]] outcome new_mandate(const new_mandate_out& item);  // TK04
    // TK04, to one from an internet bank. Its account and identity may be repeated (section 3.2 c, d).
    [[nodiscard]] outcome answer_mandate(const new_mandate_out& item, bool approves);
    [[nodiscard]] outcome cancel_mandate(std::string_view payer_number);                                  // TK03
    [[nodiscard]] outcome change_payer_number(std::string_view old_number, std::string_view new_number);  // TK05
    [[nodiscard]] outcome payment(const payment_out& item);                                               // TK82, TK32
    [[nodiscard]] outcome change(const change_out& item);

    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }
    // Characters that ISO 8859-1 or the seal cannot hold and that were written as others (AG-R21).
    [[nodiscard]] std::uint64_t replaced_characters() const noexcept { return replaced_; }

 private:
    template <class Layout>
    void write(request_kind kind, const typename Layout::value_type& record);
    [[nodiscard]] std::string_view written_day(const std::optional<date>& day);
    [[nodiscard]] outcome day_fits(std::string_view field, date day);
    // Valid until the next call.
    [[nodiscard]] tl::expected<std::string_view, refusal> text(std::string_view field, std::string_view utf8, std::size_t width);
    [[nodiscard]] tl::expected<std::string, refusal> replaced(std::string_view field, std::string_view utf8);

    sender from_;
    std::string written_, bankgiro_;
    request_kind section_ = request_kind::none;
    std::string bytes_;
    std::string text_;
    std::uint64_t replaced_ = 0;
    // The payments of a file are nearly all of one day.
    std::optional<date> last_fit_, last_written_day_;
    std::string last_written_day_text_;
};

// A payer number as it stands in a file: 16 digits. Nothing for what is not 1 to 16 digits, or zero.
[[nodiscard]] std::optional<std::string> payer_number_field(std::string_view digits);
// As the ledger keeps it: without leading zeros, for they mean nothing in reports (3.11).
[[nodiscard]] std::string payer_number_key(std::string_view field);

}  // namespace brygga::autogiro
