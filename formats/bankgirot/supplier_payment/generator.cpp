#include "formats/bankgirot/supplier_payment/generator.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <fmt/format.h>

#include "formats/bankgirot/supplier_payment/faults.hpp"
#include "formats/bankgirot/supplier_payment/writer.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/invented/payers.hpp"

namespace brygga::supplier_payment {

namespace {

using invented::random_numbers;

constexpr std::uint64_t section_items = 10'000;
constexpr std::uint64_t least_sections = 3;  // of a file that has payments enough
constexpr std::size_t person_count = 400;
constexpr std::size_t flush_bytes = std::size_t{256} << 10;
constexpr std::size_t line_bytes = 82;
constexpr std::array senders{"9912346", "59990119", "5999024"};

struct person {
    bank_account account;
    postal_address address;
    std::string plusgiro;
};

std::string with_check_digit(std::string body) {
    body += modulus_10_digit(body).value_or('0');
    return body;
}

std::string without_blanks(std::string text) {
    std::erase(text, ' ');
    return text;
}

// Accounts of a bank whose test is modulus 10 over ten digits (9180 to 9189).
std::vector<person> people(std::uint64_t seed) {
    std::vector<person> out;
    random_numbers random(seed ^ 0x4C42u);
    for (const invented::payer& each : invented::payers(seed, person_count)) {
        person& made = out.emplace_back();
        made.account = {fmt::format("918{}", random.below(10)),
                        with_check_digit(fmt::format("9{:08}", random.below(100'000'000)))};
        made.address = {each.name, each.extra_name, each.street, without_blanks(each.postcode), each.town};
        made.plusgiro = with_check_digit(fmt::format("{}", 1000 + random.below(900'000)));
    }
    return out;
}

// Those that are wished for, or invented ones.
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

class file_generator {
 public:
    file_generator(const generate_settings& what, std::vector<std::string> payees, const std::vector<rule>& faults, date day,
                   const output& to)
        : what_(what),
          payees_(std::move(payees)),
          faults_(faults),
          day_(day),
          pays_(add_bank_days(day, 2)),
          to_(to),
          random_(what.seed),
          people_(people(what.seed)) {}

    void run() {
        const std::uint64_t spread = (what_.count + least_sections - 1) / least_sections;
        const std::uint64_t size = std::clamp<std::uint64_t>(spread, 1, section_items);
        for (std::uint64_t done = 0; done < what_.count; done += size)
            section(std::min(size, what_.count - done));
        for (const rule broken : faults_)
            to_(fault_section(broken, day_, pays_));
    }

 private:
    void section(std::uint64_t items) {
        writer out({.written = day_, .bankgiro = senders[sections_++ % senders.size()]});
        std::string& bytes = out.bytes();
        section_out opening;
        opening.reference_heading = "REFERENS";
        opening.amount_heading = "BELOPP";
        must(out.open(opening));
        deductible_ore_ = 0;
        for (std::uint64_t left = items; left != 0; --left) {
            item(out);
            if (bytes.size() < flush_bytes) continue;
            to_(bytes);
            bytes.clear();
        }
        must(out.close());
        to_(bytes);
    }

    // The settings that reach here are such that nothing is refused.
    template <class Outcome>
    static void must(const Outcome& done) {
        assert(done.has_value());
        static_cast<void>(done);
    }

    // Spread evenly: item n is bad when it makes the share of bad ones reach the percentage.
    bool next_is_bad() noexcept {
        const std::uint64_t before = items_ * what_.bad_percent / 100;
        return ++items_ * what_.bad_percent / 100 != before;
    }

    void item(writer& out) {
        if (next_is_bad()) {
            invoice(out);
            char& check_digit = out.bytes()[out.bytes().size() - line_bytes + 11];
            check_digit = check_digit == '9' ? '0' : static_cast<char>(check_digit + 1);
            deductible_ore_ = 0;
            return;
        }
        const std::uint64_t choice = random_.below(100);
        if (choice < 5 && deductible_ore_ > 1) return deduction(out);
        if (choice < 10) return credit(out);
        if (choice < 15) return plusgiro(out);
        if (choice < 40) return invoice(out);
        refund(out, choice < 45);
    }

    void fill(payment_out& item, std::string_view kind) {
        item.amount_ore = static_cast<std::int64_t>(100 + random_.below(2'000'000));
        item.own_reference = fmt::format("{}-{:07}", kind, items_);
    }

    void refund(writer& out, bool with_advice) {
        const person& to = people_[random_.below(people_.size())];
        to_account_out item;
        fill(item, "REFUND");
        item.pays.day = pays_;
        item.reference = fmt::format("KREDIT {}", 10'000'000 + random_.below(90'000'000));
        item.account = to.account;
        item.statement_text = "ÅTERBET";
        if (with_advice) {
            item.address = to.address;
            item.advice.emplace_back(invented::remittance_texts()[random_.below(invented::remittance_texts().size())]);
        }
        must(out.to_account(item));
        deductible_ore_ = item.amount_ore;
    }

    void invoice(writer& out) {
        to_bankgiro_out item;
        fill(item, "LEV");
        item.pays.day = pays_;
        item.reference = invented::ocr_reference(10'000'000 + random_.below(90'000'000));
        item.bankgiro = payees_[random_.below(payees_.size())];
        item.ocr.level = ocr_level::variable_length;
        must(out.to_bankgiro(item));
        deductible_ore_ = item.amount_ore;
    }

    void plusgiro(writer& out) {
        to_plusgiro_out item;
        fill(item, "LEV");
        item.pays.at_once = random_.chance(10);
        if (!item.pays.at_once) item.pays.day = pays_;
        item.reference = fmt::format("FAKTURA {}", random_.below(100'000));
        item.plusgiro = people_[random_.below(people_.size())].plusgiro;
        if (random_.chance(20)) item.advice.emplace_back("AVTAL 7001");
        must(out.to_plusgiro(item));
        deductible_ore_ = 0;
    }

    void credit(writer& out) {
        credit_out item;
        fill(item, "LEV");
        item.amount_ore = item.amount_ore / 10 + 1;
        item.reference = invented::ocr_reference(10'000'000 + random_.below(90'000'000));
        item.bankgiro = payees_[random_.below(payees_.size())];
        item.last_day = add_days(pays_, 30);
        must(out.credit(item));
        deductible_ore_ = 0;
    }

    void deduction(writer& out) {
        credit_out item;
        item.kind = credit_kind::deduction;
        fill(item, "AVG");
        item.amount_ore = deductible_ore_ / 2;
        item.pays.day = pays_;
        item.reference = "AVGÅR AVGIFT";
        must(out.credit(item));
        deductible_ore_ -= item.amount_ore;
    }

    const generate_settings& what_;
    std::vector<std::string> payees_;
    const std::vector<rule>& faults_;
    date day_, pays_;
    const output& to_;
    random_numbers random_;
    std::vector<person> people_;
    std::uint64_t sections_ = 0, items_ = 0;
    std::int64_t deductible_ore_ = 0;  // of the payment before
};

}  // namespace

result<void> generate(const generate_settings& what, const output& to) {
    constexpr int first_year = 1970, last_year = 2068;
    const date day = what.day.ok() ? what.day : default_generated_day;
    if (what.count > max_generated_items)
        return fail(error_code::limit_exceeded, fmt::format("at most {} items in a generated file", max_generated_items));
    if (what.bad_percent > 100) return fail(error_code::invalid_argument, "at most 100 percent of the items can be bad");
    if (static_cast<int>(day.year()) < first_year || static_cast<int>(day.year()) > last_year)
        return fail(error_code::invalid_argument, "the day of an LB file is of 1970 to 2068");
    auto payees = payees_of(what);
    if (!payees) return tl::unexpected(payees.error());
    const auto broken = parse_faults(what.faults);
    if (!broken) return tl::unexpected(broken.error());
    if (what.count == 0 && broken->empty()) return fail(error_code::invalid_argument, "an LB file has at least one payment");
    file_generator(what, *std::move(payees), *broken, day, to).run();
    return {};
}

}  // namespace brygga::supplier_payment
