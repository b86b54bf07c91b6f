#include "connectors/intake/detail/kept_file.hpp"

#include <utility>

#include "connectors/intake/original_store.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::intake::detail {

namespace {

// Plain without a key.
class kept_writer {
 public:
    static result<kept_writer> begin(filedrop::open_file& to, const fingerprint& of, const encryption::named_key* key) {
        kept_writer out(to);
        if (key == nullptr) return out;
        auto begun = encryption::writer::begin(to, *key, {of.sha256, of.size_bytes});
        if (!begun) return tl::unexpected<error>(begun.error());
        out.encrypted_.emplace(std::move(*begun));
        return out;
    }
    result<void> add(std::string_view plain) { return encrypted_ ? encrypted_->add(plain) : to_->write(plain); }
    // Durable when it returns.
    result<void> finish() {
        if (encrypted_)
            if (auto finished = encrypted_->finish(); !finished) return finished;
        return to_->sync();
    }

 private:
    explicit kept_writer(filedrop::open_file& to) : to_(&to) {}

    filedrop::open_file* to_;
    std::optional<encryption::writer> encrypted_;
};

}  // namespace

std::filesystem::path place_of(const std::filesystem::path& folder, std::string_view sha256) {
    return folder / sha256.substr(0, 2) / sha256;
}

result<kept_reader> kept_reader::begin(filedrop::file_system& files, const std::filesystem::path& path, std::string_view sha256,
                                       const encryption::key_ring& keys) {
    auto file = files.open(path);
    if (!file) return tl::unexpected<error>(file.error());
    auto head = encryption::read_head(**file);
    if (!head) return tl::unexpected<error>(head.error());
    kept_reader out(std::move(*file));
    if (!encryption::is_encrypted(*head, sha256)) {
        out.head_ = std::move(*head);
        return out;
    }
    auto decrypted = encryption::reader::begin(*out.file_, *head, keys);
    if (!decrypted) return tl::unexpected<error>(decrypted.error());
    out.decrypted_.emplace(std::move(*decrypted));
    return out;
}

result<std::string_view> kept_reader::next() {
    if (decrypted_) return decrypted_->next();
    if (block_.empty()) {
        block_.resize(file_block_bytes);
        if (!head_.empty()) return std::string_view(head_);
    }
    const auto got = file_->read(block_);
    if (!got) return tl::unexpected<error>(got.error());
    return std::string_view(block_.data(), *got);
}

result<fingerprint> fingerprint_of(kept_reader& from) {
    sha256 sum;
    fingerprint out;
    for (;;) {
        const auto bytes = from.next();
        if (!bytes) return tl::unexpected<error>(bytes.error());
        if (bytes->empty()) break;
        sum.add(*bytes);
        out.size_bytes += bytes->size();
    }
    out.sha256 = sum.hex();
    return out;
}

result<void> leave_room(filedrop::file_system& files, const std::filesystem::path& folder, std::uint64_t size_bytes) {
    const auto free = files.free_bytes(folder);
    if (!free) return tl::unexpected<error>(free.error());
    if (*free >= min_free_bytes && *free - min_free_bytes >= size_bytes) return {};
    return fail(error_code::no_space, "the disk of the originals has no room for a copy of the file");
}

result<void> write_kept(filedrop::file_system& files, kept_reader from, const std::filesystem::path& to, const fingerprint& is,
                        const encryption::named_key* key) {
    const auto target = files.create(to);
    if (!target) return tl::unexpected<error>(target.error());
    auto into = kept_writer::begin(**target, is, key);
    if (!into) return tl::unexpected<error>(into.error());
    sha256 sum;
    fingerprint written;
    for (;;) {
        const auto bytes = from.next();
        if (!bytes) return tl::unexpected<error>(bytes.error());
        if (bytes->empty()) break;
        sum.add(*bytes);
        written.size_bytes += bytes->size();
        if (written.size_bytes > is.size_bytes) break;
        if (auto stored = into->add(*bytes); !stored) return stored;
    }
    written.sha256 = sum.hex();
    if (written != is) return fail(error_code::busy, "the file changed while it was copied");
    return into->finish();
}

}  // namespace brygga::intake::detail
