#include "mapping/outbound/invoice_delivery.hpp"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "mapping/billing/channel_choice.hpp"
#include "mapping/billing/receipts.hpp"
#include "mapping/ledger/registration_match.hpp"
#include "mapping/outbound/autogiro_run.hpp"

namespace brygga::outbound {

namespace {

constexpr std::string_view key_prefix = "delivery:";

namespace peppol = einvoice::peppol;
using ledger::delivery_state;

// What a held delivery says of why: rules once each, and the first places.
class reasons {
 public:
    void add(std::string_view rule, std::string_view place, std::string_view expected) {
        if (known_.emplace(rule).second) rules_.emplace_back(rule);
        constexpr std::size_t most = 20;
        if (texts_.size() < most) texts_.push_back(fmt::format("{} {}: expected {}", rule, place, expected));
    }
    [[nodiscard]] bool any() const noexcept { return !rules_.empty(); }
    [[nodiscard]] ledger::delivery_event event() const {
        ledger::delivery_event out;
        out.state = delivery_state::held;
        out.code = fmt::format("{}", fmt::join(rules_, ","));
        out.text = fmt::format("{}", fmt::join(texts_, "; "));
        return out;
    }

 private:
    std::set<std::string, std::less<>> known_;
    std::vector<std::string> rules_, texts_;
};

class delivery_maker {
 public:
    delivery_maker(const ledger::run_document_item& item, const delivery_channel& channel, const delivery_terms& terms,
                   ledger::row_id outgoing_id, ledger::transaction& into)
        : of_(item.row), at_(item.now.row), channel_(channel), terms_(terms), outgoing_id_(outgoing_id), into_(into) {}

    result<made_delivery> make() {
        auto known = receiver();
        if (!known || !*known) return known ? result<made_delivery>(std::move(out_)) : tl::unexpected(std::move(known.error()));
        if (auto done = route(); !done) return tl::unexpected(std::move(done.error()));
        auto made = of_.is_credit_note ? document_of_credit_note(of_.document_id, terms_.issuer, route_, into_)
                                       : document_of_invoice(of_.document_id, terms_.issuer, route_, into_);
        if (!made) return tl::unexpected(std::move(made.error()));
        made->document.buyer.email = email_;
        judge(*made);
        const ledger::delivery_event event = why_.any() ? why_.event() : queued();
        const auto noted = into_.invoice_runs().add_delivery_event(at_.id, event);
        if (!noted) return tl::unexpected(noted.error());
        if (!why_.any())
            if (auto person = into_.protections().add_file_person(outgoing_id_, of_.customer_id); !person)
                return tl::unexpected(std::move(person.error()));
        if (why_.any()) {
            out_.bytes.clear();
            out_.held_by = event.code;
        }
        return std::move(out_);
    }

 private:
    // False: the receiver has left the bank, and the document goes on.
    result<bool> receiver() {
        if (channel_.by != ledger::channel::bank) return true;
        auto active = receiver_on(into_, of_.customer_id, terms_.run.today);
        if (!active) return tl::unexpected(std::move(active.error()));
        if (*active) {
            route_.receiver_id = **active;
            return true;
        }
        ledger::delivery_event gone;
        gone.state = delivery_state::rejected;
        gone.code = "EINV-B02";
        gone.text = "no registration of the customer is active any more";
        auto next = billing::fall_through(of_, at_, gone, terms_.run, into_);
        if (!next) return tl::unexpected(std::move(next.error()));
        out_.goes_on_by = *next;
        if (!*next) out_.held_by = gone.code;
        return false;
    }

    result<void> route() {
        const auto who = into_.find_customer(of_.customer_id);
        if (!who) return tl::unexpected(who.error());
        if (*who && channel_.by == ledger::channel::network) {
            route_.endpoint_scheme = (*who)->wishes.endpoint_scheme;
            route_.endpoint = (*who)->wishes.endpoint;
        }
        if (channel_.by == ledger::channel::email && *who && billing::has_confirmed_email((*who)->wishes))
            email_ = (*who)->wishes.email;
        if (channel_.by == ledger::channel::email && email_.empty())
            why_.add("BILL-R08", "customer", "the request of the customer, and a confirmed address");
        route_.routing_code = channel_.routing_code;
        if (of_.is_credit_note) return {};
        const auto invoice = into_.find_invoice(of_.document_id);
        if (!invoice) return tl::unexpected(invoice.error());
        if (!*invoice) return {};
        auto drawn = payer_number_of(**invoice, into_);
        if (!drawn) return tl::unexpected(std::move(drawn.error()));
        if (!*drawn) return {};
        route_.mandate = **drawn;
        if (!channel_.autogiro_routing_code.empty()) route_.routing_code = channel_.autogiro_routing_code;
        return {};
    }

    void judge(const made_document& made) {
        for (const document_gap& each : made.gaps)
            why_.add(each.rule, each.place, each.expected);
        if (why_.any()) return;
        peppol::sending_terms how;
        const bool to_network = channel_.by == ledger::channel::network;
        how.how = flavour_of(channel_.by);
        how.to_bank = channel_.by == ledger::channel::bank;
        how.accounts = terms_.accounts;
        if (how.to_bank) how.registered_receiver = route_.receiver_id;
        if (to_network) how.registered_endpoint = std::pair(route_.endpoint_scheme, route_.endpoint);
        how.operator_takes_credits = terms_.run.bank_takes_credits;
        how.today = terms_.run.today;
        how.bank_days_before_due = terms_.bank_days_before_due;
        peppol::outgoing written = peppol::prepare(made.document, how);
        out_.bytes = std::move(written.bytes);
        for (const finding& each : written.findings.kept())
            (each.level == severity::error ? why_ : told_).add(each.rule->id, each.path, each.expected);
    }

    // With what was told of it (EINV-B06, EINV-B10).
    [[nodiscard]] ledger::delivery_event queued() const {
        ledger::delivery_event out = told_.event();
        out.state = delivery_state::queued;
        out.outgoing_id = outgoing_id_;
        return out;
    }

    const ledger::run_document& of_;
    const ledger::delivery& at_;
    const delivery_channel& channel_;
    const delivery_terms& terms_;
    ledger::row_id outgoing_id_;
    ledger::transaction& into_;
    invoice_route route_;
    std::string email_;
    reasons why_, told_;  // what stops it, what is only told
    made_delivery out_;
};

}  // namespace

std::string file_key_of(ledger::row_id delivery_id) {
    return std::string(key_prefix) + ledger::format_id(delivery_id);
}

std::optional<ledger::row_id> delivery_of_file(std::string_view key) noexcept {
    if (!key.starts_with(key_prefix)) return std::nullopt;
    return ledger::parse_id(key.substr(key_prefix.size()));
}

peppol::flavour flavour_of(ledger::channel by) noexcept {
    return by == ledger::channel::network ? peppol::flavour::network : peppol::flavour::operated;
}

result<made_delivery> make_delivery(const ledger::run_document_item& item, const delivery_channel& channel,
                                    const delivery_terms& terms, ledger::row_id outgoing_id, ledger::transaction& into) {
    return delivery_maker(item, channel, terms, outgoing_id, into).make();
}

}  // namespace brygga::outbound
