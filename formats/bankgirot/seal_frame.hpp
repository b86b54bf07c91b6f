// The seal records of a file that is read without a key (TK00, TK99, a section seal): where they stand, and that nothing stands
// outside them. Internal to the readers; who has the key verifies (seal/).
#pragma once

#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "formats/bankgirot/file_walk.hpp"
#include "formats/bankgirot/seal_marks.hpp"
#include "formats/layout/places.hpp"

namespace brygga::bankgirot {

template <class Rule>
class seal_frame {
 public:
    // `order`: a record out of its place; `skipped`: a seal that nobody verified.
    seal_frame(reporter<Rule>& report, seal_marks& marks, Rule order, Rule skipped) noexcept
        : report_(report), marks_(marks), order_(order), skipped_(skipped) {}

    void take(const layout::record_line& line, bool at_first) {
        const std::string_view code = line.code();
        if (code == "00" && !at_first) tell_order(line, "TK00 only as the first record");
        if (!told_) first_ = layout::code_columns(line);
        told_ = true;
        if (code == "00")
            marks_.opens = true;
        else if (code == "99")
            marks_.closes = true;
        else
            ++marks_.section_seals;
    }

    // Of a record that is none of the seal's.
    void expect_open(const layout::record_line& line) {
        if (marks_.closes) [[unlikely]]
            tell_order(line, "nothing after TK99");
    }

    void tell_skipped() {
        if (told_) report_.place(skipped_, severity::info, first_, {}, {}, "a seal", "a key to verify it with");
    }

 private:
    void tell_order(const layout::record_line& line, std::string_view expected) {
        report_.place(order_, severity::error, layout::code_columns(line), line.code(), {},
                      fmt::format("TK{}", line.columns.utf8(1, 2)), expected);
    }

    reporter<Rule>& report_;
    seal_marks& marks_;
    Rule order_, skipped_;
    bool told_ = false;
    location first_;
};

}  // namespace brygga::bankgirot
