// Writing SUS payment files (supplier-payments.md 3.3): 180 columns, ISO 8859-1, CRLF, the total computed. Distribution code and
// payout method are values of the agreement: their lists are not public.
//
//     brygga::sus::agreement under{.number = "123456", .payment_day = due, ...};
//     brygga::sus::writer out(under);
//     if (auto ok = out.payment({.identification = "REFUND-0000001", .civic_number = number, .name = name, .amount_ore = 30050});
//     !ok)
//         hold(ok.error());  // SUS-R01, say: nothing was written
//     out.close();
//     send(out.bytes());
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "formats/bankgirot/sus/records.hpp"
#include "formats/bankgirot/sus/rules.hpp"
#include "formats/core/date.hpp"
#include "formats/core/money.hpp"

namespace brygga::sus {

inline constexpr std::int64_t largest_amount_ore = 999'999'999'999'999;  // 15 digits, of a payment and of a section's total

struct agreement {
    std::string number;  // avtalsid, 6 digits
    date payment_day{};
    std::string customer_id = "00000";
    std::string organisation = "0000000000";
    std::string distribution;           // distributionskod, at most 6 characters
    std::string method;                 // utbetalningssätt, at most 3 characters
    bool register_at_swedbank = false;  // payments without account find it there (SUS-R04)
    bool routes_protected_identity = false;
};

// Why something cannot be sent. Holds no personal data.
struct refusal {
    rule broken{};
    std::string_view field;
    std::string expected;
};
using outcome = tl::expected<void, refusal>;

// Texts are UTF-8. An address is for payout notices; without a street there is none.
struct payment_out {
    std::string identification;  // at most 44 characters
    std::string civic_number;    // 12 digits with century
    bool protected_identity = false;
    std::string name;               // at most 36
    std::string clearing, account;  // 4 and at most 10 digits; both empty: Swedbank's register
    std::int64_t amount_ore{};
    std::string street, care_of, town;  // at most 35 each
    std::string postcode;               // 5 digits
};

// Appends to a buffer that the caller may drain between payments. What is refused has written nothing. One writer writes one
// section.
class writer {
 public:
    explicit writer(agreement under) : under_(std::move(under)) {}

    [[nodiscard]] outcome payment(const payment_out& item);
    [[nodiscard]] outcome close();

    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }

 private:
    template <class Layout>
    void write(const typename Layout::value_type& record);
    [[nodiscard]] outcome fits(const payment_out& item) const;
    [[nodiscard]] outcome agreement_fits() const;
    void open();

    agreement under_;
    std::string bytes_;
    bool open_ = false;
    ore_sum total_ore_;
};

}  // namespace brygga::sus
