#include "formats/bankgirot/supplier_payment/invented_orders.hpp"

#include <array>
#include <cassert>

#include <fmt/format.h>

#include "formats/bankgirot/supplier_payment/layout.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/bankgiro.hpp"

namespace brygga::supplier_payment::detail {

namespace {

using invented::with_check_digit;

constexpr std::size_t person_count = 400;
constexpr std::size_t flush_bytes = std::size_t{256} << 10;
constexpr std::size_t line_bytes = layouts::width + 2;
constexpr std::array<std::string_view, 3> payers{"9912346", "59990119", "5999024"};

constexpr std::array fates{fate::paid, fate::rejected, fate::paid, fate::waits, fate::paid, fate::paid, fate::paid,
                           fate::paid, fate::rejected, fate::paid, fate::paid,  fate::paid, fate::paid, fate::waits,
                           fate::paid, fate::paid,     fate::paid, fate::paid,  fate::paid, fate::paid};

std::string without_blanks(std::string text) {
    std::erase(text, ' ');
    return text;
}

// Accounts of a bank whose test is modulus 10 over ten digits (9180 to 9189).
std::vector<person> people(std::uint64_t seed) {
    std::vector<person> out;
    invented::random_numbers random(seed ^ 0x4C42u);
    for (const invented::payer& each : invented::payers(seed, person_count)) {
        person& made = out.emplace_back();
        made.account = {fmt::format("918{}", random.below(10)),
                        with_check_digit(fmt::format("9{:08}", random.below(100'000'000)))};
        made.address = {each.name, each.extra_name, each.street, without_blanks(each.postcode), each.town};
        made.plusgiro = with_check_digit(fmt::format("{}", 1000 + random.below(900'000)));
    }
    return out;
}

// What is invented is such that nothing of it is refused.
template <class Outcome>
void must([[maybe_unused]] const Outcome& done) {
    assert(done.has_value());
}

}  // namespace

fate fate_of(std::uint64_t seed, std::uint64_t index) noexcept {
    const std::uint64_t block = index / fates.size();
    invented::random_numbers random((seed + 1) * 0xD1B54A32D192ED03u ^ block);
    const std::uint64_t turned = block == 0 ? 0 : random.below(fates.size());
    return fates[(index + turned) % fates.size()];
}

set_days::set_days(date day)
    : sent_on(day),
      paid_on(add_bank_days(day, 2)),
      waits_until(add_bank_days(paid_on, 5)),
      unreasonable_on(add_bank_days(paid_on, 200)) {
    sent = format_yymmdd(day);
    at_once = rejected = format_yymmdd(next_bank_day(day, false));
    paid = format_yymmdd(paid_on);
    unreasonable = format_yymmdd(unreasonable_on);
    earlier = format_yymmdd(add_days(day, -30));
    used_earlier = format_yymmdd(previous_bank_day(add_days(day, -20), true));
    earlier_until = format_yymmdd(add_days(paid_on, 20));
}

result<std::vector<std::string>> payees_of(const generate_settings& what) {
    std::vector<std::string> out;
    for (const std::string& each : what.receivers) {
        const auto digits = normalise_bankgiro(each);
        if (!digits || !bankgiro_valid(*digits))
            return fail(error_code::invalid_argument, fmt::format("'{}' is no bankgiro number with a valid check digit", each));
        out.push_back(*digits);
    }
    for (unsigned i = 0; what.receivers.empty() && i < 20; ++i)
        out.push_back(with_check_digit(fmt::format("5999{:03}", 100 + 7 * i)));
    return out;
}

std::string_view payer_of(std::uint64_t section) noexcept {
    return payers[section % payers.size()];
}

order_maker::order_maker(std::uint64_t seed, std::uint32_t bad_percent, const std::vector<std::string>& payees,
                         const set_days& days)
    : payees_(payees), days_(days), seed_(seed), random_(seed), bad_(bad_percent), people_(people(seed)) {}

void order_maker::section(std::uint64_t items, const output& to) {
    writer out({.written = days_.sent_on, .bankgiro = std::string(payer_of(sections_++))});
    std::string& bytes = out.bytes();
    section_out opening;
    opening.reference_heading = "REFERENS";
    opening.amount_heading = "BELOPP";
    must(out.open(opening));
    deductible_ore_ = 0;
    for (std::uint64_t left = items; left != 0; --left) {
        item(out);
        if (bytes.size() < flush_bytes) continue;
        to(bytes);
        bytes.clear();
    }
    must(out.close());
    to(bytes);
}

void order_maker::item(writer& out) {
    const bool bad = bad_.next();
    const std::uint64_t index = items_++;
    const std::uint64_t choice = bad ? 0 : random_.below(100);
    if (!bad && choice < 5 && deductible_ore_ > 1) return deduction(out);
    fate_ = bad ? fate::paid : fate_of(seed_, index);
    if (bad) {
        invoice(out);
        char& check_digit = out.bytes()[out.bytes().size() - line_bytes + 11];
        check_digit = check_digit == '9' ? '0' : static_cast<char>(check_digit + 1);
        deductible_ore_ = 0;
        return;
    }
    if (choice < 10) return credit(out);
    if (choice < 15) return plusgiro(out);
    if (choice < 40) return invoice(out);
    refund(out, choice < 45);
}

void order_maker::fill(payment_out& item, std::string_view kind) {
    item.amount_ore = static_cast<std::int64_t>(100 + random_.below(2'000'000));
    item.own_reference = fmt::format("{}-{:07}", kind, items_);
    item.pays.day = fate_ == fate::waits ? days_.waits_until : days_.paid_on;
}

void order_maker::may_be_deducted_from(const payment_out& item) {
    deductible_ore_ = item.amount_ore;
    deductible_day_ = item.pays;
}

void order_maker::refund(writer& out, bool with_advice) {
    const person& to = people_[random_.below(people_.size())];
    to_account_out item;
    fill(item, "REFUND");
    item.reference = fmt::format("KREDIT {}", 10'000'000 + random_.below(90'000'000));
    item.account = to.account;
    item.statement_text = "ÅTERBET";
    if (with_advice) {
        item.address = to.address;
        if (fate_ == fate::rejected) item.address.postcode = no_postcode;
        item.advice.emplace_back(invented::remittance_texts()[random_.below(invented::remittance_texts().size())]);
    }
    must(out.to_account(item));
    may_be_deducted_from(item);
}

void order_maker::invoice(writer& out) {
    to_bankgiro_out item;
    fill(item, "LEV");
    item.reference = invented::ocr_reference(10'000'000 + random_.below(90'000'000));
    item.bankgiro = payees_[random_.below(payees_.size())];
    item.ocr.level = ocr_level::variable_length;
    if (fate_ == fate::rejected && item.amount_ore % 2 == 0) item.pays.day = days_.unreasonable_on;
    must(out.to_bankgiro(item));
    may_be_deducted_from(item);
}

void order_maker::plusgiro(writer& out) {
    to_plusgiro_out item;
    fill(item, "LEV");
    if (fate_ == fate::rejected) item.pays.day = days_.unreasonable_on;
    if (fate_ == fate::paid && random_.chance(10)) item.pays = {.day = std::nullopt, .at_once = true};
    item.reference = fmt::format("FAKTURA {}", random_.below(100'000));
    item.plusgiro = people_[random_.below(people_.size())].plusgiro;
    if (random_.chance(20)) item.advice.emplace_back("AVTAL 7001");
    must(out.to_plusgiro(item));
    deductible_ore_ = 0;
}

// Some are more than is paid to their payee.
void order_maker::credit(writer& out) {
    credit_out item;
    fill(item, "LEV");
    item.pays = {};
    if (item.amount_ore % 2 != 0) item.amount_ore = item.amount_ore / 10 + 1;
    item.reference = invented::ocr_reference(10'000'000 + random_.below(90'000'000));
    item.bankgiro = payees_[random_.below(payees_.size())];
    item.last_day = add_days(days_.paid_on, 30);
    must(out.credit(item));
    deductible_ore_ = 0;
}

void order_maker::deduction(writer& out) {
    credit_out item;
    item.kind = credit_kind::deduction;
    fill(item, "AVG");
    item.amount_ore = deductible_ore_ / 2;
    item.pays = deductible_day_;
    item.reference = "AVGÅR AVGIFT";
    must(out.credit(item));
    deductible_ore_ -= item.amount_ore;
}

}  // namespace brygga::supplier_payment::detail
