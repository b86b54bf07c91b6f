// What a pain.002 says of the order that it answers, and what that makes of the file that was sent.
#include "mapping/inbound/answers.hpp"

#include <ostream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/ledger/store_fixture.hpp"

namespace brygga::inbound {
namespace {

using ledger::sending;

std::string answer(const std::string& group, const std::string& payments = {}) {
    return "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"><CstmrPmtStsRpt>"
           "<GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-11-23T10:05:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts>"
           "<OrgnlMsgId>ORDER-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>" +
           (group.empty() ? "" : "<GrpSts>" + group + "</GrpSts>") + "</OrgnlGrpInfAndSts>" + payments +
           "</CstmrPmtStsRpt></Document>";
}

std::string payment(const std::string& status, const std::string& reason = {}) {
    return "<OrgnlPmtInfAndSts><OrgnlPmtInfId>P1</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>E1</OrgnlEndToEndId><TxSts>" +
           status + "</TxSts>" + (reason.empty() ? "" : "<StsRsnInf><Rsn>" + reason + "</Rsn></StsRsnInf>") +
           "</TxInfAndSts></OrgnlPmtInfAndSts>";
}

struct verdict_case {
    std::string what, bytes, expected;  // "rejected all: AC04", empty: nothing
};
void PrintTo(const verdict_case& item, std::ostream* out) {
    *out << item.what;
}

class verdicts : public testing::TestWithParam<verdict_case> {};

TEST_P(verdicts, of_the_whole_order) {
    const auto said = verdict_of(pain::read_status_report(GetParam().bytes));
    EXPECT_EQ(said ? fmt::format("{} {}", name(said->state), said->reason) : std::string(), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    table, verdicts,
    testing::Values(verdict_case{"taken", answer("ACTC"), "confirmed ACTC"},
                    verdict_case{"accepted with payments", answer("ACCP", payment("ACSP")), "confirmed ACCP ACSP"},
                    verdict_case{"only payments", answer("", payment("ACSC")), "confirmed ACSC"},
                    verdict_case{"pending", answer("PDNG"), ""}, verdict_case{"no word", answer(""), ""},
                    verdict_case{"a code that nobody knows", answer("XXXX"), ""},
                    verdict_case{"refused", answer("RJCT"), "rejected all"},
                    verdict_case{"one refused", answer("PART", payment("RJCT", "<Cd>AC04</Cd>")), "rejected not all: AC04"},
                    verdict_case{"one refused though the order is accepted", answer("ACCP", payment("RJCT", "<Cd>AC04</Cd>")),
                                 "rejected not all: AC04"},
                    verdict_case{"partly, which is not told", answer("PART"), "rejected not all"},
                    verdict_case{"words instead of a code",
                                 answer("PART", payment("RJCT", "<Prtry>account of Anna Exempel is closed</Prtry>")),
                                 "rejected not all"}));

class answers : public ledger::store_test {
 protected:
    // The state of the order after the answer.
    sending after(const std::string& bytes) {
        auto into = ledger::must(ledger->begin(ledger::tenant));
        const ledger::exchanged_file file;
        const auto done = pain_status_mapping().book(bytes, file, {}, *into);
        EXPECT_TRUE(done) << done.error().text;
        EXPECT_EQ(done->outcome(), ledger::file_outcome::archived);
        ledger::must(into->commit());
        return state();
    }
    sending state() {
        return ledger::must(ledger::must(ledger->begin_read(ledger::tenant))->exchange().outgoing_with_id(order.id))
            ->newest.state;
    }
    void queue() {
        auto into = ledger::must(ledger->begin(ledger::tenant));
        ledger::must(into->exchange().add_outgoing(order));
        ledger::must(into->exchange().add_event(order.id, {sending::sent, 1, "seen-there", {}, 0}));
        ledger::must(into->commit());
    }
    void close() {
        auto into = ledger::must(ledger->begin(ledger::tenant));
        ledger::must(into->exchange().add_event(order.id, {sending::closed, 1, "paid by hand", "eva", 0}));
        ledger::must(into->commit());
    }

    ledger::outgoing order{0, "one", "bank", "in", "one.xml", "pain.001", "ORDER-1", std::string(64, 'a'), 17, 0};
};

TEST_P(answers, what_is_rejected_stays_so_until_a_person_closes_it) {
    queue();
    EXPECT_EQ(after(answer("PDNG")), sending::sent);
    EXPECT_EQ(after(answer("ACTC")), sending::confirmed);
    EXPECT_EQ(after(answer("PART", payment("RJCT"))), sending::rejected);
    EXPECT_EQ(after(answer("ACCP")), sending::rejected);
    close();
    EXPECT_EQ(after(answer("ACCP")), sending::closed);
    EXPECT_EQ(after(answer("RJCT")), sending::rejected) << "news";
}

TEST_P(answers, that_come_late_do_not_cancel_what_a_person_wants_sent_again) {
    queue();
    EXPECT_EQ(after(answer("RJCT")), sending::rejected);
    auto into = ledger::must(ledger->begin(ledger::tenant));
    ledger::must(into->exchange().add_event(order.id, {sending::queued, 0, "mended there", "eva", 0}));
    ledger::must(into->commit());
    into.reset();
    EXPECT_EQ(after(answer("ACTC")), sending::failed) << "a person decides";
    const auto item = ledger::must(ledger::must(ledger->begin_read(ledger::tenant))->exchange().outgoing_with_id(order.id));
    EXPECT_EQ(item->newest.reason, "answered before it was sent again: ACTC");
    EXPECT_EQ(after(answer("ACSP")), sending::failed) << "nor does the next answer decide";
    into = ledger::must(ledger->begin(ledger::tenant));
    ledger::must(into->exchange().add_event(order.id, {sending::queued, 0, "again", "eva", 0}));
    ledger::must(into->exchange().add_event(order.id, {sending::uploaded, 1, {}, {}, 0}));
    ledger::must(into->commit());
    into.reset();
    EXPECT_EQ(after(answer("ACSP")), sending::confirmed) << "it has gone again";
}

TEST_P(answers, that_are_quicker_than_our_own_note_count) {
    auto into = ledger::must(ledger->begin(ledger::tenant));
    ledger::must(into->exchange().add_outgoing(order));
    ledger::must(into->exchange().add_event(order.id, {sending::uploaded, 1, {}, {}, 0}));
    ledger::must(into->commit());
    into.reset();
    EXPECT_EQ(after(answer("ACTC")), sending::confirmed);
}

TEST_P(answers, an_answer_to_nothing_of_ours_is_not_taken) {
    queue();
    std::string bytes = answer("ACTC");
    bytes.replace(bytes.find("ORDER-1"), 7, "ORDER-2");
    auto into = ledger::must(ledger->begin(ledger::tenant));
    const auto done = pain_status_mapping().book(bytes, {}, {}, *into);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, error_code::invalid_content);
    EXPECT_EQ(done.error().text.find("ORDER"), std::string::npos);
}

BRYGGA_ALL_STORES(answers);

}  // namespace
}  // namespace brygga::inbound
