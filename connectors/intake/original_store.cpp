#include "connectors/intake/original_store.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "connectors/encryption/key_mark.hpp"
#include "connectors/encryption/memory_file.hpp"
#include "connectors/intake/detail/kept_file.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::intake {

namespace {

constexpr std::string_view lock_name = ".encrypt-lock";  // below tmp/

bool is_lower_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_original(std::string_view name) {
    constexpr std::size_t hash_digits = 64;
    return name.size() == hash_digits && is_lower_hex(name);
}

tl::unexpected<error> about(const fingerprint& is, const error& why) {
    if (why.code == error_code::not_found) return tl::unexpected<error>(why);
    return fail(why.code, fmt::format("the kept original {}: {}", is.sha256, why.text));
}

tl::unexpected<error> other_bytes(const fingerprint& is) {
    return fail(error_code::corrupt, "the kept original " + is.sha256 + " holds other bytes than when it was kept");
}

class folder_store final : public original_store {
 public:
    folder_store(filedrop::file_system& files, std::filesystem::path folder, encryption::key_ring keys)
        : files_(&files), folder_(std::move(folder)), keys_(std::move(keys)) {}

    result<void> keep(const std::filesystem::path& from, const fingerprint& is, std::string_view key) override {
        const std::filesystem::path to = detail::place_of(folder_, is.sha256);
        const std::filesystem::path temporary = folder_ / "tmp" / std::string(key);
        const auto there = kept(is);
        if (there && *there == is) return settle(temporary, to);
        // A copy of other bytes has been damaged since: the one about to be written replaces it.
        if (!there && there.error().code != error_code::not_found && there.error().code != error_code::corrupt)
            return about(is, there.error());
        if (auto marked = mark(key); !marked) return marked;
        for (const auto& folder : {to.parent_path(), temporary.parent_path()})
            if (auto made = files_->make_folder(folder); !made) return made;
        const bool encrypts = keys_.current() != nullptr;
        const std::uint64_t needed = encrypts ? encryption::encrypted_size(is.size_bytes) : is.size_bytes;
        if (auto room = detail::leave_room(*files_, folder_, needed); !room) return room;
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
        auto from = reader_of(is);
        if (!from) return about(is, from.error());
        if (from->is_encrypted()) return decrypted(is, *from);
        // In blocks: bytes that are read through the map stay in memory.
        const auto found = detail::fingerprint_of(*from);
        if (!found) return about(is, found.error());
        if (*found != is) return other_bytes(is);
        return byte_source::open(detail::place_of(folder_, is.sha256));
    }

    result<void> prove(const fingerprint& is) override {
        const auto found = kept(is);
        if (!found) return about(is, found.error());
        if (*found != is) return other_bytes(is);
        return {};
    }

    result<bool> is_kept(const fingerprint& is) override {
        return filedrop::exists(*files_, detail::place_of(folder_, is.sha256));
    }

    result<void> remove(const fingerprint& is) override {
        if (!is_original(is.sha256)) return fail(error_code::invalid_argument, "what is to be removed is not named by a hash");
        auto removed = files_->remove(detail::place_of(folder_, is.sha256));
        if (!removed && removed.error().code == error_code::not_found) return {};
        return removed;
    }

 private:
    [[nodiscard]] result<detail::kept_reader> reader_of(const fingerprint& is) const {
        return detail::kept_reader::begin(*files_, detail::place_of(folder_, is.sha256), is.sha256, keys_);
    }

    // The plain bytes of what lies there now.
    [[nodiscard]] result<fingerprint> kept(const fingerprint& is) const {
        auto from = reader_of(is);
        if (!from) return tl::unexpected<error>(from.error());
        return detail::fingerprint_of(*from);
    }

    static result<byte_source> decrypted(const fingerprint& is, detail::kept_reader& from) {
        if (is.size_bytes > max_spooled_bytes)
            return about(is, {error_code::limit_exceeded, fmt::format("it is larger than {} bytes", max_spooled_bytes)});
        auto memory = encryption::memory_file::create();
        if (!memory) return about(is, memory.error());
        sha256 sum;
        fingerprint found;
        for (;;) {
            const auto bytes = from.next();
            if (!bytes) return about(is, bytes.error());
            if (bytes->empty()) break;
            sum.add(*bytes);
            found.size_bytes += bytes->size();
            if (auto written = memory->write(*bytes); !written) return about(is, written.error());
        }
        found.sha256 = sum.hex();
        if (found != is) return other_bytes(is);
        return memory->bytes();
    }

    // Once, before anything is encrypted with the current key.
    result<void> mark(std::string_view writer) {
        const encryption::named_key* const current = keys_.current();
        if (marked_ || current == nullptr) return {};
        auto left = encryption::leave_key_mark(*files_, folder_, *current, writer);
        marked_ = left.has_value();
        return left;
    }

    // It is there already, perhaps from an attempt that was cut off before the name was durable or its leftover removed.
    result<void> settle(const std::filesystem::path& temporary, const std::filesystem::path& to) {
        if (auto removed = files_->remove(temporary); !removed && removed.error().code != error_code::not_found) return removed;
        if (auto synced = files_->sync_folder(to.parent_path()); !synced) return synced;
        return files_->sync_folder(folder_);
    }

    result<void> copy(const std::filesystem::path& from, const std::filesystem::path& to, const fingerprint& is) {
        auto delivered = detail::kept_reader::begin(*files_, from, is.sha256, {});
        if (!delivered) return tl::unexpected<error>(delivered.error());
        return detail::write_kept(*files_, std::move(*delivered), to, is, keys_.current());
    }

    filedrop::file_system* files_;
    std::filesystem::path folder_;
    encryption::key_ring keys_;
    bool marked_ = false;
};

}  // namespace

std::unique_ptr<original_store> open_folder_store(filedrop::file_system& files, std::filesystem::path folder,
                                                  encryption::key_ring keys) {
    return std::make_unique<folder_store>(files, std::move(folder), std::move(keys));
}

result<std::unique_ptr<original_store>> open_originals(filedrop::file_system& files, const std::filesystem::path& folder,
                                                       const std::optional<encryption::key_settings>& keys) {
    auto ring = read_original_keys(files, folder, keys);
    if (!ring) return tl::unexpected<error>(ring.error());
    return open_folder_store(files, folder, std::move(*ring));
}

result<kept_names> list_originals(filedrop::file_system& files, const std::filesystem::path& folder) {
    const auto folders = files.list(folder);
    if (!folders) return tl::unexpected<error>(folders.error());
    kept_names out;
    for (const std::string& each : *folders) {
        if (each.size() != 2 || !is_lower_hex(each)) continue;
        auto names = files.list(folder / each);
        if (!names) return tl::unexpected<error>(names.error());
        for (std::string& name : *names)
            if (is_original(name) && name.starts_with(each))
                out.sha256s.push_back(std::move(name));
            else
                ++out.strange;
    }
    return out;
}

result<std::unique_ptr<filedrop::open_file>> lock_originals(filedrop::file_system& files, const std::filesystem::path& folder) {
    if (auto made = files.make_folder(folder / "tmp"); !made) return tl::unexpected<error>(made.error());
    auto lock = filedrop::take_lock(files, folder / "tmp" / lock_name);
    if (!lock && lock.error().code == error_code::busy)
        return fail(error_code::busy, "another process encrypts or removes these originals");
    return lock;
}

result<encryption::key_ring> read_original_keys(filedrop::file_system& files, const std::filesystem::path& folder,
                                                const std::optional<encryption::key_settings>& keys) {
    auto ring = encryption::read_keys(keys, files);
    if (!ring) return ring;
    for (const encryption::named_key& each : ring->keys())
        if (auto checked = encryption::check_key_mark(files, folder, each); !checked)
            return tl::unexpected<error>(checked.error());
    return ring;
}

}  // namespace brygga::intake
