#include "connectors/dispatch/invoice_files.hpp"

#include "connectors/dispatch/detail/at_desk.hpp"
#include "connectors/dispatch/detail/direct_files.hpp"
#include "connectors/dispatch/detail/invoice_documents.hpp"
#include "connectors/dispatch/detail/made.hpp"
#include "connectors/dispatch/detail/run_gate.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "mapping/outbound/invoice_delivery.hpp"
#include "mapping/protection/door.hpp"

namespace brygga::dispatch {

namespace {

using config::invoice_channel;
using ledger::run_document_item;

constexpr std::size_t documents_at_once = 500;

bool is_einvoice(ledger::channel by) noexcept {
    return by == ledger::channel::bank || by == ledger::channel::network;
}

// EINV_<organisation>_<run>_<line>.xml (einvoice.md section 2); a later attempt has its step behind the line.
std::string name_of(const outbound::delivery_terms& terms, const std::string& run, const run_document_item& item) {
    const std::string step = item.now.row.step == 1 ? std::string() : fmt::format("-{}", item.now.row.step);
    return fmt::format("EINV_{}_{}_{}{}.xml", terms.issuer.seller.organisation_number, run, item.row.line_no, step);
}

// One channel of one company, for as long as one pass takes.
class channel_work {
 public:
    channel_work(const detail::desk& on, const invoice_channel& channel, made_invoices& into)
        : on_(on),
          channel_(channel),
          into_(into),
          terms_(on.who->invoices->terms(intake::swedish_day(on.now()))),
          memory_key_(fmt::format("{}/invoices/{}", on.who->id, name(channel.how.by))),
          gate_(*on.books, terms_.run, on.now()),
          direct_(on) {}

    void go() {
        ledger::row_id after = on_.how->days != nullptr ? on_.how->days->done_until(memory_key_) : 0;
        ledger::row_id done_until = after;
        bool nothing_left = true;  // so far
        for (;;) {
            const auto page = read_page(after);
            if (!page) return on_.trouble("made", page.error().text);
            for (const run_document_item& each : *page) {
                after = each.now.row.id;
                const auto done = take(each);
                if (!done) return;
                nothing_left = nothing_left && *done;
                if (nothing_left) done_until = after;
            }
            if (page->size() < documents_at_once) break;
        }
        if (on_.how->days != nullptr) on_.how->days->set_done(memory_key_, done_until);
    }

 private:
    result<std::vector<run_document_item>> read_page(ledger::row_id after) {
        const auto in = on_.books->begin_read(on_.who->id);
        if (!in) return tl::unexpected(in.error());
        return (*in)->invoice_runs().planned_deliveries(channel_.how.by, after, documents_at_once);
    }

    // Whether it is no longer planned; nothing when the pass must end.
    std::optional<bool> take(const run_document_item& item) {
        const auto run = gate_.run_of(item.row.run_id);
        if (!run) {
            on_.trouble("made", run.error().text);
            return std::nullopt;
        }
        const bool may_leave = is_einvoice(channel_.how.by) ? run->is_received : run->einvoices_are_over;
        if (!may_leave) {
            ++into_.waiting;
            return false;
        }
        const bool is_direct = partners::delivers_directly(*on_.partner);
        made_file what{outbound::file_key_of(item.now.row.id),
                       is_direct ? direct_.name_of(item) : name_of(terms_, run->key, item), channel_.rule_of(*on_.who),
                       einvoice::peppol::policy_of(outbound::flavour_of(channel_.how.by))};
        if (is_direct) what.objection = [this](std::string_view bytes) { return direct_.objection(bytes); };
        std::optional<outbound::made_delivery> outcome;
        bool is_of_document = false;  // what went wrong: the others are made all the same
        const made end = detail::make_at(on_, what, [&](ledger::transaction& into, ledger::row_id id) -> result<std::string> {
            outcome.reset();
            const auto now = into.invoice_runs().run_document_with_id(item.row.id);
            if (!now) return tl::unexpected(now.error());
            const bool is_planned =
                *now && (*now)->now.row.id == item.now.row.id && (*now)->now.newest.state == ledger::delivery_state::planned;
            if (!is_planned) return std::string();
            auto made = is_direct ? direct_.make(**now, terms_.run, id, into)
                                  : outbound::make_delivery(**now, channel_.how, terms_, id, into);
            if (!made) {
                const error_code code = made.error().code;
                is_of_document = code == error_code::not_found || code == error_code::invalid_content;
                return tl::unexpected(std::move(made.error()));
            }
            if (auto looked = look(**now, *made, into); !looked) return tl::unexpected(std::move(looked.error()));
            outcome = std::move(*made);
            return outcome->bytes;
        });
        if (end.end == made_end::not_now && is_of_document) return hold(item, "document-fault", "it cannot be made");
        return note(end, item, outcome);
    }

    // What a protected person's neighbour or namesake gets may tell of them (PRO-R03, PRO-R09).
    result<void> look(const run_document_item& item, outbound::made_delivery& at, ledger::transaction& into) {
        if (at.bytes.empty()) return {};
        if (!door_) {
            auto opened = protection::door::open(name(channel_.how.by), into);
            if (!opened) return tl::unexpected(std::move(opened.error()));
            door_.emplace(std::move(*opened));
        }
        const auto told = door_->objections(at.bytes, item.row.customer_id, !item.now.newest.actor.empty(), into);
        if (!told) return tl::unexpected(told.error());
        if (told->empty()) return {};
        ledger::delivery_event held;
        held.state = ledger::delivery_state::held;
        held.code = told->front().rule;
        held.text = told->front().place;
        if (const auto noted = into.invoice_runs().add_delivery_event(item.now.row.id, held); !noted)
            return tl::unexpected(noted.error());
        at.bytes.clear();
        at.held_by = held.code;
        return {};
    }

    std::optional<bool> note(const made& end, const run_document_item& item,
                             const std::optional<outbound::made_delivery>& outcome) {
        switch (end.end) {
            case made_end::queued:
            case made_end::already_there:
                ++into_.queued;
                return true;
            case made_end::nothing:
                if (outcome) tell(item, *outcome);
                return true;
            case made_end::refused:
                return hold(item, made_file_refused, "our own reader did not let its file go");
            case made_end::not_now:
                return std::nullopt;
        }
        return std::nullopt;
    }

    void tell(const run_document_item& item, const outbound::made_delivery& outcome) {
        ++(outcome.goes_on_by ? into_.went_on : into_.held);
        on_.log(outcome.goes_on_by ? logging::log_level::info : logging::log_level::error,
                outcome.goes_on_by ? "document-goes-on" : "document-held",
                {{"tenant", on_.who->id},
                 {"partner", on_.partner->id},
                 {"document", ledger::format_id(item.row.id)},
                 {"channel", name(channel_.how.by)},
                 {"rules", outcome.held_by}});
    }

    std::optional<bool> hold(const run_document_item& item, std::string_view code, std::string_view text) {
        ledger::delivery_event event;
        event.state = ledger::delivery_state::held;
        event.code = code;
        event.text = text;
        const auto held = detail::in_transaction(on_, [&](ledger::transaction& into) -> result<void> {
            const auto noted = into.invoice_runs().add_delivery_event(item.now.row.id, event);
            return noted ? result<void>{} : tl::unexpected(noted.error());
        });
        if (!held) {
            on_.trouble("made", held.error().text);
            return std::nullopt;
        }
        ++into_.held;
        return true;
    }

    const detail::desk& on_;
    const invoice_channel& channel_;
    made_invoices& into_;
    outbound::delivery_terms terms_;
    std::string memory_key_;
    detail::run_gate gate_;
    detail::direct_files direct_;
    std::optional<protection::door> door_;
};

}  // namespace

made_invoices make_invoices_now(const config::settings& with, const config::tenant& who, ledger::store& books, const options& how,
                                dispatch_report& into) {
    made_invoices out;
    for (const partners::partner& to : who.partners)
        static_cast<void>(detail::at_desk(with, who, to, books, how, into, [&](const detail::desk& on) {
            const made_invoices here = detail::make_due_invoices(on);
            out.queued += here.queued;
            out.held += here.held;
            out.went_on += here.went_on;
            out.waiting += here.waiting;
            return partners::visit_end::nothing_to_do;
        }));
    return out;
}

namespace detail {

made_invoices make_due_invoices(const desk& on) {
    made_invoices out;
    if (!on.who->invoices) return out;
    for (const invoice_channel& each : on.who->invoices->channels)
        if (each.partner == on.partner->id && each.rule_of(*on.who) != nullptr) channel_work(on, each, out).go();
    return out;
}

}  // namespace detail

}  // namespace brygga::dispatch
