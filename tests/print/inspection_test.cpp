// PDFs as a print service sees them.
#include "formats/print/pdf/inspection.hpp"

#include <gmock/gmock.h>

#include "formats/print/pdf/plain_pdf.hpp"

namespace brygga::print::pdf {

namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

plain_document letter() {
    plain_document made;
    made.pages = {{{57, 780, "Faktura 70012345"}, {57, 48, "#                7001234504 #    1234 50   9 > (x)\\"}},
                  {{57, 780, "Sida 2"}}};
    return made;
}

pdf_facts facts_of(const plain_document& item) {
    const auto facts = inspect_pdf(plain_pdf(item));
    EXPECT_TRUE(facts) << facts.error().text;
    return facts.value_or(pdf_facts{});
}

TEST(pdf_inspection, tells_pages_size_fonts_and_text) {
    const pdf_facts facts = facts_of(letter());
    EXPECT_EQ(facts.pages, 2U);
    EXPECT_FALSE(facts.is_encrypted);
    EXPECT_TRUE(facts.is_a4);
    ASSERT_THAT(facts.fonts, SizeIs(1));
    EXPECT_TRUE(facts.fonts[0].is_embedded);
    EXPECT_THAT(facts.first_page_text, HasSubstr("Faktura 70012345"));
    EXPECT_THAT(facts.first_page_text, HasSubstr("7001234504"));
    EXPECT_THAT(facts.first_page_text, ::testing::Not(HasSubstr("Sida 2")));
}

TEST(pdf_inspection, a_standard_font_is_not_embedded) {
    plain_document item = letter();
    item.embeds_font = false;
    EXPECT_EQ(facts_of(item).fonts, (std::vector<pdf_font>{{"Courier", false}}));
}

TEST(pdf_inspection, a4_within_two_millimetres_each_way) {
    struct size {
        std::int32_t width, height, turned;
        bool is_a4;
    };
    for (const size& each :
         {size{595, 842, 0, true}, size{600, 847, 0, true}, size{590, 837, 0, true}, size{602, 842, 0, false},
          size{595, 848, 0, false}, size{589, 842, 0, false}, size{842, 595, 0, false}, size{842, 595, 90, true},
          size{842, 595, 270, true}, size{595, 842, 90, false}, size{595, 842, 180, true}, size{612, 792, 0, false}}) {
        plain_document item = letter();
        item.width = each.width;
        item.height = each.height;
        item.turned = each.turned;
        EXPECT_EQ(facts_of(item).is_a4, each.is_a4) << each.width << " x " << each.height << " turned " << each.turned;
    }
}

TEST(pdf_inspection, an_encrypted_pdf_is_that) {
    plain_document item = letter();
    item.is_encrypted = true;
    EXPECT_TRUE(facts_of(item).is_encrypted);
}

TEST(pdf_inspection, refuses_what_does_not_open_without_a_word_on_the_standard_error) {
    ::testing::internal::CaptureStderr();
    for (const std::string& bytes : {std::string(), std::string("no PDF"), std::string("%PDF-1.7 example D0000001"),
                                     plain_pdf(letter()).substr(0, 40), plain_pdf(plain_document{})}) {
        const auto facts = inspect_pdf(bytes);
        ASSERT_FALSE(facts);
        EXPECT_EQ(facts.error().code, error_code::invalid_content);
    }
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(pdf_inspection, keeps_its_limits) {
    const std::string bytes = plain_pdf(letter());
    EXPECT_TRUE(inspect_pdf(bytes, {bytes.size(), 2}));
    const auto too_large = inspect_pdf(bytes, {bytes.size() - 1, 2});
    ASSERT_FALSE(too_large);
    EXPECT_EQ(too_large.error().code, error_code::limit_exceeded);
    const auto too_many = inspect_pdf(bytes, {bytes.size(), 1});
    ASSERT_FALSE(too_many);
    EXPECT_EQ(too_many.error().code, error_code::limit_exceeded);
}

}  // namespace

}  // namespace brygga::print::pdf
