#include "formats/bankgirot/bgmax/generator.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/detail/invented_payers.hpp"
#include "formats/bankgirot/bgmax/faults.hpp"
#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/invented/bad_records.hpp"

namespace brygga::bgmax {

namespace {

using detail::invented_payer;
using detail::line_bytes;
using invented::random_numbers;

constexpr std::uint64_t section_items = 10'000;
constexpr std::uint64_t least_sections = 3;  // of a file that has payments enough
constexpr std::size_t payer_count = 400;
constexpr std::size_t flush_bytes = std::size_t{256} << 10;
constexpr std::uint64_t serial_numbers = 1'000'000'000'000;
constexpr std::size_t reference_width = 25;

struct receiver_account {
    std::string bankgiro;
    std::string_view bank_account;
};
constexpr std::array invented_bankgiros{"0009912346", "0059990119", "0005999024"};
constexpr std::array invented_accounts{"00000000000000000005841000001009823", "00000000000000000005491000000000003",
                                       "00000000000000000004000000001000019"};

// Those that are wished for, or invented ones; each with an invented account.
result<std::vector<receiver_account>> receivers_of(const generate_settings& what) {
    std::vector<receiver_account> out;
    for (const std::string& each : what.receivers) {
        const auto digits = normalise_bankgiro(each);
        if (!digits || !bankgiro_valid(*digits))
            return fail(error_code::invalid_argument, fmt::format("'{}' is no bankgiro number with a valid check digit", each));
        out.push_back({bankgiro_field(*digits), invented_accounts[out.size() % invented_accounts.size()]});
    }
    for (std::size_t i = 0; what.receivers.empty() && i < invented_bankgiros.size(); ++i)
        out.push_back({invented_bankgiros[i], invented_accounts[i]});
    return out;
}

class file_generator {
 public:
    file_generator(const generate_settings& what, const std::vector<receiver_account>& receivers, const fault_set& faults,
                   date day, const output& to)
        : what_(what),
          receivers_(receivers),
          faults_(faults),
          day_(day),
          to_(to),
          random_(what.seed ^ (serial_of_day() << 20)),
          bad_(what.bad_percent),
          payers_(detail::invent_payers(what.seed, payer_count)),
          payment_date_(format_ccyymmdd(previous_bank_day(day, true))),
          serial_(random_.below(serial_numbers / 2)),
          deposit_serial_(static_cast<std::uint32_t>(random_.below(90'000))) {}

    void run() {
        start();
        const std::uint64_t spread = (what_.count + least_sections - 1) / least_sections;
        const std::uint64_t size = std::clamp<std::uint64_t>(spread, 1, section_items);
        for (std::uint64_t done = 0; done < what_.count; done += size)
            section(std::min(size, what_.count - done));
        for (const rule broken : faults_.sections())
            fault(broken);
        if (!faults_.leaves_out_end()) end();
        flush();
    }

 private:
    [[nodiscard]] std::uint64_t serial_of_day() const noexcept {
        return static_cast<std::uint64_t>(std::chrono::sys_days(day_).time_since_epoch().count());
    }

    char* next_line() {
        const std::size_t at = bytes_.size();
        bytes_.resize(at + line_bytes);
        bytes_[at + line_bytes - 2] = '\r';
        bytes_[at + line_bytes - 1] = '\n';
        return bytes_.data() + at;
    }
    template <class Layout>
    void write(const typename Layout::value_type& record) {
        Layout::write(next_line(), record);
    }
    void flush();

    void start();
    void section(std::uint64_t items);
    void fault(rule broken);
    void end();

    void item(std::uint64_t left);
    void payment(const payment_record& record);
    void ocr_payment(const invented_payer& payer, bool bad);
    void damage(payment_record& record);
    void deduction(const invented_payer& payer, const payment_record& of);
    void free_text(const invented_payer& payer);
    void reference_list(const invented_payer& payer);
    void split_slip(const invented_payer& payer);
    void bare_slip(const invented_payer& payer);
    [[nodiscard]] payment_record next_record(const invented_payer& payer, channel by, char image);
    void refer(payment_record& record, reference_code code, std::string_view text, bool right);
    [[nodiscard]] std::uint64_t number() noexcept { return 10'000'000 + random_.below(90'000'000); }

    const generate_settings& what_;
    const std::vector<receiver_account>& receivers_;
    const fault_set& faults_;
    date day_;
    const output& to_;
    random_numbers random_;
    invented::bad_share bad_;
    std::vector<invented_payer> payers_;
    std::string payment_date_;
    std::uint64_t serial_;
    std::uint32_t deposit_serial_;

    std::string bytes_;
    end_record counts_;
    std::uint64_t sections_ = 0, bad_items_ = 0;
    std::uint64_t section_records_ = 0;
    std::int64_t section_ore_ = 0;
    std::array<char, 12> serial_text_{};
    std::array<char, reference_width> reference_text_{};
};

void file_generator::flush() {
    to_(faults_.writes_utf_8() ? to_utf8(bytes_, encoding::iso_8859_1) : bytes_);
    bytes_.clear();
}

void file_generator::start() {
    if (faults_.writes_utf_8()) to_(utf8_byte_order_mark);
    if (faults_.leaves_out_start()) return;
    const std::string written_at = format_ccyymmdd(day_) + "163005123456";
    start_record record;
    record.layout_name = {"BGMAX", encoding::iso_8859_1};
    record.version = "01";
    record.written_at = written_at;
    record.kind = what_.test_file ? marker::test : marker::production;
    std::string line(layouts::width, ' ');
    layouts::start::write(line.data(), record);
    faults_.damage_start(line);
    std::memcpy(next_line(), line.data(), layouts::width);
}

void file_generator::section(std::uint64_t items) {
    const receiver_account& receiver = receivers_[sections_++ % receivers_.size()];
    opening_record opening;
    opening.bankgiro = receiver.bankgiro;
    opening.currency = {"SEK", encoding::iso_8859_1};
    write<layouts::opening>(opening);
    section_records_ = 0;
    section_ore_ = 0;
    while (section_records_ < items) {
        item(items - section_records_);
        if (bytes_.size() >= flush_bytes) flush();
    }
    const std::string serial = fmt::format("{:05}", ++deposit_serial_ % 100'000);
    deposit_record deposit;
    deposit.bank_account = receiver.bank_account;
    deposit.payment_date = payment_date_;
    deposit.serial = serial;
    deposit.amount_ore = section_ore_;
    deposit.currency = opening.currency;
    deposit.payments = static_cast<std::int64_t>(section_records_);
    write<layouts::deposit>(deposit);
    ++counts_.deposits;
}

void file_generator::fault(rule broken) {
    constexpr std::uint64_t serials_of_a_fault = 10;
    const receiver_account& receiver = receivers_.front();
    bytes_ += fault_section(
        broken, {receiver.bankgiro, std::string(receiver.bank_account), payment_date_, ++deposit_serial_ % 100'000, serial_},
        counts_);
    serial_ += serials_of_a_fault;
}

void file_generator::end() {
    std::string line(layouts::width, ' ');
    layouts::end::write(line.data(), counts_);
    faults_.damage_end(line);
    std::memcpy(next_line(), line.data(), layouts::width);
}

void file_generator::item(std::uint64_t left) {
    const bool bad = bad_.next();
    const invented_payer& payer = payers_[random_.below(payers_.size())];
    const std::uint64_t kind = random_.below(100);
    if (bad || kind < 70) {
        ocr_payment(payer, bad);
        return;
    }
    if (kind < 76) {
        const bool fits = payer.company && left >= 2;
        const payment_record paid = next_record(payer, payer.company ? channel::supplier_payment : channel::bank, '0');
        payment_record record = paid;
        refer(record, reference_code::ocr, invented::ocr_reference(number()), true);
        payment(record);
        bytes_ += payer.details;
        if (fits && !bad_.next()) return deduction(payer, paid);
        if (fits) ocr_payment(payer, true);
        return;
    }
    if (kind < 86) return free_text(payer);
    if (kind < 92) return reference_list(payer);
    if (kind < 96) return split_slip(payer);
    bare_slip(payer);
}

payment_record file_generator::next_record(const invented_payer& payer, channel by, char image) {
    std::uint64_t rest = ++serial_ % serial_numbers;
    for (std::size_t i = serial_text_.size(); i-- != 0; rest /= 10)
        serial_text_[i] = static_cast<char>('0' + rest % 10);
    payment_record record;
    record.payer_bankgiro = payer.bankgiro;
    record.amount_ore = static_cast<std::int64_t>(5'000 + random_.below(payer.company ? 5'000'000 : 500'000));
    record.code = reference_code::none;
    record.by = by;
    record.serial = {serial_text_.data(), serial_text_.size()};
    record.image = image;
    return record;
}

void file_generator::refer(payment_record& record, reference_code code, std::string_view text, bool right) {
    reference_text_.fill(' ');
    std::memcpy(reference_text_.data() + (right ? reference_width - text.size() : 0), text.data(), text.size());
    record.code = code;
    record.reference = {{reference_text_.data(), reference_width}, encoding::iso_8859_1};
}

void file_generator::payment(const payment_record& record) {
    write<layouts::payment>(record);
    ++counts_.payments;
    ++section_records_;
    section_ore_ += record.amount_ore;
}

void file_generator::ocr_payment(const invented_payer& payer, bool bad) {
    payment_record record = next_record(payer, channel::bank, '0');
    refer(record, reference_code::ocr, invented::ocr_reference(number()), true);
    if (bad) damage(record);
    payment(record);
    if (bad && bad_items_ % 6 == 0) bytes_[bytes_.size() - line_bytes + 2] = 'O';  // column 3: payer bankgiro
    bytes_ += payer.details;
}

// One finding each and no more: warnings, so that the file stays accepted.
void file_generator::damage(payment_record& record) {
    switch (++bad_items_ % 6) {
        case 1:
            serial_text_[4] = 'O';
            break;  // BGMAX-R44
        case 2:
            reference_text_.back() = reference_text_.back() == '0' ? '1' : '0';
            break;  // BGMAX-R42
        case 3:
            record.image = '7';
            break;  // BGMAX-R52
        case 4:
            record.by = static_cast<channel>('7');
            break;  // BGMAX-R43
        case 5:
            record.code = static_cast<reference_code>('8');
            break;  // BGMAX-R40
        default:
            break;  // BGMAX-R44, made in the line
    }
}

void file_generator::deduction(const invented_payer& payer, const payment_record& of) {
    deduction_record record;
    static_cast<payment_record&>(record) = next_record(payer, of.by, of.image);
    refer(record, reference_code::ocr, invented::ocr_reference(number()), true);
    record.amount_ore = of.amount_ore / 4;
    record.deduction = static_cast<deduction_code>('0' + static_cast<char>(random_.below(3)));
    write<layouts::deduction>(record);
    ++counts_.deductions;
    ++section_records_;
    section_ore_ -= record.amount_ore;
    bytes_ += payer.details;
}

// The text fills its 25 columns and runs over into the first TK25.
void file_generator::free_text(const invented_payer& payer) {
    payment_record record = next_record(payer, channel::bank, '0');
    const std::string text = fmt::format("Faktura {:08} kund {:06}", number(), random_.below(1'000'000));
    refer(record, reference_code::text, std::string_view(text).substr(0, reference_width), false);
    payment(record);
    write<layouts::information>({{std::string_view(text).substr(reference_width), encoding::iso_8859_1}});
    static const std::vector<std::string> more = detail::remittance_texts();
    for (std::uint64_t lines = random_.below(3); lines-- != 0;)
        write<layouts::information>({{more[random_.below(more.size())], encoding::iso_8859_1}});
    bytes_ += payer.details;
}

// Several references without amounts: how the payment is divided is not known.
void file_generator::reference_list(const invented_payer& payer) {
    payment_record record = next_record(payer, channel::slip, '0');
    const std::array references{invented::ocr_reference(number()), invented::ocr_reference(number())};
    refer(record, reference_code::text, references[0] + ' ' + references[1], false);
    payment(record);
    record.amount_ore = 0;
    for (const std::string& each : references) {
        refer(record, reference_code::ocr, each, true);
        write<layouts::extra>(record);
        ++counts_.extra_references;
    }
    bytes_ += payer.details;
}

// A slip that Bankgirot has divided: a correct reference, one that it could not correct, and a credit.
void file_generator::split_slip(const invented_payer& payer) {
    payment_record record = next_record(payer, channel::slip, '1');
    payment(record);
    const std::int64_t whole_ore = record.amount_ore;
    const std::int64_t credit_ore = whole_ore / 5;
    refer(record, reference_code::ocr, invented::ocr_reference(number()), true);
    record.amount_ore = whole_ore / 2;
    write<layouts::extra>(record);
    refer(record, reference_code::registered_wrong, fmt::format("{}", random_.below(10'000'000)), false);
    record.amount_ore = whole_ore - whole_ore / 2 + credit_ore;
    write<layouts::extra>(record);
    refer(record, reference_code::ocr, invented::ocr_reference(number()), true);
    record.amount_ore = credit_ore;
    write<layouts::negative_extra>(record);
    counts_.extra_references += 3;
    bytes_ += payer.details;
}

void file_generator::bare_slip(const invented_payer& payer) {
    payment_record record = next_record(payer, channel::slip, '1');
    if (random_.chance(50)) record.code = reference_code::slip;
    payment(record);
    if (random_.chance(50)) bytes_ += payer.details;
}

result<date> day_of(const generate_settings& what) {
    const date day = what.day.ok() ? what.day : default_generated_day;
    constexpr int first_year = 1997;
    constexpr int last_year = 9998;
    const int year = static_cast<int>(day.year());
    if (year < first_year || year > last_year)
        return fail(error_code::invalid_argument, "the day must lie between 1997 and 9998");
    return day;
}

}  // namespace

result<void> generate(const generate_settings& what, const output& to) {
    if (what.count > max_generated_items)
        return fail(error_code::invalid_argument, fmt::format("at most {} payments in one file", max_generated_items));
    if (what.bad_percent > 100) return fail(error_code::invalid_argument, "at most 100 percent of the payments can be bad");
    const auto day = day_of(what);
    if (!day) return tl::unexpected(day.error());
    const auto faults = fault_set::parse(what.faults);
    if (!faults) return tl::unexpected(faults.error());
    const auto receivers = receivers_of(what);
    if (!receivers) return tl::unexpected(receivers.error());
    for (int copies = faults->repeats_file() ? 2 : 1; copies != 0; --copies)
        file_generator(what, *receivers, *faults, *day, to).run();
    return {};
}

}  // namespace brygga::bgmax
