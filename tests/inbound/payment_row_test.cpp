#include "mapping/inbound/payment_row.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "tests/inbound/bgmax_text.hpp"

namespace brygga::inbound {
namespace {

// Every payment of the bytes as a row.
class row_collector : public bgmax::sink {
 public:
    void payment(const bgmax::payment_view& view) override {
        builder_.fill(view, {7, 8, "9912346", "SEK", *parse_iso_date("2026-03-02")}, row_);
        rows.push_back(row_);
    }
    std::vector<ledger::payment> rows;

 private:
    payment_rows builder_;
    ledger::payment row_;
};

std::vector<ledger::payment> rows_of(std::string_view bytes) {
    row_collector collected;
    static_cast<void>(bgmax::read(bytes, {}, &collected));
    return collected.rows;
}

std::vector<ledger::payment> rows_described(std::string_view payments) {
    return rows_of(
        test::bgmax_bytes("written 2026-03-02 P\nsection 9912346\n" + std::string(payments) + "deposit 2026-03-02 00041\nend\n"));
}

TEST(payment_row, carries_all_that_the_file_says) {
    const auto rows = rows_described(
        "pay 14.00 ref=\"  två nummer\" code=3 channel=3 serial=000149860004 payer=3783511 image=1\n"
        "+ 20.00 ref=\"1000234706\"\n"
        "- 6.00 ref=\"8988777\" code=5\n"
        "text  Faktura åäö\n"
        "text \n"
        "text slut\n"
        "name Brf Övningen | c/o Provförvaltning\n"
        "street Box 12 | 12301\n"
        "town  PROVKÖPING\n"
        "organisation 7699004565\n");
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
    EXPECT_EQ(row.channel, '3');
    EXPECT_EQ(row.serial, "000149860004");
    EXPECT_EQ(row.reference, "  två nummer");
    EXPECT_EQ(row.reference_code, '3');
    EXPECT_EQ(row.deduction_code, ' ');
    EXPECT_TRUE(row.image);
    ASSERT_EQ(row.references.size(), 2u);
    EXPECT_EQ(row.references[0].amount_ore, 2000);
    EXPECT_EQ(row.references[0].reference, "               1000234706");
    EXPECT_EQ(row.references[0].code, '2');
    EXPECT_EQ(row.references[1].amount_ore, -600);
    EXPECT_EQ(row.references[1].reference, "8988777");
    EXPECT_EQ(row.message, " Faktura åäö\n\nslut");
    EXPECT_EQ(row.from.bankgiro, "3783511");
    EXPECT_EQ(row.from.name, "Brf Övningen");
    EXPECT_EQ(row.from.extra_name, "c/o Provförvaltning");
    EXPECT_EQ(row.from.street, "Box 12");
    EXPECT_EQ(row.from.postcode, "12301");
    EXPECT_EQ(row.from.town, "PROVKÖPING");
    EXPECT_EQ(row.from.identity_number, "007699004565");
}

TEST(payment_row, keeps_nothing_of_the_row_before) {
    const auto rows = rows_described(
        "pay 14.00 ref=\"1\" payer=3783511 image=1\n+ 14.00 ref=\"2\"\ntext x\nname A | B\nstreet C | 1\ntown D\norganisation 1\n"
        "deduct 5.00 ref=\"\" kind=1 channel=4\n");
    ASSERT_EQ(rows.size(), 2u);
    const ledger::payment& row = rows.back();
    EXPECT_EQ(row.ordinal, 2u);
    EXPECT_EQ(row.kind, ledger::payment_kind::deduction);
    EXPECT_EQ(row.deduction_code, '1');
    EXPECT_EQ(row.serial, "");  // blank in Autogiro files
    EXPECT_EQ(row.reference, "");
    EXPECT_FALSE(row.image);
    EXPECT_TRUE(row.references.empty());
    EXPECT_EQ(row.message, "");
    const ledger::payer nobody;
    EXPECT_EQ(row.from.bankgiro, nobody.bankgiro);
    EXPECT_EQ(row.from.name + row.from.extra_name + row.from.street + row.from.postcode + row.from.town, "");
    EXPECT_EQ(row.from.identity_number, "");
}

struct street_case {
    std::string_view extra_name, street;  // as in the file
    std::string_view expected_extra, expected_street;
};

class lb_streets : public testing::TestWithParam<street_case> {};

// Supplier payments put the street in TK26 38-72 and leave TK27's street blank (bgmax.md section 6).
TEST_P(lb_streets, are_told_from_people) {
    const street_case& in = GetParam();
    const auto rows = rows_described("pay 1.00 ref=\"1\"\nname Prov AB | " + std::string(in.extra_name) + "\nstreet " +
                                     std::string(in.street) + " | 12345\ntown TESTÅS\n");
    EXPECT_EQ(rows.front().from.extra_name, in.expected_extra);
    EXPECT_EQ(rows.front().from.street, in.expected_street);
}

INSTANTIATE_TEST_SUITE_P(
    table, lb_streets,
    testing::Values(street_case{"Provgatan 7", "", "", "Provgatan 7"},
                    street_case{"Provgatan 7", "Box 1", "Provgatan 7", "Box 1"},
                    street_case{"c/o Testman", "", "c/o Testman", ""}, street_case{"C/O Testman", "", "C/O Testman", ""},
                    street_case{"Att: Testman", "", "Att: Testman", ""}, street_case{"ATTN Testman", "", "ATTN Testman", ""},
                    street_case{"att Testman", "", "att Testman", ""}, street_case{"Attundavägen 3", "", "", "Attundavägen 3"},
                    street_case{"Cognacsgatan 1", "", "", "Cognacsgatan 1"}, street_case{"", "", "", ""}));

TEST(payment_row, hashes_the_records_not_their_form) {
    const std::string bytes = test::bgmax_bytes(
        "written 2026-03-02 P\nsection 9912346\npay 1.00 ref=\"1000234706\"\nname Prov Åsa\ndeposit 2026-03-02 00041\nend\n");
    const std::string hash = rows_of(bytes).front().content_hash;
    EXPECT_EQ(hash.size(), 64u);

    std::string trimmed_lf;
    for (std::size_t at = 0; at < bytes.size(); at += 82) {
        std::string line = bytes.substr(at, 80);
        line.erase(line.find_last_not_of(' ') + 1);
        trimmed_lf += line + "\n\n";
    }
    EXPECT_EQ(rows_of(trimmed_lf).front().content_hash, hash);
    EXPECT_EQ(rows_of(to_utf8(trimmed_lf, encoding::iso_8859_1)).front().content_hash, hash);

    std::string other = bytes;
    other[other.find("Prov")] = 'B';
    EXPECT_NE(rows_of(other).front().content_hash, hash);
}

TEST(payment_row, shortens_bankgiro_numbers) {
    EXPECT_EQ(short_bankgiro("0003783511"), "3783511");
    EXPECT_EQ(short_bankgiro("0059900101"), "59900101");
    EXPECT_EQ(short_bankgiro("0000000000"), "");
    EXPECT_EQ(short_bankgiro("          "), "");
}

}  // namespace
}  // namespace brygga::inbound
