#include "mapping/inbound/camt.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "mapping/inbound/camt_duplicates.hpp"
#include "mapping/inbound/camt_numbers.hpp"
#include "mapping/inbound/camt_payouts.hpp"
#include "mapping/inbound/camt_plan.hpp"
#include "mapping/inbound/camt_row.hpp"
#include "mapping/inbound/duplicates.hpp"
#include "mapping/inbound/payment_booker.hpp"
#include "mapping/inbound/sections.hpp"

namespace brygga::inbound {

namespace {

constexpr std::uint32_t only_message = 1;  // logical_no: a file is one message

// Pass 2: books the payments of the entries that may be booked. Views end with each call, so an error is kept and ends the work.
class booking_sink : public camt::sink {
 public:
    booking_sink(std::string_view bytes, camt_plan& plan, logical_result& counts, const settings& with,
                 const ledger::exchanged_file& file, ledger::transaction& into)
        : bytes_(bytes),
          plan_(plan),
          counts_(counts),
          with_(with),
          file_(file),
          into_(into),
          duplicates_(plan, bytes, file.format, into),
          booker_(into, with.today),
          payouts_(plan, counts.batch_id, file, into, counts.outcomes) {}

    // Only this section, which a person has released; 0 means all that are not held.
    std::uint32_t released = 0;

    result<void> outcome;

    void entry_opened(const camt::entry_view& entry) override {
        section_ = nullptr;
        outside_ = false;
        if (!outcome) return;
        section_plan* const section = plan_.section_of(entry.entry_no);
        if (section == nullptr) {
            outside_ = released == 0;
            payouts_.entry_opened();
            return;
        }
        const bool skip = released != 0 ? released != entry.entry_no : section->already_in != 0 || !section->held_by.empty();
        if (skip) return;
        section_ = section;
        open();
    }
    void payment(const camt::payment_view& view) override {
        if (outcome && section_ != nullptr) outcome = take(view);
        if (outcome && outside_) outcome = payouts_.payment(view);
    }
    void entry_closed(const camt::entry_view& entry) override {
        if (outcome && section_ != nullptr) outcome = post_difference(*section_, into_, counts_);
        if (outcome && outside_) outcome = payouts_.entry_closed(entry);
        section_ = nullptr;
    }

 private:
    void open() {
        auto opened = begin_section(*section_, counts_.batch_id, with_, into_);
        if (opened)
            open_ = std::move(*opened);
        else
            outcome = tl::unexpected(opened.error());
    }

    result<void> take(const camt::payment_view& view) {
        fill_row(bytes_, view, open_.facts, open_.rules.ocr, row_);
        holds_.clear();
        auto mark = std::lower_bound(plan_.marks.begin(), plan_.marks.end(), view.ordinal,
                                     [](const payment_mark& each, std::uint32_t wanted) { return each.ordinal < wanted; });
        for (; mark != plan_.marks.end() && mark->ordinal == view.ordinal; ++mark)
            add_once(holds_.rules, mark->rule);
        if (const auto done = take_payout(view); !done || *done) return done ? result<void>{} : tl::unexpected(done.error());
        if (view.returned) add_once(holds_.rules, camt::info(camt::rule::R30).id);  // never matched, whatever a profile says
        auto compared = duplicates_.payment(row_, *section_, view, holds_);
        if (!compared) return compared;
        if (holds_.same_as != 0) ++section_->repeated;
        if (view.credit)
            if (auto told = payouts_.unknown_return(view); !told) return told;
        return booker_.book(row_, {file_.id, only_message, section_->row.section_no}, holds_, open_.rules, counts_);
    }

    // Whether it was money of a payout, going or coming back: then nothing else is booked of it.
    result<bool> take_payout(const camt::payment_view& view) {
        const std::string_view of_returns = camt::info(camt::rule::R30).id;
        const bool is_sound =
            std::all_of(holds_.rules.begin(), holds_.rules.end(), [&](std::string_view rule) { return rule == of_returns; });
        if (!is_sound) return false;
        const auto payout = payouts_.of_deposit(view);
        if (!payout) return tl::unexpected(payout.error());
        if (!*payout) return false;
        const ledger::payout_state now = (*payout)->newest.state;
        const bool is_news = view.credit ? may_be_returned(now) : may_be_executed(now);
        if (auto added = booker_.add_without_entry(row_, is_news, counts_); !added) return tl::unexpected(added.error());
        if (auto told = payouts_.book(**payout, view, row_.id); !told) return tl::unexpected(told.error());
        return true;
    }

    std::string_view bytes_;
    camt_plan& plan_;
    logical_result& counts_;
    const settings& with_;
    const ledger::exchanged_file& file_;
    ledger::transaction& into_;
    camt_duplicates duplicates_;
    payment_booker booker_;
    camt_payouts payouts_;
    section_plan* section_ = nullptr;
    bool outside_ = false;  // an entry that is no deposit of ours
    open_section open_;
    ledger::payment row_;
    payment_holds holds_;
};

// What pass 1 has told needs no second telling.
result<void> book_payments(std::string_view bytes, const settings& with, booking_sink& sink) {
    camt::read_options options = options_for_camt(with);
    options.policy.cap = 0;
    static_cast<void>(camt::read(bytes, options, &sink));
    return sink.outcome;
}

result<void> refuse(const camt_plan& plan, const ledger::exchanged_file& file, ledger::transaction& into, logical_result& told) {
    tell_sections(plan.sections, false, told);
    tell_findings({&plan.ledger_findings, &plan.file.findings, &plan.reference_findings}, told);
    return log_refused(told, file, into);
}

result<void> accept(camt_plan& plan, const ledger::exchanged_file& file, ledger::transaction& into, logical_result& told) {
    told.accepted = true;
    told.skipped = plan.skipped;
    auto held = hold_sections(plan.sections, file, only_message, into);
    if (!held) return held;
    tell_sections(plan.sections, true, told);
    tell_findings({&plan.ledger_findings, &plan.file.findings, &plan.reference_findings}, told);
    return log_accepted(told, file, into);
}

result<void> book_message(std::string_view bytes, camt_plan& plan, const ledger::exchanged_file& file, const settings& with,
                          ledger::transaction& into, logical_result& told) {
    if (!plan.file.accepted()) return refuse(plan, file, into, told);
    // A copy must not stand in the way of its original.
    if (!plan.books) return accept(plan, file, into, told);
    camt_duplicates duplicates(plan, bytes, file.format, into);
    std::string identity = camt_identity(plan.file, bytes);
    auto known = duplicates.message(identity, file);
    if (!known) return tl::unexpected(known.error());
    if (*known) {
        if ((*known)->same_content) told.already_in_file = (*known)->file_name;
        return refuse(plan, file, into, told);
    }
    duplicates.within_message();
    for (section_plan& each : plan.sections) {
        auto compared = duplicates.section(each);
        if (!compared) return compared;
    }
    ledger::batch batch{0, file.id, "camt", std::move(identity), only_message, plan.file.created, false};
    auto added = into.add_batch(batch);
    if (!added) return added;
    told.batch_id = batch.id;
    auto skipped = record_skipped(plan.sections, batch.id, camt::info(camt::rule::R22).id, into);
    if (!skipped) return skipped;
    auto numbered = compare_numbers(plan, bytes, file.format, batch.id, into);
    if (!numbered) return numbered;
    booking_sink sink(bytes, plan, told, with, file, into);
    auto booked = book_payments(bytes, with, sink);
    if (!booked) return booked;
    for (const total_plan& each : plan.totals) {
        auto compared = duplicates.total(each, batch.id);
        if (!compared) return compared;
    }
    return accept(plan, file, into, told);
}

// The section as it may be booked now: what held it is decided.
result<section_plan*> release(camt_plan& plan, std::uint32_t section_no, const settings& with) {
    section_plan* const section = plan.section_of(section_no);
    if (section == nullptr) return fail(error_code::not_found, fmt::format("logical file 1 has no section {}", section_no));
    section->held_by.clear();
    if (!section->has_date || !plan.place_of(*section).payable)
        return fail(
            error_code::invalid_content,
            fmt::format("section {} has no date, no payments, or a payment without an amount in its currency, and cannot be "
                        "booked: refuse it; what the bank reports with its payments is booked then",
                        section_no));
    auto ours = is_ours(*section, with);
    if (!ours) return tl::unexpected(ours.error());
    return section;
}

// What came by another channel, or grouped in another way, while the section waited is not booked once more unless who decides
// says that it is other money.
result<void> not_booked_since(camt_plan& plan, std::string_view bytes, section_plan& section, const ledger::exchanged_file& file,
                              ledger::transaction& into) {
    auto compared = camt_duplicates(plan, bytes, file.format, into).section(section);
    if (!compared) return compared;
    section.held_by.clear();
    return may_be_released(section, camt::info(camt::rule::R22).id, plan.compared);
}

}  // namespace

result<file_result> camt_mapping::book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                       ledger::transaction& into) const {
    auto plan = plan_camt(bytes, with, {}, into);
    if (!plan) return tl::unexpected(plan.error());
    logical_result told;
    told.logical_no = only_message;
    auto booked = book_message(bytes, *plan, file, with, into, told);
    if (!booked) return tl::unexpected(booked.error());
    file_result all;
    all.format = format();
    all.files.push_back(std::move(told));
    return all;
}

result<logical_result> camt_mapping::book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                   const settings& with, const section_release& what,
                                                   ledger::transaction& into) const {
    const section_key section = what.section;
    if (section.logical_no != only_message)
        return fail(error_code::not_found, fmt::format("the file has no logical file {}", section.logical_no));
    auto part = since_held(camt::info(camt::rule::R22).id, file, what, into);
    if (!part) return tl::unexpected(part.error());
    auto planned = plan_camt(bytes, with, *part, into);
    if (!planned) return tl::unexpected(planned.error());
    camt_plan& plan = *planned;
    auto batch = into.find_batch("camt", camt_identity(plan.file, bytes));
    if (!batch) return tl::unexpected(batch.error());
    if (!*batch) return fail(error_code::not_found, "logical file 1 was not imported");
    auto chosen = release(plan, section.section_no, with);
    if (!chosen) return tl::unexpected(chosen.error());
    auto still_new = not_booked_since(plan, bytes, **chosen, file, into);
    if (!still_new) return tl::unexpected(still_new.error());
    logical_result told;
    told.logical_no = only_message;
    told.accepted = true;
    told.batch_id = (*batch)->id;
    booking_sink sink(bytes, plan, told, with, file, into);
    sink.released = section.section_no;
    auto booked = book_payments(bytes, with, sink);
    if (!booked) return tl::unexpected(booked.error());
    auto written =
        tell_released(**chosen, what, {&plan.ledger_findings, &plan.file.findings, &plan.reference_findings}, into, told);
    if (!written) return tl::unexpected(written.error());
    return told;
}

}  // namespace brygga::inbound
