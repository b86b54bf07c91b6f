#include "formats/print/letter/detail/words.hpp"

#include <array>

#include <fmt/format.h>

#include "formats/core/money.hpp"

namespace brygga::print::detail {

namespace {

struct both {
    std::string_view swedish, english;

    [[nodiscard]] constexpr std::string_view in(language which) const { return which == language::swedish ? swedish : english; }
};

constexpr std::array<both, static_cast<std::size_t>(word::count)> table = {
    both{"Faktura", "Invoice"},
    {"Kreditfaktura", "Credit invoice"},
    {"Påminnelse", "Reminder"},
    {"Inkassokrav", "Debt collection notice"},
    {"Meddelande", "Letter"},
    {"Fakturanummer", "Invoice number"},
    {"Nummer", "Number"},
    {"Kundnummer", "Customer number"},
    {"Datum", "Date"},
    {"Förfallodatum", "Due date"},
    {"Att betala", "Amount due"},
    {"Er tillgodo", "In your favour"},
    {"OCR-nummer", "Payment reference (OCR)"},
    {"Betalningsmottagare", "Payee"},
    {"Sammanställning", "Summary"},
    {"Specifikation", "Specification"},
    {"Avser", "Description"},
    {"Period", "Period"},
    {"Antal", "Quantity"},
    {"À-pris", "Unit price"},
    {"Belopp", "Amount"},
    {"Summa", "Sum"},
    {"Öresutjämning", "Rounding"},
    {"Totalt", "Total"},
    {"Avgår inbetalt förskott", "Less paid in advance"},
    {"varav moms", "of which VAT"},
    {"Moms %", "VAT %"},
    {"Underlag", "Net amount"},
    {"Moms", "VAT"},
    {"Utan moms", "Without VAT"},
    {"Förbrukning", "Consumption"},
    {"forts.", "continued"},
    {"Sida", "Page"},
    {"av", "of"},
    {"Inbetalning", "Payment slip"},
    {"Ange OCR-numret vid betalning", "State the payment reference when you pay"},
    {"Beloppet dras från ditt konto via autogiro", "The amount is drawn from your account by Autogiro"},
    {"Belopp med moms, à-priser utan moms, i kronor", "Amounts with VAT, unit prices without VAT, in kronor"},
    {"Inre kuvert, framsida", "Inner envelope, front"},
    {"Inre kuvert, baksida", "Inner envelope, back"},
    {"Yttre kuvert, framsida", "Outer envelope, front"},
};

constexpr std::array<both, 12> months = {both{"jan", "Jan"}, {"feb", "Feb"}, {"mar", "Mar"}, {"apr", "Apr"},
                                         {"maj", "May"},     {"jun", "Jun"}, {"jul", "Jul"}, {"aug", "Aug"},
                                         {"sep", "Sep"},     {"okt", "Oct"}, {"nov", "Nov"}, {"dec", "Dec"}};

struct unit_name {
    std::string_view code;
    both name;
};
constexpr std::array<unit_name, 10> units = {
    unit_name{"KWH", {"kWh", "kWh"}},
    {"MWH", {"MWh", "MWh"}},
    {"KWT", {"kW", "kW"}},
    {"MTQ", {"m³", "m³"}},
    {"MTK", {"m²", "m²"}},
    {"MON", {"mån", "months"}},
    {"DAY", {"dagar", "days"}},
    {"ANN", {"år", "years"}},
    {"EA", {"st", "pcs"}},
    {"KGM", {"kg", "kg"}},
};

}  // namespace

std::string_view words(word which, language in) noexcept {
    return table[static_cast<std::size_t>(which)].in(in);
}

word title_of(letter_kind kind) noexcept {
    switch (kind) {
        case letter_kind::invoice:
            return word::invoice;
        case letter_kind::credit_invoice:
            return word::credit_invoice;
        case letter_kind::reminder:
            return word::reminder;
        case letter_kind::collection_notice:
            return word::collection_notice;
        case letter_kind::letter:
            return word::letter;
    }
    return word::letter;
}

std::string amount_text(std::int64_t amount_ore, language in) {
    std::string out = format_swedish_amount(amount_ore);
    if (in == language::swedish) return out;
    constexpr std::string_view no_break_blank = "\xC2\xA0";
    for (std::size_t at = out.find(','); at != std::string::npos; at = out.find(','))
        out[at] = '.';
    for (std::size_t at = out.find(no_break_blank); at != std::string::npos; at = out.find(no_break_blank))
        out.replace(at, no_break_blank.size(), ",");
    return out;
}

std::string number_text(std::string_view decimal, language in) {
    std::string out(decimal);
    if (const std::size_t point = out.find('.'); in == language::swedish && point != std::string::npos) out[point] = ',';
    return out;
}

std::string_view unit_text(std::string_view code, language in) noexcept {
    for (const unit_name& each : units)
        if (each.code == code) return each.name.in(in);
    return code;
}

std::string_view month_text(unsigned month, language in) noexcept {
    return month >= 1 && month <= months.size() ? months[month - 1].in(in) : std::string_view();
}

}  // namespace brygga::print::detail
