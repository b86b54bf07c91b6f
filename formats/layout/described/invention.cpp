#include "formats/layout/described/invention.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/iban.hpp"
#include "formats/core/text.hpp"

namespace brygga::layout::described {

namespace {

using language::built_in;
using language::date_form;
using language::described_field;
using language::field_type;
using language::time_form;
using language::timestamp_form;

constexpr std::size_t separated_width = 30;  // of text in separated files, which have no other limit
constexpr int days_back = 60;
constexpr std::size_t short_identity = 10, long_identity = 12;

// The first code points.
std::string cut(std::string_view utf8, std::size_t points) {
    std::size_t at = 0;
    for (std::size_t seen = 0; at < utf8.size(); ++at)
        if ((static_cast<unsigned char>(utf8[at]) & 0xC0u) != 0x80u && seen++ == points) break;
    std::string out(utf8.substr(0, at));
    while (out.ends_with(' '))
        out.pop_back();
    return out;
}

std::string with_wrong_last_digit(std::string digits) {
    for (auto at = digits.rbegin(); at != digits.rend(); ++at)
        if (*at >= '0' && *at <= '9') {
            *at = *at == '9' ? '0' : static_cast<char>(*at + 1);
            break;
        }
    return digits;
}

bool has_check_digit(field_type type) noexcept {
    switch (type) {
        case field_type::personal_number:
        case field_type::organisation_number:
        case field_type::identity_number:
        case field_type::bankgiro:
        case field_type::plusgiro:
        case field_type::iban:
        case field_type::ocr:
        case field_type::gs1:
            return true;
        case field_type::text:
        case field_type::digits:
        case field_type::number:
        case field_type::ore:
        case field_type::kronor:
        case field_type::date:
        case field_type::time:
        case field_type::timestamp:
        case field_type::code:
        case field_type::bank_account:
            return false;
    }
    return false;
}

std::string clock_text(time_form form, unsigned seconds) {
    const unsigned hour = seconds / 3600, minute = seconds / 60 % 60, second = seconds % 60;
    switch (form) {
        case time_form::hhmmss:
            return fmt::format("{:02}{:02}{:02}", hour, minute, second);
        case time_form::hhmm:
            return fmt::format("{:02}{:02}", hour, minute);
        case time_form::colons:
            return fmt::format("{:02}:{:02}:{:02}", hour, minute, second);
        case time_form::hours_and_minutes:
            return fmt::format("{:02}:{:02}", hour, minute);
    }
    return {};
}

}  // namespace

std::string written(date day, date_form form) {
    const std::string iso = format_iso_date(day);
    switch (form) {
        case date_form::ccyymmdd:
            return format_ccyymmdd(day);
        case date_form::yymmdd:
            return format_yymmdd(day);
        case date_form::iso:
            return iso;
        case date_form::dotted:
            return fmt::format("{}.{}.{}", iso.substr(8), iso.substr(5, 2), iso.substr(0, 4));
        case date_form::slashed:
            return fmt::format("{}/{}/{}", iso.substr(8), iso.substr(5, 2), iso.substr(0, 4));
    }
    return iso;
}

std::string written(std::int64_t number, const described_field& field) {
    const bool negative = number < 0;
    const auto size = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    if (field.type == field_type::kronor)
        return fmt::format("{}{}{}{:02}", negative ? "-" : "", size / 100, field.decimal_mark, size % 100);
    const bool fills = field.first != field.last && field.aligned == language::field_alignment::of_type;
    const int width = fills ? field.last - field.first + 1 : 0;
    if (!field.is_signed) return fmt::format("{:0{}}", size, width);
    return negative ? fmt::format("-{:0{}}", size, std::max(width - 1, 0)) : fmt::format("{:0{}}", size, width);
}

std::size_t width_of(const described_field& field, const language::description& of) noexcept {
    return of.separated ? separated_width : field.last - field.first + std::size_t{1};
}

std::string invention::digits(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i != count; ++i)
        out += static_cast<char>('0' + (i == 0 ? 1 + random_.below(9) : random_.below(10)));
    return out;
}

std::string invention::text(const described_field& field) {
    const invented::payer& who = somebody();
    switch (field.guard) {
        case privacy::name:
            return who.name;
        case privacy::address:
            return who.street;
        case privacy::identity:
            return invented::personal_number(random_);
        case privacy::account:
        case privacy::own_account:
            return digits(8);
        case privacy::reference:
            return invented::ocr_reference(random_.below(100'000'000));
        case privacy::free_text:
            return std::string(invented::remittance_texts()[random_.below(invented::remittance_texts().size())]);
        case privacy::open:
            break;
    }
    return fmt::format("{}{}", static_cast<char>('A' + random_.below(26)), digits(5));
}

std::string invention::number(const described_field& field) {
    const std::size_t columns = width_of(field, *of_) - (field.is_signed ? 1 : 0);
    std::uint64_t limit = 10;
    constexpr std::size_t most_digits = 6;
    for (std::size_t i = 1; i < std::min(columns, most_digits); ++i)
        limit *= 10;
    return written(static_cast<std::int64_t>(1 + random_.below(limit - 1)), field);
}

std::string invention::identity(const described_field& field) {
    const bool is_person =
        field.type == field_type::personal_number || (field.type == field_type::identity_number && random_.chance(70));
    const bool is_long = width_of(field, *of_) >= long_identity;
    if (is_person) {
        const std::string number = invented::personal_number(random_);
        return is_long ? number : number.substr(long_identity - short_identity);
    }
    const std::string number = invented::with_check_digit(fmt::format("556{}", digits(6)));
    return is_long && field.type == field_type::identity_number ? "16" + number : number;
}

std::string invention::value(const described_field& field) {
    const std::size_t width = width_of(field, *of_);
    switch (field.type) {
        case field_type::text:
            return cut(text(field), width);
        case field_type::digits:
            return digits(std::min<std::size_t>(width, 18));
        case field_type::number:
        case field_type::ore:
        case field_type::kronor:
            return number(field);
        case field_type::date:
            return written(add_days(day_, -static_cast<int>(random_.below(days_back))), field.day_form);
        case field_type::time:
            return clock_text(field.clock_form, static_cast<unsigned>(random_.below(86'400)));
        case field_type::timestamp: {
            const bool iso = field.moment_form == timestamp_form::iso;
            const std::string clock =
                clock_text(iso ? time_form::colons : time_form::hhmmss, static_cast<unsigned>(random_.below(86'400)));
            return iso ? format_iso_date(day_) + "T" + clock : format_ccyymmdd(day_) + clock;
        }
        case field_type::code: {
            const auto& entries = of_->tables[field.table].entries;
            return entries[random_.below(entries.size())].value;
        }
        case field_type::personal_number:
        case field_type::organisation_number:
        case field_type::identity_number:
            return identity(field);
        case field_type::bankgiro:
            return invented::with_check_digit(digits(6));
        case field_type::plusgiro:
            return invented::with_check_digit(digits(std::min<std::size_t>(width, 7) - 1));
        case field_type::bank_account:
            return invented::bank_account(random_);
        case field_type::iban: {
            const std::string own = "500" + digits(17);
            return "SE" + iban_check_digits("SE", own).value_or("00") + own;
        }
        case field_type::ocr:
            return invented::with_check_digit(digits(std::min<std::size_t>(width, 10) - 1));
        case field_type::gs1: {
            const std::string body = "735999" + digits(11);
            return body + gs1_digit(body).value_or('0');
        }
    }
    return {};
}

namespace {

std::string no_such_day(date_form form) {
    std::string out = written(date{std::chrono::year{2026}, std::chrono::February, std::chrono::day{28}}, form);
    return out.replace(out.find("28"), 2, "30");
}

}  // namespace

std::string invention::wrong_value(const described_field& field, built_in test) {
    const std::string right = value(field);
    switch (test) {
        case built_in::check_digit:
            return has_check_digit(field.type) ? with_wrong_last_digit(right) : std::string();
        case built_in::date:
            return field.type == field_type::date ? no_such_day(field.day_form) : std::string();
        case built_in::codes:
            return field.type == field_type::code ? std::string(std::min<std::size_t>(width_of(field, *of_), 3), '?')
                                                  : std::string();
        case built_in::content:
            if (field.type == field_type::text || field.type == field_type::code) return {};
            return std::string(std::min<std::size_t>(right.size(), width_of(field, *of_)), 'X');
        case built_in::size:
        case built_in::unknown:
        case built_in::required:
        case built_in::unique:
        case built_in::order:
        case built_in::total:
        case built_in::encoding:
        case built_in::tabs:
        case built_in::fill:
        case built_in::heading:
        case built_in::columns:
            return {};
    }
    return {};
}

}  // namespace brygga::layout::described
