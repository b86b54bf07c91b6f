#include "mapping/claims/fees.hpp"

#include <algorithm>
#include <array>

namespace brygga::claims {

namespace {

using std::chrono::day;
using std::chrono::July;
using std::chrono::March;
using std::chrono::year;

constexpr std::array<std::string_view, 17> names = {"PAM", "INK", "AMO", "FSE", "KFA", "KFG", "KFO", "AVI", "UPP",
                                                    "DEL", "STA", "SOC", "AVS", "TIL", "ALT", "FAK", "OVR"};

struct statute {
    fee_code code;
    std::int64_t max_ore;
    date from, to;  // both included
};

constexpr date always{year{1900}, std::chrono::January, day{1}};
constexpr date for_ever{year{9999}, std::chrono::December, day{31}};
constexpr date old_from{year{2003}, July, day{1}}, old_to{year{2013}, March, day{15}};  // Ordinance 1981:1057
constexpr date new_from{year{2013}, March, day{16}};                                    // Act 1981:739 as of 2013:56

constexpr std::array<statute, 9> statutes = {{
    {fee_code::PAM, 50'00, old_from, old_to},
    {fee_code::INK, 160'00, old_from, old_to},
    {fee_code::AMO, 150'00, old_from, old_to},
    {fee_code::PAM, 60'00, new_from, for_ever},
    {fee_code::INK, 180'00, new_from, for_ever},
    {fee_code::AMO, 170'00, new_from, for_ever},
    {fee_code::FSE, 450'00, new_from, for_ever},
    {fee_code::KFA, 300'00, always, for_ever},
    {fee_code::KFG, 600'00, always, for_ever},
}};

std::size_t count(std::span<const fee_code> in, fee_code code) {
    return static_cast<std::size_t>(std::count(in.begin(), in.end(), code));
}

bool is_beside_compensation(const fee& item) {
    if (item.code == fee_code::PAM || item.code == fee_code::INK) return count(item.earlier, fee_code::FSE) != 0;
    return item.code == fee_code::FSE && (count(item.earlier, fee_code::PAM) != 0 || count(item.earlier, fee_code::INK) != 0);
}

}  // namespace

std::string_view name(fee_code code) noexcept {
    return names[static_cast<std::size_t>(code)];
}

std::optional<fee_code> parse_fee_code(std::string_view text) noexcept {
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) return std::nullopt;
    return static_cast<fee_code>(found - names.begin());
}

std::optional<std::int64_t> statutory_maximum(fee_code code, date day) noexcept {
    std::optional<std::int64_t> out;
    for (const statute& each : statutes) {
        if (each.code != code) continue;
        if (day >= each.from && day <= each.to) return each.max_ore;
        out = 0;
    }
    return out;
}

std::vector<std::string_view> faults_of(const fee& item) {
    std::vector<std::string_view> out;
    const auto refuse = [&](bool wrong, std::string_view rule) {
        if (wrong) out.push_back(rule);
    };
    const auto maximum = statutory_maximum(item.code, item.day);
    refuse(maximum && item.ore > *maximum, "CL-R20");
    refuse(item.code == fee_code::PAM && !item.is_agreed, "CL-R21");
    refuse((item.code == fee_code::PAM || item.code == fee_code::INK) && count(item.earlier, item.code) != 0, "CL-R22");
    refuse(item.code == fee_code::INK && !item.claim_is_complete, "CL-R23");
    refuse(item.code == fee_code::AMO && !item.is_whole_debt, "CL-R24");
    refuse((item.code == fee_code::FSE && item.is_consumer) || is_beside_compensation(item), "CL-R25");
    refuse(item.code == fee_code::ALT && item.ore != 0, "CL-R26");
    refuse((item.code == fee_code::AVS || item.code == fee_code::TIL) && !item.is_performed, "CL-R27");
    refuse(!item.has_reference, "CL-R28");
    refuse(item.code == fee_code::FAK && item.of == ledger::utility::EL, "CL-R29");
    return out;
}

std::optional<std::uint16_t> part_of_reminder_fee(std::span<const ledger::invoice_part> parts,
                                                  const std::function<bool(const ledger::invoice_part&)>& has_clause) {
    using ledger::utility;
    const auto may_bear = [&](const ledger::invoice_part& each) {
        return each.kind != utility::VA && each.kind != utility::RE && has_clause(each);
    };
    const auto found = std::find_if(parts.begin(), parts.end(), may_bear);  // in the order EL, FV, FI, VA, RE
    if (found == parts.end()) return std::nullopt;
    return found->part_no;
}

}  // namespace brygga::claims
