#include <algorithm>
#include <cstring>

#include <cairo-ft.h>
#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include "formats/core/code_point.hpp"
#include "formats/print/letter/detail/fonts.hpp"
#include "formats/print/letter/detail/truetype.hpp"

namespace brygga::print::detail {

namespace {

constexpr std::string_view code_line_characters = " #0123456789>H";  // in the order of their numbers

struct destroy_pattern {
    void operator()(FcPattern* of) const { FcPatternDestroy(of); }
};
using pattern = std::unique_ptr<FcPattern, destroy_pattern>;

std::string text_of(const FcPattern* of, const char* object) {
    FcChar8* value = nullptr;
    if (FcPatternGetString(of, object, 0, &value) != FcResultMatch) return {};
    return reinterpret_cast<const char*>(value);
}

bool has_family(const FcPattern* found, const std::string& family) {
    FcChar8* value = nullptr;
    for (int i = 0; FcPatternGetString(found, FC_FAMILY, i, &value) == FcResultMatch; ++i)
        if (FcStrCmpIgnoreCase(value, reinterpret_cast<const FcChar8*>(family.c_str())) == 0) return true;
    return false;
}

// Fontconfig gives something for every name: what it gives must bear it.
result<pattern> find_font(const std::string& family, int weight) {
    pattern wanted(FcPatternCreate());
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family.c_str()));
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, weight);
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult outcome{};
    pattern found(FcFontMatch(nullptr, wanted.get(), &outcome));
    if (!found || !has_family(found.get(), family))
        return fail(error_code::not_found, fmt::format("no font called {} is installed", family));
    return found;
}

result<pattern> find_text_font(const std::string& family, int weight) {
    auto found = find_font(family, weight);
    if (!found) return found;
    if (text_of(found->get(), FC_FONTFORMAT) != "TrueType")
        return fail(error_code::invalid_content,
                    fmt::format("the font {} is not TrueType, and would not be embedded in every letter", family));
    return found;
}

font_description describe(const std::string& family, PangoWeight weight) {
    font_description out(pango_font_description_new());
    pango_font_description_set_family(out.get(), family.c_str());
    pango_font_description_set_weight(out.get(), weight);
    return out;
}

// A face and what it is read from, for as long as cairo needs it.
struct memory_face {
    std::string bytes;
    FT_Library library = nullptr;
    FT_Face face = nullptr;

    memory_face() = default;
    memory_face(const memory_face&) = delete;
    memory_face& operator=(const memory_face&) = delete;
    ~memory_face() {
        if (face != nullptr) FT_Done_Face(face);
        if (library != nullptr) FT_Done_FreeType(library);
    }
};

result<std::unique_ptr<cairo_font_face_t, destroy_face>> make_code_line_face(const std::string& family) {
    const auto found = find_font(family, FC_WEIGHT_REGULAR);
    if (!found) return tl::unexpected(found.error());
    auto bytes = truetype_of(text_of(found->get(), FC_FILE), code_line_characters);
    if (!bytes) return tl::unexpected(std::move(bytes.error()));
    auto kept = std::make_unique<memory_face>();
    kept->bytes = std::move(*bytes);
    const bool is_open = FT_Init_FreeType(&kept->library) == 0 &&
                         FT_New_Memory_Face(kept->library, reinterpret_cast<const FT_Byte*>(kept->bytes.data()),
                                            static_cast<FT_Long>(kept->bytes.size()), 0, &kept->face) == 0;
    if (!is_open) return fail(error_code::invalid_content, fmt::format("the font {} cannot be made TrueType", family));
    std::unique_ptr<cairo_font_face_t, destroy_face> out(cairo_ft_font_face_create_for_ft_face(kept->face, 0));
    static constexpr cairo_user_data_key_t key{};
    const auto release = [](void* of) { delete static_cast<memory_face*>(of); };
    if (cairo_font_face_set_user_data(out.get(), &key, kept.get(), release) != CAIRO_STATUS_SUCCESS)
        return fail(error_code::io, "no memory for a font");
    static_cast<void>(kept.release());
    return out;
}

FcCharSet* characters_of(const FcPattern* of) {
    FcCharSet* out = nullptr;
    return FcPatternGetCharSet(of, FC_CHARSET, 0, &out) == FcResultMatch ? out : nullptr;
}

}  // namespace

void fonts::destroy_characters::operator()(void* of) const {
    FcCharSetDestroy(static_cast<FcCharSet*>(of));
}

result<fonts> fonts::find(const std::string& family, const std::string& code_line_family) {
    const auto regular = find_text_font(family, FC_WEIGHT_REGULAR), bold = find_text_font(family, FC_WEIGHT_BOLD);
    if (!regular) return tl::unexpected(regular.error());
    if (!bold) return tl::unexpected(bold.error());
    auto code_line = make_code_line_face(code_line_family);
    if (!code_line) return tl::unexpected(std::move(code_line.error()));
    const FcCharSet *in_regular = characters_of(regular->get()), *in_bold = characters_of(bold->get());
    if (in_regular == nullptr || in_bold == nullptr)
        return fail(error_code::invalid_content, fmt::format("the font {} does not say which characters it has", family));
    fonts out;
    out.characters_.reset(FcCharSetIntersect(in_regular, in_bold));
    out.map_.reset(pango_cairo_font_map_new());
    out.regular_ = describe(family, PANGO_WEIGHT_NORMAL);
    out.bold_ = describe(family, PANGO_WEIGHT_BOLD);
    out.code_line_face_ = std::move(*code_line);
    return out;
}

std::string fonts::missing_in(std::string_view utf8) const {
    constexpr int most = 3;
    constexpr char32_t no_break_blank = 0xA0;
    std::string out;
    for (int count = 0; !utf8.empty() && count < most;) {
        const auto [code, size] = code_point_at(utf8, 0);
        if (size == 0) return "bytes that are not UTF-8";
        utf8.remove_prefix(size);
        const bool is_control = code < ' ' || (code >= 0x7F && code < no_break_blank);
        if (!is_control && FcCharSetHasChar(static_cast<const FcCharSet*>(characters_.get()), code) != FcFalse) continue;
        out += fmt::format("{}U+{:04X}", out.empty() ? "" : ", ", static_cast<std::uint32_t>(code));
        ++count;
    }
    return out;
}

bool fonts::can_print(std::string_view utf8) const {
    return missing_in(utf8).empty();
}

unsigned long fonts::code_line_glyph(char character) {
    // As truetype_of() numbers them: by their characters, behind .notdef.
    static_assert(std::is_sorted(code_line_characters.begin(), code_line_characters.end()));
    const std::size_t at = code_line_characters.find(character);
    return at == std::string_view::npos ? 0 : at + 1;
}

}  // namespace brygga::print::detail
