#include "formats/bankgirot/autogiro/invented_set.hpp"

#include <array>

#include <fmt/format.h>

#include "formats/core/bank_days.hpp"
#include "formats/invented/payers.hpp"

namespace brygga::autogiro::detail {

namespace {

constexpr std::array stories{
    story::moved,     story::executed,       story::from_internet_bank, story::no_cover,
    story::cancelled, story::rejected,       story::mandate_rejected,   story::credited,
    story::refunded,  story::retried,        story::number_changed,     story::mandate_cancelled,
    story::stopped,   story::account_closed, story::turned_down,        story::removed,
    story::executed,  story::executed,       story::executed,           story::executed,
};

constexpr std::uint64_t bankgiro_share = 100;  // one payer in so many pays from a bankgiro

// Random numbers of their own for everything that is numbered.
invented::random_numbers random_of(std::uint64_t seed, std::uint64_t index) noexcept {
    return invented::random_numbers((seed + 1) * 0xD1B54A32D192ED03u ^ (index + 1) * 0x2545F4914F6CDD1Du);
}

bool is_on_bankgiro(story what, std::uint64_t index) noexcept {
    constexpr std::uint64_t first = 3;
    return index % bankgiro_share == first && !proposes_mandate(what) && what != story::number_changed;
}

}  // namespace

story story_of(std::uint64_t seed, std::uint64_t index) noexcept {
    const std::uint64_t block = index / stories.size();
    const std::uint64_t turned = block == 0 ? 0 : random_of(seed, block).below(stories.size());
    return stories[(index + turned) % stories.size()];
}

bool proposes_mandate(story what) noexcept {
    return what == story::from_internet_bank || what == story::turned_down;
}

bool is_instructed(story what) noexcept {
    return what != story::turned_down && what != story::mandate_rejected && what != story::mandate_cancelled;
}

bool is_watched(story what) noexcept {
    return is_instructed(what) && what != story::rejected && what != story::cancelled && what != story::stopped &&
           what != story::removed;
}

bool is_due(story what) noexcept {
    return is_watched(what) && what != story::moved;
}

bool is_registered(story what) noexcept {
    return is_instructed(what) && what != story::removed;
}

char status_of(story what) noexcept {
    if (what == story::no_cover) return '1';
    if (what == story::account_closed) return '2';
    return what == story::retried ? '9' : '0';
}

invented_payer payer_of(std::uint64_t seed, std::uint64_t index) {
    constexpr std::uint64_t first_number = 10'000'000, first_new_number = 30'000'000;
    constexpr std::uint64_t first_reference = 20'000'000, first_refund_reference = 40'000'000;
    auto random = random_of(seed, index);
    invented_payer out;
    out.what = story_of(seed, index);
    out.variant = random.below(1'000);
    out.collection_ore = static_cast<std::int64_t>(5'000 + random.below(495'000));
    out.payout_ore = static_cast<std::int64_t>(1'000 + random.below(49'000));
    out.refund_ore = static_cast<std::int64_t>(5'000 + random.below(495'000));
    out.reference = invented::ocr_reference(first_reference + index);
    out.refund_reference = invented::ocr_reference(first_refund_reference + index);
    if (is_on_bankgiro(out.what, index)) {
        out.number = fmt::format("{:0>16}", invented::with_check_digit(fmt::format("59{:05}", index / bankgiro_share)));
        out.identity = "99" + invented::with_check_digit(fmt::format("5599{:05}", random.below(100'000)));
        return out;
    }
    out.number = fmt::format("{:016}", first_number + index);
    if (out.what == story::number_changed) {
        out.old_number = out.number;
        out.number = fmt::format("{:016}", first_new_number + index);
    }
    out.account = invented::bank_account(random);
    out.identity = random.chance(90) ? invented::personal_number(random)
                                     : "00" + invented::with_check_digit(fmt::format("5599{:05}", random.below(100'000)));
    return out;
}

set_days::set_days(date day) : instructed_on(day) {
    constexpr int notice_days = 10, days_of_a_month = 30;
    const date advised_on = previous_bank_day(day, false);
    asked_on = previous_bank_day(advised_on, false);
    changed_on = next_bank_day(day, false);
    const date amended_on = next_bank_day(changed_on, false);
    paid_on = add_bank_days(day, notice_days);
    moved_to = next_bank_day(paid_on, false);
    proposed = format_ccyymmdd(previous_bank_day(asked_on, false));
    asked = format_ccyymmdd(asked_on);
    advised = format_ccyymmdd(advised_on);
    instructed = format_ccyymmdd(day);
    rejected = changed = format_ccyymmdd(changed_on);
    amended = format_ccyymmdd(amended_on);
    extracted = format_ccyymmdd(next_bank_day(amended_on, false));
    paid = format_ccyymmdd(paid_on);
    moved = format_ccyymmdd(moved_to);
    paid_before = format_ccyymmdd(previous_bank_day(add_days(paid_on, -days_of_a_month), true));
}

}  // namespace brygga::autogiro::detail
