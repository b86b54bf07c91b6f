// A section that waited is released when nothing has come meanwhile that may be the same money, or a person says that it is other
// money.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mapping/inbound/duplicates.hpp"
#include "tests/inbound/camt_on_a_ledger.hpp"

namespace brygga::inbound::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(camt_on_a_ledger, an_entry_that_came_in_bgmax_while_it_waited_is_not_released) {
    const auto held = deliver_camt("054", "EX-1", "entry 2026-03-02 00041 sum=10.00\npay 9.00\nocr 1000300101\n");
    ASSERT_EQ(held.told.sections.front().state, section_state::held);
    ASSERT_TRUE(deliver("bgmax", bgmax_bytes(bgmax_deposit)).told.accepted);
    const auto released = release(held, 1);
    ASSERT_FALSE(released.has_value());
    EXPECT_EQ(released.error().code, error_code::conflict);
    EXPECT_THAT(released.error().text, HasSubstr("CAMT-R22"));
}

TEST_F(camt_on_a_ledger, a_section_that_came_in_camt_while_it_waited_is_not_released) {
    std::string wrong(bgmax_deposit);
    wrong.replace(wrong.find("pay 10.00"), 9, "pay 9.00").replace(wrong.find("00041"), 5, "00041 sum=10.00");
    const auto held = deliver("bgmax", bgmax_bytes(wrong));
    ASSERT_EQ(held.told.sections.front().state, section_state::held);
    ASSERT_TRUE(deliver_camt("054", "EX-1", one_entry).told.accepted);
    const auto released = release(held, 1);
    ASSERT_FALSE(released.has_value());
    EXPECT_EQ(released.error().code, error_code::conflict);
}

TEST_F(camt_on_a_ledger, an_entry_whose_payments_came_in_other_groups_while_it_waited_is_not_released) {
    const auto held = deliver_camt("054", "EX-1", "entry 2026-03-02 00041 sum=11.00\npay 10.00 serial=EXBK1\n");
    ASSERT_EQ(held.told.sections.front().state, section_state::held);
    ASSERT_TRUE(deliver_camt("053", "EX-2", "entry 2026-03-02 00000 ref=EXB\npay 10.00 serial=EXBK1\n").told.accepted);
    EXPECT_EQ(release(held, 1).error().code, error_code::conflict);
}

// What waited as a possible repetition, and was released as such, says how much of it waits in suspense.
TEST_F(camt_on_a_ledger, a_released_section_counts_its_payments_that_are_known) {
    ASSERT_TRUE(deliver_camt("054", "EX-1", one_entry).told.accepted);
    const auto held = deliver_camt("053", "EX-2", "entry 2026-03-03 00042\npay 10.00 serial=EXBK1\npay 5.00 serial=EXBK2\n");
    ASSERT_THAT(held.told.sections.front().reasons, ElementsAre("CAMT-R22"));
    EXPECT_THAT(held.told.findings.front().expected, HasSubstr("came by camt"));
    const logical_result told = must(release(held, 1));
    EXPECT_EQ(told.held, 1U);
    EXPECT_EQ(told.sections.front().repeated, 1U);
}

// The doubt names the deposit, so that the person can look at it and say that it is other money.
TEST_F(camt_on_a_ledger, a_section_that_may_have_come_while_it_waited_is_released_as_other_money) {
    const auto held = deliver_camt("054", "EX-1", "entry 2026-03-02 00041 sum=10.00\npay 9.00\nocr 1000300101\n");
    ASSERT_TRUE(deliver("bgmax", bgmax_bytes(bgmax_deposit)).told.accepted);
    const auto refused = release(held, 1);
    ASSERT_FALSE(refused.has_value());
    const ledger::row_id deposit = deposits().front().id;
    EXPECT_THAT(refused.error().text, HasSubstr("--other-than " + ledger::format_id(deposit)));
    EXPECT_EQ(release(held, 1, {deposit + 1}).error().code, error_code::not_found) << "no deposit";
    ASSERT_TRUE(deliver_camt("054", "EX-2", "entry 2026-03-02 00042\npay 10.00\nocr 1000300101\n").told.accepted);
    EXPECT_EQ(release(held, 1, {deposits().back().id}).error().code, error_code::conflict) << "another than the one in doubt";
    EXPECT_EQ(must(release(held, 1, {deposit})).sections.front().state, section_state::booked);
}

TEST_F(camt_on_a_ledger, a_release_lets_only_that_through_of_which_the_person_was_told) {
    const std::string entry = "entry 2026-03-02 00000 ref=EXB\npay 10.00\nocr 1000300101\n";
    ASSERT_TRUE(deliver_camt("054", "EX-1", entry).told.accepted);
    const auto told = deliver_camt("053", "EX-2", entry), told_of_both = deliver_camt("053", "EX-3", entry);
    ASSERT_THAT(told.told.sections.front().reasons, ElementsAre("CAMT-R22"));
    ASSERT_THAT(told_of_both.told.sections.front().reasons, ElementsAre("CAMT-R22"));
    EXPECT_EQ(must(release(told, 1)).sections.front().state, section_state::booked);
    const auto refused = release(told_of_both, 1);
    ASSERT_FALSE(refused.has_value()) << "the section of EX-2 was booked since";
    EXPECT_THAT(refused.error().text, HasSubstr(ledger::format_id(deposits().back().id)));
    EXPECT_EQ(must(release(told_of_both, 1, {deposits().back().id})).sections.front().state, section_state::booked);
}

TEST_F(camt_on_a_ledger, a_section_that_may_be_one_of_several_deposits_names_each) {
    const std::string entry = "entry 2026-03-02 00000 ref=EXB\npay 10.00\n";
    ASSERT_TRUE(deliver_camt("054", "EX-1", entry).told.accepted);
    EXPECT_EQ(must(release(deliver_camt("054", "EX-2", entry), 1)).sections.front().state, section_state::booked);
    const auto all = deposits();
    ASSERT_EQ(all.size(), 2U);
    const auto held = deliver_camt("053", "EX-3", entry);
    ASSERT_THAT(held.told.sections.front().reasons, ElementsAre("CAMT-R22"));
    for (const ledger::known_deposit& each : all)
        EXPECT_THAT(held.told.findings.front().expected, HasSubstr(ledger::format_id(each.id)));
    const std::vector<ledger::known_deposit> many(7, all.front());
    EXPECT_THAT(may_be_one_of(many), HasSubstr(" or one of 2 more may be it"));
}

TEST_F(camt_on_a_ledger, sections_of_one_message_that_wait_are_released_one_by_one) {
    const auto held = deliver_camt("053", "EX-1",
                                   "entry 2026-03-02 00000 ref=EXB sum=10.00\npay 9.00\nocr 1000300101\n"
                                   "entry 2026-03-02 00000 ref=EXB sum=10.00\npay 9.00\nocr 1000300101\n");
    for (const std::uint32_t section_no : {1U, 2U})
        EXPECT_EQ(must(release(held, section_no)).sections.front().state, section_state::booked) << section_no;
}

TEST_F(camt_on_a_ledger, a_section_that_another_of_its_message_has_brought_meanwhile_is_not_booked_twice) {
    const auto held = deliver_camt("054", "EX-1",
                                   "entry 2026-03-02 00041 sum=10.00\npay 9.00\nocr 1000300101\n"
                                   "entry 2026-03-02 00041\npay 10.00\nocr 1000300101\n");
    EXPECT_EQ(must(release(held, 2)).sections.front().state, section_state::booked);
    const auto refused = release(held, 1);
    ASSERT_FALSE(refused.has_value());
    EXPECT_THAT(refused.error().text, HasSubstr(ledger::format_id(deposits().front().id)));
}

// BGMAX-R61 tells of the other logical file, so that the person has decided.
TEST_F(camt_on_a_ledger, a_section_that_repeats_the_number_of_another_logical_file_can_be_released) {
    std::string second(bgmax_deposit);
    second.replace(second.find("10.00"), 5, "20.00").replace(second.find("900000000001"), 12, "900000000002");
    const std::string both = bgmax_bytes(bgmax_deposit) + bgmax_bytes(second);
    const auto held = deliver("bgmax", both);
    EXPECT_EQ(must(release(held, 1, {}, 2)).sections.front().state, section_state::booked);
}

TEST_F(camt_on_a_ledger, a_section_whose_number_another_logical_file_has_booked_is_not_booked_twice) {
    std::string wrong(bgmax_deposit);
    wrong.replace(wrong.find("pay 10.00"), 9, "pay 9.00").replace(wrong.find("00041"), 5, "00041 sum=10.00");
    const auto held = deliver("bgmax", bgmax_bytes(wrong) + bgmax_bytes(bgmax_deposit));
    ASSERT_EQ(held.told.sections.front().state, section_state::held);
    EXPECT_EQ(release(held, 1).error().code, error_code::conflict);
    EXPECT_EQ(must(release(held, 1, {deposits().front().id})).sections.front().state, section_state::booked);
}

TEST_F(camt_on_a_ledger, a_section_that_waits_for_another_of_its_message_names_the_deposit_that_is_booked) {
    ASSERT_TRUE(
        deliver("bgmax",
                bgmax_bytes("written 2026-03-02 P\nsection 9912346\npay 10.00 ref=\"1000300101\"\ndeposit 2026-03-02 00041\n"
                            "section 9912346\npay 20.00 ref=\"1000300200\"\npay 10.00 ref=\"1000300101\"\n"
                            "deposit 2026-03-02 00042\nend\n"))
            .told.accepted);
    const auto made =
        deliver_camt("054", "EX-1",
                     "entry 2026-03-02 00041\npay 10.00 serial=EXBK1\nocr 1000300101\n"
                     "entry 2026-03-02 00042\npay 20.00 serial=EXBK1\nocr 1000300200\npay 10.00 serial=EXBK1\nocr 1000300101\n");
    EXPECT_EQ(made.told.sections[0].state, section_state::already_there);
    ASSERT_THAT(made.told.sections[1].reasons, ElementsAre("CAMT-R22"));
    EXPECT_THAT(made.told.findings.back().expected, HasSubstr(ledger::format_id(deposits(3000).front().id)));
}

TEST_F(camt_on_a_ledger, sections_with_one_payment_wait_both_when_the_first_does) {
    const auto held = deliver_camt("053", "EX-1",
                                   "entry 2026-03-02 00000 ref=EXB sum=10.00\npay 9.00 serial=EXBK1\n"
                                   "entry 2026-03-02 00000 ref=EXB\npay 9.00 serial=EXBK1\n");
    EXPECT_THAT(held.told.sections[0].reasons, ElementsAre("CAMT-R10", "CAMT-R22"));
    EXPECT_THAT(held.told.sections[1].reasons, ElementsAre("CAMT-R22"));
}

TEST_F(camt_on_a_ledger, a_release_can_name_several_deposits_also_one_without_payments) {
    ASSERT_EQ(
        must(release(deliver("bgmax",
                             bgmax_bytes("written 2026-03-02 P\nsection 9912346\ndeposit 2026-03-02 00041 sum=10.00\nend\n")),
                     1))
            .sections.front()
            .state,
        section_state::booked);
    const auto held = deliver_camt("054", "EX-1", "entry 2026-03-02 00041 sum=11.00\npay 9.00\nocr 1000300101\n");
    ASSERT_THAT(held.told.sections.front().reasons, ElementsAre("CAMT-R10", "CAMT-R22"));
    EXPECT_EQ(must(release(held, 1)).sections.front().state, section_state::booked) << "it was told of the first";
    const auto waits = deliver_camt("053", "EX-2", "entry 2026-03-02 00043 sum=10.00\npay 9.00\nocr 1000300101\n");
    std::vector<ledger::row_id> named;
    for (const char* const written : {"2026-03-02", "2026-03-03"}) {
        const auto other = deliver("bgmax", bgmax_bytes("written " + std::string(written) +
                                                        " P\nsection 9912346\ndeposit 2026-03-02 00043 sum=10.00\nend\n"));
        must(release(other, 1, named));
        named.push_back(deposits().back().id);
    }
    const auto refused = release(waits, 1, {named[0]});
    ASSERT_FALSE(refused.has_value());
    EXPECT_THAT(refused.error().text,
                HasSubstr("--other-than " + ledger::format_id(named[0]) + " --other-than " + ledger::format_id(named[1])));
    EXPECT_EQ(must(release(waits, 1, named)).sections.front().state, section_state::booked);
}

TEST_F(camt_on_a_ledger, a_section_that_waits_for_another_reason_tells_of_payments_that_may_be_there_too) {
    ASSERT_TRUE(deliver("bgmax", bgmax_bytes(bgmax_deposit)).told.accepted);
    const auto held =
        deliver_camt("054", "EX-1", "entry 2026-03-02 00000 ref=EXB sum=15.00\npay 10.00\nocr 1000300101\npay 4.00\n");
    EXPECT_THAT(held.told.sections.front().reasons, ElementsAre("CAMT-R10", "CAMT-R22"));
    EXPECT_EQ(must(release(held, 1)).sections.front().state, section_state::booked);
}

TEST_F(camt_on_a_ledger, a_deposit_of_the_same_amount_from_other_payers_does_not_wait) {
    ASSERT_TRUE(deliver_camt("054", "EX-1", "entry 2026-03-02 00000 ref=EXB\npay 10.00\nocr 1000300101\n").told.accepted);
    const auto other_payer = deliver_camt("053", "EX-2", "entry 2026-03-02 00000 ref=EXB\npay 10.00\nocr 1000300200\n");
    EXPECT_EQ(other_payer.told.sections.front().state, section_state::booked);
    ASSERT_TRUE(deliver_camt("054", "EX-3", "entry 2026-03-02 00000 ref=EXB\npay 20.00 serial=EXBK1\n").told.accepted);
    const auto other_number = deliver_camt("054", "EX-4", "entry 2026-03-02 00000 ref=EXB\npay 20.00 serial=EXBK2\n");
    EXPECT_EQ(other_number.told.sections.front().state, section_state::booked) << "a notification tells a payment once";
    const auto in_statement = deliver_camt("053", "EX-5", "entry 2026-03-02 00000 ref=EXB\npay 20.00 serial=EXBK3\n");
    EXPECT_THAT(in_statement.told.sections.front().reasons, ElementsAre("CAMT-R22")) << "some banks number anew";
    ASSERT_TRUE(
        deliver_camt("054", "EX-6", "entry 2026-03-02 00000 ref=EXB\npay 30.00 serial=EXBK8\nocr 1000300101\n").told.accepted);
    const auto reissued =
        deliver_camt("054", "EX-6B", "entry 2026-03-02 00000 ref=EXB\npay 30.00 serial=EXBK9\nocr 1000300101\n");
    EXPECT_THAT(reissued.told.sections.front().reasons, ElementsAre("CAMT-R22")) << "all references are the same";
    const auto in_words = deliver_camt("053", "EX-7", "entry 2026-03-02 00000 ref=EXB\npay 10.00\nocr 10003005\n");
    EXPECT_THAT(in_words.told.sections.front().reasons, ElementsAre("CAMT-R22"))
        << "no OCR reference, maybe the invoice's number";
}

// Some banks give a payment another number in the statement than in the notification.
TEST_F(camt_on_a_ledger, a_numbered_deposit_with_the_same_references_is_the_same_whatever_the_banks_numbers) {
    ASSERT_TRUE(deliver_camt("054", "EX-1", one_entry).told.accepted);
    const auto same = deliver_camt("053", "EX-2", "entry 2026-03-02 00041\npay 10.00 serial=EXST1\nocr 1000300101\n");
    EXPECT_EQ(same.told.sections.front().state, section_state::already_there);
    ASSERT_TRUE(deliver_camt("054", "EX-3", "entry 2026-03-02 00042\npay 10.00 serial=EXBK2\n").told.accepted);
    const auto unknown = deliver_camt("053", "EX-4", "entry 2026-03-02 00042\npay 10.00 serial=EXST2\n");
    EXPECT_THAT(unknown.told.sections.front().reasons, ElementsAre("CAMT-R22")) << "nothing but the number says so";
}

}  // namespace
}  // namespace brygga::inbound::test
