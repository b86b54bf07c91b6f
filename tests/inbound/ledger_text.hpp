// A ledger from text, and a ledger as text, for scenarios.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/store.hpp"
#include "tests/inbound/payout_text.hpp"
#include "tests/ledger/manual_clock.hpp"

namespace brygga::inbound::test {

// Throws std::runtime_error with the error's text.
template <class T>
T must(result<T> value) {
    if (!value) throw std::runtime_error(value.error().text);
    if constexpr (!std::is_void_v<T>) return std::move(*value);
}

class test_ledger {
 public:
    explicit test_ledger(const std::filesystem::path& folder);

    void seed(const std::string& lines);
    void seed(const std::string& lines, ledger::transaction& into);
    [[nodiscard]] std::unique_ptr<ledger::transaction> begin() { return must(store_->begin("provbolaget")); }
    [[nodiscard]] ledger::store& store() noexcept { return *store_; }

    [[nodiscard]] std::string books();
    [[nodiscard]] std::string holds();
    [[nodiscard]] std::string open();
    // "7001 K1 active 2026-11-23 04/32", "10002347 1 7001 500.00 2026-02-27 executed 0", "mandate-rejected 7001 K1 {...}".
    [[nodiscard]] std::string mandates();
    [[nodiscard]] std::string collections();
    [[nodiscard]] std::string matters();
    [[nodiscard]] std::string payouts() { return payouts_.states(*begin()); }
    // What {P1} stands for in the text of a file.
    [[nodiscard]] std::string filled_in(const std::string& text) const { return payouts_.filled_in(text); }
    [[nodiscard]] const payout_names& payouts_here() const noexcept { return payouts_; }
    // Of statements, without a booked deposit: "9912346 2026-03-02 00041 10.00 SEK".
    [[nodiscard]] std::vector<std::string> totals();

 private:
    void seed_line(const std::string& line, ledger::transaction& into);
    static void seed_collection(const std::vector<std::string>& words, ledger::transaction& into);
    [[nodiscard]] std::string subject_name(ledger::transaction& from, const ledger::posting& item);
    [[nodiscard]] std::string payment_name(ledger::transaction& from, ledger::row_id payment_id);

    ledger::manual_clock clock_;
    std::unique_ptr<ledger::store> store_;
    std::vector<std::string> invoices_, credits_;  // numbers, references, as seeded
    std::map<ledger::row_id, std::string> names_;
    std::vector<ledger::row_id> batches_;
    payout_names payouts_;
};

[[nodiscard]] std::string told(const logical_result& file);
[[nodiscard]] std::string told(const file_result& file);
[[nodiscard]] std::string findings_of(const std::vector<logical_result>& files);

}  // namespace brygga::inbound::test
