#include "formats/bankgirot/bgmax/writer.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::bgmax {

namespace {

tl::unexpected<error> refuse(std::string_view field, std::string_view why) {
    return fail(error_code::invalid_argument, fmt::format("BgMax cannot hold {}: {}", field, why));
}

// A text in the file's encoding; the bytes live in `kept`.
result<encoded_text> encode(std::string_view utf8, std::size_t width, std::string_view field, std::string& kept) {
    auto bytes = from_utf8(utf8, encoding::iso_8859_1);
    if (!bytes) return refuse(field, "a letter outside ISO 8859-1");
    if (bytes->size() > width) return refuse(field, fmt::format("more than {} columns", width));
    for (const char c : *bytes)
        if (static_cast<unsigned char>(c) < 0x20) return refuse(field, "a control character");
    kept = std::move(*bytes);
    return encoded_text{kept, encoding::iso_8859_1};
}

result<void> need_digits(std::string_view text, std::size_t least, std::size_t most, std::string_view field) {
    if (text.size() < least || text.size() > most || !layout::all_digits(text))
        return refuse(field, least == most ? fmt::format("not {} digits", most) : fmt::format("not {} to {} digits", least, most));
    return {};
}

// TK20 to TK23 share their layout; the caller owns `padded`.
result<payment_record> to_record(const payment_out& item, std::string_view reference, reference_code code, std::int64_t amount_ore,
                                 std::string& padded) {
    if (amount_ore < 0 || amount_ore > largest_amount_ore) return refuse("amount", "not 0 to 18 digits");
    payment_record out;
    out.payer_bankgiro = item.payer_bankgiro;
    out.amount_ore = amount_ore;
    out.code = code;
    out.by = item.by;
    out.serial = item.serial;
    out.image = item.image;
    auto text = encode(reference, 25, "reference", padded);
    if (!text) return tl::unexpected(text.error());
    if (code == reference_code::ocr && item.by != channel::autogiro) padded.insert(0, 25 - padded.size(), ' ');
    out.reference = {padded, encoding::iso_8859_1};
    return out;
}

}  // namespace

char* writer::next_line() {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + layouts::width + 2, '\n');
    bytes_[at + layouts::width] = '\r';
    return bytes_.data() + at;
}

result<void> writer::start(std::string_view written_at, marker kind) {
    if (auto ok = need_digits(written_at, 20, 20, "written_at"); !ok) return ok;
    counts_ = {};
    layouts::start::write(next_line(), {{"BGMAX", encoding::iso_8859_1}, "01", written_at, kind});
    return {};
}

result<void> writer::opening(std::string_view bankgiro, std::string_view currency) {
    if (auto ok = need_digits(bankgiro, 7, 10, "bankgiro"); !ok) return ok;
    auto text = encode(currency, 3, "currency", currency_);
    if (!text) return tl::unexpected(text.error());
    section_ore_ = {};
    section_records_ = 0;
    layouts::opening::write(next_line(), {bankgiro, {}, *text});
    return {};
}

result<void> writer::payment(const payment_out& item) {
    const std::size_t size = bytes_.size();
    const ore_sum section_ore = section_ore_;
    const std::int64_t section_records = section_records_;
    const end_record counts = counts_;
    auto done = payment_records(item);
    if (done) done = texts(item);
    if (done) return done;
    bytes_.resize(size);
    section_ore_ = section_ore;
    section_records_ = section_records;
    counts_ = counts;
    return done;
}

result<void> writer::payment_records(const payment_out& item) {
    if (auto ok = need_digits(item.payer_bankgiro, 0, 10, "payer bankgiro"); !ok) return ok;
    if (!item.serial.empty())
        if (auto ok = need_digits(item.serial, 12, 12, "serial number"); !ok) return ok;
    std::string padded;
    auto first = to_record(item, item.reference, item.code, item.amount_ore, padded);
    if (!first) return tl::unexpected(first.error());
    if (item.is_deduction) {
        deduction_record record;
        static_cast<payment_record&>(record) = *first;
        record.deduction = item.deduction;
        layouts::deduction::write(next_line(), record);
        section_ore_ -= item.amount_ore;
        ++counts_.deductions;
    } else {
        layouts::payment::write(next_line(), *first);
        section_ore_ += item.amount_ore;
        ++counts_.payments;
    }
    ++section_records_;
    for (const reference_out& each : item.references) {
        auto part = to_record(item, each.reference, each.code, each.amount_ore, padded);
        if (!part) return tl::unexpected(part.error());
        if (each.negative)
            layouts::negative_extra::write(next_line(), *part);
        else
            layouts::extra::write(next_line(), *part);
        ++counts_.extra_references;
    }
    return {};
}

result<void> writer::texts(const payment_out& item) {
    std::string a, b, c;
    for (const std::string& line : item.information) {
        auto text = encode(line, 50, "information", a);
        if (!text) return tl::unexpected(text.error());
        layouts::information::write(next_line(), {*text});
    }
    const auto three = [&](std::string_view first, std::size_t first_width, std::string_view second, std::size_t second_width,
                           std::string_view third, const auto& put) -> result<void> {
        if (first.empty() && second.empty() && third.empty()) return {};
        auto one = encode(first, first_width, "name or address", a);
        auto two = encode(second, second_width, "name or address", b);
        auto last = encode(third, 2, "country code", c);
        if (!one) return tl::unexpected(one.error());
        if (!two) return tl::unexpected(two.error());
        if (!last) return tl::unexpected(last.error());
        put(*one, *two, *last);
        return {};
    };
    auto ok = three(item.name, 35, item.extra_name, 35, {}, [this](encoded_text x, encoded_text y, encoded_text) {
        layouts::name::write(next_line(), {x, y});
    });
    if (ok) ok = three(item.street, 35, item.postcode, 9, {}, [this](encoded_text x, encoded_text y, encoded_text) {
        layouts::street::write(next_line(), {x, y});
    });
    // TK27 is always followed by TK28, if only a blank one.
    const auto blank_town = [this, &item] {
        if (!item.street.empty() || !item.postcode.empty()) layouts::town::write(next_line(), {});
    };
    if (ok && item.town.empty() && item.country.empty() && item.country_code.empty()) blank_town();
    if (ok) ok = three(item.town, 35, item.country, 35, item.country_code, [this](encoded_text x, encoded_text y, encoded_text z) {
        layouts::town::write(next_line(), {x, y, z});
    });
    if (!ok || item.organisation_number.empty()) return ok;
    if (auto digits = need_digits(item.organisation_number, 10, 10, "organisation number"); !digits) return digits;
    const std::string number = "00" + item.organisation_number;
    layouts::organisation::write(next_line(), {{number, encoding::iso_8859_1}});
    return {};
}

result<void> writer::deposit(const deposit_out& item) {
    if (auto ok = need_digits(item.bank_account, 16, 16, "bank account"); !ok) return ok;
    if (auto ok = need_digits(item.payment_date, 8, 8, "payment date"); !ok) return ok;
    if (auto ok = need_digits(item.serial, 5, 5, "deposit serial number"); !ok) return ok;
    const auto amount_ore = section_ore_.value();
    if (!amount_ore || *amount_ore < 0 || *amount_ore > largest_amount_ore) return refuse("deposit amount", "not 0 to 18 digits");
    std::string type;
    auto text = encode(item.deposit_type, 1, "deposit type", type);
    if (!text) return tl::unexpected(text.error());
    deposit_record record;
    record.bank_account = item.bank_account;
    record.payment_date = item.payment_date;
    record.serial = item.serial;
    record.amount_ore = *amount_ore;
    record.currency = {currency_, encoding::iso_8859_1};
    record.payments = section_records_;
    record.deposit_type = *text;
    layouts::deposit::write(next_line(), record);
    ++counts_.deposits;
    return {};
}

result<void> writer::end() {
    layouts::end::write(next_line(), counts_);
    return {};
}

}  // namespace brygga::bgmax
