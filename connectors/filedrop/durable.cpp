#include <array>

#include "connectors/filedrop/file_system.hpp"

namespace brygga::filedrop {

namespace {

result<void> write_and_sync(file_system& files, const std::filesystem::path& path, std::string_view bytes, readers who) {
    const auto file = files.create(path);
    if (!file) return tl::unexpected<error>(file.error());
    if (who == readers::everybody)
        if (auto let = (*file)->let_everybody_read(); !let) return let;
    if (auto written = (*file)->write(bytes); !written) return written;
    return (*file)->sync();
}

}  // namespace

result<void> write_durably(file_system& files, const std::filesystem::path& path, std::string_view key, std::string_view bytes,
                           if_there then, readers who) {
    std::string name = ".";
    name.append(path.filename().string()).append(".").append(key).append(".tmp");
    const std::filesystem::path temporary = path.parent_path() / name;
    auto done = write_and_sync(files, temporary, bytes, who);
    if (done) done = then == if_there::replace ? files.rename_over(temporary, path) : files.rename_new(temporary, path);
    if (!done) {
        // The first error is what the caller must see; a leftover is written over by the next attempt.
        (void)files.remove(temporary);
        return done;
    }
    return files.sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

result<std::unique_ptr<open_file>> take_lock(file_system& files, const std::filesystem::path& path) {
    auto file = files.append(path);
    if (!file) return file;
    if (const auto locked = (*file)->lock(); !locked) return tl::unexpected(locked.error());
    return file;
}

result<std::string> read_all(file_system& files, const std::filesystem::path& path, std::size_t limit_bytes) {
    const auto file = files.open(path);
    if (!file) return tl::unexpected<error>(file.error());
    std::string bytes;
    std::array<char, 65536> block{};
    for (;;) {
        const auto got = (*file)->read(block);
        if (!got) return tl::unexpected<error>(got.error());
        if (*got == 0) return bytes;
        if (bytes.size() + *got > limit_bytes) return fail(error_code::limit_exceeded, "the file is larger than it may be");
        bytes.append(block.data(), *got);
    }
}

result<bool> exists(file_system& files, const std::filesystem::path& path) {
    const auto facts = files.facts(path);
    if (facts) return true;
    if (facts.error().code == error_code::not_found) return false;
    return tl::unexpected<error>(facts.error());
}

result<void> move_durably(file_system& files, const std::filesystem::path& from, const std::filesystem::path& to) {
    if (auto moved = files.rename_new(from, to); !moved) return moved;
    if (auto synced = files.sync_folder(to.parent_path()); !synced) return synced;
    return files.sync_folder(from.parent_path());
}

}  // namespace brygga::filedrop
