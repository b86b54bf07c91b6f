#include "mapping/billing/channel_choice.hpp"

#include <algorithm>

#include "mapping/ledger/receivables.hpp"
#include "mapping/ledger/registration_match.hpp"

namespace brygga::billing {

namespace {

using ledger::channel;

constexpr std::string_view protected_rule = "BILL-R07";
constexpr std::string_view email_rule = "BILL-R08";

// What the document asks for: EINV-B05.
result<std::int64_t> payable_of(const ledger::run_document& of, ledger::transaction& in) {
    if (of.is_credit_note || of.document_id == 0) return 0;
    const auto advance = advance_used_by(of.document_id, in);
    return advance ? result<std::int64_t>(of.amount_ore - *advance) : tl::unexpected(advance.error());
}

// Whether it can go this way at all.
result<bool> fits(channel by, const ledger::run_document& of, const ledger::customer& who, const run_terms& terms,
                  ledger::transaction& in) {
    switch (by) {
        case channel::bank: {
            const auto payable = payable_of(of, in);
            if (!payable) return tl::unexpected(payable.error());
            if (*payable <= 0 && !terms.bank_takes_credits) return false;
            const auto receiver = receiver_on(in, who.customer_id, terms.today);
            if (!receiver) return tl::unexpected(receiver.error());
            return receiver->has_value();
        }
        case channel::network:
            return !who.wishes.endpoint.empty();
        case channel::mailbox:  // others are found by the print service
            return who.wishes.first == channel::mailbox;
        case channel::email:
            return has_confirmed_email(who.wishes);
        case channel::print:
            return true;
        case channel::forwarding:
            return false;
    }
    return false;
}

}  // namespace

bool has_confirmed_email(const ledger::invoice_wishes& wishes) {
    return !wishes.email.empty() && wishes.email_requested && wishes.email_confirmed &&
           *wishes.email_confirmed >= *wishes.email_requested;
}

result<chosen_channel> choose_channel(const ledger::run_document& of, std::optional<channel> after, const run_terms& terms,
                                      ledger::transaction& in) {
    const auto found = in.find_customer(of.customer_id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return chosen_channel{channel::print, "BILL-R17", "nothing is known of the customer: there is no address"};
    const ledger::customer& who = **found;
    if (who.protected_identity) {  // whatever they have asked for (PRO-R04)
        if (after == channel::forwarding)
            return chosen_channel{std::nullopt, protected_rule,
                                  "of a protected person nothing goes another way than by the tax agency"};
        const bool is_offered = std::find(terms.offered.begin(), terms.offered.end(), channel::forwarding) != terms.offered.end();
        if (is_offered) return chosen_channel{channel::forwarding, {}, {}};
        return chosen_channel{channel::forwarding, protected_rule, "a person must send it by the tax agency"};
    }
    if (!after && who.wishes.first == channel::email && !has_confirmed_email(who.wishes))
        return chosen_channel{channel::email, email_rule,
                              "e-mail is chosen, and the customer's request or the confirmation of the address is missing"};
    for (const channel each : terms.offered) {
        if (after && each <= *after) continue;
        if (!after && who.wishes.first && each < *who.wishes.first) continue;
        const auto can = fits(each, of, who, terms, in);
        if (!can) return tl::unexpected(can.error());
        if (*can) return chosen_channel{each, {}, {}};
    }
    return chosen_channel{std::nullopt, "BILL-R06", "no channel is left: a person must see how the customer gets it"};
}

}  // namespace brygga::billing
