#include "formats/layout/mask.hpp"

#include <algorithm>

#include "formats/inspection/masked_text.hpp"
#include "formats/layout/byte_columns.hpp"
#include "formats/layout/digits.hpp"
#include "formats/layout/places.hpp"

namespace brygga::layout {

namespace {

using inspection::alphabet;
using inspection::digit_masker;
using inspection::keyed_hash;
using inspection::number_kind;
using inspection::text_masker;

constexpr unsigned bank_account_columns = 16;  // an account field this wide or wider ends in clearing number and account

number_kind kind_of(privacy guard) noexcept {
    switch (guard) {
        case privacy::account:
        case privacy::own_account:
            return number_kind::giro;
        case privacy::identity:
            return number_kind::identity;
        case privacy::open:
        case privacy::name:
        case privacy::address:
        case privacy::reference:
        case privacy::free_text:
            return number_kind::reference;
    }
    return number_kind::reference;
}

class mask_visitor : public document_visitor {
 public:
    mask_visitor(const document_layout& layout, std::string_view key, const output& to)
        : layout_(&layout), hash_(key), digits_(hash_), text_(hash_, digits_), letters_(encoding::iso_8859_1), to_(&to) {}

    void file(const document_file& file) override {
        if (file.byte_order_mark) (*to_)(utf8_byte_order_mark);
        if (file.in != letters_.in()) letters_ = alphabet(file.in);
    }

    void line(const document_file& file, const document_line& line) override {
        if (line.kind == line_kind::blank) return (*to_)(line.raw);
        std::string out = masked_line(line, false);
        // 8-bit bytes that turn into UTF-8, or no longer are, would change what encoding is detected.
        if (file.in != encoding::utf_8 && is_valid_utf8(out) != is_valid_utf8(line.raw)) out = masked_line(line, true);
        (*to_)(out);
    }

 private:
    std::string masked_line(const document_line& line, bool ascii_only) {
        std::string out(line.raw);
        const physical_line& content = line.line.source;
        const auto offset = static_cast<std::size_t>(content.bytes.data() - line.raw.data());
        const byte_columns columns(line.line);
        const auto part = [&](byte_range range, privacy guard) {
            if (!range.empty()) mask_part(out, offset + range.begin, offset + range.end, guard, ascii_only);
        };
        switch (line.kind) {
            case line_kind::record:
                for (const field_info& field : line.info->fields)
                    if (field.guard != privacy::open)
                        part(columns.of(field.first, field.last), field.guard);
                    else if (has_slipped(line.line.columns.slice(field.first, field.last), field))
                        part(columns.of(field.first, field.last), privacy::free_text);
                if (line.line.rows != nullptr)
                    mask_unnamed_cells(*line.info, columns, part);
                else
                    mask_fillers(line, columns, part);
                break;
            case line_kind::unknown:
                if (layout_->code_width == 0 || line.line.rows != nullptr) {
                    part({0, content.bytes.size()}, privacy::free_text);
                    break;
                }
                part({0, columns.of(layout_->code_first, layout_->code_first).begin}, privacy::free_text);
                part({columns.of(layout_->code_first, layout_->code_first + layout_->code_width - 1u).end, content.bytes.size()},
                     privacy::free_text);
                break;
            case line_kind::heading:
                if (layout_->by_heading) break;
                [[fallthrough]];  // it may be a record
            case line_kind::title:
                part({0, content.bytes.size()}, privacy::free_text);
                break;
            case line_kind::blank:
                break;
        }
        return out;
    }

    template <class Part>
    void mask_fillers(const document_line& line, const byte_columns& columns, const Part& part) {
        for (const filler_info& each : line.info->fillers)
            if (each.holds == filler::anything ||
                !each.fits(line.line.columns.slice(each.first, each.last), line.line.columns.in))
                part(columns.of(each.first, each.last), privacy::free_text);
        part(columns.from(line.info->width + 1u), privacy::free_text);
    }
    template <class Part>
    void mask_unnamed_cells(const record_info& info, const byte_columns& columns, const Part& part) {
        for (std::size_t cell = 0; cell != columns.cells().size(); ++cell) {
            const unsigned column = columns.column_of(cell);
            const auto is_it = [column](const auto& each) { return each.first == column; };
            if (std::none_of(info.fields.begin(), info.fields.end(), is_it) &&
                std::none_of(info.fillers.begin(), info.fillers.end(), is_it))
                part({columns.cells()[cell].begin, columns.cells()[cell].end}, privacy::free_text);
        }
    }

    void mask_part(std::string& line, std::size_t begin, std::size_t end, privacy guard, bool ascii_only) {
        const std::string_view part = std::string_view(line).substr(begin, end - begin);
        if (all_blank(part)) return;
        const number_kind kind = kind_of(guard);
        if (kind == number_kind::giro && part.size() >= bank_account_columns && all_digits(part)) {
            line.replace(begin, part.size(), digits_.account(part));
            return;
        }
        text_.mask(line, begin, end, letters_, kind, ascii_only);
    }

    const document_layout* layout_;
    keyed_hash hash_;
    digit_masker digits_;
    text_masker text_;
    alphabet letters_;
    const output* to_;
};

}  // namespace

void mask(std::string_view bytes, const document_layout& layout, std::string_view key, const document_options& options,
          const output& to) {
    mask_visitor visitor(layout, key, to);
    visit(bytes, layout, options, visitor);
}

}  // namespace brygga::layout
