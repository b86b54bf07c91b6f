#include "formats/print/letter/detail/slip.hpp"

#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <qrencode.h>

#include "formats/core/bankgiro.hpp"
#include "formats/core/money.hpp"
#include "formats/core/plusgiro.hpp"
#include "formats/print/letter/detail/words.hpp"

namespace brygga::print::detail {

namespace {

struct free_symbol {
    void operator()(QRcode* of) const { QRcode_free(of); }
};

constexpr text_style label{{700}, false, grey}, value{{1000}, true};

std::string account_text(const code_line& of) {
    return of.type == giro::bankgiro ? display_bankgiro(of.account) : display_plusgiro(of.account);
}

struct slip_field {
    micrometres left{}, top{};
    std::string_view label;
    std::string value;
};

}  // namespace

result<void> draw_slip(canvas& on, const letter& item, const look& of) {
    auto line = write_code_line(*item.slip);
    if (!line) return tl::unexpected(std::move(line.error()));
    constexpr micrometres dash = 2_mm;
    for (micrometres left = 5_mm; left < 205_mm; left += 2 * dash)
        on.fill({left, slip_top}, {dash, 150}, grey);
    on.text(20_mm, slip_top + 9_mm, words(word::slip, item.in), {11_pt, true, of.accent});
    on.text(20_mm, slip_top + 14_mm, words(word::pay_reference_only, item.in), label);
    const std::string_view giro_name = item.slip->type == giro::bankgiro ? "Bankgiro" : "Plusgiro";
    const slip_field fields[] = {
        {20'000, slip_top + 24'000, words(word::payee, item.in), of.company},
        {20'000, slip_top + 38'000, words(word::ocr_number, item.in), item.slip->reference},
        {118'000, slip_top + 24'000, giro_name, account_text(*item.slip)},
        {118'000, slip_top + 38'000, words(word::to_pay, item.in), amount_text(item.slip->amount_ore, item.in) + " kr"},
        {160'000, slip_top + 24'000, words(word::due, item.in), item.due ? format_iso_date(*item.due) : std::string()},
    };
    for (const slip_field& each : fields) {
        if (each.value.empty()) continue;
        on.text(each.left, each.top, each.label, label);
        on.text(each.left, each.top + 5_mm, each.value, value);
    }
    on.code_line(of.slip_left, page_height - of.slip_baseline, *line);
    return {};
}

std::string qr_text(const letter& item, const look& of) {
    // In the order that was settled; `due` is a number with two decimals, which nlohmann's numbers are not.
    const auto quoted = [](const std::string& text) {
        return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    return fmt::format(R"({{"uqr":1,"tp":1,"nme":{},"cid":{},"iref":{},"idt":"{}","ddt":"{}","due":{},"pt":"{}","acc":"{}"}})",
                       quoted(of.company), quoted(of.organisation_number), quoted(item.slip->reference),
                       format_ccyymmdd(item.issued), item.due ? format_ccyymmdd(*item.due) : std::string(),
                       format_decimal_amount(item.slip->amount_ore), item.slip->type == giro::bankgiro ? "BG" : "PG",
                       account_text(*item.slip));
}

result<void> draw_qr(canvas& on, const std::string& text, place from, micrometres side) {
    constexpr int quiet = 4;  // modules
    const std::unique_ptr<QRcode, free_symbol> symbol(
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!symbol) return fail(error_code::limit_exceeded, "the text of the invoice QR does not fit a symbol");
    const int width = symbol->width;
    // Of whole micrometres, so that neighbours meet; what is left over widens the quiet zone.
    const micrometres module = side / (width + 2 * quiet);
    const micrometres margin = (side - module * width) / 2;
    std::vector<std::pair<place, extent>> dark;
    for (int row = 0; row != width; ++row)
        for (int column = 0; column != width; ++column) {
            int end = column;
            while (end != width && (symbol->data[row * width + end] & 1) != 0)
                ++end;
            if (end == column) continue;
            dark.push_back(
                {{from.left + margin + column * module, from.top + margin + row * module}, {(end - column) * module, module}});
            column = end - 1;
        }
    on.fill_all(dark, black);
    return {};
}

}  // namespace brygga::print::detail
