// Protected personal data in the store: flags, epochs, and what nobody is given.
#include <gmock/gmock.h>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class protections : public store_test {
 protected:
    protections() {
        auto into = begin();
        must(into->put_customer(a_customer("K1")));
        customer neighbour = a_customer("K2");
        neighbour.identity_number = "193806013888";
        must(into->put_customer(neighbour));
        must(into->put_facility({"A1", "K1", utility::EL, "", "EXEMPELSTAD KV 7", "Provgatan 7 lgh 1102"}));
        must(into->commit());
    }
    std::int64_t flag(std::string_view id, protection to) {
        auto into = begin();
        protection_event event;
        event.customer_id = id;
        event.now = to;
        event.source = protection_source::spar;
        event.since = issued;
        must(into->protections().add_protection_event(event));
        must(into->commit());
        return event.epoch;
    }
    std::vector<std::string> sealed() {
        auto into = begin();
        std::vector<std::string> out;
        must(into->protections().each_sealed("test", "looks", [&](const sealed_value& each) -> result<void> {
            out.push_back(each.customer_id + " " + std::string(name(each.kind)) + ": " + each.text);
            return {};
        }));
        must(into->commit());
        return out;
    }
};

TEST_P(protections, seal_names_and_addresses_for_everybody) {
    const customer before = *must(read()->find_customer("K1"));
    ASSERT_NE(before.name, "");
    EXPECT_EQ(flag("K1", protection::confidential), 1);
    auto in = read();
    const customer now = *must(in->find_customer("K1"));
    EXPECT_TRUE(now.protected_identity);
    for (const std::string* each : {&now.name, &now.street, &now.postcode, &now.town, &now.telephone, &now.email})
        EXPECT_EQ(*each, "") << "PRO-R03";
    EXPECT_EQ(now.identity_number, before.identity_number);
    EXPECT_EQ(must(in->find_facility("A1"))->supply_address, "") << "PRO-R03";
    EXPECT_EQ(must(in->find_facility("A1"))->property_designation, "");
    EXPECT_NE(must(in->find_customer("K2"))->name, "");
    must(in->each_customer([](const customer& each) -> result<void> {
        EXPECT_EQ(each.name.empty(), each.customer_id == "K1");
        return {};
    }));
}

TEST_P(protections, give_what_is_sealed_to_who_says_why) {
    EXPECT_THAT(sealed(), IsEmpty());
    const customer before = *must(read()->find_customer("K1"));
    flag("K1", protection::protected_registration);
    {
        customer moved = a_customer("K1");
        moved.protected_identity = true;
        moved.street = "Hemliga gatan 3";
        auto into = begin();
        EXPECT_EQ(must(into->put_customer(moved)).kind, put_kind::new_version);
        must(into->commit());
    }
    const auto all = sealed();
    EXPECT_THAT(all, Contains("K1 name: " + before.name));
    EXPECT_THAT(all, Contains("K1 street: " + before.street)) << "of all versions";
    EXPECT_THAT(all, Contains("K1 street: Hemliga gatan 3"));
    EXPECT_THAT(all, Contains("K1 facility address: Provgatan 7 lgh 1102"));
    EXPECT_THAT(all, Contains("K1 identity number: " + before.identity_number));
    EXPECT_THAT(all, Not(Contains(testing::StartsWith("K2"))));
    EXPECT_EQ(must(read()->newest_log()).log_no, must(begin()->newest_log()).log_no);
    const auto before_reading = must(read()->newest_log()).log_no;
    static_cast<void>(sealed());
    EXPECT_GT(must(read()->newest_log()).log_no, before_reading) << "PRO-R15";
    expect_error(read()->protections().each_sealed("x", "x", [](const sealed_value&) -> result<void> { return {}; }),
                 error_code::permission_denied);
}

TEST_P(protections, raise_the_epoch_at_each_change) {
    EXPECT_EQ(flag("K1", protection::confidential), 1);
    EXPECT_EQ(flag("K1", protection::protected_registration), 2);
    EXPECT_EQ(flag("K1", protection::none), 3);
    EXPECT_FALSE(must(read()->find_customer("K1"))->protected_identity);
    EXPECT_NE(must(read()->find_customer("K1"))->name, "") << "nothing was lost";
    EXPECT_THAT(must(read()->protections().protected_customers()), IsEmpty());
}

TEST_P(protections, told_by_the_customer_system_are_events_and_only_lifted_by_the_procedure) {
    customer told = a_customer("K1");
    told.protected_identity = true;
    auto into = begin();
    must(into->put_customer(told));
    const auto event = must(into->protections().newest_protection("K1"));
    ASSERT_TRUE(event);
    EXPECT_EQ(event->now, protection::manual);
    EXPECT_EQ(event->source, protection_source::customer);
    EXPECT_EQ(event->epoch, 1);
    told.protected_identity = false;
    expect_error(into->put_customer(told), error_code::conflict, "PRO-R07");
    EXPECT_THAT(must(into->protections().protected_customers()), ElementsAre("K1"));
}

TEST_P(protections, files_carry_the_epoch_of_whom_they_are_about) {
    row_id file = 0;
    {
        auto into = begin();
        outgoing item{0, "x", "bank", "in", "a.zip", "print-batch", "B", std::string(64, 'a'), 17, 0};
        must(into->exchange().add_outgoing(item));
        file = item.id;
        must(into->protections().add_file_person(file, "K1"));
        must(into->protections().add_file_person(file, "K2"));
        must(into->commit());
    }
    EXPECT_THAT(must(read()->protections().changed_since(file)), IsEmpty());
    flag("K1", protection::manual);
    EXPECT_THAT(must(read()->protections().changed_since(file)), ElementsAre("K1")) << "PRO-R06";
    const auto files = must(read()->protections().files_about("K1"));
    ASSERT_EQ(files.size(), 1u) << "PRO-R16";
    EXPECT_EQ(files[0].name, "a.zip");
}

TEST_P(protections, tell_who_lives_with_whom) {
    {
        auto into = begin();
        must(into->put_facility({"A2", "K2", utility::VA, "", "", "Provgatan 7 lgh 1102"}));
        must(into->commit());
    }
    EXPECT_FALSE(must(read()->protections().is_co_located("K2")));
    flag("K1", protection::manual);
    EXPECT_TRUE(must(read()->protections().is_co_located("K2"))) << "PRO-R09";
    EXPECT_FALSE(must(read()->protections().is_co_located("K1"))) << "they are protected themselves";
}

TEST_P(protections, are_checked_once_a_year) {
    flag("K1", protection::manual);
    const timestamp_ms later = time.now_ms + 1000;
    EXPECT_THAT(must(read()->protections().unchecked_since(later)), ElementsAre("K1")) << "PRO-R17";
    time.now_ms += 10'000;
    auto into = begin();
    protection_event checked = *must(into->protections().newest_protection("K1"));
    checked.step = protection_step::checked;
    checked.checked_at = time.now_ms;
    must(into->protections().add_protection_event(checked));
    EXPECT_EQ(checked.epoch, 1) << "nothing has changed";
    EXPECT_THAT(must(into->protections().unchecked_since(later)), IsEmpty());
}

TEST_P(protections, leave_no_link_from_an_earlier_identity_number) {
    customer renumbered = a_customer("K1");
    const std::string before = renumbered.identity_number;
    renumbered.identity_number = "200001252386";
    renumbered.protected_identity = true;
    auto into = begin();
    must(into->put_customer(renumbered));
    EXPECT_THAT(must(into->customers_with_identity(before)), IsEmpty()) << "PRO-R20";
    EXPECT_EQ(must(into->customers_with_identity("200001252386")).size(), 1u);
}

BRYGGA_ALL_STORES(protections);

}  // namespace
}  // namespace brygga::ledger
