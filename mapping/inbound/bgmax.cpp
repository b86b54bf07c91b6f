#include "mapping/inbound/bgmax.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "mapping/inbound/autogiro_collections.hpp"
#include "mapping/inbound/bgmax_duplicates.hpp"
#include "mapping/inbound/bgmax_plan.hpp"
#include "mapping/inbound/payment_booker.hpp"
#include "mapping/inbound/payment_row.hpp"
#include "mapping/inbound/sections.hpp"

namespace brygga::inbound {

namespace {

// Pass 2: books the payments of the sections that may be booked. Views end with each call, so an error is kept and ends the work.
class booking_sink : public bgmax::sink {
 public:
    booking_sink(logical_plan& plan, logical_result& counts, const settings& with, const ledger::exchanged_file& file,
                 ledger::transaction& into)
        : plan_(plan),
          counts_(counts),
          with_(with),
          file_(file),
          into_(into),
          duplicates_(plan, into),
          booker_(into, with.today) {}

    // Only this section, which a person has released; 0 means all that are not held.
    std::uint32_t released = 0;
    // A person has said that the released section is no repetition of a deposit with its number: its places say nothing then
    // (BGMAX-R63).
    bool places_known = false;

    result<void> outcome;

    void section_opened(std::uint32_t section_no, const bgmax::opening_record&) override {
        section_ = nullptr;
        if (!outcome) return;
        section_plan& section = plan_.sections[section_no - 1];
        if (released != 0 ? released != section_no : section.already_in != 0 || !section.held_by.empty()) return;
        section_ = &section;
        open();
    }
    void payment(const bgmax::payment_view& view) override {
        if (outcome && section_ != nullptr) outcome = take(view);
    }
    void section_closed(const bgmax::section_view&) override {
        if (outcome && section_ != nullptr) outcome = post_difference(*section_, into_, counts_);
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

    result<void> take(const bgmax::payment_view& view) {
        rows_.fill(view, open_.facts, row_);
        holds_.clear();
        for (auto mark = plan_.marks_from(view.ordinal); mark != plan_.marks.end() && mark->ordinal == view.ordinal; ++mark)
            add_once(holds_.rules, mark->rule);
        if (!row_.serial.empty() || !places_known) {
            auto compared = duplicates_.payment(row_, *section_, plan_.file.first_line + view.line - 1, holds_);
            if (!compared) return compared;
        }
        if (holds_.same_as != 0) ++section_->repeated;
        auto booked = booker_.book(row_, {file_.id, plan_.file.logical_no, view.section_no}, holds_, open_.rules, counts_);
        const bool is_collection = view.record.by == bgmax::channel::autogiro && !view.is_deduction && holds_.rules.empty();
        return booked && is_collection ? collection_paid(row_, into_) : booked;
    }

    logical_plan& plan_;
    logical_result& counts_;
    const settings& with_;
    const ledger::exchanged_file& file_;
    ledger::transaction& into_;
    bgmax_duplicates duplicates_;
    payment_booker booker_;
    payment_rows rows_;
    section_plan* section_ = nullptr;
    open_section open_;
    ledger::payment row_;
    payment_holds holds_;
};

std::string_view bytes_of(std::string_view bytes, const bgmax::logical_file& file) {
    return bytes.substr(file.offset, file.size);
}

// What pass 1 has told needs no second telling: the same bytes, in the encoding found then.
bgmax::read_options booking_options(const settings& with, const bgmax::logical_file& file) {
    bgmax::read_options options = options_for(with);
    options.context.reset();
    options.policy.cap = 0;
    options.force_encoding = file.in;
    if (with.passed)
        options.passed = [&passed = with.passed, begin = file.offset](std::size_t offset) { passed(begin + offset); };
    return options;
}

result<void> refuse(const logical_plan& plan, const ledger::exchanged_file& file, ledger::transaction& into,
                    logical_result& told) {
    tell_sections(plan.sections, false, told);
    tell_findings({&plan.ledger_findings, &plan.file.findings, &plan.reference_findings}, told);
    return log_refused(told, file, into);
}

result<ledger::row_id> add_batch(const logical_plan& plan, std::string identity, const ledger::exchanged_file& file,
                                 ledger::transaction& into) {
    ledger::batch batch{0,
                        file.id,
                        "bgmax",
                        std::move(identity),
                        plan.file.logical_no,
                        plan.file.written_at,
                        plan.file.kind == bgmax::marker::test};
    auto added = into.add_batch(batch);
    if (!added) return tl::unexpected(added.error());
    return batch.id;
}

// Books the logical file's sections that are not held.
result<void> book_accepted(std::string_view own, logical_plan& plan, std::string identity, const ledger::exchanged_file& file,
                           const settings& with, ledger::transaction& into, logical_result& told) {
    bgmax_duplicates duplicates(plan, into);
    for (section_plan& each : plan.sections) {
        auto compared = duplicates.section(each);
        if (!compared) return compared;
    }
    auto batch = add_batch(plan, std::move(identity), file, into);
    if (!batch) return tl::unexpected(batch.error());
    told.accepted = true;
    told.batch_id = *batch;
    auto skipped = record_skipped(plan.sections, *batch, bgmax::info(bgmax::rule::R61).id, into);
    if (!skipped) return skipped;
    booking_sink sink(plan, told, with, file, into);
    static_cast<void>(bgmax::read(own, booking_options(with, plan.file), &sink));
    if (!sink.outcome) return sink.outcome;
    auto held = hold_sections(plan.sections, file, plan.file.logical_no, into);
    if (!held) return held;
    tell_sections(plan.sections, true, told);
    tell_findings({&plan.ledger_findings, &plan.file.findings, &plan.reference_findings}, told);
    return log_accepted(told, file, into);
}

result<logical_result> book_logical(std::string_view bytes, logical_plan& plan, const ledger::exchanged_file& file,
                                    const settings& with, ledger::transaction& into) {
    logical_result told;
    told.logical_no = plan.file.logical_no;
    result<void> done;
    if (plan.file.accepted()) {
        const std::string_view own = bytes_of(bytes, plan.file);
        std::string identity = bgmax::identity_hash(own, plan.file.in);
        auto known = bgmax_duplicates(plan, into).file(identity);
        if (!known) return tl::unexpected(known.error());
        if (*known) told.already_in_file = (*known)->file_name;
        done = *known ? refuse(plan, file, into, told) : book_accepted(own, plan, std::move(identity), file, with, into, told);
    } else {
        done = refuse(plan, file, into, told);
    }
    if (!done) return tl::unexpected(done.error());
    return told;
}

// The section as it may be booked now: what held it is decided.
result<void> release(logical_plan& plan, section_key key, const settings& with) {
    if (key.section_no == 0 || key.section_no > plan.sections.size())
        return fail(error_code::not_found, fmt::format("logical file {} has no section {}", key.logical_no, key.section_no));
    section_plan& section = plan.sections[key.section_no - 1];
    section.held_by.clear();
    if (!section.has_date || section.row.currency.size() != 3)
        return fail(error_code::invalid_content,
                    fmt::format("section {} has no real payment date or no currency and cannot be booked", key.section_no));
    return is_ours(section, with);
}

}  // namespace

result<file_result> bgmax_mapping::book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                        ledger::transaction& into) const {
    file_result told;
    told.format = format();
    auto plans = plan_bgmax(bytes, with, {}, into);
    if (!plans) return tl::unexpected(plans.error());
    for (logical_plan& each : *plans) {
        auto booked = book_logical(bytes, each, file, with, into);
        if (!booked) return tl::unexpected(booked.error());
        told.files.push_back(std::move(*booked));
    }
    return told;
}

result<logical_result> bgmax_mapping::book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                    const settings& with, const section_release& what,
                                                    ledger::transaction& into) const {
    const section_key section = what.section;
    const std::string_view rule = bgmax::info(bgmax::rule::R61).id;
    const auto part = since_held(rule, file, what, into);
    if (!part) return tl::unexpected(part.error());
    auto planned = plan_bgmax(bytes, with, *part, into);
    if (!planned) return tl::unexpected(planned.error());
    std::vector<logical_plan>& plans = *planned;
    if (section.logical_no == 0 || section.logical_no > plans.size())
        return fail(error_code::not_found, fmt::format("the file has no logical file {}", section.logical_no));
    logical_plan& plan = plans[section.logical_no - 1];
    const std::string_view own = bytes_of(bytes, plan.file);
    auto batch = into.find_batch("bgmax", bgmax::identity_hash(own, plan.file.in));
    if (!batch) return tl::unexpected(batch.error());
    if (!*batch) return fail(error_code::not_found, fmt::format("logical file {} was not imported", section.logical_no));
    auto ready = release(plan, section, with);
    if (!ready) return tl::unexpected(ready.error());

    section_plan& chosen = plan.sections[section.section_no - 1];
    auto compared = bgmax_duplicates(plan, into).section(chosen);
    if (!compared) return tl::unexpected(compared.error());
    chosen.held_by.clear();
    auto free = may_be_released(chosen, rule, *part);
    if (!free) return tl::unexpected(free.error());
    logical_result told;
    told.logical_no = section.logical_no;
    told.accepted = true;
    told.batch_id = (*batch)->id;
    booking_sink sink(plan, told, with, file, into);
    sink.released = section.section_no;
    sink.places_known = has_number(chosen.row.serial) && (part->after != 0 || !part->other_than.empty());
    static_cast<void>(bgmax::read(own, booking_options(with, plan.file), &sink));
    if (!sink.outcome) return tl::unexpected(sink.outcome.error());
    auto written =
        tell_released(chosen, what, {&plan.ledger_findings, &plan.file.findings, &plan.reference_findings}, into, told);
    if (!written) return tl::unexpected(written.error());
    return told;
}

}  // namespace brygga::inbound
