#include "formats/bankgirot/sus/writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/sus/layout.hpp"
#include "formats/core/personal_number.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::sus {

namespace {

tl::unexpected<refusal> refuse(rule broken, std::string_view field, std::string expected) {
    return tl::unexpected<refusal>(refusal{broken, field, std::move(expected)});
}

bool is_control(char c) noexcept {
    const auto code = static_cast<unsigned char>(c);
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

// LB-R12. The bytes live in `kept`.
tl::expected<encoded_text, refusal> text(std::string_view field, std::string_view utf8, std::size_t width, std::string& kept) {
    auto bytes = from_utf8(utf8, encoding::iso_8859_1);
    if (!bytes) return refuse(rule::LB_R12, field, "characters of ISO 8859-1");
    if (std::any_of(bytes->begin(), bytes->end(), is_control)) return refuse(rule::LB_R12, field, "no control characters");
    if (bytes->size() > width) return refuse(rule::LB_R12, field, fmt::format("at most {} characters", width));
    kept = *std::move(bytes);
    return encoded_text{kept, encoding::iso_8859_1};
}

bool is_number(std::string_view digits, std::size_t least, std::size_t most) noexcept {
    return digits.size() >= least && digits.size() <= most && layout::all_digits(digits);
}

}  // namespace

template <class Layout>
void writer::write(const typename Layout::value_type& record) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + layouts::width + 2, '\n');
    bytes_[at + layouts::width] = '\r';
    Layout::write(bytes_.data() + at, record);
}

outcome writer::agreement_fits() const {
    const int year = static_cast<int>(under_.payment_day.year());
    if (!under_.payment_day.ok() || year < 1900 || year > 2099) return refuse(rule::LB_R14, "payment_day", "a date");
    if (!is_number(under_.number, 6, 6)) return refuse(rule::LB_R13, "agreement", "6 digits");
    if (!is_number(under_.customer_id, 5, 5)) return refuse(rule::LB_R13, "customer_id", "5 digits");
    if (!is_number(under_.organisation, 10, 10)) return refuse(rule::LB_R13, "organisation", "10 digits");
    std::string kept;
    if (const auto ok = text("distribution", under_.distribution, 6, kept); !ok) return tl::unexpected(ok.error());
    if (const auto ok = text("method", under_.method, 3, kept); !ok) return tl::unexpected(ok.error());
    return {};
}

outcome writer::fits(const payment_out& item) const {
    if (!is_number(item.civic_number, 12, 12) || !parse_personal_number(item.civic_number, under_.payment_day))
        return refuse(rule::R01, "civic_number", "12 digits of a personal number");
    if (item.protected_identity && !under_.routes_protected_identity)
        return refuse(rule::R01, "civic_number", "special routing for protected identity");
    if (item.amount_ore <= 0 || item.amount_ore > largest_amount_ore)
        return refuse(rule::LB_R07, "amount_ore", "more than zero, at most 15 digits");
    if (item.clearing.empty() != item.account.empty())
        return refuse(rule::R03, item.clearing.empty() ? "clearing" : "account", "clearing number and account, or neither");
    if (item.account.empty() && !under_.register_at_swedbank)
        return refuse(rule::R04, "account", "an account, for Swedbank holds no register");
    if (!item.account.empty() && (!is_number(item.clearing, 4, 4) || !is_number(item.account, 1, 10)))
        return refuse(rule::LB_R13, "account", "clearing number of 4 digits and account of at most 10");
    if (!item.street.empty() && !is_number(item.postcode, 5, 5)) return refuse(rule::LB_R13, "postcode", "5 digits");
    ore_sum total = total_ore_;
    total += item.amount_ore;
    const auto sum = total.value();
    if (!sum || *sum > largest_amount_ore) return refuse(rule::R02, "amount_ore", "a total of at most 15 digits");
    return {};
}

void writer::open() {
    opening_record record;
    const std::string day = format_ccyymmdd(under_.payment_day);
    record.agreement = under_.number;
    record.payment_day = day;
    record.customer_id = under_.customer_id;
    record.organisation = under_.organisation;
    write<layouts::opening>(record);
    open_ = true;
}

outcome writer::payment(const payment_out& item) {
    if (auto ok = agreement_fits(); !ok) return ok;
    if (auto ok = fits(item); !ok) return ok;
    std::string kept[5];
    const auto identification = text("identification", item.identification, 44, kept[0]);
    if (!identification) return tl::unexpected(identification.error());
    const auto name = text("name", item.name, 36, kept[1]);
    if (!name) return tl::unexpected(name.error());
    const auto street = text("street", item.street, 35, kept[2]);
    if (!street) return tl::unexpected(street.error());
    const auto care_of = text("care_of", item.care_of, 35, kept[3]);
    if (!care_of) return tl::unexpected(care_of.error());
    const auto town = text("town", item.town, 35, kept[4]);
    if (!town) return tl::unexpected(town.error());

    if (!open_) open();
    payment_record record;
    record.agreement = under_.number;
    record.identification = *identification;
    record.distribution = under_.distribution;
    record.method = under_.method;
    record.civic_number = item.civic_number;
    record.name = *name;
    record.clearing = item.clearing;
    record.account = item.account;
    record.amount_ore = item.amount_ore;
    write<layouts::payment>(record);
    if (!item.street.empty()) write<layouts::address>({under_.number, *identification, *street, *care_of, *town, item.postcode});
    total_ore_ += item.amount_ore;
    return {};
}

outcome writer::close() {
    if (!open_) return refuse(rule::LB_R01, "section", "a payment before the end of a section");
    write<layouts::closing>({under_.number, total_ore_.value().value_or(0)});  // fits() keeps it within 15 digits
    open_ = false;
    total_ore_ = {};
    return {};
}

}  // namespace brygga::sus
