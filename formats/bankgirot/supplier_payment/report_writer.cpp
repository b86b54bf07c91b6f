#include "formats/bankgirot/supplier_payment/report_writer.hpp"

#include <cassert>

namespace brygga::supplier_payment {

namespace {

constexpr encoded_text title{"LEVERANT\xD6RSBETALNINGAR", encoding::iso_8859_1};

char kind_of(layout_id layout) noexcept {
    switch (layout) {
        case layout_id::payment_specification:
            return '1';
        case layout_id::watch:
            return '2';
        case layout_id::rejected:
            return '6';
        case layout_id::unknown_report:
            return '9';
        case layout_id::delivery:
        case layout_id::to_bankgirot:
        case layout_id::returned_money_orders:
            break;
    }
    return ' ';
}

}  // namespace

void report_writer::open(layout_id layout, const report_sender& from) {
    layout_ = layout;
    day_ = from.day;
    bankgiro_ = from.bankgiro;
    records_ = sum_ore_ = 0;
    if (layout == layout_id::returned_money_orders)
        return write<layouts::returned_opening>({from.written, from.day, from.bankgiro});
    write<layouts::opening>({from.bankgiro, from.written, title, from.day, kind_of(layout), {}});
}

void report_writer::count(std::string_view code, std::int64_t amount_ore) noexcept {
    if (code != "14" && code != "54" && code != "15" && code != "16" && code != "17") return;
    ++records_;
    sum_ore_ += code == "14" || code == "54" ? amount_ore : -amount_ore;
}

void report_writer::echo(std::string_view line) {
    assert(line.size() == layouts::width);
    count(line.substr(0, 2), 0);
    bytes_.append(line).append("\r\n");
}

void report_writer::close() {
    if (layout_ == layout_id::returned_money_orders) return write<layouts::returned_closing>({day_, sum_ore_});
    constexpr std::size_t sum_column = 21, sum_columns = 12;
    const std::size_t at = bytes_.size();
    const bool negative = sum_ore_ < 0;
    write<layouts::closing>({bankgiro_, records_, negative ? -sum_ore_ : sum_ore_, negative ? '-' : ' '});
    if (layout_ == layout_id::rejected || layout_ == layout_id::watch)
        bytes_.replace(at + sum_column - 1, sum_columns, sum_columns, ' ');
}

}  // namespace brygga::supplier_payment
