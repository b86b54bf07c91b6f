// Pages of A4 to draw on, in micrometres from their upper left corner. The one place where lengths become cairo's numbers.
// Internal to formats/print/letter.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/print/letter/detail/fonts.hpp"
#include "formats/print/letter/look.hpp"

namespace brygga::print::detail {

inline constexpr micrometres page_width = 210'000, page_height = 297'000;
inline constexpr colour black{0, 0, 0}, grey{110, 110, 110}, pale{215, 215, 215};

// Literals for lengths and sizes of type: 118_mm, 9_pt.
constexpr micrometres operator""_mm(unsigned long long whole) {
    return static_cast<micrometres>(whole * 1000);
}
struct type_size {
    int hundredths{};  // of a point
};
constexpr type_size operator""_pt(unsigned long long whole) {
    return {static_cast<int>(whole * 100)};
}

struct text_style {
    type_size size = 9_pt;
    bool is_bold = false;
    colour ink = black;
};

struct place {
    micrometres left{}, top{};
};
struct extent {
    micrometres width{}, height{};
};

// A picture that every letter has: read once.
class picture {
 public:
    // Errors: invalid_content where it is no PNG. What is transparent is laid on white, for nothing on a letter may be
    // transparent.
    [[nodiscard]] static result<picture> of_png(const std::string& bytes);
    [[nodiscard]] extent pixels() const;
    [[nodiscard]] cairo_surface_t* surface() const { return surface_.get(); }

 private:
    struct destroy_surface {
        void operator()(cairo_surface_t* of) const { cairo_surface_destroy(of); }
    };
    std::unique_ptr<cairo_surface_t, destroy_surface> surface_;
};

class canvas {
 public:
    canvas(const fonts& with, const std::string& title, date day);
    ~canvas();
    canvas(const canvas&) = delete;
    canvas& operator=(const canvas&) = delete;

    void end_page();

    [[nodiscard]] micrometres width_of(std::string_view text, const text_style& style);
    // Lines no wider than this, broken at blanks, and within a word where it is wider.
    [[nodiscard]] std::vector<std::string> wrap(std::string_view text, const text_style& style, micrometres width);
    void text(micrometres left, micrometres baseline, std::string_view text, const text_style& style);
    void text_right(micrometres right, micrometres baseline, std::string_view text, const text_style& style);
    void fill(place from, extent size, colour ink);
    // A row of dark modules of a QR symbol and the like: rectangles of one path, without seams.
    void fill_all(const std::vector<std::pair<place, extent>>& parts, colour ink);
    void draw(const picture& what, place from, extent size);
    // Ten characters to the inch, whatever the font says (OCRL-R07).
    void code_line(micrometres left, micrometres baseline, std::string_view line);

    // Nothing is drawn any more. Errors: invalid_content naming what the font lacks; io where cairo failed.
    [[nodiscard]] result<std::string> finish();

 private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace brygga::print::detail
