// Files that leave and arrive, in every store.
#include "mapping/ledger/exchange.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

class exchange : public store_test {
 protected:
    static outgoing file_for(const std::string& partner, const std::string& key) {
        return {0, key, partner, "in", key + ".xml", "pain.001", "ID-" + key, std::string(64, 'a'), 17, 0};
    }
    static std::vector<std::string> keys(const std::vector<outgoing_item>& items) {
        std::vector<std::string> found;
        for (const outgoing_item& each : items)
            found.push_back(each.row.key + " " + std::string(name(each.newest.state)));
        return found;
    }
};

TEST_P(exchange, how_far_a_file_has_come_is_its_newest_event) {
    auto into = begin();
    exchange_rows& rows = into->exchange();
    outgoing one = file_for("bank", "one"), two = file_for("bank", "two"), three = file_for("kivra", "three");
    two.not_before = 5000;
    for (outgoing* each : {&one, &two, &three})
        must(rows.add_outgoing(*each));
    EXPECT_EQ(keys(must(rows.unsent("bank", 10))), (std::vector<std::string>{"one queued", "two queued"}));
    EXPECT_EQ(must(rows.unsent("bank", 10)).at(1).newest.due, 5000);
    EXPECT_EQ(must(rows.unsent("bank", 1)).size(), 1U);

    must(rows.add_event(one.id, {sending::sending, 1, {}, {}, 0}));
    must(rows.add_event(two.id, {sending::sending, 1, {}, {}, 0}));
    must(rows.add_event(one.id, {sending::uploaded, 1, {}, {}, 0}));
    must(rows.add_event(two.id, {sending::failed, 1, "host-key", {}, 0}));
    EXPECT_EQ(keys(must(rows.unsent("bank", 10))), (std::vector<std::string>{"one uploaded"}));
    EXPECT_EQ(keys(must(rows.outgoing_to_look_at(10))), (std::vector<std::string>{"two failed"}));
    EXPECT_EQ(must(rows.outgoing_to_look_at(10)).at(0).newest.reason, "host-key");

    must(rows.add_event(one.id, {sending::sent, 1, "now", {}, 0}));
    must(rows.add_event(two.id, {sending::queued, 0, "resend", "eva", 7000}));
    EXPECT_EQ(keys(must(rows.unsent("bank", 10))), (std::vector<std::string>{"two queued"}));
    EXPECT_TRUE(must(rows.outgoing_to_look_at(10)).empty());
    EXPECT_EQ(must(rows.outgoing_with_id(one.id))->newest.state, sending::sent);
    EXPECT_EQ(must(rows.events_of(two.id)).back().actor, "eva");
    EXPECT_EQ(must(rows.events_of(two.id)).size(), 4U);
    EXPECT_EQ(must(rows.sent_since(0)), 1U);
    EXPECT_EQ(must(rows.sent_since(time.now_ms + 1)), 0U);
    must(into->commit());
}

TEST_P(exchange, what_is_due_and_how_long_it_has_waited_are_told) {
    auto into = begin();
    exchange_rows& rows = into->exchange();
    outgoing now = file_for("bank", "now"), later = file_for("bank", "later"), held = file_for("bank", "held");
    later.not_before = time.now_ms + 5000;
    for (outgoing* each : {&now, &later, &held})
        must(rows.add_outgoing(*each));
    must(rows.add_event(held.id, {sending::held, 0, "wrong", "eva", 0}));
    EXPECT_EQ(keys(must(rows.due("bank", time.now_ms, 10))), (std::vector<std::string>{"now queued"}));
    EXPECT_EQ(keys(must(rows.due("bank", time.now_ms + 5000, 10))), (std::vector<std::string>{"now queued", "later queued"}));
    EXPECT_EQ(keys(must(rows.unsent("bank", 10))), (std::vector<std::string>{"now queued", "later queued", "held held"}));
    auto waiting = must(rows.waiting(time.now_ms));
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].partner, "bank");
    EXPECT_EQ(waiting[0].files, 2U);
    EXPECT_EQ(waiting[0].next_due, later.not_before);
    EXPECT_EQ(waiting[0].waits_since, time.now_ms);
    must(into->commit());
    const timestamp_ms first = time.now_ms;
    time.now_ms += 1000;
    into.reset();
    into = begin();
    must(into->exchange().add_event(now.id, {sending::failed, 1, "host-key", {}, 0}));
    EXPECT_EQ(must(into->exchange().waiting(first))[0].waits_since, later.not_before);
    must(into->exchange().add_event(now.id, {sending::queued, 0, "again", "eva", 0}));
    EXPECT_EQ(must(into->exchange().waiting(first))[0].waits_since, time.now_ms) << "since a person last said so";
}

TEST_P(exchange, what_was_refused_is_no_earlier_copy) {
    auto into = begin();
    exchange_rows& rows = into->exchange();
    outgoing bad = file_for("bank", "bad");
    must(rows.add_refused(bad, "our own reader refuses it"));
    EXPECT_EQ(must(rows.outgoing_with_key("bad"))->newest.reason, "our own reader refuses it");
    EXPECT_EQ(keys(must(rows.outgoing_to_look_at(10))), (std::vector<std::string>{"bad refused"}));
    EXPECT_TRUE(must(rows.unsent("bank", 10)).empty());
    must(rows.add_event(bad.id, {sending::closed, 0, "seen", "eva", 0}));
    EXPECT_FALSE(must(rows.outgoing_with_content("bank", bad.sha256))) << "closed or not, it was never sent";
    outgoing good = file_for("bank", "good");
    must(rows.add_outgoing(good));
    EXPECT_EQ(must(rows.outgoing_with_content("bank", good.sha256))->row.id, good.id);
}

TEST_P(exchange, the_same_file_is_queued_once) {
    auto into = begin();
    outgoing one = file_for("bank", "one"), again = one, other = one;
    must(into->exchange().add_outgoing(one));
    must(into->exchange().add_outgoing(again));
    EXPECT_EQ(again.id, one.id);
    EXPECT_EQ(must(into->exchange().events_of(one.id)).size(), 1U);
    EXPECT_EQ(must(into->exchange().outgoing_with_content("bank", one.sha256))->row.id, one.id);
    EXPECT_FALSE(must(into->exchange().outgoing_with_content("kivra", one.sha256)));
    other.sha256 = std::string(64, 'b');
    expect_error(into->exchange().add_outgoing(other), error_code::conflict, "other content");
    expect_error(into->exchange().add_event(one.id + 1000, {}), error_code::not_found, "no outgoing file");
}

TEST_P(exchange, a_version_that_was_fetched_is_known) {
    auto into = begin();
    exchange_rows& rows = into->exchange();
    EXPECT_FALSE(must(rows.fetched_with_key("bank", "k1")));
    fetched_version first{0, "bank", "k1", "camt.xml", std::string(64, 'a'), 17};
    must(rows.add_fetched(first));
    EXPECT_FALSE(must(rows.fetched_with_key("kivra", "k1"))) << "of another partner";
    EXPECT_FALSE(must(rows.fetched_with_key("bank", "k1"))->cleared);
    must(rows.add_cleared(first.id));
    must(rows.add_cleared(first.id));
    EXPECT_TRUE(must(rows.fetched_with_key("bank", "k1"))->cleared);
    fetched_version second = first;
    second.sha256 = std::string(64, 'b');
    must(rows.add_fetched(second));
    const auto newest = must(rows.fetched_with_key("bank", "k1"));
    EXPECT_EQ(newest->row.sha256, second.sha256);
    EXPECT_FALSE(newest->cleared);
    EXPECT_EQ(must(rows.fetched_since(0)), 2U);
    EXPECT_EQ(must(rows.fetched_since(time.now_ms + 1)), 0U);
}

BRYGGA_ALL_STORES(exchange);

}  // namespace
}  // namespace brygga::ledger
