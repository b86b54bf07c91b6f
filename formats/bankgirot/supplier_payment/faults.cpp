#include "formats/bankgirot/supplier_payment/faults.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/bankgirot/supplier_payment/writer.hpp"

namespace brygga::supplier_payment {

namespace {

constexpr std::array table{
    fault_info{rule::R01, "TK29 is missing"},
    fault_info{rule::R02, "the sum of TK29 is an öre too much"},
    fault_info{rule::R03, "the check digit of a payee's bankgiro is wrong"},
    fault_info{rule::R04, "an account without its payment"},
    fault_info{rule::R05, "two accounts under one payout number"},
    fault_info{rule::R06, "a payment on Christmas Day"},
    fault_info{rule::R07, "a payment of zero"},
    fault_info{rule::R09, "a money order"},
    fault_info{rule::R10, "a report of an unknown kind"},
    fault_info{rule::R13, "a letter in an amount"},
    fault_info{rule::R14, "a record before TK11"},
    fault_info{rule::R15, "text beyond column 80"},
    fault_info{rule::R16, "a trimmed line"},
    fault_info{rule::R17, "a TAB for a blank"},
    fault_info{rule::R18, "a section seal"},
    fault_info{rule::R19, "a record of another layout"},
    fault_info{rule::R20, "a payment on the 31st of February"},
};

constexpr std::size_t line_bytes = 82;

// TK11, TK40, TK14, TK14 to bankgiro, TK29.
enum section_line : std::size_t { opening, account, refund, invoice, closing };

std::string whole_section(date written, date pays, bool money_order) {
    writer out({.written = written, .bankgiro = "9912346", .allow_money_order = true});
    static_cast<void>(out.open({}));
    to_account_out to_account;
    to_account.amount_ore = 30'050;
    to_account.pays.day = pays;
    to_account.reference = "FELEXEMPEL";
    to_account.account = {"3300", "1212121212"};
    static_cast<void>(out.to_account(to_account));
    to_bankgiro_out to_bankgiro;
    to_bankgiro.amount_ore = 100'000;
    to_bankgiro.pays.day = pays;
    to_bankgiro.reference = "1234567897";
    to_bankgiro.bankgiro = "50501055";
    static_cast<void>(out.to_bankgiro(to_bankgiro));
    if (money_order) {
        money_order_out order;
        order.amount_ore = 12'500;
        order.pays.day = pays;
        order.address = {"ANNA EXEMPEL", "", "PROVGATAN 1", "12345", "STORSTAD"};
        static_cast<void>(out.money_order(order));
    }
    static_cast<void>(out.close());
    return std::move(out.bytes());
}

void put(std::string& section, section_line line, std::size_t column, std::string_view text) {
    section.replace(line * line_bytes + column - 1, text.size(), text);
}

void drop(std::string& section, section_line line) {
    section.erase(line * line_bytes, line_bytes);
}

void insert_before(std::string& section, section_line line, std::string text) {
    text.resize(line_bytes - 2, ' ');
    section.insert(line * line_bytes, text + "\r\n");
}

std::string with_another_account(std::string section) {
    const std::string group = section.substr(account * line_bytes, 2 * line_bytes);
    section.insert(invoice * line_bytes, group);
    section.replace(invoice * line_bytes + 16, 12, "001212121213");
    const std::string_view number_and_sum = "00000003000000160100";
    section.replace((closing + 2) * line_bytes + 12, number_and_sum.size(), number_and_sum);
    return section;
}

}  // namespace

std::span<const fault_info> faults() noexcept {
    return table;
}

result<std::vector<rule>> parse_faults(std::span<const std::string> ids) {
    std::vector<rule> out;
    for (const std::string& id : ids) {
        const auto found =
            std::find_if(table.begin(), table.end(), [&](const fault_info& each) { return info(each.broken).id == id; });
        if (found == table.end())
            return fail(error_code::invalid_argument, fmt::format("no LB file can be given the fault '{}'", id));
        if (std::find(out.begin(), out.end(), found->broken) == out.end()) out.push_back(found->broken);
    }
    std::stable_partition(out.begin(), out.end(), [](rule each) { return each != rule::R01; });
    return out;
}

std::string fault_section(rule broken, date written, date pays) {
    std::string section = whole_section(written, pays, broken == rule::R09);
    switch (broken) {
        case rule::R01:
            drop(section, closing);
            break;
        case rule::R02:
            put(section, closing, 21, "000000130051");
            break;
        case rule::R03:
            put(section, invoice, 12, "6");
            break;
        case rule::R04:
            drop(section, refund);
            put(section, invoice, 13, "00000001000000100000");  // TK29 stands there now
            break;
        case rule::R05:
            return with_another_account(std::move(section));
        case rule::R06:
            put(section, invoice, 50, fmt::format("{:02}1225", static_cast<int>(pays.year()) % 100));
            break;
        case rule::R07:
            put(section, invoice, 38, "000000000000");
            put(section, closing, 21, "000000030050");
            break;
        case rule::R10:
            put(section, opening, 47, "9");
            break;
        case rule::R13:
            put(section, invoice, 38, "00000010A000");
            put(section, closing, 21, "000000030050");
            break;
        case rule::R14:
            insert_before(section, opening, "25FELEXEMPEL");
            break;
        case rule::R15:
            section.insert(invoice * line_bytes + line_bytes - 2, "FEL");
            break;
        case rule::R16:
            section.erase(opening * line_bytes + 62, line_bytes - 2 - 62);
            break;
        case rule::R17:
            section.replace(invoice * line_bytes + 70, 10, "  \t");
            break;
        case rule::R18:
            insert_before(section, closing, "28FELEXEMPEL");
            break;
        case rule::R19:
            insert_before(section, invoice, "490000FELEXEMPEL");
            break;
        case rule::R20:
            put(section, invoice, 50, "260231");
            break;
        case rule::R08:  // what binds the writer, or compares files, no file shows
        case rule::R09:  // written as it is
        case rule::R11:
        case rule::R12:
            break;
    }
    return section;
}

}  // namespace brygga::supplier_payment
