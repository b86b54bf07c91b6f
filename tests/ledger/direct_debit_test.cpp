// Mandates, collections and what a person must see to, in every store.
#include "mapping/ledger/direct_debit.hpp"

#include <gmock/gmock.h>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;
using testing::ElementsAre;

mandate_event told(mandate_state state, std::string_view customer_id = "K1", row_id source_id = 0) {
    mandate_event out;
    out.state = state;
    out.customer_id = customer_id;
    out.account = "8901003232323232";
    out.day = issued;
    out.information = "04";
    out.comment = "32";
    out.source_id = source_id;
    return out;
}

class direct_debit : public store_test {
 protected:
    static row_id add_mandate(transaction& into, std::string_view payer_number, mandate_state state = mandate_state::active) {
        mandate item{0, "9912346", std::string(payer_number)};
        must(into.direct_debit().add_mandate(item));
        must(into.direct_debit().add_mandate_event(item.id, told(state)));
        return item.id;
    }
    static collection a_collection(row_id mandate_id, row_id invoice_id, std::string key = "F1:1") {
        return {0, std::move(key), mandate_id, invoice_id, "9912346", "7001", due, 1000, "SEK", "1000234706"};
    }
};

TEST_P(direct_debit, a_change_stands_beside_its_mandate) {
    auto into = begin();
    const row_id id = add_mandate(*into, "7001");
    mandate change{0, "9912346", "7001", true};
    must(into->direct_debit().add_mandate(change));
    EXPECT_NE(change.id, id);
    EXPECT_FALSE(must(into->direct_debit().change_with_number("9912346", "7001"))) << "nothing is told of it";
    must(into->direct_debit().add_mandate_event(change.id, told(mandate_state::proposed)));
    const auto known = must(into->direct_debit().change_with_number("9912346", "7001"));
    ASSERT_TRUE(known);
    EXPECT_TRUE(known->row.is_change);
    EXPECT_EQ(known->newest.state, mandate_state::proposed);
    EXPECT_EQ(must(into->direct_debit().mandate_with_number("9912346", "7001"))->newest.state, mandate_state::active);
    EXPECT_EQ(must(into->direct_debit().mandates_of_customer("K1")).size(), 1U);
    const auto all = must(into->direct_debit().mandates_of_bankgiro("9912346"));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_FALSE(all[0].row.is_change);
    EXPECT_TRUE(all[1].row.is_change);
}

TEST_P(direct_debit, a_mandate_is_what_was_told_of_it_last) {
    auto into = begin();
    const row_id id = add_mandate(*into, "7001", mandate_state::applied);
    must(into->direct_debit().add_mandate_event(id, told(mandate_state::active)));
    must(into->direct_debit().add_mandate_event(id, told(mandate_state::active)));  // the same again
    must(into->commit());
    into.reset();

    const auto from = read();
    const auto known = must(from->direct_debit().mandate_with_number("9912346", "7001"));
    ASSERT_TRUE(known);
    EXPECT_EQ(known->row.id, id);
    EXPECT_EQ(known->newest.state, mandate_state::active);
    EXPECT_EQ(known->newest.customer_id, "K1");
    EXPECT_EQ(known->newest.account, "8901003232323232");
    EXPECT_EQ(known->newest.day, issued);
    EXPECT_EQ(known->newest.comment, "32");
    EXPECT_EQ(must(from->direct_debit().mandate_events(id)).size(), 2U);
    EXPECT_EQ(must(from->direct_debit().mandate_with_id(id))->row.payer_number, "7001");
    EXPECT_FALSE(must(from->direct_debit().mandate_with_number("9912346", "7002")));
    EXPECT_FALSE(must(must(ledger->begin_read("another"))->direct_debit().mandate_with_number("9912346", "7001")));
}

TEST_P(direct_debit, a_mandate_is_known_by_its_number) {
    auto into = begin();
    const row_id first = add_mandate(*into, "7001");
    EXPECT_EQ(add_mandate(*into, "7001"), first);
    add_mandate(*into, "7002");
    const auto of_customer = must(into->direct_debit().mandates_of_customer("K1"));
    ASSERT_EQ(of_customer.size(), 2U);
    must(into->direct_debit().add_mandate_event(first, told(mandate_state::active, "K2")));
    EXPECT_EQ(must(into->direct_debit().mandates_of_customer("K1")).size(), 1U) << "it is another's now";
    EXPECT_EQ(must(into->direct_debit().mandates_of_bankgiro("9912346")).size(), 2U);
    EXPECT_TRUE(must(into->direct_debit().mandates_of_bankgiro("57237273")).empty());
    expect_error(into->direct_debit().add_mandate_event(99, told(mandate_state::active)), error_code::not_found);
}

TEST_P(direct_debit, a_collection_waits_until_the_bank_has_answered) {
    auto into = begin();
    must(into->put_customer(a_customer()));
    const row_id invoice_id = post(*into, an_invoice("F1", "K1", {1000}));
    const row_id mandate_id = add_mandate(*into, "7001");
    collection asked = a_collection(mandate_id, invoice_id);
    must(into->direct_debit().add_collection(asked, 7));
    collection again = a_collection(mandate_id, invoice_id);
    must(into->direct_debit().add_collection(again, 7));
    EXPECT_EQ(again.id, asked.id);
    again.amount_ore = 999;
    expect_error(into->direct_debit().add_collection(again, 7), error_code::conflict);
    EXPECT_EQ(must(into->direct_debit().pending_collections("9912346")).size(), 1U);

    must(into->direct_debit().add_collection_event(asked.id, {collection_state::retrying, due, "9", 8, {}, {}}));
    must(into->direct_debit().add_collection_event(asked.id, {collection_state::retrying, due, "9", 8, {}, {}}));
    EXPECT_EQ(must(into->direct_debit().pending_collections("9912346")).size(), 1U) << "it may still be paid";
    must(into->direct_debit().add_collection_event(asked.id, {collection_state::executed, due, "0", 9, {}, {}}));
    EXPECT_TRUE(must(into->direct_debit().pending_collections("9912346")).empty());
    std::vector<std::string> states;
    for (const collection_event& each : must(into->direct_debit().collection_events(asked.id)))
        states.emplace_back(name(each.state));
    EXPECT_THAT(states, ElementsAre("instructed", "retrying", "executed"));
    const auto known = must(into->direct_debit().collection_with_id(asked.id));
    EXPECT_EQ(known->row.reference, "1000234706");
    EXPECT_EQ(known->newest.source_id, 9);
    EXPECT_EQ(must(into->direct_debit().collections_of_invoice(invoice_id)).size(), 1U);
    EXPECT_EQ(must(into->direct_debit().collections_of_payer("9912346", "7001", 10)).size(), 1U);
    expect_error(into->direct_debit().add_collection_event(99, {}), error_code::not_found);
}

TEST_P(direct_debit, a_collection_is_found_by_what_it_asks_for) {
    auto into = begin();
    must(into->put_customer(a_customer()));
    invoice made = an_invoice("1000234714", "K1", {1000});
    made.reference = "1000234706";
    const row_id invoice_id = post(*into, made), mandate_id = add_mandate(*into, "7001");
    const auto add = [&](std::string key, std::string payer_number, std::string reference, std::int64_t amount_ore) {
        collection item = a_collection(mandate_id, invoice_id, std::move(key));
        item.payer_number = std::move(payer_number);
        item.reference = std::move(reference);
        item.amount_ore = amount_ore;
        must(into->direct_debit().add_collection(item, 7));
        return item.id;
    };
    const row_id first = add("F1:1", "7001", "1000234706", 1000), again = add("F1:2", "7001", "1000234706", 1000);
    add("F1:3", "7001", "1000234706", 999);
    add("F1:4", "7001", "1000234714", 1000);
    add("F1:5", "7002", "1000234706", 1000);
    must(into->direct_debit().add_collection_event(first, {collection_state::failed, due, "1", 8, {}, {}}));
    const auto ids = [&](std::string_view bankgiro, std::size_t limit) {
        std::vector<row_id> out;
        for (const collection_item& each :
             must(into->direct_debit().collections_like(bankgiro, "7001", "1000234706", 1000, limit)))
            out.push_back(each.row.id);
        return out;
    };
    EXPECT_THAT(ids("9912346", 10), ElementsAre(again, first));
    EXPECT_THAT(ids("9912346", 1), ElementsAre(again));
    EXPECT_THAT(ids("57237273", 10), ElementsAre());
    EXPECT_EQ(must(into->direct_debit().collections_like("9912346", "7001", "1000234714", 1000, 10)).size(), 1U) << "its number";
    const auto found = must(into->direct_debit().collections_like("9912346", "7001", "1000234706", 1000, 10));
    EXPECT_EQ(found.back().newest.state, collection_state::failed);
    EXPECT_EQ(must(into->reference_of_invoice(invoice_id)), "1000234706");
    EXPECT_EQ(must(into->reference_of_invoice(99)), "");
}

TEST_P(direct_debit, nothing_is_written_in_a_read_only_transaction) {
    auto from = read();
    mandate item{0, "9912346", "7001"};
    expect_error(from->direct_debit().add_mandate(item), error_code::permission_denied);
    matter seen{0, "x", "x", 0, {}, 0, "{}"};
    expect_error(from->matters().add_matter(seen), error_code::permission_denied);
}

TEST_P(direct_debit, a_matter_is_open_until_somebody_closes_it) {
    auto into = begin();
    matter first{0, "autogiro:1", "mandate-rejected", 17, "K1", 0, R"({"comment":"05"})"};
    must(into->matters().add_matter(first));
    matter again = first;
    must(into->matters().add_matter(again));
    EXPECT_EQ(again.id, first.id);
    matter second{0, "autogiro:2", "collection-failed", 18, "K2", 0, "{}"};
    must(into->matters().add_matter(second));
    EXPECT_EQ(must(into->matters().open_matters(10)).size(), 2U);
    EXPECT_EQ(must(into->matters().open_matters(1)).size(), 1U);
    must(into->matters().close_matter(first.id, "eva", "called the customer"));
    const auto open = must(into->matters().open_matters(10));
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].row.id, second.id);
    EXPECT_EQ(must(into->matters().matter_with_id(first.id))->reason, "called the customer");
    EXPECT_EQ(must(into->matters().matters_about(17)).size(), 1U);
    expect_error(into->matters().close_matter(first.id, "eva", "again"), error_code::already_exists);
    expect_error(into->matters().close_matter(99, "eva", "x"), error_code::not_found);
    must(into->commit());
    into.reset();
    EXPECT_TRUE(must(ledger->verify(tenant)).chain_intact);
}

BRYGGA_ALL_STORES(direct_debit);

}  // namespace
}  // namespace brygga::ledger
