#include "formats/bankgirot/supplier_payment/writer.hpp"

#include <algorithm>
#include <array>

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
constexpr std::size_t account_columns = 16;  // clearing number and account

tl::unexpected<refusal> refuse(rule broken, std::string_view field, std::string expected) {
    return tl::unexpected<refusal>(refusal{broken, field, std::move(expected)});
}

constexpr unsigned has_control = 1, beyond_ascii = 2;

// What each byte of a text is, in ISO 8859-1.
constexpr auto kinds = [] {
    std::array<std::uint8_t, 256> out{};
    for (unsigned code = 0; code != out.size(); ++code)
        out[code] = static_cast<std::uint8_t>((code < 0x20 || (code >= 0x7F && code < 0xA0) ? has_control : 0) |
                                              (code >= 0x80 ? beyond_ascii : 0));
    return out;
}();

unsigned kinds_in(std::string_view bytes) noexcept {
    unsigned out = 0;
    for (const char c : bytes)
        out |= kinds[static_cast<unsigned char>(c)];
    return out;
}

// LB-R12: the bytes of a text; those of ASCII lie where they are, others in `kept`. More than `width` is cut where `cut` counts
// it.
tl::expected<encoded_text, refusal> text(std::string_view field, std::string_view utf8, std::size_t width, std::string& kept,
                                         std::uint32_t* cut = nullptr) {
    std::string_view bytes = utf8;
    unsigned found = kinds_in(utf8);
    if ((found & beyond_ascii) != 0) {
        auto encoded = from_utf8(utf8, encoding::iso_8859_1);
        if (!encoded) return refuse(rule::R12, field, "characters of ISO 8859-1");
        kept = *std::move(encoded);
        bytes = kept;
        found = kinds_in(bytes);
    }
    if ((found & has_control) != 0) return refuse(rule::R12, field, "no control characters");
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
    constexpr std::size_t zeros = 4, digits = 5;
    std::string out(zeros + digits + 1, '0');
    layout::number::write<digits>(out.data() + zeros, five_digits);
    out.back() = modulus_10_digit(std::string_view(out).substr(zeros, digits)).value_or('0');  // digits have one
    return out;
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

// Nearly all payments have the day of the one before.
outcome writer::day_of(const payment_day& pays, std::string& into) {
    if (pays.day && pays.at_once) return refuse(rule::R06, "day", "a day or at once, not both");
    const bool says = pays.day || pays.at_once;
    if (says == section_has_day_)
        return refuse(rule::R06, "day", says ? "none, for the section has one" : "one, for the section has none");
    if (pays.at_once) into = at_once;
    if (!pays.day) return {};
    if (known_day_text_.empty() || *pays.day != known_day_) {
        if (auto ok = day_fits("day", *pays.day); !ok) return ok;
        known_day_ = *pays.day;
        known_day_text_ = format_yymmdd(*pays.day);
    }
    into = known_day_text_;
    return {};
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
    last_number_ = 0;
    account_numbers_.clear();
    recipient_numbers_.clear();
    payable_by_number_ore_.clear();
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
    last_number_ = 0;
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
    last_number_ = 0;
    return done;
}

// LB-R05: a number for each recipient.
tl::expected<std::uint32_t, refusal> writer::next_payout_number() {
    if (payable_by_number_ore_.size() == max_payout_numbers)
        return refuse(rule::R05, "payee", fmt::format("at most {} recipients in a section", max_payout_numbers));
    payable_by_number_ore_.push_back(0);
    return static_cast<std::uint32_t>(payable_by_number_ore_.size());
}

tl::expected<std::uint32_t, refusal> writer::payout_number(std::uint64_t account_digits) {
    const auto known = account_numbers_.find(account_digits);
    if (known != account_numbers_.end()) return known->second;
    const auto number = next_payout_number();
    if (number) account_numbers_.emplace(account_digits, *number);
    return number;
}

tl::expected<std::uint32_t, refusal> writer::payout_number(const std::string& recipient) {
    const auto known = recipient_numbers_.find(recipient);
    if (known != recipient_numbers_.end()) return known->second;
    const auto number = next_payout_number();
    if (number) recipient_numbers_.emplace(recipient, *number);
    return number;
}

// TK40, TK26, TK27 and TK14 in this order (LB-R04).
payment_outcome writer::to_person(const payment_out& item, const postal_address& address, const account_record* account,
                                  std::uint64_t account_digits) {
    texts ready;
    if (auto ok = common(item, item.amount_ore, ready); !ok) return tl::unexpected(ok.error());
    if (auto ok = day_of(item.pays, ready.day); !ok) return tl::unexpected(ok.error());
    if (auto ok = ready.add_advice(item.advice, 50); !ok) return tl::unexpected(ok.error());
    address_texts postal;
    const bool needs_address = account == nullptr || !item.advice.empty() || !address.empty();
    if (needs_address)
        if (auto ok = fill(address, postal); !ok) return tl::unexpected(ok.error());
    const auto number =
        needs_address
            ? payout_number(fmt::format("{}\n{}\n{}\n{}\n{}\n{}", account_digits, postal.name.name.bytes, postal.name.extra.bytes,
                                        postal.address.street.bytes, postal.address.town.bytes, address.postcode))
            : payout_number(account_digits);
    if (!number) return tl::unexpected(number.error());
    const std::string payee = payout_number_field(*number);
    if (account != nullptr) {
        account_record record = *account;
        record.payee = payee;
        write<layouts::account>(record);
    }
    if (needs_address) {
        postal.name.payee = postal.address.payee = payee;
        write<layouts::name>(postal.name);
        write<layouts::address>(postal.address);
    }
    payable_by_number_ore_[*number - 1] += item.amount_ore;
    last_number_ = *number;
    return finish<layouts::payment, layouts::information>(ready, payee, item.amount_ore, item.amount_ore);
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
    std::array<char, account_columns> field;
    field.fill('0');
    std::copy(item.account.clearing.begin(), item.account.clearing.end(), field.begin());
    std::copy_backward(item.account.account.begin(), item.account.account.end(), field.end());
    std::uint64_t digits = 0;
    static_cast<void>(layout::read_digits<account_columns>(field.data(), digits));  // they were tested
    const std::string_view columns(field.data(), field.size());
    const account_record record{{}, columns.substr(0, 4), columns.substr(4), *statement, item.salary ? 'L' : ' '};
    return to_person(item, item.address, &record, digits);
}

payment_outcome writer::money_order(const money_order_out& item) {
    if (!from_.allow_money_order) return refuse(rule::R09, "payee", "an account: banks end money orders during 2026");
    return to_person(item, item.address, nullptr, 0);
}

// Of the recipient of the payment before where no bankgiro is named; nothing where nothing was paid.
std::int64_t* writer::payable_of(std::string_view bankgiro, const std::string& payee) {
    if (bankgiro.empty() && last_number_ != 0) return &payable_by_number_ore_[last_number_ - std::size_t{1}];
    const auto known = payable_ore_.find(payee);
    return known == payable_ore_.end() ? nullptr : &known->second;
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
        if (!item.bankgiro.empty()) last_number_ = 0;
        return finish<layouts::watched_credit, layouts::information>(ready, payee, item.amount_ore, -item.amount_ore);
    }
    if (auto ok = day_of(item.pays, ready.day); !ok) return tl::unexpected(ok.error());
    std::int64_t* const payable = payable_of(item.bankgiro, payee);
    if (payable == nullptr || *payable < item.amount_ore)
        return refuse(rule::R07, "amount_ore", "no more than the payments to the recipient before it");
    *payable -= item.amount_ore;
    if (!item.bankgiro.empty()) last_number_ = 0;
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
