#include "mapping/inbound/autogiro.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/bankgirot/autogiro/codes.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/sha256.hpp"
#include "mapping/inbound/autogiro_collections.hpp"
#include "mapping/inbound/autogiro_duplicates.hpp"
#include "mapping/inbound/autogiro_mandates.hpp"
#include "mapping/inbound/autogiro_payouts.hpp"
#include "mapping/inbound/autogiro_plan.hpp"
#include "mapping/inbound/autogiro_reversal.hpp"
#include "mapping/inbound/autogiro_row.hpp"
#include "mapping/inbound/payment_booker.hpp"
#include "mapping/inbound/reasons.hpp"
#include "mapping/inbound/sections.hpp"

namespace brygga::inbound {

namespace {

using autogiro::layout_id;

constexpr std::uint32_t only_file = 1;  // logical_no: a delivery is one logical file

// Pass 2: books the parts that may be booked. Views end with each call, so an error is kept and ends the work.
class booking_sink : public autogiro::sink {
 public:
    booking_sink(autogiro_plan& plan, logical_result& told, const settings& with, const ledger::exchanged_file& file,
                 ledger::transaction& into)
        : plan_(plan),
          told_(told),
          with_(with),
          file_(file),
          into_(into),
          booker_(into, with.today),
          mandates_(into, with, file, told.batch_id, told.outcomes),
          collections_(into, file, told.batch_id, told.outcomes),
          payouts_(into, file, told.batch_id, told.outcomes),
          reversals_(into, file, told.batch_id, told.outcomes) {}

    // Only this part, which a person has released; 0 means all that are not held.
    std::uint32_t released = 0;

    result<void> outcome;

    void section_opened(const autogiro::section_view& section) override { begin(counter_.section_opened(section)); }
    void entry_opened(const autogiro::entry_view&) override {
        end_part();
        begin(counter_.entry_opened());
    }
    void section_closed(const autogiro::section_view& section) override {
        if (outcome && part_ != nullptr) outcome = close(section);
        end_part();
        static_cast<void>(counter_.section_closed(section));
    }

    void mandate_advice(const autogiro::advice_view& view) override {
        if (may_take(view.at)) outcome = mandates_.advised(view);
    }
    void internet_mandate(const autogiro::internet_mandate_view& view) override {
        if (may_take(view.at)) outcome = mandates_.proposed(view);
    }
    void register_entry(const autogiro::register_view& view) override {
        if (may_take(view.at))
            outcome = mandates_.registered(view);
        else if (part_ != nullptr)
            mandates_.held_in_register(view);
    }
    void amendment(const autogiro::amendment_view& view) override {
        if (!may_take(view.at)) return;
        const auto collections = collections_.amended(bankgiro(), view);
        const auto payouts = collections ? payouts_.amended(bankgiro(), view) : collections;
        if (!payouts)
            outcome = tl::unexpected(payouts.error());
        else if (!*collections && !*payouts)
            outcome = amends_none(view);
    }
    void payment(const autogiro::payment_view& view) override {
        if (!outcome || part_ == nullptr) return;
        if (moves_money(part_->kind)) {
            outcome = take(view);
            return;
        }
        if (!may_take(view.at)) return;
        const bool watched = view.at.section->layout == layout_id::watch;
        if (view.direction == autogiro::payment_direction::payout)
            outcome = watched ? payouts_.watched(bankgiro(), view) : payouts_.rejected(bankgiro(), view);
        else
            outcome = watched ? collections_.watched(bankgiro(), view) : collections_.rejected(bankgiro(), view);
    }
    void refund(const autogiro::refund_view& view) override {
        if (outcome && part_ != nullptr && books()) outcome = give_back(view);
    }

 private:
    // Of a group that changes nothing, or comes after the last word on what was in it, nobody need learn.
    result<void> amends_none(const autogiro::amendment_view& view) {
        if (amended_payments(view).reach() == amendment_reach::group) {
            result<bool> is_old = !autogiro::is_carried_out(view.record.comment);
            if (!*is_old) is_old = collections_.amends_what_is_over(bankgiro(), view);
            if (is_old && !*is_old) is_old = payouts_.amends_what_is_over(bankgiro(), view);
            if (!is_old) return tl::unexpected(is_old.error());
            if (*is_old) ++told_.outcomes["amendment of nothing that waits"];
            if (*is_old) return {};
        }
        return collections_.amends_none(view);
    }

    [[nodiscard]] const std::string& bankgiro() const noexcept { return part_->section.row.bankgiro; }

    // Money came or went, and no other channel has told of it before.
    [[nodiscard]] bool books() const noexcept {
        return moves_money(part_->kind) && part_->section.row.payments != 0 && part_->section.already_in == 0;
    }

    void begin(std::uint32_t part_no) {
        part_ = nullptr;
        if (!outcome || part_no == 0) return;
        autogiro_part_plan& part = plan_.parts[part_no - 1];
        if (released != 0 ? released != part_no : !part.section.held_by.empty()) return;
        part_ = &part;
        taken_ = 0;
        if (!books()) return;
        auto opened = begin_section(part.section, told_.batch_id, with_, into_);
        if (opened)
            open_ = std::move(*opened);
        else
            outcome = tl::unexpected(opened.error());
    }
    void end_part() {
        if (outcome && part_ != nullptr && books()) outcome = post_difference(part_->section, into_, told_);
        part_ = nullptr;
    }
    result<void> close(const autogiro::section_view& section) {
        if (part_->kind == autogiro_part::mandates) return mandates_.section_closed(section);
        if (section.layout != layout_id::watch) return {};
        return collections_.watch_closed(bankgiro(), parse_ccyymmdd(section.opening.written).value_or(with_.today));
    }

    // The rules that hold this record alone: a payment waits in suspense, anything else is for a person.
    std::vector<std::string_view> rules_of(const autogiro::record_place& at) const {
        std::vector<std::string_view> out;
        auto mark = std::lower_bound(plan_.marks.begin(), plan_.marks.end(), at.ordinal,
                                     [](const payment_mark& each, std::uint32_t wanted) { return each.ordinal < wanted; });
        for (; mark != plan_.marks.end() && mark->ordinal == at.ordinal; ++mark)
            add_once(out, mark->rule);
        return out;
    }
    bool may_take(const autogiro::record_place& at) {
        if (!outcome || part_ == nullptr) return false;
        const auto rules = rules_of(at);
        if (rules.empty()) return true;
        ledger::matter item;
        item.kind = "record-held";
        item.key = fmt::format("record-held:{}:{}", ledger::format_id(told_.batch_id), at.ordinal);
        item.file_id = file_.id;
        item.detail = nlohmann::json{{"line", at.line}, {"rules", rules}}.dump();
        ++told_.outcomes["to see to"];
        outcome = into_.matters().add_matter(item);
        return false;
    }

    result<void> take(const autogiro::payment_view& view) {
        const bool executed = view.record.status == ' ' || view.record.status == '0';
        if (view.direction == autogiro::payment_direction::payout) return executed ? pay_out(view) : not_paid_out(view);
        if (!executed) return collections_.not_executed(bankgiro(), view.record, view.at.ordinal);
        if (part_->section.already_in != 0) return collections_.executed_in(part_->section.already_in, bankgiro(), view.record);
        fill(view.record, view.at, ledger::payment_kind::payment);
        const auto collection = collections_.collection_of(bankgiro(), view.record);
        if (!collection) return tl::unexpected(collection.error());
        if (*collection)
            if (auto named = name_invoice(**collection); !named) return named;
        if (auto booked = book(); !booked || !*collection) return booked;
        return collections_.executed(**collection, row_.id);
    }

    void fill(const autogiro::payment_record& record, const autogiro::record_place& at, ledger::payment_kind kind) {
        fill_autogiro_row(record, at, kind, ++taken_, open_.facts, row_);
        holds_.clear();
        holds_.rules = rules_of(at);
    }
    result<void> book() {
        return booker_.book(row_, {file_.id, only_file, part_->section.row.section_no}, holds_, open_.rules, told_);
    }

    result<void> not_paid_out(const autogiro::payment_view& view) {
        return payouts_.not_executed(bankgiro(), view.record, view.at.ordinal);
    }

    // Money that left for a payout that still waits for it, or was told of by another format, belongs to it. Anything else waits.
    result<void> pay_out(const autogiro::payment_view& view) {
        if (part_->section.already_in != 0) return {};
        fill(view.record, view.at, ledger::payment_kind::deduction);
        const auto payout = payouts_.payout_of(bankgiro(), view.record);
        if (!payout) return tl::unexpected(payout.error());
        const auto fits = *payout ? payouts_.may_take(**payout) : result<bool>(false);
        if (!fits) return tl::unexpected(fits.error());
        const bool is_sound = holds_.rules.empty();
        if (*fits && is_sound) {
            const bool is_news = may_be_executed((*payout)->newest.state);
            if (auto added = booker_.add_without_entry(row_, is_news, told_); !added) return added;
        } else {
            add_once(holds_.rules, reason::unknown_payout);
            if (auto booked = book(); !booked) return booked;
        }
        return *payout && is_sound ? payouts_.executed(**payout, row_.value_date, row_.id) : result<void>{};
    }

    // A reference of more than 16 columns was sent as the invoice's number: the payment is for that invoice all the same.
    result<void> name_invoice(const ledger::collection_item& collection) {
        auto reference = into_.reference_of_invoice(collection.row.invoice_id);
        if (!reference) return tl::unexpected(reference.error());
        if (!reference->empty()) row_.reference = std::move(*reference);
        return {};
    }

    // The payer has taken the money back: what it had paid is open again.
    result<void> give_back(const autogiro::refund_view& view) {
        fill(view.record.original, view.at, ledger::payment_kind::deduction);
        const auto collection = collections_.collection_of(bankgiro(), view.record.original);
        if (!collection) return tl::unexpected(collection.error());
        if (holds_.rules.empty() && *collection) {
            const auto reversed = reversals_.reverse(row_, **collection, view.record.refund_code, told_);
            if (!reversed || *reversed) return reversed ? result<void>{} : tl::unexpected(reversed.error());
        }
        add_once(holds_.rules, reason::unknown_refund);
        return book();
    }

    autogiro_plan& plan_;
    logical_result& told_;
    const settings& with_;
    const ledger::exchanged_file& file_;
    ledger::transaction& into_;
    payment_booker booker_;
    mandate_book mandates_;
    collection_book collections_;
    autogiro_payouts payouts_;
    payment_reversal reversals_;
    part_counter counter_;
    autogiro_part_plan* part_ = nullptr;
    open_section open_;
    std::uint32_t taken_ = 0;
    ledger::payment row_;
    payment_holds holds_;
};

std::vector<section_plan> sections_of(const autogiro_plan& plan) {
    std::vector<section_plan> out;
    for (const autogiro_part_plan& each : plan.parts)
        out.push_back(each.section);
    return out;
}

result<void> add_batches(const autogiro_plan& plan, std::string_view bytes, const ledger::exchanged_file& file,
                         ledger::transaction& into, logical_result& told) {
    ledger::batch whole{0, file.id, std::string(autogiro_source), autogiro_identity(bytes, plan, file), only_file, {}, false};
    if (auto added = into.add_batch(whole); !added) return added;
    told.batch_id = whole.id;
    for (const std::string& each : plan.specifications) {
        ledger::batch named{0, file.id, std::string(autogiro_source), autogiro_identity(each), only_file, {}, false};
        if (auto added = into.add_batch(named); !added) return added;
    }
    return {};
}

// What pass 1 has told needs no second telling.
result<void> book_parts(std::string_view bytes, const settings& with, const autogiro_plan& plan, booking_sink& sink) {
    autogiro::read_options options = options_for_autogiro(with);
    options.policy.cap = 0;
    options.force_encoding = plan.file.in;
    static_cast<void>(autogiro::read(bytes, options, &sink));
    return sink.outcome;
}

result<void> accept(std::string_view bytes, autogiro_plan& plan, const ledger::exchanged_file& file, const settings& with,
                    ledger::transaction& into, logical_result& told) {
    autogiro_duplicates duplicates(plan, into);
    for (autogiro_part_plan& each : plan.parts)
        if (auto compared = duplicates.part(each); !compared) return compared;
    if (auto added = add_batches(plan, bytes, file, into, told); !added) return added;
    told.accepted = true;
    if (auto skipped = record_skipped(sections_of(plan), told.batch_id, autogiro::info(autogiro::rule::R19).id, into); !skipped)
        return skipped;
    booking_sink sink(plan, told, with, file, into);
    if (auto booked = book_parts(bytes, with, plan, sink); !booked) return booked;
    const std::vector<section_plan> sections = sections_of(plan);
    if (auto held = hold_sections(sections, file, only_file, into); !held) return held;
    tell_sections(sections, true, told);
    tell_findings({&plan.ledger_findings, &plan.file.findings}, told);
    return log_accepted(told, file, into);
}

result<void> refuse(const autogiro_plan& plan, const ledger::exchanged_file& file, ledger::transaction& into,
                    logical_result& told) {
    tell_sections(sections_of(plan), false, told);
    tell_findings({&plan.ledger_findings, &plan.file.findings}, told);
    return log_refused(told, file, into);
}

}  // namespace

result<file_result> autogiro_mapping::book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                           ledger::transaction& into) const {
    autogiro_plan plan = plan_autogiro(bytes, with, {});
    logical_result told;
    told.logical_no = only_file;
    result<void> done;
    if (plan.file.accepted()) {
        const auto known = autogiro_duplicates(plan, into).file(bytes, file);
        if (!known) return tl::unexpected(known.error());
        if (*known) told.already_in_file = **known;
        done = *known ? refuse(plan, file, into, told) : accept(bytes, plan, file, with, into, told);
    } else {
        done = refuse(plan, file, into, told);
    }
    if (!done) return tl::unexpected(done.error());
    return file_result{std::string(format()), {std::move(told)}};
}

result<logical_result> autogiro_mapping::book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                       const settings& with, const section_release& what,
                                                       ledger::transaction& into) const {
    const section_key section = what.section;
    const std::string_view rule = autogiro::info(autogiro::rule::R19).id;
    const auto part = since_held(rule, file, what, into);
    if (!part) return tl::unexpected(part.error());
    autogiro_plan plan = plan_autogiro(bytes, with, *part);
    if (section.logical_no != only_file || section.section_no == 0 || section.section_no > plan.parts.size())
        return fail(error_code::not_found,
                    fmt::format("logical file {} has no section {}", section.logical_no, section.section_no));
    const auto batch = into.find_batch(autogiro_source, autogiro_identity(bytes, plan, file));
    if (!batch) return tl::unexpected(batch.error());
    if (!*batch) return fail(error_code::not_found, "logical file 1 was not imported");
    autogiro_part_plan& chosen = plan.parts[section.section_no - 1];
    const bool has_no_day = moves_money(chosen.kind) && !chosen.section.has_date && chosen.section.row.payments != 0;
    if (chosen.kind == autogiro_part::instructions || has_no_day)
        return fail(
            error_code::invalid_content,
            fmt::format("section {} is for Bankgirot, or has no real payment day, and cannot be booked", section.section_no));
    if (auto ours = is_ours(chosen.section, with); !ours) return tl::unexpected(ours.error());
    chosen.section.held_by.clear();
    if (auto compared = autogiro_duplicates(plan, into).part(chosen); !compared) return tl::unexpected(compared.error());
    chosen.section.held_by.clear();
    if (auto free = may_be_released(chosen.section, rule, *part); !free) return tl::unexpected(free.error());
    logical_result told;
    told.logical_no = only_file;
    told.accepted = true;
    told.batch_id = (*batch)->id;
    booking_sink sink(plan, told, with, file, into);
    sink.released = section.section_no;
    if (auto booked = book_parts(bytes, with, plan, sink); !booked) return tl::unexpected(booked.error());
    if (auto written = tell_released(chosen.section, what, {&plan.ledger_findings, &plan.file.findings}, into, told); !written)
        return tl::unexpected(written.error());
    return told;
}

}  // namespace brygga::inbound
