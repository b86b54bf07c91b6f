#include "tests/inbound/payout_text.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "mapping/payouts/outcome.hpp"
#include "mapping/payouts/request.hpp"
#include "tests/inbound/bgmax_text.hpp"
#include "tests/inbound/ledger_text.hpp"

namespace brygga::inbound::test {

namespace {

ledger::payout_route route_of(const std::string& text) {
    for (int i = 0; i <= static_cast<int>(ledger::payout_route::direct_debit); ++i)
        if (name(static_cast<ledger::payout_route>(i)) == text) return static_cast<ledger::payout_route>(i);
    throw std::runtime_error("no route of a payout: " + text);
}

payouts::payout_terms terms_for(ledger::payout_route route, date today) {
    payouts::payout_terms out;
    out.today = today;
    const bool to_account = route == ledger::payout_route::credit_transfer || route == ledger::payout_route::supplier_payment;
    out.to_accounts = to_account ? route : ledger::payout_route::none;
    out.collecting = {"9912346"};
    out.by_civic_number = route == ledger::payout_route::civic_number;
    out.direct_debit_up_to_ore = route == ledger::payout_route::direct_debit ? INT64_MAX : 0;
    return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

void give_account(const std::vector<std::string>& words, ledger::transaction& into) {
    ledger::customer_account row{0, words.at(1), must(payouts::parse_payee_account(words.at(2))), "eva", "by BankID", 0};
    must(into.payouts().add_account(row));
}

}  // namespace

bool payout_names::seed(const std::vector<std::string>& words, ledger::transaction& into) {
    if (words[0] == "account")
        give_account(words, into);
    else if (words[0] == "payout")
        ask(words, into);
    else if (words[0] == "exported")
        note_export(words, into);
    else if (words[0] == "told")
        settle(words, into);
    else
        return false;
    return true;
}

void payout_names::ask(const std::vector<std::string>& words, ledger::transaction& into) {
    const ledger::payout_route route = route_of(words.at(4));
    const auto on = std::find_if(words.begin(), words.end(), [](const std::string& each) { return each.starts_with("on="); });
    const std::string day = on == words.end() ? "2026-02-27" : on->substr(std::string_view("on=").size());
    const payouts::payout_terms terms = terms_for(route, parse_iso_date(day).value());
    payouts::payout_wish wish;
    wish.customer_id = words.at(2);
    wish.amount_ore = ore_of(words.at(3));
    wish.actor = "eva";
    wish.reason = "moved out";
    const payouts::asked_payout asked = must(payouts::ask(wish, terms, into));
    if (asked.goes.route != route) throw std::runtime_error("it goes by another route: " + words[1]);
    ids_[words.at(1)] = asked.id;
    references_[words.at(1)] = ledger::format_id(asked.id);
    if (words.back() == "draft") return;
    if (!must(payouts::approve(asked.id, "per", "seen", terms, into)).approved)
        throw std::runtime_error("it is held: " + words[1]);
}

void payout_names::note_export(const std::vector<std::string>& words, ledger::transaction& into) {
    const auto first = must(into.payouts().payout_with_id(id_of(words.at(3)))).value();
    const bool has_id = first.newest.route == ledger::payout_route::credit_transfer;
    ledger::outgoing file{into.allot_id(),
                          "payouts:" + words.at(1),
                          "bank",
                          "in",
                          words[1],
                          std::string(name(first.newest.route)),
                          {},
                          std::string(64, 'a'),
                          17,
                          0};
    if (has_id) file.reference = "BRYGGA-" + ledger::format_id(file.id);
    must(into.exchange().add_outgoing(file));
    references_[words[1]] = file.reference;
    files_[words[1]] = file.id;
    for (std::size_t i = 3; i < words.size(); ++i) {
        ledger::payout_event event = must(into.payouts().payout_with_id(id_of(words[i]))).value().newest;
        event.state = ledger::payout_state::exported;
        event.day = parse_iso_date(words[2]).value();
        event.source_id = file.id;
        event.actor.clear();
        event.reason.clear();
        must(into.payouts().add_payout_event(id_of(words[i]), event));
    }
}

void payout_names::settle(const std::vector<std::string>& words, ledger::transaction& into) {
    const payouts::told_by eva{{}, 0, "eva", "on the statement"};
    const auto item = must(into.payouts().payout_with_id(id_of(words.at(1)))).value();
    const date day = parse_iso_date(words.at(3)).value();
    must(words.at(2) == "executed" ? payouts::executed(item, day, eva, into) : payouts::returned(item, day, eva, into));
}

std::string payout_names::states(ledger::transaction& from) const {
    std::string text;
    for (const auto& [name_here, id] : ids_) {
        const auto item = must(from.payouts().payout_with_id(id)).value();
        text += fmt::format("{} {} {} {} {} {}{}{}\n", name_here, item.row.customer_id,
                            format_decimal_amount(item.row.amount_ore), name(item.newest.state), format_iso_date(item.newest.day),
                            name(item.newest.route), item.newest.code.empty() ? "" : " ", item.newest.code);
    }
    return text;
}

std::string payout_names::entries(ledger::transaction& from) const {
    std::string text;
    must(from.each_entry([&](const ledger::entry& each) -> result<void> {
        const std::string of = name_of(each.source_id);
        if (of.empty()) return {};
        text += fmt::format("{} {} {}\n", name(each.kind), of, format_iso_date(each.value_date));
        for (const ledger::posting& row : each.postings)
            text += fmt::format("  {} {} {}\n", name(row.to), format_decimal_amount(row.amount_ore), row.reason);
        return {};
    }));
    return text;
}

std::string payout_names::name_of(ledger::row_id id) const {
    const auto found = std::find_if(ids_.begin(), ids_.end(), [&](const auto& each) { return each.second == id; });
    return found == ids_.end() ? std::string() : found->first;
}

std::string payout_names::filled_in(std::string text) const {
    for (const auto& [name_here, reference] : references_)
        text = replaced(std::move(text), '{' + name_here + '}', reference);
    return text;
}

std::string payout_names::named(std::string text) const {
    for (const auto* all : {&ids_, &files_})
        for (const auto& [name_here, id] : *all)
            text = replaced(std::move(text), ledger::format_id(id), name_here);
    return text;
}

}  // namespace brygga::inbound::test
