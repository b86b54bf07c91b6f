// Retention cut off everywhere: by SIGKILL at each step, and by each call to the file system failing. Done again, books and
// folders are those of a run that was never disturbed.
#include <array>
#include <cerrno>
#include <csignal>
#include <functional>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/ledger/store_fixture.hpp"
#include "tests/retention/years.hpp"

namespace brygga::retention::test {
namespace {

namespace fs = std::filesystem;
using intake_test::fault_moment;
using intake_test::site;
using ledger::must;

// Two files that are done with, one in each folder, one that waits, and the same bytes in another company's books.
void prepare(const fs::path& folder) {
    site place(folder);
    place.deliver("paid.txt", intake_test::paid_file());
    place.deliver("blank.txt", "\r\n");
    place.deliver("held.txt", intake_test::held_file());
    EXPECT_EQ(place.run().files.size(), 3U);
    const auto in = must(place.store->begin_read(place.tenant().id));
    ledger::exchanged_file same = must(in->files_named("paid.txt", 1)).at(0);
    auto into = must(place.store->begin("other"));
    same.id = 0;
    must(into->add_file(same));
    must(into->commit());
}

struct later : site {
    explicit later(const fs::path& folder) : site(folder, false) {
        keep_for_some_time(with);
        with.tenants.push_back(with.tenants.front());
        with.tenants.back().id = "other";
        clock.now_ms = eighth_year;
    }
};

std::string end_of(const fs::path& folder) {
    later place(folder);
    EXPECT_EQ(troubles_of(retain_all(place)), std::vector<std::string>());
    std::string out = place.everything();
    for (const char* const tenant : {"provbolaget", "other"}) {
        const auto in = must(place.store->begin_read(tenant));
        for (const ledger::original_removal& each : must(in->retention().removals()))
            out += fmt::format("{} removed {} {}\n", tenant, each.sha256, each.rule);
        out += fmt::format("{} holds: {}\n", tenant, must(place.store->verify(tenant)).chain_intact);
    }
    return out;
}

std::string play(const std::function<void(const fs::path&)>& disturb) {
    static const intake_test::scratch_folder before;
    if (fs::is_empty(before.path())) prepare(before.path());
    const intake_test::scratch_folder folder;
    fs::copy(before.path(), folder.path(), fs::copy_options::recursive);
    disturb(folder.path());
    return end_of(folder.path());
}

const std::string& undisturbed() {
    static const std::string expected = play([](const fs::path&) {});
    return expected;
}

// False when it came to its end.
bool killed_after(const fs::path& folder, std::size_t steps) {
    const pid_t child = ::fork();
    if (child == 0) {
        later place(folder);
        std::size_t passed = 0;
        place.how.at_step = [&](std::string_view) {
            if (++passed == steps) ::kill(::getpid(), SIGKILL);
        };
        (void)retain_all(place);
        ::_exit(0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

TEST(retention_interruption, an_undisturbed_run_means_what_it_should) {
    const std::string& end = undisturbed();
    EXPECT_NE(end.find("company/held/held.txt"), std::string::npos) << end;
    EXPECT_EQ(end.find("company/archive/"), std::string::npos) << end;
    EXPECT_EQ(end.find("company/rejected/"), std::string::npos) << end;
    EXPECT_NE(end.find("provbolaget removed"), std::string::npos) << end;
    EXPECT_NE(end.find("other removed"), std::string::npos) << end;
    EXPECT_EQ(end.find("holds: false"), std::string::npos) << end;
}

TEST(retention_interruption, killed_at_any_step_ends_as_if_it_had_never_stopped) {
    bool killed = true;
    std::size_t kills = 0;
    for (std::size_t steps = 1; killed; ++steps) {
        ASSERT_EQ(play([&](const fs::path& folder) { killed = killed_after(folder, steps); }), undisturbed())
            << "killed at step " << steps;
        kills += killed ? 1U : 0U;
    }
    EXPECT_EQ(kills, 2U * 2U + 2U + 2U) << "two copies with receipts, rows of two companies, two originals";
}

class failing_call : public testing::TestWithParam<fault_moment> {};

TEST_P(failing_call, ends_as_if_it_had_never_failed) {
    constexpr std::array<int, 3> errors = {EIO, ENOSPC, EACCES};
    bool failed = true;
    for (std::size_t n = 1; failed; ++n) {
        const std::string end = play([&](const fs::path& folder) {
            later place(folder);
            place.files.fail_at = n;
            place.files.error_number = errors[n % errors.size()];
            place.files.moment = GetParam();
            const auto told = retain_all(place);
            failed = place.files.calls >= n;
            // What was not done is told, but for a mark that says only what is so anyway.
            if (failed && told.troubles.empty()) {
                EXPECT_EQ(removals(place), 2U) << "call " << n;
            }
        });
        ASSERT_EQ(end, undisturbed()) << "call " << n;
        ASSERT_TRUE(n > 20 || failed) << "hardly any call was made";
    }
}

INSTANTIATE_TEST_SUITE_P(moments, failing_call, testing::Values(fault_moment::before, fault_moment::after));

}  // namespace
}  // namespace brygga::retention::test
