// brygga claims show | object | answer | days: what each part of an invoice claims, objections to it, and the days of a policy.
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/core/money.hpp"
#include "formats/inspection/printable.hpp"
#include "mapping/claims/claim.hpp"
#include "mapping/claims/fees.hpp"
#include "mapping/claims/timeline.hpp"
#include "mapping/protection/protection.hpp"
#include "tools/brygga/ledger.hpp"

namespace brygga::command {

namespace {

using inspection::printable;
using ledger::objection_state;

struct claim_options {
    books_options where;
    std::string invoice, day, rates, answer, actor, reason;
    std::uint16_t part = 0;
    bool shows_days = false;
};

std::string percent_text(int hundredths) {
    return fmt::format("{} %", format_decimal_amount(hundredths));
}

result<claims::rate_table> rates_of(const claim_options& options) {
    if (options.rates.empty()) return claims::rate_table::published();
    std::ifstream in(options.rates, std::ios::binary);
    if (!in) return fail(error_code::not_found, fmt::format("cannot read {}", options.rates));
    return claims::rate_table::published().with(std::string(std::istreambuf_iterator<char>(in), {}));
}

// Of the whole invoice, or of one of its parts.
std::string claim_text(std::string_view invoice, std::uint16_t part) {
    return part == 0 ? fmt::format("invoice {}", printable(invoice))
                     : fmt::format("part {} of invoice {}", part, printable(invoice));
}

void print_segments(session& with, const claims::interest& accrued, std::string_view currency) {
    for (const claims::interest_segment& each : accrued.segments)
        with.out.write(fmt::format("      {} to {}  {:>3} days at {} on {}  {}\n", format_iso_date(each.from),
                                   format_iso_date(each.to), each.days, percent_text(each.rate_hundredths),
                                   amount_text(each.capital_ore, currency), amount_text(each.ore, currency)));
}

// What the contracts say is not in the ledger.
void print_reminder_fee(session& with, const ledger::open_invoice& invoice) {
    std::vector<ledger::invoice_part> owed;
    for (const ledger::open_part& each : invoice.undisputed().parts)
        if (each.open_ore > 0) owed.push_back(each.part);
    const auto part = claims::part_of_reminder_fee(owed, [](const ledger::invoice_part&) { return true; });
    if (part && invoice.open_ore() > 0)
        with.out.write(fmt::format("  one reminder fee, where the contract has the clause: part {}\n", *part));
}

void print_claims(session& with, const ledger::open_invoice& invoice, const claims::invoice_interest& accrued, date day,
                  bool shows_days) {
    with.out.write(fmt::format("invoice {}  customer {}  due {}\n  open {}, interest to {} {}\n", printable(invoice.number),
                               printable(invoice.customer_id), format_iso_date(invoice.due_date),
                               amount_text(invoice.open_ore(), invoice.currency), format_iso_date(day),
                               amount_text(accrued.ore, invoice.currency)));
    for (const claims::part_interest& each : accrued.parts) {
        const ledger::invoice_part& part = each.of.part;
        with.out.write(fmt::format("    part {}  {}  {}  open {}, interest {}{}\n", part.part_no, name(part.kind),
                                   printable(part.supply_point), amount_text(each.of.open_ore, invoice.currency),
                                   amount_text(each.accrued.ore, invoice.currency), each.of.is_disputed ? "  disputed" : ""));
        if (shows_days) print_segments(with, each.accrued, invoice.currency);
    }
    if (shows_days)
        with.out.write(
            fmt::format("  interest from the day after the due date, counted by {}\n", name(claims::interest_terms().count)));
    if (invoice.due_date >= with.today()) return;  // what follows is about today, whatever day the interest is for
    print_reminder_fee(with, invoice);
    for (const claims::agency_case& each : claims::agency_cases(invoice))
        with.out.write(fmt::format("  to an agency: one case {}, part {}\n", each.utility, fmt::join(each.debts, ", ")));
    const std::vector<std::uint16_t> to_cut = claims::parts_to_cut(invoice);
    if (!to_cut.empty())
        with.out.write(
            fmt::format("  to cut, after all its letters, in a case of its own each: part {}\n", fmt::join(to_cut, ", ")));
}

exit_code in_invoice(session& with, const claim_options& options, bool writes,
                     const std::function<exit_code(ledger::transaction&, const ledger::open_invoice&)>& work) {
    return in_ledger(with, options.where, writes, [&](ledger::transaction& in) {
        const auto found = in.invoice_with_number(options.invoice);
        if (!found) return complain(found.error());
        if (!*found) return complain(fmt::format("there is no invoice {}", options.invoice));
        return work(in, **found);
    });
}

exit_code show_claims(session& with, const claim_options& options) {
    const auto day = options.day.empty() ? std::optional(with.today()) : parse_iso_date(options.day);
    if (!day) return complain(fmt::format("--day takes a date such as 2026-03-02, not '{}'", options.day));
    const auto rates = rates_of(options);
    if (!rates) return complain(rates.error());
    return in_invoice(with, options, false, [&](ledger::transaction& in, const ledger::open_invoice& invoice) {
        const auto accrued = claims::interest_of(invoice, *day, {}, *rates, in);
        if (!accrued) return complain(accrued.error());
        print_claims(with, invoice, *accrued, *day, options.shows_days);
        const auto who = in.find_customer(invoice.customer_id);
        if (!who) return complain(who.error());
        for (const protection::use each : {protection::use::debt_collection, protection::use::credit_report})
            if (const auto refused = *who ? protection::refusal_of(each, **who) : std::nullopt)
                with.out.write(fmt::format("  {}: {}\n", refused->rule, refused->instead));
        const auto objections = in.objections_to(invoice.id);
        if (!objections) return complain(objections.error());
        for (const ledger::objection& each : *objections)
            with.out.write(fmt::format("  objection to {}: {} by {}\n",
                                       each.part_no == 0 ? "the invoice" : fmt::format("part {}", each.part_no), name(each.state),
                                       printable(each.actor)));
        return exit_code::clean;
    });
}

exit_code add_objection(session& with, const claim_options& options, objection_state state) {
    return in_invoice(with, options, true, [&](ledger::transaction& in, const ledger::open_invoice& invoice) {
        const auto added = in.add_objection({invoice.id, options.part, state, options.actor, options.reason, 0, 0});
        if (!added && added.error().code == error_code::not_found)
            return complain(fmt::format("there is no {}", claim_text(options.invoice, options.part)));
        if (!added && added.error().code == error_code::conflict)
            return complain(fmt::format("no objection to {} waits for an answer", claim_text(options.invoice, options.part)));
        if (!added) return complain(added.error());
        if (const auto done = in.commit(); !done) return complain(done.error());
        with.out.write(fmt::format("objection to {}: {}\n", claim_text(options.invoice, options.part), name(state)));
        return exit_code::clean;
    });
}

constexpr std::chrono::year first_year{2000}, last_year{2199};  // of bank days

struct day_options {
    std::string policy, utility, due;
    bool of_business = false, is_late_again = false;
    int days_to_service = 7;
    int forwarding_days = 0;
};

std::string known_policies() {
    std::vector<std::string_view> out;
    for (const claims::policy& each : claims::example_policies())
        out.push_back(each.id);
    return fmt::format("{}", fmt::join(out, ", "));
}

exit_code show_days(session& with, const day_options& options) {
    const claims::policy* const policy = claims::find_policy(options.policy);
    if (policy == nullptr)
        return complain(fmt::format("no policy is called '{}'; there is {}", options.policy, known_policies()));
    const auto utility = ledger::parse_utility(options.utility);
    if (!utility) return complain(fmt::format("'{}' is no utility; there is EL, FV, FI, VA, RE", options.utility));
    const auto due = parse_iso_date(options.due);
    if (!due || due->year() < first_year || due->year() > last_year)
        return complain(fmt::format("--due takes a date such as 2026-03-02, not '{}'", options.due));
    claims::timeline_question about{.of = *utility, .due = *due};
    if (options.of_business) about.category = ledger::customer_category::business;
    about.is_repeatedly_late = options.is_late_again;
    about.days_to_service = options.days_to_service;
    about.forwarding_days = options.forwarding_days;
    for (const claims::planned_step& each : claims::timeline(*policy, about))
        with.out.write(fmt::format("{:%F %a}  {}{}\n", std::chrono::sys_seconds{std::chrono::sys_days{each.day}}, name(each.kind),
                                   each.is_overflow ? "  (no bank day in the window, CL-R17)" : ""));
    if (*utility == ledger::utility::RE) with.out.write("waste is never stopped: the Enforcement Authority, or monitoring\n");
    return exit_code::clean;
}

std::shared_ptr<claim_options> options_of(CLI::App& command) {
    const auto options = std::make_shared<claim_options>();
    options->where.add_config(command);
    options->where.add_tenant(command);
    command.add_option("invoice", options->invoice, "Invoice number")->required()->type_name("INVOICE");
    return options;
}

void add_part(CLI::App& command, claim_options& options) {
    command
        .add_option("--part", options.part, "Only this part, as brygga claims show numbers them; without it the whole invoice")
        ->check(CLI::Range(1, 65535))
        ->type_name("N");
}

CLI::Validator answers() {
    return CLI::Validator(
        [](const std::string& text) {
            const auto state = ledger::parse_objection_state(text);
            return state && *state != objection_state::raised ? std::string() : "is upheld, partly-upheld or rejected";
        },
        "");
}

}  // namespace

namespace {

void add_days(CLI::App& group, session& with) {
    CLI::App* const days =
        add_command(group, "days", "The earliest day of each step of a policy, when nothing is paid", "Decisions",
                    "  brygga claims days --policy VISMA_WINDOW --utility EL --due 2026-04-30\n"
                    "  brygga claims days --policy OWN_7_10 --utility VA --due 2026-08-31 --business\n"
                    "\n"
                    "Only what the calendar says: no step is taken before its guards hold. Policies: VISMA_WINDOW, OWN_7_10,\n"
                    "OWN_WEEK, AGENT_DIRECT.");
    const auto options = std::make_shared<day_options>();
    days->add_option("--policy", options->policy, "The example policy")->required()->type_name("ID");
    days->add_option("--utility", options->utility, "EL, FV, FI, VA or RE")->required()->type_name("U");
    days->add_option("--due", options->due, "Due date of the invoice")->required()->type_name("YYYY-MM-DD");
    days->add_flag("--business", options->of_business, "The customer is a business");
    days->add_flag("--late-again", options->is_late_again,
                   "The customer is late again and again: claimed from at once where the policy says so");
    days->add_option("--forwarding-days", options->forwarding_days,
                     "Days that letters by the tax agency take, to a protected person (PRO-R22)")
        ->check(CLI::Range(0, 60));
    days->add_option("--service-days", options->days_to_service, "Days until a demand is served (default 7)")
        ->check(CLI::Range(0, 365))
        ->type_name("N");
    days->callback([&with, options] { with.chosen = [&with, options] { return show_days(with, *options); }; });
}

void add_show(CLI::App& group, session& with) {
    CLI::App* const show = add_command(
        group, "show", "Each part of an invoice: what is open, and the interest to a day", "Decisions",
        "  brygga claims show 10002355 --config brygga.toml\n"
        "  brygga claims show 10002355 --day 2026-12-31 --days --config brygga.toml\n"
        "\n"
        "Interest by the Interest Act: the reference rate of each half-year and 8 percentage points, from the day after\n"
        "the due date, by days of 365. Without the rate of a half-year nothing is computed: --rates takes a file of\n"
        "lines such as '2027-01-01 2.50 SFS'.");
    const auto shown = options_of(*show);
    show->add_option("--day", shown->day, "Interest to this day, included (default: today)")->type_name("YYYY-MM-DD");
    show->add_flag("--days", shown->shows_days, "Print days, rate and capital of the interest");
    show->add_option("--rates", shown->rates, "Reference rates of half-years that the program does not know")->type_name("FILE");
    show->callback([&with, shown] { with.chosen = [&with, shown] { return show_claims(with, *shown); }; });
}

}  // namespace

void add_claim_commands(CLI::App& app, session& with) {
    CLI::App* const group = add_command(
        app, "claims", "What is claimed on an invoice, part by part: interest, objections", "Decisions",
        "  brygga claims show 10002355 --config brygga.toml\n"
        "  brygga claims object 10002355 --part 2 --actor eva --reason 'says the meter is wrong' --config brygga.toml\n"
        "\n"
        "Each part of an invoice, a utility at a supply point, is a claim of its own: an objection to one pauses that one\n"
        "only.");
    group->require_subcommand(1);
    add_show(*group, with);
    add_days(*group, with);

    CLI::App* const object = add_command(
        *group, "object", "Note that the customer objects: nothing is done to collect it until that is answered", "Decisions",
        "  brygga claims object 10002355 --part 2 --actor eva --reason 'says the meter is wrong' --config brygga.toml");
    const auto raised = options_of(*object);
    add_part(*object, *raised);
    add_person(*object, raised->actor, raised->reason);
    object->callback(
        [&with, raised] { with.chosen = [&with, raised] { return add_objection(with, *raised, objection_state::raised); }; });

    CLI::App* const answer = add_command(
        *group, "answer", "Answer an objection", "Decisions",
        "  brygga claims answer 10002355 rejected --part 2 --actor nils --reason 'the meter was tested' --config brygga.toml\n"
        "\n"
        "What is upheld, wholly or partly, is taken back by a credit note of the customer system: until that has come,\n"
        "nothing is done to collect it.");
    const auto answered = options_of(*answer);
    answer->add_option("answer", answered->answer, "upheld, partly-upheld or rejected")->required()->check(answers());
    add_part(*answer, *answered);
    add_person(*answer, answered->actor, answered->reason);
    answer->callback([&with, answered] {
        with.chosen = [&with, answered] {
            return add_objection(with, *answered, *ledger::parse_objection_state(answered->answer));
        };
    });
}

}  // namespace brygga::command
