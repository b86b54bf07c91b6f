#include "formats/einvoice/invoice.hpp"

#include <algorithm>

namespace brygga::einvoice {

decimal invoice_line::net() const {
    return (quantity * price).divided_by(base_quantity, 2);
}

invoice_totals totals_of(const invoice& of) {
    invoice_totals out;
    for (const invoice_line& line : of.lines) {
        const decimal net = line.net();
        auto row = std::find_if(out.rows.begin(), out.rows.end(), [&](const vat_row& each) { return each.tax == line.tax; });
        if (row == out.rows.end()) row = out.rows.insert(row, {line.tax, {}, {}});
        row->base += net;
        out.net += net;
    }
    // A half away from zero, unlike the rules, which take both (einvoice.md 7.3).
    for (vat_row& row : out.rows) {
        row.amount = (row.base * row.tax.rate.value_or(decimal())).divided_by(100, 2);
        out.vat += row.amount;
    }
    out.gross = out.net + out.vat;
    const decimal left = out.gross - of.prepaid;
    out.payable = of.rounding ? left + *of.rounding : left.rounded(0);  // rounded by -0.49 to 0.50
    out.rounding = out.payable - left;
    return out;
}

std::optional<period> period_of(const invoice& of) {
    std::optional<period> out;
    for (const invoice_line& each : of.lines) {
        if (!each.during) continue;
        if (!out) out = each.during;
        out->from = std::min(out->from, each.during->from);
        out->to = std::max(out->to, each.during->to);
    }
    return out;
}

}  // namespace brygga::einvoice
