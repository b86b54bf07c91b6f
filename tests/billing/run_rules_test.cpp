// What a run and its documents must be: each row breaks one rule, and no other is told.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "mapping/billing/deviations.hpp"
#include "tests/billing/run_desk.hpp"

namespace brygga::billing::test {
namespace {

using ledger::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class run_rules : public run_desk {
 protected:
    static std::vector<json> good() {
        return {customer_line("K1"), invoice_line("1", "K1", 10'000, {"VA", "EL"}), invoice_line("2", "K1"),
                credit_line("3", "K1", "2")};
    }
    // Rules told of the lines of a run, "BILL-R12 /due_date".
    std::vector<std::string> told(const std::vector<json>& lines, std::string_view kind = "ORDINARY",
                                  std::string_view month = "2026-11") {
        json manifest = manifest_of(lines);
        manifest["kind"] = kind;
        manifest["invoice_month"] = month;
        std::vector<std::string> out;
        for (const auto& each : take_text(text_of(manifest, lines)).report.notes)
            if (!each.rule.empty() && each.rule != "BILL-R28") out.push_back(each.rule + " " + each.pointer);
        return out;
    }
    static json separate(json customer) {
        customer["invoices"] = {{"separate", true}};
        return customer;
    }
    static json with_line(json invoice, json members) {
        invoice["lines"][0].update(members);
        return invoice;
    }
};

TEST_P(run_rules, let_a_good_run_pass) {
    EXPECT_THAT(faults(text_of(manifest_of(good()), good())), IsEmpty());
    json rounded = invoice_line("4", "K1", 9'999);
    rounded["rounding_ore"] = 1;
    rounded["total_ore"] = 10'000;
    EXPECT_THAT(faults(text_of(manifest_of({rounded}), {rounded})), IsEmpty()) << "the rounding is of the largest part";
}

TEST_P(run_rules, r01_compares_the_manifest_with_the_content) {
    struct spoiled {
        std::string_view pointer;
        json value;
        std::string_view finding;
    };
    const std::vector<spoiled> cases = {
        {"/invoices", 3, "BILL-R01 line 1 /invoices the manifest says 3, and there are 2"},
        {"/credit_notes", 0, "BILL-R01 line 1 /credit_notes the manifest says 0, and there are 1"},
        {"/sum_ore/VA", 20'001, "BILL-R01 line 1 /sum_ore/VA the manifest says 20001, and the lines come to 20000"},
        {"/sum_ore/FI", 1, "BILL-R01 line 1 /sum_ore/FI the manifest says 1, and the lines come to 0"},
        {"/sum_ore/total", 29'999, "BILL-R01 line 1 /sum_ore/total the manifest says 29999, and the lines come to 30000"},
        {"/tenant", "annan", "BILL-R01 line 1 /tenant is another company's run: expected stadsnat"},
    };
    for (const spoiled& each : cases) {
        json manifest = manifest_of(good());
        manifest[json::json_pointer(std::string(each.pointer))] = each.value;
        EXPECT_THAT(faults(text_of(manifest, good())), ElementsAre(std::string(each.finding)));
    }
    json later = invoice_line("1", "K1");
    later["due_date"] = "2026-12-30";
    EXPECT_THAT(faults(text_of(manifest_of({later}), {later})),
                ElementsAre("BILL-R01 line 2 /due_date is of another month than the run's, 2026-11"));
    EXPECT_THAT(faults(good()[1].dump() + "\n"),
                ElementsAre("BILL-R01 line 1 /type the first line of a run is its manifest, of type run"));
    EXPECT_THAT(faults(""), ElementsAre("BILL-R01 line 1  there is no line: a run begins with its manifest"));
    EXPECT_THAT(faults(manifest_of({}).dump() + "\n{\"type\":\"receipt\"}\nnonsense\n[1]\n"),
                ElementsAre(HasSubstr("line 2 /type a line of a run is"), HasSubstr("line 3"), HasSubstr("line 4 /type")));
    EXPECT_THAT(faults(manifest_of({}).dump() + "\n" + manifest_of({}).dump() + "\n"), ElementsAre(HasSubstr("line 2 /type")));
    json unknown = invoice_line("1", "K1");
    unknown["lines"][0].erase("utility");
    EXPECT_THAT(faults(text_of(manifest_of({unknown}), {unknown})),
                ElementsAre("BILL-R01 line 2 /lines/0/utility is not told, and no such facility is there"));
    json foreign = invoice_line("1", "K1");
    foreign["currency"] = "EUR";
    EXPECT_THAT(faults(text_of(manifest_of({foreign}), {foreign})),
                ElementsAre("BILL-R01 line 2 /currency the sums of a run are in SEK"));
    json bad = invoice_line("1", "K1");
    bad["total_ore"] = "x";
    EXPECT_THAT(faults(text_of(manifest_of({}), {bad})), ElementsAre(HasSubstr("BILL-R01 line 2 /total_ore")));
}

TEST_P(run_rules, r04_wants_prices_of_electricity_supply_confirmed) {
    const auto run_with = [&](std::string_view confirmed, json line_members) {
        const json invoice = with_line(invoice_line("1", "K1", 100, {"EL"}), std::move(line_members));
        json manifest = manifest_of({invoice});
        if (!confirmed.empty()) manifest["prices_confirmed"] = {{"by", "eva"}, {"at", confirmed}};
        return faults(text_of(manifest, {invoice}));
    };
    const json supply = {{"product", "supply"}, {"from", "2026-10-01"}, {"to", "2026-10-31"}};
    EXPECT_THAT(run_with("", supply), ElementsAre("BILL-R04 line 2 /lines/0 is electricity supply of 2026-10, and the manifest "
                                                  "has no prices_confirmed"));
    EXPECT_THAT(run_with("2026-09-30", supply), ElementsAre(HasSubstr("confirmed before that month began, on 2026-09-30")));
    EXPECT_THAT(run_with("2026-10-01", supply), IsEmpty());
    EXPECT_THAT(run_with("2026-11-06", supply), ElementsAre("BILL-R04 line 1 /prices_confirmed/at is after today"));
    EXPECT_THAT(run_with("2026-10-31", {{"product", "supply"}}), ElementsAre(HasSubstr("of 2026-11"))) << "the day of issue";
    EXPECT_THAT(run_with("", json::object()), IsEmpty()) << "grid";
}

TEST_P(run_rules, r12_holds_what_is_not_due_as_the_rule_says) {
    json early = invoice_line("1", "K1");
    early["due_date"] = "2026-11-27";
    EXPECT_THAT(told({customer_line("K1"), early}), ElementsAre("BILL-R12 /due_date"));
    EXPECT_THAT(documents(), ElementsAre("1 print held BILL-R12"));
}

TEST_P(run_rules, r13_tells_of_short_terms) {
    terms.today = 2026y / 11 / 6;
    EXPECT_THAT(told({customer_line("K1"), invoice_line("1", "K1")}), IsEmpty()) << "24 days (B08)";
    terms.today = 2026y / 11 / 12;
    json manifest = manifest_of({invoice_line("2", "K1")}, "R2");
    const auto notes = take_text(text_of(manifest, {invoice_line("2", "K1")})).report.notes;
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].rule, "BILL-R13");
    EXPECT_EQ(notes[0].text, "is 18 days after dispatch, and 20 are promised");
    EXPECT_THAT(documents("R2"), ElementsAre("2 print planned")) << "it goes all the same (B09)";
}

TEST_P(run_rules, r14_electricity_carries_no_invoice_fee) {
    EXPECT_THAT(told({separate(customer_line("K1")), with_line(invoice_line("1", "K1", 100, {"EL"}), {{"fee", "FAK"}}),
                      with_line(invoice_line("2", "K1"), {{"fee", "FAK"}})}),
                ElementsAre("BILL-R14 /lines/0/fee"));
    EXPECT_THAT(documents(), ElementsAre("1 print held BILL-R14", "2 print planned"));
}

TEST_P(run_rules, r11_connection_fees_are_of_connections_that_were_made_once) {
    const auto fee = [](json invoice) { return with_line(std::move(invoice), {{"fee", "ANS"}}); };
    const auto connected = [](std::string_view day) {
        return json{{"type", "facility_event"}, {"facility_id", "VA-1"}, {"event", "connected"}, {"day", day}};
    };
    json fibre = fee(invoice_line("6", "K1", 100, {"FI"}));
    take({separate(customer_line("K1")), fee(invoice_line("1", "K1"))}, "R1");
    take({connected("2026-11-06"), fee(invoice_line("2", "K1"))}, "R2");
    take({connected("2026-11-05"), fee(invoice_line("3", "K1"))}, "R3");
    EXPECT_THAT(documents("R1"), ElementsAre("1 print held BILL-R11")) << "nothing is known";
    EXPECT_THAT(documents("R2"), ElementsAre("2 print held BILL-R11")) << "it comes later";
    EXPECT_THAT(documents("R3"), ElementsAre("3 print held BILL-R11")) << "the newest connection is of the day after";
}

TEST_P(run_rules, r11_the_fee_of_a_connection_is_invoiced_once) {
    const auto fee = [](json invoice) { return with_line(std::move(invoice), {{"fee", "ANS"}}); };
    const json connected{{"type", "facility_event"}, {"facility_id", "VA-1"}, {"event", "connected"}, {"day", "2026-11-01"}};
    json twice = fee(invoice_line("2", "K1", 100, {"VA", "VA"}));
    twice["lines"][1]["fee"] = "ANS";
    EXPECT_THAT(told({separate(customer_line("K1")), connected, fee(invoice_line("1", "K1")), twice,
                      fee(invoice_line("3", "K1", 100, {"FI"}))}),
                ElementsAre("BILL-R11 /lines/0/fee", "BILL-R11 /lines/1/fee", "BILL-R11 /lines/0/fee", "BILL-R11 /lines/0/fee"));
    EXPECT_THAT(documents(), ElementsAre("1 print planned", "2 print held BILL-R11,BILL-R11", "3 print held BILL-R11,BILL-R11"));
}

TEST_P(run_rules, r16_late_fees_name_the_late_invoice_once) {
    const json fee = {{"fee", "PAM"}, {"late_invoice", "1"}};
    const json interest = {{"fee", "RAN"}, {"late_invoice", "1"}};
    json twice = invoice_line("3", "K1", 100, {"VA", "VA"});
    twice["lines"][0].update({{"fee", "INK"}, {"late_invoice", "1"}});
    twice["lines"][1].update({{"fee", "INK"}, {"late_invoice", "1"}});
    EXPECT_THAT(told({separate(customer_line("K1")), customer_line("K2", "193806013888"), invoice_line("1", "K1"),
                      with_line(invoice_line("2", "K1"), fee), twice, with_line(invoice_line("4", "K1"), fee),
                      with_line(invoice_line("5", "K1"), interest), with_line(invoice_line("6", "K1"), {{"fee", "PAM"}}),
                      with_line(invoice_line("7", "K2"), fee),
                      with_line(invoice_line("8", "K1"), {{"fee", "PAM"}, {"late_invoice", "8"}})}),
                ElementsAre("BILL-R16 /lines/1/fee", "BILL-R16 /lines/0/fee", "BILL-R16 /lines/0/fee", "BILL-R16 /lines/0/fee",
                            "BILL-R16 /lines/0/fee"));
    EXPECT_THAT(documents(),
                ElementsAre("1 print planned", "2 print planned", "3 print held BILL-R16", "4 print held BILL-R16",
                            "5 print planned", "6 print held BILL-R16", "7 print held BILL-R16", "8 print held BILL-R16"));
}

TEST_P(run_rules, r16_interest_is_of_each_part_and_time) {
    const auto interest = [](json line, std::string_view from) {
        line.update({{"fee", "RAN"}, {"late_invoice", "1"}, {"from", from}, {"to", "2026-11-01"}});
        return line;
    };
    json both = invoice_line("2", "K1", 100, {"VA", "RE"});
    for (json& each : both["lines"])
        each = interest(each, "2026-10-01");
    json later = invoice_line("3", "K1", 100, {"VA"});
    later["lines"][0] = interest(later["lines"][0], "2026-10-15");
    json again = invoice_line("4", "K1", 100, {"RE"});
    again["lines"][0] = interest(again["lines"][0], "2026-10-01");
    EXPECT_THAT(told({separate(customer_line("K1")), invoice_line("1", "K1"), both, later, again}),
                ElementsAre("BILL-R16 /lines/0/fee"));
    EXPECT_THAT(documents(), ElementsAre("1 print planned", "2 print planned", "3 print planned", "4 print held BILL-R16"));
    {
        const auto id = document("2").row.id;
        auto into = begin();
        must(decide_delivery(id, {delivery_word::what::withdraw, {}, "eva", "x"}, terms, *into));
        must(into->commit());
    }
    json instead = again;
    instead["number"] = "5";
    take({instead}, "R2");
    EXPECT_THAT(documents("R2"), ElementsAre("5 print held BILL-R16")) << "the fourth has it";
}

TEST_P(run_rules, r10_tells_of_cycles_that_do_not_fit) {
    const json supply = {{"product", "supply"}, {"to", "2026-10-31"}};
    const auto cycle = [](json invoice, std::string_view of) {
        invoice["cycle"] = of;
        return invoice;
    };
    std::vector<json> lines = {separate(customer_line("K1")),
                               cycle(with_line(invoice_line("1", "K1", 100, {"EL"}), supply), "BIMONTHLY"),
                               cycle(with_line(invoice_line("2", "K1", 100, {"EL"}), supply), "MONTHLY"),
                               cycle(invoice_line("3", "K1"), "SUMMER"), cycle(invoice_line("4", "K1"), "BIMONTHLY")};
    json manifest = manifest_of(lines);
    manifest["prices_confirmed"] = {{"by", "eva"}, {"at", "2026-10-31"}};
    std::vector<std::string> rules;
    for (const auto& each : take_text(text_of(manifest, lines)).report.notes)
        rules.push_back(fmt::format("{} line {} {}", each.rule, each.line, each.pointer));
    EXPECT_THAT(rules, ElementsAre("BILL-R10 line 3 /cycle", "BILL-R10 line 5 /cycle"));
}

TEST_P(run_rules, r28_tells_of_invoices_that_could_be_one) {
    const auto rules = [&](const std::vector<json>& lines, std::string_view run_id) {
        std::vector<std::string> out;
        for (const auto& each : take(lines, run_id).report.notes)
            out.push_back(fmt::format("{} line {}", each.rule, each.line));
        return out;
    };
    EXPECT_THAT(rules({customer_line("K1"), invoice_line("1", "K1"), invoice_line("2", "K1")}, "R1"),
                ElementsAre("BILL-R28 line 4"));
    EXPECT_THAT(rules({separate(customer_line("K1")), invoice_line("3", "K1"), invoice_line("4", "K1")}, "R2"), IsEmpty());
    EXPECT_THAT(rules({customer_line("K1"), invoice_line("5", "K1"), credit_line("6", "K1", "5")}, "R3"), IsEmpty());
}

TEST_P(run_rules, r08_holds_an_email_that_nobody_has_confirmed) {
    json chosen = customer_line("K1");
    chosen["invoices"] = {{"first_channel", "email"}, {"email", {{"address", "b@x.org"}, {"requested", "2026-01-01"}}}};
    EXPECT_THAT(told({chosen, invoice_line("1", "K1")}), ElementsAre("BILL-R08 "));
    EXPECT_THAT(documents(), ElementsAre("1 email held BILL-R08"));
}

// BILL-R20.
TEST_P(run_rules, r20_deviations_are_counted_by_reason_and_clerk) {
    const auto deviating = [](json invoice, std::string_view kind, std::string_view reason, std::string_view by) {
        invoice["deviations"].push_back({{"kind", kind}, {"reason", reason}, {"by", by}});
        return invoice;
    };
    const json twice =
        deviating(deviating(invoice_line("1", "K1"), "FEE_WAIVED", "GOODWILL", "eva"), "DATE_MOVED", "ILLNESS", "eva");
    take({customer_line("K1"), twice, deviating(invoice_line("2", "K1"), "FEE_WAIVED", "GOODWILL", "eva"),
          deviating(invoice_line("3", "K1"), "FEE_WAIVED", "GOODWILL", "nils"), invoice_line("4", "K1")});
    const auto counted = must(deviations_of(2026y / 11 / 1, *read()));
    EXPECT_THAT(counted, ElementsAre(std::pair(deviation{"DATE_MOVED", "ILLNESS", "eva"}, 1U),
                                     std::pair(deviation{"FEE_WAIVED", "GOODWILL", "eva"}, 2U),
                                     std::pair(deviation{"FEE_WAIVED", "GOODWILL", "nils"}, 1U)));
    EXPECT_THAT(must(deviations_of(2026y / 12 / 1, *read())), IsEmpty());
    json nobody = invoice_line("5", "K1");
    nobody["deviations"] = {{{"kind", "FEE_WAIVED"}, {"reason", "GOODWILL"}}};
    EXPECT_THAT(faults(text_of(manifest_of({nobody}), {nobody})), ElementsAre(HasSubstr("line 2 /deviations/0")));
}

BRYGGA_ALL_STORES(run_rules);

}  // namespace
}  // namespace brygga::billing::test
