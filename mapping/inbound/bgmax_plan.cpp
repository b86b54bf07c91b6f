#include "mapping/inbound/bgmax_plan.hpp"

#include <algorithm>
#include <utility>

#include "formats/core/digits.hpp"
#include "formats/core/text.hpp"
#include "mapping/inbound/matching.hpp"
#include "mapping/inbound/payment_row.hpp"
#include "mapping/inbound/reference_findings.hpp"

namespace brygga::inbound {

namespace {

constexpr std::size_t account_digits = 16;  // clearing number 4, account 12: the end of the field
constexpr date first_day{std::chrono::year{1997}, std::chrono::January,
                         std::chrono::day{1}};  // before it there is no deposit (R35)

std::uint64_t line_ends(std::string_view bytes) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n'))) ++count;
    return count;
}

// Evaluates the reference rules with the place in the file, which those do not know.
class reference_reporter {
    // Before its uses: the compiler deduces what it returns.
    [[nodiscard]] auto place(const bgmax::payment_view& view, std::string_view line, std::uint16_t first_column,
                             std::uint16_t last_column) const {
        return [this, &view, line, first_column, last_column](finding& made) {
            const auto offset = static_cast<std::size_t>(line.data() - bytes_.data());
            const auto first = static_cast<std::size_t>(view.lines.front().data() - bytes_.data());
            const std::uint64_t number = view.line + line_ends(bytes_.substr(first, offset - first));
            made.where = {number, offset, first_column, last_column};
            made.record = line.substr(0, 2);
            made.section = view.section_no;
            made.serial = view.record.serial;
        };
    }

 public:
    reference_reporter(std::string_view bytes, const settings& with) : bytes_(bytes), with_(with) {}

    void payment(const bgmax::payment_view& view, const ocr_agreement& ocr, finding_list& into) const {
        reference_checks check(into, with_.today);
        const std::string_view first = view.lines.front();
        check.payer_bankgiro(short_bankgiro(view.record.payer_bankgiro), "payer_bankgiro", place(view, first, 3, 12));
        reference(view, view.record, first, ocr, check);
        if (!view.extras.empty()) extra_references(view, ocr, check);
        if (!view.organisation_number.empty())
            check.identity(view.organisation_number.utf8(), "organisation_number", place(view, first_line(view, "29"), 3, 14));
    }

 private:
    // Only what Bankgirot calls a correct OCR number; in Autogiro files it is the payee's own choice (BGMAX-R42).
    void reference(const bgmax::payment_view& view, const bgmax::payment_record& record, std::string_view line,
                   const ocr_agreement& ocr, reference_checks& check) const {
        if (record.code != bgmax::reference_code::ocr || record.by == bgmax::channel::autogiro) return;
        const layout::encoded_text& text = record.reference;
        const std::string utf8 = is_ascii(text.bytes) ? std::string() : text.utf8();
        check.ocr_reference(trimmed(utf8.empty() ? text.bytes : utf8), ocr, "reference", place(view, line, 13, 37));
    }

    // TK22 and TK23 come in the order of their lines.
    void extra_references(const bgmax::payment_view& view, const ocr_agreement& ocr, reference_checks& check) const {
        auto extra = view.extras.begin();
        for (const std::string_view line : view.lines) {
            const std::string_view code = line.substr(0, 2);
            if (code != "22" && code != "23") continue;
            if (extra == view.extras.end()) return;
            reference(view, (extra++)->record, line, ocr, check);
        }
    }

    [[nodiscard]] static std::string_view first_line(const bgmax::payment_view& view, std::string_view code) {
        for (const std::string_view line : view.lines)
            if (line.starts_with(code)) return line;
        return view.lines.front();
    }

    std::string_view bytes_;
    const settings& with_;
};

class plan_sink : public bgmax::sink {
 public:
    plan_sink(std::string_view bytes, const settings& with, const compared_part& part, ledger::transaction& before)
        : with_(with), reporter_(bytes, with), references_(empty()), lookup_(before, part, "bgmax") {}

    [[nodiscard]] const result<void>& outcome() const noexcept { return lookup_.outcome; }

    void section_opened(std::uint32_t, const bgmax::opening_record& record) override {
        const receiver* ours = receiver_of(with_, short_bankgiro(record.bankgiro));
        ocr_ = ours == nullptr ? ocr_agreement{} : ours->ocr;
        traces_.clear();
        lookup_.found.reset();
    }
    void payment(const bgmax::payment_view& view) override {
        reporter_.payment(view, ocr_, references_);
        const std::string_view serial = trimmed(view.record.serial);
        const std::int64_t ore = view.record.amount_ore;
        traces_.push_back(ledger::trace_of(serial, view.is_deduction ? -ore : ore,
                                           view.extras.empty() ? view.record.reference.bytes : std::string_view()));
        lookup_.look_for(serial, view.is_deduction ? ledger::payment_kind::deduction : ledger::payment_kind::payment, ore,
                         first_day, view.section_no);
    }
    void section_closed(const bgmax::section_view& view) override;
    void file_closed(const bgmax::logical_file&) override {
        sections_of_files.push_back(std::exchange(sections_, {}));
        references_of_files.push_back(std::exchange(references_, empty()));
    }

    std::vector<std::vector<section_plan>> sections_of_files;
    std::vector<finding_list> references_of_files;

 private:
    [[nodiscard]] finding_list empty() const { return finding_list(reference_rules, with_.policy); }

    const settings& with_;
    reference_reporter reporter_;
    ocr_agreement ocr_;
    std::vector<section_plan> sections_;
    finding_list references_;
    ledger::payment_traces traces_;
    number_lookup lookup_;
};

std::string currency_of(const bgmax::section_view& view) {
    return (view.closed ? view.deposit.currency : view.opening.currency).utf8();
}

void plan_sink::section_closed(const bgmax::section_view& view) {
    section_plan plan;
    plan.row.section_no = view.section_no;
    plan.row.bankgiro = short_bankgiro(view.opening.bankgiro);
    plan.row.currency = currency_of(view);
    plan.line = view.line;
    plan.payments = view.payments;
    plan.deductions = view.deductions;
    plan.counted_ore = view.net_ore;
    plan.has_amount = view.has_amount;
    if (view.closed) {
        const std::string_view account = view.deposit.bank_account;
        plan.row.bank_account = account.substr(account.size() - std::min(account.size(), account_digits));
        if (const auto day = parse_ccyymmdd(view.deposit.payment_date)) {
            plan.row.payment_date = *day;
            plan.has_date = true;
        }
        // Without these no entry can be made, whatever a profile says of the rules about them.
        if (!plan.has_date) plan.held_by.push_back(bgmax::info(bgmax::rule::R35).id);
        if (plan.row.currency.size() != 3) plan.held_by.push_back(bgmax::info(bgmax::rule::R34).id);
        plan.row.serial = trimmed(view.deposit.serial);
        plan.row.amount_ore = view.deposit.amount_ore;
        plan.row.deposit_type = view.deposit.deposit_type.utf8();
    } else {
        plan.held_by.push_back(bgmax::info(bgmax::rule::R20).id);  // only a profile lets such a file pass
    }
    plan.row.payments = view.payments + view.deductions;
    plan.traces = std::exchange(traces_, {});
    // The date stands behind the payments.
    if (plan.has_date && lookup_.found && lookup_.found->value_date >= two_years_before(plan.row.payment_date))
        plan.repeats = std::move(lookup_.found);
    sections_.resize(std::max<std::size_t>(sections_.size(), view.section_no));
    sections_[view.section_no - 1] = std::move(plan);
}

// A section is held by its own rules, a payment by its; a profile can make a rule about the whole file hold every section.
void place_holds(logical_plan& plan) {
    for (const bgmax::hold_mark& mark : plan.file.holds) {
        const std::string_view id = bgmax::info(mark.broken).id;
        if (mark.ordinal != 0)
            plan.marks.push_back({mark.ordinal, id});
        else
            for (section_plan& each : plan.sections)
                if (mark.section_no == 0 || mark.section_no == each.row.section_no) add_once(each.held_by, id);
    }
    std::stable_sort(plan.marks.begin(), plan.marks.end(),
                     [](const payment_mark& a, const payment_mark& b) { return a.ordinal < b.ordinal; });
}

}  // namespace

std::vector<payment_mark>::const_iterator logical_plan::marks_from(std::uint32_t ordinal) const {
    return std::lower_bound(marks.begin(), marks.end(), ordinal,
                            [](const payment_mark& mark, std::uint32_t wanted) { return mark.ordinal < wanted; });
}

bgmax::read_options options_for(const settings& with) {
    bgmax::read_options options;
    options.policy = with.policy;
    options.force_encoding = with.force_encoding;
    options.passed = with.passed;
    options.context.emplace();
    options.context->today = with.today;
    options.context->test_system = with.test_system;
    for (const receiver& each : with.receivers)
        options.context->receivers.push_back({each.bankgiro, each.ocr, each.extended_slip_registration});
    return options;
}

result<std::vector<logical_plan>> plan_bgmax(std::string_view bytes, const settings& with, const compared_part& part,
                                             ledger::transaction& before) {
    plan_sink sink(bytes, with, part, before);
    std::vector<bgmax::logical_file> files = bgmax::read(bytes, options_for(with), &sink);
    if (!sink.outcome()) return tl::unexpected(sink.outcome().error());
    std::vector<logical_plan> plans;
    plans.reserve(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        plans.push_back({std::move(files[i]),
                         std::move(sink.sections_of_files[i]),
                         {},
                         std::move(sink.references_of_files[i]),
                         finding_list(bgmax::rules(), with.policy),
                         part});
        place_holds(plans.back());
    }
    return plans;
}

}  // namespace brygga::inbound
