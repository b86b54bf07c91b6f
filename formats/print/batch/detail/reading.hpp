// What the readings of a manifest and of an archive have in common: findings with their places, and the documents that are taken
// out.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/print/batch/layout.hpp"
#include "formats/print/batch/reader.hpp"
#include "formats/xml/line_counter.hpp"

namespace brygga::print::batch::detail {

// Of a finding. `found` holds no personal data.
struct told {
    rule broken{};
    severity level{};
    std::string_view path;  // below the root, or below the document
    std::size_t offset{};   // in the manifest
    std::string_view found;
    std::string_view expected;
};

class reading {
 public:
    reading(const read_options& options, batch_file& file) : options_(options), file_(file), lines_(std::string_view()) {}

    // Reads and judges it. The bytes must outlive this object.
    void manifest(std::string_view bytes);
    // The verdict on all that was told.
    void finish();

    std::optional<severity> tell(const told& what);
    // Of a document; one that is held is taken out.
    void tell(const told& what, std::size_t document);
    // Where the document stands in the manifest.
    [[nodiscard]] std::size_t begin_of(std::size_t document) const noexcept { return begins_[document]; }

    [[nodiscard]] const read_options& options() const noexcept { return options_; }
    [[nodiscard]] batch_file& file() noexcept { return file_; }

 private:
    friend class manifest_listener;
    bool check_form(std::string_view bytes);
    bool check_schema(std::string_view bytes, std::uint64_t& minor);
    void judge_batch(const layout::root& root);

    const read_options& options_;
    batch_file& file_;
    xml::line_counter lines_;
    std::vector<std::size_t> begins_;
    std::map<std::size_t, rule> removed_;
};

}  // namespace brygga::print::batch::detail
