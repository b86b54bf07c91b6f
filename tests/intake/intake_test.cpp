#include "connectors/intake/intake.hpp"

#include <string>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/intake/site.hpp"

namespace brygga::intake {
namespace {

using intake_test::get;
using intake_test::site;
using ledger::file_outcome;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class intake_test_case : public testing::Test {
 protected:
    [[nodiscard]] json receipt(const std::filesystem::path& file) const {
        return json::parse(get(file.string() + ".receipt.json"));
    }

    intake_test::scratch_folder scratch_;
    site site_{scratch_.path()};
    const config::tenant& who_ = site_.tenant();
};

// ---- what becomes of one file ----

struct file_case {
    std::string what;
    std::string bytes;
    file_outcome outcome{};
    std::vector<std::string> reasons;
    std::string format;
};

void PrintTo(const file_case& item, std::ostream* out) {
    *out << item.what;
}

std::filesystem::path folder_of(const config::tenant& who, file_outcome outcome) {
    switch (outcome) {
        case file_outcome::archived:
            return who.archive();
        case file_outcome::held:
            return who.held();
        case file_outcome::rejected:
            return who.rejected();
    }
    return {};
}

class one_file_test : public testing::TestWithParam<file_case> {};

TEST_P(one_file_test, reaches_its_folder_with_a_receipt_and_its_original) {
    const intake_test::scratch_folder scratch;
    site place(scratch.path());
    place.deliver("in.txt", GetParam().bytes);
    const day_report report = place.run();
    EXPECT_TRUE(report.failures.empty());
    EXPECT_TRUE(report.left.empty());
    ASSERT_EQ(report.files.size(), 1U);
    const file_report& file = report.files[0];
    EXPECT_EQ(file.outcome, GetParam().outcome);
    EXPECT_EQ(file.reasons, GetParam().reasons);
    EXPECT_EQ(file.format, GetParam().format);
    EXPECT_EQ(file.name, "in.txt");
    const auto folder = folder_of(place.tenant(), GetParam().outcome);
    EXPECT_EQ(get(folder / "in.txt"), GetParam().bytes);
    const json receipt = json::parse(get(folder / "in.txt.receipt.json"));
    EXPECT_EQ(receipt["claim"], file.claim);
    EXPECT_EQ(receipt["outcome"], ledger::name(GetParam().outcome));
    EXPECT_EQ(receipt["reasons"], json(GetParam().reasons));
    const std::string sha256 = receipt["sha256"];
    EXPECT_EQ(get(place.with.originals / sha256.substr(0, 2) / sha256), GetParam().bytes);
    for (const auto& empty : {place.tenant().inbox(), place.tenant().work()})
        EXPECT_THAT(site::files_in(empty), ElementsAre());
    EXPECT_THAT(place.books(),
                HasSubstr(fmt::format("file in.txt {} {} {}", GetParam().format, GetParam().bytes.size(), sha256)));
    EXPECT_TRUE(place.run().files.empty());
}

INSTANTIATE_TEST_SUITE_P(
    files, one_file_test,
    testing::Values(file_case{"all booked", intake_test::paid_file(), file_outcome::archived, {}, "bgmax"},
                    file_case{"unknown reference", intake_test::other_file(), file_outcome::archived, {}, "bgmax"},
                    file_case{"sections held", intake_test::held_file(), file_outcome::held, {"BGMAX-R32"}, "bgmax"},
                    file_case{"truncated", intake_test::truncated_file(), file_outcome::rejected, {"BGMAX-R04"}, "bgmax"},
                    file_case{"empty", "", file_outcome::rejected, {"empty"}, ""},
                    file_case{"blanks", " \t\r\n \n", file_outcome::rejected, {"blank"}, ""},
                    file_case{"byte order mark", "\xEF\xBB\xBF\r\n", file_outcome::rejected, {"blank"}, ""},
                    file_case{"NUL", std::string("ab\0cd", 5), file_outcome::rejected, {"binary"}, ""},
                    file_case{"control characters", "\x01\x02\x03\x04 text", file_outcome::rejected, {"binary"}, ""},
                    file_case{"other text", "Hej! Här är filen.\n", file_outcome::rejected, {"unknown-format"}, ""},
                    file_case{"known but not imported", "PAIN order", file_outcome::rejected, {"not-imported"}, "pain.001"}));

TEST(sniff_format_test, asks_the_registry) {
    EXPECT_EQ(sniff_format(intake_test::paid_file()), "bgmax");
    EXPECT_EQ(sniff_format("Hej!"), "");
    EXPECT_EQ(options().sniff(intake_test::paid_file()), "bgmax");
}

TEST_F(intake_test_case, counts_what_came_in) {
    site_.deliver("a.txt", intake_test::paid_file());
    site_.deliver("b.txt", intake_test::held_file());
    site_.deliver("c.txt", intake_test::truncated_file());
    const day_report report = site_.run();
    const totals sums = report.sums();
    EXPECT_EQ(report.files.size(), 3U);
    EXPECT_EQ(sums.logical_files, 3U);
    EXPECT_EQ(sums.accepted_files, 2U);
    EXPECT_EQ(sums.matched, 2U);
    const json object = json::parse(to_json(report));
    EXPECT_EQ(object["files"], 3);
    EXPECT_EQ(object["archived"], 1);
    EXPECT_EQ(object["held"], 1);
    EXPECT_EQ(object["rejected"], 1);
    EXPECT_EQ(object["matched"], 2);
    EXPECT_EQ(object["by_currency"]["SEK"]["matched_ore"], 204950);
    ASSERT_EQ(object["held_sections"].size(), 2U);
    EXPECT_EQ(object["held_sections"][0]["section_no"], 2);
    EXPECT_EQ(object["held_sections"][0]["reasons"], json::array({"BGMAX-R32"}));
    ASSERT_EQ(object["rejected_files"].size(), 1U);
    EXPECT_EQ(object["rejected_files"][0]["name"], "c.txt");
    EXPECT_EQ(object["rejected_files"][0]["reasons"], json::array({"BGMAX-R04"}));
    EXPECT_EQ(object["failures"], json::array());
}

TEST_F(intake_test_case, receipts_hold_no_personal_data) {
    site_.deliver("Exempelsson.txt", intake_test::paid_file());
    (void)site_.run();
    const std::string text = get(who_.archive() / "Exempelsson.txt.receipt.json");
    for (const auto* const personal : {"Exempelsson", "Teststr", "10002347", "kund 987"})
        EXPECT_THAT(text, Not(HasSubstr(personal)));
}

// ---- again ----

TEST_F(intake_test_case, the_same_file_again_is_refused_and_says_when_it_came_first) {
    site_.deliver("a.txt", intake_test::paid_file());
    const day_report first = site_.run();
    const std::string books = site_.books();
    site_.deliver("a.txt", intake_test::paid_file());
    site_.deliver("copy.txt", intake_test::paid_file());
    const day_report second = site_.run();
    ASSERT_EQ(second.files.size(), 2U);
    for (const file_report& file : second.files) {
        EXPECT_EQ(file.outcome, file_outcome::rejected);
        EXPECT_EQ(file.reasons, std::vector<std::string>{"BGMAX-R60"});
        EXPECT_NE(file.claim, first.files[0].claim);
        EXPECT_THAT(file.first_received_at, testing::MatchesRegex("2026-05-2[0-9]T[0-9:]+Z"));
    }
    EXPECT_EQ(receipt(who_.rejected() / "copy.txt")["first_delivery"]["claim"], first.files[0].claim);
    EXPECT_THAT(site::files_in(who_.rejected()), ElementsAre("a.txt", "copy.txt"));
    std::string without_files = site_.books();
    EXPECT_EQ(without_files.substr(without_files.find("sum ")), books.substr(books.find("sum ")));
}

TEST_F(intake_test_case, the_same_content_in_other_bytes_names_the_first_delivery_where_it_is_known) {
    site_.deliver("first.txt", intake_test::paid_file());
    const std::string claim = site_.run().files.at(0).claim;
    site_.deliver("first.txt", intake_test::paid_file() + "\r\n");
    (void)site_.run();
    EXPECT_EQ(receipt(who_.rejected() / "first.txt")["first_delivery"]["claim"], claim);
    // Now two deliveries have the name that the mapping gives.
    site_.deliver("third.txt", intake_test::paid_file() + "\r\n\r\n");
    (void)site_.run();
    EXPECT_FALSE(receipt(who_.rejected() / "third.txt").contains("first_delivery"));
    // A file that holds the same logical file twice came before nobody.
    site_.deliver("twice.txt", intake_test::other_file() + intake_test::other_file());
    (void)site_.run();
    EXPECT_EQ(receipt(who_.rejected() / "twice.txt")["reasons"], json::array({"BGMAX-R60"}));
    EXPECT_FALSE(receipt(who_.rejected() / "twice.txt").contains("first_delivery"));
}

TEST_F(intake_test_case, a_taken_name_gets_the_claim_and_nothing_is_overwritten) {
    site_.deliver("a.txt", intake_test::paid_file());
    (void)site_.run();
    site_.deliver("a.txt", intake_test::other_file());
    const day_report report = site_.run();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_EQ(get(who_.archive() / "a.txt"), intake_test::paid_file());
    const std::string second = report.files[0].claim + "__a.txt";
    EXPECT_EQ(get(who_.archive() / second), intake_test::other_file());
    EXPECT_EQ(receipt(who_.archive() / second)["claim"], report.files[0].claim);
}

TEST_F(intake_test_case, a_foreign_file_with_the_name_of_the_receipt_is_left_alone) {
    intake_test::put(who_.archive() / "a.txt.receipt.json", "a person's notes");
    site_.deliver("a.txt", intake_test::paid_file());
    const day_report report = site_.run();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_EQ(get(who_.archive() / "a.txt.receipt.json"), "a person's notes");
    EXPECT_THAT(site::files_in(who_.archive()), ElementsAre(report.files[0].claim + "__a.txt"));
}

TEST_F(intake_test_case, names_of_any_bytes_stay_in_their_folder) {
    const std::vector<std::string> names = {"a b\n.txt", "\xE5.txt", "%2E%2E", "--help", std::string(255, 'x'), "a.receipt.json"};
    for (std::size_t i = 0; i < names.size(); ++i)
        site_.deliver(names[i], fmt::format("text {}", i));
    const day_report report = site_.run();
    EXPECT_TRUE(report.failures.empty());
    ASSERT_EQ(report.files.size(), names.size());
    EXPECT_THAT(site::files_in(who_.rejected()),
                testing::UnorderedElementsAre("a%20b%0A.txt", "%E5.txt", "%252E%252E", "--help",
                                              std::string(filedrop::max_escaped_name - 1, 'x') + "~", "a.receipt%2Ejson"));
    for (const auto& each : std::filesystem::directory_iterator(scratch_.path()))
        EXPECT_THAT(each.path().filename().string(),
                    testing::AnyOf("company", "originals", "outbox", testing::StartsWith("brygga.db")));
}

// ---- what cannot be taken now ----

TEST_F(intake_test_case, a_growing_file_is_left_and_the_others_go_on) {
    site_.with.settle.quiet = std::chrono::milliseconds(100);
    site_.deliver("a.txt", intake_test::paid_file());
    site_.deliver("growing.txt", "x");
    site_.how.sleep = [&](std::chrono::milliseconds time) {
        site_.clock.now_ms += time.count();
        site_.deliver("growing.txt", std::string(static_cast<std::size_t>(site_.clock.now_ms % 100000), 'x'));
    };
    const day_report report = site_.run();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_EQ(report.files[0].name, "a.txt");
    ASSERT_EQ(report.left.size(), 1U);
    EXPECT_EQ(report.left[0].why, left_reason::growing);
    EXPECT_EQ(json::parse(to_json(report))["left"][0]["why"], "growing");
    EXPECT_THAT(site::files_in(who_.inbox()), ElementsAre("growing.txt"));
}

TEST_F(intake_test_case, links_pipes_and_temporary_names_are_left) {
    intake_test::put(scratch_.path() / "secret", intake_test::paid_file());
    std::filesystem::create_symlink(scratch_.path() / "secret", who_.inbox() / "link.txt");
    ASSERT_EQ(::mkfifo((who_.inbox() / "pipe").c_str(), 0600), 0);
    site_.deliver("a.part", intake_test::paid_file());
    site_.deliver(".hidden", intake_test::paid_file());
    const day_report report = site_.run();
    EXPECT_TRUE(report.files.empty());
    EXPECT_TRUE(report.failures.empty());
    ASSERT_EQ(report.left.size(), 2U);
    EXPECT_EQ(report.left[0].why, left_reason::not_regular);
    EXPECT_TRUE(std::filesystem::is_symlink(who_.inbox() / "link.txt"));
}

// As root every file can be read: then the file system that fails on purpose takes the place of the system's refusal.
TEST_F(intake_test_case, an_unreadable_file_stays_and_shows_as_a_failure) {
    site_.deliver("a.txt", intake_test::other_file());
    const bool root = ::geteuid() == 0;
    ASSERT_EQ(::chmod((who_.inbox() / "a.txt").c_str(), 0), 0);
    site_.how.at_step = [&](std::string_view step) {
        // The next call opens the file.
        if (root && step == step::whole) site_.files.fail_at = site_.files.calls + 1;
    };
    site_.files.error_number = EACCES;
    const day_report report = site_.run();
    EXPECT_TRUE(report.files.empty());
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_EQ(report.failures[0].name, "a.txt");
    EXPECT_EQ(report.failures[0].why.code, error_code::permission_denied);
    EXPECT_THAT(site::files_in(who_.inbox()), ElementsAre("a.txt"));
    EXPECT_EQ(json::parse(to_json(report))["failures"][0]["error"], "permission denied");
    site_.how.at_step = nullptr;
    ASSERT_EQ(::chmod((who_.inbox() / "a.txt").c_str(), 0600), 0);
    EXPECT_EQ(site_.run().files.size(), 1U);
}

TEST_F(intake_test_case, a_full_disk_keeps_files_in_work_until_there_is_room) {
    site_.deliver("a.txt", intake_test::other_file());
    site_.files.free_space = 0;
    const day_report full = site_.run();
    EXPECT_TRUE(full.files.empty());
    ASSERT_EQ(full.failures.size(), 1U);
    EXPECT_EQ(full.failures[0].why.code, error_code::no_space);
    EXPECT_EQ(full.failures[0].at, step::fingerprinted);
    EXPECT_EQ(site::files_in(who_.work()).size(), 1U);
    site_.files.free_space.reset();
    const day_report after = site_.run();
    EXPECT_TRUE(after.failures.empty());
    ASSERT_EQ(after.files.size(), 1U);
    EXPECT_EQ(after.files[0].claim, full.failures[0].claim);
    EXPECT_THAT(site::files_in(who_.archive()), ElementsAre("a.txt"));
}

TEST_F(intake_test_case, a_missing_folder_is_a_failure_of_that_company_only) {
    config::tenant other = who_;
    other.id = "annat";
    other.folder = scratch_.path() / "other";
    site_.with.tenants.insert(site_.with.tenants.begin(), other);
    intake_test::put(site_.with.tenants[1].inbox() / "a.txt", intake_test::paid_file());
    const day_report report = site_.run();
    EXPECT_EQ(report.files.size(), 1U);
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_EQ(report.failures[0].tenant, "annat");
    EXPECT_EQ(report.failures[0].why.code, error_code::not_found);
}

TEST_F(intake_test_case, a_file_written_to_after_the_claim_waits_for_the_next_pass) {
    site_.deliver("a.txt", intake_test::paid_file().substr(0, 300));
    site_.how.at_step = [&](std::string_view step) {
        if (step != step::booked) return;
        const std::string name = site::files_in(who_.work()).at(0);
        intake_test::put(who_.work() / name, intake_test::paid_file());
    };
    const day_report first = site_.run();
    EXPECT_TRUE(first.files.empty());
    ASSERT_EQ(first.failures.size(), 1U);
    EXPECT_EQ(first.failures[0].why.code, error_code::busy);
    site_.how.at_step = nullptr;
    const day_report second = site_.run();
    ASSERT_EQ(second.files.size(), 1U);
    EXPECT_EQ(second.files[0].outcome, file_outcome::archived);
    EXPECT_EQ(get(who_.archive() / "a.txt"), intake_test::paid_file());
}

TEST_F(intake_test_case, a_vanished_file_is_no_failure) {
    site_.deliver("a.txt", intake_test::paid_file());
    site_.how.at_step = [&](std::string_view step) {
        if (step == step::whole) std::filesystem::remove(who_.inbox() / "a.txt");
    };
    const day_report report = site_.run();
    EXPECT_TRUE(report.failures.empty());
    ASSERT_EQ(report.left.size(), 1U);
    EXPECT_EQ(report.left[0].why, left_reason::vanished);
}

TEST_F(intake_test_case, something_foreign_in_work_is_shown_and_left) {
    intake_test::put(who_.work() / "notes.txt", "x");
    const day_report report = site_.run();
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_EQ(report.failures[0].name, "notes.txt");
    EXPECT_EQ(get(who_.work() / "notes.txt"), "x");
}

// ---- a mapping that gives up ----

class failing_mapping final : public inbound::mapping {
 public:
    error_code code{};
    [[nodiscard]] std::string_view format() const override { return "bgmax"; }
    [[nodiscard]] result<inbound::file_result> book(std::string_view, const ledger::exchanged_file& file,
                                                    const inbound::settings&, ledger::transaction& into) const override {
        ledger::batch batch;
        batch.file_id = file.id;
        batch.source = "bgmax";
        batch.identity = std::string(64, 'a');
        batch.logical_no = 1;
        if (auto added = into.add_batch(batch); !added) return tl::unexpected<error>(added.error());
        return fail(code, "the content is beyond a limit");
    }
    [[nodiscard]] result<inbound::logical_result> book_released(std::string_view, const ledger::exchanged_file&,
                                                                const inbound::settings&, const inbound::section_release&,
                                                                ledger::transaction&) const override {
        return fail(code, "the section cannot be booked");
    }
};

TEST_F(intake_test_case, a_final_error_of_the_mapping_rejects_and_leaves_no_rows) {
    failing_mapping broken;
    broken.code = error_code::limit_exceeded;
    site_.how.find_mapping = [&](std::string_view) { return &broken; };
    site_.deliver("a.txt", intake_test::paid_file());
    const day_report report = site_.run();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_EQ(report.files[0].reasons, std::vector<std::string>{"not-readable"});
    EXPECT_EQ(receipt(who_.rejected() / "a.txt")["error"], "the content is beyond a limit");
    const auto in = site_.store->begin_read("provbolaget");
    EXPECT_FALSE((*in)->find_batch("bgmax", std::string(64, 'a'))->has_value());
}

TEST_F(intake_test_case, a_passing_error_of_the_mapping_is_tried_again) {
    failing_mapping broken;
    broken.code = error_code::busy;
    site_.how.find_mapping = [&](std::string_view) { return &broken; };
    site_.deliver("a.txt", intake_test::paid_file());
    EXPECT_EQ(site_.run().failures.size(), 1U);
    EXPECT_EQ(site_.run().failures.size(), 1U);
    site_.how.find_mapping = inbound::find_mapping;
    EXPECT_EQ(site_.run().files.size(), 1U);
    EXPECT_THAT(site::files_in(who_.archive()), ElementsAre("a.txt"));
}

// ---- settings from the configuration ----

TEST_F(intake_test_case, mode_profile_and_receivers_reach_the_mapping) {
    config::tenant& who = site_.with.tenants[0];
    config::tenant_profile profile;
    profile.rules.name = "bank-2026";
    profile.rules.severities.emplace("BGMAX-R32", severity::warning);
    who.profiles.push_back(profile);
    site_.deliver("a.txt", intake_test::held_file());
    const day_report tolerated = site_.run();
    ASSERT_EQ(tolerated.files.size(), 1U);
    EXPECT_EQ(tolerated.files[0].outcome, file_outcome::archived);
    EXPECT_EQ(receipt(who.archive() / "a.txt")["profile"], "bank-2026");
    who.receivers[0].bankgiro = "57237273";
    site_.deliver("b.txt", intake_test::paid_file());
    const day_report not_ours = site_.run();
    ASSERT_EQ(not_ours.files.size(), 1U);
    EXPECT_EQ(not_ours.files[0].reasons, std::vector<std::string>{"BGMAX-R38"});
}

// ---- several at once ----

TEST_F(intake_test_case, two_intakes_on_the_same_folders_take_each_file_once) {
    constexpr int file_count = 12;
    for (int i = 0; i < file_count; ++i)
        site_.deliver(fmt::format("f{}.txt", i), fmt::format("unknown text {}", i));
    site_.deliver("paid.txt", intake_test::paid_file());
    std::array<day_report, 2> reports;
    std::vector<std::thread> intakes;
    for (day_report& report : reports)
        intakes.emplace_back([&] {
            options how = site_.how;
            how.files = &filedrop::posix_file_system();
            how.time = &ledger::system_clock();
            how.sleep = nullptr;
            report = intake_once(site_.with, *site_.store, how);
        });
    for (std::thread& each : intakes)
        each.join();
    EXPECT_TRUE(reports[0].failures.empty() && reports[1].failures.empty());
    EXPECT_EQ(reports[0].files.size() + reports[1].files.size(), std::size_t{file_count} + 1);
    EXPECT_EQ(site::files_in(who_.rejected()).size(), std::size_t{file_count});
    EXPECT_THAT(site::files_in(who_.archive()), ElementsAre("paid.txt"));
    EXPECT_THAT(site::files_in(who_.work()), ElementsAre());
}

TEST_F(intake_test_case, what_a_living_process_works_on_is_not_recovered) {
    site_.deliver("a.txt", intake_test::paid_file());
    day_report inner;
    site_.how.at_step = [&](std::string_view step) {
        if (step != step::original_kept) return;
        options how = site_.how;
        how.at_step = nullptr;
        inner = intake_once(site_.with, *site_.store, how);
    };
    const day_report outer = site_.run();
    EXPECT_TRUE(inner.files.empty() && inner.failures.empty());
    EXPECT_EQ(outer.files.size(), 1U);
    EXPECT_THAT(site::files_in(who_.archive()), ElementsAre("a.txt"));
}

TEST_F(intake_test_case, the_service_takes_what_arrives_until_it_is_stopped) {
    site_.with.watch.rescan = std::chrono::milliseconds(50);
    intake_runner runner(site_.with, *site_.store, site_.how);
    std::stop_source stop;
    std::size_t files = 0;
    site_.deliver("a.txt", intake_test::paid_file());
    const auto ended = runner.run(stop.get_token(), [&](const day_report& report) {
        files += report.files.size();
        if (files == 1) site_.deliver("b.txt", intake_test::other_file());
        if (files == 2) stop.request_stop();
    });
    EXPECT_TRUE(ended);
    EXPECT_THAT(site::files_in(who_.archive()), ElementsAre("a.txt", "b.txt"));
}

// ---- the log ----

TEST_F(intake_test_case, the_log_names_files_by_claim_and_holds_no_personal_data) {
    const auto file = scratch_.path() / "own.log";
    auto log = logging::event_log::open({file, logging::log_level::debug});
    ASSERT_TRUE(log);
    site_.how.log = &*log;
    site_.deliver("Exempelsson Åsa.txt", intake_test::paid_file());
    std::filesystem::create_symlink("nowhere", who_.inbox() / "Testström.txt");
    const day_report report = site_.run();
    ASSERT_EQ(report.files.size(), 1U);
    std::filesystem::remove_all(who_.work());
    EXPECT_EQ(site_.run().failures.size(), 1U);
    const std::string text = get(file);
    EXPECT_THAT(text, HasSubstr("event=file tenant=provbolaget claim=" + report.files[0].claim));
    EXPECT_THAT(text, HasSubstr("event=failed"));
    for (const auto* const personal : {"Exempelsson", "Testst", "Nils", "1000234706", "10002355", "9912346", "98232"})
        EXPECT_THAT(text, Not(HasSubstr(personal)));
}

}  // namespace
}  // namespace brygga::intake
