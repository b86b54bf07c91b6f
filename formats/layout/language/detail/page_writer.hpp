// Headings, paragraphs and tables, as Markdown (with the tables of GitHub) or HTML.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/language/documentation.hpp"

namespace brygga::layout::language::detail {

// What is given to headings, paragraphs, items and cells came from text() and code(), or is words without markup.
class page_writer {
 public:
    virtual ~page_writer() = default;

    [[nodiscard]] virtual std::string text(std::string_view utf8) const = 0;
    [[nodiscard]] virtual std::string code(std::string_view utf8) const = 0;

    virtual void begin(std::string_view title) = 0;  // not escaped yet
    virtual void heading(std::string_view words) = 0;
    virtual void subheading(std::string_view words) = 0;
    virtual void paragraph(std::string_view words) = 0;
    virtual void items(const std::vector<std::string>& all) = 0;
    // Each row has a cell for each head; without heads there is no head line.
    virtual void table(const std::vector<std::string_view>& heads, const std::vector<std::vector<std::string>>& rows) = 0;
    [[nodiscard]] virtual std::string end() = 0;
};

[[nodiscard]] std::unique_ptr<page_writer> make_page_writer(page as);

}  // namespace brygga::layout::language::detail
