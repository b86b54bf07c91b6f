#include "formats/print/index/container.hpp"

#include <array>
#include <memory>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

namespace brygga::print::index {

namespace {

constexpr std::size_t block_bytes = std::size_t{64} << 10;
constexpr std::uint64_t ratio_from_bytes = std::uint64_t{1} << 20;
constexpr unsigned plain_file = 0644;

struct free_reader {
    void operator()(::archive* of) const noexcept { archive_read_free(of); }
};
struct free_writer {
    void operator()(::archive* of) const noexcept { archive_write_free(of); }
};
struct free_entry {
    void operator()(archive_entry* of) const noexcept { archive_entry_free(of); }
};
using writer = std::unique_ptr<::archive, free_writer>;

tl::unexpected<error> no_stream() {
    return fail(error_code::invalid_content, "the container is no whole LZMA stream");
}

la_ssize_t append(::archive*, void* to, const void* bytes, std::size_t size) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

bool add_file(::archive* to, const container_file& file) {
    const std::unique_ptr<archive_entry, free_entry> head(archive_entry_new());
    if (!head) return false;
    archive_entry_set_pathname_utf8(head.get(), file.name.c_str());
    archive_entry_set_size(head.get(), static_cast<la_int64_t>(file.bytes.size()));
    archive_entry_set_filetype(head.get(), AE_IFREG);
    archive_entry_set_perm(head.get(), plain_file);
    return archive_write_header(to, head.get()) == ARCHIVE_OK &&
           archive_write_data(to, file.bytes.data(), file.bytes.size()) == static_cast<la_ssize_t>(file.bytes.size());
}

// Of one kind of archive, written to its end.
template <class Setting>
result<std::string> written(std::span<const container_file> files, const Setting& set) {
    std::string made;
    const writer to(archive_write_new());
    bool good = to && set(to.get()) && archive_write_set_bytes_in_last_block(to.get(), 1) == ARCHIVE_OK &&
                archive_write_open(to.get(), &made, nullptr, &append, nullptr) == ARCHIVE_OK;
    for (const container_file& each : files)
        good = good && add_file(to.get(), each);
    if (!good || archive_write_close(to.get()) != ARCHIVE_OK) return fail(error_code::io, "the container could not be written");
    return made;
}

}  // namespace

result<std::string> unpack_container(std::string_view bytes, const container_limits& limits) {
    const std::unique_ptr<::archive, free_reader> from(archive_read_new());
    if (!from) return fail(error_code::io, "no memory for a container");
    archive_entry* head = nullptr;
    const bool opened = archive_read_support_filter_lzma(from.get()) == ARCHIVE_OK &&
                        archive_read_support_format_raw(from.get()) == ARCHIVE_OK &&
                        archive_read_open_memory(from.get(), bytes.data(), bytes.size()) == ARCHIVE_OK &&
                        archive_read_next_header(from.get(), &head) == ARCHIVE_OK;
    if (!opened || archive_filter_code(from.get(), 0) != ARCHIVE_FILTER_LZMA) return no_stream();
    std::string made;
    std::array<char, block_bytes> block;
    while (true) {
        const la_ssize_t got = archive_read_data(from.get(), block.data(), block.size());
        if (got < 0) return no_stream();
        if (got == 0) return made;
        made.append(block.data(), static_cast<std::size_t>(got));
        if (made.size() > limits.bytes || (made.size() > ratio_from_bytes && made.size() / limits.ratio > bytes.size()))
            return fail(error_code::limit_exceeded, "the container unpacks to more than it may");
    }
}

result<std::string> pack_container(std::span<const container_file> files) {
    auto zip = written(files, [](::archive* to) {
        return archive_write_set_format_zip(to) == ARCHIVE_OK &&
               archive_write_set_format_option(to, "zip", "compression", "store") == ARCHIVE_OK;
    });
    if (!zip) return zip;
    const std::array<container_file, 1> whole{{{"archive.zip", *zip}}};
    return written(whole, [](::archive* to) {
        return archive_write_set_format_raw(to) == ARCHIVE_OK && archive_write_add_filter_lzma(to) == ARCHIVE_OK;
    });
}

}  // namespace brygga::print::index
