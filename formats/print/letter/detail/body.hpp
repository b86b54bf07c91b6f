// The blocks of a letter's body: summary, messages, charges, VAT, consumption. Internal to formats/print/letter.
#pragma once

#include <memory>
#include <vector>

#include "formats/print/letter/detail/flow.hpp"
#include "formats/print/letter/look.hpp"

namespace brygga::print::detail {

inline constexpr micrometres left_edge = 20'000, right_edge = 190'000;  // of all that is no slip

class letter_body {
 public:
    // Refers to the letter and the look, and measures with the canvas while it is made.
    letter_body(const letter& item, const look& of, canvas& measured_with);
    ~letter_body();
    letter_body(const letter_body&) = delete;
    letter_body& operator=(const letter_body&) = delete;

    // Their drawing refers to this body.
    [[nodiscard]] const std::vector<block>& blocks() const;

 private:
    class maker;
    std::unique_ptr<maker> maker_;
};

}  // namespace brygga::print::detail
