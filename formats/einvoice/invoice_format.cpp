#include "formats/einvoice/invoice_format.hpp"

#include <algorithm>

#include "formats/core/money.hpp"

namespace brygga::einvoice {

bool invoice_format::refuses(std::string_view head) const noexcept {
    if (!xml::look_at_root(head).name.empty()) return false;
    return std::any_of(kind_.namespaces.begin(), kind_.namespaces.end(),
                       [&](std::string_view each) { return head.find(each) != std::string_view::npos; });
}

void invoice_format::check(std::string_view bytes, const read_settings& with,
                           const std::function<void(const check_report&)>& each) const {
    const tree document(bytes, kind_.in(bytes));
    rule_policy policy = with.policy;
    if (document.fault() && !policy.only.empty()) policy.only.emplace(rules().front().id);  // is told whatever was asked for
    finding_list findings(rules(), policy);
    kind_.evaluate(document, bytes, findings);
    check_report report;
    report.logical_no = 1;
    report.version = kind_.version;
    report.id = kind_.id(document.root());
    report.accepted = !findings.refused();
    for (const element_name counted : kind_.counted)
        document.root().children(counted, [&](element at) { ++report.records[std::string(at.local_name())]; });
    if (const auto amount = parse_decimal_amount(kind_.payable(document.root())))
        report.sums_ore["payable"] = std::to_string(*amount);
    report.findings = &findings;
    each(report);
}

void invoice_format::to_ledger(std::string_view bytes, const read_settings&,
                               const std::function<void(const ledger_row&)>& each) const {
    kind_.rows(tree(bytes, kind_.in(bytes)), each);
}

}  // namespace brygga::einvoice
