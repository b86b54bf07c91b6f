#include "connectors/logging/event_log.hpp"

#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/intake/scratch_folder.hpp"

namespace brygga::logging {
namespace {

TEST(log_line_test, is_key_value_and_never_more_than_one_line) {
    EXPECT_EQ(log_line("file", {{"tenant", "nat"}, {"payments", 2}, {"rule", "BGMAX-R32"}}),
              "event=file tenant=nat payments=2 rule=BGMAX-R32");
    EXPECT_EQ(log_line("failed", {{"text", "cannot open: no such file"}}), "event=failed text=\"cannot open: no such file\"");
    EXPECT_EQ(log_line("x", {{"text", "a\nevent=forged \"b\" \\ \x1B\x7F"}}), "event=x text=\"a?event=forged ?b? ? ??\"");
    EXPECT_EQ(log_line("x", {{"text", ""}}), "event=x text=\"\"");
    EXPECT_EQ(log_line("x", {{"bytes", std::uint64_t{9000000000}}, {"n", -1}}), "event=x bytes=9000000000 n=-1");
    const std::string longest(max_log_value + 1, 'a');
    EXPECT_EQ(log_line("x", {{"t", longest}}), "event=x t=" + longest.substr(1));
}

TEST(inbox_token_test, stands_for_a_name_without_telling_it) {
    const std::string token = inbox_token("Exempelsson.txt");
    EXPECT_EQ(token.size(), 18U);
    EXPECT_TRUE(token.starts_with("inbox:"));
    EXPECT_EQ(token, inbox_token("Exempelsson.txt"));
    EXPECT_NE(token, inbox_token("Testsson.txt"));
}

TEST(event_log_test, appends_lines_of_its_level_with_time) {
    const intake_test::scratch_folder folder;
    const auto file = folder.path() / "new" / "brygga.log";
    {
        auto log = event_log::open({.file = file, .level = log_level::info});
        ASSERT_TRUE(log);
        log->write(log_level::debug, "small", {});
        log->write(log_level::info, "first", {{"n", 1}});
    }
    auto log = event_log::open({.file = file, .level = log_level::debug});
    ASSERT_TRUE(log);
    log->write(log_level::debug, "second", {});
    log->write(log_level::error, "third", {});
    EXPECT_THAT(intake_test::get(file), testing::MatchesRegex("[0-9-]+T[0-9:.]+Z info event=first n=1\n"
                                                              "[0-9-]+T[0-9:.]+Z debug event=second\n"
                                                              "[0-9-]+T[0-9:.]+Z error event=third\n"));
}

TEST(event_log_test, writes_json_that_nothing_breaks_out_of) {
    const intake_test::scratch_folder folder;
    const auto file = folder.path() / "brygga.log";
    {
        auto log = event_log::open({file, log_level::info, log_shape::json});
        ASSERT_TRUE(log);
        log->write(log_level::warning, "failed", {{"n", -1}, {"text", "a\n\"}, %v forged \xFF"}});
        log->write(log_level::info, "long", {{"text", std::string(max_log_value, 'a') + "b"}});
    }
    std::istringstream lines(intake_test::get(file));
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    const auto first = nlohmann::json::parse(line);
    EXPECT_THAT(first.at("time").get<std::string>(), testing::MatchesRegex("[0-9-]+T[0-9:.]+Z"));
    EXPECT_EQ(first.at("level"), "warning");
    EXPECT_EQ(first.at("event"), "failed");
    EXPECT_EQ(first.at("n"), -1);
    EXPECT_EQ(first.at("text"), "a\n\"}, %v forged \xEF\xBF\xBD");
    EXPECT_EQ(first.size(), 5U);
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_EQ(nlohmann::json::parse(line).at("text").get<std::string>().size(), max_log_value);
    EXPECT_FALSE(std::getline(lines, line));
}

TEST(event_log_test, goes_on_in_a_new_file_at_another_level_when_it_is_opened_anew) {
    const intake_test::scratch_folder folder;
    const auto file = folder.path() / "brygga.log";
    auto log = event_log::open({.file = file, .level = log_level::info});
    ASSERT_TRUE(log);
    std::filesystem::rename(file, folder.path() / "old");
    log->write(log_level::info, "before", {});
    ASSERT_TRUE(log->reopen({.file = file, .level = log_level::error}));
    log->write(log_level::info, "small", {});
    log->write(log_level::error, "after", {});
    intake_test::put(folder.path() / "plain", "");
    EXPECT_FALSE(log->reopen({.file = folder.path() / "plain" / "log", .level = log_level::debug}));
    log->write(log_level::error, "still", {});
    EXPECT_THAT(intake_test::get(folder.path() / "old"), testing::EndsWith(" info event=before\n"));
    EXPECT_THAT(intake_test::get(file), testing::MatchesRegex("[^ ]+ error event=after\n[^ ]+ error event=still\n"));
}

TEST(event_log_test, a_log_that_cannot_be_opened_is_an_error) {
    const intake_test::scratch_folder folder;
    intake_test::put(folder.path() / "file", "");
    EXPECT_FALSE(event_log::open({.file = folder.path() / "file" / "log", .level = log_level::info}));
}

TEST(log_level_test, names_round_trip) {
    for (const auto level : {log_level::debug, log_level::info, log_level::warning, log_level::error})
        EXPECT_EQ(parse_log_level(name(level)), level);
    EXPECT_FALSE(parse_log_level("loud"));
}

}  // namespace
}  // namespace brygga::logging
