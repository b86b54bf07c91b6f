// A format of the registry whose records are a line each: what works from its tables alone is done here.
#pragma once

#include "formats/format.hpp"
#include "formats/layout/document.hpp"

namespace brygga::layout {

class document_format : public format {
 public:
    explicit document_format(const document_layout& document) noexcept : document_(document) {}

    [[nodiscard]] std::string_view id() const noexcept final { return document_.format_id; }
    void describe(const output& to) const final;
    void show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const final;
    void to_json(std::string_view bytes, const read_settings& with, const output& to) const final;
    [[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to) const final;
    bool diff(std::string_view before, std::string_view after, const read_settings& with, const output& to) const final;
    void mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const final;

 private:
    const document_layout& document_;
};

// What `check` says of a logical file that a reader has read, but for its version and sums. `file` must outlive it.
template <class File>
[[nodiscard]] check_report report_of(const File& file) {
    check_report out;
    out.logical_no = 1;
    out.accepted = file.accepted();
    out.records = file.records;
    out.held.reserve(file.holds.size());
    for (const auto& mark : file.holds)
        out.held.push_back({mark.section_no, &info(mark.broken)});
    out.findings = &file.findings;
    return out;
}

}  // namespace brygga::layout
