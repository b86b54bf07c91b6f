#include "mapping/payouts/destination.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "formats/core/bank_account.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/iban.hpp"
#include "formats/core/plusgiro.hpp"

namespace brygga::payouts {

namespace {

using ledger::payee_account;
using ledger::payee_account_kind;
using ledger::payout_route;

bool is_usable(const bank_account& account) {
    switch (test_account(account)) {
        case account_verdict::valid:
        case account_verdict::untested:
        case account_verdict::doubtful:
            return true;
        case account_verdict::unknown_clearing:
        case account_verdict::length:
        case account_verdict::all_zeros:
        case account_verdict::check_digit:
            return false;
    }
    return false;
}

std::optional<payee_account> of_field(std::string_view sixteen_digits) {
    const auto account = parse_account_field(sixteen_digits);
    if (!account || !is_usable(*account)) return std::nullopt;
    return payee_account{payee_account_kind::bank_account, account->clearing, account->account};
}

std::optional<payee_account> account_of(const ledger::payer& from) {
    if (const auto account = of_field(from.account)) return account;
    if (const auto iban = parse_iban(from.account)) return payee_account{payee_account_kind::iban, {}, *iban};
    if (bankgiro_valid(from.bankgiro)) return payee_account{payee_account_kind::bankgiro, {}, from.bankgiro};
    return std::nullopt;
}

// The one account that all of it came from.
result<std::optional<payee_account>> paying_account(std::span<const ledger::advance> advances, ledger::transaction& from) {
    std::optional<payee_account> found;
    for (const ledger::advance& each : advances) {
        const auto payment = from.find_payment(each.payment_id);
        if (!payment) return tl::unexpected(payment.error());
        const auto account = *payment ? account_of((*payment)->from) : std::nullopt;
        if (!account || (found && *found != *account)) return std::optional<payee_account>{};
        found = account;
    }
    return found;
}

result<std::optional<ledger::mandate_item>> active_mandate(std::string_view customer_id, ledger::transaction& from) {
    auto mandates = from.direct_debit().mandates_of_customer(customer_id);
    if (!mandates) return tl::unexpected(std::move(mandates.error()));
    for (ledger::mandate_item& each : *mandates)
        if (each.newest.state == ledger::mandate_state::active) return std::optional(std::move(each));
    return std::optional<ledger::mandate_item>{};
}

bool has_civic_number(const ledger::customer& who) {
    return who.category == ledger::customer_category::consumer && !who.identity_number.empty() && !who.protected_identity &&
           !who.estate && !who.foreign;
}

}  // namespace

bool goes_to(payout_route route, const payee_account& account, const ledger::customer& who) noexcept {
    if (route == payout_route::credit_transfer) return !who.protected_identity;
    return route == payout_route::supplier_payment && account.kind != payee_account_kind::iban;
}

result<destination> destination_of(const ledger::customer& who, std::int64_t amount_ore,
                                   std::span<const ledger::advance> advances, const payout_terms& terms,
                                   ledger::transaction& from) {
    const auto paid_from = paying_account(advances, from);
    if (!paid_from) return tl::unexpected(paid_from.error());
    if (*paid_from && goes_to(terms.to_accounts, **paid_from, who)) return destination{terms.to_accounts, **paid_from, 0};

    const auto given = from.payouts().accounts_of(who.customer_id);
    if (!given) return tl::unexpected(given.error());
    if (!given->empty() && goes_to(terms.to_accounts, given->front().account, who))
        return destination{terms.to_accounts, given->front().account, given->front().id};

    const auto mandate = active_mandate(who.customer_id, from);
    if (!mandate) return tl::unexpected(mandate.error());
    if (*mandate) {
        const auto account = of_field((*mandate)->newest.account);
        const bool collects =
            std::find(terms.collecting.begin(), terms.collecting.end(), (*mandate)->row.bankgiro) != terms.collecting.end();
        if (collects && amount_ore <= terms.direct_debit_up_to_ore)
            return destination{payout_route::direct_debit, account.value_or(payee_account{}), (*mandate)->row.id};
        if (account && goes_to(terms.to_accounts, *account, who))
            return destination{terms.to_accounts, *account, (*mandate)->row.id};
    }

    if (terms.by_civic_number && has_civic_number(who)) return destination{payout_route::civic_number, {}, 0};
    return destination{};
}

result<payee_account> parse_payee_account(std::string_view text) {
    constexpr std::string_view bankgiro_mark = "bankgiro:", plusgiro_mark = "plusgiro:";
    if (text.starts_with(bankgiro_mark)) {
        const auto digits = normalise_bankgiro(text.substr(bankgiro_mark.size()));
        if (digits && bankgiro_valid(*digits)) return payee_account{payee_account_kind::bankgiro, {}, *digits};
        return fail(error_code::invalid_argument, "is no bankgiro number: 7 or 8 digits, the last by modulus 10 (REF-R01)");
    }
    if (text.starts_with(plusgiro_mark)) {
        const auto digits = normalise_plusgiro(text.substr(plusgiro_mark.size()));
        if (digits && plusgiro_valid(*digits)) return payee_account{payee_account_kind::plusgiro, {}, *digits};
        return fail(error_code::invalid_argument, "is no plusgiro number: 2 to 8 digits, the last by modulus 10");
    }
    if (const auto iban = parse_iban(text)) return payee_account{payee_account_kind::iban, {}, *iban};
    const auto account = parse_bank_account(text);
    if (!account)
        return fail(error_code::invalid_argument, "is no bank account (clearing number and account number) and no IBAN");
    if (!is_usable(*account))
        return fail(error_code::invalid_argument, fmt::format("is no bank account: {}", expectation(test_account(*account))));
    return payee_account{payee_account_kind::bank_account, account->clearing, account->account};
}

std::string masked(const payee_account& account) {
    constexpr std::size_t long_number = 7;
    const std::size_t shown = account.number.size() < long_number && account.kind != payee_account_kind::bank_account ? 2 : 4;
    if (account.kind == payee_account_kind::none) return {};
    const std::string_view number = account.number;
    return fmt::format("{} ...{}", name(account.kind), number.substr(number.size() - std::min(number.size(), shown)));
}

}  // namespace brygga::payouts
