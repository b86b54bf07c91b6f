#include "formats/bankgirot/file_walk.hpp"

namespace brygga::bankgirot {

void record_counter::count_other(std::string_view code) {
    constexpr std::size_t max_unknown_codes = 100;
    if (last_count_ == nullptr || code != last_) {
        std::string name = to_utf8(code, in_);
        if (others_.size() >= max_unknown_codes && !others_.contains(name)) name = "other";
        last_count_ = &others_[name];
        last_ = code;
    }
    ++*last_count_;
}

void record_counter::add_to(std::map<std::string, std::uint64_t>& records) const {
    for (std::size_t code = 0; code != numbered_.size(); ++code)
        if (numbered_[code] != 0) records[fmt::format("{:02}", code)] = numbered_[code];
    for (const auto& [code, number] : others_)
        records[code] = number;
}

file_opening open_file(std::string_view bytes, const layout::document_layout& layout, const layout::document_options& options) {
    file_opening out;
    out.found = layout::encoding_of(bytes, {0, 0, bytes.size()}, layout, options);
    out.opens = layout::whole_file(bytes, layout, {options.force_encoding, options.skip_title_lines, {}}).opens;
    return out;
}

}  // namespace brygga::bankgirot
