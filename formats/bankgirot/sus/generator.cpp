#include "formats/bankgirot/sus/generator.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <fmt/format.h>

#include "formats/bankgirot/sus/writer.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/invented/payers.hpp"

namespace brygga::sus {

namespace {

using invented::random_numbers;

constexpr std::size_t person_count = 400;
constexpr std::size_t flush_bytes = std::size_t{256} << 10;
constexpr std::size_t line_bytes = 182;

constexpr std::array table{
    fault_info{rule::R01, "the check digit of a civic number is wrong"},
    fault_info{rule::R02, "the total is an öre too much"},
    fault_info{rule::R03, "an account without its clearing number"},
    fault_info{rule::LB_R01, "record 80 is missing"},
    fault_info{rule::LB_R07, "a payment of zero"},
    fault_info{rule::LB_R13, "a letter in an amount"},
    fault_info{rule::LB_R14, "an opening record on the 31st of February"},
    fault_info{rule::LB_R15, "text beyond column 180"},
    fault_info{rule::LB_R16, "a trimmed line"},
    fault_info{rule::LB_R17, "a TAB for a blank"},
    fault_info{rule::LB_R19, "a record that is none"},
};

std::string civic_number(random_numbers& random) {
    std::string body =
        fmt::format("9{}{:02}{:02}{:03}", random.below(10), 1 + random.below(12), 1 + random.below(28), random.below(1000));
    body += modulus_10_digit(body).value_or('0');
    return "18" + body;
}

std::vector<payment_out> people(std::uint64_t seed) {
    random_numbers random(seed ^ 0x535553u);
    std::vector<payment_out> out;
    for (const invented::payer& each : invented::payers(seed, person_count)) {
        payment_out& made = out.emplace_back();
        made.civic_number = civic_number(random);
        made.name = each.name;
        made.street = each.street;
        made.town = each.town;
        made.postcode = each.postcode;
        std::erase(made.postcode, ' ');
    }
    return out;
}

agreement agreement_for(date day) {
    agreement out;
    out.number = "123456";
    out.payment_day = add_bank_days(day, 2);
    out.method = "010";
    out.register_at_swedbank = true;
    return out;
}

// The settings that reach here are such that nothing is refused.
void must(const outcome& done) {
    assert(done.has_value());
    static_cast<void>(done);
}

void put(std::string& section, std::size_t line, std::size_t column, std::string_view text) {
    section.replace(line * line_bytes + column - 1, text.size(), text);
}

// 05, 30 of 30050 öre, 80.
std::string fault_section(rule broken, date day) {
    writer out(agreement_for(day));
    payment_out item;
    item.identification = "FELEXEMPEL";
    item.civic_number = "191212121212";
    item.name = "ANNA EXEMPEL";
    item.amount_ore = 30'050;
    must(out.payment(item));
    must(out.close());
    std::string section = std::move(out.bytes());
    switch (broken) {
        case rule::R01:
            put(section, 1, 73, "3");
            break;
        case rule::R02:
            put(section, 2, 59, "000000000030051");
            break;
        case rule::R03:
            put(section, 1, 128, "1212121212");
            break;
        case rule::LB_R01:
            section.resize(2 * line_bytes);
            break;
        case rule::LB_R07:
            put(section, 1, 142, "000000000000000");
            put(section, 2, 59, "000000000000000");
            break;
        case rule::LB_R13:
            put(section, 1, 142, "00000000003A050");
            put(section, 2, 59, "000000000000000");
            break;
        case rule::LB_R14:
            put(section, 0, 63, "0231");
            break;
        case rule::LB_R15:
            section.insert(line_bytes + line_bytes - 2, "FEL");
            break;
        case rule::LB_R16:
            section.erase(81, line_bytes - 2 - 81);
            break;
        case rule::LB_R17:
            section.replace(line_bytes + line_bytes - 4, 2, "\t");
            break;
        case rule::LB_R19:
            section.insert(line_bytes, "99" + std::string(line_bytes - 4, ' ') + "\r\n");
            break;
        case rule::R04:  // the agreement decides
        case rule::LB_R12:
        case rule::LB_R18:
            break;
    }
    return section;
}

result<std::vector<rule>> parse_faults(std::span<const std::string> ids) {
    std::vector<rule> out;
    for (const std::string& id : ids) {
        const auto found =
            std::find_if(table.begin(), table.end(), [&](const fault_info& each) { return info(each.broken).id == id; });
        if (found == table.end())
            return fail(error_code::invalid_argument, fmt::format("no SUS file can be given the fault '{}'", id));
        if (std::find(out.begin(), out.end(), found->broken) == out.end()) out.push_back(found->broken);
    }
    std::stable_partition(out.begin(), out.end(), [](rule each) { return each != rule::LB_R01; });
    return out;
}

void payments(const generate_settings& what, date day, const output& to) {
    random_numbers random(what.seed);
    const std::vector<payment_out> known = people(what.seed);
    writer out(agreement_for(day));
    for (std::uint64_t i = 0; i != what.count; ++i) {
        payment_out item = known[random.below(known.size())];
        item.identification = fmt::format("REFUND-{:07}", i + 1);
        item.amount_ore = static_cast<std::int64_t>(100 + random.below(2'000'000));
        if (random.chance(50)) item.street.clear();
        const std::size_t begin = out.bytes().size() + (i == 0 ? line_bytes : 0);
        must(out.payment(item));
        const bool bad = (i + 1) * what.bad_percent / 100 != i * what.bad_percent / 100;
        char& check_digit = out.bytes()[begin + 72];
        if (bad) check_digit = check_digit == '9' ? '0' : static_cast<char>(check_digit + 1);
        if (out.bytes().size() < flush_bytes) continue;
        to(out.bytes());
        out.bytes().clear();
    }
    if (what.count != 0) must(out.close());
    to(out.bytes());
}

}  // namespace

std::span<const fault_info> faults() noexcept {
    return table;
}

result<void> generate(const generate_settings& what, const output& to) {
    constexpr int first_year = 1970, last_year = 2098;
    const date day = what.day.ok() ? what.day : default_generated_day;
    if (what.count > max_generated_items)
        return fail(error_code::limit_exceeded, fmt::format("at most {} items in a generated file", max_generated_items));
    if (what.bad_percent > 100) return fail(error_code::invalid_argument, "at most 100 percent of the items can be bad");
    if (static_cast<int>(day.year()) < first_year || static_cast<int>(day.year()) > last_year)
        return fail(error_code::invalid_argument, "the day of a SUS file is of 1970 to 2098");
    const auto broken = parse_faults(what.faults);
    if (!broken) return tl::unexpected(broken.error());
    if (what.count == 0 && broken->empty()) return fail(error_code::invalid_argument, "a SUS file has at least one payment");
    payments(what, day, to);
    for (const rule each : *broken)
        to(fault_section(each, day));
    return {};
}

}  // namespace brygga::sus
