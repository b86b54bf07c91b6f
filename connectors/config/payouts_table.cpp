#include "connectors/config/detail/payouts_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/config/detail/partner_tables.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/bic.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/iban.hpp"
#include "formats/core/money.hpp"

namespace brygga::config::detail {

namespace {

constexpr std::int64_t most_days = 3660;
constexpr std::int64_t most_bank_days = 20;

template <class Amount>
bool read_amount(table_reader& of, std::string_view key, Amount& into, std::string_view usual, const about& what) {
    return of.parsed(
        key, "amount in kronor", usual, into,
        [](std::string_view text) -> result<std::int64_t> {
            const auto ore = parse_decimal_amount(text);
            if (ore && *ore >= 0) return *ore;
            return fail(error_code::invalid_argument, "is no amount such as \"50000.00\"");
        },
        what);
}

void read_bankgiro_number(table_reader& of, std::string_view key, std::string& into, const about& what) {
    std::string written;
    if (!of.text(key, written, what)) return;
    const auto digits = normalise_bankgiro(written);
    if (digits && bankgiro_valid(*digits))
        into = *digits;
    else
        of.fault(key, "is no bankgiro number: 7 or 8 digits, the last by modulus 10 (REF-R01)");
}

credit_transfer_settings read_credit_transfer(table_reader& of, const tenant& who) {
    credit_transfer_settings out;
    read_file_channel(of, who, "pain.001", out);
    out.head.initiator_name = out.head.debtor_name = who.name;
    of.text("initiator", out.head.initiator_id,
            {.meaning = "organisation number, or the number that the bank knows the sender by",
             .required = true,
             .example = "5566778899"});
    std::string iban;
    if (of.text("iban", iban,
                {.meaning = "account that is drawn on", .required = true, .example = "SE45 5000 0000 0583 9825 7466"})) {
        if (const auto read = parse_iban(iban))
            out.head.account = {pain::debit_form::iban, *read};
        else
            of.fault("iban", "is no IBAN");
    }
    if (of.text("bic", out.head.agent_bic, {.meaning = "of the bank that has it", .required = true, .example = "ESSESESS"}) &&
        !parse_bic(out.head.agent_bic))
        of.fault("bic", "is no BIC");
    read_bankgiro_number(
        of, "bankgiro", out.head.debtor_bankgiro,
        {.meaning = "that payments to bankgiro are drawn on", .example = "991-2346", .otherwise = "the account"});
    of.number("version", out.profile.version, {3, 9}, {.meaning = "of pain.001.001 that the bank takes: 3 or 9"});
    if (out.profile.version != 3 && out.profile.version != 9) of.fault("version", "must be 3 or 9");
    of.choice("initiator_scheme", out.profile.initiator,
              {{"none", pain::initiator_scheme::none},
               {"BANK", pain::initiator_scheme::bank},
               {"CUST", pain::initiator_scheme::customer}},
              {.meaning = "how the bank wants the initiator's number marked"});
    of.number("pays_after", out.pays_after, {0, most_bank_days}, {.meaning = "bank days from the file to the payment"});
    return out;
}

lb_payout_settings read_lb(table_reader& of, const tenant& who) {
    lb_payout_settings out;
    read_file_channel(of, who, "lb", out);
    read_bankgiro_number(of, "bankgiro", out.bankgiro, {.meaning = "that pays", .required = true, .example = "991-2346"});
    of.number("pays_after", out.pays_after, {2, most_bank_days},
              {.meaning = "bank days from the file to the payment: account deposits must be at Bankgirot two before"});
    return out;
}

sus_payout_settings read_sus(table_reader& of, const tenant& who) {
    constexpr std::size_t agreement_digits = 6;
    sus_payout_settings out;
    read_file_channel(of, who, "sus", out);
    sus::agreement& under = out.under;
    under.register_at_swedbank = true;
    if (of.text("agreement", under.number, {.meaning = "avtalsid, 6 digits", .required = true, .example = "123456"}) &&
        (under.number.size() != agreement_digits || !all_digits(under.number)))
        of.fault("agreement", "must be 6 digits");
    of.text("customer", under.customer_id, {.meaning = "number of the customer in the agreement, 5 digits", .example = "00000"});
    of.text("organisation", under.organisation, {.meaning = "organisation in the agreement, 10 digits", .example = "0000000000"});
    of.text("distribution", under.distribution,
            {.meaning = "distributionskod of the agreement, at most 6 characters", .required = true, .example = "1"});
    of.text("method", under.method,
            {.meaning = "utbetalningssätt of the agreement, at most 3 characters", .required = true, .example = "1"});
    of.number("pays_after", out.pays_after, {0, most_bank_days}, {.meaning = "bank days from the file to the payment"});
    return out;
}

}  // namespace

payout_settings read_payouts(table_reader& of, const tenant& who) {
    payout_settings out;
    of.parsed("at", "schedule", "bankday 14:00", out.at,
              [](std::string_view text) -> result<timing::schedule> {
                  auto made = timing::schedule::parse(text);
                  if (!made) return fail(made.error().code, fmt::format("is no schedule: {}", made.error().text));
                  return made;
              },
              {.meaning = "when what has been approved is sent"});
    of.choice("accounts_by", out.to_accounts,
              {{"pain.001", ledger::payout_route::credit_transfer}, {"lb", ledger::payout_route::supplier_payment}},
              {.meaning = "how money goes to accounts, where both have a table"});
    read_amount(of, "two_persons_above", out.two_persons_above_ore, "0.00",
                {.meaning = "up to this, who asks for a payout may approve it (RF-R02)", .example = "0.00"});
    read_amount(
        of, "daily_limit", out.daily_limit_ore, "",
        {.meaning = "that leaves in a day at most; the rest waits", .example = "50000.00", .otherwise = "no limit without it"});
    of.number("changed_account_days", out.changed_account_days, {0, most_days},
              {.meaning = "so long an account that a customer has changed is for a person to confirm (RF-R02)"});
    of.number("advance_max_days", out.advance_max_days, {1, most_days},
              {.meaning = "an advance older than this, and no invoice since, is offered back (BILL-R27)"});
    read_amount(of, "autogiro_up_to", out.direct_debit_up_to_ore, "0.00",
                {.meaning = "up to this, payers by Autogiro get it back that way (TK32), where the agreement allows credits",
                 .example = "0.00"});
    of.table("credit_transfer", {.meaning = "Payouts to accounts as pain.001."},
             [&](table_reader& each) { out.credit_transfer = read_credit_transfer(each, who); });
    of.table("lb", {.meaning = "Payouts to accounts as Leverantörsbetalningar, where the bank still takes them."},
             [&](table_reader& each) { out.lb = read_lb(each, who); });
    of.table("sus", {.meaning = "Payouts by civic number (SUS) where no account is known."},
             [&](table_reader& each) { out.sus = read_sus(each, who); });
    const bool by_lb = out.to_accounts == ledger::payout_route::supplier_payment;
    if (by_lb ? !out.lb && out.credit_transfer : !out.credit_transfer && out.lb)
        of.fault("accounts_by", fmt::format("is \"{}\", of which there is no table", name(out.to_accounts)));
    if (who.autogiro) out.collecting = who.autogiro->bankgiros;
    if (out.direct_debit_up_to_ore != 0 && !who.autogiro)
        of.fault("autogiro_up_to", "needs [tenant.autogiro], whose file it goes with");
    return out;
}

}  // namespace brygga::config::detail
