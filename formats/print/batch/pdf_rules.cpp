#include "formats/print/batch/detail/pdf_rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/print/code_line/check.hpp"

namespace brygga::print::batch::detail {

bool shows_code_line(std::string_view page_text) {
    constexpr std::string_view types[] = {"#41#", "#42#", "#14#"};
    std::string text;
    std::copy_if(page_text.begin(), page_text.end(), std::back_inserter(text),
                 [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f'; });
    for (const std::string_view type : types)
        for (std::size_t at = text.find(type); at != std::string::npos; at = text.find(type, at + 1)) {
            const std::size_t before = text.find_last_not_of("0123456789", at == 0 ? 0 : at - 1);
            if (at != 0 && before != std::string::npos && before + 1 < at && text[before] == '>') return true;
        }
    return false;
}

void judge_pdf(const result<pdf::pdf_facts>& facts, const file_ref& stated, std::string_view path, std::size_t document,
               reading& into) {
    const auto wrong = [&](std::string_view found, std::string_view expected) {
        into.tell({rule::R06, severity::hold, path, into.begin_of(document), found, expected}, document);
    };
    if (!facts) return wrong(facts.error().text, "a PDF that opens");
    if (facts->is_encrypted) return wrong("an encrypted PDF", "no encryption");
    if (stated.pages != 0 && facts->pages != stated.pages)
        wrong(fmt::format("{} pages", facts->pages), fmt::format("{} pages", stated.pages));
    if (!facts->is_a4) wrong("pages of another size", "A4 within 2 mm");
    const auto foreign =
        std::count_if(facts->fonts.begin(), facts->fonts.end(), [](const pdf::pdf_font& each) { return !each.is_embedded; });
    if (foreign != 0) wrong(fmt::format("{} fonts that are not embedded", foreign), "embedded fonts");
}

void judge_first_page(const pdf::pdf_facts& facts, const document& item, std::size_t index, reading& into) {
    if (!item.payment || facts.is_encrypted) return;
    const batch::payment& what = *item.payment;
    if (what.method == payment_method::autogiro && shows_code_line(facts.first_page_text))
        into.tell({rule::R11, severity::warning, "File", into.begin_of(index), "a code line on page 1", "none with AUTOGIRO"},
                  index);
    if (what.method == payment_method::slip && !what.code_line.empty() && !is_in_text(what.code_line, facts.first_page_text))
        into.tell({rule::R10, severity::hold, "Payment/CodeLine", into.begin_of(index), "a code line that is not on page 1",
                   "OCRL-R06: the code line in the text of page 1"},
                  index);
}

}  // namespace brygga::print::batch::detail
