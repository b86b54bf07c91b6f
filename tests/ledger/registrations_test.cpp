// Registrations of e-invoices: whose they are, which one is active, and what waits for a person.
#include <sstream>

#include <gmock/gmock.h>

#include "mapping/ledger/json_lines.hpp"
#include "mapping/ledger/registration_match.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;
using testing::HasSubstr;
using enum registration_kind;

constexpr std::string_view berit = "198112289874", at_nb = "198112289874.NB.SE", at_fspa = "198112289874.FSPA.SE";

class registrations : public store_test {
 protected:
    registrations() {
        auto into = begin();
        put("K1", berit, *into);
        put("K2", "193806013888", *into);
        must(into->commit());
    }
    static void put(std::string_view id, std::string_view identity, transaction& into) {
        customer item = a_customer(id);
        item.identity_number = identity;
        must(into.put_customer(item));
    }
    static told_registration told(registration_kind kind, std::string_view receiver, date day = issued,
                                  std::string_view customer_number = {}) {
        told_registration out;
        out.row.kind = kind;
        out.row.receiver = receiver;
        out.row.day = day;
        out.row.customer_number = customer_number;
        out.row.fields = "{}";
        return out;
    }
    registration_outcome take(const told_registration& what, date today = due) {
        auto into = begin();
        auto out = must(take_registration(*into, what, today));
        must(into->commit());
        return out;
    }
    std::string active(std::string_view customer_id = "K1", date day = due) {
        auto from = read();
        return must(receiver_on(*from, customer_id, day)).value_or("none");
    }
    std::size_t open_matters() { return must(read()->matters().open_matters_of(registration_to_match, 10)).size(); }
};

TEST_P(registrations, of_one_customer_hold_from_their_day) {
    EXPECT_EQ(active(), "none");
    EXPECT_EQ(take(told(registered, at_nb)).state, registration_state::matched);
    EXPECT_EQ(active(), at_nb);
    EXPECT_EQ(active("K1", issued), at_nb);
    EXPECT_EQ(active("K1", 2026y / 3 / 1), "none");
    EXPECT_EQ(active("K2"), "none");
    EXPECT_EQ(open_matters(), 0U);
}

TEST_P(registrations, of_another_bank_replace_the_old_one_and_the_old_ones_end_is_ignored) {
    take(told(registered, at_nb));
    take(told(registered, at_fspa, 2026y / 3 / 5));
    EXPECT_EQ(active(), at_fspa);
    const auto late = take(told(cancelled, at_nb, 2026y / 3 / 6));
    EXPECT_EQ(late.state, registration_state::matched) << "it holds for its bank, whatever comes later";
    EXPECT_EQ(late.rule, "EINV-R04");
    EXPECT_EQ(active(), at_fspa);
    EXPECT_EQ(take(told(cancelled, at_fspa, 2026y / 3 / 7)).state, registration_state::matched);
    EXPECT_EQ(active(), "none");
    take(told(from_payment, at_nb, 2026y / 3 / 8));
    EXPECT_EQ(active(), at_nb);
}

TEST_P(registrations, that_come_late_do_not_overtake_later_ones) {
    take(told(registered, at_fspa, 2026y / 3 / 5));
    take(told(registered, at_nb, 2026y / 3 / 3));
    EXPECT_EQ(active(), at_fspa);
    EXPECT_EQ(active("K1", 2026y / 3 / 4), at_nb);
}

TEST_P(registrations, are_found_again) {
    const auto first = take(told(registered, at_nb));
    EXPECT_EQ(first.row.kind, put_kind::inserted);
    const auto again = take(told(registered, at_nb));
    EXPECT_EQ(again.row.kind, put_kind::already_there);
    EXPECT_EQ(again.row.id, first.row.id);
}

TEST_P(registrations, without_a_day_hold_from_the_day_they_come_once_for_each_file) {
    auto undated = told(registered, at_nb, date{});
    undated.source = "a";
    take(undated, issued);
    take(told(cancelled, at_nb, 2026y / 3 / 5));
    EXPECT_EQ(active(), "none");
    EXPECT_EQ(take(undated, 2026y / 3 / 6).row.kind, put_kind::already_there) << "the same file imported again";
    EXPECT_EQ(active(), "none");
    undated.source = "b";
    EXPECT_EQ(take(undated, 2026y / 3 / 7).row.kind, put_kind::inserted);
    EXPECT_EQ(active(), at_nb);
}

TEST_P(registrations, end_by_day_whichever_comes_first) {
    const auto early = take(told(cancelled, at_nb, 2026y / 3 / 6));
    EXPECT_EQ(early.rule, "EINV-R04");
    take(told(registered, at_nb, 2026y / 3 / 5));
    EXPECT_EQ(active("K1", 2026y / 3 / 5), at_nb);
    EXPECT_EQ(active(), "none");
}

TEST_P(registrations, that_a_person_assigns_are_ended_by_what_came_before) {
    const row_id id = take(told(registered, at_nb, issued, "9999")).row.id;
    take(told(cancelled, at_nb, 2026y / 3 / 5));
    {
        auto into = begin();
        must(decide_registration(*into, id, {"K1", {}, "eva", "x"}));
        must(into->commit());
    }
    EXPECT_EQ(active("K1", issued), at_nb);
    EXPECT_EQ(active(), "none");
}

TEST_P(registrations, are_cancelled_also_with_a_wrong_customer_number) {
    take(told(registered, at_nb));
    take(told(cancelled, at_nb, 2026y / 3 / 5, "0K1"));
    EXPECT_EQ(active(), "none");
}

TEST_P(registrations, of_whom_the_customer_was_before_go_nowhere) {
    take(told(registered, at_nb));
    {
        auto into = begin();
        put("K1", "196505030004", *into);
        must(into->commit());
    }
    EXPECT_EQ(active(), "none");
}

TEST_P(registrations, told_twice_in_a_file_are_two) {
    take(told(registered, at_nb, 2026y / 3 / 2));
    auto again = told(cancelled, at_nb, 2026y / 3 / 5);
    take(again);
    take(told(registered, at_nb, 2026y / 3 / 5));
    again.occurrence = 2;
    EXPECT_EQ(take(again).row.kind, put_kind::inserted);
    EXPECT_EQ(active(), "none");
}

TEST_P(registrations, that_fit_none_or_several_wait_for_a_person) {
    const auto unknown = take(told(registered, "196505030004.NB.SE"));
    EXPECT_EQ(unknown.state, registration_state::waiting);
    EXPECT_EQ(unknown.rule, "EINV-R03");
    {
        auto into = begin();
        put("K3", berit, *into);
        must(into->commit());
    }
    EXPECT_EQ(take(told(registered, at_nb)).state, registration_state::waiting) << "two customers have this number";
    EXPECT_EQ(take(told(registered, at_nb, issued, "K3")).state, registration_state::matched);
    EXPECT_EQ(take(told(registered, at_nb, issued, "K2")).state, registration_state::waiting) << "the number of another person";
    EXPECT_EQ(take(told(registered, at_nb, issued, "K9")).state, registration_state::waiting);
    EXPECT_EQ(take(told(autogiro, at_nb, issued, "K1")).state, registration_state::waiting);
    EXPECT_EQ(open_matters(), 5U);
    EXPECT_EQ(active("K3"), at_nb);
    EXPECT_EQ(active("K1"), "none");
}

TEST_P(registrations, wait_where_their_source_is_not_certain) {
    auto what = told(registered, at_nb);
    what.needs_a_person = true;
    EXPECT_EQ(take(what).state, registration_state::waiting);
    EXPECT_EQ(active(), "none");
}

TEST_P(registrations, are_cancelled_of_the_customer_that_is_meant) {
    {
        auto into = begin();
        put("K3", berit, *into);
        must(into->commit());
    }
    take(told(registered, at_nb, issued, "K1"));
    take(told(registered, at_nb, issued, "K3"));
    take(told(cancelled, at_nb, 2026y / 3 / 5, "K3"));
    EXPECT_EQ(active("K1"), at_nb);
    EXPECT_EQ(active("K3"), "none");
    take(told(registered, at_nb, 2026y / 3 / 6, "K3"));
    take(told(cancelled, at_nb, 2026y / 3 / 7));
    EXPECT_EQ(active("K1"), "none") << "without a number it is of all that have this receiver";
    EXPECT_EQ(active("K3"), "none");
}

TEST_P(registrations, of_an_organisation_match_its_number_under_either_prefix) {
    {
        auto into = begin();
        put("K3", "165566778899", *into);
        must(into->commit());
    }
    EXPECT_EQ(take(told(registered, "005566778899.NB.SE")).state, registration_state::matched);
    EXPECT_EQ(take(told(registered, "005566778899.NB.SE", issued, "K3")).state, registration_state::matched);
}

TEST_P(registrations, that_wait_are_decided_and_decided_anew) {
    const row_id id = take(told(registered, at_nb, issued, "K2")).row.id;
    auto into = begin();
    expect_error(decide_registration(*into, id, {"K9", {}, "eva", "x"}), error_code::not_found);
    expect_error(decide_registration(*into, 99, {"K2", {}, "eva", "x"}), error_code::not_found);
    expect_error(decide_registration(*into, id, {"K2", {}, "eva", "x"}), error_code::conflict, "another identity number");
    must(decide_registration(*into, id, {"K2", {}, "eva", "his wife pays", true}));
    must(into->commit());
    into.reset();
    EXPECT_EQ(active("K2"), at_nb);
    EXPECT_EQ(open_matters(), 0U);
    into = begin();
    must(decide_registration(*into, id, {"K1", {}, "eva", "it was hers"}));
    must(into->commit());
    into.reset();
    EXPECT_EQ(active("K2"), "none");
    EXPECT_EQ(active("K1"), at_nb);
    EXPECT_EQ(must(read()->registrations().registration_events(id)).size(), 3U);
}

TEST_P(registrations, that_wait_can_be_set_aside_or_be_something_else) {
    const row_id aside = take(told(registered, at_nb, issued, "K2")).row.id;
    take(told(registered, at_nb, issued, "K1"));
    auto uncertain = told(registered, at_nb, 2026y / 3 / 5);
    uncertain.needs_a_person = true;
    const row_id other = take(uncertain).row.id;
    auto into = begin();
    must(decide_registration(*into, aside, {{}, {}, "eva", "nobody's"}));
    must(decide_registration(*into, other, {"K1", cancelled, "eva", "it is a cancellation"}));
    must(into->commit());
    into.reset();
    EXPECT_EQ(active("K1", 2026y / 3 / 4), at_nb);
    EXPECT_EQ(active("K1"), "none");
    EXPECT_EQ(active("K2"), "none");
    EXPECT_EQ(open_matters(), 0U);
}

TEST_P(registrations, come_in_as_lines) {
    import_options options;
    options.today = due;
    options.senders = {"005560169095.00002222222.FSPA.SE"};
    std::istringstream lines(R"({"type":"registration","kind":"registered","receiver":"198112289874.NB.SE","day":"2026-03-02"}
{"type":"registration","kind":"registered","sender":"005566778899.00002222222.FSPA.SE","receiver":"198112289874.NB.SE"}
{"type":"registration","kind":"registered","receiver":"198112289875.NB.SE"}
{"type":"registration","kind":"registered","receiver":"196505030004.NB.SE","sender":"005560169095.00002222222.FSPA.SE","fields":{"Kundnummer":"12"}}
{"type":"registration","kind":"cancelled","receiver":"198112289874.FSPA.SE","day":"2026-03-03"}
)");
    const auto report = must(import_lines(
        lines, [&] { return ledger->begin(tenant); }, options));
    EXPECT_EQ(report.inserted, 3U);
    EXPECT_EQ(report.bad, 2U);
    std::string told;
    for (const import_note& each : report.notes)
        told += each.rule + " " + each.pointer + " " + each.text + "\n";
    EXPECT_THAT(told, HasSubstr("EINV-R02 /sender"));
    EXPECT_THAT(told, HasSubstr("EINV-B01 /receiver"));
    EXPECT_THAT(told, HasSubstr("EINV-R03  registration"));
    EXPECT_THAT(told, HasSubstr("EINV-R04  registration"));
    EXPECT_THAT(told, testing::Not(HasSubstr("1981")));
    EXPECT_EQ(active(), at_nb);
}

TEST_P(registrations, are_not_written_in_a_read_only_transaction) {
    auto from = read();
    registration item{0, "x", registered, {}, std::string(at_nb), {}, issued, "{}", 0};
    expect_error(from->registrations().add_registration(item, {}), error_code::permission_denied);
}

BRYGGA_ALL_STORES(registrations);

}  // namespace
}  // namespace brygga::ledger
