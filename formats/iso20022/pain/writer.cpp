#include "formats/iso20022/pain/writer.hpp"

#include <array>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "formats/core/plusgiro.hpp"
#include "formats/core/sha256.hpp"
#include "formats/iso20022/pain/detail/prepare.hpp"
#include "formats/iso20022/pain/detail/verify.hpp"
#include "formats/xml/texts.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::pain {

namespace {

constexpr std::string_view currency = "SEK";
constexpr std::string_view bankgiro_member = "9900";
constexpr std::array<std::string_view, 3> scheme_codes = {"", "BANK", "CUST"};

// What the payments of one PmtInf have in common.
struct group_key {
    date day{};
    category_purpose purpose{};
    bool on_bankgiro = false;  // drawn on our bankgiro instead of the account

    [[nodiscard]] bool operator<(const group_key& other) const noexcept {
        return std::tie(day, purpose, on_bankgiro) < std::tie(other.day, other.purpose, other.on_bankgiro);
    }
};
using groups = std::map<group_key, std::vector<const payment*>>;

groups grouped(const batch& item) {
    groups made;
    for (const payment& each : item.payments)
        made[{each.execution_date, each.purpose, detail::on_bankgiro(item, each)}].push_back(&each);
    return made;
}

// Fills the records of the message and hands them to the XML writer.
class message_writer {
 public:
    message_writer(const batch& item, const bank_profile& profile, std::string& to)
        : item_(item), profile_(profile), out_([&to](std::string_view part) { to += part; }, profile.version) {}

    void run(const groups& all) {
        initiation message;
        ore_sum sum;
        for (const payment& each : item_.payments)
            sum += each.amount_ore;
        message.id = header_.keep(item_.message_id);
        message.created = header_.keep(item_.created);
        message.count = header_.keep(fmt::format("{}", item_.payments.size()));
        message.sum = header_.keep(format_decimal_amount(sum));
        message.initiator.name = header_.keep(item_.initiator_name);
        iso20022::identification& number = message.initiator.organisation.add();
        number.id = header_.keep(item_.initiator_id);
        if (profile_.initiator != initiator_scheme::none)
            number.scheme_code = header_.keep(std::string(scheme_codes[static_cast<std::size_t>(profile_.initiator)]));
        const std::string name_space = fmt::format("urn:iso:std:iso:20022:tech:xsd:pain.001.001.{:02}", profile_.version);
        out_.document("Document", name_space, [&] {
            out_.open("CstmrCdtTrfInitn", initiation_table(), &message);
            std::size_t no = 0;
            for (const auto& [key, payments] : all)
                group(++no, key, payments);
            out_.close();
        });
    }

 private:
    void group(std::size_t no, const group_key& key, const std::vector<const payment*>& payments) {
        group_.clear();
        instruction made;
        ore_sum sum;
        for (const payment* each : payments)
            sum += each->amount_ore;
        made.id = group_.keep(fmt::format("{}-P{}", item_.message_id, no));
        made.method = group_.keep("TRF");
        if (profile_.batch_booking) made.batch_booking = group_.keep("true");
        made.count = group_.keep(fmt::format("{}", payments.size()));
        made.sum = group_.keep(format_decimal_amount(sum));
        if (key.purpose != category_purpose::none) made.category_purpose = group_.keep(std::string(code_of(key.purpose)));
        made.execution_day = group_.keep(format_iso_date(key.day));
        made.debtor.name = group_.keep(item_.debtor_name);
        debtor_account(key.on_bankgiro, made.debtor_account);
        made.debtor_agent.bic = group_.keep(item_.agent_bic);
        out_.open("PmtInf", instruction_table(), &made);
        for (const payment* each : payments)
            transfer_of(*each);
        out_.close();
    }

    void debtor_account(bool on_bankgiro, account& made) {
        const debit_form form = on_bankgiro ? debit_form::bankgiro : item_.account.form;
        const value number = group_.keep(on_bankgiro ? item_.debtor_bankgiro : item_.account.number);
        switch (form) {
            case debit_form::iban:
                made.iban = number;
                break;
            case debit_form::bban:
                made.other = number;
                made.scheme_code = group_.keep("BBAN");
                break;
            case debit_form::bankgiro:
                made.other = number;
                made.scheme_proprietary = group_.keep("BGNR");
                break;
        }
        made.currency = group_.keep(std::string(currency));
    }

    void transfer_of(const payment& item) {
        payment_.clear();
        transfer_.clear();
        transfer_.instruction_id = payment_.keep(item.id);
        transfer_.end_to_end_id = payment_.keep(item.id);
        transfer_.amount = payment_.keep(format_decimal_amount(item.amount_ore));
        transfer_.currency = payment_.keep(std::string(currency));
        creditor(item);
        remittance(item);
        out_.whole("CdtTrfTxInf", transfer_table(), &transfer_);
    }

    void creditor(const payment& item) {
        transfer_.creditor.name = payment_.keep(item.creditor_name);
        if (!item.creditor_town.empty()) transfer_.creditor.town = payment_.keep(item.creditor_town);
        if (!item.creditor_country.empty()) transfer_.creditor.country = payment_.keep(item.creditor_country);
        account& made = transfer_.creditor_account;
        switch (item.account.kind) {
            case account_kind::iban:
                made.iban = payment_.keep(item.account.number);
                return;
            case account_kind::bankgiro:
                member(bankgiro_member);
                made.scheme_proprietary = payment_.keep("BGNR");
                break;
            case account_kind::plusgiro:
                member(profile_.plusgiro_member);
                made.scheme_code = payment_.keep("BBAN");
                break;
            case account_kind::bank_account:
                member(item.account.clearing);
                made.scheme_code = payment_.keep("BBAN");
                break;
            case account_kind::none:
            case account_kind::other:
                return;  // held before it came here
        }
        made.other = payment_.keep(item.account.number);
    }

    void member(std::string_view number) {
        transfer_.creditor_agent.clearing_system = payment_.keep("SESBA");
        transfer_.creditor_agent.member = payment_.keep(std::string(number));
    }

    void remittance(const payment& item) {
        if (!item.text.empty()) transfer_.unstructured.add() = payment_.keep(item.text);
        if (item.ocr.empty()) return;
        iso20022::structured& made = transfer_.remittances.add();
        made.remitted = payment_.keep(format_decimal_amount(item.amount_ore));
        made.remitted_currency = payment_.keep(std::string(currency));
        made.reference_type = payment_.keep("SCOR");
        made.reference = payment_.keep(item.ocr);
    }

    const batch& item_;
    const bank_profile& profile_;
    xml::writer out_;
    xml::texts header_, group_, payment_;
    transfer transfer_;
};

result<void> check(const bank_profile& profile) {
    constexpr std::size_t longest_in_schema = 140;
    constexpr std::size_t shortest_text = 25;
    const auto refuse = [](std::string_view what) {
        return fail(error_code::invalid_argument, fmt::format("bank profile: {}", what));
    };
    if (profile.version != 3 && profile.version != 9) return refuse("the version of pain.001 is 3 or 9");
    if (!is_plusgiro_clearing(profile.plusgiro_member)) return refuse("the clearing number of plusgiro is 9960 or 9500");
    if (profile.max_name == 0 || profile.max_name > longest_in_schema) return refuse("a name has 1 to 140 characters");
    if (profile.max_text < shortest_text || profile.max_text > longest_in_schema)
        return refuse("a text has 25 to 140 characters");
    return {};
}

void refuse_used_id(const batch& item, const earlier_messages& earlier, std::string_view content_hash, written& into) {
    const std::optional<std::string> used = earlier(item.message_id);
    if (!used || *used == content_hash) return;
    into.findings.add(static_cast<std::size_t>(rule::R03), severity::error, [&] {
        finding made;
        made.path = "GrpHdr/MsgId";
        made.found = item.message_id;
        made.expected = "an id that was not used, or the content that went out under it";
        return made;
    });
}

}  // namespace

result<written> write(const batch& from, const bank_profile& profile, const earlier_messages& earlier) {
    if (const auto sound = check(profile); !sound) return tl::unexpected(sound.error());
    written made{{}, {}, {}, {}, finding_list(rules())};
    const batch item = detail::prepare(from, profile, made);
    if (!made.accepted()) return made;
    const groups all = grouped(item);
    std::string bytes;
    message_writer(item, profile, bytes).run(all);
    std::vector<const payment*> order;
    for (const auto& [key, payments] : all)
        order.insert(order.end(), payments.begin(), payments.end());
    detail::verify(bytes, item, order, profile, made);
    std::string content_hash = sha256_hex(bytes);
    refuse_used_id(item, earlier, content_hash, made);
    if (!made.accepted()) return made;
    made.bytes = std::move(bytes);
    made.content_hash = std::move(content_hash);
    return made;
}

}  // namespace brygga::pain
