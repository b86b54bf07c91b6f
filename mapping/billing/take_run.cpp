#include "mapping/billing/take_run.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "mapping/billing/channel_choice.hpp"
#include "mapping/billing/document_rules.hpp"

namespace brygga::billing {

namespace {

using ledger::delivery_state;
using ledger::import_note;
using ledger::note_level;

// Codes and words of all that stops a document.
class stops {
 public:
    void add(std::string_view code, std::string_view text) {
        append(code_, code, ",");
        append(text_, text, "; ");
    }
    [[nodiscard]] bool any() const noexcept { return !text_.empty(); }
    [[nodiscard]] ledger::delivery_event first_event() const {
        ledger::delivery_event out;
        if (!any()) return out;
        out.state = delivery_state::held;
        out.code = code_;
        out.text = text_;
        return out;
    }

 private:
    static void append(std::string& to, std::string_view what, std::string_view between) {
        if (what.empty()) return;
        if (!to.empty()) to += between;
        to += what;
    }
    std::string code_, text_;
};

std::string placed(const std::string& pointer, const std::string& text) {
    return pointer.empty() ? text : fmt::format("{} {}", pointer, text);
}

class run_taker {
 public:
    run_taker(const ledger::invoice_run& run, const run_terms& terms) : run_(run), terms_(terms) {}

    result<std::vector<import_note>> take(ledger::transaction& into, const ledger::taken_document& taken) {
        notes_.clear();
        stops why;
        ledger::run_document of{
            0,         run_.id,         taken.line, taken.is_credit_note, taken.number, taken.document_id, taken.customer_id,
            taken.due, taken.amount_ore};
        if (auto done = check_document(taken, of, why, into); !done) return tl::unexpected(std::move(done.error()));
        const auto is_new = into.invoice_runs().add_run_document(of);
        if (!is_new) return tl::unexpected(is_new.error());
        if (!*is_new) return std::vector<import_note>{};
        auto next = choose_channel(of, std::nullopt, terms_, into);
        if (!next) return tl::unexpected(std::move(next.error()));
        if (of.document_id == 0) next->by.reset();
        if (of.document_id != 0 && !next->rule.empty()) why.add(next->rule, next->text);
        if (of.document_id != 0 && !next->rule.empty()) tell(next->rule, {}, next->text);
        ledger::delivery first{0, of.id, 1, next->by};
        if (auto done = into.invoice_runs().add_delivery(first, why.first_event()); !done)
            return tl::unexpected(std::move(done.error()));
        return std::move(notes_);
    }

 private:
    void tell(std::string_view rule, std::string pointer, std::string_view text) {
        notes_.push_back({note_level::warning, 0, std::move(pointer), std::string(rule), fmt::format("is held: {}", text)});
    }

    result<void> check_document(const ledger::taken_document& taken, ledger::run_document& of, stops& why,
                                ledger::transaction& into) {
        if (of.document_id == 0)
            for (const import_note& each : taken.notes)
                if (each.level != note_level::warning) why.add(each.rule, placed(each.pointer, each.text));
        if (of.document_id == 0) return {};
        const auto other = into.invoice_runs().run_document_of(of.document_id);
        if (!other) return tl::unexpected(other.error());
        if (*other && ((*other)->row.run_id != run_.id || (*other)->row.line_no != of.line_no)) {
            constexpr std::string_view sent = "this document is in a run already: it is not sent twice";
            why.add("EINV-B08", sent);
            tell("EINV-B08", {}, sent);
            of.document_id = 0;
            return {};
        }
        if (taken.item == nullptr || *other) return {};
        const auto found = judge(*taken.item, run_, terms_, into);
        if (!found) return tl::unexpected(found.error());
        for (const document_finding& each : *found) {
            if (each.stops) {
                why.add(each.rule, placed(each.pointer, each.text));
                tell(each.rule, each.pointer, each.text);
            } else {
                notes_.push_back({note_level::warning, 0, each.pointer, std::string(each.rule), each.text});
            }
        }
        return {};
    }

    const ledger::invoice_run& run_;
    const run_terms& terms_;
    std::vector<import_note> notes_;
};

// The run's row, whatever is left of an earlier attempt.
result<bool> begin_run(ledger::invoice_run& run, const ledger::transaction_source& begin) {
    const auto into = begin();
    if (!into) return tl::unexpected(into.error());
    auto added = (*into)->invoice_runs().add_run(run);
    if (!added) return tl::unexpected(std::move(added.error()));
    const auto known = (*into)->invoice_runs().run_with_key(run.key);
    if (!known) return tl::unexpected(known.error());
    const bool is_whole = (*known)->newest.state != ledger::run_state::receiving;
    if (auto done = (*into)->commit(); !done) return tl::unexpected(std::move(done.error()));
    return is_whole;
}

result<void> end_run(ledger::row_id run_id, const begun_by& person, const ledger::transaction_source& begin) {
    const auto into = begin();
    if (!into) return tl::unexpected(into.error());
    const auto now = (*into)->invoice_runs().run_with_id(run_id);
    if (!now) return tl::unexpected(now.error());
    if (*now && (*now)->newest.state != ledger::run_state::receiving) return {};  // another process was there first
    if (auto done = (*into)->invoice_runs().add_run_event(run_id, {ledger::run_state::received, person.actor, person.reason, 0});
        !done)
        return done;
    return (*into)->commit();
}

}  // namespace

result<run_outcome> take_run(std::istream& lines, const checked_run& checked, const ledger::transaction_source& begin,
                             ledger::import_options options, const begun_by& person, const run_terms& terms) {
    run_outcome out;
    ledger::invoice_run run = checked.run;
    const auto was_there = begin_run(run, begin);
    if (!was_there) return tl::unexpected(was_there.error());
    out.run_id = run.id;
    out.was_there = *was_there;
    if (out.was_there) return out;
    run_taker taker(run, terms);
    options.on_document = [&](ledger::transaction& into, const ledger::taken_document& taken) { return taker.take(into, taken); };
    auto report = import_lines(lines, begin, options);
    if (!report) return tl::unexpected(std::move(report.error()));
    out.report = std::move(*report);
    if (auto done = end_run(run.id, person, begin); !done) return tl::unexpected(std::move(done.error()));
    return out;
}

result<std::optional<std::string>> first_open_before(ledger::store& books, std::span<const std::string> companies, date month) {
    constexpr std::size_t looked_at = 1000;
    for (const std::string& each : companies) {
        const auto in = books.begin_read(each);
        if (!in) return tl::unexpected(in.error());
        const auto runs = (*in)->invoice_runs().runs(looked_at);
        if (!runs) return tl::unexpected(runs.error());
        const auto of_month = [&](const ledger::run_item& run) {
            return run.row.month == month && run.row.kind == ledger::run_kind::ordinary;
        };
        const bool is_open = std::none_of(runs->begin(), runs->end(), of_month) ||
                             std::any_of(runs->begin(), runs->end(), [&](const ledger::run_item& run) {
                                 return of_month(run) && run.newest.state != ledger::run_state::closed;
                             });
        if (is_open) return std::optional(each);
    }
    return std::optional<std::string>{};
}

}  // namespace brygga::billing
