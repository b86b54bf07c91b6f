// What originals are kept for, and that one was removed, in every store.
#include "mapping/ledger/retention.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

const std::string one_hash(64, 'a'), other_hash(64, 'b');

class retention : public store_test {
 protected:
    static exchanged_file add_file(transaction& into, const std::string& sha256) {
        exchanged_file file;
        file.id = into.allot_id();
        file.claim = format_id(file.id);
        file.name = "in.txt";
        file.sha256 = sha256;
        file.size_bytes = 17;
        file.receipt = "{}";
        must(into.add_file(file));
        return file;
    }
    static original_removal removal(const std::string& sha256) {
        return {0, sha256, 17, 2033y / 12 / 31, "originals_years = 7", 0};
    }
};

TEST_P(retention, tells_what_came_and_what_leaves_with_the_last_that_happened_to_it) {
    const timestamp_ms came = time.now_ms;
    auto into = begin();
    const exchanged_file file = add_file(*into, one_hash), other = add_file(*into, other_hash);
    hold held{0, file.id, hold_subject::section, 1, 1, 0, "BGMAX-R32", "{}"};
    must(into->add_hold(held));
    outgoing order{0, "one", "bank", "in", "one.xml", "pain.001", "ID-1", one_hash, 17, 0};
    must(into->exchange().add_outgoing(order));
    must(into->commit());
    into.reset();
    time.now_ms += 1000;
    into = begin();
    must(into->decide_hold(held.id, hold_verdict::refused, "eva", "not ours"));
    must(into->exchange().add_event(order.id, {sending::sent, 1, "now", {}, 0}));
    must(into->commit());
    into.reset();

    const auto from = read();
    const auto all = must(from->retention().uses());
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].id, file.id);
    EXPECT_EQ(all[0].newest_at, came + 1000);
    EXPECT_FALSE(all[0].leaves);
    EXPECT_EQ(all[1].id, other.id);
    EXPECT_EQ(all[1].newest_at, came);
    EXPECT_EQ(all[2].id, order.id);
    EXPECT_EQ(all[2].newest_at, came + 1000);
    ASSERT_TRUE(all[2].leaves);
    EXPECT_EQ(all[2].leaves->partner + all[2].leaves->folder, "bankin");
    EXPECT_EQ(all[2].leaves->state, sending::sent);
    EXPECT_EQ(all[2].size_bytes, 17U);
    EXPECT_EQ(must(from->retention().uses_of(one_hash)).size(), 2U);
    EXPECT_EQ(must(from->retention().uses_of(other_hash)).at(0).id, other.id);
    EXPECT_TRUE(must(must(ledger->begin_read("another"))->retention().uses()).empty()) << "another company's";
}

TEST_P(retention, a_removal_is_noted_once_and_holds_until_the_bytes_come_again) {
    auto into = begin();
    (void)add_file(*into, one_hash);
    original_removal gone = removal(one_hash);
    must(into->retention().add_removal(gone));
    original_removal again = removal(one_hash);
    must(into->retention().add_removal(again));
    EXPECT_EQ(again.id, gone.id);
    must(into->commit());
    into.reset();
    reopen();
    const auto told = must(read()->retention().removal_of(one_hash));
    ASSERT_TRUE(told);
    EXPECT_EQ(told->id, gone.id);
    EXPECT_EQ(told->rule, "originals_years = 7");
    EXPECT_EQ(told->kept_until, date(2033y / 12 / 31));
    EXPECT_EQ(told->recorded_at, time.now_ms);
    EXPECT_EQ(told->size_bytes, 17U);
    EXPECT_EQ(must(read()->retention().removals()).size(), 1U);
    EXPECT_FALSE(must(read()->retention().removal_of(other_hash)));
    EXPECT_TRUE(must(ledger->verify(tenant)).chain_intact);

    into = begin();
    (void)add_file(*into, one_hash);
    must(into->commit());
    into.reset();
    EXPECT_FALSE(must(read()->retention().removal_of(one_hash)));
    EXPECT_TRUE(must(read()->retention().removals()).empty());
    into = begin();
    must(into->retention().add_removal(again));
    EXPECT_NE(again.id, gone.id) << "a second removal, of what was kept again";
    must(into->commit());
    into.reset();
    into = begin();
    outgoing order{0, "one", "bank", "in", "one.xml", "pain.001", "ID-1", one_hash, 17, 0};
    must(into->exchange().add_outgoing(order));
    must(into->commit());
    into.reset();
    EXPECT_FALSE(must(read()->retention().removal_of(one_hash))) << "to be sent, too, is to be kept";
    original_removal third = removal(one_hash);
    expect_error(read()->retention().add_removal(third), error_code::permission_denied);
}

TEST_P(retention, knows_the_files_whose_money_nobody_has_found_the_owner_of) {
    auto into = begin();
    bank_file from(*into), settled(*into, "beef");
    payment lost = from.add_payment(700);
    entry received = to_suspense(from, lost);
    must(into->add_entry(received));
    from.finish();
    settled.finish();
    must(into->commit());
    into.reset();
    EXPECT_EQ(must(read()->retention().files_in_suspense()), std::vector<row_id>{from.file.id});
}

BRYGGA_ALL_STORES(retention);

}  // namespace
}  // namespace brygga::ledger
