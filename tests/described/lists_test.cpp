// The layouts of separated text that are shipped: a list of letters and invoices of a customer system.
#include <gmock/gmock.h>

#include "formats/core/text.hpp"
#include "tests/described/shipped.hpp"

namespace brygga::layout::described::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::string changed(std::string bytes, std::string_view from, std::string_view to) {
    return bytes.replace(bytes.find(from), from.size(), to);
}

TEST(sandlista, is_read_with_and_without_quotes) {
    const auto letters = shipped("sandlista");
    const std::string right = bytes_of_fixture("layouts/sandlista-exempel.csv");
    EXPECT_THAT(findings_of(right, *letters), IsEmpty());
    EXPECT_TRUE(letters->sniff(right));
    EXPECT_EQ(back_of(*letters, json_of(*letters, right)), right);
    EXPECT_THAT(findings_of(changed(right, "\"Brf Provet, styrelsen\"", "Brf Provet, styrelsen"), *letters),
                ElementsAre("error SANDLISTA-R01 4:1-45  '7 columns' '6 columns'"));
    EXPECT_THAT(findings_of(changed(right, "Provgatan 1", ""), *letters),
                ElementsAre("hold SANDLISTA-REQUIRED 2:0-0 street '' 'a value'"));
    EXPECT_THAT(findings_of(changed(right, "adress", "gata"), *letters),
                ElementsAre("error SANDLISTA-HEADING 1:0-0  '' '\"adress\"'",
                            "info SANDLISTA-COLUMNS 1:0-0  'gata' 'a heading of the layout'"));
    EXPECT_THAT(findings_of(to_utf8(right, encoding::iso_8859_1), *letters),
                ElementsAre("warning PRB-W02 1:0-0  'UTF-8' 'ISO 8859-1'"));
    for (const char* secret : {"Anna", "Provgatan", "Provet", "12345", "STORSTAD"})
        EXPECT_THAT(masked_of(*letters, right), Not(testing::HasSubstr(secret)));
}

TEST(kundfakturor, tells_each_fault_at_its_line_and_columns) {
    const auto invoices = shipped("kundfakturor");
    const std::string right = bytes_of_fixture("layouts/kundfakturor-exempel.csv");
    EXPECT_THAT(findings_of(right, *invoices), IsEmpty());
    EXPECT_TRUE(invoices->sniff(right));
    EXPECT_EQ(back_of(*invoices, json_of(*invoices, right)), right);
    const struct {
        const char *from, *to, *told;
    } table[] = {
        {"Elnät, 100 kWh", "Elnät; 100 kWh", "error KUNDFAKTUROR-SIZE 2:1-109  '11 columns' '10 columns'"},
        {"399,50", "399.50", "hold KUNDFAKTUROR-CONTENT 2:104-109 amount '399.50' 'an amount such as 100,50'"},
        {"53,50", "0,00", "warning KUND-R04 3:1-104  '' ''"},
        {"2026-12-16", "2026-11-15", "hold KUND-R01 6:1-115  '' ''"},
        {"2026-12-16", "2026-11-31", "hold KUNDFAKTUROR-DATE 6:56-65 due_day '2026-11-31' 'a day of the calendar'"},
        {"04;2026-11-02;2026-11-30;EL;735999123456789018;Energiskatt",
         "03;2026-11-02;2026-11-30;EL;735999123456789018;Energiskatt", "hold KUND-R02 3:1-105  '' ''"},
        {"7001234504", "7001234505", "warning KUNDFAKTUROR-CHECK-DIGIT 2:34-43 ocr '7001234505' 'a right check digit'"},
        {"735999123456789018", "", "hold KUND-R03 2:1-91  '' ''"},
        {"735999123456789018", "735999123456789017",
         "warning KUNDFAKTUROR-CHECK-DIGIT 2:70-87 facility '735999123456789017' 'a right check digit'"},
        {";RE;", ";XX;", "warning KUNDFAKTUROR-CODES 5:72-73 utility 'XX' 'a value of the code table'"},
        {"Tolvan Tolvansson", "", "hold KUNDFAKTUROR-REQUIRED 2:0-0 customer_name '' 'a value'"},
    };
    for (const auto& each : table)
        EXPECT_THAT(findings_of(changed(right, each.from, each.to), *invoices), Contains(each.told)) << each.to;
    const std::string masked = masked_of(*invoices, right);
    EXPECT_THAT(findings_of(masked, *invoices), IsEmpty());
    for (const char* secret : {"Tolvan", "Provbolaget", "10001;", "7001234504", "735999123456789018"})
        EXPECT_THAT(masked, Not(testing::HasSubstr(secret)));
}

TEST(kundfakturor, may_be_iso_8859_1_with_its_columns_in_another_order) {
    const auto invoices = shipped("kundfakturor");
    const std::string right = bytes_of_fixture("layouts/kundfakturor-exempel.csv");
    const std::string latin = from_utf8(right, encoding::iso_8859_1).value();
    EXPECT_THAT(findings_of(latin, *invoices), ElementsAre("info KUNDFAKTUROR-ENCODING 1:0-0  'ISO 8859-1' 'UTF-8'"));
    EXPECT_EQ(back_of(*invoices, json_of(*invoices, latin)), latin);
    const std::string other =
        "Belopp;Förfallodatum;Fakturadatum;OCR;Fakturanummer;Kundnamn;Kundnummer;Radtext;Nyttighet\r\n"
        "100,00;2026-12-16;2026-11-16;7001234702;70012347;Anna Exempel;10004;Vatten;VA\r\n";
    EXPECT_THAT(findings_of(other, *invoices), IsEmpty()) << "no facility";
    EXPECT_TRUE(invoices->sniff(other));
}

}  // namespace
}  // namespace brygga::layout::described::test
