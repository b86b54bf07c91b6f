#include "formats/bankgirot/supplier_payment/faults.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/bankgirot/supplier_payment/report_writer.hpp"
#include "formats/bankgirot/supplier_payment/writer.hpp"

namespace brygga::supplier_payment {

namespace {

struct section_days {
    date written, pays;
};

// A right section, made damaged line by line. Lines and columns from 1.
struct damaged {
    std::vector<std::string> lines;       // without line ends
    std::size_t main;                     // the line of the TK14, TK43 or record 2 that damage is done to
    unsigned amount_column;               // of that line, 12 columns
    unsigned last_total;                  // of the closing record: the last column of its number, or of its sum where it has one
    std::string_view total_without_main;  // what that is where the amount does not count; empty: as it is
    section_days days;

    std::string& line(std::size_t number) { return lines[number - 1]; }
    void put(std::size_t number, unsigned column, std::string_view text) { line(number).replace(column - 1, text.size(), text); }
    void close_with(unsigned column, std::string_view text) { put(lines.size(), column, text); }
    void insert(std::size_t before, std::string text) {
        text.resize(layouts::width, ' ');
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(before) - 1, std::move(text));
    }
    void amount(std::string_view twelve_columns) {
        put(main, amount_column, twelve_columns);
        close_with(last_total + 1 - static_cast<unsigned>(total_without_main.size()), total_without_main);
    }
};

std::vector<std::string> lines_of(const std::string& bytes) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at != bytes.size(); at += layouts::width + 2)
        out.push_back(bytes.substr(at, layouts::width));
    return out;
}

constexpr std::string_view refund_alone = "000000030050";

// TK11, TK40, TK14, TK14 to bankgiro, TK29.
damaged order(const section_days& days, bool with_money_order = false) {
    writer out({.written = days.written, .bankgiro = "9912346", .allow_money_order = true});
    static_cast<void>(out.open({}));
    to_account_out to_account;
    to_account.amount_ore = 30'050;
    to_account.pays.day = days.pays;
    to_account.reference = "FELEXEMPEL";
    to_account.account = {"3300", "1212121212"};
    static_cast<void>(out.to_account(to_account));
    to_bankgiro_out to_bankgiro;
    to_bankgiro.amount_ore = 100'000;
    to_bankgiro.pays.day = days.pays;
    to_bankgiro.reference = "1234567897";
    to_bankgiro.bankgiro = "50501055";
    static_cast<void>(out.to_bankgiro(to_bankgiro));
    if (with_money_order) {
        money_order_out order;
        order.amount_ore = 12'500;
        order.pays.day = days.pays;
        order.address = {"ANNA EXEMPEL", "", "PROVGATAN 1", "12345", "STORSTAD"};
        static_cast<void>(out.money_order(order));
    }
    static_cast<void>(out.close());
    return {lines_of(out.bytes()), 4, 38, 32, refund_alone, days};
}

report_writer opened(layout_id layout, const section_days& days) {
    report_writer out;
    out.open(layout, {format_yymmdd(days.written), format_yymmdd(days.pays), "0009912346"});
    return out;
}

payment_record payment_of(std::string_view payee, std::int64_t amount_ore) {
    payment_record out;
    out.payee = payee;
    out.reference = {"FELEXEMPEL", encoding::iso_8859_1};
    out.amount_ore = amount_ore;
    out.code = '0';
    out.redirected_to = "0000000000";
    return out;
}

// The lines of an order.
damaged specification(const section_days& days) {
    report_writer out = opened(layout_id::payment_specification, days);
    out.add<layouts::account>({"0000000018", "3300", "001212121212", {}});
    out.add<layouts::reported_payment>(payment_of("0000000018", 30'050));
    out.add<layouts::reported_payment>(payment_of("0050501055", 100'000));
    out.close();
    return {lines_of(out.bytes()), 4, 38, 32, refund_alone, days};
}

// TK11, TK14, TK49, TK29.
damaged rejected(const section_days& days) {
    report_writer out = opened(layout_id::rejected, days);
    out.add<layouts::payment>(payment_of("0050501055", 100'000));
    out.add<layouts::rejection>({"MTRV", "0042", {}});
    out.close();
    return {lines_of(out.bytes()), 2, 38, 20, {}, days};
}

// TK11, TK40 to TK43, TK29.
damaged watch(const section_days& days) {
    report_writer out = opened(layout_id::watch, days);
    out.add<layouts::watched_before>({150'000, 0, 0, 0});
    out.add<layouts::watched_taken>({50'000, 0, 0, 0});
    out.add<layouts::watched_left>({0, 0, 100'000, 0});
    out.add<layouts::watched_day>({format_yymmdd(days.pays), "0000000000000100000", ' ', 0, ' ', "00"});
    out.close();
    return {lines_of(out.bytes()), 5, 16, 20, {}, days};
}

// Records 1, 2, 2 and 3.
damaged returned(const section_days& days) {
    report_writer out = opened(layout_id::returned_money_orders, days);
    for (const std::int64_t amount_ore : {30'050, 7'500})
        out.add<layouts::returned_order>({"000004711", '1', {"FELEXEMPEL", encoding::iso_8859_1}, {}, {}, amount_ore});
    out.close();
    return {lines_of(out.bytes()), 3, 44, 52, refund_alone, days};
}

damaged section_of(layout_id layout, const section_days& days) {
    switch (layout) {
        case layout_id::payment_specification:
            return specification(days);
        case layout_id::rejected:
            return rejected(days);
        case layout_id::watch:
            return watch(days);
        case layout_id::returned_money_orders:
            return returned(days);
        case layout_id::to_bankgirot:
        case layout_id::unknown_report:
        case layout_id::delivery:
            break;
    }
    return order(days);
}

// The layouts in which a rule is broken alike.
constexpr unsigned bit(layout_id layout) noexcept {
    return 1u << static_cast<unsigned>(layout);
}
constexpr unsigned in_order = bit(layout_id::to_bankgirot), in_specification = bit(layout_id::payment_specification);
constexpr unsigned in_rejected = bit(layout_id::rejected), in_watch = bit(layout_id::watch);
constexpr unsigned in_returned = bit(layout_id::returned_money_orders);
constexpr unsigned with_title = in_order | in_specification | in_rejected | in_watch, anywhere = with_title | in_returned;

struct fault {
    rule broken;
    unsigned layouts;
    void (*make)(damaged&);
};

void repeat_with_another_account(damaged& s) {
    const std::vector<std::string> group(s.lines.begin() + 1, s.lines.begin() + 3);
    s.lines.insert(s.lines.begin() + 3, group.begin(), group.end());
    s.put(4, 17, "001212121213");
    s.close_with(13, "00000003000000160100");
}

// In the order of the rules; each can be broken in an order.
constexpr std::array table{
    fault{rule::R01, anywhere, [](damaged& s) { s.lines.pop_back(); }},
    fault{rule::R02, anywhere, [](damaged& s) { s.close_with(s.last_total, "9"); }},
    fault{rule::R03, in_order | in_specification, [](damaged& s) { s.put(4, 12, "6"); }},
    fault{rule::R03, in_watch,
          [](damaged& s) {
              s.put(1, 12, "7");
              s.close_with(12, "7");
          }},
    fault{rule::R03, in_returned, [](damaged& s) { s.put(1, 23, "7"); }},
    fault{rule::R04, in_order | in_specification,
          [](damaged& s) {  // an account without its payment
              s.lines.erase(s.lines.begin() + 2);
              s.close_with(13, "00000001000000100000");
          }},
    fault{rule::R05, in_order | in_specification, repeat_with_another_account},
    fault{rule::R06, in_order,
          [](damaged& s) { s.put(4, 50, fmt::format("{:02}1225", static_cast<int>(s.days.pays.year()) % 100)); }},
    fault{rule::R07, in_order | in_specification | in_returned, [](damaged& s) { s.amount("000000000000"); }},
    fault{rule::R09, in_order, [](damaged& s) { s = order(s.days, true); }},
    fault{rule::R10, in_order,
          [](damaged& s) {  // a report of an unknown kind
              s = specification(s.days);
              s.put(1, 47, "9");
          }},
    fault{rule::R10, in_specification, [](damaged& s) { s.put(4, 50, "X"); }},
    fault{rule::R10, in_rejected, [](damaged& s) { s.put(3, 7, "9999"); }},
    fault{rule::R13, anywhere, [](damaged& s) { s.amount("00000010A000"); }},
    fault{rule::R14, anywhere, [](damaged& s) { s.insert(1, "25FELEXEMPEL"); }},
    fault{rule::R15, anywhere, [](damaged& s) { s.line(s.main) += "FEL"; }},
    fault{rule::R16, anywhere, [](damaged& s) { s.line(1).resize(s.line(1).find_last_not_of(' ') + 1); }},
    fault{rule::R17, anywhere, [](damaged& s) { s.line(s.main).replace(72, 8, "\t"); }},
    fault{rule::R18, with_title, [](damaged& s) { s.insert(s.lines.size(), "28FELEXEMPEL"); }},
    fault{rule::R19, anywhere, [](damaged& s) { s.insert(s.main, "77FELEXEMPEL"); }},
    fault{rule::R20, in_order, [](damaged& s) { s.put(4, 50, "260231"); }},
    fault{rule::R20, in_specification | in_watch, [](damaged& s) { s.put(1, 41, "260231"); }},
};

const fault& find(rule broken, layout_id in) noexcept {
    const auto fits = [broken](unsigned layouts) {
        return [broken, layouts](const fault& each) { return each.broken == broken && (each.layouts & layouts) != 0; };
    };
    const auto own = std::find_if(table.begin(), table.end(), fits(bit(in)));
    return own != table.end() ? *own : *std::find_if(table.begin(), table.end(), fits(in_order));
}

}  // namespace

std::vector<rule> fault_rules() {
    std::vector<rule> out;
    for (const fault& each : table)
        if (out.empty() || out.back() != each.broken) out.push_back(each.broken);
    return out;
}

result<std::vector<rule>> parse_faults(std::span<const std::string> ids) {
    std::vector<rule> out;
    for (const std::string& id : ids) {
        const auto found =
            std::find_if(table.begin(), table.end(), [&](const fault& each) { return info(each.broken).id == id; });
        if (found == table.end())
            return fail(error_code::invalid_argument, fmt::format("no LB file can be given the fault '{}'", id));
        if (std::find(out.begin(), out.end(), found->broken) == out.end()) out.push_back(found->broken);
    }
    std::stable_partition(out.begin(), out.end(), [](rule each) { return each != rule::R01; });
    return out;
}

layout_id faulty_layout(rule broken, layout_id in) noexcept {
    return (find(broken, in).layouts & bit(in)) != 0 ? in : layout_id::to_bankgirot;
}

std::string fault_section(rule broken, layout_id in, date written, date pays) {
    damaged section = section_of(faulty_layout(broken, in), {written, pays});
    find(broken, in).make(section);
    std::string out;
    for (const std::string& line : section.lines)
        out += line + "\r\n";
    return out;
}

}  // namespace brygga::supplier_payment
