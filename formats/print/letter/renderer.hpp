// Letters as PDF, drawn with cairo and pango (print-batch.md 3.7): A4, fonts embedded, no transparency, page 1 with the address
// behind the window and the payment slip at its foot. The same letter and look give the same bytes on one installation: the day
// of the file is the letter's own.
//
//     const auto drawn_by = print::renderer::make(look);
//     const auto file = (*drawn_by)->render(letter);      // file->pdf, file->pages
//
// The one room of formats/ that reads files: the fonts of the system, once, by fontconfig.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "formats/print/letter/look.hpp"

namespace brygga::print {

struct rendered {
    std::string pdf;
    int pages{};
};

// The two envelopes of a letter that the tax agency sends on (protected-identity.md 3.2): what stands on each.
struct envelope_labels {
    std::string inner_front;  // "20000125-2386", and the name where the company wants it (protected.innerName)
    std::string inner_back;   // "Avs: ..."
    std::vector<std::string> outer_front;
};

inline constexpr int max_pages = 200;  // of one letter, as the manifest's schema has it

// Not for two threads at once.
class renderer {
 public:
    // Errors: not_found where a font is not installed, invalid_content for a logo that is no PNG picture or a font that cannot be
    // embedded.
    [[nodiscard]] static result<renderer> make(look of);
    renderer(renderer&&) noexcept;
    renderer& operator=(renderer&&) noexcept;
    ~renderer();

    // Errors: invalid_content where a text has characters that the font lacks (their numbers are named, not the text), or is not
    // UTF-8; limit_exceeded where the letter needs more pages than max_pages.
    [[nodiscard]] result<rendered> render(const letter& item) const;
    // A sheet of labels for each letter of the list, for whoever closes the envelopes.
    [[nodiscard]] result<rendered> render_envelopes(const std::vector<envelope_labels>& labels, date day) const;
    // Whether the font has all characters (ADR-R06).
    [[nodiscard]] bool can_print(std::string_view utf8) const;

 private:
    struct parts;
    explicit renderer(std::unique_ptr<parts> made);
    std::unique_ptr<parts> parts_;
};

}  // namespace brygga::print
