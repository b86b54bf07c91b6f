// Letters that were drawn and are not in their batch yet: one behind the other in one file. Internal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/filedrop/file_system.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/print/batch/records.hpp"

namespace brygga::dispatch::detail {

// What a dead process left there is written over; the file is removed when the spool is destroyed.
class letter_spool {
 public:
    letter_spool(filedrop::file_system& files, std::filesystem::path path) : files_(files), path_(std::move(path)) {}
    letter_spool(const letter_spool&) = delete;
    letter_spool& operator=(const letter_spool&) = delete;
    ~letter_spool();

    // Empty again.
    [[nodiscard]] result<void> begin();
    // The file of the manifest for it.
    [[nodiscard]] result<print::batch::file_ref> add(std::string_view id, std::string_view pdf, int pages);
    // Of one that was added: as it was, for as long as nothing else is added.
    [[nodiscard]] result<std::string_view> bytes_of(std::string_view name);

 private:
    struct place {
        std::uint64_t begin{}, size{};
    };

    filedrop::file_system& files_;
    std::filesystem::path path_;
    std::unique_ptr<filedrop::open_file> into_;
    std::uint64_t size_ = 0;
    std::map<std::string, place, std::less<>> places_;
    std::optional<byte_source> read_;
};

}  // namespace brygga::dispatch::detail
