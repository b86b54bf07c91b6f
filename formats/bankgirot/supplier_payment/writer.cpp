#include "formats/bankgirot/supplier_payment/writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/supplier_payment/layout.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/plusgiro.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::supplier_payment {

namespace {

constexpr std::string_view at_once = "GENAST";

tl::unexpected<refusal> refuse(rule broken, std::string_view field, std::string expected) {
    return tl::unexpected<refusal>(refusal{broken, field, std::move(expected)});
}

bool is_control(char c) noexcept {
    const auto code = static_cast<unsigned char>(c);
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

// LB-R12: the bytes of a text; those of ASCII lie where they are, others in `kept`. More than `width` is cut where `cut` counts
// it.
tl::expected<encoded_text, refusal> text(std::string_view field, std::string_view utf8, std::size_t width, std::string& kept,
                                         std::uint32_t* cut = nullptr) {
    std::string_view bytes = utf8;
    if (!is_ascii(utf8)) {
        auto encoded = from_utf8(utf8, encoding::iso_8859_1);
        if (!encoded) return refuse(rule::R12, field, "characters of ISO 8859-1");
        kept = *std::move(encoded);
        bytes = kept;
    }
    if (std::any_of(bytes.begin(), bytes.end(), is_control)) return refuse(rule::R12, field, "no control characters");
    if (bytes.size() > width) {
        if (cut == nullptr) return refuse(rule::R12, field, fmt::format("at most {} characters", width));
        ++*cut;
        bytes = bytes.substr(0, width);
    }
    return encoded_text{bytes, encoding::iso_8859_1};
}

// å to þ become Å to Þ; ÿ and ß have no capital in ISO 8859-1.
char capital(char c) noexcept {
    const auto code = static_cast<unsigned char>(c);
    const bool small = (c >= 'a' && c <= 'z') || (code >= 0xE0 && code <= 0xFE && code != 0xF7);
    return small ? static_cast<char>(code - 0x20) : c;
}

tl::expected<encoded_text, refusal> capitals(std::string_view field, std::string_view utf8, std::size_t width,
                                             std::string& kept) {
    const auto plain = text(field, utf8, width, kept);
    if (!plain) return plain;
    kept.assign(plain->bytes);
    std::transform(kept.begin(), kept.end(), kept.begin(), capital);
    return encoded_text{kept, encoding::iso_8859_1};
}

std::string day_text(const std::optional<date>& day) {
    return day ? format_yymmdd(*day) : std::string();
}

// Two digits of the year mean these.
bool is_writable(const date& day) noexcept {
    constexpr int first_year = 1970, last_year = 2069;
    return day.ok() && static_cast<int>(day.year()) >= first_year && static_cast<int>(day.year()) <= last_year;
}

bool is_required(ocr_level level) noexcept {
    switch (level) {
        case ocr_level::none:
        case ocr_level::soft:
            return false;
        case ocr_level::hard:
        case ocr_level::variable_length:
        case ocr_level::fixed_length:
            return true;
    }
    return false;
}

bool is_refused(account_verdict verdict) noexcept {
    return verdict == account_verdict::length || verdict == account_verdict::all_zeros || verdict == account_verdict::check_digit;
}

// Name and address as records; the bytes live in `kept`.
struct address_texts {
    std::string kept[4];
    name_record name;
    address_record address;
};

outcome fill(const postal_address& from, address_texts& into) {
    if (from.name.empty() || from.street.empty() || from.town.empty())
        return refuse(rule::R04, "address", "name, street, postcode and town");
    if (from.postcode.size() != 5 || !layout::all_digits(from.postcode)) return refuse(rule::R13, "postcode", "5 digits");
    const auto name = capitals("name", from.name, 35, into.kept[0]);
    if (!name) return tl::unexpected(name.error());
    const auto extra = capitals("extra", from.extra, 33, into.kept[1]);
    if (!extra) return tl::unexpected(extra.error());
    const auto street = text("street", from.street, 35, into.kept[2]);
    if (!street) return tl::unexpected(street.error());
    const auto town = text("town", from.town, 20, into.kept[3]);
    if (!town) return tl::unexpected(town.error());
    into.name = {{}, *name, *extra};
    into.address = {{}, *street, from.postcode, *town};
    return {};
}

}  // namespace

// What a payment says, ready to be written.
struct writer::texts {
    std::string kept[2];
    std::vector<std::string> kept_advice;
    encoded_text reference, own_reference;
    std::vector<encoded_text> advice;
    std::string day;
    std::uint32_t cut_advice = 0;

    [[nodiscard]] outcome add_advice(const std::vector<std::string>& lines, std::size_t width) {
        kept_advice.resize(lines.size());
        for (std::size_t i = 0; i != lines.size(); ++i) {
            const auto line = text("advice", lines[i], width, kept_advice[i], &cut_advice);
            if (!line) return tl::unexpected(line.error());
            advice.push_back(*line);
        }
        return {};
    }
};

std::string payout_number_field(std::uint32_t five_digits) {
    std::string number = fmt::format("{:05}", five_digits);
    number += modulus_10_digit(number).value_or('0');  // five digits have one
    return "0000" + number;
}

writer::writer(sender from) : from_(std::move(from)), bankgiro_(bankgiro_field(from_.bankgiro)) {}

template <class Layout>
void writer::write(const typename Layout::value_type& record) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + layouts::width + 2, '\n');
    bytes_[at + layouts::width] = '\r';
    Layout::write(bytes_.data() + at, record);
}

// LB-R06.
outcome writer::day_fits(std::string_view field, const date& day) const {
    if (!is_writable(day)) return refuse(rule::R20, field, "a date of 1970 to 2069");
    if (day < from_.written) return refuse(rule::R06, field, "a day that is not in the past");
    if (!is_bank_day(day)) return refuse(rule::R06, field, "a bank day");
    return {};
}

outcome writer::day_of(const payment_day& pays, std::string& into) const {
    if (pays.day && pays.at_once) return refuse(rule::R06, "day", "a day or at once, not both");
    const bool says = pays.day || pays.at_once;
    if (says == section_has_day_)
        return refuse(rule::R06, "day", says ? "none, for the section has one" : "one, for the section has none");
    into = pays.at_once ? std::string(at_once) : day_text(pays.day);
    return pays.day ? day_fits("day", *pays.day) : outcome();
}

outcome writer::open(const section_out& section) {
    if (open_) return refuse(rule::R01, "section", "close() before the next section");
    if (!bankgiro_valid(from_.bankgiro)) return refuse(rule::R03, "bankgiro", "a bankgiro number with its check digit");
    section_has_day_ = false;
    if (!is_writable(from_.written)) return refuse(rule::R20, "written", "a date of 1970 to 2069");
    std::string day;
    if (section.pays.day || section.pays.at_once)
        if (auto ok = day_of(section.pays, day); !ok) return ok;
    std::string kept[3];
    const auto fixed = text("fixed_text", section.fixed_text, 50, kept[0]);
    if (!fixed) return tl::unexpected(fixed.error());
    const auto reference = text("reference_heading", section.reference_heading, 25, kept[1]);
    if (!reference) return tl::unexpected(reference.error());
    const auto amount = text("amount_heading", section.amount_heading, 12, kept[2]);
    if (!amount) return tl::unexpected(amount.error());
    if (section.fixed_text_until && !is_writable(*section.fixed_text_until))
        return refuse(rule::R20, "fixed_text_until", "a date of 1970 to 2069");

    const std::string written = format_yymmdd(from_.written);
    const encoded_text title{"LEVERANT\xD6RSBETALNINGAR", encoding::iso_8859_1};
    write<layouts::opening>({bankgiro_, written, title, day, ' ', "SEK"});
    if (!fixed->empty()) write<layouts::fixed_text>({*fixed, day_text(section.fixed_text_until)});
    if (!reference->empty() || !amount->empty()) write<layouts::heading>({*reference, *amount});
    open_ = true;
    section_has_day_ = !day.empty();
    payments_ = 0;
    net_ore_ = {};
    last_payee_.clear();
    numbers_.clear();
    payable_ore_.clear();
    return {};
}

outcome writer::common(const payment_out& item, std::int64_t signed_ore, texts& into) const {
    if (!open_) return refuse(rule::R01, "section", "open() before its payments");
    if (item.amount_ore <= 0 || item.amount_ore > largest_amount_ore)
        return refuse(rule::R07, "amount_ore", "more than zero, at most 12 digits");
    ore_sum net = net_ore_;
    net += signed_ore;
    const auto sum = net.value();
    if (!sum || *sum > largest_amount_ore || *sum < -largest_amount_ore || payments_ == max_section_payments)
        return refuse(rule::R02, "section", "a sum of at most 12 digits, of at most 8 digits of payments: begin another section");
    const auto reference = text("reference", item.reference, 25, into.kept[0]);
    if (!reference) return tl::unexpected(reference.error());
    const auto own = text("own_reference", item.own_reference, 20, into.kept[1]);
    if (!own) return tl::unexpected(own.error());
    into.reference = *reference;
    into.own_reference = *own;
    return {};
}

template <class Payment, class Text>
written_payment writer::finish(const texts& from, const std::string& payee, std::int64_t amount_ore, std::int64_t signed_ore) {
    payment_record record;
    record.payee = payee;
    record.reference = from.reference;
    record.amount_ore = amount_ore;
    record.day = from.day;
    record.own_reference = from.own_reference;
    write<Payment>(record);
    for (const encoded_text& line : from.advice)
        write<Text>({payee, line});
    ++payments_;
    net_ore_ += signed_ore;
    last_payee_ = payee;
    return {payee, from.cut_advice};
}

payment_outcome writer::to_bankgiro(const to_bankgiro_out& item) {
    texts ready;
    if (auto ok = common(item, item.amount_ore, ready); !ok) return tl::unexpected(ok.error());
    if (auto ok = day_of(item.pays, ready.day); !ok) return tl::unexpected(ok.error());
    if (!bankgiro_valid(item.bankgiro)) return refuse(rule::R03, "bankgiro", "a bankgiro number with its check digit");
    if (is_required(item.ocr.level) && ocr::validate(item.reference, item.ocr) != ocr_verdict::valid)
        return refuse(rule::R08, "reference", "an OCR reference as the payee's bankgiro requires");
    if (auto ok = ready.add_advice(item.advice, 50); !ok) return tl::unexpected(ok.error());
    const std::string payee = bankgiro_field(item.bankgiro);
    payable_ore_[payee] += item.amount_ore;
    return finish<layouts::payment, layouts::information>(ready, payee, item.amount_ore, item.amount_ore);
}

payment_outcome writer::to_plusgiro(const to_plusgiro_out& item) {
    texts ready;
    if (auto ok = common(item, item.amount_ore, ready); !ok) return tl::unexpected(ok.error());
    if (auto ok = day_of(item.pays, ready.day); !ok) return tl::unexpected(ok.error());
    if (!plusgiro_valid(item.plusgiro)) return refuse(rule::R03, "plusgiro", "a plusgiro number with its check digit");
    if (auto ok = ready.add_advice(item.advice, 35); !ok) return tl::unexpected(ok.error());
    auto done = finish<layouts::plusgiro_payment, layouts::plusgiro_information>(ready, plusgiro_field(item.plusgiro),
                                                                                 item.amount_ore, item.amount_ore);
    last_payee_.clear();  // no deductions
    return done;
}

// LB-R05: a number for each recipient.
tl::expected<std::string, refusal> writer::payout_number(const std::string& recipient) {
    const auto known = numbers_.find(recipient);
    if (known != numbers_.end()) return payout_number_field(known->second);
    if (numbers_.size() == max_payout_numbers)
        return refuse(rule::R05, "payee", fmt::format("at most {} recipients in a section", max_payout_numbers));
    const auto number = static_cast<std::uint32_t>(numbers_.size() + 1);
    numbers_.emplace(recipient, number);
    return payout_number_field(number);
}

// TK40, TK26, TK27 and TK14 in this order (LB-R04).
payment_outcome writer::to_person(const payment_out& item, const postal_address& address, const account_record* account,
                                  std::string_view recipient) {
    texts ready;
    if (auto ok = common(item, item.amount_ore, ready); !ok) return tl::unexpected(ok.error());
    if (auto ok = day_of(item.pays, ready.day); !ok) return tl::unexpected(ok.error());
    if (auto ok = ready.add_advice(item.advice, 50); !ok) return tl::unexpected(ok.error());
    address_texts postal;
    const bool needs_address = account == nullptr || !item.advice.empty() || !address.empty();
    if (needs_address)
        if (auto ok = fill(address, postal); !ok) return tl::unexpected(ok.error());
    std::string key(recipient);
    if (needs_address)
        for (const encoded_text* part : {&postal.name.name, &postal.name.extra, &postal.address.street, &postal.address.town})
            key.append(1, '\n').append(part->bytes);
    if (needs_address) key.append(1, '\n').append(address.postcode);
    const auto payee = payout_number(key);
    if (!payee) return tl::unexpected(payee.error());
    if (account != nullptr) {
        account_record record = *account;
        record.payee = *payee;
        write<layouts::account>(record);
    }
    if (needs_address) {
        postal.name.payee = postal.address.payee = *payee;
        write<layouts::name>(postal.name);
        write<layouts::address>(postal.address);
    }
    payable_ore_[*payee] += item.amount_ore;
    return finish<layouts::payment, layouts::information>(ready, *payee, item.amount_ore, item.amount_ore);
}

payment_outcome writer::to_account(const to_account_out& item) {
    if (item.account.clearing.size() != 4 || !layout::all_digits(item.account.clearing) || item.account.account.empty() ||
        item.account.account.size() > 12 || !layout::all_digits(item.account.account))
        return refuse(rule::R13, "account", "clearing number of 4 digits and account of at most 12");
    if (const auto verdict = test_account(item.account); is_refused(verdict))
        return refuse(rule::R13, "account", std::string(expectation(verdict)));
    std::string kept;
    const auto statement = text("statement_text", item.statement_text, 12, kept);
    if (!statement) return tl::unexpected(statement.error());
    const std::string field = account_field(item.account);
    const std::string_view digits = field;
    const account_record record{{}, digits.substr(0, 4), digits.substr(4), *statement, item.salary ? 'L' : ' '};
    return to_person(item, item.address, &record, digits);
}

payment_outcome writer::money_order(const money_order_out& item) {
    if (!from_.allow_money_order) return refuse(rule::R09, "payee", "an account: banks end money orders during 2026");
    return to_person(item, item.address, nullptr, {});
}

// LB-R07: a deduction takes no more than its recipient is paid here.
payment_outcome writer::credit(const credit_out& item) {
    texts ready;
    if (auto ok = common(item, -item.amount_ore, ready); !ok) return tl::unexpected(ok.error());
    if (item.bankgiro.empty() ? last_payee_.empty() : !bankgiro_valid(item.bankgiro))
        return refuse(rule::R03, "bankgiro", "a bankgiro number with its check digit, or a payment before to deduct from");
    const std::string payee = item.bankgiro.empty() ? last_payee_ : bankgiro_field(item.bankgiro);
    if (auto ok = ready.add_advice(item.advice, 50); !ok) return tl::unexpected(ok.error());
    if (item.kind == credit_kind::watched_credit) {
        if (item.pays.day || item.pays.at_once) return refuse(rule::R06, "day", "none: a credit has a last day of watch");
        if (item.last_day && (!is_writable(*item.last_day) || *item.last_day < from_.written))
            return refuse(rule::R20, "last_day", "a day that is not in the past");
        ready.day = day_text(item.last_day);
        return finish<layouts::watched_credit, layouts::information>(ready, payee, item.amount_ore, -item.amount_ore);
    }
    if (auto ok = day_of(item.pays, ready.day); !ok) return tl::unexpected(ok.error());
    const auto payable = payable_ore_.find(payee);
    if (payable == payable_ore_.end() || payable->second < item.amount_ore)
        return refuse(rule::R07, "amount_ore", "no more than the payments to the recipient before it");
    payable->second -= item.amount_ore;
    return finish<layouts::deduction, layouts::information>(ready, payee, item.amount_ore, -item.amount_ore);
}

outcome writer::close() {
    if (!open_ || payments_ == 0) return refuse(rule::R01, "section", "a payment before the end of a section");
    const std::int64_t net = net_ore_.value().value_or(0);  // common() keeps it within 12 digits
    closing_record record;
    record.bankgiro = bankgiro_;
    record.payments = static_cast<std::int64_t>(payments_);
    record.sum_ore = net < 0 ? -net : net;
    record.sign = net < 0 ? '-' : ' ';
    write<layouts::closing>(record);
    open_ = false;
    return {};
}

}  // namespace brygga::supplier_payment
