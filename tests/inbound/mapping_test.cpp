// What the scenarios cannot say: several transactions, settings of single rules, the log, limits.
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include "formats/core/sha256.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/payment_booker.hpp"
#include "tests/inbound/autogiro_text.hpp"
#include "tests/inbound/bgmax_text.hpp"
#include "tests/inbound/ledger_text.hpp"
#include "tests/inbound/temporary_folder.hpp"

namespace brygga::inbound::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view one_payment =
    "written 2026-03-02 P\nsection 9912346\npay 10.00 ref=\"1000300101\" serial=900000000001\nname Hemlig Person\n"
    "organisation 8112289874\ndeposit 2026-03-02 00041\nend\n";

settings standard() {
    settings with;
    with.today = *parse_iso_date("2026-03-03");
    with.receivers.push_back({"9912346", {ocr_level::variable_length, {}}, false});
    return with;
}

class mapping_on_a_ledger : public testing::Test {
 protected:
    mapping_on_a_ledger() : ledger_(folder_.path()) {
        ledger_.seed("customer K-1 identity 198112289874\ninvoice 10003001 K-1 ref=1000300101 due=2026-03-31 EL:100.00\n");
    }

    static ledger::exchanged_file file_of(std::string_view claim, std::string_view bytes) {
        ledger::exchanged_file file;
        file.claim = claim;
        file.name = std::string(claim) + ".txt";
        file.format = "bgmax";
        file.sha256 = sha256_hex(bytes);
        file.size_bytes = static_cast<std::int64_t>(bytes.size());
        return file;
    }

    // Books in `into` without committing.
    static result<file_result> book(const std::string& bytes, std::string_view claim, const settings& with,
                                    ledger::transaction& into) {
        ledger::exchanged_file file = file_of(claim, bytes);
        auto added = into.add_file(file);
        if (!added) return tl::unexpected(added.error());
        return find_mapping("bgmax")->book(bytes, file, with, into);
    }

    file_result book(std::string_view described, std::string_view claim, const settings& with = standard()) {
        auto into = ledger_.begin();
        file_result told = must(book(bgmax_bytes(described), claim, with, *into));
        must(into->commit());
        return told;
    }

    // Rows of one column, straight from the database.
    std::vector<std::string> column(const char* sql) const {
        std::vector<std::string> rows;
        sqlite3* database = nullptr;
        sqlite3_stmt* statement = nullptr;
        EXPECT_EQ(sqlite3_open((folder_.path() / "ledger.db").c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_prepare_v2(database, sql, -1, &statement, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const void* text = sqlite3_column_blob(statement, 0);
            rows.emplace_back(static_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(statement, 0)));
        }
        sqlite3_finalize(statement);
        sqlite3_close(database);
        return rows;
    }

    temporary_folder folder_;
    test_ledger ledger_;
};

TEST_F(mapping_on_a_ledger, killed_before_the_commit_leaves_nothing_and_can_be_run_again) {
    const std::string before = ledger_.books();
    {
        auto into = ledger_.begin();
        EXPECT_TRUE(must(book(bgmax_bytes(one_payment), "a", standard(), *into)).files.front().accepted);
    }
    EXPECT_EQ(ledger_.books(), before);
    EXPECT_TRUE(book(one_payment, "a").files.front().accepted);
    const std::string after = ledger_.books();
    EXPECT_NE(after, before);

    // Killed after the commit and delivered anew: already there.
    const file_result again = book(one_payment, "b");
    EXPECT_FALSE(again.files.front().accepted);
    EXPECT_EQ(again.files.front().already_in_file, "a.txt");
    EXPECT_EQ(again.files.front().findings.front().rule->id, "BGMAX-R60");
    EXPECT_EQ(again.outcome(), ledger::file_outcome::rejected);
    EXPECT_EQ(ledger_.books(), after);
}

TEST_F(mapping_on_a_ledger, a_failing_store_is_an_error_not_a_verdict) {
    auto reader = must(ledger_.store().begin_read("provbolaget"));
    ledger::exchanged_file file = file_of("a", one_payment);
    file.id = 1;
    const auto told = find_mapping("bgmax")->book(bgmax_bytes(one_payment), file, standard(), *reader);
    ASSERT_FALSE(told.has_value());
    EXPECT_EQ(told.error().code, error_code::permission_denied);
}

TEST_F(mapping_on_a_ledger, what_is_held_for_review_can_be_made_a_warning_by_a_profile) {
    EXPECT_TRUE(book(one_payment, "a").files.front().accepted);
    const std::string_view later =
        "written 2026-03-03 P\nsection 9912346\npay 10.00 ref=\"1000300101\" serial=900000000001\ndeposit 2026-03-03 "
        "00042\nend\n";
    settings with = standard();
    with.policy.profile.severities.emplace("BGMAX-R62", severity::warning);
    const file_result told = book(later, "b", with);
    EXPECT_EQ(told.files.front().held, 0u);
    EXPECT_EQ(told.files.front().matched, 1u);
    EXPECT_EQ(told.files.front().findings.front().rule->id, "BGMAX-R62");
    EXPECT_EQ(told.files.front().findings.front().level, severity::warning);
}

// What the rules softened here guard cannot be booked, whatever a profile calls it.
TEST_F(mapping_on_a_ledger, no_profile_books_a_section_without_a_date) {
    settings with = standard();
    with.policy.profile.severities.emplace("BGMAX-R35", severity::warning);
    auto into = ledger_.begin();
    std::string bytes = bgmax_bytes(one_payment);
    const std::size_t deposit = bytes.find("\n15") + 1;
    bytes.replace(deposit + 37, 8, "20261399");
    const file_result told = must(book(bytes, "a", with, *into));
    EXPECT_TRUE(told.files.front().accepted);
    EXPECT_EQ(told.files.front().sections.front().state, section_state::held);
    EXPECT_EQ(told.files.front().sums.size(), 0U);
}

TEST_F(mapping_on_a_ledger, no_profile_books_a_section_without_a_deposit) {
    settings with = standard();
    for (const std::string_view rule : {"BGMAX-R20", "BGMAX-R37"})
        with.policy.profile.severities.emplace(rule, severity::warning);
    auto into = ledger_.begin();
    std::string bytes = bgmax_bytes(one_payment);
    const std::size_t deposit = bytes.find("\n15") + 1;
    bytes.erase(deposit, bytes.find("\n70") + 1 - deposit);
    const file_result told = must(book(bytes, "a", with, *into));
    EXPECT_TRUE(told.files.front().accepted);
    EXPECT_EQ(told.files.front().sections.front().state, section_state::held);
    EXPECT_EQ(told.files.front().sums.size(), 0U);
}

TEST_F(mapping_on_a_ledger, no_profile_divides_a_payment_whose_parts_do_not_add_up) {
    settings with = standard();
    with.policy.profile.severities.emplace("BGMAX-R46", severity::warning);
    const file_result told = book(
        "written 2026-03-02 P\nsection 9912346\npay 30.00 code=0\n+ 10.00 ref=\"1000300101\"\ndeposit 2026-03-02 00041\nend\n",
        "a", with);
    EXPECT_TRUE(told.files.front().accepted);
    EXPECT_EQ(told.files.front().matched, 0u);
    EXPECT_EQ(told.files.front().sums.at("SEK").suspense_ore, 3000);
}

TEST_F(mapping_on_a_ledger, no_profile_imports_a_file_twice) {
    EXPECT_TRUE(book(one_payment, "a").files.front().accepted);
    settings with = standard();
    with.policy.profile.severities.emplace("BGMAX-R60", severity::info);
    const std::string before = ledger_.books();
    EXPECT_FALSE(book(one_payment, "b", with).files.front().accepted);
    EXPECT_EQ(ledger_.books(), before);
}

// BILL-R25: the advance that a surplus left is reserved once, however often the invoice run asks.
TEST_F(mapping_on_a_ledger, bill_r25_reserves_a_surplus_once) {
    EXPECT_EQ(book("written 2026-03-02 P\nsection 9912346\npay 130.00 ref=\"1000300101\"\ndeposit 2026-03-02 00041\nend\n", "a")
                  .files.front()
                  .sums.at("SEK")
                  .advances_ore,
              3000);
    auto into = ledger_.begin();
    const auto first = must(into->reserve_advances());
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first.front().customer_id, "K-1");
    EXPECT_EQ(first.front().amount_ore, 3000);
    const auto second = must(into->reserve_advances());
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second.front().id, first.front().id);
    const auto advances = must(into->free_advances_of("K-1"));
    EXPECT_TRUE(advances.empty());
}

TEST_F(mapping_on_a_ledger, logs_each_decision_without_personal_data) {
    EXPECT_TRUE(book(one_payment, "a").files.front().accepted);
    EXPECT_FALSE(book(one_payment, "b").files.front().accepted);
    const file_result third = book(
        "written 2026-03-03 P\nsection 9912346\npay 10.00 ref=\"1000300101\" serial=900000000001\nname Hemlig Person\n"
        "organisation 8112289874\ndeposit 2026-03-03 00042\nsection 9912346\npay 1.00 ref=\"1000300101\"\ndeposit 2026-03-03 "
        "00043 "
        "sum=2.00\nend\n",
        "c");
    EXPECT_EQ(third.outcome(), ledger::file_outcome::held);
    const auto kinds = column(
        "SELECT kind FROM log WHERE kind IN ('file-accepted', 'file-refused', 'section-held', 'payment-held', "
        "'section-booked')");
    EXPECT_THAT(kinds, ElementsAre("file-accepted", "file-refused", "payment-held", "section-held", "file-accepted"));
    for (const std::string& data : column("SELECT data FROM log")) {
        EXPECT_THAT(data, Not(HasSubstr("Hemlig")));
        EXPECT_THAT(data, Not(HasSubstr("8112289874")));
        EXPECT_FALSE(nlohmann::json::parse(data, nullptr, false).is_discarded()) << data;
    }
    for (const std::string& detail : column("SELECT detail FROM hold")) {
        EXPECT_THAT(detail, Not(HasSubstr("Hemlig")));
        EXPECT_THAT(detail, Not(HasSubstr("8112289874")));
    }
}

// PRO-R13: neither who pays a protected person's invoice, nor a protected person who pays somebody's.
TEST_F(mapping_on_a_ledger, seals_the_payers_of_protected_persons) {
    ledger_.seed("customer K-2 identity 193806013888\n");
    {
        auto into = ledger_.begin();
        ledger::protection_event event;
        event.customer_id = "K-1";
        event.now = ledger::protection::manual;
        event.since = *parse_iso_date("2026-03-01");
        must(into->protections().add_protection_event(event));
        must(into->commit());
    }
    static_cast<void>(
        book("written 2026-03-03 P\nsection 9912346\npay 100.00 ref=\"1000300101\" serial=900000000001\nname Hemlig Person\n"
             "pay 10.00 ref=\"x\" serial=900000000002\nname Syns Mycket\norganisation 8112289874\n"
             "pay 20.00 ref=\"y\" serial=900000000003\nname Annan Betalare\ndeposit 2026-03-03 00042\nend\n",
             "a"));
    EXPECT_THAT(column("SELECT payer_name FROM payment ORDER BY ordinal"), ElementsAre("", "", "Annan Betalare"));
}

TEST_F(mapping_on_a_ledger, finds_the_collection_of_a_payer_who_has_many) {
    std::string asked =
        "mandate 7001 K-1 active\ninvoice 10003002 K-1 ref=1000300200 due=2026-03-31 EL:70.00\n"
        "collection 10003001 7001 100.00 day=2026-03-02\n";
    for (int i = 1; i <= 150; ++i)
        asked += fmt::format("collection 10003002 7001 70.00 day=2026-03-02 attempt={}\n", i);
    ledger_.seed("invoice 10003001 K-1 ref=1000300101 due=2026-03-31 EL:100.00\n" + asked);
    const std::string bytes = autogiro_bytes("open PAYSPEC_NEW 2026-03-02\nentry 15\npay 7001 100.00 ref=1000300101\nclose\n");
    auto into = ledger_.begin();
    ledger::exchanged_file file = file_of("A1", bytes);
    file.format = "autogiro";
    must(into->add_file(file));
    const auto told = must(find_mapping("autogiro")->book(bytes, file, standard(), *into));
    must(into->commit());
    into.reset();
    EXPECT_EQ(told.files.at(0).matched, 1U);
    EXPECT_THAT(ledger_.collections(), HasSubstr("10003001 1 7001 100.00 2026-03-02 executed"));
}

TEST_F(mapping_on_a_ledger, gives_suggestions_to_a_limited_number_of_payments) {
    std::string described = "written 2026-03-02 P\nsection 9912346\n";
    for (std::uint32_t i = 0; i < max_payments_with_suggestions + 1; ++i)
        described += "pay 100.00 ref=\"1000300200\"\n";
    described += "deposit 2026-03-02 00041\nend\n";
    EXPECT_EQ(book(described, "a").files.front().unmatched, max_payments_with_suggestions + 1);
    std::uint32_t with_suggestions = 0;
    for (const std::string& detail : column("SELECT detail FROM hold"))
        if (nlohmann::json::parse(detail).contains("suggestions")) ++with_suggestions;
    EXPECT_EQ(with_suggestions, max_payments_with_suggestions);
}

TEST_F(mapping_on_a_ledger, findings_are_capped_and_counted_and_the_ledgers_come_first) {
    EXPECT_TRUE(book(one_payment, "a").files.front().accepted);
    std::string described = "written 2026-03-03 P\nsection 9912346\npay 10.00 ref=\"1000300101\" serial=900000000001\n";
    for (int i = 0; i < 20; ++i)
        described += "pay 1.00 ref=\"1000300103\"\n";  // BGMAX-R42 and REF-R04 each
    settings with = standard();
    with.policy.cap = 5;
    const logical_result told = book(described + "deposit 2026-03-03 00042\nend\n", "b", with).files.front();
    EXPECT_EQ(told.findings_total, 41u);
    ASSERT_EQ(told.findings.size(), 11u);
    EXPECT_EQ(told.findings.front().rule->id, "BGMAX-R62");
}

// Bankgirot's own example: what it must mean stands in the README beside it.
TEST_F(mapping_on_a_ledger, books_bankgirots_example_to_the_ore) {
    const std::filesystem::path path =
        std::filesystem::path(BRYGGA_SHARED_DIR) / "samples/bgmax/official_ocr_checksiffra_langd_sek.txt";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no published examples at " << BRYGGA_SHARED_DIR;
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    ledger_.seed(
        "customer K-2\ninvoice 1 K-2 ref=655969 due=2004-06-30 EL:1000.00\ninvoice 2 K-2 ref=657866 due=2004-06-30 EL:500.00\n"
        "invoice 3 K-2 ref=658765 due=2004-06-30 EL:400.00\ninvoice 4 K-2 ref=657767 due=2004-06-30 EL:300.00\n"
        "invoice 5 K-2 ref=657965 due=2004-06-30 EL:200.00\ncredit 9 K-2 ref=89853 of=1:EL 500.00\n");
    auto into = ledger_.begin();
    const logical_result told = must(book(bytes, "example", standard(), *into)).files.front();
    must(into->commit());
    ASSERT_TRUE(told.accepted);
    EXPECT_EQ(told.payments, 6u);
    EXPECT_EQ(told.deductions, 1u);
    ASSERT_EQ(told.sections.size(), 2u);
    EXPECT_EQ(told.sections[0].amount_ore, 190'000);
    EXPECT_EQ(told.sections[1].amount_ore, 800'000);
    EXPECT_EQ(told.sums.at("SEK").booked_ore, 990'000);
    EXPECT_EQ(told.sums.at("SEK").matched_ore, 190'000);  // the first section is wholly known
    EXPECT_EQ(told.sums.at("SEK").suspense_ore, 800'000);
}

TEST(inbound, knows_its_formats) {
    ASSERT_NE(find_mapping("bgmax"), nullptr);
    EXPECT_EQ(find_mapping("bgmax")->format(), "bgmax");
    ASSERT_NE(find_mapping("lb"), nullptr);
    EXPECT_EQ(find_mapping("lb")->format(), "lb");
    EXPECT_EQ(find_mapping("sus"), nullptr);
    EXPECT_EQ(find_mapping(""), nullptr);
}

TEST(inbound, tells_where_a_file_goes) {
    const auto logical = [](bool accepted, section_state state) {
        logical_result made;
        made.accepted = accepted;
        made.sections.push_back({});
        made.sections.back().state = state;
        return made;
    };
    const auto outcome = [](std::vector<logical_result> files) { return file_result{"bgmax", std::move(files)}.outcome(); };
    const auto booked = logical(true, section_state::booked), held = logical(true, section_state::held),
               refused = logical(false, section_state::refused);
    EXPECT_EQ(outcome({booked}), ledger::file_outcome::archived);
    EXPECT_EQ(outcome({booked, held}), ledger::file_outcome::held);
    EXPECT_EQ(outcome({refused, held}), ledger::file_outcome::held);
    EXPECT_EQ(outcome({booked, refused}), ledger::file_outcome::rejected);
    EXPECT_EQ(outcome({refused}), ledger::file_outcome::rejected);
}

}  // namespace
}  // namespace brygga::inbound::test
