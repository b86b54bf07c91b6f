// What holds for any batch: it is read as it was written, and reading never fails whatever becomes of the bytes.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/check_digit.hpp"
#include "formats/iso20022/pain/status_report.hpp"
#include "tests/pain/batches.hpp"

namespace brygga::pain {
namespace {

std::string digits(std::size_t count) {
    std::string out = std::to_string(*rc::gen::inRange(1, 10));
    while (out.size() < count)
        out += std::to_string(*rc::gen::inRange(0, 10));
    return out;
}

std::string with_check_digit(std::string body) {
    return body + *modulus_10_digit(body);
}

// Letters that the file can hold, in a text that neither begins nor ends with a blank.
std::string text_of(std::size_t most) {
    const auto count = *rc::gen::inRange<std::size_t>(1, most - 1);
    std::string out = "A";
    for (std::size_t i = 1; i < count; ++i)
        out +=
            *rc::gen::element<std::string>("a", "Z", "å", "Ä", "ö", " ", "/", "-", "?", ":", "(", ")", ".", ",", "'", "+", "0");
    return out + "z";
}

creditor_account any_account() {
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            return {account_kind::bankgiro, {}, with_check_digit(digits(*rc::gen::inRange<std::size_t>(6, 8)))};
        case 1:
            return {account_kind::plusgiro, {}, with_check_digit(digits(*rc::gen::inRange<std::size_t>(1, 8)))};
        case 2:
            return {account_kind::bank_account, "3300", with_check_digit(digits(9))};
        case 3:
            return {account_kind::bank_account, "8105", with_check_digit(digits(*rc::gen::inRange<std::size_t>(1, 10)))};
        default:
            return {account_kind::iban, {}, "SE3550000000054910000003"};
    }
}

payment any_payment(std::size_t ordinal, const bank_profile& profile) {
    payment made;
    made.id = fmt::format("PAY-{}", ordinal);
    made.amount_ore = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(1, 1'000'000), rc::gen::just<std::int64_t>(29),
                                      rc::gen::just<std::int64_t>(9'007'199'254'740'993));
    made.execution_date = add_days(parse_iso_date("2026-11-26").value(), *rc::gen::inRange(0, 3));
    made.creditor_name = text_of(profile.max_name);
    if (profile.creditor_address) made.creditor_town = text_of(35), made.creditor_country = "SE";
    made.account = any_account();
    if (*rc::gen::arbitrary<bool>())
        made.ocr = with_check_digit(digits(*rc::gen::inRange<std::size_t>(1, 25)));
    else if (*rc::gen::arbitrary<bool>())
        made.text = text_of(profile.max_text);
    made.purpose = *rc::gen::element(category_purpose::none, category_purpose::salary, category_purpose::pension,
                                     category_purpose::social_benefit);
    return made;
}

bank_profile any_profile() {
    bank_profile made;
    made.version = *rc::gen::element<std::uint16_t>(3, 9);
    made.plusgiro_member = *rc::gen::element<std::string>("9960", "9500");
    made.max_text = *rc::gen::inRange<std::size_t>(25, 141);
    made.initiator = *rc::gen::element(initiator_scheme::none, initiator_scheme::bank, initiator_scheme::customer);
    made.batch_booking = *rc::gen::arbitrary<bool>();
    made.creditor_address = *rc::gen::arbitrary<bool>();
    return made;
}

batch any_batch(const bank_profile& profile) {
    batch made = worked_batch();
    made.account.number = "SE3550000000054910000003";
    if (*rc::gen::arbitrary<bool>()) made.debtor_bankgiro = "9912346";
    made.payments.clear();
    const auto count = *rc::gen::inRange<std::size_t>(1, 12);
    for (std::size_t i = 0; i < count; ++i)
        made.payments.push_back(any_payment(i, profile));
    return made;
}

RC_GTEST_PROP(pain_property, batches_are_read_as_they_were_written, ()) {
    const bank_profile profile = any_profile();
    const batch item = any_batch(profile);
    const auto made = write(item, profile, never_used);
    RC_ASSERT(made.has_value());
    RC_ASSERT(made->accepted());
    RC_ASSERT(made->replaced.empty());
    RC_ASSERT(write(item, profile, never_used)->bytes == made->bytes);
    std::vector<payment> read_back = payments_in(made->bytes);
    // The file has its own order.
    const auto by_id = [](const payment& a, const payment& b) {
        return std::pair(a.id.size(), a.id) < std::pair(b.id.size(), b.id);
    };
    std::sort(read_back.begin(), read_back.end(), by_id);
    RC_ASSERT(read_back == item.payments);
    read_options options;
    options.limits = {profile.max_name, true, profile.max_text, profile.creditor_address};
    const initiation_file file = read(made->bytes, options);
    RC_ASSERT(file.findings.total() == 0u);
    RC_ASSERT(file.id == item.message_id);
}

RC_GTEST_PROP(pain_property, a_batch_with_any_text_is_written_or_named, ()) {
    const bank_profile profile = any_profile();
    batch item = any_batch(profile);
    payment& one = item.payments[*rc::gen::inRange<std::size_t>(0, item.payments.size())];
    one.creditor_name = *rc::gen::arbitrary<std::string>();
    one.account.number = *rc::gen::arbitrary<std::string>();
    one.ocr = *rc::gen::arbitrary<std::string>();
    const auto made = write(item, profile, never_used);
    RC_ASSERT(made.has_value());
    RC_ASSERT(made->accepted() != made->bytes.empty());
    RC_ASSERT(made->accepted() || !made->holds.empty());
}

RC_GTEST_PROP(pain_property, damaged_documents_are_read, ()) {
    const bank_profile profile = any_profile();
    std::string bytes = write(any_batch(profile), profile, never_used)->bytes;
    const auto changes = *rc::gen::inRange(1, 6);
    for (int i = 0; i < changes; ++i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
        if (*rc::gen::arbitrary<bool>())
            bytes[at] = *rc::gen::element('<', '>', '/', '0', 'x', '\xC3', '\0');
        else
            bytes.erase(at, *rc::gen::inRange<std::size_t>(1, 40));
    }
    const initiation_file file = read(bytes);
    RC_ASSERT(file.accepted() == (file.findings.count(severity::error) == 0));
    RC_ASSERT(!read_status_report(bytes).accepted());
}

}  // namespace
}  // namespace brygga::pain
