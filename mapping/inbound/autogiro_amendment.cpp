#include "mapping/inbound/autogiro_amendment.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "formats/bankgirot/autogiro/writer.hpp"
#include "mapping/inbound/autogiro_references.hpp"

namespace brygga::inbound {

namespace {

constexpr int days_of_old_news = 7;

enum class whose : std::uint8_t { everybody, payer };
enum class of_when : std::uint8_t { any_day, day, day_if_named };

struct group_code {
    std::string_view code;
    whose of;
    of_when when;
};

// 25 and 29 mean one payment, whatever direction they name; so may a code that is not known. A mandate that was removed, or a
// payer who cancels (03, 11), concerns what this payer has, of the day where one is named.
constexpr std::array group_codes{
    group_code{"03", whose::payer, of_when::day_if_named}, group_code{"11", whose::payer, of_when::day_if_named},
    group_code{"21", whose::everybody, of_when::any_day},  group_code{"22", whose::everybody, of_when::day},
    group_code{"23", whose::payer, of_when::any_day},      group_code{"24", whose::payer, of_when::day},
    group_code{"26", whose::everybody, of_when::any_day},  group_code{"27", whose::everybody, of_when::day},
    group_code{"28", whose::payer, of_when::day}};

}  // namespace

amended_payments::amended_payments(const autogiro::amendment_view& view)
    : record_(view.record),
      payer_number_(autogiro::payer_number_key(view.record.payer_number)),
      reference_(text_of_reference(view.record.reference)),
      day_(parse_ccyymmdd(view.record.payment_day)) {
    const auto group =
        std::find_if(group_codes.begin(), group_codes.end(), [&](const group_code& each) { return each.code == view.code; });
    if (record_.direction == "82") {
        reach_ = amendment_reach::collection;
    } else if (record_.direction == "32") {
        reach_ = amendment_reach::payout;
    } else if (record_.direction != "00" || group == group_codes.end()) {
        reach_ = amendment_reach::unclear;
    } else {
        reach_ = amendment_reach::group;
        of_payer_ = group->of == whose::payer;
        of_day_ = group->when == of_when::day || (group->when == of_when::day_if_named && day_);
    }
}

bool amended_payments::has(std::string_view payer_number, date payment_day) const {
    if (of_payer_ && payer_number != payer_number_) return false;
    return !of_day_ || (day_ && payment_day == *day_);
}

bool amended_payments::may_have_had(std::string_view payer_number, date payment_day, date list_day) const {
    const bool is_near = of_day_ || (list_day.ok() && payment_day >= add_days(list_day, -days_of_old_news));
    return reach_ == amendment_reach::group && of_payer_ && is_near && has(payer_number, payment_day);
}

bool amended_payments::is(std::string_view payer_number, date payment_day, std::int64_t amount_ore,
                          std::string_view reference) const {
    if (payer_number != payer_number_ || amount_ore != record_.amount_ore) return false;
    return record_.marker == "REFERENS" ? unpadded(reference) == unpadded(reference_) : day_ && payment_day == *day_;
}

}  // namespace brygga::inbound
