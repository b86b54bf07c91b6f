// What people and other programs leave in the folders must be told, and must not stop the files beside it.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/intake/site.hpp"

namespace brygga::intake {
namespace {

using intake_test::get;
using intake_test::site;
using testing::ElementsAre;
using testing::HasSubstr;

class strange_names_test : public testing::Test {
 protected:
    intake_test::scratch_folder scratch_;
    site site_{scratch_.path()};
    const config::tenant& who_ = site_.tenant();
};

TEST_F(strange_names_test, a_folder_named_like_a_receipt_does_not_keep_decided_files_in_held) {
    site_.deliver("held.txt", intake_test::held_file());
    ASSERT_EQ(site_.run().files.size(), 1U);
    std::filesystem::create_directory(who_.held() / "a.receipt.json");
    std::filesystem::create_symlink("nowhere", who_.held() / "b.receipt.json");
    ASSERT_TRUE(site_.release("held.txt", {1, 2}));
    const auto last = site_.release("held.txt", {1, 3});
    ASSERT_TRUE(last) << last.error().text;
    EXPECT_EQ(last->move_failed, "");
    EXPECT_THAT(site::files_in(who_.archive()), ElementsAre("held.txt"));
    std::vector<std::string> told;
    for (const failure& each : site_.run().failures)
        told.push_back(each.name);
    EXPECT_THAT(told, ElementsAre("a.receipt.json", "b.receipt.json"));
}

TEST_F(strange_names_test, watching_tells_once_of_what_it_never_takes) {
    site_.with.watch.rescan = std::chrono::milliseconds(5);
    const auto file = scratch_.path() / "own.log";
    auto log = logging::event_log::open({file, logging::log_level::info});
    ASSERT_TRUE(log);
    site_.how.log = &*log;
    std::filesystem::create_symlink("nowhere", who_.inbox() / "link.txt");
    intake_runner runner(site_.with, *site_.store, site_.how);
    std::stop_source stop;
    std::vector<std::string> told;
    int reports = 0;
    const auto ended = runner.run(stop.get_token(), [&](const day_report& report) {
        for (const left_file& each : report.left)
            if (each.news) told.push_back(each.name);
        // A delivery after the first report: the link is there still, and no news.
        if (++reports == 1) site_.deliver("a.txt", intake_test::paid_file());
        if (!report.files.empty()) stop.request_stop();
    });
    EXPECT_TRUE(ended);
    EXPECT_EQ(reports, 2);
    EXPECT_THAT(told, ElementsAre("link.txt"));
    const std::string text = get(file);
    EXPECT_THAT(text, HasSubstr("warning event=left tenant=provbolaget"));
    EXPECT_EQ(text.find("event=left"), text.rfind("event=left"));
}

TEST_F(strange_names_test, a_new_log_is_not_for_everybody) {
    const auto file = scratch_.path() / "new" / "own.log";
    ASSERT_TRUE(logging::event_log::open({file, logging::log_level::info}));
    struct stat facts {};
    ASSERT_EQ(::stat(file.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U & ~0640U, 0U);
}

}  // namespace
}  // namespace brygga::intake
