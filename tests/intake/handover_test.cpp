// The ledger knows what was handed over: what is neither noted nor there any more is told until a person has seen to it.
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "connectors/intake/handovers.hpp"
#include "tests/intake/route_site.hpp"

namespace brygga::intake {
namespace {

namespace fs = std::filesystem;
using intake_test::as_bgmax;
using intake_test::collect;
using intake_test::example;
using intake_test::site;
using intake_test::staged;
using intake_test::two_entries;
using intake_test::with_held_entry;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

unfinished_files look(const site& place) {
    const auto in = place.store->begin_read(place.tenant().id);
    auto found = files_to_hand_over(place.tenant(), **in, filedrop::posix_file_system());
    EXPECT_TRUE(found.has_value());
    return std::move(*found);
}

std::vector<std::string> texts_of_failures(const day_report& report) {
    std::vector<std::string> out;
    for (const failure& each : report.failures)
        out.push_back(each.why.text);
    return out;
}

// In a process of its own that ends at this step as if it were killed.
void run_until(const fs::path& folder, std::string_view last) {
    const pid_t child = ::fork();
    if (child == 0) {
        site place(folder, false);
        place.how.at_step = [&](std::string_view step) {
            if (step == last) ::_exit(0);
        };
        (void)place.run();
        ::_exit(1);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << last;
}

handing_over word(const site& place, const std::string& file) {
    return {place.tenant().id, file, false, false, "clerk-7", "the folder was replaced"};
}

// Booked, and the folder of the route is another one before the file has left it. Its name in the folder.
std::string lose(site& place, const std::string& bytes) {
    const fs::path outbox = place.tenant().routes.at(0).folder;
    place.deliver("in.xml", bytes);
    place.how.at_step = [&](std::string_view step) {
        if (step != step::committed) return;
        fs::rename(outbox, outbox.parent_path() / "outbox.old");
        fs::create_directories(outbox / ".brygga");
    };
    const std::string claim = place.run().files.at(0).claim;
    place.how.at_step = {};
    return claim + ".bgmax";
}

// It lay in the old folder, the intake found nothing to do, and nobody was told.
TEST(handover_test, a_file_whose_folder_was_replaced_is_told_until_it_is_handed_over_again) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    const std::string name = lose(place, two_entries());
    for (int pass = 0; pass < 2; ++pass)
        EXPECT_THAT(texts_of_failures(place.run()),
                    ElementsAre(testing::AllOf(HasSubstr(name), HasSubstr("2 deposits"), HasSubstr("lies neither"))));
    ASSERT_EQ(look(place).missing.size(), 1U);
    EXPECT_EQ(look(place).missing[0].file, name);
    const auto done = hand_over_again(place.with, *place.store, place.how, word(place, name));
    ASSERT_TRUE(done.has_value()) << done.error().text;
    EXPECT_THAT(done->files, ElementsAre(name));
    EXPECT_THAT(done->not_handed_on, IsEmpty());
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(two_entries())});
    EXPECT_THAT(texts_of_failures(place.run()), IsEmpty());
    EXPECT_THAT(look(place).missing, IsEmpty());
    EXPECT_EQ(staged(place), 0U);
    EXPECT_TRUE(place.store->verify(place.tenant().id)->chain_intact);
}

TEST(handover_test, a_file_that_somebody_removed_before_it_was_handed_over_is_told) {
    const intake_test::scratch_folder folder;
    {
        const site place(folder.path());
        place.deliver("in.xml", example());
    }
    run_until(folder.path(), step::committed);
    site place(folder.path(), false);
    EXPECT_EQ(staged(place), 1U);
    for (const auto& each : fs::directory_iterator(place.tenant().routes.at(0).staging()))
        fs::remove(each.path());
    EXPECT_THAT(texts_of_failures(place.run()), ElementsAre(HasSubstr("lies neither")));
}

TEST(handover_test, what_was_collected_before_the_ledger_could_note_it_is_known_to_be_handed_over) {
    for (const std::string_view last : {step::handed_over, step::handover_noted}) {
        const intake_test::scratch_folder folder;
        {
            const site place(folder.path());
            place.deliver("in.xml", example());
        }
        run_until(folder.path(), last);
        site place(folder.path(), false);
        EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(example())});
        EXPECT_THAT(texts_of_failures(place.run()), IsEmpty()) << last;
        EXPECT_THAT(look(place).missing, IsEmpty()) << last;
        EXPECT_EQ(staged(place), 0U) << last;
    }
}

// Cut off right before the rename, and then the folder was replaced: its mark has gone with the file.
TEST(handover_test, a_file_that_was_about_to_leave_a_replaced_folder_is_told) {
    const intake_test::scratch_folder folder;
    {
        const site place(folder.path());
        place.deliver("in.xml", example());
    }
    run_until(folder.path(), step::leaving);
    site place(folder.path(), false);
    const fs::path outbox = place.tenant().routes.at(0).folder;
    fs::rename(outbox, folder.path() / "outbox.old");
    fs::create_directories(outbox / ".brygga");
    EXPECT_THAT(texts_of_failures(place.run()), ElementsAre(HasSubstr("lies neither")));
}

// The status was silent about it, for it looked only into the folder of the old name.
TEST(handover_test, a_file_in_a_folder_that_was_renamed_with_its_route_is_told_and_handed_over_there_when_wanted) {
    const intake_test::scratch_folder folder;
    {
        const site place(folder.path());
        place.deliver("in.xml", example());
    }
    run_until(folder.path(), step::committed);
    site place(folder.path(), false);
    fs::rename(place.tenant().routes.at(0).folder, folder.path() / "elsewhere");
    place.with.tenants[0].routes[0].folder = folder.path() / "elsewhere";
    EXPECT_THAT(texts_of_failures(place.run()), ElementsAre(HasSubstr("which is gone")));
    const unfinished_files found = look(place);
    ASSERT_EQ(found.missing.size(), 1U);
    EXPECT_EQ(found.missing[0].lies_in, folder.path() / "elsewhere/.brygga");
    ASSERT_TRUE(hand_over_again(place.with, *place.store, place.how, word(place, found.missing[0].claim)).has_value());
    EXPECT_EQ(collect(place), std::vector<std::string>{as_bgmax(example())});
    EXPECT_THAT(texts_of_failures(place.run()), IsEmpty());
    EXPECT_EQ(staged(place), 0U);
}

TEST(handover_test, a_missing_file_that_its_receiver_has_is_told_no_more) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    const std::string name = lose(place, example());
    handing_over what = word(place, name);
    what.received = true;
    ASSERT_TRUE(hand_over_again(place.with, *place.store, place.how, what).has_value());
    EXPECT_THAT(texts_of_failures(place.run()), IsEmpty());
    EXPECT_THAT(collect(place), IsEmpty());
    EXPECT_EQ(hand_over_again(place.with, *place.store, place.how, what).error().code, error_code::not_found);
}

TEST(handover_test, what_was_handed_over_is_handed_over_again_only_when_that_is_said) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    place.deliver("in.xml", with_held_entry());
    const std::string claim = place.run().files.at(0).claim;
    ASSERT_TRUE(place.release("in.xml", {1, 2}).has_value());
    EXPECT_EQ(collect(place).size(), 2U);
    handing_over what = word(place, claim + ".1-2.bgmax");
    const auto say = [&] { return hand_over_again(place.with, *place.store, place.how, what); };
    EXPECT_EQ(say().error().code, error_code::not_found);
    what.again = true;
    ASSERT_TRUE(say().has_value());
    EXPECT_EQ(collect(place),
              std::vector<std::string>{as_bgmax(with_held_entry(), [](std::uint32_t entry) { return entry == 2; })});
    what.file = claim + "__in.xml";
    EXPECT_EQ(say().error().code, error_code::invalid_argument);
    EXPECT_THAT(say().error().text, HasSubstr(claim + ".bgmax, " + claim + ".1-2.bgmax"));
    what.actor.clear();
    EXPECT_EQ(say().error().code, error_code::invalid_argument);
}

TEST(handover_test, a_file_that_would_not_be_the_same_again_is_not_handed_over) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    const std::string name = lose(place, example());
    place.with.mode = config::run_mode::test;
    EXPECT_EQ(hand_over_again(place.with, *place.store, place.how, word(place, name)).error().code, error_code::conflict);
    EXPECT_EQ(staged(place), 0U);
    EXPECT_EQ(look(place).missing.size(), 1U);
    place.with.tenants[0].routes.clear();
    EXPECT_EQ(hand_over_again(place.with, *place.store, place.how, word(place, name)).error().code, error_code::invalid_argument);
}

TEST(handover_test, waits_for_an_intake_that_is_at_work) {
    const intake_test::scratch_folder folder;
    site place(folder.path());
    const std::string name = lose(place, example());
    const auto lock = filedrop::take_lock(filedrop::posix_file_system(), place.tenant().work() / ".brygga-lock");
    ASSERT_TRUE(lock.has_value());
    EXPECT_EQ(hand_over_again(place.with, *place.store, place.how, word(place, name)).error().code, error_code::busy);
}

}  // namespace
}  // namespace brygga::intake
