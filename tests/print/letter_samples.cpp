#include "tests/print/letter_samples.hpp"

#include <fmt/format.h>

namespace brygga::print::samples {

namespace {

using namespace std::chrono_literals;

constexpr date issued = 2026y / std::chrono::November / 30;
constexpr date due = 2026y / std::chrono::December / 30;

charge_group electricity() {
    charge_group out;
    out.title = "El";
    out.place = "anläggning 735999123000045676, Provgatan 7 lgh 1102, 123 45 Provstad";
    out.rows = {{"Elnät, fast avgift", "2026-10-01 – 2026-10-31", "31", "DAY", "5.60", 21700, {}},
                {"Överföring", "2026-10-01 – 2026-10-31", "812", "KWH", "0.2640", 26796, {"Mätare 1234567, 40 112 – 40 924"}},
                {"Energiskatt", "2026-10-01 – 2026-10-31", "812", "KWH", "0.4280", 43442, {}}};
    out.unit = "KWH";
    for (int i = 0; i != 13; ++i) {
        const auto month = std::chrono::year_month(2025y, std::chrono::October) + std::chrono::months(i);
        out.history.push_back({date(month / 1), (500 + 60 * ((i * 7) % 11)) * std::int64_t{1000}});
    }
    return out;
}

charge_group water() {
    charge_group out;
    out.title = "Vatten och avlopp";
    out.place = "anläggning VA-1002, Provgatan 7, 123 45 Provstad";
    out.rows = {{"Fast avgift", "2026-10-01 – 2026-11-30", "2", "MON", "98.00", 24500, {}},
                {"Förbrukning", "2026-10-01 – 2026-11-30", "14", "MTQ", "4.00", 7000, {}}};
    return out;
}

void finish(letter& of) {
    std::int64_t total_ore = 0;
    for (const charge_group& each : of.groups)
        total_ore += sum_of(each);
    of.rounding_ore = (100 - total_ore % 100) % 100;
    of.payable_ore = total_of(of);
    of.vat = {{"25", "", *of.payable_ore * 4 / 5, *of.payable_ore / 5}};
    of.slip = code_line{of.reference, *of.payable_ore, "59892810", giro::bankgiro};
}

letter invoice_to(std::vector<std::string> window) {
    letter out;
    out.number = "70012345";
    out.issued = issued;
    out.due = due;
    out.customer_number = "100200";
    out.window = std::move(window);
    out.reference = "7001234504";
    return out;
}

}  // namespace

look company() {
    look out;
    out.company = "Provstads Energi AB";
    out.organisation_number = "5561234567";
    out.footer = {{"Provstads Energi AB", "Box 100", "123 40 Provstad"},
                  {"Telefon 010-000 00 00", "kund@provstad.example"},
                  {"Org.nr 556123-4567", "Godkänd för F-skatt", "Säte: Provstad"}};
    out.words[0].messages = {"Efter förfallodagen debiteras dröjsmålsränta enligt räntelagen."};
    out.words[1].messages = {"Interest is charged after the due date according to the Interest Act."};
    return out;
}

letter small_invoice() {
    letter out = combined_invoice();
    out.groups.resize(1);
    finish(out);
    return out;
}

letter combined_invoice() {
    letter out = invoice_to({"Anna Exempel", "c/o Bo Prov", "Provgatan 7 lgh 1102", "123 45 Provstad"});
    out.details = {{"Er referens", "Anna Exempel"}};
    out.groups = {electricity(), water()};
    finish(out);
    return out;
}

letter large_invoice(int facilities, int rows) {
    letter out = invoice_to({"Provbolaget AB", "Ekonomiavdelningen", "Box 12", "123 46 Provstad"});
    for (int facility = 0; facility != facilities; ++facility) {
        charge_group group = electricity();
        group.place = fmt::format("anläggning {}", 1000 + facility);
        group.rows.resize(1);
        for (int row = 1; row < rows; ++row)
            group.rows.push_back({fmt::format("Rad {} med en text som är så lång att den bryts på två rader", row),
                                  "2026-10-01 – 2026-10-31",
                                  "1",
                                  "EA",
                                  "8.00",
                                  1000,
                                  {}});
        out.groups.push_back(std::move(group));
    }
    finish(out);
    return out;
}

letter reminder() {
    letter out = invoice_to({"Anna Exempel", "Provgatan 7 lgh 1102", "123 45 Provstad"});
    out.kind = letter_kind::reminder;
    out.paragraphs = {
        "Vi saknar din betalning av fakturan nedan. Har du betalat de senaste dagarna kan du bortse från påminnelsen."};
    charge_group claims;
    claims.title = "Obetalda fakturor";
    claims.rows = {{"Faktura 70012345, förfallen 2026-10-30", "", "", "", "", 123450, {}},
                   {"Påminnelseavgift", "", "", "", "", 6000, {}},
                   {"Dröjsmålsränta till 2026-11-30", "", "", "", "", 1020, {}}};
    out.groups = {claims};
    finish(out);
    out.vat.clear();
    return out;
}

letter protected_invoice() {
    letter out = invoice_to({"20000125-2386"});
    out.groups = {electricity()};
    for (charge_group& each : out.groups) {
        each.place = "anläggning c:0123456789ab";
        each.history.clear();
    }
    finish(out);
    return out;
}

}  // namespace brygga::print::samples
