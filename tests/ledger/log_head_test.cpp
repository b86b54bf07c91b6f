// The head of the log beside the database: who may read it, and what happens when it cannot be kept.
#include <fstream>
#include <functional>
#include <iterator>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/ledger/sqlite_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

class log_head_file : public sqlite_store {
 protected:
    void write(store& ledger) {
        auto into = must(ledger.begin(tenant));
        must(into->put_customer(a_customer("K" + std::to_string(++customers_))));
        must(into->commit());
    }
    [[nodiscard]] std::string head() const { return path + ".head"; }
    [[nodiscard]] std::string head_text() const {
        std::ifstream file(head());
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static struct stat facts_of(const std::string& path) {
        struct stat facts {};
        EXPECT_EQ(::stat(path.c_str(), &facts), 0) << path;
        return facts;
    }

 private:
    int customers_ = 0;
};

TEST_F(log_head_file, keeps_mode_and_owner_at_every_commit) {
    constexpr uid_t somebody = 1;
    auto ledger = open();
    write(*ledger);
    ASSERT_EQ(::chmod(head().c_str(), 0640), 0);
    const bool given = ::chown(head().c_str(), somebody, somebody) == 0;  // only root can
    write(*ledger);
    EXPECT_EQ(head_text().substr(0, 2), "2 ");
    EXPECT_EQ(facts_of(head()).st_mode & 07777U, 0640U);
    if (given) {
        EXPECT_EQ(facts_of(head()).st_uid, somebody);
        EXPECT_EQ(facts_of(head()).st_gid, somebody);
    }
}

TEST_F(log_head_file, begins_with_the_mode_and_owner_of_the_database) {
    constexpr uid_t somebody = 1;
    std::ofstream(path).close();
    ASSERT_EQ(::chmod(path.c_str(), 0660), 0);
    const bool given = ::chown(path.c_str(), somebody, somebody) == 0;
    auto ledger = open();
    EXPECT_EQ(facts_of(head()).st_mode & 07777U, 0660U);
    if (given) {
        EXPECT_EQ(facts_of(head()).st_uid, somebody);
    }
}

TEST_F(log_head_file, is_another_one_for_each_database) {
    auto ledger = open();
    auto other = must(open_sqlite_store((folder.path() / "ledger.test").string(), time));
    write(*ledger);
    EXPECT_FALSE(must(ledger->verify(tenant)).head_log_no == 0);
    EXPECT_EQ(must(other->verify(tenant)).head_log_no, 0);
}

struct obstacle {
    std::string_view what;
    error_code code;
    std::string_view remedy;
    std::function<void(const std::string&head)> put, clear;

    friend std::ostream& operator<<(std::ostream& out, const obstacle& each) { return out << each.what; }
};

class cannot_be_kept : public log_head_file, public testing::WithParamInterface<obstacle> {};

// One outcome whatever is in the way: the commit holds, the store says what is wrong, the next commit tries again.
TEST_P(cannot_be_kept, the_commit_holds_and_the_store_tells) {
    auto ledger = open();
    write(*ledger);
    EXPECT_FALSE(ledger->head_failure());
    GetParam().put(head());
    write(*ledger);
    write(*ledger);
    const auto failure = ledger->head_failure();
    ASSERT_TRUE(failure);
    EXPECT_EQ(name(failure->code), name(GetParam().code)) << failure->text;
    EXPECT_NE(failure->text.find(head() + " was not kept"), std::string::npos) << failure->text;
    EXPECT_NE(failure->text.find(GetParam().remedy), std::string::npos) << failure->text;
    EXPECT_EQ(must(ledger->verify(tenant)).newest_log_no, 3);
    GetParam().clear(head());
    write(*ledger);
    EXPECT_FALSE(ledger->head_failure()) << ledger->head_failure()->text;
    const proof proved = must(ledger->verify(tenant));
    EXPECT_TRUE(proved.chain_intact) << testing::PrintToString(proved.faults);
    EXPECT_EQ(proved.head_log_no, 4);
    EXPECT_EQ(proved.newest_log_no, 4);
}

void make_empty(const std::string& head) {
    std::ofstream(head, std::ios::trunc).close();
}

INSTANTIATE_TEST_SUITE_P(
    obstacles, cannot_be_kept,
    testing::Values(
        obstacle{"gone", error_code::not_found, "put it back from a backup",
                 [](const std::string& head) { std::filesystem::remove(head); }, make_empty},
        obstacle{"not readable as a head", error_code::corrupt, "put it back from a backup",
                 [](const std::string& head) { std::ofstream(head) << "3 short stadsnat\n"; }, make_empty},
        obstacle{"a row that the log does not have", error_code::conflict, "verify the ledger",
                 [](const std::string& head) { std::ofstream(head) << "1 " << std::string(64, '0') << " stadsnat\n"; },
                 make_empty},
        obstacle{"a row beyond the log", error_code::conflict, "verify the ledger",
                 [](const std::string& head) { std::ofstream(head) << "9 " << std::string(64, '0') << " stadsnat\n"; },
                 make_empty},
        obstacle{"something else under the temporary name", error_code::io, "the next commit keeps it",
                 [](const std::string& head) { std::filesystem::create_directory(head + ".tmp"); },
                 [](const std::string& head) { std::filesystem::remove(head + ".tmp"); }}));

// A process that was stopped while it replaced the head must not stop all others.
TEST_F(log_head_file, is_not_waited_for_without_end) {
    constexpr int patience_ms = 30;
    auto ledger = must(open_sqlite_store(path, time, patience_ms));
    write(*ledger);
    const int other = ::open((head() + ".tmp").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ASSERT_EQ(::flock(other, LOCK_EX), 0);
    write(*ledger);
    ASSERT_TRUE(ledger->head_failure());
    EXPECT_EQ(name(ledger->head_failure()->code), name(error_code::busy));
    const proof proved = must(ledger->verify(tenant));
    EXPECT_TRUE(proved.chain_intact) << testing::PrintToString(proved.faults);
    EXPECT_EQ(proved.newest_log_no - proved.head_log_no, 1);
    ::close(other);
    write(*ledger);
    EXPECT_FALSE(ledger->head_failure());
}

// The log's first receipt may have been written before there was a row.
TEST_F(log_head_file, noted_before_the_first_row_is_proof_of_the_tenant) {
    auto ledger = open();
    log_head noted = must(must(ledger->begin_read(tenant))->newest_log());
    EXPECT_EQ(noted.log_no, 0);
    write(*ledger);
    EXPECT_TRUE(must(ledger->verify(tenant, {&noted, 1})).chain_intact);
    noted = must(must(ledger->begin_read("energi"))->newest_log());
    EXPECT_FALSE(must(ledger->verify(tenant, {&noted, 1})).chain_intact);
}

}  // namespace
}  // namespace brygga::ledger
