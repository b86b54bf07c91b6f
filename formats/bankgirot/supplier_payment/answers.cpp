#include "formats/bankgirot/supplier_payment/answers.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/bankgirot/supplier_payment/report_writer.hpp"
#include "formats/core/bankgiro.hpp"

namespace brygga::supplier_payment::detail {

namespace {

constexpr std::size_t line_bytes = layouts::width + 2;

encoded_text text_of(std::string_view iso) noexcept {
    return {iso, encoding::iso_8859_1};
}

// Why something is rejected: the code and text of the TK49 behind the record that is at fault.
struct fault_told {
    std::string_view code, at, text;  // `at` empty: the payment, deduction or credit itself
};
constexpr fault_told wrong_account{"0013", "40", "MOTTAGARENS BANKKONTO \xC4R FELAKTIGT"};
constexpr fault_told wrong_bankgiro{"0042", "", "MOTTAGARENS BANKGIRONUMMER \xC4R FELAKTIGT"};
constexpr fault_told unreasonable_day{"0064", "", "ORIMLIGT DATUM"};
constexpr fault_told no_address{"0110", "27", "MOTTAGARENS NAMN OCH/ELLER ADRESS SAKNAS"};

enum class moment : std::uint8_t { at_once, paid, later };

std::string_view without_zeros(std::string_view number) noexcept {
    return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

// What all reports have in common: what becomes of each payment of the file.
class judge : public sink {
 public:
    judge(std::uint64_t seed, const set_days& days, std::uint64_t first) : days_(days), seed_(seed), first_(first) {}

    void payment(const payment_view& item) final {
        if (item.code != "15") why_ = fault_of(item);
        if (why_ != nullptr) return rejected(item, *why_);
        accepted(item, item.record.day == "GENAST"     ? moment::at_once
                       : item.record.day == days_.paid ? moment::paid
                                                       : moment::later);
    }

 protected:
    virtual void accepted(const payment_view&, moment) {}
    virtual void rejected(const payment_view&, const fault_told&) {}

    const set_days& days_;

 private:
    [[nodiscard]] const fault_told* fault_of(const payment_view& item) const {
        if (item.record.day == days_.unreasonable) return &unreasonable_day;
        if (item.address != nullptr && item.address->postcode == no_postcode) return &no_address;
        const bool to_bankgiro = item.account == nullptr && item.code != "54";
        if (to_bankgiro && !bankgiro_valid(without_zeros(item.record.payee))) return &wrong_bankgiro;
        if (item.code == "54" || fate_of(seed_, first_ + item.at.ordinal - 1) != fate::rejected) return nullptr;
        return to_bankgiro ? &wrong_bankgiro : &wrong_account;
    }

    std::uint64_t seed_, first_;
    const fault_told* why_ = nullptr;  // of the payment before a deduction, too
};

// 3.2.2: each record as it was, and what is wrong with it.
class rejections : public judge {
 public:
    rejections(std::uint64_t seed, const set_days& days, std::uint64_t first, invented::bad_share& bad)
        : judge(seed, days, first), bad_(bad) {}

    void section_opened(const section_view& section) override {
        out.open(layout_id::rejected, {days_.rejected, days_.rejected, section.bankgiro});
    }

    report_writer out;

 protected:
    void rejected(const payment_view& item, const fault_told& why) override {
        bool told = item.code == "15";  // behind the payment that it belongs to
        for (std::size_t at = 0; at < item.at.bytes.size(); at += line_bytes) {
            const std::string_view line = item.at.bytes.substr(at, layouts::width), code = line.substr(0, 2);
            out.echo(line);
            if (code == item.code && bad_.next()) invented::put_tab(out.bytes(), out.bytes().size() - line_bytes, layouts::width);
            const bool at_fault = !told && code == (why.at.empty() ? item.code : why.at);
            const std::string_view beside = told ? "SE F\xD6REG\xC5"
                                                   "ENDE POST"
                                                 : "SE EFTERF\xD6LJANDE POST";
            if (at_fault)
                out.add<layouts::rejection>({"MTRV", why.code, text_of(why.text)});
            else
                out.add<layouts::rejection>({{}, "0000", text_of(beside)});
            told = told || at_fault;
        }
    }

 private:
    invented::bad_share& bad_;
};

struct debits_and_credits {
    std::int64_t debits_ore = 0, credits_ore = 0;

    void add(const payment_view& item) noexcept { (item.is_deduction() ? credits_ore : debits_ore) += item.record.amount_ore; }
};

struct watched_credit {
    std::string payee, reference, last_day, own_reference;
    std::int64_t amount_ore = 0;
};

// 3.2.1 and 3.2.3: what is paid at once and on the payment day, what is netted then, and what waits.
class settlement : public judge {
 public:
    settlement(std::uint64_t seed, const set_days& days, std::uint64_t first, const std::vector<std::string>& payees,
               invented::bad_share* bad)
        : judge(seed, days, first), payees_(payees), bad_(bad) {}

    void section_opened(const section_view& section) override {
        bankgiro_ = section.bankgiro;
        at_once.out.open(layout_id::payment_specification, {days_.at_once, days_.at_once, bankgiro_});
        paid.out.open(layout_id::payment_specification, {days_.paid, days_.paid, bankgiro_});
    }
    void section_closed(const section_view&) override {
        net_earlier_credit();
        net_credits();
        at_once.out.close();
        paid.out.close();
    }
    [[nodiscard]] std::string watch(invented::bad_share& bad) const;

    // The payments of one day, with the payee that was named last.
    struct day_report {
        report_writer out;
        std::string named;
    };
    day_report at_once, paid;

 protected:
    void accepted(const payment_view& item, moment when) override {
        if (item.code == "16") {
            credits_.push_back({std::string(item.record.payee), std::string(item.record.reference.bytes),
                                std::string(item.record.day), std::string(item.record.own_reference.bytes),
                                item.record.amount_ore});
            before_.credits_ore += item.record.amount_ore;
            return;
        }
        if (when == moment::at_once) return pay(at_once, item);
        before_.add(item);
        if (when == moment::later) return waiting_[std::string(item.record.day)].add(item);
        taken_.add(item);
        pay(paid, item);
        if (item.account != nullptr || item.code == "54") return;
        if (first_payee_.empty()) first_payee_ = item.record.payee;
        payable_ore_[std::string(item.record.payee)] += item.is_deduction() ? -item.record.amount_ore : item.record.amount_ore;
    }

 private:
    void name_payee(day_report& in, std::string_view payee) {
        if (in.named == payee) return;
        in.named = payee;
        const std::string name = fmt::format("PROVLEVERANT\xD6REN {}", payee.substr(6, 3));
        in.out.add<layouts::name>({payee, text_of(name), {}});
    }

    void written(report_writer& out) {
        if (bad_ != nullptr && bad_->next()) invented::put_tab(out.bytes(), out.bytes().size() - line_bytes, layouts::width);
    }

    void pay(day_report& in, const payment_view& item) {
        payment_record record = item.record;
        record.day = {};
        if (item.code == "15") {
            in.out.add<layouts::reported_deduction>(record);
            return written(in.out);
        }
        record.code = '0';
        record.redirected_to = "0000000000";
        std::string other;
        if (item.code == "54") {
            in.out.add<layouts::reported_plusgiro_payment>(record);
            return written(in.out);
        }
        if (item.account != nullptr) {
            in.named.clear();
            in.out.add<layouts::account>(*item.account);
            if (item.name != nullptr) in.out.add<layouts::name>(*item.name);
        } else {
            name_payee(in, record.payee);
            if (record.amount_ore % redirected_share == 0) record.redirected_to = other = bankgiro_field(payees_.front());
        }
        in.out.add<layouts::reported_payment>(record);
        written(in.out);
    }

    // As much of a credit as its payee is paid; where that is nothing it waits. Says how much.
    std::int64_t net(const watched_credit& credit) {
        std::int64_t& payable_ore = payable_ore_[credit.payee];
        const std::int64_t now_ore = std::min(credit.amount_ore, payable_ore);
        if (now_ore <= 0) return 0;
        payable_ore -= now_ore;
        taken_.credits_ore += now_ore;
        name_payee(paid, credit.payee);
        payment_record record;
        record.payee = credit.payee;
        record.reference = text_of(credit.reference);
        record.amount_ore = now_ore;
        record.day = credit.last_day;
        record.code = now_ore != credit.amount_ore ? '1' : ' ';
        record.own_reference = text_of(credit.own_reference);
        paid.out.add<layouts::reported_watched_credit>(record);
        written(paid.out);
        return now_ore;
    }

    void net_credits() {
        for (const watched_credit& each : credits_) {
            const std::int64_t now_ore = net(each);
            if (now_ore != 0 && now_ore != each.amount_ore)
                paid.out.add<layouts::credit_rest>({each.payee, days_.sent, each.amount_ore, each.amount_ore - now_ore});
        }
    }

    // The rest of one that an earlier file has sent; the payee that is paid first has one in each section.
    void net_earlier_credit() {
        if (first_payee_.empty()) return;
        const std::int64_t rest_ore = std::min<std::int64_t>(payable_ore_[first_payee_], 25'000);
        if (rest_ore == 0) return;
        before_.credits_ore += rest_ore;
        static_cast<void>(net({first_payee_, "1234500006", days_.earlier_until, "LEV-TIDIGARE", rest_ore}));
        constexpr std::string_view none = "000000";
        paid.out.add<layouts::credit_use>({first_payee_, days_.used_earlier, none, none, rest_ore, 0, 0});
    }

    static constexpr std::int64_t redirected_share = 20;

    const std::vector<std::string>& payees_;
    invented::bad_share* bad_;
    std::string bankgiro_, first_payee_;
    std::vector<watched_credit> credits_;
    std::unordered_map<std::string, std::int64_t> payable_ore_;  // on the payment day, less what was deducted and netted
    debits_and_credits before_, taken_;
    std::map<std::string, debits_and_credits> waiting_;  // by payment day
};

std::string settlement::watch(invented::bad_share& bad) const {
    report_writer out;
    const auto written = [&] {
        if (bad.next()) invented::put_tab(out.bytes(), out.bytes().size() - line_bytes, layouts::width);
    };
    const auto day = [&](std::string_view which, const debits_and_credits& sums, std::string_view code) {
        const std::string debits = fmt::format("{:019}", sums.debits_ore);
        out.add<layouts::watched_day>({which, debits, ' ', sums.credits_ore, ' ', code});
        written();
    };
    const std::int64_t debits_left = before_.debits_ore - taken_.debits_ore;
    const std::int64_t credits_left = before_.credits_ore - taken_.credits_ore;
    out.open(layout_id::watch, {days_.paid, days_.paid, bankgiro_});
    out.add<layouts::watched_before>({before_.debits_ore, before_.credits_ore, 0, 0});
    written();
    out.add<layouts::watched_taken>({taken_.debits_ore, taken_.credits_ore, 0, 0});
    written();
    out.add<layouts::watched_left>({0, 0, debits_left, credits_left});
    written();
    debits_and_credits without_day{0, credits_left};
    for (const auto& [which, sums] : waiting_) {
        day(which, sums, "00");
        without_day.credits_ore -= sums.credits_ore;
    }
    if (without_day.credits_ore != 0) day("000000", without_day, "07");
    out.close();
    return std::move(out.bytes());
}

}  // namespace

std::string answers::report(layout_id layout, std::string_view orders, std::uint64_t first) {
    const read_options as_written{.policy = {}, .force_encoding = encoding::iso_8859_1, .passed = {}};
    if (layout == layout_id::rejected) {
        rejections made(seed_, days_, first, bad_);
        static_cast<void>(read(orders, as_written, &made));
        made.out.close();
        return std::move(made.out.bytes());
    }
    settlement made(seed_, days_, first, payees_, layout == layout_id::watch ? nullptr : &bad_);
    static_cast<void>(read(orders, as_written, &made));
    if (layout == layout_id::watch) return made.watch(bad_);
    if (made.at_once.out.records() == 0) return std::move(made.paid.out.bytes());
    return made.at_once.out.bytes() + made.paid.out.bytes();
}

std::string answers::returned_money_orders(std::string_view bankgiro, std::uint64_t first, std::uint64_t end) {
    constexpr std::uint64_t share = 10;
    report_writer out;
    out.open(layout_id::returned_money_orders, {days_.paid, days_.paid, bankgiro_field(bankgiro)});
    for (std::uint64_t index = (first + share - 1) / share * share; index < end; index += share) {
        invented::random_numbers random(seed_ ^ (index + 1) * 0x2545F4914F6CDD1Du);
        const std::string number = fmt::format("{:09}", index + 1), own = fmt::format("KONTANT-{:07}", index + 1);
        returned_order_record item;
        item.order_number = number;
        item.code = random.chance(50) ? '1' : '2';
        item.sender_text = text_of(own);
        item.first_date = days_.earlier;
        item.second_date = days_.paid;
        item.amount_ore = static_cast<std::int64_t>(100 + random.below(2'000'000));
        out.add<layouts::returned_order>(item);
        if (bad_.next()) invented::put_tab(out.bytes(), out.bytes().size() - line_bytes, layouts::width);
    }
    out.close();
    return std::move(out.bytes());
}

}  // namespace brygga::supplier_payment::detail
