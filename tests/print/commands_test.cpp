// print-batch and print-receipt as the generic commands have them: recognised, shown, compared, masked, in JSON and back,
// generated.
#include <gmock/gmock.h>

#include "formats/print/receipt/judge.hpp"
#include "formats/print/receipt/reader.hpp"
#include "formats/registry.hpp"
#include "tests/print/batches.hpp"

namespace brygga::print {

namespace {

using batch::sample;
using ::testing::HasSubstr;
using ::testing::Not;

const format& batches() {
    return *find_format("print-batch");
}
const format& receipts() {
    return *find_format("print-receipt");
}

std::string generated(const format& which, const generate_settings& what) {
    std::string out;
    const auto made = which.generate(what, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(made) << made.error().text;
    return out;
}

generate_settings settings(std::uint64_t seed, std::uint64_t count, std::string layout = {}) {
    generate_settings made;
    made.seed = seed;
    made.count = count;
    made.layout = std::move(layout);
    return made;
}

std::string json_of(const format& which, std::string_view bytes) {
    std::string out;
    which.to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

std::string from_json(const format& which, std::string_view json) {
    std::string out;
    const auto done = which.from_json(json, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(done) << done.error().text;
    return out;
}

std::string masked(const format& which, std::string_view bytes) {
    std::string out;
    which.mask(bytes, "a key of these tests", {}, [&](std::string_view part) { out += part; });
    return out;
}

std::string findings_of(const format& which, std::string_view bytes) {
    std::string out;
    which.check(bytes, {}, [&](const check_report& report) { out = batch::told(*report.findings); });
    return out;
}

TEST(print_commands, files_are_recognised_and_others_are_not) {
    const std::string manifest = generated(batches(), settings(1, 2, "manifest")), archive = generated(batches(), settings(1, 2)),
                      receipt = generated(receipts(), settings(1, 2));
    EXPECT_EQ(sniff(manifest), &batches());
    EXPECT_EQ(sniff(archive), &batches());
    EXPECT_EQ(sniff(std::string_view(archive).substr(0, 200)), &batches());
    EXPECT_EQ(sniff(receipt), &receipts());
    for (const std::string_view other :
         {"PK\x05\x06", "PK\x03\x04 and so on", "<PrintBatch/>", "<BatchReceipt xmlns=\"urn:x\"/>"})
        EXPECT_EQ(sniff(other), nullptr) << other;
    std::string renamed = archive;
    renamed.replace(renamed.find("manifest.xml"), 12, "manifest.xsl");
    EXPECT_EQ(sniff(renamed), nullptr);
}

TEST(print_commands, generated_files_break_nothing_and_are_the_same_each_time) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const std::string archive = generated(batches(), settings(seed, 25));
        EXPECT_EQ(findings_of(batches(), archive), "");
        EXPECT_EQ(archive, generated(batches(), settings(seed, 25)));
        const std::string manifest = generated(batches(), settings(seed, 25, "manifest"));
        EXPECT_EQ(findings_of(batches(), manifest), "");
        const receipt::receipt_file answer = receipt::read_receipt(generated(receipts(), settings(seed, 25)));
        EXPECT_EQ(batch::told(answer.findings), "");
        receipt::batch_state state = receipt::state_of(batch::read_batch(archive).content);
        state.last_number = 1;
        const receipt::judgement judged = receipt::judge(answer.content, "hash", state);
        EXPECT_EQ(judged.outcome, receipt::verdict::apply) << batch::told(judged.findings);
        EXPECT_TRUE(judged.after.is_final);
    }
    EXPECT_NE(generated(batches(), settings(1, 5)), generated(batches(), settings(2, 5)));
}

TEST(print_commands, each_fault_is_there_and_no_other) {
    for (const rule_info& each : batches().rules()) {
        generate_settings what = settings(5, 200);
        what.faults = {std::string(each.id)};
        std::string archive;
        const auto made = batches().generate(what, [&](std::string_view part) { archive += part; });
        const bool is_possible = each.id != "PRB-R02" && each.id != "PRB-R05" && each.id != "PRB-R15" && each.id != "PRB-RATIO";
        ASSERT_EQ(made.has_value(), is_possible) << each.id;
        if (!made) continue;
        bool seen = false;
        batches().check(archive, {}, [&](const check_report& report) {
            seen = report.findings->count(each.index) != 0;
            EXPECT_EQ(report.findings->total(), report.findings->count(each.index)) << batch::told(*report.findings);
        });
        EXPECT_TRUE(seen) << each.id;
    }
}

TEST(print_commands, what_cannot_be_generated_is_refused) {
    const auto refused = [](const format& which, const generate_settings& what) {
        const auto made = which.generate(what, [](std::string_view) {});
        return !made && made.error().code == error_code::invalid_argument;
    };
    generate_settings what = settings(1, 0);
    EXPECT_TRUE(refused(batches(), what));
    what.count = 5'001;
    EXPECT_TRUE(refused(batches(), what));
    what = settings(1, 1);
    what.receivers = {"9912347"};
    EXPECT_TRUE(refused(batches(), what));
    what.receivers = {"9912346"};
    EXPECT_FALSE(refused(batches(), what));
    what.faults = {"PRB-R99"};
    EXPECT_TRUE(refused(batches(), what));
    what.layout = "manifest";
    what.faults = {"PRB-R06"};
    EXPECT_TRUE(refused(batches(), what));
    what = settings(1, 1);
    what.faults = {"PRR-R01"};
    EXPECT_TRUE(refused(receipts(), what));
    what.faults = {"PRR-FORM"};
    EXPECT_EQ(findings_of(receipts(), generated(receipts(), what)), "error PRR-FORM Digest\n");
}

TEST(print_commands, bad_documents_warn) {
    generate_settings what = settings(1, 20);
    what.bad_percent = 25;
    batches().check(generated(batches(), what), {}, [](const check_report& report) {
        EXPECT_TRUE(report.accepted);
        EXPECT_LE(report.findings->total(), 5U);
        EXPECT_GE(report.findings->total(), 1U);
    });
}

TEST(print_commands, json_gives_the_bytes_back) {
    const std::vector<std::pair<const format*, std::string>> all = {
        {&batches(), generated(batches(), settings(3, 5, "manifest"))},
        {&receipts(), generated(receipts(), settings(3, 5))},
        {&batches(), generated(batches(), settings(3, 2))},
        {&batches(), batch::example_a()},
        {&batches(), batch::example_b()},
        {&receipts(), batch::example_c()}};
    for (const auto& [which, bytes] : all) {
        const std::string json = json_of(*which, bytes);
        EXPECT_EQ(from_json(*which, json), bytes);
    }
}

TEST(print_commands, an_edited_value_is_written) {
    const std::string manifest = generated(batches(), settings(3, 1, "manifest"));
    std::string json = json_of(batches(), manifest);
    const std::size_t at = json.find("\"INVOICE\"");
    ASSERT_NE(at, std::string::npos);
    json.replace(at, 9, "\"LETTER\"");
    EXPECT_THAT(from_json(batches(), json), HasSubstr(">LETTER<"));
}

TEST(print_commands, masking_leaves_nothing_of_persons_and_the_same_findings) {
    for (const std::string& bytes : {generated(batches(), settings(7, 30, "manifest")), batch::example_a()}) {
        const std::string made = masked(batches(), bytes);
        EXPECT_EQ(made.size(), bytes.size());
        EXPECT_EQ(findings_of(batches(), made), findings_of(batches(), bytes));
        EXPECT_EQ(made, masked(batches(), bytes));
        const batch::manifest before = batch::read_manifest(bytes).content, after = batch::read_manifest(made).content;
        ASSERT_EQ(before.documents.size(), after.documents.size());
        for (std::size_t i = 0; i < before.documents.size(); ++i) {
            const batch::recipient &a = before.documents[i].recipient, &b = after.documents[i].recipient;
            EXPECT_NE(a.name, b.name);
            EXPECT_NE(a.customer_number, b.customer_number);
            EXPECT_TRUE(a.identity_number.empty() || a.identity_number != b.identity_number);
            EXPECT_NE(a.postal_address->lines, b.postal_address->lines);
            EXPECT_EQ(before.documents[i].file, after.documents[i].file);
        }
        EXPECT_EQ(before.totals, after.totals);
    }
    EXPECT_EQ(masked(batches(), generated(batches(), settings(1, 1))), "");
}

TEST(print_commands, show_and_diff_look_at_the_manifest_of_an_archive) {
    const std::string one = generated(batches(), settings(1, 3)), other = generated(batches(), settings(2, 3));
    std::string shown, differences;
    batches().show(one, {}, {}, [&](std::string_view part) { shown += part; });
    EXPECT_THAT(shown, HasSubstr("BatchId"));
    EXPECT_THAT(shown, Not(HasSubstr("%PDF")));
    std::string hidden;
    batches().show(one, {}, {.html = true, .colour = false, .in_clear = false}, [&](std::string_view part) { hidden += part; });
    const batch::manifest content = batch::read_batch(one).content;
    EXPECT_THAT(shown, HasSubstr(content.documents[0].recipient.name));
    EXPECT_THAT(hidden, Not(HasSubstr(content.documents[0].recipient.name)));
    EXPECT_TRUE(batches().diff(one, generated(batches(), settings(1, 3, "manifest")), {}, [](std::string_view) {}));
    EXPECT_FALSE(batches().diff(one, other, {}, [&](std::string_view part) { differences += part; }));
    EXPECT_THAT(differences, HasSubstr("sha256"));
}

TEST(print_commands, the_tables_are_described) {
    std::string described;
    batches().describe([&](std::string_view part) { described += part; });
    EXPECT_THAT(described, HasSubstr("CodeLine"));
    receipts().describe([&](std::string_view part) { described += part; });
    EXPECT_THAT(described, HasSubstr("providerRef"));
}

}  // namespace

}  // namespace brygga::print
