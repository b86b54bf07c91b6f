#include "connectors/intake/original_store.hpp"

#include <string>
#include <utility>
#include <vector>

#include "formats/core/sha256.hpp"

namespace brygga::intake {

namespace {

class folder_store final : public original_store {
 public:
    folder_store(filedrop::file_system& files, std::filesystem::path folder) : files_(&files), folder_(std::move(folder)) {}

    result<void> keep(const std::filesystem::path& from, const fingerprint& is, std::string_view key) override {
        const std::filesystem::path to = place_of(is);
        const std::filesystem::path temporary = folder_ / "tmp" / std::string(key);
        const auto there = fingerprint_of(*files_, to);
        if (there && *there == is) return settle(temporary, to);
        // A copy of other bytes has been damaged since: the one about to be written replaces it.
        if (!there && there.error().code != error_code::not_found) return tl::unexpected<error>(there.error());
        for (const auto& folder : {to.parent_path(), temporary.parent_path()})
            if (auto made = files_->make_folder(folder); !made) return made;
        if (auto room = leave_room(is); !room) return room;
        auto done = copy(from, temporary, is);
        if (done) done = files_->rename_over(temporary, to);
        if (!done) {
            // The first error is what the caller must see; a leftover goes at the next attempt.
            (void)files_->remove(temporary);
            return done;
        }
        if (auto synced = files_->sync_folder(to.parent_path()); !synced) return synced;
        return files_->sync_folder(folder_);
    }

    result<byte_source> open(const fingerprint& is) override {
        // In blocks: bytes that are read through the map stay in memory.
        const auto found = fingerprint_of(*files_, place_of(is));
        if (!found) return tl::unexpected<error>(found.error());
        if (*found != is)
            return fail(error_code::corrupt, "the kept original " + is.sha256 + " holds other bytes than when it was kept");
        return byte_source::open(place_of(is));
    }

 private:
    [[nodiscard]] std::filesystem::path place_of(const fingerprint& is) const {
        return folder_ / is.sha256.substr(0, 2) / is.sha256;
    }

    // It is there already, perhaps from an attempt that was cut off before the name was durable or its leftover removed.
    result<void> settle(const std::filesystem::path& temporary, const std::filesystem::path& to) {
        if (auto removed = files_->remove(temporary); !removed && removed.error().code != error_code::not_found) return removed;
        if (auto synced = files_->sync_folder(to.parent_path()); !synced) return synced;
        return files_->sync_folder(folder_);
    }

    result<void> leave_room(const fingerprint& is) {
        const auto free = files_->free_bytes(folder_);
        if (!free) return tl::unexpected<error>(free.error());
        if (*free >= min_free_bytes && *free - min_free_bytes >= is.size_bytes) return {};
        return fail(error_code::no_space, "the disk of the originals has no room for a copy of the file");
    }

    result<void> copy(const std::filesystem::path& from, const std::filesystem::path& to, const fingerprint& is) {
        const auto source = files_->open(from);
        if (!source) return tl::unexpected<error>(source.error());
        const auto target = files_->create(to);
        if (!target) return tl::unexpected<error>(target.error());
        sha256 sum;
        fingerprint written;
        std::vector<char> block(file_block_bytes);
        for (;;) {
            const auto got = (*source)->read(block);
            if (!got) return tl::unexpected<error>(got.error());
            if (*got == 0) break;
            const std::string_view bytes(block.data(), *got);
            sum.add(bytes);
            written.size_bytes += bytes.size();
            if (written.size_bytes > is.size_bytes) break;
            if (auto stored = (*target)->write(bytes); !stored) return stored;
        }
        written.sha256 = sum.hex();
        if (written != is) return fail(error_code::busy, "the file changed while it was copied");
        return (*target)->sync();
    }

    filedrop::file_system* files_;
    std::filesystem::path folder_;
};

}  // namespace

std::unique_ptr<original_store> open_folder_store(filedrop::file_system& files, std::filesystem::path folder) {
    return std::make_unique<folder_store>(files, std::move(folder));
}

}  // namespace brygga::intake
