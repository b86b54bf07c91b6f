#include "mapping/inbound/autogiro_mandates.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/bankgirot/autogiro/writer.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/identity.hpp"
#include "mapping/inbound/mandate_states.hpp"
#include "mapping/ledger/mandate_changes.hpp"

namespace brygga::inbound {

namespace {

using ledger::mandate_state;

constexpr std::array<std::string_view, 3> answers{"04", "42", "43"};  // informationskod: to an application, of the bank
constexpr std::string_view carried_out = "32";                        // kommentarskod

// A bank's no about an account that the mandate is not on.
bool is_of_another_account(const ledger::mandate_item& mandate, std::string_view information, std::string_view comment,
                           std::string_view account) noexcept {
    const bool is_no = (information == "42" || information == "43") && comment != carried_out;
    const mandate_state now = mandate.newest.state;
    const bool stands = now == mandate_state::active || now == mandate_state::suspended;
    return is_no && stands && !account.empty() && !mandate.newest.account.empty() && mandate.newest.account != account;
}

}  // namespace

// The first day that can be read; the other is that of a moment.
date mandate_book::day_or(std::string_view ccyymmdd, std::string_view otherwise) {
    if (const auto day = parse_ccyymmdd(ccyymmdd)) return *day;
    return parse_ccyymmdd(otherwise.substr(0, 8)).value_or(date{});
}

// Zeros say as little as blanks.
std::string mandate_book::told_digits(std::string_view field) {
    return field.find_first_not_of('0') == std::string_view::npos ? std::string() : std::string(field);
}

std::string identity_key(std::string_view field, date today) {
    constexpr std::size_t width = 12, digits = 10;
    if (field.size() != width || field.find_first_not_of('0') == std::string_view::npos) return {};
    // Mandates on bankgiro numbers show an organisation as 99 and its ten digits (3.4).
    if (field.starts_with("99")) field.remove_prefix(width - digits);
    const auto known = classify_identity(field, today);
    return known ? known->customer_key : std::string();
}

result<std::optional<ledger::mandate_item>> mandate_book::known(std::string_view bankgiro, std::string_view payer_number) {
    return into_.direct_debit().mandate_with_number(bankgiro, payer_number);
}

result<std::vector<ledger::mandate_event>> mandate_book::events_of(const std::optional<ledger::mandate_item>& item) {
    if (!item) return std::vector<ledger::mandate_event>{};
    return into_.direct_debit().mandate_events(item->row.id);
}

// By the payer number, which is the customer id unless the company has told its payers something else; then by identity number.
result<std::string> mandate_book::customer_of(std::string_view payer_number, std::string_view identity) {
    auto by_number = into_.find_customer(payer_number);
    if (!by_number) return tl::unexpected(by_number.error());
    if (*by_number) return std::string(payer_number);
    std::string key = identity_key(identity, with_.today);
    // Some companies let payers enter their own identity number.
    if (key.empty()) key = identity_key(fmt::format("{:0>12}", payer_number), with_.today);
    if (key.empty()) return std::string();
    auto by_identity = into_.customers_with_identity(key);
    if (!by_identity) return tl::unexpected(by_identity.error());
    return by_identity->size() == 1 ? by_identity->front().customer_id : std::string();
}

result<ledger::row_id> mandate_book::note(ledger::mandate row, const told& what,
                                          const std::optional<ledger::mandate_item>& before, mandate_state state,
                                          const std::string& customer_id) {
    if (auto added = into_.direct_debit().add_mandate(row); !added) return tl::unexpected(added.error());
    ledger::mandate_event event;
    event.state = state;
    event.customer_id = customer_id;
    event.account = what.account.empty() && before ? before->newest.account : what.account;
    event.identity = what.identity.empty() && before ? before->newest.identity : what.identity;
    event.day = what.day;
    event.information = what.information;
    event.comment = what.comment;
    event.source_id = batch_id_;
    if (auto added = into_.direct_debit().add_mandate_event(row.id, event); !added) return tl::unexpected(added.error());
    ++counts_[fmt::format("{} {}", row.is_change ? "mandate change" : "mandate", name(state))];
    return row.id;
}

result<void> mandate_book::note(const ledger::mandate_item& before, const told& what, mandate_state state) {
    const auto noted = note(before.row, what, before, state, before.newest.customer_id);
    return noted ? result<void>{} : tl::unexpected(noted.error());
}

result<void> mandate_book::see_to(std::string_view kind, ledger::row_id mandate_id, const std::string& customer_id,
                                  const told& what) {
    ledger::matter item;
    item.kind = kind;
    item.key = fmt::format("{}:{}:{}:{}", kind, ledger::format_id(batch_id_), ledger::format_id(mandate_id), what.payer_number);
    item.subject_id = mandate_id;
    item.customer_id = customer_id;
    item.file_id = file_.id;
    nlohmann::json detail = nlohmann::json::object();
    if (!what.information.empty()) detail["information"] = what.information;
    if (!what.comment.empty()) detail["comment"] = what.comment;
    if (what.day.ok()) detail["day"] = format_iso_date(what.day);
    if (what.state) detail["mandate"] = name(*what.state);
    item.detail = detail.dump();
    ++counts_["to see to"];
    return into_.matters().add_matter(item);
}

result<void> mandate_book::advised(const autogiro::advice_view& view) {
    const autogiro::advice_record& record = view.record;
    told what = told_of(record);
    what.information = record.information;
    what.comment = record.comment;
    what.day = day_or(record.action_day, view.at.section->opening.written);
    if (what.information == "05" && (what.comment == "32" || what.comment == "33")) {
        changes_.push_back(std::move(what));
        return {};
    }
    return advise(without_leading_zeros(record.bankgiro), what, {});
}

// The change that this tells of: an approval of its numbers, whether or not that was answered, or else an answer to it and not to
// what was asked for since.
result<std::optional<ledger::mandate_item>> mandate_book::answered_change(std::string_view bankgiro, const told& what,
                                                                          const std::optional<ledger::mandate_item>& mandate) {
    std::optional<ledger::mandate_item> none;
    if (!mandate || std::find(answers.begin(), answers.end(), what.information) == answers.end()) return none;
    auto change = into_.direct_debit().change_with_number(bankgiro, what.payer_number);
    if (!change || !*change) return change;
    const ledger::mandate_event& now = (*change)->newest;
    const bool waits = now.state == mandate_state::proposed || now.state == mandate_state::applied;
    if (waits && what.comment == carried_out && has_numbers(**change, what)) return change;
    const bool is_sent = now.state == mandate_state::applied && !is_unsent_word(now);
    const bool mandate_is_asked_for =
        mandate->newest.state == mandate_state::applied && mandate->newest_at > (*change)->newest_at;
    const bool numbers_fit = what.account.empty() || now.account == what.account;
    return is_sent && !mandate_is_asked_for && numbers_fit ? change : none;
}

// A cancellation that was refused leaves the mandate as it was changed meanwhile.
result<void> mandate_book::take_changed_numbers(const ledger::mandate_item& mandate, told& into) {
    if (mandate.newest.state != mandate_state::cancelling) return {};
    const auto change = ledger::carried_out_since(mandate.row, mandate.newest_at, into_.direct_debit());
    if (!change) return tl::unexpected(change.error());
    if (!*change) return {};
    into.account = (*change)->newest.account;
    into.identity = (*change)->newest.identity;
    return {};
}

// Whether a mandate that was asked for or stood with other numbers is told to be of somebody whom nobody here knows as its payer.
result<bool> mandate_book::is_anothers(const std::optional<ledger::mandate_item>& before, const told& what,
                                       const std::optional<ledger::mandate_item>& change, const std::string& customer_id) {
    if (!before) return is_told_of_another(what, customer_id);
    if (before->newest.account.empty() && before->newest.identity.empty()) return false;
    const auto is_known = [&](const ledger::mandate_event& each) {
        return (what.account.empty() || each.account == what.account) && is_same_identity(each.identity, what.identity);
    };
    const bool is_undecided = before->newest.state == mandate_state::proposed;
    if (!is_undecided && is_known(before->newest)) return false;
    if (change && change->newest.state == mandate_state::applied && is_known(change->newest)) return false;
    const std::string key = identity_key(what.identity, with_.today);
    if (!is_undecided && !key.empty() && key == identity_key(before->newest.identity, with_.today)) return false;
    const auto customer = into_.find_customer(customer_id);
    if (!customer) return tl::unexpected(customer.error());
    return !*customer || key.empty() || (*customer)->identity_number != key;
}

// Of a mandate that nobody here knew of, by the number of a customer.
result<bool> mandate_book::is_told_of_another(const told& what, const std::string& customer_id) {
    const auto customer = into_.find_customer(customer_id);
    if (!customer) return tl::unexpected(customer.error());
    const std::string key = identity_key(what.identity, with_.today);
    return *customer && !key.empty() && !(*customer)->identity_number.empty() && (*customer)->identity_number != key;
}

// Account and identity number, as far as they are told.
bool mandate_book::has_numbers(const ledger::mandate_item& known, const told& what) const {
    return known.newest.account == what.account && is_same_identity(known.newest.identity, what.identity);
}

bool mandate_book::is_same_identity(std::string_view known, std::string_view other) const {
    const std::string a = identity_key(known, with_.today), b = identity_key(other, with_.today);
    return a.empty() || b.empty() || a == b;
}

result<void> mandate_book::advise(std::string_view bankgiro, told what, const std::string& of_old_number) {
    const auto before = known(bankgiro, what.payer_number);
    if (!before) return tl::unexpected(before.error());
    const auto events = events_of(*before);
    if (!events) return tl::unexpected(events.error());
    const auto change = answered_change(bankgiro, what, *before);
    if (!change) return tl::unexpected(change.error());
    const bool changes = what.comment == carried_out;
    if (*change && changes && what.account.empty()) {
        what.account = (*change)->newest.account;
        what.identity = (*change)->newest.identity;
    }
    if (*change)
        if (auto noted = note(**change, what, changes ? mandate_state::active : mandate_state::rejected); !noted) return noted;
    if (*change && changes)
        if (auto closed = close_decided((*change)->row.id, mandate_state::active); !closed) return closed;
    if (*change && !changes) return see_to("mandate-change-rejected", (*change)->row.id, (*change)->newest.customer_id, what);
    if (*before && is_of_another_account(**before, what.information, what.comment, what.account))
        return see_to("mandate-change-rejected", (*before)->row.id, (*before)->newest.customer_id, what);
    const mandate_verdict verdict = after_advice(past_of(*events), {what.information, what.comment, what.day});
    if (*before && verdict.next == mandate_state::active)
        if (auto taken = take_changed_numbers(**before, what); !taken) return taken;
    std::string customer_id = *before && !(*before)->newest.customer_id.empty() ? (*before)->newest.customer_id : of_old_number;
    if (customer_id.empty()) {
        auto found = customer_of(what.payer_number, what.identity);
        if (!found) return tl::unexpected(found.error());
        customer_id = std::move(*found);
    }
    ledger::row_id id = *before ? (*before)->row.id : 0;
    const bool stands = verdict.next && goes_on(*verdict.next);
    const auto anothers = stands ? is_anothers(*before, what, *change, customer_id) : result<bool>(false);
    if (!anothers) return tl::unexpected(anothers.error());
    if (verdict.next) {
        const auto noted = note({0, std::string(bankgiro), what.payer_number}, what, *before, *verdict.next, customer_id);
        if (!noted) return tl::unexpected(noted.error());
        id = *noted;
    }
    if (verdict.next && id != 0)
        if (auto closed = close_decided(id, *verdict.next); !closed) return closed;
    if (*anothers)
        if (auto seen = see_to(ledger::mandate_of_another, id, customer_id, what); !seen) return seen;
    if (!verdict.matter.empty()) return see_to(verdict.matter, id, customer_id, what);
    if (verdict.next == mandate_state::active && customer_id.empty())
        return see_to("mandate-without-customer", id, customer_id, what);
    return {};
}

// The old number and the new one are told in two records: they belong together by account and identity number.
result<void> mandate_book::pair_numbers(std::string_view bankgiro) {
    std::vector<told> changes = std::move(changes_);
    changes_.clear();
    for (const told& each : changes) {
        if (each.comment != "33") continue;
        if (auto closed = advise(bankgiro, each, {}); !closed) return closed;
    }
    for (const told& each : changes) {
        if (each.comment != "32") continue;
        const auto is_pair = [&](const told& old) {
            return old.comment == "33" && old.account == each.account && old.identity == each.identity &&
                   old.payer_number != each.payer_number;
        };
        const auto old = std::find_if(changes.begin(), changes.end(), is_pair);
        const bool one = old != changes.end() && std::find_if(std::next(old), changes.end(), is_pair) == changes.end();
        std::string customer_id;
        if (one) {
            const auto before = known(bankgiro, old->payer_number);
            if (!before) return tl::unexpected(before.error());
            if (*before) customer_id = (*before)->newest.customer_id;
        }
        if (auto opened = advise(bankgiro, each, customer_id); !opened) return opened;
        if (one) continue;
        const auto opened = known(bankgiro, each.payer_number);
        if (!opened) return tl::unexpected(opened.error());
        if (auto seen = see_to("payer-number-change-unpaired", *opened ? (*opened)->row.id : 0, {}, each); !seen) return seen;
    }
    return {};
}

// Whether Bankgirot has said since its newest event that the register has it.
result<bool> mandate_book::is_registered(const ledger::mandate_item& item) {
    const auto about = into_.matters().matters_about(item.row.id);
    if (!about) return tl::unexpected(about.error());
    return std::any_of(about->begin(), about->end(), [&](const ledger::matter_item& each) {
        return each.row.kind == ledger::mandate_already_registered && each.recorded_at >= item.newest_at;
    });
}

result<void> mandate_book::section_closed(const autogiro::section_view& section) {
    const std::string_view bankgiro = without_leading_zeros(section.opening.bankgiro);
    if (!changes_.empty())
        if (auto paired = pair_numbers(bankgiro); !paired) return paired;
    const bool is_register =
        section.layout == autogiro::layout_id::mandreg_new || section.layout == autogiro::layout_id::mandreg_old;
    if (!is_register) return {};
    const bool can_tell = std::exchange(register_is_whole_, true);
    auto missing = can_tell ? missing_in_register(bankgiro, with_.today) : result<void>{};
    in_register_.clear();
    return missing;
}

}  // namespace brygga::inbound
