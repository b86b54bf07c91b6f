#include "formats/iso20022/camt/generator.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/core/bank_days.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/money.hpp"
#include "formats/invented/payers.hpp"
#include "formats/xml/texts.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::camt {

namespace {

using invented::random_numbers;

constexpr std::int64_t entry_items = 10'000;
constexpr std::uint64_t least_entries = 3;  // of a message that has payments enough
constexpr std::size_t payer_count = 400;
constexpr std::int64_t fee_ore = 12'500;
constexpr std::int64_t opening_ore = 100'000'000;
constexpr std::size_t cut_off_bytes = 40;  // end tags
constexpr std::uint16_t version = 8;
constexpr std::string_view sek = "SEK";
constexpr date default_day{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};

constexpr std::array<std::string_view, 3> message_names = {"BkToCstmrAcctRpt", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"};
constexpr std::array<std::string_view, 3> container_names = {"Rpt", "Stmt", "Ntfctn"};
constexpr std::array<std::string_view, 3> invented_bankgiros = {"9912346", "59990119", "5999024"};
constexpr std::array<std::string_view, 3> invented_accounts = {"58411009823", "549100000003", "40001000019"};

// A payment before it is written.
struct reference {
    std::string text;
    std::int64_t amount_ore{};
    bool ocr = false, credit_note = false;
};
struct invented_payment {
    const invented::payer* from{};
    std::uint64_t serial{};
    std::int64_t amount_ore{};  // after credit notes
    bool debit = false;
    std::vector<reference> references;
    std::string text;  // unstructured
};

struct planned_entry {
    std::uint64_t items{};
    random_numbers random{0};  // where its payments begin
    std::uint64_t first_serial{}, items_before{};
    std::uint32_t bad_percent{};
    std::int64_t amount_ore{};
    std::optional<rule> broken;
};

// The payments of an entry, one after the other; twice the same.
class payment_source {
 public:
    payment_source(const std::vector<invented::payer>& payers, const planned_entry& of)
        : payers_(payers), bad_percent_(of.bad_percent), random_(of.random), serial_(of.first_serial), items_(of.items_before) {}

    invented_payment next() {
        invented_payment out;
        out.from = &payers_[random_.below(payers_.size())];
        out.serial = ++serial_;
        out.amount_ore = static_cast<std::int64_t>(5'000 + random_.below(out.from->company ? 5'000'000 : 500'000));
        const std::uint64_t kind = random_.below(100);
        // Bad ones are spread evenly, and small enough for the first one, which never is, to make the entry a credit.
        const std::uint64_t before = items_ * bad_percent_ / 100;
        out.debit = ++items_ * bad_percent_ / 100 != before && !first_;
        if (first_) out.amount_ore += entry_items;
        if (out.debit) out.amount_ore = 1;
        first_ = false;
        if (kind < 70 || out.debit) {
            ocr(out, out.amount_ore);
        } else if (kind < 80) {
            out.references.push_back(
                {fmt::format("Faktura {:08} kund {:06}", number(), random_.below(1'000'000)), out.amount_ore});
        } else if (kind < 87) {
            ocr(out, out.amount_ore / 2);
            ocr(out, out.amount_ore - out.amount_ore / 2);
        } else if (kind < 91) {
            const std::int64_t credit = out.amount_ore / 4;
            ocr(out, out.amount_ore + credit);
            out.references.push_back({invented::ocr_reference(number()), credit, false, true});
        } else if (kind < 97) {
            const auto texts = invented::remittance_texts();
            out.text = texts[random_.below(texts.size())];
        }
        return out;
    }
    [[nodiscard]] const random_numbers& random() const noexcept { return random_; }

 private:
    [[nodiscard]] std::uint64_t number() noexcept { return 10'000'000 + random_.below(90'000'000); }
    void ocr(invented_payment& to, std::int64_t amount_ore) {
        to.references.push_back({invented::ocr_reference(number()), amount_ore, true});
    }

    const std::vector<invented::payer>& payers_;
    std::uint32_t bad_percent_;
    random_numbers random_;
    std::uint64_t serial_, items_;
    bool first_ = true;
};

struct receiver_account {
    std::string bankgiro;
    std::string_view account;
    std::vector<planned_entry> entries;
};

class message_generator {
 public:
    message_generator(message_kind kind, const generate_settings& what, std::vector<receiver_account> receivers,
                      std::vector<rule> faults, date day, const output& to)
        : kind_(kind),
          what_(what),
          receivers_(std::move(receivers)),
          faults_(std::move(faults)),
          created_(format_iso_date(day) + "T16:30:05+01:00"),
          day_(format_iso_date(previous_bank_day(day, true))),
          id_(fmt::format("BRYGGA-{}-{}", format_ccyymmdd(day), what.seed % 1'000'000)),
          seed_(what.seed ^ (serial_of(day) << 20)),
          payers_(invented::payers(what.seed, payer_count)),
          deposit_serial_(random_numbers(seed_ + 1).below(90'000)),
          out_([this](std::string_view bytes) { pass_on(bytes); }, version),
          to_(to) {}

    void run() {
        plan();
        message_.id = keep(id_);
        message_.created = keep(created_);
        if (has(rule::R23)) {
            message_.page = keep("1");
            message_.last_page = keep("false");
        }
        if (kind_ == message_kind::notification) message_.additional = keep("/CRED/");
        const auto kind = static_cast<std::size_t>(kind_);
        out_.document("Document", fmt::format("urn:iso:std:iso:20022:tech:xsd:{}.001.{:02}", format_id(kind_), version), [&] {
            out_.open(message_names[kind], message_table(), &message_);
            for (const receiver_account& each : receivers_)
                if (!each.entries.empty()) account(each);
            out_.close();
        });
        if (!has(rule::R01)) to_(held_back_);
    }

 private:
    [[nodiscard]] static std::uint64_t serial_of(date day) noexcept {
        return static_cast<std::uint64_t>(std::chrono::sys_days(day).time_since_epoch().count());
    }
    [[nodiscard]] bool has(rule which) const { return std::find(faults_.begin(), faults_.end(), which) != faults_.end(); }
    [[nodiscard]] value keep(std::string text) { return account_texts_.keep(std::move(text)); }

    // The end waits for whether it is wanted.
    void pass_on(std::string_view bytes) {
        held_back_ += bytes;
        const std::size_t size = held_back_.size() - std::min(held_back_.size(), cut_off_bytes);
        to_(std::string_view(held_back_).substr(0, size));
        held_back_.erase(0, size);
    }

    // Decides what each entry holds, and adds it up: totals stand before what they count.
    void plan() {
        const std::uint64_t spread = (what_.count + least_entries - 1) / least_entries;
        const std::uint64_t size = std::clamp<std::uint64_t>(spread, 1, std::uint64_t{entry_items});
        random_numbers random(seed_);
        std::uint64_t serial = random.below(1'000'000'000);
        std::uint64_t entries = 0;
        constexpr std::uint32_t half = 50;
        const auto add = [&](std::uint64_t items, std::uint64_t done, std::optional<rule> broken) {
            planned_entry made{items, random, serial, done, broken ? half : what_.bad_percent, 0, broken};
            if (broken && broken != rule::R32) made.bad_percent = 0;
            payment_source payments(payers_, made);
            for (std::uint64_t i = 0; i < items; ++i) {
                const invented_payment each = payments.next();
                made.amount_ore += each.debit ? -each.amount_ore : each.amount_ore;
            }
            random = payments.random();
            serial += items;
            receivers_[broken ? 0 : entries++ % receivers_.size()].entries.push_back(made);
        };
        for (std::uint64_t done = 0; done < what_.count; done += size)
            add(std::min(size, what_.count - done), done, std::nullopt);
        for (const rule each : faults_)
            if (each != rule::R01 && each != rule::R12 && each != rule::R13 && each != rule::R23)
                add(each == rule::R32 ? 2 : 1, 0, each);
        if (receivers_.front().entries.empty()) add(0, 0, std::nullopt);
    }

    void account(const receiver_account& of) {
        account_no_ += 1;
        container_.clear();
        container_.id = keep(fmt::format("{}-{}", id_, account_no_));
        container_.electronic_number = keep(std::to_string(day_of_year()));
        container_.created = keep(created_);
        container_.account.other = keep(std::string(of.account));
        container_.account.scheme_code = keep("BBAN");
        container_.account.currency = keep(std::string(sek));
        ore_sum credits;
        ore_sum debits;
        std::uint64_t debit_entries = 0;
        for (const planned_entry& each : of.entries) {
            (each.amount_ore < 0 ? debits : credits) += std::abs(each.amount_ore);
            debit_entries += each.amount_ore < 0 ? 1 : 0;
        }
        const std::uint64_t credit_entries = of.entries.size() - debit_entries;
        const bool fee = kind_ != message_kind::notification;
        if (fee) {
            debits += fee_ore;
            ++debit_entries;
        }
        if (kind_ == message_kind::statement) balances(credits, debits, of);
        const bool wrong = has(rule::R12) && account_no_ == 1;
        summary(container_.summary.credit_count, container_.summary.credit_sum, credit_entries + (wrong ? 1 : 0), credits);
        if (debit_entries != 0) summary(container_.summary.debit_count, container_.summary.debit_sum, debit_entries, debits);
        out_.open(container_names[static_cast<std::size_t>(kind_)], container_table(), &container_);
        for (const planned_entry& each : of.entries)
            deposit(of, each);
        if (fee) bank_fee();
        out_.close();
        account_texts_.clear();
    }

    [[nodiscard]] long day_of_year() const {
        const date day = *parse_iso_date(created_.substr(0, 10));
        const date first{day.year(), std::chrono::January, std::chrono::day{1}};
        return (std::chrono::sys_days(day) - std::chrono::sys_days(first)).count() + 1;
    }

    void summary(value& count, value& sum, std::uint64_t entries, const ore_sum& ore) {
        count = keep(std::to_string(entries));
        sum = keep(format_decimal_amount(ore.value().value_or(0)));
    }

    void balances(const ore_sum& credits, const ore_sum& debits, const receiver_account& of) {
        std::int64_t closing = opening_ore + credits.value().value_or(0) - debits.value().value_or(0);
        for (const planned_entry& each : of.entries)
            if (each.broken == rule::R04) closing -= each.amount_ore;  // not booked
        if (has(rule::R13) && account_no_ == 1) closing += 1;
        for (const auto& [type, ore] : {std::pair{"OPBD", opening_ore}, std::pair{"CLBD", closing}}) {
            balance& made = container_.balances.add();
            made.type = keep(type);
            made.amount = keep(format_decimal_amount(std::abs(ore)));
            made.currency = keep(std::string(sek));
            made.indicator = keep(ore < 0 ? "DBIT" : "CRDT");
            made.day = keep(day_);
        }
    }

    void begin_entry(std::string number, std::int64_t ore, std::string_view status) {
        entry_texts_.clear();
        entry_.clear();
        const auto text = [this](std::string_view from) { return entry_texts_.keep(std::string(from)); };
        if (!number.empty()) entry_.reference = text(number);
        entry_.amount = text(format_decimal_amount(std::abs(ore)));
        entry_.currency = text(sek);
        entry_.indicator = text(ore < 0 ? "DBIT" : "CRDT");
        entry_.status = text(status);
        entry_.booking_day = text(day_);
        entry_.value_day = text(day_);
    }

    void bank_fee() {
        begin_entry({}, -fee_ore, "BOOK");
        entry_.code = {entry_texts_.keep("PMNT"), entry_texts_.keep("MDOP"), entry_texts_.keep("CHRG"), {}};
        out_.whole("Ntry", entry_table(), &entry_);
    }

    void deposit(const receiver_account& of, const planned_entry& item) {
        const std::string foreign = item.broken == rule::R16 ? "5999032" : of.bankgiro;
        const std::string other = item.broken == rule::R15 ? "59990119" : foreign;
        ++deposit_serial_;
        begin_entry(fmt::format("BG{:0>8} {:05}-{:07}", other, deposit_serial_ % 100'000, deposit_serial_ % 10'000'000),
                    item.amount_ore, item.broken == rule::R04 ? "PDNG" : "BOOK");
        const auto text = [this](std::string from) { return entry_texts_.keep(std::move(from)); };
        if (item.broken == rule::R02) entry_.amount = text(std::string(entry_.amount.text) + "001");
        if (item.broken == rule::R03) entry_.indicator = text("CRED");
        if (item.broken == rule::R30) entry_.reversal = text("true");
        entry_.code = {text("PMNT"), text("RCDT"), text("ATXN"), {}};
        details_.clear();
        details_.batch_count = text(std::to_string(item.items + (item.broken == rule::R11 ? 1 : 0)));
        if (item.broken != rule::R10) {
            details_.batch_total = text(std::string(format_decimal_amount(std::abs(item.amount_ore))));
            details_.batch_currency = text(std::string(sek));
            details_.batch_indicator = text(item.amount_ore < 0 ? "DBIT" : "CRDT");
        }
        out_.open("Ntry", entry_table(), &entry_);
        if (item.items != 0) {
            out_.open("NtryDtls", details_table(), &details_);
            payment_source payments(payers_, item);
            for (std::uint64_t i = 0; i < item.items; ++i)
                payment(payments.next(), foreign, item.broken);
            out_.close();
        }
        out_.close();
    }

    void payment(const invented_payment& item, std::string_view bankgiro, std::optional<rule> broken) {
        payment_texts_.clear();
        transaction& made = transaction_;
        made.clear();
        const auto text = [this](std::string_view from) { return payment_texts_.keep(std::string(from)); };
        made.servicer_reference = text(fmt::format("EXBK{:014}", item.serial));
        made.amount = text(format_decimal_amount(item.amount_ore + (broken == rule::R10 ? 1 : 0)));
        made.currency = text(sek);
        made.indicator = text(item.debit ? "DBIT" : "CRDT");
        party& payer = made.debtor;
        payer.name = text(item.from->name);
        payer.street = text(item.from->street);
        payer.postcode = text(item.from->postcode);
        payer.town = text(item.from->town);
        if (!item.from->extra_name.empty()) payer.address_lines.add() = text(item.from->extra_name);
        if (item.from->company) {
            payer.organisation.add().id = text(item.from->organisation);
            made.debtor_account.other = text(item.from->bankgiro);
            made.debtor_account.scheme_proprietary = text("BGNR");
        }
        made.creditor_account.other = text(bankgiro);
        made.creditor_account.scheme_proprietary = text("BGNR");
        if (!item.text.empty()) made.unstructured.add() = text(item.text);
        if (broken == rule::R14 || broken == rule::R31) {
            const bool sum = broken == rule::R14;
            const std::uint64_t number = 10'000'000 + item.serial % 90'000'000;
            remittance({invented::ocr_reference(number), item.amount_ore - (sum ? 1 : 0), sum});
        } else if (broken != rule::R10) {
            for (const reference& each : item.references)
                remittance(each);
        }
        out_.whole("TxDtls", transaction_table(), &made);
    }

    void remittance(const reference& item) {
        const auto text = [this](std::string_view from) { return payment_texts_.keep(std::string(from)); };
        constexpr std::size_t document_size = 35;
        structured& made = transaction_.remittances.add();
        (item.credit_note ? made.credit_note : made.remitted) = text(format_decimal_amount(item.amount_ore));
        (item.credit_note ? made.credit_note_currency : made.remitted_currency) = text(sek);
        if (item.ocr) {
            made.reference_type = text("SCOR");
            made.reference = text(item.text);
            return;
        }
        document& of = made.documents.add();
        of.type = text(item.credit_note ? "CREN" : "CINV");
        of.number = text(std::string_view(item.text).substr(0, document_size));
    }

    message_kind kind_;
    const generate_settings& what_;
    std::vector<receiver_account> receivers_;
    std::vector<rule> faults_;
    std::string created_, day_, id_;
    std::uint64_t seed_;
    std::vector<invented::payer> payers_;
    std::uint64_t deposit_serial_;
    std::uint32_t account_no_ = 0;
    std::string held_back_;
    xml::writer out_;
    const output& to_;
    xml::texts account_texts_, entry_texts_, payment_texts_;
    message message_;
    container container_;
    entry entry_;
    details details_;
    transaction transaction_;
};

// Those that are wished for, or invented ones; each with an invented account.
result<std::vector<receiver_account>> receivers_of(const generate_settings& what) {
    std::vector<receiver_account> out;
    for (const std::string& each : what.receivers) {
        const auto digits = normalise_bankgiro(each);
        if (!digits || !bankgiro_valid(*digits))
            return fail(error_code::invalid_argument, fmt::format("'{}' is no bankgiro number with a valid check digit", each));
        out.push_back({*digits, invented_accounts[out.size() % invented_accounts.size()], {}});
    }
    for (std::size_t i = 0; what.receivers.empty() && i < invented_bankgiros.size(); ++i)
        out.push_back({std::string(invented_bankgiros[i]), invented_accounts[i], {}});
    return out;
}

result<std::vector<rule>> faults_of(message_kind kind, const std::vector<std::string>& ids) {
    std::vector<rule> out;
    for (const std::string& each : ids) {
        const auto known = std::find_if(rules().begin(), rules().end(), [&](const rule_info& row) { return row.id == each; });
        if (known == rules().end()) return fail(error_code::invalid_argument, fmt::format("no rule is called {}", each));
        const auto which = static_cast<rule>(known->index);
        const bool of_the_ledger = which == rule::R20 || which == rule::R21 || which == rule::R22;
        const bool of_another =
            (which == rule::R13 && kind != message_kind::statement) || (which == rule::R05 && kind != message_kind::report);
        if (of_the_ledger || of_another)
            return fail(error_code::invalid_argument, fmt::format("no single {} can break {}", format_id(kind), each));
        if (which != rule::R05) out.push_back(which);
    }
    return out;
}

}  // namespace

result<void> generate(message_kind kind, const generate_settings& what, const output& to) {
    if (what.count > max_generated_items)
        return fail(error_code::invalid_argument, fmt::format("at most {} payments in one message", max_generated_items));
    if (what.bad_percent > 100) return fail(error_code::invalid_argument, "at most 100 percent of the payments can be bad");
    const date day = what.day.ok() ? what.day : default_day;
    if (static_cast<int>(day.year()) < 1997 || static_cast<int>(day.year()) > 9998)
        return fail(error_code::invalid_argument, "the day must lie between 1997 and 9998");
    auto faults = faults_of(kind, what.faults);
    if (!faults) return tl::unexpected(faults.error());
    auto receivers = receivers_of(what);
    if (!receivers) return tl::unexpected(receivers.error());
    message_generator(kind, what, std::move(*receivers), std::move(*faults), day, to).run();
    return {};
}

}  // namespace brygga::camt
