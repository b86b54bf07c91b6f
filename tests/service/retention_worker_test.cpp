// Each night at three in Sweden, and again a little later when others were at work.
#include "connectors/service/retention_worker.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "connectors/intake/original_store.hpp"
#include "connectors/intake/swedish_day.hpp"
#include "formats/core/sha256.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/ledger/manual_clock.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::service {
namespace {

using ledger::must;
using std::chrono::milliseconds;
using testing::ElementsAre;

class nights : public testing::Test {
 protected:
    nights() {
        with_.store = folder_.path() / "books.db";
        with_.originals = folder_.path() / "originals";
        with_.tenants.resize(1);
        with_.tenants[0].id = "nat";
        with_.tenants[0].folder = folder_.path() / "nat";
        with_.retention.originals_years = 7;
        EXPECT_TRUE(config::init_folders(with_, filedrop::posix_file_system()));
        books_ = must(ledger::open_sqlite_store(with_.store, clock_));
        intake_test::put(folder_.path() / "in.txt", "hej");
        const auto originals = must(intake::open_originals(filedrop::posix_file_system(), with_.originals, {}));
        must(originals->keep(folder_.path() / "in.txt", {sha256_hex("hej"), 3}, "test"));
        ledger::exchanged_file file;
        file.claim = "0SA94VZH27K4B";
        file.sha256 = sha256_hex("hej");
        file.size_bytes = 3;
        file.receipt = "{}";
        auto into = must(books_->begin("nat"));
        must(into->add_file(file));
        must(into->commit());
        how_.time = &clock_;
        how_.at_step = [&](std::string_view step) { steps_.push_back(now() + " " + std::string(step)); };
    }

    [[nodiscard]] std::string now() { return intake::utc_text(clock_.now_ms); }

    // Sleeps cost nothing; after so many of them it is told to stop. `meanwhile` is called at each.
    void work(std::size_t sleeps, const std::function<void()>& meanwhile = {}) {
        std::stop_source stop;
        how_.sleep = [&](milliseconds time) {
            EXPECT_LE(time, std::chrono::hours(1));
            EXPECT_GT(time.count(), 0);
            if (meanwhile) meanwhile();
            clock_.now_ms += time.count();
            if (--sleeps == 0) stop.request_stop();
        };
        retention_worker worker(with_, *books_, how_, board_);
        must(worker.run(stop.get_token()));
    }

    intake_test::scratch_folder folder_;
    ledger::manual_clock clock_;
    config::settings with_;
    std::unique_ptr<ledger::store> books_;
    intake::options how_;
    retention_board board_;
    std::vector<std::string> steps_;
};

TEST_F(nights, it_is_done_at_three_in_sweden) {
    clock_.now_ms = 2'019'859'200'000 + 23 * 3'600'000 + 1'800'000;  // 2034-01-03T23:30Z, half past midnight
    work(4);                                                         // the fourth when it has been done
    EXPECT_THAT(steps_, ElementsAre("2034-01-04T02:00:00Z removal-noted", "2034-01-04T02:00:00Z original-removed"));
    const auto counts = board_.all();
    ASSERT_EQ(counts.size(), 1U);
    EXPECT_EQ(counts[0].tenant, "nat");
    EXPECT_EQ(counts[0].files, 1U);
    work(30);
    EXPECT_EQ(board_.all()[0].files, 1U) << "what is gone is not counted again";
}

TEST_F(nights, what_others_were_at_work_with_is_tried_ten_minutes_later) {
    clock_.now_ms = 2'019'859'200'000 + 1'800'000;  // 2034-01-03T00:30Z
    auto lock = must(intake::lock_originals(filedrop::posix_file_system(), with_.originals));
    work(5, [&] {
        if (now() == "2034-01-03T02:10:00Z") lock.reset();
    });
    EXPECT_THAT(steps_, ElementsAre("2034-01-03T02:20:00Z removal-noted", "2034-01-03T02:20:00Z original-removed"));
}

TEST_F(nights, a_stop_ends_the_waiting) {
    work(1);
    EXPECT_THAT(steps_, ElementsAre());
}

}  // namespace
}  // namespace brygga::service
