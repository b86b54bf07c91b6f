#include "mapping/inbound/camt_plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "formats/iso20022/camt/meaning.hpp"
#include "mapping/inbound/reference_findings.hpp"

namespace brygga::inbound {

namespace {

using camt::rule;

constexpr std::array<std::string_view, 3> container_names = {"Rpt", "Stmt", "Ntfctn"};

// As the ledger will have it (camt_row); empty when there are several.
std::string_view only_reference(const camt::payment_view& view) {
    if (view.parts.size() > 1) return {};
    if (!view.parts.empty() && !view.parts.front().reference.empty()) return view.parts.front().reference;
    return view.data->unstructured.empty() ? std::string_view() : camt::told(view.data->unstructured[0]);
}

class plan_sink : public camt::sink {
 public:
    plan_sink(std::string_view bytes, const settings& with, const compared_part& part, camt_plan& into,
              ledger::transaction& before)
        : bytes_(bytes), with_(with), plan_(into), lookup_(before, part) {}

    [[nodiscard]] const result<void>& outcome() const noexcept { return lookup_.outcome; }

    void entry_opened(const camt::entry_view& entry) override {
        if (entry.container_no != place_.container_no) place_ = {entry.container_no, 0, 0, true};
        ++place_.entry_in_container;
        place_.begin = entry.begin;
        lines_ += static_cast<std::uint64_t>(std::count(bytes_.begin() + static_cast<std::ptrdiff_t>(counted_to_),
                                                        bytes_.begin() + static_cast<std::ptrdiff_t>(entry.begin), '\n'));
        counted_to_ = entry.begin;
        deductions_ = 0;
        traces_.clear();
        lookup_.found.reset();
        returned_ = referenced_ = false;
    }
    void payment(const camt::payment_view& view) override {
        if (!view.credit) ++deductions_;
        const std::string_view serial = camt::told(view.data->servicer_reference);
        traces_.push_back(ledger::trace_of(serial, view.credit ? view.amount_ore : -view.amount_ore, only_reference(view)));
        if (may_be_receipt(*view.entry) && view.entry->value_date)
            lookup_.look_for(serial, view.credit ? ledger::payment_kind::payment : ledger::payment_kind::deduction,
                             view.amount_ore, two_years_before(*view.entry->value_date), view.entry->entry_no);
        returned_ = returned_ || view.returned;
        referenced_ = referenced_ || std::any_of(view.parts.begin(), view.parts.end(), [](const camt::part& each) {
                          return !each.stated_as_document && !each.reference.empty();
                      });
        if (may_be_receipt(*view.entry) && view.entry->credit && !view.returned) references(view);
    }
    void entry_closed(const camt::entry_view& entry) override {
        if (!is_receipt(entry)) {
            ++plan_.skipped;
            return;
        }
        section_plan made = planned(entry);
        if (is_total(entry, made)) {
            ++plan_.skipped;
            plan_.totals.push_back({std::move(made), place_});
            return;
        }
        place_.payable = entry.payments != 0 && entry.has_amounts && made.has_amount;
        hold(entry, made);
        plan_.sections.push_back(std::move(made));
        plan_.places.push_back(place_);
    }

 private:
    [[nodiscard]] camt_subject here(const camt::entry_view& entry, std::string_view field) const {
        return {&place_, entry.entry_no, lines_, {}, place_.begin, field, {}};
    }

    [[nodiscard]] auto place(const camt::payment_view& view, std::string_view path, std::size_t offset) const {
        return [this, &view, path, offset](finding& made) {
            const std::string_view passed = bytes_.substr(place_.begin, offset - place_.begin);
            made.where = {lines_ + static_cast<std::uint64_t>(std::count(passed.begin(), passed.end(), '\n')), offset, 0, 0};
            made.record = "TxDtls";
            made.path = fmt::format("{}[{}]/Ntry[{}]/{}/{}", container_names[static_cast<std::size_t>(plan_.file.version.kind)],
                                    place_.container_no, place_.entry_in_container, view.place.path(), path);
            made.section = view.entry->entry_no;
            made.serial = camt::told(view.data->servicer_reference);
        };
    }

    // Only what is said to be a creditor reference: a document number may be any.
    void references(const camt::payment_view& view) {
        const std::string_view bankgiro = view.bankgiro.empty() ? view.entry->receiving_bankgiro() : view.bankgiro;
        if (bankgiro.empty()) return;
        const receiver* const ours = receiver_of(with_, bankgiro);
        const ocr_agreement agreed = ours == nullptr ? ocr_agreement{} : ours->ocr;
        const camt::transaction& data = *view.data;
        reference_checks check(plan_.reference_findings, with_.today);
        check.payer_bankgiro(view.payer_bankgiro, "DbtrAcct",
                             place(view, "RltdPties/DbtrAcct", data.debtor_account.other.offset));
        for (const camt::part& each : view.parts)
            if (!each.stated_as_document && !each.reference.empty())
                check.ocr_reference(
                    each.reference, agreed, "Ref",
                    place(view, "RmtInf/Strd/CdtrRefInf/Ref", data.remittances[each.remittance].reference.offset));
        if (const camt::identification* const payer = camt::identified_by(data.debtor))
            check.identity(camt::identity_of(data.debtor), "Id", place(view, "RltdPties/Dbtr", payer->id.offset));
    }

    [[nodiscard]] bool may_be_receipt(const camt::entry_view& entry) const {
        if (plan_.file.version.kind == camt::message_kind::report || camt::is_copy(*entry.container)) return false;
        return entry.booked;  // else CAMT-R04 has told it
    }

    // A deposit of ours, or the taking back of one; what else came in is told.
    bool is_receipt(const camt::entry_view& entry) {
        if (!may_be_receipt(entry)) return false;
        const bool named = !entry.one_bankgiro || !entry.receiving_bankgiro().empty();
        // Also where the bank does not say of whom: nobody else would tell that the money is gone.
        if (!entry.credit) return named && (entry.reversal || returned_);
        // Somebody has paid with a reference of ours to a number that the bank writes in a form we do not know.
        if (!named && referenced_) return true;
        if (!named)
            report(plan_, rule::R16, severity::info, here(entry, "CdtrAcct"), "a receipt to no bankgiro", "a bankgiro of ours");
        return named;
    }

    [[nodiscard]] bool is_ours(std::string_view bankgiro) const {
        return with_.receivers.empty() || receiver_of(with_, bankgiro) != nullptr;
    }

    // Of a deposit whose payments come in another message.
    [[nodiscard]] bool is_total(const camt::entry_view& entry, const section_plan& made) const {
        return entry.payments == 0 && entry.credit && !entry.reversal && made.has_date && made.has_amount &&
               has_number(made.row.serial) && is_ours(made.row.bankgiro);
    }

    [[nodiscard]] section_plan planned(const camt::entry_view& entry) {
        section_plan made;
        made.row.section_no = entry.entry_no;
        made.row.bankgiro = entry.receiving_bankgiro();
        made.row.bank_account = camt::bank_account_of(entry.container->account);
        // The number of another bankgiro's deposit is none of this one (CAMT-R15).
        const bool numbered = entry.from_reference.bankgiro == made.row.bankgiro && !entry.from_reference.serial.empty();
        made.row.serial = numbered ? entry.from_reference.serial : no_deposit_serial;
        made.row.currency = entry.currency;
        made.row.amount_ore = entry.credit ? entry.amount_ore : -entry.amount_ore;
        made.row.payments = entry.payments;
        made.comes_back = entry.credit && entry.reversal;
        made.has_date = entry.value_date.has_value();
        if (made.has_date) made.row.payment_date = *entry.value_date;
        made.line = lines_;
        made.has_amount = parse_decimal_amount(camt::told(entry.data->amount)).has_value() && entry.currency.size() == 3;
        if (entry.credit)
            made.counted_ore += entry.net_ore;
        else
            made.counted_ore -= entry.net_ore;
        made.deductions = deductions_;
        made.payments = entry.payments - deductions_;
        made.traces = std::exchange(traces_, {});
        made.repeats = std::move(lookup_.found);
        return made;
    }

    // What the reader has no rule for, or leaves to who books.
    void hold(const camt::entry_view& entry, section_plan& made) {
        const auto wait = [&](rule broken, std::string_view field, std::string_view found, std::string_view expected) {
            report(plan_, broken, severity::hold, here(entry, field), std::string(found), std::string(expected));
            add_once(made.held_by, camt::info(broken).id);  // whatever a profile says: it cannot be booked
        };
        if (!made.has_date) wait(rule::R04, "BookgDt", "no date", "BookgDt or ValDt");
        if (!made.has_amount) wait(rule::R02, "Amt", "no amount", "an amount with a currency");
        if (entry.payments != 0 && !entry.has_amounts)
            wait(rule::R10, "TxDtls", "a payment without an amount", "an amount in the currency of the entry");
        if (entry.payments == 0) wait(rule::R10, "TxDtls", "no payments", "the payments of the deposit");
        if (entry.one_bankgiro && made.row.bankgiro.empty())
            wait(rule::R16, "CdtrAcct", "payments with references, to a number that is written as no bankgiro",
                 "a bankgiro of ours");
        else if (!entry.one_bankgiro)
            wait(rule::R16, "CdtrAcct", "several bankgiro numbers, or payments without", "one in each payment");
        if (entry.bankgiro.empty() && !made.row.bankgiro.empty() && !is_ours(made.row.bankgiro))
            wait(rule::R16, "NtryRef", made.row.bankgiro, "a bankgiro of ours");
    }

    std::string_view bytes_;
    const settings& with_;
    camt_plan& plan_;
    entry_place place_;
    std::size_t counted_to_ = 0;
    std::uint64_t lines_ = 1;
    std::uint32_t deductions_ = 0;
    ledger::payment_traces traces_;
    number_lookup lookup_;
    bool returned_ = false, referenced_ = false;  // some payment of the entry
};

// An entry is held by its own rules and those of its container, a payment by its.
void place_holds(camt_plan& plan) {
    for (const camt::hold_mark& mark : plan.file.holds) {
        const std::string_view id = camt::info(mark.broken).id;
        if (mark.ordinal != 0) {
            plan.marks.push_back({mark.ordinal, id});
            continue;
        }
        for (std::size_t i = 0; i < plan.sections.size(); ++i)
            if (mark.entry_no == 0 ? mark.container_no == plan.places[i].container_no
                                   : mark.entry_no == plan.sections[i].row.section_no)
                add_once(plan.sections[i].held_by, id);
    }
    std::stable_sort(plan.marks.begin(), plan.marks.end(),
                     [](const payment_mark& a, const payment_mark& b) { return a.ordinal < b.ordinal; });
}

// Copies book nothing (CAMT-R20), nor does a camt.052.
bool may_book(const camt::message_file& file) {
    const bool only_copies = !file.containers.empty() && std::all_of(file.containers.begin(), file.containers.end(),
                                                                     [](const camt::container_facts& each) { return each.copy; });
    return file.version.kind != camt::message_kind::report && !only_copies;
}

}  // namespace

section_plan* camt_plan::section_of(std::uint32_t section_no) noexcept {
    const auto found =
        std::lower_bound(sections.begin(), sections.end(), section_no,
                         [](const section_plan& each, std::uint32_t wanted) { return each.row.section_no < wanted; });
    return found == sections.end() || found->row.section_no != section_no ? nullptr : &*found;
}

const entry_place& camt_plan::place_of(const section_plan& section) const noexcept {
    return places[static_cast<std::size_t>(&section - sections.data())];
}

camt::read_options options_for_camt(const settings& with) {
    camt::read_options options;
    options.policy = with.policy;
    options.passed = with.passed;
    if (with.today.ok()) options.today = with.today;
    for (const receiver& each : with.receivers)
        options.receivers.push_back({each.bankgiro, each.ocr});
    return options;
}

bool report(camt_plan& plan, rule which, severity level, const camt_subject& where, std::string found, std::string expected) {
    const auto in_force = plan.ledger_findings.add(static_cast<std::size_t>(which), level, [&] {
        finding made;
        made.where = {where.line, where.offset, 0, 0};
        made.found = std::move(found);
        made.expected = std::move(expected);
        made.field = where.field;
        made.section = where.section_no;
        made.serial = where.serial;
        made.record = "Document";
        if (where.place == nullptr) return made;
        const std::string_view container = container_names[static_cast<std::size_t>(plan.file.version.kind)];
        made.record = container;
        made.path = fmt::format("{}[{}]", container, where.place->container_no);
        if (where.section_no != 0) {
            made.record = where.payment.in_details == 0 ? "Ntry" : "TxDtls";
            made.path += fmt::format("/Ntry[{}]", where.place->entry_in_container);
        }
        if (where.payment.in_details != 0) made.path += '/' + where.payment.path();
        return made;
    });
    return in_force && *in_force >= severity::hold;
}

result<camt_plan> plan_camt(std::string_view bytes, const settings& with, const compared_part& part,
                            ledger::transaction& before) {
    camt_plan plan(with.policy);
    plan.compared = part;
    const xml::root_tag head = xml::look_at_root(bytes);
    plan.file.version = camt::version_of(head.uri, head.first_child).value_or(camt::message_version{});
    plan_sink sink(bytes, with, part, plan, before);
    plan.file = camt::read(bytes, options_for_camt(with), &sink);
    if (!sink.outcome()) return tl::unexpected(sink.outcome().error());
    place_holds(plan);
    plan.books = may_book(plan.file);
    return plan;
}

}  // namespace brygga::inbound
