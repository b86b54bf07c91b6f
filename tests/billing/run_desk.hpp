// Invoice runs for tests: made here line by line, with a manifest that fits unless a test spoils it, and taken into a store.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "mapping/billing/receipts.hpp"
#include "mapping/billing/run_progress.hpp"
#include "mapping/billing/take_run.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::billing::test {

using namespace std::chrono_literals;
using nlohmann::json;

inline constexpr date taken_on = 2026y / 11 / 5;
inline constexpr ledger::timestamp_ms hour_ms = 3'600'000;

// A consumer at an address; 12 digits.
[[nodiscard]] json customer_line(std::string_view id, std::string_view identity = "198112289874");
// Of November 2026, one line of water, and another line for each further utility.
[[nodiscard]] json invoice_line(std::string_view number, std::string_view customer, std::int64_t amount_ore = 12'500,
                                std::vector<std::string> utilities = {"VA"});
[[nodiscard]] json credit_line(std::string_view number, std::string_view customer, std::string_view invoice,
                               std::int64_t amount_ore = 2'500);

// The manifest that these lines make.
[[nodiscard]] json manifest_of(const std::vector<json>& lines, std::string_view run_id = "R1");
[[nodiscard]] std::string text_of(const json& manifest, const std::vector<json>& lines);

class run_desk : public ledger::store_test {
 protected:
    run_desk() {
        terms.tenant = ledger::tenant;
        terms.today = taken_on;
        using enum ledger::channel;
        terms.offered = {bank, network, mailbox, email, print};
        time.now_ms = 1'793'869'200'000;  // 2026-11-05 10:00 in Sweden
    }
    void import(const std::vector<json>& lines);
    void registered(std::string_view receiver, std::string_view day = "2026-10-01");

    [[nodiscard]] checked_run check(const std::string& text);
    // "BILL-R01 line 1 /invoices the manifest says ...", one for each fault.
    [[nodiscard]] std::vector<std::string> faults(const std::string& text);
    [[nodiscard]] result<run_outcome> try_take(const std::string& text, const ledger::transaction_source& begin);
    run_outcome take_text(const std::string& text);
    run_outcome take(const std::vector<json>& lines, std::string_view run_id = "R1");

    // "1001 bank planned", "1002 print held BILL-R12", in the order of the file.
    [[nodiscard]] std::vector<std::string> documents(std::string_view run_id = "R1");
    [[nodiscard]] ledger::run_document_item document(std::string_view number);
    [[nodiscard]] ledger::run_item run(std::string_view run_id = "R1");
    // All steps of a document: "bank rejected 410", "print planned".
    [[nodiscard]] std::vector<std::string> steps(std::string_view number);
    // As the dispatch does it, without a file.
    void send(std::string_view number) { send(document(number)); }
    void send(const ledger::run_document_item& item, ledger::sending state = ledger::sending::sent);
    ledger::receipt_answer receipt(std::string_view number, ledger::channel by, ledger::delivery_state outcome,
                                   std::string_view code = {}, std::string_view key = {});

    run_terms terms;
    std::uint32_t lines_per_commit = 2;  // several transactions, also in small runs
};

}  // namespace brygga::billing::test
