// What `show` prints, apart from how it looks. Internal to show.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/money.hpp"
#include "formats/core/privacy.hpp"
#include "formats/format.hpp"

namespace brygga::inspection {

struct shown_field {
    unsigned first{}, last{};  // columns; 0 where the name says the place, last 0 where columns are cells
    std::string name;
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
    std::string heading;  // "file 1"
    std::uint64_t lines{};
    std::map<std::string, record_total, std::less<>> records;  // by code
};

// 2049.50, or plain öre where that does not fit 64 bits.
[[nodiscard]] std::string kronor(const ore_sum& sum);

class page {
 public:
    virtual ~page() = default;
    virtual void begin(std::string_view title) = 0;
    virtual void file(std::string_view heading) = 0;
    virtual void line(const shown_line& line) = 0;
    virtual void summary(const file_summary& totals) = 0;
    virtual void end() = 0;
};

[[nodiscard]] std::unique_ptr<page> text_page(const output& to, bool colour);
[[nodiscard]] std::unique_ptr<page> html_page(const output& to);
[[nodiscard]] std::unique_ptr<page> page_for(const show_settings& how, const output& to);

// Whether values so guarded are shown masked to who did not ask to see them in clear.
[[nodiscard]] bool is_secret(privacy guard) noexcept;

}  // namespace brygga::inspection
