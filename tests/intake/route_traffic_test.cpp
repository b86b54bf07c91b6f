// Routes while others are at work too: a second intake, a second route of the same company, and an old system that takes each
// file away as soon as it lies there.
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/intake/route_site.hpp"

namespace brygga::intake {
namespace {

namespace fs = std::filesystem;
using intake_test::as_bgmax;
using intake_test::collect;
using intake_test::example;
using intake_test::replaced;
using intake_test::site;
using intake_test::staged;
using intake_test::with_held_entry;

constexpr unsigned files_in_traffic = 12;

// The example as the message of another day's run: other ids, another deposit number.
std::string numbered(unsigned number) {
    std::string out = replaced(example(), "EX-0001<", fmt::format("EX-1{:03}<", number));
    out = replaced(out, "00041-0011130", fmt::format("01{:03}-0011{:03}", number, number));
    for (const char* const serial : {"EXBK123456789010011130", "EXBK20260302000010", "EXBK20260302000020"})
        out = replaced(out, serial, fmt::format("{}{:03}", std::string(serial).substr(0, 15), number) + serial[17]);
    return out;
}

std::vector<std::string> expected_files() {
    std::vector<std::string> out;
    for (unsigned i = 1; i <= files_in_traffic; ++i)
        out.push_back(as_bgmax(numbered(i)));
    return out;
}

// In a process of its own, with a ledger connection of its own.
pid_t begin_process(const fs::path& folder, const std::function<void(site&)>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        site place(folder, false);
        work(place);
        ::_exit(0);
    }
    return child;
}

void expect_end(pid_t child) {
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

void make_passes(site& place) {
    for (int pass = 0; pass < 3; ++pass)
        (void)place.run();
}

TEST(route_traffic_test, two_intakes_at_once_hand_each_file_on_once) {
    const intake_test::scratch_folder folder;
    {
        const site place(folder.path());
        for (unsigned i = 1; i <= files_in_traffic; ++i)
            place.deliver(fmt::format("in-{}.xml", i), numbered(i));
    }
    const pid_t one = begin_process(folder.path(), make_passes);
    const pid_t other = begin_process(folder.path(), make_passes);
    expect_end(one);
    expect_end(other);
    site place(folder.path(), false);
    std::vector<std::string> taken = collect(place);
    (void)place.run();
    for (std::string& each : collect(place))
        taken.push_back(std::move(each));
    EXPECT_THAT(taken, testing::UnorderedElementsAreArray(expected_files()));
    EXPECT_EQ(staged(place), 0U);
}

TEST(route_traffic_test, two_releases_of_one_section_at_once_hand_it_on_once) {
    for (int round = 0; round < 8; ++round) {
        const intake_test::scratch_folder folder;
        {
            site place(folder.path());
            place.deliver("in.xml", with_held_entry());
            (void)place.run();
            (void)collect(place);
        }
        const auto release = [](site& place) { (void)place.release("in.xml", {1, 2}); };
        const pid_t one = begin_process(folder.path(), release);
        const pid_t other = begin_process(folder.path(), release);
        expect_end(one);
        expect_end(other);
        site place(folder.path(), false);
        (void)place.run();
        EXPECT_EQ(collect(place),
                  std::vector<std::string>{as_bgmax(with_held_entry(), [](std::uint32_t entry) { return entry == 2; })});
        EXPECT_EQ(staged(place), 0U);
    }
}

TEST(route_traffic_test, a_collector_that_takes_files_at_once_gets_each_whole_and_once) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    std::vector<std::string> taken;
    std::atomic<bool> over = false;
    std::thread collector([&] {
        while (!over) {
            for (std::string& each : collect(place))
                taken.push_back(std::move(each));
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
    });
    for (unsigned i = 1; i <= files_in_traffic; ++i) {
        place.deliver(fmt::format("in-{}.xml", i), numbered(i));
        if (i % 3 == 0) (void)place.run();
    }
    (void)place.run();
    over = true;
    collector.join();
    for (std::string& each : collect(place))
        taken.push_back(std::move(each));
    EXPECT_THAT(taken, testing::UnorderedElementsAreArray(expected_files()));
}

TEST(route_traffic_test, each_route_of_a_company_gets_its_own_formats) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    config::route statements = place.with.tenants[0].routes[0];
    place.with.tenants[0].routes[0].from = {"camt.054"};
    statements.from = {"camt.053"};
    statements.folder = folder.path() / "second";
    place.with.tenants[0].routes.push_back(statements);
    ASSERT_TRUE(config::init_folders(place.with, place.files).has_value());
    place.deliver("notification.xml", numbered(1));
    std::string statement = numbered(2);
    for (const auto& [from, to] : {std::pair{"camt.054", "camt.053"}, std::pair{"<BkToCstmrDbtCdtNtfctn>", "<BkToCstmrStmt>"},
                                   std::pair{"</BkToCstmrDbtCdtNtfctn>", "</BkToCstmrStmt>"}, std::pair{"<Ntfctn>", "<Stmt>"},
                                   std::pair{"</Ntfctn>", "</Stmt>"}})
        statement = replaced(statement, from, to);
    place.deliver("statement.xml", statement);
    const day_report report = place.run();
    ASSERT_EQ(report.files.size(), 2U);
    EXPECT_TRUE(report.failures.empty());
    EXPECT_EQ(collect(place, 0), std::vector<std::string>{as_bgmax(numbered(1))});
    EXPECT_EQ(collect(place, 1), std::vector<std::string>{as_bgmax(statement)});
}

}  // namespace
}  // namespace brygga::intake
