// The font of the code line as TrueType: what FreeType sees in it is what it saw in the font that it was made from.
#include "formats/print/letter/detail/truetype.hpp"

#include <fstream>
#include <memory>

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <gmock/gmock.h>
#include FT_BBOX_H
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include "tests/intake/scratch_folder.hpp"

namespace brygga::print::detail {
namespace {

constexpr std::string_view of_code_lines = "0123456789#> H";

std::string file_of(const char* family) {
    const std::unique_ptr<FcPattern, void (*)(FcPattern*)> wanted(FcNameParse(reinterpret_cast<const FcChar8*>(family)),
                                                                  &FcPatternDestroy);
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult how = FcResultMatch;
    const std::unique_ptr<FcPattern, void (*)(FcPattern*)> found(FcFontMatch(nullptr, wanted.get(), &how), &FcPatternDestroy);
    FcChar8* path = nullptr;
    if (!found || FcPatternGetString(found.get(), FC_FILE, 0, &path) != FcResultMatch) return {};
    return reinterpret_cast<const char*>(path);
}

class face {
 public:
    face(FT_Library in, const std::string& bytes) {
        EXPECT_EQ(
            FT_New_Memory_Face(in, reinterpret_cast<const FT_Byte*>(bytes.data()), static_cast<FT_Long>(bytes.size()), 0, &of_),
            0);
    }
    face(const face&) = delete;
    face& operator=(const face&) = delete;
    ~face() { FT_Done_Face(of_); }

    struct glyph {
        FT_Pos advance{};
        FT_BBox box{};
        FT_Pos area{};  // of its outline's box, so that one that is empty shows
    };
    [[nodiscard]] glyph of(char character) const {
        EXPECT_EQ(FT_Load_Char(of_, static_cast<FT_ULong>(character), FT_LOAD_NO_SCALE), 0) << character;
        glyph out;
        out.advance = of_->glyph->metrics.horiAdvance;
        FT_Outline_Get_CBox(&of_->glyph->outline, &out.box);
        FT_BBox exact;
        FT_Outline_Get_BBox(&of_->glyph->outline, &exact);
        out.box = exact;
        out.area = (exact.xMax - exact.xMin) * (exact.yMax - exact.yMin);
        return out;
    }
    [[nodiscard]] bool has(char character) const { return FT_Get_Char_Index(of_, static_cast<FT_ULong>(character)) != 0; }
    [[nodiscard]] FT_Face get() const { return of_; }

 private:
    FT_Face of_{};
};

std::string bytes_of(const std::string& path) {
    std::ifstream from(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(from), {}};
}

TEST(truetype, has_the_characters_with_their_widths_and_outlines) {
    const std::string path = file_of("OCR B"), original = bytes_of(path);
    const auto made = truetype_of(path, of_code_lines);
    ASSERT_TRUE(made) << made.error().text;
    EXPECT_TRUE(made->starts_with(std::string("\0\1\0\0", 4))) << "outlines of TrueType";
    FT_Library library{};
    ASSERT_EQ(FT_Init_FreeType(&library), 0);
    {
        const face was(library, original), is(library, *made);
        EXPECT_EQ(is.get()->units_per_EM, was.get()->units_per_EM);
        for (const char each : of_code_lines) {
            ASSERT_TRUE(is.has(each)) << each;
            const face::glyph a = was.of(each), b = is.of(each);
            EXPECT_EQ(b.advance, a.advance) << each;
            for (const auto& [there, here] : {std::pair(a.box.xMin, b.box.xMin), std::pair(a.box.xMax, b.box.xMax),
                                              std::pair(a.box.yMin, b.box.yMin), std::pair(a.box.yMax, b.box.yMax)})
                EXPECT_NEAR(static_cast<double>(here), static_cast<double>(there), 2.0) << each;
            EXPECT_EQ(b.area == 0, each == ' ') << each;
        }
        EXPECT_FALSE(is.has('A')) << "nobody asked for it";
    }
    FT_Done_FreeType(library);
}

TEST(truetype, is_the_same_each_time) {
    const std::string path = file_of("OCR B");
    EXPECT_EQ(*truetype_of(path, of_code_lines), *truetype_of(path, of_code_lines));
}

TEST(truetype, is_not_made_of_what_is_no_font_or_lacks_a_character) {
    const intake_test::scratch_folder folder;
    const auto code = [](const result<std::string>& made) { return made ? error_code{} : made.error().code; };
    EXPECT_EQ(code(truetype_of((folder.path() / "none.otf").string(), "0")), error_code::not_found);
    intake_test::put(folder.path() / "text.otf", "no font at all");
    EXPECT_EQ(code(truetype_of((folder.path() / "text.otf").string(), "0")), error_code::invalid_content);
    EXPECT_EQ(code(truetype_of(file_of("OCR B"), std::string_view("0\x01", 2))), error_code::not_found);
}

}  // namespace
}  // namespace brygga::print::detail
