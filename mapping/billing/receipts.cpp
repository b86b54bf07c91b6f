#include "mapping/billing/receipts.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/billing/channel_choice.hpp"

namespace brygga::billing {

namespace {

using ledger::delivery_item;
using ledger::delivery_state;
using ledger::receipt_answer;
using ledger::told_receipt;

constexpr std::string_view rejected_rule = "EINV-R05";
constexpr std::string_view twice_rule = "BILL-R05";

bool is_einvoice(ledger::channel by) noexcept {
    return by == ledger::channel::bank || by == ledger::channel::network;
}

receipt_answer refused(std::string_view rule, std::string text) {
    return {0, false, rule, std::move(text)};
}

// The newest document with this number that went this way, the newest delivery of it there that was sent, and its newest of all.
struct found_delivery {
    ledger::run_document of;
    delivery_item at, newest;

    [[nodiscard]] bool is_newest() const noexcept { return at.row.id == newest.row.id; }
};

bool is_unsent(delivery_state state) noexcept {
    return state == delivery_state::planned || state == delivery_state::held;
}

result<std::optional<found_delivery>> find_sent(const ledger::run_document& of, ledger::channel by, ledger::transaction& in) {
    const auto deliveries = in.invoice_runs().deliveries_of(of.id);
    if (!deliveries) return tl::unexpected(deliveries.error());
    std::optional<found_delivery> out;
    for (auto at = deliveries->rbegin(); at != deliveries->rend(); ++at) {
        if (at->row.by != by) continue;
        if (!out) out = found_delivery{of, *at, deliveries->back()};
        if (is_unsent(at->newest.state)) continue;
        out->at = *at;
        break;
    }
    return out;
}

struct candidates {
    std::optional<found_delivery> invoice, credit_note;  // the newest of each
};

result<candidates> find_candidates(const told_receipt& told, ledger::transaction& in) {
    const auto documents = in.invoice_runs().run_documents_with_number(told.number);
    if (!documents) return tl::unexpected(documents.error());
    candidates out;
    for (const ledger::run_document_item& each : *documents) {
        if (told.is_credit_note && *told.is_credit_note != each.row.is_credit_note) continue;
        std::optional<found_delivery>& place = each.row.is_credit_note ? out.credit_note : out.invoice;
        if (place) continue;
        auto at = find_sent(each.row, told.by, in);
        if (!at) return tl::unexpected(std::move(at.error()));
        place = std::move(*at);
    }
    return out;
}

// Whether the file of a queued delivery has gone, for all that the queue knows; a person who closes one has seen to it.
enum class file_state : std::uint8_t { waits, may_have_gone, gone, closed };

result<file_state> file_of(const ledger::delivery_event& event, ledger::transaction& in) {
    const auto file = in.exchange().outgoing_with_id(event.outgoing_id);
    if (!file) return tl::unexpected(file.error());
    if (!*file) return file_state::waits;
    switch ((*file)->newest.state) {
        case ledger::sending::queued:
        case ledger::sending::failed:
        case ledger::sending::refused:
        case ledger::sending::held:
            return file_state::waits;
        case ledger::sending::sending:
        case ledger::sending::uploaded:
            return file_state::may_have_gone;
        case ledger::sending::sent:
        case ledger::sending::confirmed:
        case ledger::sending::rejected:
            return file_state::gone;
        case ledger::sending::closed:
            return file_state::closed;
    }
    return file_state::waits;
}

// What happens to a document of a closed run opens it.
result<void> reopen(ledger::row_id run_id, std::string_view why, ledger::transaction& into) {
    const auto run = into.invoice_runs().run_with_id(run_id);
    if (!run) return tl::unexpected(run.error());
    if (!*run || (*run)->newest.state != ledger::run_state::closed) return {};
    return into.invoice_runs().add_run_event(run_id, {ledger::run_state::received, {}, std::string(why), 0});
}

// Both say that the customer has it, or will: a person must see whether it came twice.
result<void> tell_twice(const found_delivery& at, const told_receipt& told, ledger::transaction& into) {
    ledger::matter item;
    item.kind = delivered_twice;
    item.key = fmt::format("{}:{}:{}", delivered_twice, ledger::format_id(at.at.row.id), told.key);
    item.subject_id = at.of.document_id;
    item.customer_id = at.of.customer_id;
    item.detail =
        nlohmann::json{{"channel", name(told.by)}, {"told", name(told.outcome)}, {"was", name(at.at.newest.state)}}.dump();
    return into.matters().add_matter(item);
}

bool fits(const told_receipt& told) noexcept {
    switch (told.outcome) {
        case delivery_state::accepted_by_distributor:
            return told.by != ledger::channel::forwarding;
        case delivery_state::accepted_by_bank:
            return told.by == ledger::channel::bank;
        case delivery_state::delivered:
            return !is_einvoice(told.by);
        case delivery_state::rejected:
            return true;
        case delivery_state::planned:
        case delivery_state::held:
        case delivery_state::queued:
        case delivery_state::withdrawn:
            return false;
    }
    return false;
}

class receipt_taker {
 public:
    receipt_taker(const told_receipt& told, const run_terms& terms, ledger::transaction& into)
        : told_(told), terms_(terms), into_(into) {}

    result<receipt_answer> take() {
        if (!fits(told_)) return refused({}, fmt::format("{} says nothing of {}", name(told_.by), name(told_.outcome)));
        const auto all = find_candidates(told_, into_);
        if (!all) return tl::unexpected(all.error());
        if (all->invoice && all->credit_note)
            return refused({}, "an invoice and a credit note with this number went this way: say which by its document");
        const auto& at = all->invoice ? all->invoice : all->credit_note;
        if (!at) return refused({}, "no document of a run with this number went this way");
        return take_once(*at);
    }

    result<receipt_answer> take_of(ledger::row_id delivery_id) {
        const auto document = into_.invoice_runs().run_document_of_delivery(delivery_id);
        if (!document) return tl::unexpected(document.error());
        if (!*document) return fail(error_code::not_found, "there is no such delivery");
        const auto deliveries = into_.invoice_runs().deliveries_of((*document)->row.id);
        if (!deliveries) return tl::unexpected(deliveries.error());
        const auto at = std::find_if(deliveries->begin(), deliveries->end(),
                                     [&](const delivery_item& each) { return each.row.id == delivery_id; });
        if (at == deliveries->end()) return fail(error_code::not_found, "there is no such delivery");
        return take_once({(*document)->row, *at, deliveries->back()});
    }

 private:
    result<receipt_answer> take_once(const found_delivery& at) {
        const auto known = into_.invoice_runs().delivery_with_key(told_.key);
        if (!known) return tl::unexpected(known.error());
        if (*known == at.at.row.id) return receipt_answer{at.at.row.id, false, {}, {}};
        if (*known) return contradicted(at, "was told of an earlier attempt: a person must see whether it is of this one too");
        return take(at);
    }

    result<receipt_answer> take(const found_delivery& at) {
        switch (at.at.newest.state) {
            case delivery_state::planned:
            case delivery_state::held:
                return refused({}, "the document has not been sent this way yet");
            case delivery_state::withdrawn:
                return contradicted(at, "was withdrawn: a person must see what the customer has got");
            case delivery_state::rejected:
                if (told_.outcome == delivery_state::rejected) return receipt_answer{at.at.row.id, false, {}, {}};
                return contradicted(at,
                                    "was rejected before and goes another way: a person must see that it does not come twice");
            case delivery_state::queued: {
                const auto file = file_of(at.at.newest, into_);
                if (!file) return tl::unexpected(file.error());
                if (*file == file_state::waits) return refused({}, "the document has not been sent this way yet");
                break;
            }
            case delivery_state::accepted_by_distributor:
            case delivery_state::accepted_by_bank:
            case delivery_state::delivered:
                break;
        }
        return told_.outcome == delivery_state::rejected ? reject(at) : accept(at);
    }

    // In the order of the states: what the bank has taken the distributor had taken before.
    result<receipt_answer> accept(const found_delivery& at) {
        if (at.at.newest.state >= told_.outcome) return receipt_answer{at.at.row.id, false, {}, {}};
        const auto noted = into_.invoice_runs().add_delivery_event(at.at.row.id, event());
        if (!noted) return tl::unexpected(noted.error());
        return receipt_answer{at.at.row.id, true, {}, {}};
    }

    result<receipt_answer> reject(const found_delivery& at) {
        if (!at.at.newest.actor.empty())
            return contradicted(at, "a person had said that the customer has it: a person must see what is right");
        if (!at.is_newest()) {
            const auto noted = into_.invoice_runs().add_delivery_event(at.at.row.id, event());
            if (!noted) return tl::unexpected(noted.error());
            return receipt_answer{at.at.row.id, true, rejected_rule, "is rejected; a person had sent it another way since"};
        }
        const auto next = fall_through(at.of, at.at.row, event(), terms_, into_);
        if (!next) return tl::unexpected(next.error());
        return receipt_answer{at.at.row.id, true, rejected_rule,
                              fmt::format("is rejected by {}{}: {}", name(told_.by),
                                          told_.code.empty() ? std::string() : fmt::format(" with {}", told_.code),
                                          *next ? fmt::format("it goes by {}", name(**next)) : "no channel is left, it is held")};
    }

    // What would come twice is held while it can be (BILL-R05), and what was told is kept.
    result<receipt_answer> contradicted(const found_delivery& at, std::string_view text) {
        if (auto told = tell_twice(at, told_, into_); !told) return tl::unexpected(std::move(told.error()));
        const bool comes_twice = told_.outcome != delivery_state::rejected && !at.is_newest();
        if (comes_twice && at.at.newest.state == delivery_state::rejected) {
            const auto noted = into_.invoice_runs().add_delivery_event(at.at.row.id, event());
            if (!noted) return tl::unexpected(noted.error());
        }
        if (comes_twice && at.newest.newest.state == delivery_state::planned) {
            ledger::delivery_event held;
            held.state = delivery_state::held;
            held.code = twice_rule;
            held.text = fmt::format("{} says that it has accepted it", name(told_.by));
            const auto noted = into_.invoice_runs().add_delivery_event(at.newest.row.id, held);
            if (!noted) return tl::unexpected(noted.error());
        }
        return receipt_answer{at.at.row.id, false, twice_rule, std::string(text)};
    }

    [[nodiscard]] ledger::delivery_event event() const {
        ledger::delivery_event out;
        out.state = told_.outcome;
        out.code = told_.code;
        out.text = told_.text;
        out.key = told_.key;
        return out;
    }

    const told_receipt& told_;
    const run_terms& terms_;
    ledger::transaction& into_;
};

}  // namespace

result<receipt_answer> take_receipt(const told_receipt& told, const run_terms& terms, ledger::transaction& into) {
    return receipt_taker(told, terms, into).take();
}

result<receipt_answer> take_receipt_of(ledger::row_id delivery_id, const told_receipt& told, const run_terms& terms,
                                       ledger::transaction& into) {
    return receipt_taker(told, terms, into).take_of(delivery_id);
}

result<std::optional<ledger::channel>> fall_through(const ledger::run_document& of, const ledger::delivery& from,
                                                    const ledger::delivery_event& why, const run_terms& terms,
                                                    ledger::transaction& into) {
    const auto noted = into.invoice_runs().add_delivery_event(from.id, why);
    if (!noted) return tl::unexpected(noted.error());
    if (auto opened = reopen(of.run_id, "a document came back", into); !opened) return tl::unexpected(std::move(opened.error()));
    const auto next = choose_channel(of, from.by, terms, into);
    if (!next) return tl::unexpected(next.error());
    ledger::delivery step{0, of.id, from.step + 1, next->by};
    ledger::delivery_event first;
    if (!next->rule.empty()) {
        first.state = delivery_state::held;
        first.code = next->rule;
        first.text = next->text;
    }
    if (auto added = into.invoice_runs().add_delivery(step, first); !added) return tl::unexpected(std::move(added.error()));
    return next->by;
}

namespace {

error conflict(std::string text) {
    return {error_code::conflict, std::move(text)};
}

class decision {
 public:
    decision(const ledger::run_document_item& of, const delivery_word& word, const run_terms& terms, ledger::transaction& into)
        : of_(of), now_(of.now.newest.state), word_(word), terms_(terms), into_(into) {}

    result<void> take() {
        if (of_.row.document_id == 0 && word_.said != delivery_word::what::withdraw)
            return tl::unexpected(conflict("it is not in the books by this run: it can only be withdrawn"));
        if (now_ == delivery_state::queued) {
            const auto file = file_of(of_.now.newest, into_);
            if (!file) return tl::unexpected(file.error());
            file_ = *file;
            if (file_ == file_state::waits || file_ == file_state::may_have_gone)
                return tl::unexpected(conflict(fmt::format("its file {} is on its way: brygga close it first, or wait",
                                                           ledger::format_id(of_.now.newest.outgoing_id))));
        }
        switch (word_.said) {
            case delivery_word::what::withdraw:
                return withdraw();
            case delivery_word::what::delivered:
                if (is_final(of_.now.row.by, now_)) return tl::unexpected(conflict(fmt::format("it is {}", name(now_))));
                return note(delivery_state::delivered);
            case delivery_word::what::send:
                return send();
        }
        return {};
    }

 private:
    result<void> note(delivery_state end) {
        ledger::delivery_event event = by_person();
        event.state = end;
        const auto noted = into_.invoice_runs().add_delivery_event(of_.now.row.id, event);
        return noted ? result<void>{} : tl::unexpected(noted.error());
    }

    // What the customer has, or will get, is not taken back.
    result<void> withdraw() {
        const bool has_gone = is_final(of_.now.row.by, now_) || (now_ == delivery_state::queued && file_ == file_state::gone);
        if (has_gone)
            return tl::unexpected(conflict(fmt::format("it is {}", now_ == delivery_state::queued ? "sent" : name(now_))));
        return note(delivery_state::withdrawn);
    }

    result<void> send() {
        const auto by = word_.by ? word_.by : of_.now.row.by;
        if (!by) return tl::unexpected(conflict("say by which channel: none was chosen"));
        if (now_ == delivery_state::planned) return tl::unexpected(conflict("it is planned already"));
        const auto who = into_.find_customer(of_.row.customer_id);
        if (!who) return tl::unexpected(who.error());
        if (!*who) return tl::unexpected(conflict("BILL-R17: nothing is known of the customer"));
        if ((*who)->protected_identity != (*by == ledger::channel::forwarding))
            return tl::unexpected(
                conflict("BILL-R07: forwarding by the tax agency is for protected persons, and nothing else is"));
        if (std::find(terms_.offered.begin(), terms_.offered.end(), *by) == terms_.offered.end())
            return tl::unexpected(conflict(fmt::format("no [[tenant.invoices.channel]] goes by {}", name(*by))));
        if (*by == ledger::channel::email && !has_confirmed_email((*who)->wishes))
            return tl::unexpected(conflict("BILL-R08: the customer's request for e-mail or the confirmed address is missing"));
        if (auto opened = reopen(of_.row.run_id, "a document is sent again", into_); !opened) return opened;
        ledger::delivery step{0, of_.row.id, of_.now.row.step + 1, by};
        return into_.invoice_runs().add_delivery(step, by_person());
    }

    [[nodiscard]] ledger::delivery_event by_person() const {
        ledger::delivery_event out;
        out.actor = word_.actor;
        out.reason = word_.reason;
        return out;
    }

    const ledger::run_document_item& of_;
    delivery_state now_;
    const delivery_word& word_;
    const run_terms& terms_;
    ledger::transaction& into_;
    file_state file_ = file_state::closed;
};

}  // namespace

result<void> decide_delivery(ledger::row_id run_document_id, const delivery_word& word, const run_terms& terms,
                             ledger::transaction& into) {
    const auto found = into.invoice_runs().run_document_with_id(run_document_id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return fail(error_code::not_found, "no run holds such a document");
    return decision(**found, word, terms, into).take();
}

}  // namespace brygga::billing
