#include "connectors/service/alarms.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ledger/store_fixture.hpp"

namespace brygga::service {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using timing::moment;

// Of November 2026, in Swedish winter time; the 23rd is a Monday.
constexpr moment at(unsigned day, int hour, int minute = 0) {
    return moment(std::chrono::sys_days(std::chrono::year{2026} / 11 / std::chrono::day{day})) + hours(hour - 1) +
           minutes(minute);
}

struct unmet_case {
    std::string what;
    std::vector<moment> came;
    moment now;
    std::optional<moment> expected;
};
void PrintTo(const unmet_case& item, std::ostream* out) {
    *out << item.what;
}

class expectation : public testing::TestWithParam<unmet_case> {};

TEST_P(expectation, is_met_by_a_file_for_each_time) {
    const auto by = timing::schedule::parse("bankday 17:30").value();
    EXPECT_EQ(unmet(by, GetParam().came, GetParam().now), GetParam().expected);
}

constexpr auto nothing = std::nullopt;
INSTANTIATE_TEST_SUITE_P(
    bank_days, expectation,
    testing::Values(unmet_case{"in time", {at(23, 17), at(24, 17)}, at(24, 18), nothing},
                    unmet_case{"not yet its time", {at(23, 17)}, at(24, 17), nothing},
                    unmet_case{"not come", {at(23, 17)}, at(24, 17, 30), at(24, 17, 30)},
                    unmet_case{"late and there", {at(23, 17), at(24, 19)}, at(24, 20), nothing},
                    unmet_case{"a late one is not the next day's", {at(20, 17), at(23, 19)}, at(24, 18), at(24, 17, 30)},
                    unmet_case{"a late one and the next day's", {at(20, 17), at(23, 19), at(24, 17)}, at(24, 18), nothing},
                    unmet_case{"Friday's over the weekend", {at(20, 17)}, at(22, 12), nothing},
                    unmet_case{"Monday's", {at(20, 17)}, at(23, 18), at(23, 17, 30)},
                    unmet_case{"the first day that is watched, nothing came", {}, at(24, 18), at(24, 17, 30)},
                    unmet_case{"the first file ever", {at(24, 17)}, at(24, 18), nothing}));

class alarms : public ledger::store_test {
 protected:
    alarms() {
        who.id = std::string(ledger::tenant);
        partners::partner bank;
        bank.id = "bank";
        bank.sends.resize(1);
        bank.sends[0].folder = "in";
        bank.sends[0].answered_within = minutes(120);
        who.partners.push_back(bank);
    }
    ledger::row_id send(const std::string& key, ledger::sending state, const std::string& reason = {}) {
        auto into = begin();
        ledger::outgoing item{0, key, "bank", "in", "Anna Exempel.xml", "pain.001", key, std::string(64, 'a'), 17, 0};
        ledger::must(into->exchange().add_outgoing(item));
        ledger::must(into->exchange().add_event(item.id, {state, 1, reason, {}, 0}));
        ledger::must(into->commit());
        return item.id;
    }
    std::vector<std::string> found() {
        const auto in = read();
        std::vector<std::string> out;
        for (const alarm& each : ledger::must(alarms_of(who, *in, moment(milliseconds(time.now_ms)), minutes(60)))) {
            EXPECT_EQ(each.text.find("Anna"), std::string::npos) << each.text;
            out.push_back(std::string(name(each.kind)) + ' ' + each.subject);
        }
        return out;
    }

    config::tenant who;
};

TEST_P(alarms, tell_of_late_answers_failures_and_rejections_until_somebody_has_acted) {
    const ledger::row_id late = send("late", ledger::sending::sent), failed = send("failed", ledger::sending::failed, "host-key");
    send("fine", ledger::sending::confirmed);
    const ledger::row_id refused = send("refused", ledger::sending::rejected, "all: AC04");
    const std::string not_sent = "not-sent " + ledger::format_id(failed), rejected = "rejected " + ledger::format_id(refused);
    EXPECT_THAT(found(), ElementsAre(not_sent, rejected));
    time.now_ms += 120 * 60'000;
    EXPECT_THAT(found(), ElementsAre("answer-late " + ledger::format_id(late), not_sent, rejected));
    auto into = begin();
    for (const ledger::row_id each : {late, failed, refused})
        ledger::must(into->exchange().add_event(each, {ledger::sending::closed, 1, "seen to", "eva", 0}));
    ledger::must(into->commit());
    into.reset();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_P(alarms, tell_of_what_the_file_of_autogiro_lacks_and_of_a_file_that_was_overtaken) {
    const ledger::row_id file = send("overtaken", ledger::sending::held, "must not leave");
    auto into = begin();
    ledger::matter lacks, overtaken;
    lacks.kind = lacks.key = ledger::instruction_not_sent;
    overtaken.kind = overtaken.key = ledger::file_overtaken;
    overtaken.subject_id = file;
    ledger::must(into->matters().add_matter(lacks));
    ledger::must(into->matters().add_matter(overtaken));
    ledger::must(into->commit());
    into.reset();
    EXPECT_THAT(found(), ElementsAre("not-sent " + ledger::format_id(file), "not-sent instruction-not-sent"));
    into = begin();
    for (const ledger::row_id each : {lacks.id, overtaken.id})
        ledger::must(into->matters().close_matter(each, "eva", "seen to"));
    ledger::must(into->commit());
    into.reset();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_P(alarms, tell_of_a_file_that_waits_too_long_and_of_one_that_was_refused) {
    auto into = begin();
    ledger::outgoing waits{0, "waits", "bank", "in", "a.xml", "pain.001", "A", std::string(64, 'a'), 17, 0};
    ledger::outgoing later = waits, refused = waits;
    later.key = "later";
    later.not_before = time.now_ms + 90 * 60'000;
    refused.key = "refused";
    ledger::must(into->exchange().add_outgoing(waits));
    ledger::must(into->exchange().add_outgoing(later));
    ledger::must(into->exchange().add_refused(refused, "our own reader refuses it"));
    ledger::must(into->commit());
    into.reset();
    const std::string not_sent = "not-sent " + ledger::format_id(refused.id);
    EXPECT_THAT(found(), ElementsAre(not_sent));
    time.now_ms += 60 * 60'000;
    EXPECT_THAT(found(), ElementsAre(not_sent, "unsent bank"));
    into = begin();
    ledger::must(into->exchange().add_event(waits.id, {ledger::sending::held, 0, "wrong", "eva", 0}));
    ledger::must(into->commit());
    into.reset();
    EXPECT_THAT(found(), ElementsAre(not_sent)) << "a person wants it to wait; the other's time has not come";
    time.now_ms += 60 * 60'000;
    EXPECT_THAT(found(), ElementsAre(not_sent)) << "thirty minutes after its time";
    time.now_ms += 30 * 60'000;
    EXPECT_THAT(found(), ElementsAre(not_sent, "unsent bank"));
    into = begin();
    for (const ledger::row_id each : {later.id, refused.id})
        ledger::must(into->exchange().add_event(each, {ledger::sending::closed, 0, "seen to", "eva", 0}));
    ledger::must(into->commit());
    into.reset();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_P(alarms, tell_of_files_for_a_partner_that_is_no_longer_configured) {
    auto into = begin();
    ledger::outgoing lost{0, "lost", "old", "in", "a.xml", "pain.001", "A", std::string(64, 'a'), 17, 0};
    ledger::must(into->exchange().add_outgoing(lost));
    ledger::must(into->commit());
    into.reset();
    EXPECT_THAT(found(), ElementsAre("unsent old"));
}

TEST_P(alarms, tell_of_a_file_that_has_not_come) {
    who.expects.push_back({"camt.054", timing::schedule::parse("daily 00:00").value()});
    ASSERT_EQ(found().size(), 1u);
    EXPECT_TRUE(found()[0].starts_with("file-missing camt.054 20")) << found()[0];
    auto into = begin();
    ledger::exchanged_file file;
    file.claim = "0000000000001";
    file.name = "a.xml";
    file.format = "camt.054";
    file.sha256 = std::string(64, 'b');
    file.receipt = "{}";
    file.outcome = ledger::file_outcome::rejected;
    ledger::must(into->add_file(file));
    ledger::must(into->commit());
    into.reset();
    EXPECT_EQ(found().size(), 1u) << "a rejected one does not count";
    into.reset();
    into = begin();
    file.id = 0;
    file.claim = "0000000000002";
    file.outcome = ledger::file_outcome::archived;
    ledger::must(into->add_file(file));
    ledger::must(into->commit());
    into.reset();
    EXPECT_THAT(found(), IsEmpty());
}

BRYGGA_ALL_STORES(alarms);

}  // namespace
}  // namespace brygga::service
