#include "formats/convert/bgmax_to_camt.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/convert/detail/camt_payment.hpp"
#include "formats/core/date.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/swedish_time.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::convert {

namespace {

constexpr std::size_t clearing_size = 4;
constexpr std::size_t account_size = 16;

// What the deposit record says, which stands behind the payments in BgMax and before them in camt.
struct section_facts {
    std::string account, serial;
    date day{};
    std::int64_t amount_ore{};
    std::uint32_t payments{};  // TxDtls
    bool left_out = false;
    bool all_carried = true;  // the version can hold its deductions
    std::uint64_t line{};     // of its deposit record, else of its opening record
};

class section_collector : public bgmax::sink {
 public:
    explicit section_collector(bool netting) : netting_(netting) {}

    void payment(const bgmax::payment_view& item) override {
        if (netting_) netted.add(item);
    }
    void section_closed(const bgmax::section_view& item) override {
        const std::string_view account = item.deposit.bank_account;
        const auto day = parse_ccyymmdd(item.deposit.payment_date);
        sections.push_back({std::string(account.substr(account.size() - std::min(account.size(), account_size))),
                            std::string(item.deposit.serial), day.value_or(date{}), item.deposit.amount_ore,
                            netting_ ? item.payments : item.payments + item.deductions, !item.closed || !item.has_amount || !day,
                            netted.close_section(), item.line});
    }
    void leave_out_held(const bgmax::logical_file& file) {
        bool all = false;
        for (const bgmax::hold_mark& mark : file.holds) {
            if (mark.ordinal != 0) continue;
            if (mark.section_no == 0)
                all = true;
            else if (mark.section_no <= sections.size())
                sections[mark.section_no - 1].left_out = true;
        }
        for (section_facts& each : sections)
            each.left_out = each.left_out || all;
    }

    [[nodiscard]] bool has_entries() const {
        return std::any_of(sections.begin(), sections.end(),
                           [](const section_facts& each) { return !each.left_out && each.all_carried; });
    }

    std::vector<section_facts> sections;
    detail::netted_deductions netted;

 private:
    bool netting_;
};

// 20260302163005123456 -> 2026-03-02T16:30:05; empty when it is not real.
std::string moment_of(std::string_view written_at) {
    const auto day = parse_ccyymmdd(written_at.substr(0, 8));
    if (!day || written_at.size() < 14) return {};
    std::string moment = fmt::format("{}T{}:{}:{}", format_iso_date(*day), written_at.substr(8, 2), written_at.substr(10, 2),
                                     written_at.substr(12, 2));
    return parse_moment(moment) ? moment : std::string();
}

void tell(bgmax_to_camt_result& into, const section_note& what) {
    ++into.notes_total;
    if (into.notes.size() < max_section_notes) into.notes.push_back(what);
}

class message_writer : public bgmax::sink {
 public:
    message_writer(const section_collector& collected, bool netting, std::string id, std::string created, xml::writer& out,
                   bgmax_to_camt_result& into)
        : collected_(collected), netting_(netting), id_(std::move(id)), created_(std::move(created)), out_(out), into_(into) {}

    void section_opened(std::uint32_t section_no, const bgmax::opening_record& record) override {
        facts_ = &collected_.sections[section_no - 1];
        if (left_out()) {
            ++(facts_->left_out ? into_.sections_left_out : into_.sections_with_deductions);
            tell(into_, {section_no, 0, facts_->line, why_left_out()});
            return;
        }
        bankgiro_ = without_leading_zeros(record.bankgiro);
        currency_ = record.currency.utf8();
        if (!container_open_ || facts_->account != account_) open_container();
        open_entry();
    }
    void payment(const bgmax::payment_view& item) override {
        if (left_out()) return;
        const auto tell_loss = [&](std::string_view what) {
            tell(into_, {item.section_no, item.section_ordinal, item.line, what});
        };
        if (netting_ && item.is_deduction) {
            if (!item.information.empty()) tell_loss("not carried: the text of a deduction, which version 02 has no payment for");
            if (collected_.netted.has_other_payer(item.ordinal))
                tell_loss("not carried: name, address and number of a deduction that are not those of its payment");
            return;
        }
        for (const std::string_view loss : detail::fill_transaction(item, collected_.netted.of(item.ordinal), bankgiro_,
                                                                    currency_, payment_texts_, transaction_))
            tell_loss(loss);
        out_.whole("TxDtls", camt::transaction_table(), &transaction_);
        ++into_.payments;
    }
    void section_closed(const bgmax::section_view&) override {
        if (left_out()) return;
        out_.close();  // NtryDtls
        out_.close();  // Ntry
        ++into_.entries;
    }
    void close_container() {
        if (container_open_) out_.close();
        container_open_ = false;
    }

 private:
    [[nodiscard]] std::string_view why_left_out() const noexcept {
        return facts_->left_out ? "left out: it waits for a person (see brygga check)"
                                : "left out: a deduction that no earlier payment of the same bankgiro can carry in version 02";
    }
    [[nodiscard]] bool left_out() const noexcept { return facts_ == nullptr || facts_->left_out || !facts_->all_carried; }

    void open_container() {
        close_container();
        account_ = facts_->account;
        container_texts_.clear();
        container_.clear();
        container_.id = container_texts_.keep(fmt::format("{}-{}", id_, ++containers_));
        container_.created = container_texts_.keep(created_);
        const std::string_view number = without_leading_zeros(std::string_view(account_).substr(clearing_size));
        if (account_.find_first_not_of('0') == std::string::npos) {
            container_.account.other = container_texts_.keep(bankgiro_);
            container_.account.scheme_proprietary = container_texts_.keep("BGNR");
        } else {
            container_.account.other = container_texts_.keep(account_.substr(0, clearing_size) + std::string(number));
            container_.account.scheme_code = container_texts_.keep("BBAN");
        }
        container_.account.currency = container_texts_.keep(currency_);
        out_.open("Ntfctn", camt::container_table(), &container_);
        container_open_ = true;
    }

    void open_entry() {
        entry_texts_.clear();
        entry_.clear();
        const auto keep = [this](std::string text) { return entry_texts_.keep(std::move(text)); };
        const std::string amount = format_decimal_amount(facts_->amount_ore);
        const std::string day = format_iso_date(facts_->day);
        entry_.reference = keep(fmt::format("BG{:0>8} {:0>5}-0000000", bankgiro_, facts_->serial));
        entry_.amount = keep(amount);
        entry_.currency = keep(currency_);
        entry_.indicator = keep("CRDT");
        entry_.status = keep("BOOK");
        entry_.booking_day = keep(day);
        entry_.value_day = keep(day);
        entry_.code = {keep("PMNT"), keep("RCDT"), keep("ATXN"), {}};
        out_.open("Ntry", camt::entry_table(), &entry_);
        details_.clear();
        details_.batch_count = keep(fmt::format("{}", facts_->payments));
        details_.batch_total = keep(amount);
        details_.batch_currency = keep(currency_);
        details_.batch_indicator = keep("CRDT");
        out_.open("NtryDtls", camt::details_table(), &details_);
    }

    const section_collector& collected_;
    bool netting_;
    std::string id_, created_;
    xml::writer& out_;
    bgmax_to_camt_result& into_;
    const section_facts* facts_ = nullptr;
    std::string bankgiro_, currency_, account_;
    std::uint32_t containers_ = 0;
    bool container_open_ = false;
    detail::texts container_texts_, entry_texts_, payment_texts_;
    camt::container container_;
    camt::entry entry_;
    camt::details details_;
    camt::transaction transaction_;
};

}  // namespace

result<bgmax_to_camt_result> bgmax_to_camt(std::string_view bytes, const rule_policy& policy, const output& to,
                                           camt_054_version version) {
    const bool netting = version == camt_054_version::v02;  // TxDtls has no CdtDbtInd before version 03
    bgmax::read_options options;
    options.policy = policy;
    section_collector collected(netting);
    const auto files = bgmax::read(bytes, options, &collected);
    if (files.size() != 1)
        return fail(error_code::invalid_content,
                    fmt::format("the file holds {} logical files, and each is a message of its own", files.size()));
    const bgmax::logical_file& file = files.front();
    if (!file.accepted()) return fail(error_code::invalid_content, "the file is refused: see brygga check");
    collected.leave_out_held(file);
    collected.netted.finish();
    const std::string created = moment_of(file.written_at);
    if (created.empty()) return fail(error_code::invalid_content, "TK01 has no real date and time, which a message must have");
    if (!collected.has_entries())
        return fail(
            error_code::invalid_content,
            fmt::format("none of the {} sections can be carried, and a message must have one: they wait for a person (see "
                        "brygga check){}",
                        collected.sections.size(), netting ? ", or hold a deduction that version 02 cannot carry" : ""));
    options.policy.cap = 0;
    options.force_encoding = file.in;
    bgmax_to_camt_result made;
    const auto number = static_cast<std::uint16_t>(version);
    xml::writer out(to, number);
    const std::string name_space = fmt::format("urn:iso:std:iso:20022:tech:xsd:camt.054.001.{:02}", number);
    detail::texts own;
    const std::string id = "BGMAX-" + file.written_at;
    camt::message message;
    message.id = own.keep(id);
    message.created = own.keep(created);
    out.document("Document", name_space, [&] {
        out.open("BkToCstmrDbtCdtNtfctn", camt::message_table(), &message);
        message_writer sections(collected, netting, id, created, out, made);
        static_cast<void>(bgmax::read(bytes, options, &sections));
        sections.close_container();
        out.close();
    });
    return made;
}

}  // namespace brygga::convert
