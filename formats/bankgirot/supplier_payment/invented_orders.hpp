// The payments of a generated set of files, and what becomes of each: the same in the file to Bankgirot and in every report on
// it. Internal to the generator.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/supplier_payment/writer.hpp"
#include "formats/format.hpp"
#include "formats/invented/bad_records.hpp"
#include "formats/invented/payers.hpp"

namespace brygga::supplier_payment::detail {

enum class fate : std::uint8_t { paid, waits, rejected };

// Of payment `index` of the set. Deductions have that of the payment before.
[[nodiscard]] fate fate_of(std::uint64_t seed, std::uint64_t index) noexcept;

// The bank days of a set around the one on which the payer sends its file; those that stand in files also YYMMDD.
struct set_days {
    explicit set_days(date sent);

    date sent_on, paid_on, waits_until, unreasonable_on;
    std::string sent, at_once, rejected, paid, unreasonable;
    std::string earlier, used_earlier, earlier_until;  // of what an earlier file has sent
};

// A postcode that stands for an address that Bankgirot does not take.
inline constexpr std::string_view no_postcode = "00000";

// Invented companies that are paid to: those that are wished for, or others. Fails with invalid_argument on what is no bankgiro
// number.
[[nodiscard]] result<std::vector<std::string>> payees_of(const generate_settings& what);

// Who pays the section with this number, from 0: a bankgiro number.
[[nodiscard]] std::string_view payer_of(std::uint64_t section) noexcept;

struct person {
    bank_account account;
    postal_address address;
    std::string plusgiro;
};

// Sections of a file to Bankgirot.
class order_maker {
 public:
    order_maker(std::uint64_t seed, std::uint32_t bad_percent, const std::vector<std::string>& payees, const set_days& days);

    // The next section, handed out as it grows.
    void section(std::uint64_t items, const output& to);

 private:
    void item(writer& out);
    void fill(payment_out& item, std::string_view kind);
    void may_be_deducted_from(const payment_out& item);
    void refund(writer& out, bool with_advice);
    void invoice(writer& out);
    void plusgiro(writer& out);
    void credit(writer& out);
    void deduction(writer& out);

    const std::vector<std::string>& payees_;
    const set_days& days_;
    std::uint64_t seed_;
    invented::random_numbers random_;
    invented::bad_share bad_;
    std::vector<person> people_;
    std::uint64_t sections_ = 0, items_ = 0;
    fate fate_{};                      // of the item, and of its deductions
    std::int64_t deductible_ore_ = 0;  // of the payment before
    payment_day deductible_day_;
};

}  // namespace brygga::supplier_payment::detail
