#include "tests/pain/batches.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

namespace brygga::pain {

std::string example(std::string_view name) {
    const std::string path = fmt::format("{}/fixtures/pain/example.{}.xml", BRYGGA_SOURCE_DIR, name);
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot open " + path);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
    std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error(fmt::format("the text has no {}", from));
    for (; at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

batch worked_batch() {
    batch made;
    made.message_id = "REFUND-20261123-01";
    made.created = "2026-11-23T10:00:00";
    made.initiator_name = "Provstad Energi AB";
    made.initiator_id = "5560000001";
    made.debtor_name = "Provstad Energi AB";
    made.account = {debit_form::iban, "SE0000000000000000000000"};
    made.agent_bic = "XXXXSESS";
    payment refund;
    refund.id = "REFUND-0000001";
    refund.amount_ore = 30050;
    refund.execution_date = parse_iso_date("2026-11-26").value();
    refund.creditor_name = "Anna Exempel";
    refund.account = {account_kind::bank_account, "3300", "1212121212"};
    refund.text = "ÅTERBET 7001";
    made.payments = {refund};
    return made;
}

bank_profile worked_profile() {
    bank_profile made;
    made.batch_booking = false;
    return made;
}

std::optional<std::string> never_used(std::string_view) {
    return std::nullopt;
}

std::vector<std::string> short_findings(const finding_list& findings) {
    std::vector<std::string> out;
    for (const finding& each : findings.kept())
        out.push_back(fmt::format("{} {} {}", name(each.level), each.rule->id, each.path));
    return out;
}

std::vector<payment> payments_in(std::string_view document) {
    struct collector : sink {
        void payment(const payment_view& each) override { all.push_back(each.what); }
        std::vector<pain::payment> all;
    } into;
    (void)read(document, {}, &into);
    return into.all;
}

}  // namespace brygga::pain
