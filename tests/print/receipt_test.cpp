// Receipts of the print service: form, schema, the rules PRR-R01 to PRR-R06, PRR-FORM and PRR-STATE, and the states of a
// document.
#include <functional>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/invented/payers.hpp"
#include "formats/print/receipt/judge.hpp"
#include "formats/print/receipt/reader.hpp"
#include "formats/print/receipt/transitions.hpp"
#include "tests/print/batches.hpp"

namespace brygga::print::receipt {

namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using batch::can_validate;
using batch::channel;
using batch::example_a;
using batch::example_c;
using batch::is_valid_by;
using batch::told;

batch_state sent_state() {
    return state_of(batch::manifest_of(batch::good_sample()));
}

batch_receipt receipt_of(const batch_state& of, receipt_type type = receipt_type::status) {
    batch_receipt made;
    made.batch_id = of.batch_id;
    made.number = of.last_number + 1;
    made.created_at = "2026-12-01T09:30:00+01:00";
    made.type = type;
    made.digest = of.digest;
    return made;
}

document_status report(std::string id, status to) {
    document_status made;
    made.id = std::move(id);
    made.status = to;
    made.at = "2026-11-30T18:00:00+01:00";
    return made;
}

std::string told_of(const batch_receipt& item, const batch_state& state) {
    return told(judge(item, "hash", state).findings);
}

// State after an ACK without documents.
batch_state received_state() {
    const batch_state sent = sent_state();
    const judgement made = judge(receipt_of(sent, receipt_type::ack), "hash 1", sent);
    EXPECT_EQ(made.outcome, verdict::apply) << told(made.findings);
    EXPECT_THAT(made.changes, SizeIs(3));
    return made.after;
}

// ---- form ----

TEST(receipt_form, is_written_and_read_back) {
    batch_receipt item = receipt_of(sent_state(), receipt_type::status);
    item.documents = {report("D0000001", status::delivered), report("D0000002", status::posted)};
    item.documents[0].channel = channel::kivra;
    item.documents[0].provider_ref = "abc & <d>";
    item.documents[0].pages = 3;
    item.documents[0].sheets = 0;
    item.documents[1].reason = "NO_MATCH";
    item.errors = {{"PRB-R04", "summan stämmer inte"}};
    item.totals = totals{3, 1, 1, 0, 3, 0};
    item.is_final = true;
    const std::string bytes = write_receipt(item);
    const receipt_file back = read_receipt(bytes);
    EXPECT_EQ(told(back.findings), "");
    EXPECT_TRUE(back.recognised && back.is_whole);
    EXPECT_EQ(back.content, item);
    EXPECT_EQ(write_receipt(back.content), bytes);
    if (can_validate()) {
        EXPECT_TRUE(is_valid_by(batch::receipt_schema_text(), bytes)) << bytes;
    }
}

TEST(receipt_form, FORM_each_type_has_what_is_its_own) {
    const batch_state state = sent_state();
    const auto told_with = [&](receipt_type type, const std::function<void(batch_receipt&)>& change) {
        batch_receipt item = receipt_of(state, type);
        change(item);
        return told(read_receipt(write_receipt(item)).findings);
    };
    const auto with_document = [](status code) {
        return [code](batch_receipt& item) { item.documents = {report("D0000001", code)}; };
    };
    const auto refused = [](batch_receipt& item) {
        item.errors = {{"PRB-R01", "fel"}};
        item.is_final = true;
    };
    EXPECT_EQ(told_with(receipt_type::nack, refused), "");
    EXPECT_EQ(told_with(receipt_type::nack, [](batch_receipt&) {}), "error PRR-FORM Error\nerror PRR-FORM Final\n");
    EXPECT_EQ(told_with(receipt_type::nack,
                        [&](batch_receipt& item) {
                            refused(item);
                            with_document(status::rejected)(item);
                        }),
              "error PRR-FORM Document\n");
    EXPECT_EQ(told_with(receipt_type::ack, with_document(status::received)), "");
    EXPECT_EQ(told_with(receipt_type::ack, with_document(status::rejected)), "");
    EXPECT_EQ(told_with(receipt_type::ack, with_document(status::posted)), "error PRR-FORM Document[1]/@status\n");
    EXPECT_EQ(told_with(receipt_type::returns, with_document(status::returned)), "");
    EXPECT_EQ(told_with(receipt_type::returns, with_document(status::failed)), "error PRR-FORM Document[1]/@status\n");
    EXPECT_EQ(told_with(receipt_type::status,
                        [](batch_receipt& item) {
                            item.documents = {report("D1", status::posted), report("D1", status::posted)};
                        }),
              "error PRR-FORM Document[2]/@id\n");
    EXPECT_EQ(told(read_receipt("<a/>").findings), "error PRR-FORM\n");
    EXPECT_EQ(told(read_receipt("").findings), "error PRR-FORM\n");
}

TEST(receipt_form, nothing_of_the_texts_of_errors_is_told) {
    batch_receipt item = receipt_of(sent_state(), receipt_type::status);
    item.errors = {{"bad rule of Anna Exempel", "Anna Exempel"}};
    const receipt_file file = read_receipt(write_receipt(item));
    ASSERT_EQ(told(file.findings), "error PRR-FORM Error[1]/@rule\n");
    item.errors = {{"PRB-R09", "Anna Exempel"}};
    item.documents = {report("D1", status::posted)};
    item.documents[0].provider_ref = "Anna Exempel";
    item.documents[0].at = "today";
    const receipt_file other = read_receipt(write_receipt(item));
    EXPECT_FALSE(other.accepted());
    for (const finding& each : other.findings.kept())
        EXPECT_THAT(describe(each, true), Not(HasSubstr("Anna")));
}

TEST(receipt_schema, judges_as_xmllint_does) {
    if (!can_validate()) GTEST_SKIP() << "the specification or xmllint is not there";
    const std::string schema = batch::receipt_schema_text(), good = example_c();
    ASSERT_TRUE(is_valid_by(schema, good));
    constexpr std::string_view values[] = {"",
                                           "0",
                                           "-0",
                                           "-1",
                                           "+2",
                                           "2147483648",
                                           "true",
                                           "0",
                                           "1.0",
                                           " 1.0",
                                           "1.1",
                                           "ACK",
                                           "STATUS ",
                                           "POSTED",
                                           "KIVRA",
                                           "x y",
                                           "a-b",
                                           "-a",
                                           "2026-11-30T04:05:06",
                                           "2026-11-30",
                                           "99999999999999999999999",
                                           "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};
    invented::random_numbers random(11);
    int refused = 0;
    for (int i = 0; i < 300; ++i) {
        std::string changed = good;
        const std::size_t from = random.below(good.size() - 200) + 100;
        const char mark = random.chance(50) ? '"' : '>';
        const std::size_t at = changed.find(mark, from) + 1, end = changed.find(mark == '"' ? '"' : '<', at);
        if (at == 0 || end == std::string::npos) continue;
        changed.replace(at, end - at, values[random.below(std::size(values))]);
        const bool valid = is_valid_by(schema, changed);
        refused += valid ? 0 : 1;
        const receipt_file file = read_receipt(changed);
        // 24 digits are an integer to xmllint; we take 18.
        const bool is_large = changed.find("99999999999999999999999") != std::string::npos;
        ASSERT_TRUE(file.is_whole == valid || is_large) << changed << told(file.findings);
    }
    EXPECT_GT(refused, 60);
    EXPECT_LT(refused, 290);
}

// ---- the worked example ----

TEST(receipt_examples, example_c_follows_on_example_a) {
    const receipt_file file = read_receipt(example_c());
    EXPECT_EQ(told(file.findings), "");
    const batch_state sent = state_of(batch::read_manifest(example_a()).content);
    const batch_state received = judge(receipt_of(sent, receipt_type::ack), "hash 1", sent).after;
    const judgement made = judge(file.content, "hash 2", received);
    EXPECT_EQ(told(made.findings), "");
    EXPECT_EQ(made.outcome, verdict::apply);
    ASSERT_THAT(made.changes, SizeIs(3));
    EXPECT_EQ(made.changes[1].id, "D0000002");
    EXPECT_EQ(made.changes[1].from, status::received);
    EXPECT_EQ(made.changes[1].to, status::posted);
    EXPECT_EQ(made.changes[1].reported->reason, "NO_MATCH");
    EXPECT_EQ(made.after.last_number, 2U);
    EXPECT_EQ(made.after.documents.at("D0000003").current, status::printed);
}

TEST(receipt_examples, example_c_is_written_as_it_stands) {
    EXPECT_EQ(write_receipt(read_receipt(example_c()).content), example_c());
}

// ---- PRR-R01 to R06 ----

TEST(receipt_rules, R01_batch_and_digest_are_those_that_were_sent) {
    const batch_state state = received_state();
    batch_receipt item = receipt_of(state);
    EXPECT_EQ(told_of(item, state), "");
    item.batch_id = "another";
    EXPECT_EQ(told_of(item, state), "error PRR-R01 BatchId\n");
    item = receipt_of(state);
    item.digest = std::string(64, '0');
    const judgement made = judge(item, "hash", state);
    EXPECT_EQ(told(made.findings), "error PRR-R01 Digest\n");
    EXPECT_EQ(made.outcome, verdict::alarm);
    EXPECT_EQ(made.after.last_number, state.last_number);
}

TEST(receipt_rules, R02_numbers_follow_each_other) {
    const batch_state state = received_state();
    batch_receipt item = receipt_of(state);
    EXPECT_EQ(judge(item, "hash 2", state).outcome, verdict::apply);
    item.number = 1;
    const judgement repeat = judge(item, "hash 1", state);
    EXPECT_EQ(repeat.outcome, verdict::repeat);
    EXPECT_EQ(told(repeat.findings), "");
    const judgement changed = judge(item, "another hash", state);
    EXPECT_EQ(changed.outcome, verdict::alarm);
    EXPECT_EQ(told(changed.findings), "error PRR-R02 ReceiptNumber\n");
    item.number = 3;
    item.documents = {report("D0000001", status::posted)};
    const judgement gap = judge(item, "hash 3", state);
    EXPECT_EQ(gap.outcome, verdict::park);
    EXPECT_EQ(told(gap.findings), "hold PRR-R02 ReceiptNumber\n");
    EXPECT_THAT(gap.changes, IsEmpty());
    batch_state lost = state;
    lost.stored.clear();
    item.number = 1;
    EXPECT_EQ(judge(item, "hash 1", lost).outcome, verdict::alarm);
}

TEST(receipt_rules, R03_documents_belong_to_the_batch) {
    const batch_state state = received_state();
    batch_receipt item = receipt_of(state);
    item.documents = {report("D0000009", status::posted)};
    const judgement made = judge(item, "hash", state);
    EXPECT_EQ(told(made.findings), "error PRR-R03 Document[1]/@id\n");
    EXPECT_EQ(made.outcome, verdict::alarm);
}

TEST(receipt_rules, R04_totals_are_those_after_the_receipt) {
    const batch_state state = received_state();
    batch_receipt item = receipt_of(state);
    item.documents = {report("D0000001", status::delivered), report("D0000002", status::forwarded),
                      report("D0000003", status::failed)};
    item.documents[0].pages = 3;
    item.documents[0].sheets = 0;
    item.documents[1].pages = item.documents[1].sheets = 1;
    item.totals = totals{3, 1, 1, 1, 4, 1};
    const judgement right = judge(item, "hash 2", state);
    EXPECT_EQ(told(right.findings), "");
    item.totals = totals{4, 2, 2, 2, 5, 2};
    EXPECT_EQ(told_of(item, state),
              "error PRR-R04 Totals/@documents\nerror PRR-R04 Totals/@delivered\nerror PRR-R04 Totals/@posted\n"
              "error PRR-R04 Totals/@failed\nerror PRR-R04 Totals/@pages\nerror PRR-R04 Totals/@sheets\n");
    // Returned mail was posted; pages stay as they were last told.
    batch_receipt returns = receipt_of(right.after, receipt_type::returns);
    returns.documents = {report("D0000002", status::returned)};
    returns.totals = totals{3, 1, 1, 1, 4, 1};
    EXPECT_EQ(told_of(returns, right.after), "");
}

TEST(receipt_rules, R05_what_happens_to_protected_persons_is_an_incident) {
    const batch_state state = state_of(batch::manifest_of(batch::protected_sample()));
    const auto judged = [&](status to, std::optional<channel> by) {
        batch_receipt item = receipt_of(state);
        item.documents = {report("P0000001", to)};
        item.documents[0].channel = by;
        return judge(item, "hash", state);
    };
    for (const status good : {status::printed, status::posted, status::forwarded, status::failed, status::returned})
        for (const auto& by : {std::optional<channel>(), std::optional(channel::print_forwarding)})
            EXPECT_EQ(judged(good, by).outcome, verdict::apply) << name(good);
    for (const status bad : {status::received, status::rejected, status::delivered, status::cancelled})
        EXPECT_EQ(judged(bad, {}).outcome, verdict::incident) << name(bad);
    for (const channel bad : {channel::kivra, channel::mina_meddelanden, channel::e_invoice, channel::email, channel::print}) {
        const judgement made = judged(status::printed, bad);
        EXPECT_EQ(made.outcome, verdict::incident);
        EXPECT_EQ(told(made.findings), "error PRR-R05 Document[1]/@channel\n");
        EXPECT_THAT(made.changes, IsEmpty());
    }
    batch_receipt late = receipt_of(state);  // also where the receipt would wait
    late.number = 7;
    late.documents = {report("P0000001", status::delivered)};
    EXPECT_EQ(judge(late, "hash", state).outcome, verdict::incident);
}

TEST(receipt_rules, R06_pages_and_sheets_are_those_of_the_manifest) {
    const batch_state state = received_state();
    batch_receipt item = receipt_of(state);
    item.documents = {report("D0000001", status::posted)};
    item.documents[0].pages = 3;
    item.documents[0].sheets = 2;
    EXPECT_EQ(told_of(item, state), "");
    item.documents[0].pages = 4;
    item.documents[0].sheets = 3;
    const judgement made = judge(item, "hash", state);
    EXPECT_EQ(told(made.findings), "warning PRR-R06 Document[1]/@pages\nwarning PRR-R06 Document[1]/@sheets\n");
    EXPECT_EQ(made.outcome, verdict::apply);
    item.documents[0] = report("D0000001", status::delivered);
    item.documents[0].sheets = 2;
    EXPECT_EQ(told_of(item, state), "warning PRR-R06 Document[1]/@sheets\n");
}

TEST(receipt_rules, FORM_final_is_final) {
    batch_state state = received_state();
    batch_receipt item = receipt_of(state);
    item.is_final = true;
    item.documents = {report("D0000001", status::posted), report("D0000002", status::posted)};
    EXPECT_EQ(told_of(item, state), "error PRR-FORM Final\n");
    item.documents.push_back(report("D0000003", status::failed));
    const judgement made = judge(item, "hash 2", state);
    EXPECT_EQ(told(made.findings), "");
    EXPECT_TRUE(made.after.is_final);
    EXPECT_EQ(told_of(receipt_of(made.after), made.after), "error PRR-FORM Type\n");
    EXPECT_EQ(told_of(receipt_of(made.after, receipt_type::returns), made.after), "");
}

TEST(receipt_rules, STATE_an_unknown_transition_parks_the_receipt) {
    batch_state state = received_state();
    state.documents.at("D0000001").current = status::posted;
    batch_receipt item = receipt_of(state);
    item.documents = {report("D0000001", status::printed), report("D0000002", status::posted)};
    const judgement made = judge(item, "hash", state);
    EXPECT_EQ(made.outcome, verdict::park);
    EXPECT_EQ(told(made.findings), "hold PRR-STATE Document[1]/@status\n");
    EXPECT_THAT(made.changes, IsEmpty());
    EXPECT_EQ(made.after.documents, state.documents);
}

TEST(receipt_rules, nack_rejects_all) {
    const batch_state state = sent_state();
    batch_receipt item = receipt_of(state, receipt_type::nack);
    item.is_final = true;
    item.errors = {{"PRB-R04", "fel"}};
    const judgement made = judge(item, "hash", state);
    EXPECT_EQ(told(made.findings), "");
    ASSERT_THAT(made.changes, SizeIs(3));
    for (const status_change& each : made.changes)
        EXPECT_EQ(each.to, status::rejected);
}

TEST(receipt_rules, ack_may_reject_single_documents) {
    const batch_state state = sent_state();
    batch_receipt item = receipt_of(state, receipt_type::ack);
    item.documents = {report("D0000002", status::rejected)};
    const judgement made = judge(item, "hash", state);
    EXPECT_EQ(made.outcome, verdict::apply);
    EXPECT_EQ(made.after.documents.at("D0000001").current, status::received);
    EXPECT_EQ(made.after.documents.at("D0000002").current, status::rejected);
}

// ---- states (4.2) ----

constexpr status all[] = {status::received,  status::rejected,  status::delivered, status::printed,
                          status::posted,    status::forwarded, status::failed,    status::returned,
                          status::cancelled, status::created,   status::batched,   status::sent};

TEST(document_states, arrows_are_those_of_the_page_and_no_others) {
    const std::set<std::pair<status, status>> arrows = {
        {status::created, status::batched},    {status::batched, status::sent},       {status::sent, status::received},
        {status::received, status::delivered}, {status::received, status::printed},   {status::printed, status::posted},
        {status::received, status::forwarded}, {status::printed, status::forwarded},  {status::delivered, status::returned},
        {status::posted, status::returned},    {status::forwarded, status::returned}, {status::received, status::failed},
        {status::failed, status::created},     {status::sent, status::rejected},      {status::rejected, status::created},
        {status::created, status::cancelled},  {status::batched, status::cancelled}};
    static_assert(std::size(all) == status_count);
    for (const status from : all)
        for (const status to : all)
            EXPECT_EQ(is_allowed(from, to), arrows.contains({from, to})) << name(from) << " " << name(to);
}

TEST(document_states, receipts_report_what_arrows_lead_to) {
    const std::map<status, std::set<status>> reachable = {
        {status::sent,
         {status::sent, status::received, status::rejected, status::delivered, status::printed, status::posted, status::forwarded,
          status::failed, status::returned}},
        {status::received,
         {status::received, status::delivered, status::printed, status::posted, status::forwarded, status::failed,
          status::returned}},
        {status::printed, {status::printed, status::posted, status::forwarded, status::returned}},
        {status::delivered, {status::delivered, status::returned}},
        {status::posted, {status::posted, status::returned}},
        {status::forwarded, {status::forwarded, status::returned}},
        {status::returned, {status::returned}},
        {status::failed, {status::failed}},
        {status::rejected, {status::rejected}},
        {status::cancelled, {status::cancelled}},
        {status::created, {status::created, status::cancelled}},
        {status::batched, {status::batched, status::sent, status::cancelled}}};
    for (const status from : all)
        for (const status to : all)
            EXPECT_EQ(can_report(from, to), reachable.at(from).contains(to)) << name(from) << " " << name(to);
}

TEST(document_states, final_ones_are_left_only_by_returned_mail_or_a_new_document) {
    for (const status from : all)
        for (const status to : all)
            if (is_final(from) && is_allowed(from, to)) {
                EXPECT_TRUE(to == status::returned || to == status::created) << name(from);
            }
}

}  // namespace

}  // namespace brygga::print::receipt
