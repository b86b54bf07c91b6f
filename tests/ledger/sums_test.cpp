// Totals beyond 64 bits of öre: SQLite's own sum() fails there.
#include "formats/core/money.hpp"
#include "mapping/ledger/summary.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

constexpr std::int64_t largest_ore = 999'999'999'999'999'999;  // what 18 digits of a bank file hold
constexpr int payments = 12;

class sums : public store_test {};

TEST_P(sums, sql_sums_overflow_at_twelve_payments_of_eighteen_nines) {
    {
        auto into = begin();
        bank_file from(*into);
        for (int i = 0; i < payments; ++i) {
            entry item = to_suspense(from, from.add_payment(largest_ore));
            must(into->add_entry(item));
        }
        from.finish();
        must(into->commit());
    }
    auto in = read();
    const ledger_summary books = must(summarize(*in));
    ore_sum total;
    for (const account_sum& each : books.accounts) {
        total += each.sum_ore;
        if (each.of == account::bank) {
            EXPECT_EQ(each.sum_ore.text(), "11999999999999999988");
            EXPECT_EQ(format_decimal_amount(each.sum_ore), "119999999999999999.88");
        }
        if (each.of == account::suspense) {
            EXPECT_EQ(format_decimal_amount(each.sum_ore), "-119999999999999999.88");
        }
    }
    EXPECT_EQ(total, 0);
    EXPECT_EQ(books.suspense.size(), std::size_t{payments});
    const proof proved = must(ledger->verify(tenant));
    EXPECT_TRUE(proved.balanced && proved.chain_intact) << testing::PrintToString(proved.faults);
}

TEST_P(sums, sql_sums_overflow_at_advances_and_invoices_too) {
    auto into = begin();
    receivables_policy keep_advances;
    keep_advances.use_free_advances = false;
    for (int i = 0; i < payments; ++i) {
        give_advance(*into, "K1", largest_ore, std::chrono::sys_days(paid) + std::chrono::days(i));
        post(*into, an_invoice("F" + std::to_string(i), "K1", {largest_ore}), keep_advances);
    }
    EXPECT_EQ(must(into->advance_sums()).at(0).free_ore.text(), "11999999999999999988");
    EXPECT_EQ(must(into->invoice_sums()).at(0).open_ore.text(), "11999999999999999988");
    EXPECT_EQ(must(into->invoice_sums()).at(0).invoiced_ore.text(), "11999999999999999988");
    const auto reserved = must(into->reserve_advances());
    ASSERT_EQ(reserved.size(), 1U);
    EXPECT_EQ(reserved[0].amount_ore.text(), "11999999999999999988");
    EXPECT_EQ(must(into->find_reservation(reserved[0].id))->row.amount_ore.text(), "11999999999999999988");
    EXPECT_EQ(must(into->advance_sums()).at(0).reserved_ore.text(), "11999999999999999988");
}

// Lines that go up and down leave 64 bits on the way to their total.
TEST_P(sums, sql_sums_overflow_between_the_postings_of_one_entry) {
    auto into = begin();
    std::vector<std::int64_t> lines;
    for (int i = 0; i < payments; ++i)
        lines.push_back(largest_ore);
    for (int i = 1; i < payments; ++i)
        lines.push_back(-largest_ore);
    invoice item = an_invoice("F1", "K1", {});
    for (std::size_t i = 0; i < lines.size(); ++i)
        item.lines.push_back({utility::EL, "S" + std::to_string(i), "avgift", lines[i], {}});
    item.total_ore = largest_ore;
    post(*into, item);
    const auto open = must(into->open_invoices_of_amount(largest_ore, 5));
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].parts.size(), lines.size());
}

BRYGGA_ALL_STORES(sums);

TEST(amounts, of_any_size_are_printed_with_a_point) {
    EXPECT_EQ(format_decimal_amount(ore_sum()), "0.00");
    EXPECT_EQ(format_decimal_amount(ore_sum() -= 5), "-0.05");
    EXPECT_EQ(format_decimal_amount(ore_sum() += 123450), "1234.50");
}

}  // namespace
}  // namespace brygga::ledger
