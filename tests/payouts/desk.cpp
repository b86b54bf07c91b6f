#include "tests/payouts/desk.hpp"

#include <fmt/format.h>

namespace brygga::payouts::test {

using namespace ledger::samples;

payout_terms plain_terms() {
    payout_terms out;
    out.today = today;
    out.to_accounts = ledger::payout_route::credit_transfer;
    out.collecting = {"9912346"};
    return out;
}

desk::desk() : books_(must(ledger::open_sqlite_store((folder_.path() / "ledger.db").string(), time))) {
    into_ = must(books_->begin("energi"));
    must(in().put_customer(berit));
}

ledger::row_id desk::pay_too_much(std::int64_t amount_ore, std::string_view from_account, std::string_view from_bankgiro) {
    bank_file from(in(), fmt::format("{}", ++files_));
    ledger::payment what = from.make_payment(amount_ore);
    what.from.account = from_account;
    what.from.bankgiro = from_bankgiro;
    must(in().add_payment(what));
    ledger::advance given{0, berit.customer_id, what.id, what.value_date, "SEK"};
    must(in().add_advance(given));
    ledger::entry posted = to_advance(from, what, given);
    must(in().add_entry(posted));
    from.finish();
    return given.id;
}

ledger::row_id desk::open_credit(std::int64_t amount_ore) {
    ledger::invoice bill = an_invoice(fmt::format("F{}", ++files_), berit.customer_id, {amount_ore * 2});
    bill.due_date = 2027y / 1 / 31;
    must(post_invoice(in(), bill, {.use_free_advances = false}));
    ledger::credit_note note = a_credit_note(fmt::format("N{}", files_), bill, amount_ore);
    note.settlement = ledger::credit_settlement::open;
    return post(in(), note);
}

void desk::give_account(const ledger::payee_account& account) {
    ledger::customer_account row{0, berit.customer_id, account, std::string(clerk), "by BankID", 0};
    static_cast<void>(must(enter_account(row, terms, in())));
}

ledger::row_id desk::add_mandate(std::string_view account, ledger::mandate_state state) {
    ledger::mandate row{0, "9912346", "7001"};
    must(in().direct_debit().add_mandate(row));
    ledger::mandate_event told;
    told.state = state;
    told.customer_id = berit.customer_id;
    told.account = account;
    told.day = today;
    must(in().direct_debit().add_mandate_event(row.id, told));
    return row.id;
}

result<asked_payout> desk::ask_for(std::int64_t amount_ore) {
    payout_wish wish;
    wish.customer_id = berit.customer_id;
    wish.amount_ore = amount_ore;
    wish.actor = clerk;
    wish.reason = "moved out";
    return ask(wish, terms, in());
}

ledger::row_id desk::approved(std::int64_t amount_ore) {
    const ledger::row_id id = must(ask_for(amount_ore)).id;
    if (!must(approve(id, std::string(chief), "seen", terms, in())).approved) throw std::runtime_error("it is held");
    return id;
}

ledger::row_id desk::exported(std::int64_t amount_ore, ledger::row_id file_id) {
    const ledger::row_id id = approved(amount_ore);
    ledger::payout_event event = item(id).newest;
    event.state = ledger::payout_state::exported;
    event.source_id = file_id;
    event.actor.clear();
    must(in().payouts().add_payout_event(id, event));
    return id;
}

std::int64_t desk::free_ore() {
    std::int64_t sum = 0;
    for (const ledger::open_advance& each : must(in().free_advances_of(berit.customer_id)))
        sum += each.free_ore;
    for (const ledger::open_credit& each : must(in().open_credits_of(berit.customer_id)))
        sum += each.open_ore;
    return sum;
}

std::string desk::sum_of(ledger::account of) {
    for (const ledger::account_sum& each : must(in().account_sums()))
        if (each.of == of) return each.sum_ore.text();
    return "0";
}

std::string desk::matters() {
    std::string out;
    for (const ledger::matter_item& each : must(in().matters().open_matters(100)))
        out += (out.empty() ? "" : " ") + each.row.kind;
    return out;
}

void desk::close_matters() {
    for (const ledger::matter_item& each : must(in().matters().open_matters(100)))
        must(in().matters().close_matter(each.row.id, chief, "called the customer"));
}

}  // namespace brygga::payouts::test
