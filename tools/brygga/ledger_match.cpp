// brygga ledger match PAYMENT INVOICE...: a person says what a payment in suspense is for.
#include <algorithm>
#include <deque>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/inspection/printable.hpp"
#include "mapping/ledger/allocation.hpp"
#include "mapping/ledger/summary.hpp"
#include "tools/brygga/ledger.hpp"

namespace brygga::command {

namespace {

constexpr std::string_view by_hand = "matched-by-hand";  // posting.reason

struct match_options {
    books_options where;
    std::string payment;
    std::vector<std::string> documents;
    std::string actor;
    std::string reason = "matched by hand";
};

// The entry, and the customers that its postings name by view.
struct match_entry {
    ledger::entry row;
    std::deque<std::string> customers;

    void add(ledger::account to, std::int64_t amount_ore, const std::string& currency, ledger::row_id subject,
             std::uint16_t part_no, const std::string& customer_id) {
        row.postings.push_back({to, amount_ore, currency, subject, part_no, customers.emplace_back(customer_id), by_hand});
    }
};

// Gives what waits to the invoices in the order given, each shared over its parts (BILL-R31); what is left.
result<std::int64_t> pay_invoices(ledger::transaction& in, const std::vector<std::string>& numbers, std::int64_t waiting_ore,
                                  match_entry& item) {
    for (const std::string& number : numbers) {
        const auto found = in.invoice_with_number(number);
        if (!found) return tl::unexpected(found.error());
        if (!*found) return fail(error_code::not_found, fmt::format("there is no invoice {}", number));
        const ledger::open_invoice& invoice = **found;
        const std::vector<std::int64_t> shares = ledger::share(waiting_ore, invoice.parts);
        for (std::size_t i = 0; i < shares.size(); ++i) {
            if (shares[i] == 0) continue;
            item.add(ledger::account::receivable, -shares[i], invoice.currency, invoice.id, invoice.parts[i].part.part_no,
                     invoice.customer_id);
            waiting_ore -= shares[i];
        }
    }
    return waiting_ore;
}

// A deduction waits with the other sign: it is for credit notes, by their references.
result<std::int64_t> use_credits(ledger::transaction& in, const std::vector<std::string>& references, std::int64_t waiting_ore,
                                 match_entry& item) {
    for (const std::string& reference : references) {
        const auto found = in.credits_with_reference(reference);
        if (!found) return tl::unexpected(found.error());
        if (found->empty()) return fail(error_code::not_found, fmt::format("no credit note has the reference {}", reference));
        for (const ledger::open_credit& each : *found) {
            const std::int64_t used_ore = std::clamp<std::int64_t>(each.open_ore, 0, waiting_ore);
            if (used_ore == 0) continue;
            item.add(ledger::account::credit_note, used_ore, each.currency, each.id, 0, each.customer_id);
            waiting_ore -= used_ore;
        }
    }
    return waiting_ore;
}

// The hold that waits for this word, when there is one: the decision is then the cause of the entry. Otherwise the payment.
result<ledger::row_id> decide(ledger::transaction& in, ledger::row_id payment_id, const match_options& options) {
    const auto holds = in.holds_about(payment_id, ledger::max_explained);
    if (!holds) return tl::unexpected(holds.error());
    for (const ledger::held_item& each : *holds)
        if (each.row.subject == ledger::hold_subject::payment && !each.verdict)
            return in.decide_hold(each.row.id, ledger::hold_verdict::released, options.actor, options.reason);
    return payment_id;
}

exit_code match_payment(session& with, ledger::transaction& in, const match_options& options) {
    const auto id = ledger::parse_id(options.payment);
    if (!id) return complain(fmt::format("'{}' is no id of a payment; 'brygga ledger suspense' lists them", options.payment));
    const auto payment = in.find_payment(*id);
    if (!payment) return complain(payment.error());
    if (!*payment) return complain(fmt::format("there is no payment {}", options.payment));
    const auto waiting = in.suspense_of(*id);
    if (!waiting) return complain(waiting.error());
    if (*waiting == 0) return complain(fmt::format("nothing of payment {} is in suspense", options.payment));
    match_entry item;
    item.row.kind = ledger::entry_kind::match;
    item.row.value_date = with.today();
    const bool deduction = *waiting < 0;
    const auto left =
        deduction ? use_credits(in, options.documents, -*waiting, item) : pay_invoices(in, options.documents, *waiting, item);
    if (!left) return complain(left.error());
    const std::int64_t left_ore = deduction ? -*left : *left;
    if (left_ore == *waiting) return complain("nothing is open on what was named");
    item.add(ledger::account::suspense, *waiting - left_ore, (*payment)->currency, *id, 0, {});
    const auto cause = decide(in, *id, options);
    if (!cause) return complain(cause.error());
    item.row.source_id = *cause;
    if (const auto added = in.add_entry(item.row); !added) return complain(added.error());
    if (*cause == *id)
        if (const auto kept = in.add_match({*id, item.row.id, options.actor, options.reason}); !kept)
            return complain(kept.error());
    const nlohmann::json logged{{"entry_id", ledger::format_id(item.row.id)}, {"matched_ore", *waiting - left_ore}};
    if (const auto kept = in.append_log("payment-matched", *id, logged.dump()); !kept) return complain(kept.error());
    if (const auto done = in.commit(); !done) return complain(done.error());
    with.out.write(fmt::format("matched {}, {} left in suspense\n", amount_text(*waiting - left_ore, (*payment)->currency),
                               amount_text(left_ore, (*payment)->currency)));
    return exit_code::clean;
}

}  // namespace

void add_match_command(CLI::App& group, session& with) {
    CLI::App* const match =
        add_command(group, "match", "Book a payment in suspense to the invoices it is for", "Ledger",
                    "  brygga ledger match 01M2Q8Y5T9A0B 10002355 10002363 --actor eva --config brygga.toml --tenant energi\n"
                    "\n"
                    "Invoices are paid in the order given, each as far as it is open; what is left stays in suspense.\n"
                    "For a deduction that waits, name references of credit notes instead.");
    const auto options = std::make_shared<match_options>();
    options->where.add_config(*match);
    options->where.add_tenant(*match);
    match->add_option("payment", options->payment, "Id of the payment, as 'brygga ledger suspense' prints it")
        ->required()
        ->type_name("PAYMENT");
    match->add_option("invoice", options->documents, "Invoice numbers")->required()->type_name("INVOICE");
    match->add_option("--actor", options->actor, "Who decides; kept in the ledger")
        ->required()
        ->check(says_something())
        ->type_name("A");
    match->add_option("--reason", options->reason, "Why; kept in the ledger")->check(says_why())->type_name("R");
    match->callback([&with, options] {
        with.chosen = [&with, options] {
            return in_ledger(with, options->where, true,
                             [&](ledger::transaction& in) { return match_payment(with, in, *options); });
        };
    });
}

}  // namespace brygga::command
