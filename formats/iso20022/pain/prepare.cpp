#include "formats/iso20022/pain/detail/prepare.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "formats/core/bank_account.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/bic.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/iban.hpp"
#include "formats/core/money.hpp"
#include "formats/core/plusgiro.hpp"
#include "formats/core/text.hpp"
#include "formats/iso20022/pain/characters.hpp"

namespace brygga::pain::detail {

namespace {

// "2026-11-23T10:00:00"
bool is_moment(std::string_view text) noexcept {
    constexpr std::size_t size = 19;
    if (text.size() != size || !parse_iso_date(text.substr(0, 10)) || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return false;
    const std::string_view hour = text.substr(11, 2), minute = text.substr(14, 2), second = text.substr(17, 2);
    return all_digits(hour) && all_digits(minute) && all_digits(second) && hour < "24" && minute < "60" && second < "60";
}

std::string without_hyphens(std::string_view text) {
    std::string digits = without_blanks(text);
    digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
    return digits;
}

// In the form that the file wants; what has none stays and fails P1-R02.
creditor_account normalised(const creditor_account& from) {
    creditor_account made{from.kind, {}, from.number};
    switch (from.kind) {
        case account_kind::bankgiro:
            made.number = normalise_bankgiro(from.number).value_or(from.number);
            break;
        case account_kind::plusgiro:
            made.number = normalise_plusgiro(from.number).value_or(from.number);
            break;
        case account_kind::bank_account:
            made.clearing = normalise_clearing(from.clearing).value_or(from.clearing);
            made.number = without_hyphens(from.number);
            if (is_plusgiro_clearing(made.clearing)) return {account_kind::plusgiro, {}, made.number};
            break;
        case account_kind::iban:
            made.number = parse_iban(from.number).value_or(from.number);
            break;
        case account_kind::none:
        case account_kind::other:
            return {};
    }
    return made;
}

class preparation {
 public:
    preparation(const bank_profile& profile, written& into) : profile_(profile), into_(into) {}

    batch run(const batch& from) {
        batch made = from;
        made.initiator_name = party_name(from.initiator_name, "GrpHdr/InitgPty/Nm");
        made.debtor_name = party_name(from.debtor_name, "PmtInf/Dbtr/Nm");
        for (payment& each : made.payments) {
            ++ordinal_;
            prepare(each);
        }
        header(made);
        return made;
    }

 private:
    void error(std::string_view path, std::string found, std::string expected, severity level = severity::error) {
        into_.findings.add(static_cast<std::size_t>(rule::R01), level, [&] {
            finding told;
            told.path = path;
            told.found = std::move(found);
            told.expected = std::move(expected);
            return told;
        });
    }

    void fault(const payment& item, const payment_fault& what) {
        const auto told = into_.findings.add(static_cast<std::size_t>(rule::R02), what.level, [&] {
            finding made;
            made.record = "CdtTrfTxInf";
            made.path = fmt::format("payment[{}]/{}", ordinal_, path_of(what.field));
            made.found = what.found;
            made.expected = what.expected;
            // An id that is none may be anything.
            if (identifier_valid(item.id)) made.serial = item.id;
            return made;
        });
        const hold_mark mark{ordinal_, rule::R02};
        if (told && *told >= severity::hold && (into_.holds.empty() || !(into_.holds.back() == mark)))
            into_.holds.push_back(mark);
    }

    std::string party_name(std::string_view text, std::string_view path) {
        const allowed_text made = to_allowed(text);
        const std::size_t size = made.impossible ? 0 : count_code_points(made.text);
        if (made.impossible)
            error(path, {}, "letters that a bank file can hold");
        else if (size == 0 || size > profile_.max_name)
            error(path, fmt::format("{} characters", size), fmt::format("1 to {}", profile_.max_name));
        else if (made.replaced)
            into_.replaced.push_back({0, payment_field::creditor_name});
        return made.text;
    }

    void allow(std::string& text, payment_field field, const payment& item) {
        allowed_text made = to_allowed(text);
        if (made.impossible)
            fault(item, {field, severity::hold, {}, "letters that a bank file can hold"});
        else if (made.replaced)
            into_.replaced.push_back({ordinal_, field});
        text = made.impossible ? std::string() : std::move(made.text);
    }

    void prepare(payment& item) {
        allow(item.creditor_name, payment_field::creditor_name, item);
        allow(item.text, payment_field::text, item);
        if (profile_.creditor_address) {
            allow(item.creditor_town, payment_field::creditor_address, item);
        } else {
            item.creditor_town.clear();
            item.creditor_country.clear();
        }
        if (item.purpose == category_purpose::supplier && !profile_.tell_supplier_purpose) item.purpose = category_purpose::none;
        item.ocr = without_blanks(item.ocr);
        item.account = normalised(item.account);
        for (const payment_fault& each : faults_of(item, {profile_.max_name, true, profile_.max_text, profile_.creditor_address}))
            fault(item, each);
        if (!ids_.insert(item.id).second)
            fault(item, {payment_field::id, severity::hold, {}, "an id that no other payment of the batch has"});
    }

    // The id of a group is that of the message with its number behind.
    void leave_place_for_groups(const batch& item) {
        std::set<std::tuple<date, category_purpose, bool>> groups;
        for (const payment& each : item.payments)
            groups.emplace(each.execution_date, each.purpose, on_bankgiro(item, each));
        const std::string last = fmt::format("-P{}", groups.size());
        const std::size_t most = max_identifier - last.size();
        if (item.message_id.size() > most)
            error("GrpHdr/MsgId", fmt::format("{} characters", item.message_id.size()),
                  fmt::format("at most {}: PmtInfId is it with {} behind", most, last));
    }

    void header(const batch& item) {
        if (!identifier_valid(item.message_id))
            error("GrpHdr/MsgId", {}, fmt::format("1 to {} letters, digits and signs without å, ä and ö", max_identifier));
        else
            leave_place_for_groups(item);
        if (!is_moment(item.created)) error("GrpHdr/CreDtTm", {}, "a moment as 2026-11-23T10:00:00");
        if (!identifier_valid(item.initiator_id))
            error("GrpHdr/InitgPty/Id/OrgId/Othr/Id", {}, "the number of the initiating party");
        // A head office may be named with its branch, XXX.
        const auto bic = parse_bic(item.agent_bic);
        if (!bic || (item.agent_bic != *bic && item.agent_bic != *bic + "XXX"))
            error("PmtInf/DbtrAgt/FinInstnId", {}, "the BIC of our bank");
        if (item.payments.empty()) error("CdtTrfTxInf", {}, "a payment");
        debit(item);
        constexpr std::int64_t max_sum_ore = 999'999'999'999'999'999;  // 18 digits in all
        ore_sum sum;
        for (const payment& each : item.payments)
            sum += each.amount_ore;
        const auto value = sum.value();
        if (!value || *value > max_sum_ore) error("GrpHdr/CtrlSum", {}, "at most 18 digits");
    }

    void debit(const batch& item) {
        constexpr std::string_view path = "PmtInf/DbtrAcct/Id";
        const std::string& number = item.account.number;
        const bool bankgiro = item.account.form == debit_form::bankgiro;
        if (item.account.form == debit_form::iban) {
            // The bank knows the account and answers for it: what looks odd is told and sent.
            const bool swedish = number.size() == *iban_length("SE") && number.starts_with("SE") && all_digits(number.substr(2));
            const auto iban = parse_iban(number);
            if (!iban && !swedish)
                error(path, {}, "an IBAN in capitals without blanks");
            else if (!iban)
                error(path, {}, std::string(expectation(iban.error())), severity::warning);
        } else if (!all_digits(number) || number.size() > max_identifier - 1 || (bankgiro && !bankgiro_valid(number))) {
            error(path, {}, bankgiro ? "a bankgiro number with its check digit" : "an account number in digits");
        }
        if (!item.debtor_bankgiro.empty() && !bankgiro_valid(item.debtor_bankgiro))
            error(path, {}, "a bankgiro number with its check digit");
    }

    const bank_profile& profile_;
    written& into_;
    std::uint32_t ordinal_ = 0;
    std::set<std::string> ids_;
};

}  // namespace

batch prepare(const batch& from, const bank_profile& profile, written& into) {
    return preparation(profile, into).run(from);
}

}  // namespace brygga::pain::detail
