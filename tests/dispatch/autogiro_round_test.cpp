// From an invoice and a mandate to the money: what brygga run --once does, day after day.
#include <gmock/gmock.h>

#include "connectors/intake/fetching.hpp"
#include "connectors/intake/intake.hpp"
#include "tests/dispatch/autogiro_company.hpp"
#include "tests/dispatch/office.hpp"
#include "tests/inbound/autogiro_text.hpp"

namespace brygga::dispatch::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// As brygga run --once: fetches, books, sends. What the intake rejected or held, by name.
std::vector<std::string> run_once(office& at) {
    intake::day_report fetched;
    intake::fetch_once(at.with, *at.store, at.how.base, at.how.connect, {}, fetched);
    EXPECT_TRUE(fetched.failures.empty());
    const auto booked = intake::intake_once(at.with, *at.store, at.how.base);
    EXPECT_TRUE(booked.failures.empty());
    EXPECT_THAT(at.run().troubles, IsEmpty());
    std::vector<std::string> not_booked;
    for (const auto& each : booked.files)
        if (each.outcome != ledger::file_outcome::archived) not_booked.push_back(each.name);
    return not_booked;
}

std::int64_t open_ore(office& at) {
    const auto in = at.store->begin_read("energi");
    if (!in) return -1;
    const auto open = (*in)->open_invoices_of("7001");
    if (!open) return -1;
    std::int64_t sum = 0;
    for (const auto& each : *open)
        sum += each.open_ore();
    return sum;
}

std::vector<std::string> collections(office& at) {
    const auto in = at.store->begin_read("energi");
    if (!in) return {in.error().text};
    const auto all = (*in)->direct_debit().collections_of_payer("9912346", "7001", 10);
    if (!all) return {all.error().text};
    std::vector<std::string> out;
    for (const auto& each : *all)
        out.push_back(fmt::format("{} {}", each.row.amount_ore, name(each.newest.state)));
    return out;
}

TEST(autogiro_round, collects_an_invoice_once_and_the_specification_pays_it) {
    const intake_test::scratch_folder folder;
    put_key(folder.path());
    office at(folder.path(), agreement());
    seed(*at.store);
    at.clock.now_ms = monday_noon + 3 * hour;
    for (int pass = 0; pass < 2; ++pass, at.clock.now_ms += hour)
        EXPECT_THAT(run_once(at), IsEmpty());
    ASSERT_THAT(at.bank.files, SizeIs(1));
    EXPECT_THAT(at.bank.files.begin()->second, HasSubstr("HMAC"));
    EXPECT_EQ(open_ore(at), 12'500);
    EXPECT_THAT(collections(at), ElementsAre("12500 instructed"));

    // Bankgirot has taken the file, and a week later its report lies there.
    at.bank.files.clear();
    at.bank.files["out/UAGAG.K0471117.D261130.T061502"] = inbound::test::autogiro_bytes(
        "open PAYSPEC_NEW 2026-11-30\nentry 15 2026-11-30 00001\npay 7001 125.00 ref=10007001\nclose\n");
    at.clock.now_ms = monday_noon + 7 * day + 3 * hour;
    for (int pass = 0; pass < 2; ++pass, at.clock.now_ms += hour)
        EXPECT_THAT(run_once(at), IsEmpty());
    EXPECT_EQ(open_ore(at), 0);
    EXPECT_THAT(collections(at), ElementsAre("12500 executed"));
    EXPECT_THAT(at.bank.files, IsEmpty()) << "nothing is asked for any more";
}

TEST(autogiro_round, a_report_for_another_customer_number_is_rejected) {
    const intake_test::scratch_folder folder;
    put_key(folder.path());
    office at(folder.path(), agreement());
    seed(*at.store);
    at.clock.now_ms = monday_noon + 3 * hour;
    static_cast<void>(run_once(at));
    at.bank.files["out/other"] = inbound::test::autogiro_bytes(
        "open PAYSPEC_NEW 2026-11-30 customer=471118\nentry 15 2026-11-30 00001\npay 7001 125.00 ref=10007001\nclose\n");
    at.clock.now_ms += 7 * day;
    EXPECT_THAT(run_once(at), ElementsAre("other"));
    EXPECT_EQ(open_ore(at), 12'500);
}

// AG-R20, as the rules of the seal tell it.
TEST(autogiro_round, a_report_is_booked_with_the_right_seal_and_rejected_with_a_wrong_one) {
    const std::string report = seal::testing::sealed_by_reference(
        seal::testing::other_key,
        inbound::test::autogiro_bytes(
            "open PAYSPEC_NEW 2026-11-30\nentry 15 2026-11-30 00001\npay 7001 125.00 ref=10007001\nclose\n"),
        "261130");
    for (const bool right : {false, true}) {
        const intake_test::scratch_folder folder;
        put_key(folder.path());
        office at(folder.path(), agreement());
        seed(*at.store);
        at.clock.now_ms = monday_noon + 3 * hour;
        static_cast<void>(run_once(at));
        at.bank.files["out/report"] = right ? report : seal::testing::replaced(report, "10007001", "10007002");
        at.clock.now_ms += 7 * day;
        EXPECT_EQ(run_once(at).size(), right ? 0u : 1u);
        EXPECT_EQ(open_ore(at), right ? 0 : 12'500);
    }
}

}  // namespace
}  // namespace brygga::dispatch::test
