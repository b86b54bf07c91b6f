#include "formats/print/pdf/plain_pdf.hpp"

#include <string_view>

#include <fmt/format.h>

namespace brygga::print::pdf {

namespace {

constexpr char first_letter = ' ', last_letter = '~';

// Letters of type 3 are drawn by the PDF itself: a font that is always embedded, without a font file.
std::string letter_font(std::size_t letter, std::size_t to_unicode) {
    std::string differences, procedures, widths;
    for (int code = first_letter; code <= last_letter; ++code) {
        differences += fmt::format("/g{} ", code);
        procedures += fmt::format("/g{} {} 0 R ", code, letter);
        widths += "600 ";
    }
    return fmt::format(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar {} /LastChar {} "
        "/Encoding << /Type /Encoding /Differences [{} {}] >> /CharProcs << {}>> /Widths [{}] /ToUnicode {} 0 R "
        "/Resources << >> >>",
        static_cast<int>(first_letter), static_cast<int>(last_letter), static_cast<int>(first_letter), differences, procedures,
        widths, to_unicode);
}

constexpr std::string_view character_map =
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /plain def /CMapType 2 def\n"
    "1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange <20> <7E> <0020> endbfrange\n"
    "endcmap end end";

std::string stream(std::string_view content) {
    return fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content);
}

std::string page_content(const std::vector<plain_line>& lines) {
    std::string out = "BT /F1 12 Tf\n";
    for (const plain_line& each : lines) {
        out += fmt::format("1 0 0 1 {} {} Tm (", each.x, each.y);
        for (const char c : each.text) {
            const bool is_letter = c >= first_letter && c <= last_letter;
            if (c == '(' || c == ')' || c == '\\') out += '\\';
            out += is_letter ? c : '?';
        }
        out += ") Tj\n";
    }
    return out + "ET";
}

// Objects are numbered from 1 in the order in which they are added.
class objects {
 public:
    std::size_t add(std::string_view content) {
        places_.push_back(bytes_.size());
        bytes_ += fmt::format("{} 0 obj\n{}\nendobj\n", places_.size(), content);
        return places_.size();
    }
    [[nodiscard]] std::size_t next() const noexcept { return places_.size() + 1; }

    std::string finish(std::size_t root, std::size_t encryption) {
        const std::size_t table = bytes_.size();
        bytes_ += fmt::format("xref\n0 {}\n0000000000 65535 f \n", places_.size() + 1);
        for (const std::size_t each : places_)
            bytes_ += fmt::format("{:010} 00000 n \n", each);
        bytes_ += fmt::format("trailer\n<< /Size {} /Root {} 0 R", places_.size() + 1, root);
        if (encryption != 0) bytes_ += fmt::format(" /Encrypt {} 0 R /ID [<{:032}> <{:032}>]", encryption, 0, 0);
        bytes_ += fmt::format(" >>\nstartxref\n{}\n%%EOF\n", table);
        return std::move(bytes_);
    }

 private:
    std::string bytes_ = "%PDF-1.4\n";
    std::vector<std::size_t> places_;
};

}  // namespace

std::string plain_pdf(const plain_document& item) {
    objects out;
    std::size_t font = 0;
    if (item.embeds_font) {
        const std::size_t letter = out.add(stream("600 0 d0 60 0 480 700 re f"));
        font = out.add(letter_font(letter, out.add(stream(character_map))));
    } else {
        font = out.add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>");
    }
    const std::size_t tree = out.next() + 2 * item.pages.size();
    std::string kids;
    for (const auto& lines : item.pages) {
        const std::size_t content = out.add(stream(page_content(lines)));
        const std::size_t page = out.add(
            fmt::format("<< /Type /Page /Parent {} 0 R /MediaBox [0 0 {} {}] /Rotate {} /Resources << /Font << /F1 {} 0 R >> >> "
                        "/Contents {} 0 R >>",
                        tree, item.width, item.height, item.turned, font, content));
        kids += fmt::format("{} 0 R ", page);
    }
    out.add(fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, item.pages.size()));
    const std::size_t root = out.add(fmt::format("<< /Type /Catalog /Pages {} 0 R >>", tree));
    std::size_t encryption = 0;
    if (item.is_encrypted)
        encryption = out.add(fmt::format("<< /Filter /Standard /V 1 /R 2 /O <{:064}> /U <{:064}> /P -4 >>", 0, 0));
    return out.finish(root, encryption);
}

}  // namespace brygga::print::pdf
