#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "formats/print/code_line/check.hpp"
#include "formats/print/pdf/inspection.hpp"
#include "tests/print/letter_samples.hpp"

namespace brygga::print {
namespace {

using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

const renderer& drawn_by() {
    static const auto made = renderer::make(samples::company());
    EXPECT_TRUE(made) << (made ? "" : made.error().text);
    return *made;
}

std::string pdf_of(const letter& item) {
    const auto out = drawn_by().render(item);
    EXPECT_TRUE(out) << (out ? "" : out.error().text);
    return out ? out->pdf : std::string();
}

TEST(Letter, TheSameLetterIsTheSameBytesInAnyOrderOfWork) {
    const std::string first = pdf_of(samples::small_invoice());
    static_cast<void>(pdf_of(samples::reminder()));
    EXPECT_EQ(pdf_of(samples::small_invoice()), first);
    const auto another = renderer::make(samples::company());
    ASSERT_TRUE(another);
    EXPECT_EQ(another->render(samples::small_invoice())->pdf, first);
}

TEST(Letter, EveryFontIsEmbeddedAndNothingIsTransparentOrEncrypted) {
    for (const letter& each : {samples::small_invoice(), samples::reminder(), samples::protected_invoice()}) {
        const std::string bytes = pdf_of(each);
        const auto facts = pdf::inspect_pdf(bytes);
        ASSERT_TRUE(facts) << facts.error().text;
        EXPECT_EQ(facts->pages, 1U);
        EXPECT_TRUE(facts->is_a4);
        EXPECT_FALSE(facts->is_encrypted);
        EXPECT_EQ(facts->fonts.size(), 3U);
        EXPECT_THAT(facts->fonts, Each(Field(&pdf::pdf_font::is_embedded, true)));
        EXPECT_THAT(facts->fonts, testing::Contains(Field(&pdf::pdf_font::name, HasSubstr("OCRB"))));
        EXPECT_THAT(bytes, Not(HasSubstr("/Transparency")));
        EXPECT_LT(bytes.size(), 60'000U);
    }
}

TEST(Letter, TheCodeLineCanBeReadFromPageOne) {
    const letter item = samples::small_invoice();
    const auto line = write_code_line(*item.slip);
    ASSERT_TRUE(line);
    const auto facts = pdf::inspect_pdf(pdf_of(item));
    ASSERT_TRUE(facts);
    EXPECT_TRUE(is_in_text(*line, facts->first_page_text)) << facts->first_page_text;
}

TEST(Letter, SaysWhatTheInvoiceSays) {
    const auto facts = pdf::inspect_pdf(pdf_of(samples::small_invoice()));
    ASSERT_TRUE(facts);
    for (const char* each :
         {"Anna Exempel", "c/o Bo Prov", "123 45 Provstad", "70012345", "7001234504", "5989-2810", "Elnät, fast avgift",
          "Mätare 1234567", "2026-12-30", "Förbrukning", "Sida 1 av 1", "Org.nr 556123-4567"})
        EXPECT_THAT(facts->first_page_text, HasSubstr(each));
}

TEST(Letter, OfSeveralUtilitiesBeginsWithASummary) {
    const auto facts = pdf::inspect_pdf(pdf_of(samples::combined_invoice()));
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->pages, 2U);
    for (const char* each : {"Sammanställning", "Vatten och avlopp", "Specifikation", "Sida 1 av 2"})
        EXPECT_THAT(facts->first_page_text, HasSubstr(each));
}

TEST(Letter, InEnglishHasEnglishWordsAndNumbers) {
    letter item = samples::small_invoice();
    item.in = language::english;
    const auto facts = pdf::inspect_pdf(pdf_of(item));
    ASSERT_TRUE(facts);
    for (const char* each : {"Invoice", "Due date", "920.00 kr", "0.2640", "Page 1 of 1", "Interest is charged"})
        EXPECT_THAT(facts->first_page_text, HasSubstr(each));
    for (const char* each : {"Faktura", "920,00", "debiteras"})
        EXPECT_THAT(facts->first_page_text, Not(HasSubstr(each)));
}

TEST(Letter, ThatIsDrawnSaysSoAndHasNoSlip) {
    letter item = samples::small_invoice();
    item.is_drawn = true;
    item.slip.reset();
    const auto facts = pdf::inspect_pdf(pdf_of(item));
    ASSERT_TRUE(facts);
    EXPECT_THAT(facts->first_page_text, HasSubstr("Beloppet dras från ditt konto via autogiro"));
    EXPECT_THAT(facts->first_page_text, Not(HasSubstr("Inbetalning")));
    EXPECT_THAT(facts->first_page_text, Not(HasSubstr("#41#")));
}

TEST(Letter, OfACreditSaysWhatIsInTheCustomersFavour) {
    letter item = samples::small_invoice();
    item.kind = letter_kind::credit_invoice;
    item.slip.reset();
    item.due.reset();
    for (charge_row& each : item.groups[0].rows)
        each.amount_ore = -each.amount_ore;
    item.rounding_ore = 0;
    item.payable_ore = total_of(item);
    const auto facts = pdf::inspect_pdf(pdf_of(item));
    ASSERT_TRUE(facts);
    for (const char* each : {"Kreditfaktura", "Er tillgodo", "919,38", "-217,00"})
        EXPECT_THAT(facts->first_page_text, HasSubstr(each));
    EXPECT_THAT(facts->first_page_text, Not(HasSubstr("Att betala")));
}

// A slip that could not be paid is not printed: the code line's own rules say why.
TEST(Letter, ASlipOfNothingIsRefused) {
    letter item = samples::small_invoice();
    item.slip->amount_ore = 0;
    const auto out = drawn_by().render(item);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, error_code::invalid_argument);
}

TEST(Letter, GoesOnOverSeveralPagesAndSaysSo) {
    const auto out = drawn_by().render(samples::large_invoice(3, 40));
    ASSERT_TRUE(out) << out.error().text;
    const auto facts = pdf::inspect_pdf(out->pdf);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->pages, static_cast<std::uint32_t>(out->pages));
    EXPECT_GT(out->pages, 3);
    EXPECT_THAT(facts->first_page_text, HasSubstr("Sida 1 av " + std::to_string(out->pages)));
}

TEST(Letter, MoreThanTwoHundredPagesAreRefused) {
    const auto out = drawn_by().render(samples::large_invoice(60, 200));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, error_code::limit_exceeded);
}

// What a phone sees: the page as a picture, and the symbol found in it.
std::string qr_read_from(const std::string& pdf) {
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("brygga-letter-{}", ::getpid());
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "letter.pdf", std::ios::binary) << pdf;
    const std::string command = fmt::format(
        "cd '{}' && pdftoppm -r 150 -gray letter.pdf page >/dev/null 2>&1 && zbarimg -q --raw page*.pgm >read.txt 2>/dev/null",
        folder.string());
    static_cast<void>(std::system(command.c_str()));
    std::ifstream read(folder / "read.txt");
    std::string out{std::istreambuf_iterator<char>(read), {}};
    std::filesystem::remove_all(folder);
    return out;
}

TEST(Letter, ItsQrSymbolSaysThePayment) {
    if (std::system("pdftoppm -v >/dev/null 2>&1 && zbarimg --version >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "pdftoppm or zbarimg is not there";
    letter item = samples::small_invoice();
    EXPECT_EQ(qr_read_from(pdf_of(item)), "");
    item.has_qr = true;
    EXPECT_EQ(qr_read_from(pdf_of(item)),
              R"({"uqr":1,"tp":1,"nme":"Provstads Energi AB","cid":"5561234567","iref":"7001234504","idt":"20261130",)"
              R"("ddt":"20261230","due":920.00,"pt":"BG","acc":"5989-2810"})"
              "\n");
}

TEST(Letter, CharactersThatTheFontLacksAreNamedAndNotTheText) {
    letter item = samples::small_invoice();
    item.window[0] = "Anna \xE6\xBC\xA2 Exempel";
    const auto out = drawn_by().render(item);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, error_code::invalid_content);
    EXPECT_THAT(out.error().text, HasSubstr("U+6F22"));
    EXPECT_THAT(out.error().text, Not(HasSubstr("Anna")));
    EXPECT_TRUE(drawn_by().can_print("Åsa Žižek"));
    EXPECT_FALSE(drawn_by().can_print("a\tb"));
    EXPECT_FALSE(drawn_by().can_print("\xE6\xBC\xA2"));
}

TEST(Letter, AFontThatIsNotThereIsAnError) {
    look with = samples::company();
    with.font = "Ingen sådan";
    const auto out = renderer::make(with);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, error_code::not_found);
    with = samples::company();
    with.logo = "not a picture";
    EXPECT_EQ(renderer::make(with).error().code, error_code::invalid_content);
}

TEST(Letter, EnvelopesOfProtectedLettersShowNumberSenderAndTaxAgency) {
    const auto out = drawn_by().render_envelopes({{"20000125-2386",
                                                   "Avs: Provstads Energi AB, Box 100, 123 40 Provstad",
                                                   {"Skatteverket", "Box 2820", "403 20 Göteborg"}}},
                                                 samples::small_invoice().issued);
    ASSERT_TRUE(out) << out.error().text;
    const auto facts = pdf::inspect_pdf(out->pdf);
    ASSERT_TRUE(facts);
    for (const char* each : {"20000125-2386", "Avs: Provstads Energi AB", "403 20 Göteborg"})
        EXPECT_THAT(facts->first_page_text, HasSubstr(each));
}

}  // namespace
}  // namespace brygga::print
