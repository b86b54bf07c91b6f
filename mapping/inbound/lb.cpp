#include "mapping/inbound/lb.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/money.hpp"
#include "formats/core/sha256.hpp"
#include "formats/layout/digits.hpp"
#include "mapping/inbound/payout_book.hpp"
#include "mapping/inbound/sections.hpp"

namespace brygga::inbound {

namespace {

namespace lb = supplier_payment;
using lb::layout_id;
using ledger::payout_item;

constexpr std::uint32_t only_file = 1;  // logical_no
constexpr std::string_view lb_source = "lb", see_beside = "0000", other_bankgiro = "other-bankgiro";

// The day of which a report tells.
std::optional<date> day_of(const lb::section_view& section) {
    const auto day = parse_yymmdd(section.opening.payment_day);
    return day ? day : parse_yymmdd(section.opening.written);
}

struct lb_plan {
    lb::logical_file file;
    std::vector<section_plan> sections;  // section n at n - 1
    std::vector<payment_mark> marks;     // in order of ordinal
    bool to_bankgirot = false;           // some section is no report
};

class plan_sink : public lb::sink {
 public:
    std::vector<section_plan> sections;
    bool to_bankgirot = false;

    void section_opened(const lb::section_view& section) override {
        section_plan& made = sections.emplace_back();
        made.row.section_no = section.section_no;
        made.row.bankgiro = without_leading_zeros(section.bankgiro);
        made.row.currency = "SEK";
        made.line = section.line;
        to_bankgirot = to_bankgirot || section.layout == layout_id::to_bankgirot;
        if (section.layout == layout_id::unknown_report) add_once(made.held_by, lb::info(lb::rule::R10).id);
        if (const auto day = day_of(section)) {
            made.row.payment_date = *day;
            made.has_date = true;
        } else if (section.layout != layout_id::returned_money_orders) {
            add_once(made.held_by, lb::info(lb::rule::R20).id);
        }
    }
    void payment(const lb::payment_view& view) override {
        if (view.at.section->layout != layout_id::payment_specification) return;
        section_plan& made = sections.back();
        ++(view.is_deduction() ? made.payments : made.deductions);
        made.counted_ore += view.is_deduction() ? view.record.amount_ore : -view.record.amount_ore;
        made.row.amount_ore = made.counted_ore.value().value_or(0);
    }
};

lb::read_options options_for(const settings& with) {
    return {.policy = with.policy, .force_encoding = with.force_encoding, .passed = with.passed};
}

// Of a bankgiro that we are paid to or pay from; any, where none is known.
bool is_of_us(const settings& with, std::string_view number) {
    if (with.receivers.empty() && with.paying_bankgiro.empty()) return true;
    return number == with.paying_bankgiro || receiver_of(with, number) != nullptr;
}

lb_plan plan_lb(std::string_view bytes, const settings& with) {
    plan_sink sink;
    lb_plan plan{lb::read(bytes, options_for(with), &sink), std::move(sink.sections), {}, sink.to_bankgirot};
    for (const lb::hold_mark& mark : plan.file.holds) {
        const std::string_view id = lb::info(mark.broken).id;
        if (mark.ordinal != 0) plan.marks.push_back({mark.ordinal, id});
        for (section_plan& each : plan.sections)
            if (mark.ordinal == 0 && (mark.section_no == 0 || mark.section_no == each.row.section_no)) add_once(each.held_by, id);
    }
    for (section_plan& each : plan.sections)
        if (!is_of_us(with, each.row.bankgiro)) add_once(each.held_by, other_bankgiro);
    std::stable_sort(plan.marks.begin(), plan.marks.end(),
                     [](const payment_mark& a, const payment_mark& b) { return a.ordinal < b.ordinal; });
    return plan;
}

// The codes of TK49; "0000" points at a record beside.
void add_codes(std::span<const lb::rejection_view> rejections, std::vector<std::string>& into) {
    for (const lb::rejection_view& each : rejections) {
        const std::string code(each.record.code);
        const bool tells = code.size() == see_beside.size() && layout::all_digits(code) && code != see_beside;
        if (tells && std::find(into.begin(), into.end(), code) == into.end()) into.push_back(code);
    }
}

// Pass 2. Views end with each call, so an error is kept and ends the work.
class answer_sink : public lb::sink {
 public:
    answer_sink(const lb_plan& plan, logical_result& told, const ledger::exchanged_file& file, ledger::transaction& into)
        : plan_(plan), told_(told), into_(into), book_(into, file.id, told.outcomes) {}

    // Only this section, which a person has released; 0 means all that are not held.
    std::uint32_t released = 0;

    result<void> outcome;

    void section_opened(const lb::section_view& section) override {
        section_ = &plan_.sections[section.section_no - 1];
        codes_before_.clear();
        next_is_rejected_ = false;
        if (released != 0 ? released != section.section_no : !section_->held_by.empty()) section_ = nullptr;
    }
    void rejection(const lb::section_view& section, const lb::rejection_view& view) override {
        add_codes({&view, 1}, codes_before_);
        next_is_rejected_ = next_is_rejected_ || (section.layout != layout_id::rejected && view.record.mark == "MTRV");
    }
    void payment(const lb::payment_view& view) override {
        const bool rejected_before = std::exchange(next_is_rejected_, false);
        if (outcome && section_ != nullptr && !view.is_deduction()) outcome = answer(view, rejected_before);
        if (view.at.section->layout != layout_id::rejected) codes_before_.clear();
    }
    void watched_day(const lb::watched_day_view& view) override {
        if (outcome && section_ != nullptr) outcome = watched(view.record);
    }
    void returned_order(const lb::returned_order_view& view) override {
        if (!outcome || section_ == nullptr) return;
        const std::string place = fmt::format("{}:{}", ledger::format_id(told_.batch_id), view.at.ordinal);
        outcome = book_.see_to("money-order-returned", place, 0, {{"amount_ore", view.record.amount_ore}});
    }

 private:
    // All of the rejected report were; in a payment specification those with a TK49 before or after them.
    result<void> answer(const lb::payment_view& view, bool rejected_before) {
        const bool rejected = rejected_before || view.at.section->layout == layout_id::rejected || view.is_rejected();
        const auto item = book_.with_reference(trimmed(view.record.own_reference.utf8()));
        if (!item || !*item) return item ? result<void>{} : tl::unexpected(item.error());
        if (!rules_of(view.at.ordinal).empty()) return held(**item, view.at.ordinal);
        if ((*item)->row.amount_ore != view.record.amount_ore) return book_.differs(**item, view.record.amount_ore);
        if (rejected) return reject(**item, view);
        const std::string type = view.record.code == ' ' ? std::string() : std::string(1, view.record.code);
        return book_.executed(**item, section_->row.payment_date, {std::string(code_only(type)), told_.batch_id});
    }

    result<void> reject(const payout_item& item, const lb::payment_view& view) {
        std::vector<std::string> codes;
        add_codes(view.rejections, codes);
        const std::vector<std::string>& why = codes.empty() ? codes_before_ : codes;
        return book_.rejected(item, {fmt::format("{}", fmt::join(why, " ")), told_.batch_id});
    }

    [[nodiscard]] std::vector<std::string_view> rules_of(std::uint32_t ordinal) const {
        std::vector<std::string_view> out;
        auto mark = std::lower_bound(plan_.marks.begin(), plan_.marks.end(), ordinal,
                                     [](const payment_mark& each, std::uint32_t wanted) { return each.ordinal < wanted; });
        for (; mark != plan_.marks.end() && mark->ordinal == ordinal; ++mark)
            add_once(out, mark->rule);
        return out;
    }
    result<void> held(const payout_item& item, std::uint32_t ordinal) {
        return book_.see_to("record-held", fmt::format("{}:{}", ledger::format_id(told_.batch_id), ordinal), item.row.id,
                            {{"rules", rules_of(ordinal)}});
    }

    // A report of what is on watch has sums of days, and no payments. Where the sum of a day is that of all we have sent for it,
    // it is ours.
    result<void> watched(const lb::watched_day_record& record) {
        const auto day = parse_yymmdd(record.day);
        const auto sent = into_.payouts().payouts_in_state(ledger::payout_state::exported);
        if (!sent) return tl::unexpected(sent.error());
        std::vector<payout_item> ours;
        ore_sum sum;
        for (const payout_item& each : *sent) {
            if (each.newest.route != ledger::payout_route::supplier_payment || !day || each.newest.day != *day) continue;
            sum += each.row.amount_ore;
            ours.push_back(each);
        }
        if (record.debits_sign != ' ' || sum.text() != without_leading_zeros(record.debits_ore)) return {};
        for (const payout_item& each : ours)
            if (auto done = book_.accepted(each, {{}, told_.batch_id}); !done) return done;
        return {};
    }

    const lb_plan& plan_;
    logical_result& told_;
    ledger::transaction& into_;
    payout_book book_;
    const section_plan* section_ = nullptr;
    std::vector<std::string> codes_before_;  // of TK49 outside all payments
    bool next_is_rejected_ = false;          // by such a one
};

std::string identity_of(std::string_view bytes) {
    return sha256_hex(bytes);
}

// What pass 1 has told needs no second telling.
result<void> answer_all(std::string_view bytes, const settings& with, const lb_plan& plan, answer_sink& sink) {
    lb::read_options options = options_for(with);
    options.policy.cap = 0;
    options.force_encoding = plan.file.in;
    static_cast<void>(lb::read(bytes, options, &sink));
    return sink.outcome;
}

result<void> refuse(const lb_plan& plan, const ledger::exchanged_file& file, ledger::transaction& into, logical_result& told) {
    tell_sections(plan.sections, false, told);
    tell_findings({&plan.file.findings}, told);
    return log_refused(told, file, into);
}

result<void> accept(std::string_view bytes, const lb_plan& plan, const ledger::exchanged_file& file, const settings& with,
                    ledger::transaction& into, logical_result& told) {
    ledger::batch batch{0, file.id, std::string(lb_source), identity_of(bytes), only_file, {}, false};
    if (auto added = into.add_batch(batch); !added) return added;
    told.batch_id = batch.id;
    told.accepted = true;
    answer_sink sink(plan, told, file, into);
    if (auto done = answer_all(bytes, with, plan, sink); !done) return done;
    if (auto held = hold_sections(plan.sections, file, only_file, into); !held) return held;
    tell_sections(plan.sections, true, told);
    tell_findings({&plan.file.findings}, told);
    return log_accepted(told, file, into);
}

}  // namespace

result<file_result> lb_mapping::book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                     ledger::transaction& into) const {
    const lb_plan plan = plan_lb(bytes, with);
    if (plan.to_bankgirot)
        return fail(
            error_code::invalid_content,
            "it is a payment order to Bankgirot and no report from there: nothing of it is for the ledger; to send it, lay it "
            "in the outbox of the partner");
    logical_result told;
    told.logical_no = only_file;
    const auto known = into.find_batch(lb_source, identity_of(bytes));
    if (!known) return tl::unexpected(known.error());
    if (*known) told.already_in_file = (*known)->file_name;
    const bool taken = plan.file.accepted() && !*known;
    const auto done = taken ? accept(bytes, plan, file, with, into, told) : refuse(plan, file, into, told);
    if (!done) return tl::unexpected(done.error());
    return file_result{std::string(format()), {std::move(told)}};
}

result<logical_result> lb_mapping::book_released(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                                 const section_release& what, ledger::transaction& into) const {
    lb_plan plan = plan_lb(bytes, with);
    const section_key key = what.section;
    if (key.logical_no != only_file || key.section_no == 0 || key.section_no > plan.sections.size())
        return fail(error_code::not_found, fmt::format("logical file {} has no section {}", key.logical_no, key.section_no));
    const auto batch = into.find_batch(lb_source, identity_of(bytes));
    if (!batch) return tl::unexpected(batch.error());
    if (!*batch) return fail(error_code::not_found, "logical file 1 was not imported");
    section_plan& chosen = plan.sections[key.section_no - 1];
    const std::string_view no_day = lb::info(lb::rule::R20).id;
    if (!chosen.has_date && std::find(chosen.held_by.begin(), chosen.held_by.end(), no_day) != chosen.held_by.end())
        return fail(error_code::invalid_content, fmt::format("section {} has no real day, and cannot be booked", key.section_no));
    if (!is_of_us(with, chosen.row.bankgiro))
        return fail(
            error_code::conflict,
            fmt::format("section {} is of a bankgiro that is not among this company's: refuse it and deliver the file to the "
                        "company whose it is, or add the bankgiro to the configuration",
                        key.section_no));
    chosen.held_by.clear();
    logical_result told;
    told.logical_no = only_file;
    told.accepted = true;
    told.batch_id = (*batch)->id;
    answer_sink sink(plan, told, file, into);
    sink.released = key.section_no;
    if (auto done = answer_all(bytes, with, plan, sink); !done) return tl::unexpected(done.error());
    if (auto written = tell_released(chosen, what, {&plan.file.findings}, into, told); !written)
        return tl::unexpected(written.error());
    return told;
}

}  // namespace brygga::inbound
