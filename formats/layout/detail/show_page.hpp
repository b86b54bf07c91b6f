// What `show` prints, apart from how it looks. Internal to show.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/money.hpp"
#include "formats/format.hpp"
#include "formats/layout/document.hpp"

namespace brygga::layout::detail {

struct shown_field {
    const field_info* info{};
    std::string value;  // UTF-8, masked where that was asked for
    std::string note;   // an amount in kronor, or what the content should have been
    bool is_fault = false;
};

struct shown_line {
    std::uint64_t number{};
    std::string code;
    std::string title;
    std::string remark;  // how the line was written: TABs, too long; empty for most
    std::string text;    // of a line without fields
    std::vector<shown_field> fields;
};

struct record_total {
    std::uint64_t count{};
    std::string title;
    std::map<std::string, ore_sum, std::less<>> sums;  // by field name
};

struct file_summary {
    std::uint64_t lines{};
    std::map<std::string, record_total, std::less<>> records;  // by code
};

// 2049.50, or plain öre where that does not fit 64 bits.
[[nodiscard]] std::string kronor(const ore_sum& sum);

class page {
 public:
    virtual ~page() = default;
    virtual void begin(const document_layout& layout) = 0;
    virtual void file(const document_file& file, const document_layout& layout) = 0;
    virtual void line(const shown_line& line) = 0;
    virtual void summary(const document_file& file, const file_summary& totals) = 0;
    virtual void end() = 0;
};

[[nodiscard]] std::unique_ptr<page> text_page(const output& to, bool colour);
[[nodiscard]] std::unique_ptr<page> html_page(const output& to);

// "file 1: bgmax 01, ISO 8859-1, CRLF"
[[nodiscard]] std::string file_heading(const document_file& file, const document_layout& layout);

}  // namespace brygga::layout::detail
