// The start tags that are open behind a part of a document: what another part must stand in to mean the same.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace brygga::xml::detail {

class open_tags {
 public:
    // Goes through the tags of the next part. False when a tag has no end, or an end tag does not fit.
    [[nodiscard]] bool follow(std::string_view xml);

    [[nodiscard]] std::size_t depth() const noexcept { return open_.size(); }
    // The start tags as they were written, and the end tags that fit them.
    [[nodiscard]] std::string starts() const;
    [[nodiscard]] std::string ends() const;

 private:
    [[nodiscard]] bool take(std::string_view tag);

    std::vector<std::pair<std::string, std::string>> open_;  // qualified name and start tag
};

}  // namespace brygga::xml::detail
