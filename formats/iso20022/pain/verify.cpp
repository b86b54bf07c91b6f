#include "formats/iso20022/pain/detail/verify.hpp"

#include <fmt/format.h>

namespace brygga::pain::detail {

namespace {

void differs(written& into, std::string path, std::string_view serial, std::string_view expected) {
    into.findings.add(static_cast<std::size_t>(rule::R01), severity::error, [&] {
        finding made;
        made.path = std::move(path);
        made.serial = serial;
        made.expected = expected;
        return made;
    });
}

class comparison : public sink {
 public:
    comparison(const batch& item, std::span<const pain::payment* const> order, written& into)
        : item_(item), order_(order), into_(into) {}

    void payment(const payment_view& found) override {
        const std::size_t index = read_++;
        if (index >= order_.size()) return;
        const pain::payment& wanted = *order_[index];
        if (!(found.what == wanted) || !found.has_amount || found.currency != "SEK")
            differs(into_, fmt::format("PmtInf[{}]/CdtTrfTxInf[{}]", found.group_no, found.group_ordinal), wanted.id,
                    "the payment as it was given");
        if (found.group_ordinal == 1) group(found);
    }

    [[nodiscard]] bool complete() const noexcept { return read_ == order_.size(); }

 private:
    void group(const payment_view& found) {
        const instruction& data = *found.group;
        const bool drawn_on_bankgiro = found.what.account.kind == account_kind::bankgiro && !item_.debtor_bankgiro.empty();
        const std::string& number = drawn_on_bankgiro ? item_.debtor_bankgiro : item_.account.number;
        const std::string_view stated =
            (data.debtor_account.iban.present ? data.debtor_account.iban : data.debtor_account.other).text;
        if (stated != number || data.debtor.name.text != item_.debtor_name || data.debtor_agent.bic.text != item_.agent_bic)
            differs(into_, fmt::format("PmtInf[{}]", found.group_no), {}, "our name, account and bank");
    }

    const batch& item_;
    std::span<const pain::payment* const> order_;
    written& into_;
    std::size_t read_ = 0;
};

}  // namespace

void verify(std::string_view bytes, const batch& item, std::span<const payment* const> order, const bank_profile& profile,
            written& into) {
    comparison compared(item, order, into);
    read_options options;
    options.limits = {profile.max_name, true, profile.max_text, profile.creditor_address};
    const initiation_file file = read(bytes, options, &compared);
    for (const finding& each : file.findings.kept())
        if (each.level >= severity::hold) into.findings.add(each.rule->index, severity::error, [&] { return each; });
    if (file.version != profile.version || file.id != item.message_id || file.created != item.created)
        differs(into, "GrpHdr", {}, "the message that was given");
    if (!compared.complete()) differs(into, "GrpHdr/NbOfTxs", {}, "every payment once");
}

}  // namespace brygga::pain::detail
