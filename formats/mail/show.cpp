#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "formats/core/lines.hpp"
#include "formats/core/sha256.hpp"
#include "formats/core/text.hpp"
#include "formats/inspection/differences.hpp"
#include "formats/inspection/printable.hpp"
#include "formats/inspection/show_page.hpp"
#include "formats/mail/delivery_report.hpp"
#include "formats/mail/detail/commands.hpp"
#include "formats/mail/detail/line_walk.hpp"
#include "formats/mail/mask.hpp"

namespace brygga::mail::detail {

namespace {

std::string as_utf8(std::string_view bytes) {
    return is_valid_utf8(bytes) ? std::string(bytes) : to_utf8(bytes, encoding::iso_8859_1);
}

std::string_view title_of(line_kind kind) noexcept {
    switch (kind) {
        case line_kind::header:
            return "headers";
        case line_kind::field:
            return "delivery status";
        case line_kind::boundary:
            return "boundary";
        case line_kind::text:
            return "text";
        case line_kind::encoded:
            return "base64";
        case line_kind::blank:
            break;
    }
    return {};
}

// Lines of one kind that stand together are shown together.
class blocks {
 public:
    blocks(inspection::page& into, bool in_clear) : page_(into), in_clear_(in_clear) {}

    void take(const physical_line& line, const walked_line& as) {
        ++totals_.lines;
        const bool goes_on = as.is == kind_ && !(as.is == line_kind::blank);
        if (!goes_on) end_block();
        if (as.is == line_kind::blank) return;
        kind_ = as.is;
        if (!goes_on) {
            block_.number = line.number;
            block_.code = title_of(as.is);
        }
        add(as_utf8(line.bytes), as);
    }

    void end() {
        end_block();
        totals_.heading = "file 1";
        page_.summary(totals_);
        page_.end();
    }

 private:
    void add(const std::string& text, const walked_line& as) {
        if (as.is == line_kind::encoded) {
            ++encoded_lines_;
            return;
        }
        inspection::shown_field made;
        const std::size_t colon = text.find(':');
        const bool is_named = !as.name.empty() && !as.goes_on && colon != std::string::npos;
        if (is_named) made.name = text.substr(0, colon);
        std::string_view value = std::string_view(text).substr(is_named ? colon + 1 : 0);
        while (value.starts_with(' ') || value.starts_with('\t'))
            value.remove_prefix(1);
        const bool is_open = in_clear_ || as.is == line_kind::boundary || is_open_header(as.name);
        made.value = is_open ? std::string(value) : masked(value);
        block_.fields.push_back(std::move(made));
    }

    void end_block() {
        if (block_.number != 0) {
            if (encoded_lines_ != 0) block_.remark = fmt::format("{} lines", encoded_lines_);
            ++totals_.records[block_.code].count;
            page_.line(block_);
        }
        block_ = {};
        encoded_lines_ = 0;
        kind_ = line_kind::blank;
    }

    inspection::page& page_;
    bool in_clear_;
    line_kind kind_ = line_kind::blank;
    inspection::shown_line block_;
    std::uint64_t encoded_lines_ = 0;
    inspection::file_summary totals_;
};

std::vector<physical_line> lines_of(std::string_view bytes) {
    std::vector<physical_line> out;
    line_cutter lines(bytes);
    for (physical_line line; lines.next(line);)
        out.push_back(line);
    return out;
}

std::vector<inspection::record_key> keys_of(const std::vector<physical_line>& lines) {
    std::vector<inspection::record_key> out;
    out.reserve(lines.size());
    sha256 hash;
    for (const physical_line& each : lines) {
        hash.add(each.bytes);
        const auto digest = hash.bytes();
        inspection::record_key& key = out.emplace_back();
        std::copy_n(digest.begin(), key.size(), key.begin());
    }
    return out;
}

class line_differences final : public inspection::difference_listener {
 public:
    line_differences(const std::vector<physical_line>& before, const std::vector<physical_line>& after, const output& to)
        : before_(before), after_(after), to_(to) {}

    std::string code_before(std::size_t) override { return "line"; }
    std::string code_after(std::size_t) override { return "line"; }
    void only_before(std::size_t index) override {
        ++only_before_;
        to_(fmt::format("- line {}  {}\n", before_[index].number, shown(before_[index])));
    }
    void only_after(std::size_t index) override {
        ++only_after_;
        to_(fmt::format("+ line {}  {}\n", after_[index].number, shown(after_[index])));
    }
    void changed(std::size_t before, std::size_t after) override {
        ++changed_;
        to_(fmt::format("~ line {} | {}\n    {}  ->  {}\n", before_[before].number, after_[after].number, shown(before_[before]),
                        shown(after_[after])));
    }

    [[nodiscard]] bool summary() const {
        if (changed_ + only_before_ + only_after_ == 0) return true;
        to_(fmt::format("{} changed, {} only in the first, {} only in the second\n", changed_, only_before_, only_after_));
        return false;
    }

 private:
    static std::string shown(const physical_line& line) { return inspection::printable(as_utf8(line.bytes)); }

    const std::vector<physical_line>& before_;
    const std::vector<physical_line>& after_;
    const output& to_;
    std::uint64_t changed_ = 0, only_before_ = 0, only_after_ = 0;
};

}  // namespace

void show(std::string_view bytes, const show_settings& how, const output& to) {
    const report_file file = read_report(bytes);
    const auto page = inspection::page_for(how, to);
    page->begin(format_id);
    std::string heading = fmt::format("file 1: {} {}, {}", format_id, name(file.content.form), name(file.content.outcome));
    if (!file.content.named.empty()) heading += fmt::format(", about {}", file.content.named.front());
    page->file(heading);
    blocks shown(*page, how.in_clear);
    line_walk walk;
    line_cutter lines(bytes);
    for (physical_line line; lines.next(line);)
        shown.take(line, walk.next(line.bytes));
    shown.end();
}

bool diff(std::string_view before, std::string_view after, const output& to) {
    const auto first = lines_of(before), second = lines_of(after);
    line_differences found(first, second, to);
    inspection::tell_differences(keys_of(first), keys_of(second), found);
    return found.summary();
}

}  // namespace brygga::mail::detail
