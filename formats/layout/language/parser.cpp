#include "formats/layout/language/parser.hpp"

#include "formats/layout/language/detail/checking.hpp"
#include "formats/layout/language/detail/statements.hpp"

namespace brygga::layout::language {

tl::expected<description, std::vector<layout_fault>> parse_layout(std::string_view text, std::string name, const opener& open) {
    detail::source_texts texts;
    const detail::layout_tree tree = detail::read_statements(texts, std::move(name), text, open);
    detail::checking checking{tree, texts, {}};
    for (const auto check :
         {detail::check_head, detail::check_tables, detail::check_records, detail::check_whens, detail::check_sections,
          detail::check_kinds, detail::check_order, detail::check_totals, detail::check_rules, detail::check_meanings})
        check(checking);
    if (!texts.faultless()) return tl::unexpected(texts.faults());
    return std::move(checking.made);
}

}  // namespace brygga::layout::language
