// Deposits that were booked and cannot be handed on: each is left out alone, told with its reason, and shown until somebody has
// seen to it.
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "connectors/intake/handovers.hpp"
#include "tests/intake/route_site.hpp"

namespace brygga::intake {
namespace {

namespace fs = std::filesystem;
using intake_test::as_bgmax;
using intake_test::collect;
using intake_test::example;
using intake_test::get;
using intake_test::replaced;
using intake_test::site;
using intake_test::staged;
using intake_test::two_entries;
using intake_test::with_held_entry;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

bool is_first(std::uint32_t entry) {
    return entry == 1;
}

// Two deposits, the second changed.
std::string with_second(std::string_view from, std::string_view to) {
    const std::string both = two_entries();
    const std::size_t second = both.find("<Ntry>", both.find("<Ntry>") + 1);
    return both.substr(0, second) + replaced(both.substr(second), from, to);
}

// 1200.00 less a deduction of 849.50 by another payer.
std::string with_deduction() {
    const std::string both = two_entries();
    const std::size_t second = both.find("<Ntry>", both.find("<Ntry>") + 1);
    std::string entry = both.substr(second);
    for (int i = 0; i < 2; ++i)
        entry = replaced(entry, "2049.50", "350.50");
    entry = replaced(entry, "</Dbtr>",
                     "</Dbtr><DbtrAcct><Id><Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></DbtrAcct>");
    return both.substr(0, second) + replaced(entry, "849.50</Amt><CdtDbtInd>CRDT", "849.50</Amt><CdtDbtInd>DBIT");
}

struct fault_case {
    std::string what, bytes, why;
};

void PrintTo(const fault_case& item, std::ostream* out) {
    *out << item.what;
}

std::vector<fault_case> cases() {
    return {
        {"odd_date", with_second("<ValDt><Dt>2026-03-02", "<ValDt><Dt>1990-01-02"), "BGMAX-R35"},
        {"a_deduction_without_its_payment", with_deduction(), "BGMAX-R36"},
        {"a_return", with_second("</TxDtls>", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>"), "CAMT-R30"},
    };
}

class left_out_test : public testing::TestWithParam<fault_case> {};

TEST_P(left_out_test, only_this_deposit_is_left_out_and_told) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    const std::string& bytes = GetParam().bytes;
    place.deliver("in.xml", bytes);
    const day_report report = place.run();
    ASSERT_EQ(report.files.size(), 1U);
    ASSERT_EQ(report.files[0].outcome, ledger::file_outcome::archived);
    ASSERT_EQ(report.files[0].routes.size(), 1U);
    const routed& made = report.files[0].routes[0];
    EXPECT_EQ(made.error, "");
    EXPECT_EQ(made.sections, 1U);
    ASSERT_EQ(made.left_out.size(), 1U);
    EXPECT_EQ(made.left_out[0].section_no, 2U);
    EXPECT_EQ(made.left_out[0].bankgiro, "9912346");
    EXPECT_GT(made.left_out[0].amount_ore, 0);
    EXPECT_EQ(made.left_out[0].serial, "00042");
    EXPECT_THAT(made.left_out[0].why, HasSubstr(GetParam().why));
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(bytes, is_first)});
    EXPECT_EQ(staged(place), 0U);
}

INSTANTIATE_TEST_SUITE_P(deposits, left_out_test, testing::ValuesIn(cases()), [](const auto& item) { return item.param.what; });

TEST(route_faults_test, when_every_deposit_has_a_fault_nothing_is_handed_on) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.xml", replaced(example(), "<ValDt><Dt>2026-03-02", "<ValDt><Dt>1990-01-02"));
    const day_report report = place.run();
    ASSERT_EQ(report.files.size(), 1U);
    const routed& made = report.files[0].routes.at(0);
    EXPECT_EQ(made.file, "");
    EXPECT_EQ(made.left_out.size(), 1U);
    EXPECT_THAT(made.left_out[0].why, testing::Not(HasSubstr("makers")));
    EXPECT_THAT(collect(place), IsEmpty());
    EXPECT_EQ(staged(place), 0U);
}

// The second of with_deduction() so many times.
std::string with_deductions(std::size_t count) {
    const std::string both = with_deduction();
    const std::size_t begin = both.find("<Ntry>", both.find("<Ntry>") + 1);
    const std::size_t end = both.rfind("</Ntry>") + 7;
    std::string out = both.substr(0, begin);
    for (std::size_t i = 0; i < count; ++i) {
        std::string entry = replaced(both.substr(begin, end - begin), "00042-", fmt::format("{:05}-", 50 + i));
        entry = replaced(entry, "EXBK20260302000030", fmt::format("EXBK{:014}", 1'000'000 + i));
        out += replaced(entry, "EXBK20260302000040", fmt::format("EXBK{:014}", 2'000'000 + i));
    }
    return out + both.substr(end);
}

// The reading of our own file keeps a thousand findings: the file was converted again for each thousand.
TEST(route_faults_test, more_deposits_with_a_fault_than_findings_are_kept_are_left_out_in_one_go) {
    std::vector<std::size_t> conversions;
    for (const std::size_t faulty : {std::size_t{1}, default_finding_cap + 1}) {
        const intake_test::scratch_folder folder;
        site place(folder.path());
        const std::string bytes = with_deductions(faulty);
        place.deliver("in.xml", bytes);
        const day_report report = place.run();
        ASSERT_EQ(report.files.size(), 1U);
        const routed& made = report.files[0].routes.at(0);
        EXPECT_EQ(made.sections, 1U);
        ASSERT_EQ(made.left_out.size(), faulty);
        EXPECT_THAT(made.left_out.front().why, HasSubstr("BGMAX-R36"));
        EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(bytes, is_first)});
        conversions.push_back(place.files.created_in(place.tenant().routes.front().staging()));
    }
    EXPECT_EQ(conversions[0], conversions[1]);
}

TEST(route_faults_test, the_ledger_is_free_while_a_file_is_converted) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    const auto other = ledger::open_sqlite_store(place.with.store.string(), place.clock, 0);
    ASSERT_TRUE(other.has_value());
    std::size_t free = 0;
    place.how.at_step = [&](std::string_view step) {
        if (step == step::staged && (*other)->begin(place.tenant().id)) ++free;
    };
    place.deliver("in.xml", with_held_entry());
    (void)place.run();
    EXPECT_EQ(free, 1U);
    ASSERT_TRUE(place.release("in.xml", {1, 2}).has_value());
    EXPECT_EQ(free, 2U);
}

// What is booked is known only in the transaction: the second deposit of a statement whose first one came as a notification.
TEST(route_faults_test, what_another_file_had_brought_is_not_handed_on_with_the_rest) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("first.xml", example());
    (void)place.run();
    (void)collect(place);
    std::string bytes = replaced(two_entries(), "EX-0001<", "EX-0002<");
    for (const auto& [from, to] : {std::pair{"camt.054", "camt.053"}, std::pair{"<BkToCstmrDbtCdtNtfctn>", "<BkToCstmrStmt>"},
                                   std::pair{"</BkToCstmrDbtCdtNtfctn>", "</BkToCstmrStmt>"}, std::pair{"<Ntfctn>", "<Stmt>"},
                                   std::pair{"</Ntfctn>", "</Stmt>"}})
        bytes = replaced(bytes, from, to);
    place.deliver("second.xml", bytes);
    const day_report report = place.run();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_EQ(report.files[0].already_there, 1U);
    EXPECT_EQ(report.files[0].routes.at(0).left_out.size(), 0U);
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(bytes, [](std::uint32_t entry) { return entry == 2; })});
    EXPECT_EQ(staged(place), 0U);
}

TEST(route_faults_test, a_deposit_that_is_not_handed_on_waits_until_it_is_acknowledged) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.xml", cases()[0].bytes);
    const std::string claim = place.run().files.at(0).claim;
    const auto waiting = [&] {
        const auto in = place.store->begin_read(place.tenant().id);
        return *(*in)->open_handovers();
    };
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].claim, claim);
    EXPECT_EQ(told_of(waiting()[0]).left_out.at(0).section_no, 2U);
    const auto say = [&](const std::string& file, const std::string& actor) {
        return acknowledge(place.with, *place.store, place.how, {place.tenant().id, file, actor, "entered by hand"});
    };
    EXPECT_EQ(say(claim, "").error().code, error_code::invalid_argument);
    EXPECT_EQ(say("other", "clerk-7").error().code, error_code::not_found);
    EXPECT_EQ(say(claim, "clerk-7").value().deposits, 1U);
    EXPECT_THAT(waiting(), IsEmpty());
    EXPECT_EQ(say(claim, "clerk-7").error().code, error_code::not_found);
    EXPECT_TRUE(place.store->verify(place.tenant().id)->chain_intact);
}

TEST(route_faults_test, what_the_route_did_with_a_released_section_stands_in_the_receipt) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.xml", with_held_entry());
    const std::string claim = place.run().files.at(0).claim;
    ASSERT_TRUE(place.release("in.xml", {1, 2}).has_value());
    const json receipt = json::parse(get(place.tenant().archive() / "in.xml.receipt.json"));
    const json& routes = receipt.at("decisions").at(0).at("routes");
    ASSERT_EQ(routes.size(), 1U);
    EXPECT_EQ(routes[0]["to"], "bgmax");
    EXPECT_EQ(routes[0]["file"], claim + ".1-2.bgmax");
    EXPECT_EQ(routes[0]["sections"], 1);
}

// The folder could not be written when the deposit was booked, and then somebody changed the configuration.
TEST(route_faults_test, files_of_a_route_that_is_gone_are_told_until_they_are_gone_too) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.xml", example());
    place.how.at_step = [&](std::string_view step) {
        if (step == step::committed) fs::rename(folder.path() / "outbox", folder.path() / "aside");
    };
    EXPECT_FALSE(place.run().failures.empty());
    place.how.at_step = {};
    fs::rename(folder.path() / "aside", folder.path() / "outbox");
    const std::vector<config::route> routes = std::exchange(place.with.tenants[0].routes, {});
    for (int pass = 0; pass < 2; ++pass) {
        const day_report report = place.run();
        ASSERT_EQ(report.failures.size(), 1U);
        EXPECT_THAT(report.failures[0].why.text, HasSubstr("the configuration has no such route any more"));
    }
    {
        const auto in = place.store->begin_read(place.tenant().id);
        const auto waiting = files_to_hand_over(place.tenant(), **in, place.files);
        ASSERT_TRUE(waiting.has_value());
        ASSERT_EQ(waiting->waiting.size(), 1U);
        EXPECT_FALSE(waiting->waiting[0].has_route);
    }
    place.with.tenants[0].routes = routes;
    EXPECT_TRUE(place.run().failures.empty());
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(example())});
}

}  // namespace
}  // namespace brygga::intake
