#include "mapping/billing/run_generator.hpp"

#include <array>
#include <map>
#include <vector>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/check_digit.hpp"
#include "formats/core/gs1.hpp"
#include "formats/invented/payers.hpp"
#include "mapping/billing/terms.hpp"

namespace brygga::billing {

namespace {

using json = nlohmann::ordered_json;

struct product {
    std::string_view utility, text, unit;
    std::int64_t price{};  // öre
    std::uint64_t most{};  // of the quantity
    bool is_read = false;
    std::string_view property = {};  // product of electricity
};

constexpr std::array products = {
    product{"EL", "Elhandel, r\xC3\xB6rligt pris", "KWH", 88, 2000, true, "supply"},
    product{"EL", "Eln\xC3\xA4t, fast avgift 20 A", "MON", 21'000, 1},
    product{"EL", "Eln\xC3\xA4t, \xC3\xB6verf\xC3\xB6ring", "KWH", 26, 2000, true},
    product{"EL", "Energiskatt", "KWH", 44, 2000, true},
    product{"FV", "Fj\xC3\xA4rrv\xC3\xA4rme, energi", "MWH", 81'250, 5, true},
    product{"FI", "Fiber 250/250", "MON", 27'920, 1},
    product{"VA", "Vatten", "MTQ", 2435, 60, true},
    product{"VA", "Avlopp", "MTQ", 3110, 60, true},
    product{"VA", "Dagvatten, \xC3\xA5rsavgift per dag", "DAY", 401, 31},
    product{"RE", "Renh\xC3\xA5llning, k\xC3\xA4rl 190 l", "MON", 16'500, 1},
};
constexpr std::size_t first_of_house = 4;
constexpr std::int64_t whole_krona = 100;

// Net with a quarter of value added tax, a half öre away from zero.
std::int64_t with_tax(std::int64_t net_ore) {
    return (net_ore * 5 + 2) / 4;
}

std::string in_kronor(std::int64_t ore) {
    return fmt::format("{}.{:02}", ore / whole_krona, ore % whole_krona);
}

enum class sort : std::uint8_t { banked, business, emailed, printed };

// One customer with what is delivered and invoiced to it; the same number of the same run is the same customer.
class invented_customer {
 public:
    invented_customer(const generator_settings& with, std::uint64_t number)
        : with_(with), number_(number), random_(with.seed * 1'000'003 + number), payers_(invented::payers(random_.next(), 20)) {
        constexpr std::array share = {sort::banked, sort::banked, sort::business, sort::emailed, sort::printed};
        is_ = share[random_.below(share.size())];
        identity_ = is_ == sort::business
                        ? "16" + invented::with_check_digit(fmt::format("55{:07}", 6'000'000 + random_.below(1'000'000)))
                        : invented::personal_number(random_);
        has_electricity_ = random_.chance(70);
        has_house_ = !has_electricity_ || random_.chance(60);
    }

    [[nodiscard]] bool is_banked() const noexcept { return is_ == sort::banked; }
    [[nodiscard]] const std::string& identity() const noexcept { return identity_; }
    [[nodiscard]] std::string id() const { return fmt::format("{}", 100'000 + number_); }

    void lines(const std::function<void(const json&)>& each) {
        each(customer());
        for (const std::string_view utility : {"EL", "FV", "FI", "VA", "RE"})
            if (utility == "EL" ? has_electricity_ : has_house_) each(facility(utility));
        json made = invoice();
        each(made);
        constexpr std::uint64_t credited = 20;
        if (number_ % credited == 0) each(credit_note(made));
    }

 private:
    [[nodiscard]] std::string point(std::string_view utility) const { return fmt::format("{}-{}", utility, id()); }
    // Of the kind that is wanted; the first otherwise.
    [[nodiscard]] const invented::payer& payer() const {
        for (const invented::payer& each : payers_)
            if (each.company == (is_ == sort::business)) return each;
        return payers_.front();
    }

    [[nodiscard]] json customer() const {
        const invented::payer& who = payer();
        json out{{"type", "customer"},
                 {"customer_id", id()},
                 {"name", who.name.empty() ? "Exempel" : who.name},
                 {"identity_number", identity_},
                 {"category", is_ == sort::business ? "business" : "consumer"},
                 {"street", who.street.empty() ? "Exempelv\xC3\xA4gen 1" : who.street},
                 {"postcode", who.postcode.empty() ? "12345" : who.postcode},
                 {"town", who.town.empty() ? "Exempelstad" : who.town},
                 {"telephone", "0701740605"},
                 {"email", fmt::format("kund{}@example.org", id())},
                 {"foreign", false}};
        if (is_ == sort::business) {
            out["branch_code"] = "68201";
            out["invoices"] = {{"endpoint", "0007:" + identity_.substr(2)}};
        }
        if (is_ == sort::emailed)
            out["invoices"] = {{"email", {{"address", out["email"]}, {"requested", "2026-01-02"}, {"confirmed", "2026-01-03"}}}};
        return out;
    }

    [[nodiscard]] json facility(std::string_view utility) const {
        json out{{"type", "facility"}, {"facility_id", point(utility)}, {"customer_id", id()}, {"utility", utility}};
        if (utility == "EL") {
            const std::string body = fmt::format("735999{:011}", number_);
            out["gsrn"] = body + *gs1_digit(body);
        }
        out["property_designation"] = fmt::format("Kvarnen {}:1", number_);
        out["supply_address"] = payer().street.empty() ? "Exempelv\xC3\xA4gen 1" : payer().street;
        return out;
    }

    // `net_ore` grows by that of the line; the tax of what came before is shared out so that all lines come to the whole.
    [[nodiscard]] json line(const product& what, std::int64_t& net_ore) {
        const auto quantity = static_cast<std::int64_t>(1 + random_.below(what.most));
        const std::int64_t before = with_tax(net_ore);
        net_ore += quantity * what.price;
        json out{{"utility", what.utility},
                 {"supply_point", point(what.utility)},
                 {"text", what.text},
                 {"amount_ore", with_tax(net_ore) - before}};
        out["quantity"] = fmt::format("{}", quantity);
        out["unit"] = what.unit;
        out["price"] = in_kronor(what.price);
        out["vat"] = {{"category", "S"}, {"rate", "25"}};
        if (!what.property.empty()) out["product"] = what.property;
        const auto month = std::chrono::year_month{with_.issued.year(), with_.issued.month()} - std::chrono::months{1};
        out["from"] = fmt::format("{:%Y-%m}-01", std::chrono::sys_days(month / 1));
        out["to"] = format_iso_date(date(month / std::chrono::last));
        if (!what.is_read) return out;
        out["value_kind"] = what.utility == "VA" ? "READ" : "REMOTE";
        const std::uint64_t reading = random_.below(90'000);
        out["properties"] = {
            {{"name", "M\xC3\xA4tare"}, {"value", fmt::format("{}", 100'000 + random_.below(900'000))}},
            {{"name", "St\xC3\xA4llning in"}, {"value", fmt::format("{}", reading)}},
            {{"name", "St\xC3\xA4llning ut"}, {"value", fmt::format("{}", reading + static_cast<std::uint64_t>(quantity))}}};
        return out;
    }

    [[nodiscard]] json invoice() {
        const std::string number = fmt::format("{}", 1'000'000 + number_);
        json out{{"type", "invoice"},
                 {"number", number},
                 {"customer_id", id()},
                 {"reference", invented::with_check_digit(fmt::format("{}{}", number, (number.size() + 2) % 10))},
                 {"issue_date", format_iso_date(with_.issued)},
                 {"due_date", format_iso_date(month_due(with_.issued))},
                 {"total_ore", 0},
                 {"rounding_ore", 0},
                 {"cycle", "MONTHLY"},
                 {"lines", json::array()}};
        if (is_ == sort::business) out["buyer_reference"] = "4711";
        std::int64_t net_ore = 0;
        for (std::size_t i = 0; i != products.size(); ++i)
            if (i < first_of_house ? has_electricity_ : has_house_) out["lines"].push_back(line(products[i], net_ore));
        const std::int64_t gross = with_tax(net_ore);
        const std::int64_t total = (gross + whole_krona / 2) / whole_krona * whole_krona;
        out["total_ore"] = total;
        out["rounding_ore"] = total - gross;
        return out;
    }

    // Takes back one unit of the first line.
    [[nodiscard]] json credit_note(const json& of) const {
        const json& line = of.at("lines").at(0);
        const product& what = has_electricity_ ? products[0] : products[first_of_house];
        return {{"type", "credit_note"},
                {"number", fmt::format("{}", 5'000'000 + number_)},
                {"customer_id", id()},
                {"invoice_number", of.at("number")},
                {"utility", what.utility},
                {"supply_point", line.at("supply_point")},
                {"issue_date", of.at("issue_date")},
                {"amount_ore", with_tax(what.price)},
                {"lines",
                 {{{"text", what.text},
                   {"quantity", "1"},
                   {"unit", what.unit},
                   {"price", in_kronor(what.price)},
                   {"vat", {{"category", "S"}, {"rate", "25"}}}}}}};
    }

    const generator_settings& with_;
    std::uint64_t number_;
    invented::random_numbers random_;
    std::vector<invented::payer> payers_;
    sort is_{};
    std::string identity_;
    bool has_electricity_ = false, has_house_ = false;
};

// What the manifest says: of all lines, before the first is written.
json manifest_of(const generator_settings& with) {
    std::map<std::string, std::int64_t> sums;
    std::int64_t total = 0;
    std::uint64_t credits = 0;
    for (std::uint64_t i = 0; i != with.invoices; ++i)
        invented_customer(with, i).lines([&](const json& each) {
            if (each.at("type") == "credit_note") {
                ++credits;
                sums[each.at("utility")] -= each.at("amount_ore").get<std::int64_t>();
                total -= each.at("amount_ore").get<std::int64_t>();
            }
            if (each.at("type") != "invoice") return;
            total += each.at("total_ore").get<std::int64_t>();
            std::map<std::string, std::int64_t> parts;
            for (const json& line : each.at("lines"))
                parts[line.at("utility")] += line.at("amount_ore").get<std::int64_t>();
            std::string largest;  // of equal ones the first (BILL-R29)
            for (const std::string utility : {"EL", "FV", "FI", "VA", "RE"})
                if (parts.contains(utility) && (largest.empty() || parts[utility] > parts[largest])) largest = utility;
            parts[largest] += each.at("rounding_ore").get<std::int64_t>();
            for (const auto& [utility, amount] : parts)
                sums[utility] += amount;
        });
    json out{{"type", "run"},
             {"run_id", with.run_id},
             {"tenant", with.tenant},
             {"invoice_month", fmt::format("{:%Y-%m}", std::chrono::sys_days(with.issued))},
             {"kind", "ORDINARY"},
             {"invoices", with.invoices},
             {"credit_notes", credits},
             {"sum_ore", json::object()},
             {"prices_confirmed", {{"by", "Exempel"}, {"at", format_iso_date(with.issued)}}}};
    for (const auto& [utility, amount] : sums)
        out["sum_ore"][utility] = amount;
    out["sum_ore"]["total"] = total;
    return out;
}

}  // namespace

void generate_run(const generator_settings& with, const line_sink& each) {
    each(manifest_of(with).dump());
    for (std::uint64_t i = 0; i != with.invoices; ++i)
        invented_customer(with, i).lines([&](const json& line) { each(line.dump()); });
}

void generate_registrations(const generator_settings& with, const line_sink& each) {
    for (std::uint64_t i = 0; i != with.invoices; ++i) {
        const invented_customer who(with, i);
        if (!who.is_banked()) continue;
        each(json{{"type", "registration"},
                  {"kind", "registered"},
                  {"receiver", who.identity() + ".NB.SE"},
                  {"customer_id", who.id()},
                  {"day", "2026-01-02"}}
                 .dump());
    }
}

}  // namespace brygga::billing
