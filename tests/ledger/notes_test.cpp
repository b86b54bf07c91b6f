// Objections and the notes of decisions, on every store.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {

namespace {

using namespace samples;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class objections : public store_test {};

TEST_P(objections, pause_what_they_are_about_until_they_are_answered_bill_r34) {
    auto into = begin();
    const row_id id = post(*into, an_invoice("F1", "K1", {1000, 500}));
    const auto disputed = [&] {
        std::vector<bool> out;
        const open_invoice invoice = must(into->invoice_with_id(id)).value();
        for (const open_part& each : invoice.parts)
            out.push_back(each.is_disputed);
        return out;
    };
    EXPECT_THAT(disputed(), ElementsAre(false, false));
    must(into->add_objection({id, 2, objection_state::raised, "eva", "wrong meter", 0, 0}));
    EXPECT_THAT(disputed(), ElementsAre(false, true));
    EXPECT_TRUE(must(into->invoice_with_number("F1"))->is_disputed());
    EXPECT_EQ(must(into->open_invoices_of("K1")).at(0).undisputed().open_ore(), 1000);
    must(into->add_objection({id, 0, objection_state::raised, "eva", "everything", 0, 0}));
    EXPECT_THAT(disputed(), ElementsAre(true, true));
    must(into->add_objection({id, 0, objection_state::rejected, "nils", "nothing in it", 0, 0}));
    EXPECT_THAT(disputed(), ElementsAre(false, true));
    must(into->add_objection({id, 2, objection_state::rejected, "nils", "tested", 0, 0}));
    EXPECT_THAT(disputed(), ElementsAre(false, false));
    EXPECT_EQ(must(into->objections_to(id)).size(), 4U);
}

// What was admitted to be wrong is not collected meanwhile.
TEST_P(objections, that_are_upheld_pause_until_the_credit_note_comes) {
    auto into = begin();
    const invoice item = an_invoice("F1", "K1", {1000, 500});
    const row_id id = post(*into, item);
    const auto is_disputed = [&](std::size_t part) { return must(into->invoice_with_id(id)).value().parts.at(part).is_disputed; };
    post(*into, a_credit_note("C0", item, 10));  // before anybody objected
    for (const objection_state answer : {objection_state::upheld, objection_state::partly_upheld}) {
        must(into->add_objection({id, 1, objection_state::raised, "eva", std::string(name(answer)), 0, 0}));
        must(into->add_objection({id, 1, answer, "nils", "to be credited", 0, 0}));
        EXPECT_TRUE(is_disputed(0));
        EXPECT_FALSE(is_disputed(1));
        post(*into, a_credit_note("C" + std::to_string(static_cast<int>(answer)), item, 100));
        EXPECT_FALSE(is_disputed(0));
    }
    must(into->add_objection({id, 0, objection_state::raised, "eva", "x", 0, 0}));
    post(*into, a_credit_note("C9", item, 100));
    EXPECT_TRUE(is_disputed(0));  // it waits for its answer all the same
    must(into->add_objection({id, 0, objection_state::partly_upheld, "nils", "credited before", 0, 0}));
    EXPECT_FALSE(is_disputed(0));
    EXPECT_FALSE(is_disputed(1));
}

TEST_P(objections, are_raised_and_answered_once) {
    auto into = begin();
    const row_id id = post(*into, an_invoice("F1", "K1", {1000}));
    expect_error(into->add_objection({id, 1, objection_state::upheld, "eva", "x", 0, 0}), error_code::conflict);
    expect_error(into->add_objection({id, 2, objection_state::raised, "eva", "x", 0, 0}), error_code::not_found);
    expect_error(into->add_objection({id + 1000, 0, objection_state::raised, "eva", "x", 0, 0}), error_code::not_found);
    must(into->add_objection({id, 1, objection_state::raised, "eva", "x", 0, 0}));
    must(into->add_objection({id, 1, objection_state::raised, "eva", "x", 0, 0}));
    must(into->add_objection({id, 1, objection_state::raised, "nils", "on another ground", 0, 0}));
    must(into->add_objection({id, 1, objection_state::rejected, "eva", "x", 0, 0}));
    must(into->add_objection({id, 1, objection_state::rejected, "eva", "x", 0, 0}));
    expect_error(into->add_objection({id, 1, objection_state::rejected, "nils", "y", 0, 0}), error_code::conflict);
    EXPECT_EQ(must(into->objections_to(id)).size(), 3U);
    must(into->add_objection({id, 1, objection_state::raised, "eva", "once more", 0, 0}));
    EXPECT_EQ(must(into->objections_to(id)).size(), 4U);
}

class notes : public store_test {
 protected:
    std::vector<note> since(row_id id) {
        std::vector<note> out;
        must(read()->each_note(id, [&](const note& each) -> result<void> {
            out.push_back(each);
            return {};
        }));
        return out;
    }
};

// BILL-R21: with time, actor and text, each once, in their order.
TEST_P(notes, tell_every_decision_about_a_customer_bill_r21) {
    {
        auto into = begin();
        const row_id invoice_id = post(*into, an_invoice("F1", "K1", {1000}));
        must(into->add_objection({invoice_id, 1, objection_state::raised, "eva", "wrong meter", 0, 0}));
        mandate given{0, "9912346", "7001"};
        must(into->direct_debit().add_mandate(given));
        must(into->direct_debit().add_mandate_event(given.id, {mandate_state::applied, "K1", {}, {}, {}, {}, {}, 0, {}, {}}));
        customer_account account{0, "K2", {payee_account_kind::bank_account, "5841", "1009823"}, "eva", "he called", 0};
        must(into->payouts().add_account(account));
        payout back{0, "x", "K2", 100, "SEK", "overpayment"};
        must(into->payouts().add_payout(back));
        must(into->payouts().add_payout_event(back.id,
                                              {payout_state::draft, due, payout_route::none, {}, 0, {}, 0, "eva", "moved out"}));
        bank_file from(*into);
        const payment what = from.add_payment(700);
        entry received = to_suspense(from, what);
        must(into->add_entry(received));
        entry matched{0,
                      entry_kind::match,
                      what.id,
                      paid,
                      0,
                      {{account::suspense, 700, "SEK", what.id, 0, {}, "clerk"},
                       {account::receivable, -700, "SEK", invoice_id, 1, "K1", "clerk"}}};
        must(into->add_entry(matched));
        must(into->add_match({what.id, matched.id, "nils", "she told by telephone"}));
        from.finish();
        matter seen{0, "x", "mandate-rejected", given.id, "K1", 0, "{}"};
        must(into->matters().add_matter(seen));
        must(into->matters().close_matter(seen.id, "nils", "called her"));
        must(into->commit());
    }
    const std::vector<note> all = since(0);
    std::vector<std::string> told;
    for (const note& each : all)
        told.push_back(std::string(name(each.about)) + " " + each.customer_id + " " + std::string(each.what) + " " + each.actor);
    EXPECT_THAT(told, ElementsAre("objection K1 raised eva", "mandate K1 applied ", "account K2 given eva", "payout K2 draft eva",
                                  "payment K1 matched nils", "matter K1 closed nils"));
    EXPECT_EQ(since(all.at(2).id).size(), 3U);
    EXPECT_THAT(since(all.back().id), IsEmpty());
    const auto line = nlohmann::json::parse(to_line(all.front()));
    EXPECT_EQ(line.at("type"), "note");
    EXPECT_EQ(line.at("text"), "wrong meter");
    EXPECT_EQ(line.at("customer_id"), "K1");
    EXPECT_EQ(line.at("id"), format_id(all.front().id));
    EXPECT_EQ(line.at("at").get<std::string>().size(), std::string("2026-03-27T10:00:00Z").size());
}

BRYGGA_ALL_STORES(objections);
BRYGGA_ALL_STORES(notes);

TEST(sensitive_words, are_those_of_health_and_social_matters_bill_r21) {
    EXPECT_EQ(sensitive_word("kunden är SJUK"), "sjuk");
    EXPECT_EQ(sensitive_word("sedan sjukdomen kom"), "sjuk");
    EXPECT_EQ(sensitive_word("Socialnämndens beslut"), "socialnämnd");
    EXPECT_EQ(sensitive_word("har läkarintyg, se akt"), "läkarintyg");
    EXPECT_EQ(sensitive_word("fått FÖRSÖRJNINGSSTÖDET"), "försörjningsstöd");
    EXPECT_EQ(sensitive_word("fo\xCC\x88rso\xCC\x88rjningssto\xCC\x88"
                             "d"),
              "försörjningsstöd");
    EXPECT_EQ(sensitive_word("deprimerad efter diagnosen"), "deprimer");
    EXPECT_EQ(sensitive_word("sjukanmäld mätare"), "");
    EXPECT_EQ(sensitive_word("Sjukhuset i Provstad betalar i maj, Provsjukhuset också"), "");
    EXPECT_EQ(sensitive_word(""), "");
}

}  // namespace

}  // namespace brygga::ledger
