#include "formats/iso20022/pain/generator.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <fmt/format.h>

#include "formats/core/bank_account.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/iban.hpp"
#include "formats/invented/payers.hpp"
#include "formats/iso20022/pain/detail/answer.hpp"
#include "formats/iso20022/pain/writer.hpp"

namespace brygga::pain {

namespace {

using invented::random_numbers;

constexpr std::size_t payee_count = 400;
constexpr int payment_days = 3;
constexpr date default_day{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};
constexpr std::string_view own_bankgiro = "9912346";
constexpr std::string_view own_bankgiro_with_a_wrong_digit = "9912347";

struct bank {
    std::string_view clearing;
    std::size_t digits;  // of its accounts
};
// One for each test of account numbers.
constexpr std::array<bank, 4> banks = {{{"5491", 7}, {"4000", 7}, {"9180", 10}, {"6000", 9}}};
constexpr bank lenient_bank = {"8105", 10};  // has older accounts that fail the test

std::string with_check_digit(std::string body) {
    body += *modulus_10_digit(body);
    return body;
}

class batch_source {
 public:
    batch_source(const generate_settings& what, date day)
        : what_(what),
          day_(day),
          payees_(invented::payers(what.seed, payee_count)),
          random_(what.seed ^ (serial_of(day) << 20)) {}

    batch next() {
        batch made;
        made.message_id = fmt::format("BRYGGA-{}-{}", format_ccyymmdd(day_), what_.seed % 1'000'000);
        made.created = format_iso_date(day_) + "T10:00:00";
        made.initiator_name = made.debtor_name = "Övningsbygdens Energi AB";
        made.initiator_id = with_check_digit("559900001");
        made.account = {debit_form::iban, swedish_iban("50000000054910000003")};
        made.debtor_bankgiro = own_bankgiro;
        made.agent_bic = "XXXXSESS";
        for (std::uint64_t i = 0; i < what_.count; ++i) {
            const bool bad = (i + 1) * what_.bad_percent / 100 != i * what_.bad_percent / 100;
            made.payments.push_back(payment_of(i, bad));
        }
        return made;
    }

    // To our own bankgiro, so that it stands out.
    pain::payment one_more() {
        pain::payment made = payment_of(what_.count, false);
        made.account = {account_kind::bankgiro, {}, std::string(own_bankgiro)};
        made.purpose = category_purpose::none;
        return made;
    }

 private:
    [[nodiscard]] static std::uint64_t serial_of(date day) noexcept {
        return static_cast<std::uint64_t>(std::chrono::sys_days(day).time_since_epoch().count());
    }
    [[nodiscard]] std::uint64_t number() noexcept { return 10'000'000 + random_.below(90'000'000); }

    static std::string swedish_iban(const std::string& own_part) { return "SE" + *iban_check_digits("SE", own_part) + own_part; }

    pain::payment payment_of(std::uint64_t index, bool bad) {
        const invented::payer& payee = payees_[random_.below(payees_.size())];
        pain::payment made;
        made.id = fmt::format("REFUND-{}-{:07}", format_ccyymmdd(day_), index + 1);
        made.amount_ore = static_cast<std::int64_t>(5'000 + random_.below(payee.company ? 5'000'000 : 500'000));
        made.execution_date = add_bank_days(day_, 1 + static_cast<int>(random_.below(payment_days)));
        made.creditor_name = payee.name;
        const bool salary = !payee.company && random_.chance(10);
        if (salary) made.purpose = category_purpose::salary;
        made.account = payee.company ? account_of_company(payee) : account_of_person();
        if (bad) made.account = bank_account_of(lenient_bank, account_verdict::doubtful);
        if (payee.company && random_.chance(80))
            made.ocr = invented::ocr_reference(number());
        else if (!salary)
            made.text = fmt::format("{} {}", payee.company ? "Faktura" : "Slutavräkning", number());
        return made;
    }

    creditor_account account_of_company(const invented::payer& payee) {
        if (random_.chance(70)) return {account_kind::bankgiro, {}, payee.bankgiro};
        return {account_kind::plusgiro, {}, with_check_digit(fmt::format("99{:04}", random_.below(10'000)))};
    }

    creditor_account account_of_person() {
        if (random_.chance(30))
            return {account_kind::iban, {}, swedish_iban(fmt::format("5000000099{:010}", random_.below(10'000'000'000)))};
        return bank_account_of(banks[random_.below(banks.size())], account_verdict::valid);
    }

    // Begins with 99, as nobody's personal number does.
    creditor_account bank_account_of(const bank& at, account_verdict wanted) {
        std::string account;
        do {
            account = "99";
            while (account.size() < at.digits)
                account += static_cast<char>('0' + random_.below(10));
        } while (test_account({std::string(at.clearing), account}) != wanted);
        return {account_kind::bank_account, std::string(at.clearing), account};
    }

    const generate_settings& what_;
    date day_;
    std::vector<invented::payer> payees_;
    random_numbers random_;
};

result<std::vector<rule>> rules_to_break(message_kind kind, const std::vector<std::string>& ids) {
    std::vector<rule> out;
    for (const std::string& each : ids) {
        const auto known = std::find_if(rules().begin(), rules().end(), [&](const rule_info& row) { return row.id == each; });
        if (known == rules().end()) return fail(error_code::invalid_argument, fmt::format("no rule is called {}", each));
        const auto which = static_cast<rule>(known->index);
        if (which == rule::R03 || (which == rule::R02 && kind == message_kind::status_report))
            return fail(error_code::invalid_argument, fmt::format("no single {} can break {}", format_id(kind), each));
        out.push_back(which);
    }
    return out;
}

// What a message to make must have beside rules to break.
result<void> check(message_kind kind, const generate_settings& what, date day) {
    const auto refuse = [](std::string text) { return fail(error_code::invalid_argument, std::move(text)); };
    if (what.count > max_generated_items) return refuse(fmt::format("at most {} payments in one message", max_generated_items));
    if (what.count == 0) return refuse(fmt::format("a {} has at least one payment", format_id(kind)));
    if (what.bad_percent > 100) return refuse("at most 100 percent of the payments can be bad");
    if (!what.receivers.empty())
        return refuse(fmt::format("a {} pays to nobody of ours: it takes no receivers", format_id(kind)));
    if (what.test_file) return refuse(fmt::format("a {} cannot be marked as a test", format_id(kind)));
    if (static_cast<int>(day.year()) < 1997 || static_cast<int>(day.year()) > 9998)
        return refuse("the day must lie between 1997 and 9998");
    return {};
}

std::string written_by_the_writer(const batch& item) {
    auto made = write(item, {}, [](std::string_view) { return std::optional<std::string>(); });
    assert(made && made->accepted());
    return std::move(made->bytes);
}

void break_sum(std::string& bytes) {
    constexpr std::string_view tag = "<CtrlSum>";
    char& last = bytes[bytes.find('<', bytes.find(tag) + tag.size()) - 1];
    last = last == '9' ? '0' : static_cast<char>(last + 1);
}

void break_account(std::string& bytes, std::string_view id) {
    bytes.replace(bytes.find(own_bankgiro, bytes.find(id)), own_bankgiro.size(), own_bankgiro_with_a_wrong_digit);
}

}  // namespace

result<void> generate(message_kind kind, const generate_settings& what, const output& to) {
    const date day = what.day.ok() ? what.day : default_day;
    if (const auto sound = check(kind, what, day); !sound) return sound;
    const auto faults = rules_to_break(kind, what.faults);
    if (!faults) return tl::unexpected(faults.error());
    const auto breaks = [&](rule which) { return std::find(faults->begin(), faults->end(), which) != faults->end(); };
    batch_source source(what, day);
    batch order = source.next();
    if (kind == message_kind::status_report) {
        detail::answer(written_by_the_writer(order), {what.seed, !breaks(rule::R01)}, to);
        return {};
    }
    if (breaks(rule::R02)) order.payments.push_back(source.one_more());
    std::string bytes = written_by_the_writer(order);
    if (breaks(rule::R02)) break_account(bytes, order.payments.back().id);
    if (breaks(rule::R01)) break_sum(bytes);
    to(bytes);
    return {};
}

}  // namespace brygga::pain
