#include "formats/bankgirot/autogiro/writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/text.hpp"
#include "formats/core/transliteration.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::autogiro {

namespace {

constexpr std::size_t reference_width = 16, payer_number_width = 16;

tl::unexpected<refusal> refuse(rule broken, std::string_view field, std::string expected) {
    return tl::unexpected<refusal>(refusal{broken, field, std::move(expected)});
}

bool is_payer_number(std::string_view digits) noexcept {
    return !digits.empty() && digits.size() <= payer_number_width && layout::all_digits(digits) && !all_zeros(digits);
}

outcome payer_fits(std::string_view field, std::string_view digits) {
    if (!is_payer_number(digits)) return refuse(rule::R24, field, "1 to 16 digits, not zero");
    return {};
}

outcome take_numbers(const new_mandate_out& item, mandate_request_record& into) {
    if (item.account.size() != 16 || !layout::all_digits(item.account)) return refuse(rule::R24, "account", "16 digits");
    if (item.identity.size() != 12 || !layout::all_digits(item.identity)) return refuse(rule::R24, "identity", "12 digits");
    into.account = item.account;
    into.identity = item.identity;
    return {};
}

bool is_printable_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// What a seal passes unchanged or maps from one letter (bankgiro-seal.md 3.4): ASCII and ten letters.
bool is_plain(std::string_view iso) noexcept {
    constexpr std::string_view letters = "\xC9\xC4\xD6\xC5\xDC\xE9\xE4\xF6\xE5\xFC";
    return iso.size() == 1 && ((iso[0] >= ' ' && iso[0] <= '~') || letters.find(iso[0]) != std::string_view::npos);
}

// One character as the file can hold it; nothing when there is no way to write it.
std::optional<std::string> written_as(std::string_view character) {
    if (auto bytes = from_utf8(character, encoding::iso_8859_1); bytes && is_plain(*bytes)) return *std::move(bytes);
    const auto other = replacement_of(character);
    if (!other) return std::nullopt;
    auto bytes = from_utf8(*other, encoding::iso_8859_1);
    if (!bytes) return std::nullopt;
    return *std::move(bytes);
}

std::string_view code_of(payment_direction direction) noexcept {
    return direction == payment_direction::payout ? "32" : "82";
}

}  // namespace

std::optional<std::string> payer_number_field(std::string_view digits) {
    if (!is_payer_number(digits)) return std::nullopt;
    return std::string(payer_number_width - digits.size(), '0') + std::string(digits);
}

std::string payer_number_key(std::string_view field) {
    const std::size_t first = field.find_first_not_of('0');
    return std::string(first == std::string_view::npos ? std::string_view("0") : field.substr(first));
}

writer::writer(sender from)
    : from_(std::move(from)), written_(format_ccyymmdd(from_.written)), bankgiro_(bankgiro_field(from_.bankgiro)) {}

template <class Layout>
void writer::write(request_kind kind, const typename Layout::value_type& record) {
    const auto next_line = [this] {
        const std::size_t at = bytes_.size();
        bytes_.resize(at + layouts::width + 2, '\n');
        bytes_[at + layouts::width] = '\r';
        return bytes_.data() + at;
    };
    if (section_ != kind) layouts::opening_to_bankgirot::write(next_line(), {written_, {}, from_.customer_number, bankgiro_});
    section_ = kind;
    Layout::write(next_line(), record);
}

// AG-R17.
outcome writer::day_fits(std::string_view field, date day) {
    if (day == last_fit_) return {};
    if (!day.ok() || day < from_.written) return refuse(rule::R17, field, "a day that is not in the past");
    if (!is_bank_day(day)) return refuse(rule::R17, field, "a bank day");
    if (days_between(from_.written, day) > from_.watch_days)
        return refuse(rule::R17, field, fmt::format("at most {} days ahead", from_.watch_days));
    last_fit_ = day;
    return {};
}

// AG-R21.
tl::expected<std::string_view, refusal> writer::text(std::string_view field, std::string_view utf8, std::size_t width) {
    std::string_view out = utf8;
    if (!is_printable_ascii(utf8)) {
        auto written = replaced(field, utf8);
        if (!written) return tl::unexpected(written.error());
        out = text_ = *std::move(written);
    }
    if (out.size() > width) return refuse(rule::R21, field, fmt::format("at most {} characters", width));
    return out;
}

tl::expected<std::string, refusal> writer::replaced(std::string_view field, std::string_view utf8) {
    std::string out;
    std::uint64_t replaced = 0;
    if (!is_valid_utf8(utf8)) return refuse(rule::R21, field, "text in UTF-8");
    for (std::string_view rest = utf8; !rest.empty();) {
        const spelled_character next = first_character(rest);
        rest.remove_prefix(next.spelling.size());
        const auto bytes = written_as(next.character);
        if (!bytes) return refuse(rule::R21, field, "characters that ISO 8859-1 can hold");
        if (*bytes != from_utf8(next.character, encoding::iso_8859_1).value_or(std::string())) ++replaced;
        out += *bytes;
    }
    replaced_ += replaced;
    return out;
}

outcome writer::new_mandate(const new_mandate_out& item) {
    if (auto fits = payer_fits("payer_number", item.payer_number); !fits) return fits;
    mandate_request_record record;
    record.bankgiro = bankgiro_;
    record.payer_number = item.payer_number;
    if (item.account.empty()) {
        if (!bankgiro_valid(payer_number_key(item.payer_number)))
            return refuse(rule::R24, "payer_number", "the payer's bankgiro number");
    } else if (auto taken = take_numbers(item, record); !taken) {
        return taken;
    }
    write<layouts::new_mandate>(request_kind::mandates, record);
    return {};
}

outcome writer::answer_mandate(const new_mandate_out& item, bool approves) {
    if (auto fits = payer_fits("payer_number", item.payer_number); !fits) return fits;
    mandate_request_record record;
    record.bankgiro = bankgiro_;
    record.payer_number = item.payer_number;
    if (!item.account.empty())
        if (auto taken = take_numbers(item, record); !taken) return taken;
    if (!approves) record.answer = "AV";
    write<layouts::new_mandate>(request_kind::mandates, record);
    return {};
}

outcome writer::cancel_mandate(std::string_view payer_number) {
    if (auto fits = payer_fits("payer_number", payer_number); !fits) return fits;
    mandate_request_record record;
    record.bankgiro = bankgiro_;
    record.payer_number = payer_number;
    write<layouts::cancel_mandate>(request_kind::mandates, record);
    return {};
}

// AG-R15, but for numbers that are in use: the ledger knows them.
outcome writer::change_payer_number(std::string_view old_number, std::string_view new_number) {
    if (auto fits = payer_fits("payer_number", old_number); !fits) return fits;
    if (auto fits = payer_fits("new_payer_number", new_number); !fits) return fits;
    if (payer_number_key(old_number) == payer_number_key(new_number))
        return refuse(rule::R15, "new_payer_number", "another number than the old one");
    mandate_request_record record;
    record.bankgiro = bankgiro_;
    record.payer_number = old_number;
    record.new_bankgiro = bankgiro_;
    record.new_payer_number = new_number;
    write<layouts::change_payer_number>(request_kind::mandates, record);
    return {};
}

std::string_view writer::written_day(const std::optional<date>& day) {
    if (!day) return "GENAST";
    if (day != last_written_day_) {
        last_written_day_ = day;
        last_written_day_text_ = format_ccyymmdd(*day);
    }
    return last_written_day_text_;
}

outcome writer::payment(const payment_out& item) {
    if (auto fits = payer_fits("payer_number", item.payer_number); !fits) return fits;
    if (item.direction == payment_direction::payout && !from_.payouts_allowed)
        return refuse(rule::R16, "direction", "an agreement that allows payouts");
    if (item.amount_ore <= 0 || item.amount_ore > largest_amount_ore)
        return refuse(rule::R09, "amount_ore", "1 öre to 12 digits");
    if (item.period < '0' || item.period > '8') return refuse(rule::R13, "period", "0 to 8");
    if (item.recurrences > 999 || (item.period == '0' && item.recurrences != 0))
        return refuse(rule::R13, "recurrences", "up to 999, none with period 0");
    if (item.day)
        if (auto fits = day_fits("payment_day", *item.day); !fits) return fits;
    const auto reference = text("reference", item.reference, reference_width);
    if (!reference) return tl::unexpected(reference.error());
    const std::string recurrences = item.recurrences == 0 ? std::string() : fmt::format("{:03}", item.recurrences);
    payment_record record;
    record.payment_day = written_day(item.day);
    record.period = item.period;
    record.recurrences = recurrences;
    record.payer_number = item.payer_number;
    record.amount_ore = item.amount_ore;
    record.bankgiro = bankgiro_;
    record.reference = {*reference, encoding::iso_8859_1};
    if (item.direction == payment_direction::payout)
        write<layouts::payout>(request_kind::payments, record);
    else
        write<layouts::collection>(request_kind::payments, record);
    return {};
}

outcome writer::change(const change_out& item) {
    const auto* const layout = section_of(layout_id::to_bankgirot).find(item.code);
    if (layout == nullptr || item.code.size() != 2 || item.code[0] != '2') return refuse(rule::R24, "code", "23 to 29");
    const auto has = [layout](std::string_view field) { return layout->find(field) != nullptr; };
    change_record record;
    record.bankgiro = bankgiro_;
    std::string day, new_day;
    if (has("payer_number")) {
        if (auto fits = payer_fits("payer_number", item.payer_number); !fits) return fits;
        record.payer_number = item.payer_number;
    }
    if (has("payment_day")) {
        if (!item.day.ok()) return refuse(rule::R08, "payment_day", "a date");
        record.payment_day = day = format_ccyymmdd(item.day);
    }
    if (has("new_day")) {
        if (auto fits = day_fits("new_day", item.new_day); !fits) return fits;
        record.new_day = new_day = format_ccyymmdd(item.new_day);
    }
    if (has("amount_ore")) {
        if (item.amount_ore <= 0 || item.amount_ore > largest_amount_ore)
            return refuse(rule::R09, "amount_ore", "1 öre to 12 digits");
        record.amount_ore = item.amount_ore;
        record.direction = code_of(item.direction);
        const auto reference = text("reference", item.reference, reference_width);
        if (!reference) return tl::unexpected(reference.error());
        record.reference = {*reference, encoding::iso_8859_1};
    }
    switch (item.code[1]) {
        case '3':
            write<layouts::cancel_payer>(request_kind::changes, record);
            break;
        case '4':
            write<layouts::cancel_payer_day>(request_kind::changes, record);
            break;
        case '5':
            write<layouts::cancel_payment>(request_kind::changes, record);
            break;
        case '6':
            write<layouts::move_all>(request_kind::changes, record);
            break;
        case '7':
            write<layouts::move_day>(request_kind::changes, record);
            break;
        case '8':
            write<layouts::move_payer_day>(request_kind::changes, record);
            break;
        default:
            write<layouts::move_payment>(request_kind::changes, record);
            break;
    }
    return {};
}

}  // namespace brygga::autogiro
