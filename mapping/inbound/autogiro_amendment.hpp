// Which payments a record of the amendment list tells of (autogiro.md sections 3.6 and 5.7).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/bankgirot/autogiro/reader.hpp"
#include "formats/core/date.hpp"

namespace brygga::inbound {

enum class amendment_reach : std::uint8_t {
    collection,  // one, of direction 82
    payout,      // one, of direction 32
    group,       // direction 00, with a code that means several: of both directions
    unclear,     // anything else: for a person, and nothing is changed
};

// Valid as long as the view that it was made of.
class amended_payments {
 public:
    explicit amended_payments(const autogiro::amendment_view& view);

    [[nodiscard]] amendment_reach reach() const noexcept { return reach_; }
    // Of a group: it is of that payer, but for the codes 21, 22, 26 and 27, and of that day, where the code or the record names
    // one.
    [[nodiscard]] bool has(std::string_view payer_number, date payment_day) const;
    // Of a group of one payer: a payment that is over may be what it means, when its day is the one named, or not long past on
    // the day of the list.
    [[nodiscard]] bool may_have_had(std::string_view payer_number, date payment_day, date list_day) const;
    // Of one payment: by payer and amount, and by its reference where the record has one, else by its day.
    [[nodiscard]] bool is(std::string_view payer_number, date payment_day, std::int64_t amount_ore,
                          std::string_view reference) const;

    [[nodiscard]] const std::string& payer_number() const noexcept { return payer_number_; }
    [[nodiscard]] std::optional<date> day() const noexcept { return day_; }

 private:
    const autogiro::amendment_record& record_;
    std::string payer_number_, reference_;
    std::optional<date> day_;
    amendment_reach reach_{};
    bool of_payer_ = true, of_day_ = false;
};

}  // namespace brygga::inbound
