#include "mapping/billing/document_rules.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/bank_days.hpp"

namespace brygga::billing {

namespace {

using json = nlohmann::json;
using ledger::utility;

constexpr std::string_view invoice_fee = "FAK";
constexpr std::string_view connection_fee = "ANS";
constexpr std::string_view interest = "RAN";
// Of a late invoice: reminder, claim, instalment plan, compensation, interest (claims-process.md section 2).
constexpr std::array<std::string_view, 5> late_fees = {"PAM", "INK", "AMO", "FSE", "RAN"};

json members_of(const std::string& document) {
    return document.empty() ? json::object() : json::parse(document, nullptr, false);
}

std::string text_of(const json& from, const char* member) {
    const auto found = from.find(member);
    return found == from.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

class judge_of {
 public:
    judge_of(const ledger::invoice& item, const ledger::invoice_run& run, const run_terms& terms, ledger::transaction& in)
        : item_(item), run_(run), terms_(terms), in_(in) {
        for (const ledger::invoice_line& each : item.lines)
            lines_.push_back(members_of(each.document));
    }

    result<std::vector<document_finding>> all() {
        due_day();
        cycle();
        for (std::size_t i = 0; i != lines_.size(); ++i)
            if (auto done = fee(i); !done) return tl::unexpected(std::move(done.error()));
        if (auto done = combined(); !done) return tl::unexpected(std::move(done.error()));
        return std::move(out_);
    }

 private:
    void stop(std::string_view rule, std::string pointer, std::string text) {
        out_.push_back({rule, true, std::move(pointer), std::move(text)});
    }
    void warn(std::string_view rule, std::string pointer, std::string text) {
        out_.push_back({rule, false, std::move(pointer), std::move(text)});
    }

    void due_day() {
        const date wanted = due_date(terms_, run_.month, item_.issue_date);
        if (item_.due_date != wanted)
            stop("BILL-R12", "/due_date",
                 fmt::format("is {}, and the rule gives {}", format_iso_date(item_.due_date), format_iso_date(wanted)));
        const auto days = (std::chrono::sys_days(item_.due_date) - std::chrono::sys_days(terms_.today)).count();
        if (days < terms_.min_terms_days)
            warn("BILL-R13", "/due_date",
                 fmt::format("is {} days after dispatch, and {} are promised", days, terms_.min_terms_days));
    }

    // BILL-R10, with 2.3.
    void cycle() {
        const std::string told = text_of(members_of(item_.document), "cycle");
        const bool has_supply =
            std::any_of(lines_.begin(), lines_.end(), [](const json& each) { return text_of(each, "product") == "supply"; });
        const bool is_running = run_.kind == ledger::run_kind::ordinary;
        if (has_supply && is_running && told != "MONTHLY")
            warn("BILL-R10", "/cycle", "electricity supply is invoiced every month: expected MONTHLY");
        constexpr unsigned october = 10;
        const bool is_summer = told == "SUMMER" || run_.kind == ledger::run_kind::summer;
        if (is_summer && static_cast<unsigned>(run_.month.month()) != october)
            warn("BILL-R10", "/cycle", "the summer subscription is invoiced in October");
    }

    result<void> fee(std::size_t number) {
        const json& line = lines_[number];
        const std::string code = text_of(line, "fee");
        if (code.empty()) return {};
        const std::string pointer = fmt::format("/lines/{}/fee", number);
        if (code == invoice_fee && item_.lines[number].kind == utility::EL)
            stop("BILL-R14", pointer, "an electricity invoice is free: it carries no invoice fee (CL-R29)");
        if (code == connection_fee)
            if (auto done = connection(item_.lines[number], pointer); !done) return done;
        if (std::find(late_fees.begin(), late_fees.end(), code) == late_fees.end()) return {};
        return late_fee(number, code, text_of(line, "late_invoice"), pointer);
    }

    // BILL-R11.
    result<void> connection(const ledger::invoice_line& line, const std::string& pointer) {
        constexpr std::string_view rule = "BILL-R11";
        if (line.kind == utility::FI) stop(rule, pointer, "a connection of fibre needs a credit decision, and none is known");
        const auto connected = in_.newest_event(line.supply_point, ledger::facility_happening::connected);
        if (!connected) return tl::unexpected(connected.error());
        if (!*connected || **connected > item_.issue_date) {
            stop(rule, pointer,
                 *connected ? "the facility was connected after the day of issue" : "nothing is known of a connection");
            return {};
        }
        if (!connections_.insert(line.supply_point).second) {
            stop(rule, pointer, "the connection fee of this facility stands twice");
            return {};
        }
        const auto before = in_.invoice_with_fee_at(line.supply_point, connection_fee, **connected, item_.number);
        if (!before) return tl::unexpected(before.error());
        if (*before)
            stop(rule, pointer,
                 fmt::format("this connection was invoiced before, by the invoice with the id {}", ledger::format_id(**before)));
        return {};
    }

    // BILL-R16.
    result<void> late_fee(std::size_t number, const std::string& code, const std::string& late_invoice,
                          const std::string& pointer) {
        constexpr std::string_view rule = "BILL-R16";
        if (late_invoice.empty()) {
            stop(rule, pointer, fmt::format("{} is of a late invoice, whose number the line does not say", code));
            return {};
        }
        const auto known = in_.invoice_with_number(late_invoice);
        if (!known) return tl::unexpected(known.error());
        if (!*known || (*known)->customer_id != item_.customer_id || late_invoice == item_.number) {
            stop(rule, pointer, "names no earlier invoice of this customer");
            return {};
        }
        // Interest is of each part (BILL-R29, R32), and of each time.
        const std::string& supply_point = item_.lines[number].supply_point;
        const std::string from = code == interest ? text_of(lines_[number], "from") : std::string();
        if (!fees_.emplace(code, late_invoice, supply_point, from).second) {
            stop(rule, pointer, fmt::format("{} of this late invoice stands twice", code));
            return {};
        }
        const auto before = in_.invoice_with_fee({item_.customer_id, code, late_invoice, supply_point, from, item_.number});
        if (!before) return tl::unexpected(before.error());
        if (*before)
            stop(rule, pointer,
                 fmt::format("{} of this late invoice was invoiced before, by the invoice with the id {}", code,
                             ledger::format_id(**before)));
        return {};
    }

    // BILL-R28.
    result<void> combined() {
        const auto who = in_.find_customer(item_.customer_id);
        if (!who) return tl::unexpected(who.error());
        if (!*who || (*who)->wishes.is_separate) return {};
        ledger::run_document own;
        own.run_id = run_.id;
        own.customer_id = item_.customer_id;
        own.due = item_.due_date;
        own.number = item_.number;
        const auto line = in_.invoice_runs().line_of_another(own);
        if (!line) return tl::unexpected(line.error());
        if (*line != 0)
            warn("BILL-R28", "/number",
                 fmt::format("line {} of the run is of the same customer and due date, who has not asked for separate invoices",
                             *line));
        return {};
    }

    const ledger::invoice& item_;
    const ledger::invoice_run& run_;
    const run_terms& terms_;
    ledger::transaction& in_;
    std::vector<json> lines_;
    std::set<std::tuple<std::string, std::string, std::string, std::string>> fees_;
    std::set<std::string> connections_;
    std::vector<document_finding> out_;
};

}  // namespace

result<std::vector<document_finding>> judge(const ledger::invoice& item, const ledger::invoice_run& run, const run_terms& terms,
                                            ledger::transaction& in) {
    return judge_of(item, run, terms, in).all();
}

}  // namespace brygga::billing
