#include "formats/convert/camt_to_bgmax.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "formats/convert/detail/bgmax_payment.hpp"
#include "formats/convert/detail/debit_payers.hpp"
#include "formats/convert/detail/swedish_clock.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/iso20022/camt/meaning.hpp"

namespace brygga::convert {

namespace {

constexpr std::size_t flush_bytes = std::size_t{256} << 10;
constexpr std::string_view no_serial = "00000";
constexpr std::size_t account_size = 16;
constexpr std::size_t bankgiro_digits = 8;

// Why an entry is left out; empty when it is converted.
std::string_view obstacle(const camt::entry_view& item) {
    if (camt::is_copy(*item.container)) return "left out: of a copy or duplicate (CAMT-R20)";
    if (!item.credit && item.reversal) return "left out: a receipt that the bank took back, which BgMax cannot say (CAMT-R30)";
    if (!item.credit) return "left out: not a credit";
    if (!item.booked) return "left out: not booked (CAMT-R04)";
    if (item.reversal || item.has_returns) return "left out: a reversal, or with returns in it (CAMT-R30)";
    if (item.payments == 0) return "left out: without payments";
    if (!item.has_amount) return "left out: without an amount in öre";
    if (!item.has_amounts) return "left out: a payment without amount or in another currency";
    if (!item.one_bankgiro) return "left out: its payments do not all state one and the same bankgiro";
    if (item.receiving_bankgiro().empty()) return "left out: not to a bankgiro";
    if (item.receiving_bankgiro().size() > bankgiro_digits) return "left out: the bankgiro has too many digits";
    if (!(item.net_ore == item.amount_ore)) return "left out: its payments do not add up (CAMT-R10)";
    if (!item.value_date) return "left out: without date";
    return {};
}

// Whether BgMax can hold the payment, each of its references and what it was before its credit notes were taken off.
bool amounts_fit(const camt::payment_view& item) {
    ore_sum before = {};
    before += item.amount_ore;
    for (const camt::part& each : item.parts) {
        if (each.amount_ore.value_or(0) > bgmax::largest_amount_ore) return false;
        if (each.credit_note) before += each.amount_ore.value_or(0);
        before += each.taken_off_ore;
    }
    const auto ore = before.value();
    return ore && *ore <= bgmax::largest_amount_ore;
}

void tell(camt_to_bgmax_result& into, note what) {
    ++into.notes_total;
    if (what.left_out) ++into.entries_left_out;
    if (into.notes.size() < max_notes) into.notes.push_back(what);
}

// The first reading: which entries are converted, and the first creation time.
class chooser : public camt::sink {
 public:
    chooser(const camt_to_bgmax_settings& with, camt_to_bgmax_result& into) : with_(with), into_(into) {}
    void entry_opened(const camt::entry_view& item) override {
        if (created.empty()) created = item.container->created.text;
        fits_ = true;
    }
    void payment(const camt::payment_view& item) override {
        fits_ = fits_ && amounts_fit(item);
        if (item.entry->credit && !item.credit) debits.add_debit(item);
    }
    void entry_closed(const camt::entry_view& item) override {
        const bool wanted = !with_.wanted || with_.wanted(item.entry_no);
        std::string_view why = wanted ? obstacle(item) : std::string_view();
        if (wanted && why.empty() && !(fits_ && item.amount_ore <= bgmax::largest_amount_ore))
            why = "left out: an amount has more digits than BgMax";
        chosen.push_back(wanted && why.empty());
        containers.push_back(item.container_no);
        offsets.push_back(item.begin);
        if (!why.empty()) tell(into_, {item.entry_no, 0, item.begin, why, true});
    }
    // An entry, or the container around it, that waits for a person.
    void leave_out_held(const camt::message_file& file) {
        if (with_.wanted) return;
        std::set<std::uint32_t> held_containers;
        std::set<std::uint32_t> held_entries;
        for (const camt::hold_mark& mark : file.holds) {
            if (mark.ordinal != 0) continue;
            if (mark.entry_no == 0)
                held_containers.insert(mark.container_no);
            else
                held_entries.insert(mark.entry_no);
        }
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            const auto entry_no = static_cast<std::uint32_t>(i + 1);
            if (!chosen[i] || (!held_entries.contains(entry_no) && !held_containers.contains(containers[i]))) continue;
            leave_out(i, "left out: it waits for a person (see brygga check)");
        }
    }
    // An entry that would wait for a person in BgMax. Before, the debits know their payers.
    void leave_out_unpaid() {
        using verdict = detail::debit_payers::verdict;
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            const auto entry_no = static_cast<std::uint32_t>(i + 1);
            if (!chosen[i]) continue;
            switch (debits.of(entry_no)) {
                case verdict::fits:
                    break;
                case verdict::given:
                    given_payers[entry_no] = debits.first_payer(entry_no);
                    break;
                case verdict::unpaid:
                    leave_out(i, "left out: a debit is no deduction of a payer who pays as much in it (BGMAX-R36, R50)");
                    break;
            }
        }
    }

    std::vector<bool> chosen;
    std::vector<std::uint32_t> containers;
    std::vector<std::size_t> offsets;
    std::string created;
    detail::debit_payers debits;
    std::map<std::uint32_t, std::string> given_payers;  // of debits that tell none, by entry

 private:
    void leave_out(std::size_t i, std::string_view why) {
        chosen[i] = false;
        tell(into_, {static_cast<std::uint32_t>(i + 1), 0, offsets[i], why, true});
    }

    const camt_to_bgmax_settings& with_;
    camt_to_bgmax_result& into_;
    bool fits_ = true;  // the payments of the open entry
};

// The reading between, of messages with debits: what their payers pay.
class payer_collector : public camt::sink {
 public:
    explicit payer_collector(detail::debit_payers& into) : into_(into) {}
    void payment(const camt::payment_view& item) override {
        if (item.credit) into_.add_credit(item);
    }

 private:
    detail::debit_payers& into_;
};

// TK15 22-37: zeros where the account is no BBAN.
std::string bank_account_field(const camt::account& item) {
    std::string account = camt::bank_account_of(item);
    return account.empty() ? std::string(account_size, '0') : account;
}

// The last reading: writes the sections of the chosen entries.
class section_writer : public camt::sink {
 public:
    section_writer(const chooser& choice, const std::vector<camt::receiver>& receivers, camt_to_bgmax_result& into,
                   const output& to)
        : choice_(choice), receivers_(receivers), into_(into), to_(to) {}

    result<void> outcome;

    void start(std::string_view written_at, bool test) {
        outcome = out_.start(written_at, test ? bgmax::marker::test : bgmax::marker::production);
    }
    void end() {
        if (outcome) outcome = out_.end();
        drain();
    }
    void payment(const camt::payment_view& item) override {
        const camt::entry_view& entry = *item.entry;
        if (!outcome || !choice_.chosen[entry.entry_no - 1]) return;
        if (item.entry_ordinal == 1) outcome = out_.opening(bankgiro_field(entry.receiving_bankgiro()), entry.currency);
        if (!outcome) return;
        detail::bgmax_payments made = detail::bgmax_payments_of(item, agreement_of(entry));
        if (!item.credit && made.first.payer_bankgiro.empty()) give_payer(made, entry.entry_no);
        tell_losses(item, made);
        if (item.entry_ordinal == 1) {
            first_ = std::move(made);
            first_begin_ = item.begin;
            return;
        }
        if (item.entry_ordinal == 2) write(first_);
        write(made);
    }
    void entry_closed(const camt::entry_view& item) override {
        if (!outcome || !choice_.chosen[item.entry_no - 1]) return;
        const std::string_view more = camt::told(item.data->additional);
        if (item.payments == 1) {
            add_to_first(item, more);
            write(first_);
        } else if (!more.empty()) {
            tell(into_, {item.entry_no, 0, item.begin,
                         "not carried: the additional information of an entry with several payments", false});
        }
        if (!outcome) return;
        // The number of another bankgiro's deposit is none of this one (CAMT-R15).
        const bool numbered = !item.from_reference.serial.empty() && item.from_reference.bankgiro == item.receiving_bankgiro();
        const std::string_view serial = numbered ? item.from_reference.serial : no_serial;
        if (!numbered && !item.from_reference.serial.empty())
            tell(into_, {item.entry_no, 0, item.begin, "not carried: the number of another bankgiro's deposit (CAMT-R15)", false});
        outcome = out_.deposit(
            {bank_account_field(item.container->account), format_ccyymmdd(*item.value_date), std::string(serial), ""});
        ++into_.sections;
        into_.entries.push_back(item.entry_no);
        drain_if_large();
    }

 private:
    void write(const detail::bgmax_payments& payments) {
        if (outcome) outcome = out_.payment(payments.first);
        for (const bgmax::payment_out& each : payments.deductions)
            if (outcome) outcome = out_.payment(each);
        into_.payments += 1 + payments.deductions.size();
        drain_if_large();
    }
    void tell_losses(const camt::payment_view& item, const detail::bgmax_payments& made) {
        for (const std::string_view loss : made.losses)
            tell(into_, {item.entry->entry_no, item.entry_ordinal, item.begin, loss, false});
    }
    // What is said of an entry is said of its only payment. Banks repeat there what the payment says already.
    void add_to_first(const camt::entry_view& entry, std::string_view more) {
        const std::vector<std::string>& said = first_.first.information;
        if (more.empty() || more == first_.first.reference || std::find(said.begin(), said.end(), more) != said.end()) return;
        const std::vector<std::string_view> told = std::exchange(first_.losses, {});
        detail::add_information(first_, more);
        for (const std::string_view loss : first_.losses)
            if (std::find(told.begin(), told.end(), loss) == told.end())
                tell(into_, {entry.entry_no, 1, first_begin_, loss, false});
    }
    void give_payer(detail::bgmax_payments& to, std::uint32_t entry_no) const {
        const auto given = choice_.given_payers.find(entry_no);
        if (given == choice_.given_payers.end()) return;
        to.first.payer_bankgiro = given->second;
        to.losses.push_back("changed: a deduction of no stated payer was given the only payer of the deposit");
    }
    // Where nothing is agreed, digits with a valid check digit are an OCR reference.
    [[nodiscard]] const ocr_agreement& agreement_of(const camt::entry_view& entry) const {
        static const ocr_agreement check_digit_only{ocr_level::hard, {}};
        for (const camt::receiver& each : receivers_)
            if (each.bankgiro == entry.receiving_bankgiro()) return each.ocr;
        return check_digit_only;
    }
    void drain_if_large() {
        if (out_.bytes().size() >= flush_bytes) drain();
    }
    void drain() {
        to_(out_.bytes());
        out_.bytes().clear();
    }

    const chooser& choice_;
    const std::vector<camt::receiver>& receivers_;
    camt_to_bgmax_result& into_;
    const output& to_;
    bgmax::writer out_;
    detail::bgmax_payments first_;  // of the entry, until it is known whether it is the only one
    std::size_t first_begin_ = 0;
};

std::string first_refusal(const camt::message_file& file) {
    for (const finding& each : file.findings.kept())
        if (each.level == severity::error) return describe(each);
    return "the message is refused";
}

}  // namespace

result<camt_to_bgmax_result> camt_to_bgmax(std::string_view bytes, const camt_to_bgmax_settings& with, const output& to) {
    camt_to_bgmax_result made;
    camt::read_options options{with.policy, with.receivers, with.passed};
    chooser chosen(with, made);
    const camt::message_file file = camt::read(bytes, options, &chosen);
    if (!file.accepted()) return fail(error_code::invalid_content, first_refusal(file));
    if (file.version.kind == camt::message_kind::report)
        return fail(error_code::invalid_content, "a camt.052 report only announces: nothing of it is converted");
    auto written_at = detail::bgmax_timestamp(camt::inner(chosen.created));
    if (!written_at) written_at = detail::bgmax_timestamp(camt::inner(file.created));
    if (!written_at) return fail(error_code::invalid_content, "the message has no creation time (CreDtTm) that can be read");
    chosen.leave_out_held(file);
    options.policy.cap = 0;
    if (!chosen.debits.none()) {
        payer_collector payers(chosen.debits);
        static_cast<void>(camt::read(bytes, options, &payers));
        chosen.leave_out_unpaid();
    }
    section_writer sections(chosen, with.receivers, made, to);
    sections.start(*written_at, with.test_file);
    static_cast<void>(camt::read(bytes, options, &sections));
    sections.end();
    if (!sections.outcome) return tl::unexpected(sections.outcome.error());
    return made;
}

}  // namespace brygga::convert
