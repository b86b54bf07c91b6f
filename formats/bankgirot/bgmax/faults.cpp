#include "formats/bankgirot/bgmax/faults.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/detail/invented_payers.hpp"
#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/core/money.hpp"

namespace brygga::bgmax {

namespace {

constexpr std::int64_t usual_amount_ore = 125'000;
constexpr std::string_view usual_reference = "1000234706";
constexpr std::string_view known_payer = "0059990010";

encoded_text text_of(std::string_view bytes) noexcept {
    return {bytes, encoding::iso_8859_1};
}

void put(std::string& line, unsigned column, std::string_view text) {
    line.replace(column - 1, text.size(), text);
}

// A section being made line by line. Columns are changed in the last line; lines may become longer or shorter than 80.
class section_in_making {
 public:
    section_in_making(const fault_place& place, end_record& counters)
        : place_(place), counters_(counters), serial_(place.payment_serial) {
        opening_record record;
        record.bankgiro = place.bankgiro;
        record.currency = text_of("SEK");
        append<layouts::opening>(record);
    }

    void pay(std::int64_t amount_ore = usual_amount_ore, std::string_view payer = known_payer) {
        append<layouts::payment>(payment(amount_ore, payer, ++serial_));
        ++counters_.payments;
        ++records_;
        net_ore_ += amount_ore;
    }

    void deduct(std::int64_t amount_ore, std::string_view payer = known_payer) {
        deduction_record record;
        static_cast<payment_record&>(record) = payment(amount_ore, payer, ++serial_);
        record.deduction = deduction_code::whole;
        append<layouts::deduction>(record);
        ++counters_.deductions;
        ++records_;
        net_ore_ -= amount_ore;
    }

    // With the payer and serial number of the payment before it.
    void refer(std::int64_t amount_ore, bool negative = false) {
        const payment_record record = payment(amount_ore, known_payer, serial_);
        if (negative)
            append<layouts::negative_extra>(record);
        else
            append<layouts::extra>(record);
        ++counters_.extra_references;
    }

    void inform(std::string_view text) { append<layouts::information>({text_of(text)}); }
    void name(std::string_view text) { append<layouts::name>({text_of(text), {}}); }
    void street() { append<layouts::street>({text_of("Provgatan 7"), text_of("123 45")}); }
    void town() { append<layouts::town>({text_of("EXEMPELBY"), {}, {}}); }
    void organisation(std::string_view number) { append<layouts::organisation>({text_of(number)}); }
    void other(std::string_view text) { lines_.emplace_back(text); }

    void close() {
        const std::string serial = fmt::format("{:05}", place_.deposit_serial);
        deposit_record record;
        record.bank_account = place_.bank_account;
        record.payment_date = place_.payment_date;
        record.serial = serial;
        record.amount_ore = net_ore_;
        record.currency = text_of("SEK");
        record.payments = records_;
        append<layouts::deposit>(record);
        ++counters_.deposits;
        closed_ = true;
    }

    void change(unsigned column, std::string_view text) { put(lines_.back(), column, text); }
    [[nodiscard]] std::string& last() noexcept { return lines_.back(); }
    [[nodiscard]] std::int64_t net_ore() const noexcept { return net_ore_; }

    [[nodiscard]] std::string finish() {
        if (!closed_) close();
        std::string out;
        for (const std::string& line : lines_)
            out += line + "\r\n";
        return out;
    }

 private:
    template <class Layout>
    void append(const typename Layout::value_type& record) {
        lines_.emplace_back(layouts::width, ' ');
        Layout::write(lines_.back().data(), record);
    }

    payment_record payment(std::int64_t amount_ore, std::string_view payer, std::uint64_t serial) {
        serial_text_ = fmt::format("{:012}", serial);
        padded_reference_ = fmt::format("{:>25}", usual_reference);
        payment_record record;
        record.payer_bankgiro = payer;
        record.reference = text_of(padded_reference_);
        record.amount_ore = amount_ore;
        record.code = reference_code::ocr;
        record.by = channel::bank;
        record.serial = serial_text_;
        record.image = '0';
        return record;
    }

    const fault_place& place_;
    end_record& counters_;
    std::uint64_t serial_;
    std::string serial_text_, padded_reference_;
    std::vector<std::string> lines_;
    std::int64_t net_ore_ = 0, records_ = 0;
    bool closed_ = false;
};

using section = section_in_making;

enum class site : std::uint8_t { whole_file, start, end, own_section };

struct fault {
    rule broken;
    site where;
    std::string_view what;
    void (*make)(section&) = nullptr;
};

constexpr std::array table{
    fault{rule::R01, site::whole_file, "the file begins with TK05"},
    fault{rule::R02, site::start, "TK01 is that of an Autogiro file"},
    fault{rule::R03, site::start, "TK01 says layout version 02"},
    fault{rule::R04, site::whole_file, "the file has no TK70"},
    fault{rule::R05, site::start, "TK01 has the marker X"},
    fault{rule::R06, site::start, "TK01 was written in month 13"},
    fault{rule::R10, site::whole_file, "the file is UTF-8 with a byte order mark"},
    fault{rule::R11, site::own_section, "a name record is trimmed",
          [](section& s) {
              s.pay();
              s.name("Exempelsson Frida");
              s.last().resize(19);
          }},
    fault{rule::R12, site::own_section, "the reserve of a payment holds a TAB",
          [](section& s) {
              s.pay();
              s.last().replace(72, 8, "\t");
          }},
    fault{rule::R13, site::own_section, "a name record goes on beyond column 80",
          [](section& s) {
              s.pay();
              s.name("Exempelsson Frida");
              s.last() += "surplus";
          }},
    fault{rule::R14, site::own_section, "a payment is cut before its channel",
          [](section& s) {
              s.pay();
              s.last().resize(56);
          }},
    fault{rule::R20, site::own_section, "an extra reference stands before the first payment",
          [](section& s) {
              s.refer(0);
              s.pay();
          }},
    fault{rule::R21, site::own_section, "the town stands before the name",
          [](section& s) {
              s.pay();
              s.town();
              s.name("Exempelsson Frida");
          }},
    fault{rule::R22, site::own_section, "a record of code 24 follows a payment",
          [](section& s) {
              s.pay();
              s.other("24a later layout's record");
          }},
    fault{rule::R23, site::own_section, "a section has no payment", [](section&) {}},
    fault{rule::R24, site::own_section, "a payment has 91 information records",
          [](section& s) {
              s.pay();
              for (int i = 0; i < 91; ++i)
                  s.inform("En rad till");
          }},
    fault{rule::R30, site::own_section, "an amount is filled with blanks",
          [](section& s) {
              s.pay();
              s.change(38, "            125000");
          }},
    fault{rule::R31, site::own_section, "a payment of nothing",
          [](section& s) {
              s.pay();
              s.pay(0);
          }},
    fault{rule::R32, site::own_section, "the deposit is one öre too large",
          [](section& s) {
              s.pay();
              s.close();
              s.change(51, fmt::format("{:018}", s.net_ore() + 1));
          }},
    fault{rule::R33, site::own_section, "the deposit counts one payment too many",
          [](section& s) {
              s.pay();
              s.close();
              s.change(72, "00000002");
          }},
    fault{rule::R34, site::own_section, "the deposit is in another currency than its section",
          [](section& s) {
              s.pay();
              s.close();
              s.change(69, "NOK");
          }},
    fault{rule::R35, site::own_section, "the payment date is 30 February",
          [](section& s) {
              s.pay();
              s.close();
              s.change(42, "0230");
          }},
    fault{rule::R36, site::own_section, "a payer deducts more than it pays",
          [](section& s) {
              s.pay();
              s.deduct(200'000);
              s.pay(200'000, "0003783511");
          }},
    fault{rule::R37, site::end, "TK70 counts one payment too many"},
    fault{rule::R38, site::own_section, "the receiving bankgiro has a wrong check digit",
          [](section& s) {
              s.change(12, s.last()[11] == '0' ? "1" : "0");
              s.pay();
          }},
    fault{rule::R40, site::own_section, "a payment has reference code 7",
          [](section& s) {
              s.pay();
              s.change(56, "7");
          }},
    fault{rule::R41, site::own_section, "a payment without a reference, by its code, has one",
          [](section& s) {
              s.pay();
              s.change(56, "0");
          }},
    fault{rule::R42, site::own_section, "an OCR reference has a wrong check digit",
          [](section& s) {
              s.pay();
              s.change(37, "7");
          }},
    fault{rule::R43, site::own_section, "a payment came by channel 7",
          [](section& s) {
              s.pay();
              s.change(57, "7");
          }},
    fault{rule::R44, site::own_section, "a serial number holds a letter",
          [](section& s) {
              s.pay();
              s.change(60, "O");
          }},
    fault{rule::R45, site::own_section, "an extra reference has another serial number than its payment",
          [](section& s) {
              s.pay();
              s.refer(0);
              s.change(69, s.last()[68] == '0' ? "1" : "0");
          }},
    fault{rule::R46, site::own_section, "the parts of a payment add up to more than it",
          [](section& s) {
              s.pay();
              s.refer(usual_amount_ore + 1);
          }},
    fault{rule::R47, site::own_section, "a negative part has no amount",
          [](section& s) {
              s.pay();
              s.refer(usual_amount_ore);
              s.refer(0, true);
          }},
    fault{rule::R50, site::own_section, "a deduction came by another channel than its payer's payment",
          [](section& s) {
              s.pay();
              s.deduct(50'000);
              s.change(57, "2");
          }},
    fault{rule::R51, site::own_section, "a deduction has code 7",
          [](section& s) {
              s.pay();
              s.deduct(50'000);
              s.change(71, "7");
          }},
    fault{rule::R52, site::own_section, "a payment has image flag 7",
          [](section& s) {
              s.pay();
              s.change(70, "7");
          }},
    fault{rule::R53, site::own_section, "an organisation number has a wrong check digit",
          [](section& s) {
              s.pay();
              s.organisation("005599001237");
          }},
    fault{rule::R60, site::whole_file, "the file stands twice, one after the other"},
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

}  // namespace

std::span<const fault_info> faults() noexcept {
    static const auto infos = [] {
        std::array<fault_info, table.size()> out;
        std::transform(table.begin(), table.end(), out.begin(), [](const fault& each) {
            return fault_info{each.broken, each.what};
        });
        return out;
    }();
    return infos;
}

result<fault_set> fault_set::parse(std::span<const std::string> ids) {
    fault_set out;
    for (const std::string& id : ids) {
        const rule_info* known = find_rule(id);
        if (known == nullptr) return fail(error_code::invalid_argument, fmt::format("no BgMax rule \"{}\"", id));
        const auto broken = static_cast<rule>(known->index);
        const fault* what = find(broken);
        if (what == nullptr)
            return fail(error_code::invalid_argument,
                        fmt::format("{} compares with earlier imports, which no single file can show", id));
        if (out.has(broken)) continue;
        out.all_.push_back(broken);
        if (what->where == site::own_section) out.sections_.push_back(broken);
    }
    if (out.all_.size() > 1 && (out.has(rule::R01) || out.has(rule::R02)))
        return fail(error_code::invalid_argument, "BGMAX-R01 and BGMAX-R02 end the reading of a file: ask for each alone");
    return out;
}

bool fault_set::has(rule which) const noexcept {
    return std::find(all_.begin(), all_.end(), which) != all_.end();
}

void fault_set::damage_start(std::string& line) const {
    if (has(rule::R02)) put(line, 1, "0120260302AUTOGIRO          ");
    if (has(rule::R03)) put(line, 23, "02");
    if (has(rule::R05)) put(line, 45, "X");
    if (has(rule::R06)) put(line, 29, "13");
}

void fault_set::damage_end(std::string& line) const {
    if (!has(rule::R37)) return;
    std::size_t digit = 9;  // column 10, the last of the counter; a nine carries
    while (line[digit] == '9')
        line[digit--] = '0';
    ++line[digit];
}

std::string fault_section(rule broken, const fault_place& place, end_record& counters) {
    section made(place, counters);
    if (const fault* what = find(broken); what != nullptr && what->make != nullptr) what->make(made);
    return made.finish();
}

}  // namespace brygga::bgmax
