// Keeps the texts that the values of a document being written point at.
#pragma once

#include <deque>
#include <string>

#include "formats/xml/table.hpp"

namespace brygga::xml {

class texts {
 public:
    [[nodiscard]] value keep(std::string text) {
        kept_.push_back(std::move(text));
        return {kept_.back(), 0, 0, true};
    }
    // No value that was kept may be used after it.
    void clear() noexcept { kept_.clear(); }

 private:
    std::deque<std::string> kept_;
};

}  // namespace brygga::xml
