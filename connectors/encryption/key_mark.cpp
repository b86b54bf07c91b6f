#include "connectors/encryption/key_mark.hpp"

#include <fmt/format.h>

#include "connectors/encryption/encrypted_file.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::encryption {

namespace {

std::filesystem::path mark_of(const std::filesystem::path& folder, const named_key& key) {
    return folder / "keys" / key.id;
}

content nothing() {
    return {sha256_hex(""), 0};
}

result<void> write_mark(filedrop::file_system& files, const std::filesystem::path& path, const named_key& key) {
    const auto file = files.create(path);
    if (!file) return tl::unexpected<error>(file.error());
    auto mark = writer::begin(**file, key, nothing());
    if (!mark) return tl::unexpected<error>(mark.error());
    if (auto written = mark->finish(); !written) return written;
    return (*file)->sync();
}

result<void> open_mark(filedrop::open_file& file, const named_key& key) {
    const auto head = read_head(file);
    if (!head) return tl::unexpected<error>(head.error());
    auto mark = reader::begin(file, *head, key_ring({key}, key.id));
    if (!mark) return tl::unexpected<error>(mark.error());
    if (const auto block = mark->next(); !block) return tl::unexpected<error>(block.error());
    return {};
}

}  // namespace

result<void> check_key_mark(filedrop::file_system& files, const std::filesystem::path& folder, const named_key& key) {
    const auto file = files.open(mark_of(folder, key));
    if (!file && file.error().code == error_code::not_found) return {};
    if (!file) return fail(file.error().code, fmt::format("the mark of the key {}: {}", key.id, file.error().text));
    const auto opened = open_mark(**file, key);
    if (opened) return {};
    if (opened.error().code != error_code::invalid_config)
        return fail(opened.error().code, fmt::format("the mark of the key {}: {}", key.id, opened.error().text));
    return fail(
        error_code::invalid_config,
        fmt::format("the key {} of the originals is not the one that they were encrypted with under this id: configure that "
                    "one, and give a new key an id of its own",
                    key.id));
}

result<void> leave_key_mark(filedrop::file_system& files, const std::filesystem::path& folder, const named_key& key,
                            std::string_view writer) {
    const std::filesystem::path mark = mark_of(folder, key);
    const std::filesystem::path temporary = folder / "tmp" / fmt::format("{}.key", writer);
    const auto there = filedrop::exists(files, mark);
    if (!there) return tl::unexpected<error>(there.error());
    if (!*there) {
        for (const auto& each : {mark.parent_path(), temporary.parent_path()})
            if (auto made = files.make_folder(each); !made) return made;
        auto done = write_mark(files, temporary, key);
        if (done) done = files.rename_new(temporary, mark);
        if (!done) {
            // The first error is what the caller must see; a leftover is written over by the next attempt.
            (void)files.remove(temporary);
            if (done.error().code != error_code::already_exists) return done;
        }
    }
    // Perhaps from an attempt that was cut off before the name was durable.
    for (const auto& each : {mark.parent_path(), folder})
        if (auto synced = files.sync_folder(each); !synced) return synced;
    return check_key_mark(files, folder, key);
}

}  // namespace brygga::encryption
