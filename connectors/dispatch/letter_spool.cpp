#include "connectors/dispatch/detail/letter_spool.hpp"

#include <fmt/format.h>

#include "formats/core/sha256.hpp"

namespace brygga::dispatch::detail {

letter_spool::~letter_spool() {
    into_.reset();
    read_.reset();
    static_cast<void>(files_.remove(path_));  // what stays is written over by the next one
}

result<void> letter_spool::begin() {
    places_.clear();
    read_.reset();
    size_ = 0;
    auto made = files_.create(path_);
    if (!made) return tl::unexpected(std::move(made.error()));
    into_ = std::move(*made);
    return {};
}

result<print::batch::file_ref> letter_spool::add(std::string_view id, std::string_view pdf, int pages) {
    read_.reset();
    print::batch::file_ref out{fmt::format("docs/{}.pdf", id), pdf.size(), sha256_hex(pdf), static_cast<std::uint32_t>(pages)};
    if (auto written = into_->write(pdf); !written) return tl::unexpected(std::move(written.error()));
    places_[out.name] = {size_, pdf.size()};
    size_ += pdf.size();
    return out;
}

result<std::string_view> letter_spool::bytes_of(std::string_view name) {
    const auto found = places_.find(name);
    if (found == places_.end()) return fail(error_code::not_found, "a letter is not in the spool");
    if (!read_) {
        auto opened = byte_source::open(path_);
        if (!opened) return tl::unexpected(std::move(opened.error()));
        read_.emplace(std::move(*opened));
    }
    const std::string_view all = read_->bytes();
    if (found->second.begin + found->second.size > all.size())
        return fail(error_code::io, "the spool of letters is shorter than it was");
    return all.substr(found->second.begin, found->second.size);
}

}  // namespace brygga::dispatch::detail
