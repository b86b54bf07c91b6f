#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include "formats/print/letter/detail/truetype.hpp"

namespace brygga::print::detail {

namespace {

struct point {
    FT_Pos x{}, y{};
    bool on_curve = true;
};
using contour = std::vector<point>;

// Big-endian, as all of a font file is.
class table {
 public:
    void u8(std::uint64_t value) { bytes_.push_back(static_cast<char>(value & 0xFF)); }
    void u16(std::uint64_t value) {
        u8(value >> 8);
        u8(value);
    }
    void s16(FT_Pos value) { u16(static_cast<std::uint64_t>(value)); }
    void u32(std::uint64_t value) {
        u16(value >> 16);
        u16(value);
    }
    void text(std::string_view bytes) { bytes_ += bytes; }
    void pad() {
        while (bytes_.size() % 4 != 0)
            u8(0);
    }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
    std::string bytes_;
};

// Follows an outline as FreeType tells it.
struct outline_taker {
    std::vector<contour> contours;

    [[nodiscard]] point last() const { return contours.back().back(); }

    static int move_to(const FT_Vector* to, void* self) {
        static_cast<outline_taker*>(self)->contours.push_back({{to->x, to->y, true}});
        return 0;
    }
    static int line_to(const FT_Vector* to, void* self) {
        static_cast<outline_taker*>(self)->contours.back().push_back({to->x, to->y, true});
        return 0;
    }
    static int conic_to(const FT_Vector* control, const FT_Vector* to, void* self) {
        contour& into = static_cast<outline_taker*>(self)->contours.back();
        into.push_back({control->x, control->y, false});
        into.push_back({to->x, to->y, true});
        return 0;
    }
    // In four pieces, each replaced by the curve of the second degree with the same ends whose control point is the mean of the
    // two that its ends ask for; of a glyph of 1000 units this is less than one unit off.
    static int cubic_to(const FT_Vector* first, const FT_Vector* second, const FT_Vector* to, void* self) {
        constexpr FT_Pos pieces = 4;
        auto& taker = *static_cast<outline_taker*>(self);
        const point start = taker.last();
        // In 64ths of the unit at t = i / 4: exact, since the polynomial's denominators are 4 cubed.
        const auto at = [&](FT_Pos i, FT_Pos a, FT_Pos b, FT_Pos c, FT_Pos d) {
            const FT_Pos rest = pieces - i;
            return rest * rest * rest * a + 3 * rest * rest * i * b + 3 * rest * i * i * c + i * i * i * d;
        };
        // Its slope there, in 16ths, a third of the derivative.
        const auto slope = [&](FT_Pos i, FT_Pos a, FT_Pos b, FT_Pos c, FT_Pos d) {
            const FT_Pos rest = pieces - i;
            return rest * rest * (b - a) + 2 * rest * i * (c - b) + i * i * (d - c);
        };
        const auto round_64 = [](FT_Pos value) { return value >= 0 ? (value + 32) / 64 : (value - 32) / 64; };
        const auto control = [&](FT_Pos i, FT_Pos a, FT_Pos b, FT_Pos c, FT_Pos d) {
            // Of the piece from i to i + 1 the inner control points are its ends moved a third of its length along the slope:
            // slope / 16 / 4 = slope in 64ths. The quadratic's control point is (3 p1 + 3 p2 - p0 - p3) / 4.
            const FT_Pos p0 = at(i, a, b, c, d), p3 = at(i + 1, a, b, c, d);
            const FT_Pos p1 = p0 + slope(i, a, b, c, d), p2 = p3 - slope(i + 1, a, b, c, d);
            return round_64((3 * p1 + 3 * p2 - p0 - p3) / 4);
        };
        contour& into = taker.contours.back();
        for (FT_Pos i = 0; i != pieces; ++i) {
            into.push_back(
                {control(i, start.x, first->x, second->x, to->x), control(i, start.y, first->y, second->y, to->y), false});
            into.push_back({round_64(at(i + 1, start.x, first->x, second->x, to->x)),
                            round_64(at(i + 1, start.y, first->y, second->y, to->y)), true});
        }
        return 0;
    }
};

struct glyph {
    char character{};  // 0 of .notdef
    FT_Pos advance{};
    FT_Pos left{}, bottom{}, right{}, top{};
    std::vector<contour> contours;
};

struct source {
    std::vector<glyph> glyphs;  // .notdef first, then by character
    FT_Pos units{}, ascender{}, descender{};
    std::string name;  // PostScript's
};

void close(contour& of) {
    const bool returns = of.size() > 1 && of.front().x == of.back().x && of.front().y == of.back().y && of.back().on_curve;
    if (returns) of.pop_back();
}

void measure(glyph& of) {
    bool is_first = true;
    for (const contour& each : of.contours)
        for (const point& at : each) {
            of.left = is_first ? at.x : std::min(of.left, at.x);
            of.right = is_first ? at.x : std::max(of.right, at.x);
            of.bottom = is_first ? at.y : std::min(of.bottom, at.y);
            of.top = is_first ? at.y : std::max(of.top, at.y);
            is_first = false;
        }
}

result<glyph> read_glyph(FT_Face face, FT_UInt index, char character) {
    if (FT_Load_Glyph(face, index, FT_LOAD_NO_SCALE) != 0 || face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
        return fail(error_code::invalid_content, "a font's glyph has no outline");
    outline_taker taker;
    const FT_Outline_Funcs funcs{
        outline_taker::move_to, outline_taker::line_to, outline_taker::conic_to, outline_taker::cubic_to, 0, 0};
    if (FT_Outline_Decompose(&face->glyph->outline, &funcs, &taker) != 0)
        return fail(error_code::invalid_content, "a font's glyph has an outline that cannot be followed");
    glyph out;
    out.character = character;
    out.advance = face->glyph->metrics.horiAdvance;
    out.contours = std::move(taker.contours);
    for (contour& each : out.contours)
        close(each);
    measure(out);
    return out;
}

result<source> read_source(FT_Face face, std::string characters) {
    source out{{}, face->units_per_EM, face->ascender, face->descender, {}};
    if (const char* name = FT_Get_Postscript_Name(face); name != nullptr) out.name = name;
    auto missing = read_glyph(face, 0, 0);
    if (!missing) return tl::unexpected(std::move(missing.error()));
    out.glyphs.push_back(std::move(*missing));
    std::sort(characters.begin(), characters.end());
    for (const char each : characters) {
        const FT_UInt index = FT_Get_Char_Index(face, static_cast<FT_ULong>(each));
        if (index == 0) return fail(error_code::not_found, fmt::format("the font has no U+{:04X}", static_cast<unsigned>(each)));
        auto read = read_glyph(face, index, each);
        if (!read) return tl::unexpected(std::move(read.error()));
        out.glyphs.push_back(std::move(*read));
    }
    return out;
}

std::string glyph_data(const glyph& of) {
    table out;
    if (of.contours.empty()) return {};
    out.u16(of.contours.size());
    for (const FT_Pos each : {of.left, of.bottom, of.right, of.top})
        out.s16(each);
    std::size_t points = 0;
    for (const contour& each : of.contours)
        out.u16((points += each.size()) - 1);
    out.u16(0);  // no instructions
    for (const contour& each : of.contours)
        for (const point& at : each)
            out.u8(at.on_curve ? 1 : 0);
    for (const bool is_x : {true, false}) {
        FT_Pos before = 0;
        for (const contour& each : of.contours)
            for (const point& at : each) {
                const FT_Pos here = is_x ? at.x : at.y;
                out.s16(here - before);
                before = here;
            }
    }
    out.pad();
    return out.bytes();
}

// Format 4: a segment for each character, which are few.
table character_map(const source& of) {
    const std::size_t segments = of.glyphs.size();  // .notdef's place is that of the closing one
    table out;
    out.u16(0);
    out.u16(1);
    out.u16(3);  // Windows, Unicode
    out.u16(1);
    out.u32(12);
    out.u16(4);
    out.u16(16 + 8 * segments);
    out.u16(0);
    out.u16(2 * segments);
    std::size_t power = 1, exponent = 0;
    for (; power * 2 <= segments; power *= 2)
        ++exponent;
    out.u16(2 * power);
    out.u16(exponent);
    out.u16(2 * (segments - power));
    const auto each_character = [&](std::uint64_t closing, const auto& value) {
        for (std::size_t i = 1; i != of.glyphs.size(); ++i)
            out.u16(value(i, static_cast<unsigned char>(of.glyphs[i].character)));
        out.u16(closing);
    };
    each_character(0xFFFF, [](std::size_t, unsigned character) { return character; });  // last of the segment
    out.u16(0);
    each_character(0xFFFF, [](std::size_t, unsigned character) { return character; });  // first
    each_character(1, [](std::size_t glyph, unsigned character) { return glyph - character; });
    each_character(0, [](std::size_t, unsigned) { return 0U; });
    return out;
}

table font_head(const source& of) {
    glyph all = of.glyphs.front();
    for (const glyph& each : of.glyphs) {
        all.left = std::min(all.left, each.left);
        all.bottom = std::min(all.bottom, each.bottom);
        all.right = std::max(all.right, each.right);
        all.top = std::max(all.top, each.top);
    }
    table out;
    out.u32(0x00010000);
    out.u32(0x00010000);
    out.u32(0);  // checksum of the file: nobody who reads it from memory asks
    out.u32(0x5F0F3CF5);
    out.u16(1);
    out.u16(static_cast<std::uint64_t>(of.units));
    for (int times = 0; times != 4; ++times)
        out.u32(0);  // made and changed
    for (const FT_Pos each : {all.left, all.bottom, all.right, all.top})
        out.s16(each);
    out.u16(0);
    out.u16(6);
    out.u16(2);
    out.u16(1);  // long offsets in loca
    out.u16(0);
    return out;
}

table horizontal_head(const source& of) {
    FT_Pos widest = 0;
    for (const glyph& each : of.glyphs)
        widest = std::max(widest, each.advance);
    table out;
    out.u32(0x00010000);
    out.s16(of.ascender);
    out.s16(of.descender);
    out.s16(0);
    out.s16(widest);
    for (int times = 0; times != 3; ++times)
        out.u16(0);
    out.u16(1);  // the caret stands upright
    for (int times = 0; times != 7; ++times)
        out.u16(0);
    out.u16(of.glyphs.size());
    return out;
}

table limits(const source& of) {
    std::size_t points = 0, contours = 0;
    for (const glyph& each : of.glyphs) {
        std::size_t here = 0;
        for (const contour& line : each.contours)
            here += line.size();
        points = std::max(points, here);
        contours = std::max(contours, each.contours.size());
    }
    table out;
    out.u32(0x00010000);
    out.u16(of.glyphs.size());
    out.u16(points);
    out.u16(contours);
    out.u16(0);
    out.u16(0);
    out.u16(2);
    for (int times = 0; times != 8; ++times)
        out.u16(0);
    return out;
}

// PostScript's name, by which a PDF file calls the font.
table names(const source& of) {
    constexpr unsigned postscript = 6;
    table out;
    out.u16(0);
    out.u16(1);
    out.u16(18);
    out.u16(1);  // Macintosh, Roman, English: bytes of ASCII
    out.u16(0);
    out.u16(0);
    out.u16(postscript);
    out.u16(of.name.size());
    out.u16(0);
    out.text(of.name);
    return out;
}

table glyph_names() {
    table out;
    out.u32(0x00030000);  // without names of glyphs
    for (int times = 0; times != 7; ++times)
        out.u32(0);
    return out;
}

std::uint64_t checksum(std::string_view bytes) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i != bytes.size(); ++i)
        sum += std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * (3 - i % 4));
    return sum & 0xFFFFFFFF;
}

std::string write_font(const source& of) {
    table outlines, places, widths;
    for (const glyph& each : of.glyphs) {
        places.u32(outlines.size());
        outlines.text(glyph_data(each));
        widths.u16(static_cast<std::uint64_t>(each.advance));
        widths.s16(each.left);
    }
    places.u32(outlines.size());
    using named = std::pair<std::string_view, table>;
    std::array<named, 9> tables = {
        named{"cmap", character_map(of)}, {"glyf", std::move(outlines)}, {"head", font_head(of)}, {"hhea", horizontal_head(of)},
        {"hmtx", std::move(widths)},      {"loca", std::move(places)},   {"maxp", limits(of)},    {"name", names(of)},
        {"post", glyph_names()}};
    table head, body;
    head.u32(0x00010000);
    head.u16(tables.size());
    head.u16(128);
    head.u16(3);
    head.u16(16 * tables.size() - 128);
    const std::size_t begins = 12 + 16 * tables.size();
    for (auto& [tag, each] : tables) {
        const std::size_t size = each.size();
        each.pad();
        head.text(tag);
        head.u32(checksum(each.bytes()));
        head.u32(begins + body.size());
        head.u32(size);
        body.text(each.bytes());
    }
    return head.bytes() + body.bytes();
}

struct library_deleter {
    void operator()(FT_Library of) const { FT_Done_FreeType(of); }
};
struct face_deleter {
    void operator()(FT_Face of) const { FT_Done_Face(of); }
};

}  // namespace

result<std::string> truetype_of(const std::string& font_file, std::string_view ascii) {
    FT_Library opened = nullptr;
    if (FT_Init_FreeType(&opened) != 0) return fail(error_code::io, "FreeType does not start");
    const std::unique_ptr<std::remove_pointer_t<FT_Library>, library_deleter> library(opened);
    FT_Face found = nullptr;
    const FT_Error why = FT_New_Face(opened, font_file.c_str(), 0, &found);
    if (why == FT_Err_Cannot_Open_Resource || why == FT_Err_Cannot_Open_Stream)
        return fail(error_code::not_found, "a font file cannot be opened: " + font_file);
    if (why != 0) return fail(error_code::invalid_content, "a file is no font: " + font_file);
    const std::unique_ptr<std::remove_pointer_t<FT_Face>, face_deleter> face(found);
    if (!FT_IS_SCALABLE(found)) return fail(error_code::invalid_content, "a font has no outlines: " + font_file);
    const auto read = read_source(found, std::string(ascii));
    if (!read) return tl::unexpected(read.error());
    return write_font(*read);
}

}  // namespace brygga::print::detail
