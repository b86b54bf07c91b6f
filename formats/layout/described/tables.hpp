// A described format as the tables that everything generic works from (../document.hpp), and which kind of
// record a line is. Internal to the engine.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/document.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

// Views its constant.
[[nodiscard]] filler_info filler_info_of(const language::described_filler& each);

// Keeps the description that all its views point into.
class record_tables {
 public:
    explicit record_tables(language::description what);
    record_tables(const record_tables&) = delete;
    record_tables& operator=(const record_tables&) = delete;

    [[nodiscard]] const language::description& what() const noexcept { return what_; }
    [[nodiscard]] const document_layout& document() const noexcept { return document_; }

    // Of document().sections; the index of its kind in the description.
    [[nodiscard]] std::size_t kind_of(const record_info& info) const noexcept {
        return kinds_[static_cast<std::size_t>(&info - infos_.data())];
    }
    // Of the first section that has this kind.
    [[nodiscard]] const record_info& info_of(std::size_t kind) const noexcept {
        return infos_[static_cast<std::size_t>(std::find(kinds_.begin(), kinds_.end(), kind) - kinds_.begin())];
    }
    // Columns of its records; with headings those of the whole layout.
    [[nodiscard]] std::uint16_t width_of(const language::described_record& kind) const noexcept;
    // As document_layout::place.
    [[nodiscard]] line_place place(const record_line& line, const section_layout* now) const;

 private:
    struct table {
        std::vector<field_info> fields;
        std::vector<filler_info> fillers;
        std::vector<filler_info> with_code;  // and one that holds the record's code
    };
    // The kinds of a section in `infos_`: opens, closes, others. Behind all sections those that stand outside, as one without a
    // name.
    struct section_kinds {
        std::size_t first{}, size{};
        bool is_closed = false;
    };

    void place_headings();
    void name_columns();
    void add_table(const language::described_record& kind);
    void add_info(std::size_t kind, const std::vector<std::size_t>& beside);
    void add_sections();
    // The first of these that the line is; nothing where none is.
    [[nodiscard]] const record_info* find(const record_line& line, std::size_t first, std::size_t size) const;
    [[nodiscard]] bool is(const record_line& line, std::size_t kind) const;
    [[nodiscard]] bool meets_condition(const record_line& line, std::size_t kind) const;
    [[nodiscard]] bool stays_open(const section_layout* now) const noexcept;

    language::description what_;
    bool codes_are_ascii_ = true;
    std::vector<std::string> headings_;              // by column, of a header
    std::vector<table> tables_;                      // by kind
    std::vector<std::vector<std::size_t>> told_by_;  // by kind, fields that its `when` names
    std::vector<record_info> infos_;                 // of every section in turn
    std::vector<std::size_t> kinds_;                 // of infos_
    std::vector<section_kinds> in_section_;
    std::vector<section_layout> sections_;
    document_layout document_;
};

}  // namespace brygga::layout::described
