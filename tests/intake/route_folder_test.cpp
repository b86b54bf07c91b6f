// A staged file is handed over only where, and as what, the ledger stands behind it: the folder of a route may have changed since
// it was made, and a kill may have cut it off.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "connectors/intake/handovers.hpp"
#include "tests/intake/route_site.hpp"

namespace brygga::intake {
namespace {

namespace fs = std::filesystem;
using intake_test::as_bgmax;
using intake_test::collect;
using intake_test::example;
using intake_test::get;
using intake_test::put;
using intake_test::site;
using intake_test::staged;
using intake_test::two_entries;
using testing::HasSubstr;
using testing::IsEmpty;

// The configuration says another folder for the route; the old one.
fs::path lead_to(site& place, const fs::path& folder) {
    fs::create_directories(folder / ".brygga");
    return std::exchange(place.with.tenants[0].routes.at(0).folder, folder);
}

// Booked, and the folder of the route could not be written then: the file waits in staging. Its claim.
std::string book_without_handing_over(site& place, std::string_view name, const std::string& bytes) {
    const fs::path folder = place.tenant().routes.at(0).folder;
    const fs::path aside = folder.parent_path() / "aside";
    place.deliver(name, bytes);
    place.how.at_step = [&](std::string_view step) {
        if (step == step::committed) fs::rename(folder, aside);
    };
    const day_report report = place.run();
    EXPECT_FALSE(report.failures.empty());
    place.how.at_step = {};
    fs::rename(aside, folder);
    EXPECT_EQ(staged(place), 1U);
    return report.files.at(0).claim;
}

// Killed while the route led to the outbox, booked when it led elsewhere: the outbox keeps what the first attempt had made of it.
TEST(route_folder_test, what_an_attempt_left_in_a_folder_that_the_ledger_does_not_name_is_not_handed_over) {
    for (const bool torn : {true, false}) {
        const intake_test::scratch_folder folder;
        site place(folder.path());
        const fs::path outbox = lead_to(place, folder.path() / "elsewhere");
        place.deliver("in.xml", example());
        const std::string claim = place.run().files.at(0).claim;
        EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(example())});
        put(outbox / ".brygga" / (claim + ".bgmax"), torn ? as_bgmax(example()).substr(0, 300) : as_bgmax(example()));
        (void)lead_to(place, outbox);
        {
            const auto in = place.store->begin_read(place.tenant().id);
            const auto waiting = files_to_hand_over(place.tenant(), **in, place.files);
            ASSERT_TRUE(waiting.has_value());
            EXPECT_EQ(waiting->waiting.size() + waiting->missing.size(), 0U);
        }
        EXPECT_TRUE(place.run().failures.empty());
        EXPECT_THAT(collect(place), IsEmpty());
        EXPECT_EQ(staged(place), 0U);
    }
}

// The folder was renamed together with its entry in the configuration: nothing is lost, and a person says where it belongs.
TEST(route_folder_test, a_file_made_for_a_folder_that_is_gone_is_told_and_stays) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    (void)book_without_handing_over(place, "in.xml", example());
    const fs::path outbox = place.tenant().routes.at(0).folder;
    fs::rename(outbox, folder.path() / "elsewhere");
    (void)lead_to(place, folder.path() / "elsewhere");
    for (int pass = 0; pass < 2; ++pass) {
        const day_report report = place.run();
        ASSERT_EQ(report.failures.size(), 1U);
        EXPECT_THAT(report.failures[0].why.text, HasSubstr("which is gone"));
        EXPECT_THAT(report.failures[0].why.text, HasSubstr(outbox.string()));
        EXPECT_THAT(collect(place), IsEmpty());
        EXPECT_EQ(staged(place), 1U);
    }
    fs::rename(folder.path() / "elsewhere", outbox);
    (void)lead_to(place, outbox);
    EXPECT_TRUE(place.run().failures.empty());
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(example())});
}

TEST(route_folder_test, the_same_folder_by_another_name_is_the_same_folder) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    (void)book_without_handing_over(place, "in.xml", example());
    fs::create_directory_symlink(place.tenant().routes.at(0).folder, folder.path() / "link");
    (void)lead_to(place, folder.path() / "link");
    EXPECT_TRUE(place.run().failures.empty());
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(example())});
    EXPECT_EQ(staged(place), 0U);
}

TEST(route_folder_test, bytes_that_the_ledger_does_not_stand_behind_are_told_and_hold_up_nothing_else) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    const std::string claim = book_without_handing_over(place, "in.xml", example());
    const fs::path waiting = place.tenant().routes.at(0).staging() / (claim + ".bgmax");
    const std::string whole = get(waiting);
    put(waiting, whole.substr(0, 300));
    place.deliver("paid.txt", intake_test::other_file());
    std::string next = two_entries();
    for (const auto& [from, to] :
         {std::pair{"EX-0001<", "EX-0002<"}, std::pair{"00041-", "00051-"}, std::pair{"00042-", "00052-"},
          std::pair{"EXBK20260302000010", "EXBK20260302000011"}, std::pair{"EXBK20260302000020", "EXBK20260302000021"},
          std::pair{"EXBK20260302000030", "EXBK20260302000031"}, std::pair{"EXBK20260302000040", "EXBK20260302000041"}})
        next = intake_test::replaced(next, from, to);
    place.deliver("next.xml", next);
    const day_report report = place.run();
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_THAT(report.failures[0].why.text, HasSubstr("are not those"));
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(next)});
    EXPECT_EQ(staged(place), 1U);
    put(waiting, whole);
    EXPECT_TRUE(place.run().failures.empty());
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(example())});
}

}  // namespace
}  // namespace brygga::intake
