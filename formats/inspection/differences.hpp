// What differs between two sequences of records, in order. Internal to diff.
#pragma once

#include <span>
#include <string>

#include "formats/inspection/edit_script.hpp"

namespace brygga::inspection {

class difference_listener {
 public:
    virtual ~difference_listener() = default;
    // What kind of record that is: two of one kind, where the sides differ, are the same record changed.
    [[nodiscard]] virtual std::string code_before(std::size_t index) = 0;
    [[nodiscard]] virtual std::string code_after(std::size_t index) = 0;
    virtual void only_before(std::size_t index) = 0;
    virtual void only_after(std::size_t index) = 0;
    virtual void changed(std::size_t before, std::size_t after) = 0;
};

void tell_differences(std::span<const record_key> before, std::span<const record_key> after, difference_listener& to);

}  // namespace brygga::inspection
