#include "formats/einvoice/generator.hpp"

#include <array>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"

namespace brygga::einvoice {

namespace {

struct product {
    std::string_view name, unit;
    std::int64_t price{};  // in the last of `decimals`
    unsigned decimals{};
    std::uint64_t most{};  // of the quantity
    unsigned quantity_decimals{};
    bool has_meter{};
    std::string_view utility;  // of the facility
};

constexpr std::array products = {
    product{"Elhandel, r\xC3\xB6rligt pris", "KWH", 8750, 4, 2000, 0, true, "el"},
    product{"Eln\xC3\xA4t, fast avgift 20 A", "MON", 21'000, 2, 1, 0, false, "el"},
    product{"Eln\xC3\xA4t, \xC3\xB6verf\xC3\xB6ring", "KWH", 2560, 4, 2000, 0, false, "el"},
    product{"Energiskatt", "KWH", 4390, 4, 2000, 0, false, "el"},
    product{"Fj\xC3\xA4rrv\xC3\xA4rme, energi", "MWH", 81'250, 2, 5000, 3, true, "hus"},
    product{"Vatten", "MTQ", 2435, 2, 60, 0, true, "hus"},
    product{"Avlopp", "MTQ", 3110, 2, 60, 0, false, "hus"},
    product{"Renh\xC3\xA5llning, k\xC3\xA4rl 190 l", "MON", 16'500, 2, 1, 0, false, "hus"},
    product{"Fiber 250/250", "MON", 27'920, 2, 1, 0, false, "hus"},
    product{"Dagvatten, \xC3\xA5rsavgift", "DAY", 1'460'00, 2, 31, 0, false, "hus"},
};
constexpr std::int64_t year_days = 365;

std::string facility_id(invented::random_numbers& random) {
    const std::string body = fmt::format("735999{:011}", random.below(100'000'000'000));
    return body + *gs1_digit(body);
}

period month_before(date day) {
    const auto month = std::chrono::year_month{day.year(), day.month()} - std::chrono::months{1};
    return {month / 1, date{month / std::chrono::last}};
}

vat standard_rate() {
    return {"S", decimal(25), {}};
}

}  // namespace

invoice_inventor::invoice_inventor(std::uint64_t seed, date day)
    : random_(seed), day_(day), next_number_(2'026'000'000 + random_.below(900'000)) {
    const std::string number = invented::with_check_digit(fmt::format("55{:07}", 6'000'000 + random_.below(1'000'000)));
    seller_.name = "Exempelstads Energi AB";
    seller_.organisation_number = number;
    seller_.vat_number = fmt::format("SE{}01", number);
    seller_.endpoint_scheme = "0007";
    seller_.endpoint = number;
    seller_.street = "Verksgatan 1";
    seller_.postcode = "12345";
    seller_.town = seller_.seat = "Exempelstad";
    seller_.has_f_tax = true;
    seller_.telephone = "0101234500";
    seller_.email = "kundservice@example.se";
}

party invoice_inventor::customer(bool person) {
    const std::vector<invented::payer> some = invented::payers(random_.next(), 20);
    party out;
    for (const invented::payer& each : some) {
        if (each.company == person) continue;
        out.name = each.name;
        out.street = each.street;
        out.postcode = each.postcode;
        out.town = each.town;
        out.organisation_number = each.organisation;
        break;
    }
    std::erase(out.postcode, ' ');
    if (person)
        out.receiver_id = fmt::format("{}.NB.SE", invented::personal_number(random_));
    else if (out.organisation_number.empty())
        out.organisation_number = invented::with_check_digit(fmt::format("99{:07}", random_.below(10'000'000)));
    if (!person) {
        out.endpoint_scheme = "0007";
        out.endpoint = out.organisation_number;
    }
    if (out.name.empty()) out.name = "Exempelfastigheter";
    return out;
}

invoice_line invoice_inventor::line(std::size_t at, const period& during, const std::string& facility,
                                    const std::string& street) {
    const product& what = products[at % products.size()];
    invoice_line out;
    out.name = what.name;
    out.unit = what.unit;
    out.price = decimal(what.price, what.decimals);
    out.quantity = decimal(static_cast<std::int64_t>(1 + random_.below(what.most)), what.quantity_decimals);
    if (what.unit == "DAY") out.base_quantity = year_days;
    out.tax = standard_rate();
    out.during = during;
    out.facility = facility;
    if (!what.has_meter) return out;
    const decimal before(static_cast<std::int64_t>(random_.below(90'000)), what.quantity_decimals);
    out.properties = {{"M\xC3\xA4tare", fmt::format("{}", 100'000 + random_.below(900'000))},
                      {"St\xC3\xA4llning in", before.text()},
                      {"St\xC3\xA4llning ut", (before + out.quantity).text()},
                      {"Anl\xC3\xA4ggningsadress", street}};
    return out;
}

invoice invoice_inventor::invent(std::size_t lines, bool to_person) {
    invoice out;
    out.number = fmt::format("{}", next_number_++);
    out.issued = day_;
    out.due = add_days(day_, 30);
    out.seller = seller_;
    out.buyer = customer(to_person);
    out.buyer_reference = "4711";
    out.customer_number = fmt::format("{}", 100'000 + random_.below(900'000));
    out.payment_reference = invented::with_check_digit(fmt::format("{}{}", out.number, (out.number.size() + 2) % 10));
    out.payment_terms = "30 dagar netto. Dr\xC3\xB6jsm\xC3\xA5lsr\xC3\xA4nta enligt r\xC3\xA4ntelagen.";
    out.accounts = {{"9912346", "SE:BANKGIRO"}};
    if (to_person) out.routing_code = "P01";
    const period during = month_before(day_);
    const std::string electricity = facility_id(random_), house = facility_id(random_);
    for (std::size_t i = 0; i != lines; ++i)
        out.lines.push_back(
            line(i, during, products[i % products.size()].utility == "el" ? electricity : house, out.buyer.street));
    return out;
}

invoice invoice_inventor::credit(const invoice& of) {
    invoice out = of;
    out.is_credit_note = true;
    out.credited = {of.number, of.issued};
    out.number = fmt::format("{}", next_number_++);
    out.issued = add_days(of.issued, 10);
    out.lines.resize(1 + random_.below(of.lines.size()));
    out.payment_terms.clear();
    return out;
}

result<std::string_view> kind_of(const generate_settings& what, std::span<const std::string_view> kinds) {
    if (what.bad_percent != 0) return fail(error_code::invalid_argument, "an invoice is one item: ask for a fault by its rule");
    const std::string_view asked = what.layout.empty() ? kinds.front() : std::string_view(what.layout);
    if (std::find(kinds.begin(), kinds.end(), asked) == kinds.end())
        return fail(error_code::invalid_argument, fmt::format("there is no kind of document {}", asked));
    return asked;
}

result<item> document_with_fault(const fault_table& table, const generate_settings& what) {
    if (what.faults.size() != 1) return fail(error_code::invalid_argument, "a document is given one fault at a time");
    if (what.count != lines_of_faults || what.bad_percent != 0 || !what.layout.empty())
        return fail(error_code::invalid_argument, "a fault says its kind of document, which has ten lines");
    return table.fault_of(what.faults.front()).and_then([&](const planted_fault* fault) { return table.document_with(*fault); });
}

}  // namespace brygga::einvoice
