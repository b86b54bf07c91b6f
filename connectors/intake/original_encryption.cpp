#include "connectors/intake/original_encryption.hpp"

#include <utility>

#include <fmt/format.h>

#include "connectors/encryption/key_mark.hpp"
#include "connectors/intake/detail/kept_file.hpp"
#include "connectors/intake/original_store.hpp"

namespace brygga::intake {

namespace {

constexpr std::string_view writer_name = "encrypt";  // below tmp/, no claim
class rewriting {
 public:
    rewriting(filedrop::file_system& files, const std::filesystem::path& folder, const encryption::key_ring& keys,
              const std::function<void(std::string_view)>& at_step)
        : files_(files), folder_(folder), keys_(keys), at_step_(at_step), temporary_(folder / "tmp" / writer_name) {}

    result<encryption_outcome> run() {
        const auto names = list_originals(files_, folder_);
        if (!names) return tl::unexpected<error>(names.error());
        out_.strange = names->strange;
        for (const std::string& each : names->sha256s) {
            const auto rewritten = rewrite(each);
            if (rewritten) continue;
            // A leftover is written over by the next one, or by the next run.
            (void)files_.remove(temporary_);
            if (++out_.faults_total <= max_encryption_faults)
                out_.faults.push_back(fmt::format("the kept original {}: {}", each, rewritten.error().text));
        }
        return std::move(out_);
    }

 private:
    struct kept {
        fingerprint is;
        std::uint64_t* counts_as{};  // when it is rewritten; null when there is nothing to do
    };

    [[nodiscard]] result<kept> look_at(const std::filesystem::path& place, const std::string& sha256) {
        const auto file = files_.open(place);
        if (!file) return tl::unexpected<error>(file.error());
        const auto head = encryption::read_head(**file);
        if (!head) return tl::unexpected<error>(head.error());
        if (!encryption::is_encrypted(*head, sha256)) {
            const auto facts = (*file)->facts();
            if (!facts) return tl::unexpected<error>(facts.error());
            return kept{{sha256, facts->size_bytes}, &out_.encrypted};
        }
        const auto header = encryption::parse_header(*head);
        if (!header) return tl::unexpected<error>(header.error());
        return kept{{sha256, header->of.size_bytes}, header->key_id == keys_.current()->id ? nullptr : &out_.renewed};
    }

    result<void> rewrite(const std::string& sha256) {
        const std::filesystem::path place = detail::place_of(folder_, sha256);
        const auto old = look_at(place, sha256);
        if (!old) return tl::unexpected<error>(old.error());
        if (old->counts_as == nullptr) {
            ++out_.current;
            return {};
        }
        if (auto room = detail::leave_room(files_, folder_, encryption::encrypted_size(old->is.size_bytes)); !room) return room;
        auto from = detail::kept_reader::begin(files_, place, sha256, keys_);
        if (!from) return tl::unexpected<error>(from.error());
        auto written = detail::write_kept(files_, std::move(*from), temporary_, old->is, keys_.current());
        // Nobody writes to a kept file.
        if (!written && written.error().code == error_code::busy)
            return fail(error_code::corrupt, "it holds other bytes than when it was kept");
        if (!written) return written;
        pass(step::original_encrypted);
        const auto proved = fingerprint_in(temporary_, sha256);
        if (!proved) return tl::unexpected<error>(proved.error());
        if (*proved != old->is) return fail(error_code::io, "what was encrypted was read back as something else");
        pass(step::original_proved);
        if (auto renamed = files_.rename_over(temporary_, place); !renamed) return renamed;
        pass(step::original_replaced);
        if (auto synced = files_.sync_folder(place.parent_path()); !synced) return synced;
        ++*old->counts_as;
        return {};
    }

    // Of the plain bytes.
    [[nodiscard]] result<fingerprint> fingerprint_in(const std::filesystem::path& path, std::string_view sha256) {
        auto from = detail::kept_reader::begin(files_, path, sha256, keys_);
        if (!from) return tl::unexpected<error>(from.error());
        return detail::fingerprint_of(*from);
    }

    void pass(std::string_view step) const {
        if (at_step_) at_step_(step);
    }

    filedrop::file_system& files_;
    const std::filesystem::path& folder_;
    const encryption::key_ring& keys_;
    const std::function<void(std::string_view)>& at_step_;
    std::filesystem::path temporary_;
    encryption_outcome out_;
};

}  // namespace

result<encryption_outcome> encrypt_originals(filedrop::file_system& files, const std::filesystem::path& folder,
                                             const encryption::key_ring& keys,
                                             const std::function<void(std::string_view)>& at_step) {
    if (keys.current() == nullptr)
        return fail(error_code::invalid_argument, "the configuration names no key for the originals: [encryption] does");
    const auto lock = lock_originals(files, folder);
    if (!lock) return tl::unexpected<error>(lock.error());
    // Of a process that was killed at it; its original is still to be done, or another process has done it since.
    if (auto removed = files.remove(folder / "tmp" / writer_name); !removed && removed.error().code != error_code::not_found)
        return tl::unexpected<error>(removed.error());
    if (auto marked = encryption::leave_key_mark(files, folder, *keys.current(), writer_name); !marked)
        return tl::unexpected<error>(marked.error());
    return rewriting(files, folder, keys, at_step).run();
}

}  // namespace brygga::intake
