#include "formats/bankgirot/autogiro/faults.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/bankgirot/autogiro/set_writer.hpp"
#include "formats/core/bankgiro.hpp"

namespace brygga::autogiro {

namespace {

constexpr std::string_view title_line = "Exempelfil Autogiro\r\n";

// A right section, made damaged line by line. Lines and columns from 1.
struct damaged {
    std::vector<std::string> lines;  // without line ends

    std::string& line(std::size_t number) { return lines[number - 1]; }
    void put(std::size_t number, unsigned column, std::string_view text) { line(number).replace(column - 1, text.size(), text); }
};

// In which section a rule is broken, and by what.
enum class site : std::uint8_t {
    before,         // not in a section
    instruction,    // TK01 TK82
    specification,  // TK01 TK15 TK82 TK09
    advice,         // TK01 TK73 TK09
    amendment,      // TK01 TK25 TK09
};

struct fault {
    rule broken;
    site where;
    void (*make)(damaged&);
};

constexpr std::array table{
    fault{rule::R01, site::specification, [](damaged& s) { s.put(1, 45, "BET. SPEC UNKNOWN   "); }},
    fault{rule::R02, site::specification, [](damaged& s) { s.lines.pop_back(); }},
    fault{rule::R03, site::instruction, [](damaged& s) { s.put(2, 1, "77"); }},
    fault{rule::R04, site::instruction, [](damaged& s) { s.line(2) += "surplus"; }},
    fault{rule::R05, site::instruction, [](damaged& s) { s.put(2, 75, "X"); }},
    fault{rule::R06, site::instruction,
          [](damaged& s) {  // the sections before it may have no customer number
              const std::vector<std::string> ours = s.lines;
              s.put(1, 63, "471118");
              s.lines.insert(s.lines.begin(), ours.begin(), ours.end());
          }},
    fault{rule::R07, site::instruction, [](damaged& s) { s.put(2, 44, "0059990119"); }},
    fault{rule::R08, site::instruction, [](damaged& s) { s.put(2, 7, "0230"); }},
    fault{rule::R09, site::instruction, [](damaged& s) { s.put(2, 32, "000000000000"); }},
    fault{rule::R10, site::specification, [](damaged& s) { s.put(4, 32, "2"); }},
    fault{rule::R11, site::specification, [](damaged& s) { s.put(2, 79, "2"); }},
    fault{rule::R12, site::specification,
          [](damaged& s) {
              s.lines.erase(s.lines.begin() + 1);
              s.put(3, 20, "0");
          }},
    fault{rule::R13, site::instruction, [](damaged& s) { s.put(2, 11, "9"); }},
    fault{rule::R14, site::advice, [](damaged& s) { s.put(2, 64, "97"); }},
    fault{rule::R18, site::advice, [](damaged& s) { s.put(3, 3, "20200102"); }},
    fault{rule::R22, site::before, nullptr},
    fault{rule::R23, site::amendment, [](damaged& s) { s.put(1, 56, "\x8E"); }},
    fault{rule::R24, site::instruction, [](damaged& s) { s.put(2, 16, "O"); }},
    fault{rule::R25, site::instruction, [](damaged& s) { s.line(2).replace(72, 8, "\t"); }},
    fault{rule::R26, site::instruction, [](damaged& s) { s.line(2).resize(69); }},
    fault{rule::R27, site::advice, [](damaged& s) { s.lines.push_back(fmt::format("{:<80}", "080123456789ABCDEF")); }},
};

const fault* find(rule broken) noexcept {
    const auto found = std::find_if(table.begin(), table.end(), [broken](const fault& each) { return each.broken == broken; });
    return found == table.end() ? nullptr : &*found;
}

const rule_info* find_rule(std::string_view id) noexcept {
    for (const rule_info& each : rules())
        if (each.id == id) return &each;
    return nullptr;
}

payment_record usual_payment(std::string_view bankgiro, std::string_view day) {
    payment_record out;
    out.payment_day = day;
    out.period = '0';
    out.payer_number = "7001";
    out.amount_ore = 134'550;
    out.bankgiro = bankgiro;
    out.reference = {"1000234706", encoding::iso_8859_1};
    out.status = '0';
    return out;
}

std::string section_of_site(site where, std::string_view bankgiro, std::string_view day) {
    const report_sender from{day, detail::generated_customer_number, bankgiro};
    report_writer out;
    switch (where) {
        case site::before:
            break;
        case site::instruction:
            out.open(layout_id::to_bankgirot, from);
            out.payment(payment_direction::collection, usual_payment(bankgiro, day));
            break;
        case site::specification:
            out.open(layout_id::payspec_new, from);
            out.entry("15", {detail::generated_bank_account, day, "99999", 0, {}, 0});
            out.payment(payment_direction::collection, usual_payment(bankgiro, day));
            break;
        case site::advice:
            out.open(layout_id::mandadv_new, from);
            out.advice({bankgiro, "7001", {}, {}, "04", "32", day, {}});
            break;
        case site::amendment:
            out.open(layout_id::amend_new, from);
            out.amendment(
                "25",
                {day, "0000000000007001", "82", 134'550, "REFERENS", "00000000", {"1000234706", encoding::iso_8859_1}, "12"});
            break;
    }
    out.close();
    return std::move(out.bytes());
}

}  // namespace

std::vector<rule> fault_rules() {
    std::vector<rule> out;
    for (const fault& each : table)
        out.push_back(each.broken);
    return out;
}

result<std::vector<rule>> parse_faults(std::span<const std::string> ids) {
    std::vector<rule> out;
    for (const std::string& id : ids) {
        const rule_info* const known = find_rule(id);
        if (known == nullptr) return fail(error_code::invalid_argument, fmt::format("no Autogiro rule \"{}\"", id));
        const auto broken = static_cast<rule>(known->index);
        if (find(broken) == nullptr)
            return fail(error_code::invalid_argument,
                        fmt::format("{} binds the writer, or needs the ledger or a key: no file alone can break it", id));
        if (std::find(out.begin(), out.end(), broken) == out.end()) out.push_back(broken);
    }
    return out;
}

std::string_view lines_before(std::span<const rule> faults) {
    return std::find(faults.begin(), faults.end(), rule::R22) == faults.end() ? std::string_view() : title_line;
}

std::string fault_section(rule broken, std::string_view bankgiro, std::string_view day) {
    const fault* const what = find(broken);
    if (what == nullptr || what->where == site::before) return {};
    const std::string right = section_of_site(what->where, bankgiro_field(bankgiro), day);
    damaged section;
    for (std::size_t at = 0; at < right.size(); at += layouts::width + 2)
        section.lines.push_back(right.substr(at, layouts::width));
    what->make(section);
    std::string out;
    for (const std::string& line : section.lines)
        out += line + "\r\n";
    return out;
}

}  // namespace brygga::autogiro
