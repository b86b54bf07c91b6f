// The fonts of letters: found once on the system, and held against what a letter may have (embedded, TrueType). Internal to
// formats/print/letter.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <cairo.h>
#include <pango/pangocairo.h>

#include "formats/core/result.hpp"

namespace brygga::print::detail {

struct unref_object {
    void operator()(void* of) const { g_object_unref(of); }
};
struct free_description {
    void operator()(PangoFontDescription* of) const { pango_font_description_free(of); }
};
struct destroy_face {
    void operator()(cairo_font_face_t* of) const { cairo_font_face_destroy(of); }
};
using font_description = std::unique_ptr<PangoFontDescription, free_description>;

class fonts {
 public:
    // Errors: not_found where a family is not installed, invalid_content where it is not TrueType.
    [[nodiscard]] static result<fonts> find(const std::string& family, const std::string& code_line_family);

    [[nodiscard]] bool can_print(std::string_view utf8) const;
    // The characters, as "U+2603", that the font lacks; at most three.
    [[nodiscard]] std::string missing_in(std::string_view utf8) const;

    [[nodiscard]] PangoFontMap* map() const { return map_.get(); }
    [[nodiscard]] const PangoFontDescription* description(bool is_bold) const { return is_bold ? bold_.get() : regular_.get(); }
    [[nodiscard]] cairo_font_face_t* code_line_face() const { return code_line_face_.get(); }
    // Of a character of code lines; 0 for others.
    [[nodiscard]] static unsigned long code_line_glyph(char character);

 private:
    struct destroy_characters {
        void operator()(void* of) const;
    };

    std::unique_ptr<PangoFontMap, unref_object> map_;
    font_description regular_, bold_;
    std::unique_ptr<cairo_font_face_t, destroy_face> code_line_face_;
    std::unique_ptr<void, destroy_characters> characters_;  // that regular and bold both have
};

}  // namespace brygga::print::detail
