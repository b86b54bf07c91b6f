// The texts of a layout file and of what it includes, and the faults found in them. A place is a view into one of the texts,
// possibly an empty one; the syntax tree consists of such views.
#pragma once

#include <cstddef>
#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/language/parser.hpp"

namespace brygga::layout::language::detail {

struct source {
    std::string name, text;
    std::vector<std::string_view> lines;  // of text, without line ends
};

class source_texts {
 public:
    source_texts() = default;
    source_texts(const source_texts&) = delete;  // views point into it
    source_texts& operator=(const source_texts&) = delete;

    const source& add(std::string name, std::string_view text);
    [[nodiscard]] std::size_t size() const noexcept { return sources_.size(); }
    [[nodiscard]] bool has(std::string_view name) const noexcept;

    void fault(std::string_view place, std::string expected);
    [[nodiscard]] std::size_t fault_count() const noexcept { return fault_count_; }  // those beyond the limit as well
    [[nodiscard]] bool faultless() const noexcept { return faults_.empty(); }
    [[nodiscard]] std::vector<layout_fault> faults() const;  // sorted, the first max_layout_faults

 private:
    struct placed_fault {
        std::size_t source{}, offset{};
        layout_fault fault;

        [[nodiscard]] bool operator<(const placed_fault& other) const noexcept;
    };
    std::deque<source> sources_;
    std::set<placed_fault> faults_;
    std::size_t fault_count_ = 0;
};

}  // namespace brygga::layout::language::detail
