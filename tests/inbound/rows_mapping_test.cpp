// Files whose records mean rows of the import: taken whole or not at all by their own rules, and each row for itself.
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/core/sha256.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/rows.hpp"
#include "tests/inbound/ledger_text.hpp"
#include "tests/inbound/temporary_folder.hpp"

namespace brygga::inbound::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::string fixture(const std::string& name) {
    std::ifstream in(BRYGGA_SOURCE_DIR "/fixtures/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class rows_on_a_ledger : public testing::Test {
 protected:
    rows_on_a_ledger() : ledger_(folder_.path()) { ledger_.seed("customer K-1 identity 196505030004\n"); }

    file_result book(std::string_view format, const std::string& bytes, std::string_view claim) {
        settings with;
        with.today = with.rows.today = *parse_iso_date("2026-11-21");
        auto into = ledger_.begin();
        ledger::exchanged_file file;
        file.claim = claim;
        file.name = claim;
        file.format = format;
        file.sha256 = sha256_hex(bytes);
        file.size_bytes = static_cast<std::int64_t>(bytes.size());
        must(into->add_file(file));
        auto done = must(find_mapping(format)->book(bytes, file, with, *into));
        must(into->commit());
        return done;
    }
    std::vector<std::string> matters() {
        std::vector<std::string> out;
        for (const auto& each : must(ledger_.begin()->matters().open_matters(10)))
            out.push_back(each.row.kind);
        return out;
    }

    temporary_folder folder_;
    test_ledger ledger_;
};

TEST_F(rows_on_a_ledger, are_taken_once_however_often_the_file_comes) {
    const std::string bytes = fixture("registration/anmalan.txt");
    const file_result first = book("einvoice-registration", bytes, "a");
    EXPECT_EQ(first.outcome(), ledger::file_outcome::archived);
    EXPECT_THAT(first.files.at(0).outcomes, ElementsAre(Pair("row new", 2U)));
    EXPECT_THAT(book("einvoice-registration", bytes, "b").files.at(0).outcomes, ElementsAre(Pair("row already there", 2U)));
    EXPECT_THAT(matters(), ElementsAre("einvoice-registration-to-match", "einvoice-registration-to-match"));
}

TEST_F(rows_on_a_ledger, of_a_file_that_its_own_rules_refuse_are_not_taken) {
    const file_result told = book("einvoice-registration", "01EFA\r\n20 196505030004.NB.SE\r\n", "a");
    EXPECT_EQ(told.outcome(), ledger::file_outcome::rejected);
    EXPECT_GT(told.files.at(0).findings_total, 0U);
    EXPECT_THAT(told.files.at(0).outcomes, IsEmpty());
    EXPECT_THAT(matters(), IsEmpty());
}

// An invoice of a facility that nobody knows.
TEST_F(rows_on_a_ledger, that_are_not_taken_are_told_to_a_person) {
    const file_result told = book("peppol", fixture("einvoice/credit-note.xml"), "a");
    EXPECT_EQ(told.outcome(), ledger::file_outcome::archived);
    EXPECT_THAT(matters(), ElementsAre("rows-not-taken"));
}

TEST(rows_mapping, is_of_formats_that_feed_the_ledger) {
    EXPECT_NE(rows_mapping_of("svefaktura"), nullptr);
    EXPECT_EQ(rows_mapping_of("svefaktura"), rows_mapping_of("svefaktura"));
    EXPECT_EQ(rows_mapping_of("sus"), nullptr);
    EXPECT_EQ(rows_mapping_of("nonsense"), nullptr);
}

}  // namespace
}  // namespace brygga::inbound::test
