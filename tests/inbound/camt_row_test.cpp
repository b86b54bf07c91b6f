#include "mapping/inbound/camt_row.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "formats/core/sha256.hpp"
#include "tests/inbound/camt_text.hpp"

namespace brygga::inbound {
namespace {

const ocr_agreement level_3{ocr_level::variable_length, {}};

class row_collector : public camt::sink {
 public:
    explicit row_collector(std::string_view bytes) : bytes_(bytes) {}
    void payment(const camt::payment_view& view) override {
        fill_row(bytes_, view, {7, 8, "9912346", "SEK", *parse_iso_date("2026-03-02")}, level_3, row_);
        rows.push_back(row_);
        EXPECT_EQ(row_.content_hash, sha256_hex(bytes_.substr(view.begin, view.end - view.begin)));
    }
    std::vector<ledger::payment> rows;

 private:
    std::string_view bytes_;
    ledger::payment row_;
};

std::vector<ledger::payment> rows_described(std::string_view version, std::string_view payments) {
    const std::string bytes = test::camt_bytes("message EX-1 054 " + std::string(version) +
                                               "\naccount EX-1-1\nentry 2026-03-02 00041\n" + std::string(payments) + "end\n");
    row_collector collected(bytes);
    const camt::message_file read = camt::read(bytes, {}, &collected);
    EXPECT_TRUE(read.accepted());
    return collected.rows;
}

class camt_rows : public testing::TestWithParam<std::string_view> {};

TEST_P(camt_rows, carry_all_that_the_message_says) {
    const auto rows = rows_described(GetParam(),
                                     "pay 14.00 serial=EXBK20260302000010\ndoc \"två nummer\"\nmore  Faktura åäö\ntext slut\n"
                                     "name Brf Övningen\nstreet Boxgatan\nbuilding 12\npostcode 12301\ntown PROVKÖPING\n"
                                     "line c/o Provförvaltning\ncountry SE\norganisation 769900-4565\npayer 378-3511\n");
    ASSERT_EQ(rows.size(), 1u);
    const ledger::payment& row = rows.front();
    EXPECT_EQ(row.id, 0);
    EXPECT_EQ(row.batch_id, 7);
    EXPECT_EQ(row.deposit_id, 8);
    EXPECT_EQ(row.ordinal, 1u);
    EXPECT_EQ(row.section_ordinal, 1u);
    EXPECT_EQ(row.kind, ledger::payment_kind::payment);
    EXPECT_EQ(row.amount_ore, 1400);
    EXPECT_EQ(row.currency, "SEK");
    EXPECT_EQ(format_iso_date(row.value_date), "2026-03-02");
    EXPECT_EQ(row.bankgiro, "9912346");
    EXPECT_EQ(row.channel, ' ');
    EXPECT_EQ(row.serial, "EXBK20260302000010");
    EXPECT_EQ(row.reference, "två nummer");
    EXPECT_EQ(row.reference_code, '3');
    EXPECT_EQ(row.deduction_code, ' ');
    EXPECT_TRUE(row.references.empty());
    EXPECT_EQ(row.message, "Faktura åäö\nslut");
    EXPECT_EQ(row.from.bankgiro, "3783511");
    EXPECT_EQ(row.from.name, "Brf Övningen");
    EXPECT_EQ(row.from.extra_name, "c/o Provförvaltning");
    EXPECT_EQ(row.from.street, "Boxgatan 12");
    EXPECT_EQ(row.from.postcode, "12301");
    EXPECT_EQ(row.from.town, "PROVKÖPING");
    EXPECT_EQ(row.from.country_code, "");  // as in BgMax, which names only foreign countries
    EXPECT_EQ(row.from.identity_number, "7699004565");
}

INSTANTIATE_TEST_SUITE_P(versions, camt_rows, testing::Values("02", "04", "08"));

// Where a refund goes (RF-R03).
TEST(camt_row, tells_the_payers_account) {
    const auto rows = rows_described("08",
                                     "pay 1.00 serial=1\npayer IBAN:SE4550000000058398257466\npay 2.00 serial=2\n"
                                     "payer BBAN:58411009823\npay 3.00 serial=3\npayer 378-3511\npay 4.00 serial=4\n");
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(rows[0].from.account, "SE4550000000058398257466");
    EXPECT_EQ(rows[1].from.account, "5841000001009823");
    EXPECT_EQ(rows[2].from.account, "");
    EXPECT_EQ(rows[2].from.bankgiro, "3783511");
    EXPECT_EQ(rows[3].from.account, "");
}

TEST(camt_row, keeps_nothing_of_the_row_before) {
    const auto rows = rows_described("08",
                                     "pay 30.00 serial=EXBK1\nocr 1000234706 20.00\ndoc fri 10.00\nmore x\nname A\nstreet C\n"
                                     "person 198112289874\npayer 3783511\npay 5.00 serial=NOTPROVIDED\nname NOT PROVIDED\n");
    ASSERT_EQ(rows.size(), 2u);
    ASSERT_EQ(rows[0].references.size(), 2u);
    EXPECT_EQ(rows[0].references[0].reference, "1000234706");
    EXPECT_EQ(rows[0].references[0].code, '2');
    EXPECT_EQ(rows[0].references[0].amount_ore, 2000);
    EXPECT_EQ(rows[0].references[1].code, '3');
    EXPECT_EQ(rows[0].reference_code, '0');
    EXPECT_EQ(rows[0].from.identity_number, "198112289874");
    const ledger::payment& row = rows[1];
    EXPECT_EQ(row.serial + row.reference + row.message, "");
    EXPECT_EQ(row.reference_code, '0');
    EXPECT_TRUE(row.references.empty());
    EXPECT_EQ(row.from.bankgiro + row.from.name + row.from.street + row.from.identity_number, "");
}

struct remittance_case {
    std::string_view elements;
    std::string_view reference;
    char code;
    std::string_view message;
};

class camt_remittances : public testing::TestWithParam<remittance_case> {};

TEST_P(camt_remittances, become_reference_code_and_message) {
    const remittance_case& given = GetParam();
    const auto rows = rows_described("08", "pay 5.00\n" + std::string(given.elements));
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].reference, given.reference);
    EXPECT_EQ(rows[0].reference_code, given.code);
    EXPECT_EQ(rows[0].message, given.message);
}

INSTANTIATE_TEST_SUITE_P(all, camt_remittances,
                         testing::Values(remittance_case{"ocr 1000234706\n", "1000234706", '2', ""},
                                         remittance_case{"doc 1000234706\n", "1000234706", '2', ""},
                                         remittance_case{"text 1000234706\n", "1000234706", '2', ""},
                                         remittance_case{"ocr 1000234707\n", "1000234707", '3', ""},  // check digit
                                         remittance_case{"text Faktura 10002355\ntext rad två\n", "Faktura 10002355", '3',
                                                         "rad två"},
                                         remittance_case{"text Faktura 10002355 kund 987654\ntext rad två\n", "", '0',
                                                         "Faktura 10002355 kund 987654\nrad två"},
                                         remittance_case{"doc \"Faktura 10002355 kund 987\"\nmore 654\ntext tack\n",
                                                         "Faktura 10002355 kund 987", '3', "654\ntack"}));

TEST(camt_row, address_lines_stand_in_for_a_missing_street) {
    const auto rows = rows_described("02", "pay 5.00\nline Provgatan 7\nline LGH 1102\nline 123 45 PROVKÖPING\ncountry NO\n");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].from.street, "Provgatan 7");
    EXPECT_EQ(rows[0].from.extra_name, "LGH 1102, 123 45 PROVKÖPING");
    EXPECT_EQ(rows[0].from.country_code, "NO");
}

}  // namespace
}  // namespace brygga::inbound
