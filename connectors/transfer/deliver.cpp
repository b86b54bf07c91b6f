#include "connectors/transfer/deliver.hpp"

#include <algorithm>
#include <optional>

namespace brygga::transfer {

namespace {

constexpr std::size_t chunk_bytes = std::size_t{256} << 10;

class delivery {
 public:
    delivery(remote_files& to, const parcel& what, const delivery_notes& notes)
        : to_(to),
          what_(what),
          notes_(notes),
          path_(joined(what.folder, what.name)),
          temporary_(joined(what.folder, what.temporary)) {}

    outcome<delivered> run() {
        auto looked = look();
        if (!looked) return tl::unexpected(looked.error());
        pass(delivery_step::looked);
        if (notes_.uploaded && !part_) return after_a_rename();
        if (there_) return occupied();
        if (!notes_.uploaded || !whole(part_)) {
            if (auto sent = upload(); !sent) return tl::unexpected(sent.error());
            if (auto noted = notes_.note_uploaded(); !noted) return tl::unexpected(noted.error());
            pass(delivery_step::noted);
        }
        return rename();
    }

 private:
    using facts = std::optional<remote_facts>;

    void pass(std::string_view step) const {
        if (notes_.at_step) notes_.at_step(step);
    }
    [[nodiscard]] bool whole(const facts& file) const { return file && file->regular && file->size_bytes == what_.bytes.size(); }

    outcome<void> look() {
        auto there = to_.facts(path_);
        if (!there) return tl::unexpected(there.error());
        auto part = to_.facts(temporary_);
        if (!part) return tl::unexpected(part.error());
        there_ = *there;
        part_ = *part;
        return {};
    }

    // All bytes were there and the temporary name is gone: only our rename takes it away.
    outcome<delivered> after_a_rename() const {
        if (!there_) return delivered::collected;
        if (whole(there_)) return delivered::before;
        return failed(fault::name_taken, "another file has the name; ours had been delivered and was taken away");
    }

    outcome<delivered> occupied() {
        auto same = holds_our_bytes(path_, there_);
        if (!same) return tl::unexpected(same.error());
        if (!*same) return failed(fault::name_taken, "another file with other bytes has the name");
        if (part_)
            if (auto removed = to_.remove(temporary_); !removed) return tl::unexpected(removed.error());
        return delivered::before;
    }

    // By content, not by size alone.
    outcome<bool> holds_our_bytes(const std::string& path, const facts& file) {
        if (!whole(file)) return false;
        const auto hash = sha256_of(to_, path);
        if (!hash) return tl::unexpected(hash.error());
        return *hash == what_.sha256;
    }

    // Goes on where an earlier attempt ended. What was written before a cut is proven by reading it back.
    outcome<void> upload() {
        const std::uint64_t begin = part_ && part_->regular && part_->size_bytes <= what_.bytes.size() ? part_->size_bytes : 0;
        auto sent = write_from(begin);
        if (!sent) return sent;
        pass(delivery_step::written);
        auto now = to_.facts(temporary_);
        if (!now) return tl::unexpected(now.error());
        if (!whole(*now)) return unproven("the server took all bytes, and the file there is missing or of another size");
        if (begin != 0) {
            auto same = holds_our_bytes(temporary_, *now);
            if (!same) return tl::unexpected(same.error());
            if (!*same) return unproven("the bytes of two attempts do not make our file");
        }
        pass(delivery_step::proven);
        return {};
    }

    // What is there is of no use: without it the next attempt begins at the beginning.
    tl::unexpected<transfer_error> unproven(std::string text) {
        static_cast<void>(to_.remove(temporary_));
        return failed(fault::unproven, std::move(text));
    }

    outcome<void> write_from(std::uint64_t begin) {
        auto out = to_.write(temporary_, begin);
        if (!out) return tl::unexpected(out.error());
        std::string_view left = what_.bytes.substr(static_cast<std::size_t>(begin));
        while (!left.empty()) {
            pass(delivery_step::writing);
            auto written = (*out)->write(left.substr(0, chunk_bytes));
            if (!written) return written;
            left.remove_prefix(std::min(left.size(), chunk_bytes));
        }
        return (*out)->finish();
    }

    outcome<delivered> rename() {
        // Some servers replace what has the name.
        if (auto looked = look(); !looked) return tl::unexpected(looked.error());
        if (there_) return failed(fault::name_taken, "another file has taken the name meanwhile");
        if (auto renamed = to_.rename(temporary_, path_); !renamed) return tl::unexpected(renamed.error());
        pass(delivery_step::renamed);
        if (auto looked = look(); !looked) return tl::unexpected(looked.error());
        if (part_) return failed(fault::unproven, "the server said that it renamed the file, and it has its old name");
        if (!there_) return delivered::collected;
        if (!whole(there_)) return failed(fault::unproven, "the file has another size after its rename");
        pass(delivery_step::seen);
        return delivered::now;
    }

    remote_files& to_;
    const parcel& what_;
    const delivery_notes& notes_;
    std::string path_, temporary_;
    facts there_, part_;
};

}  // namespace

outcome<delivered> deliver(remote_files& to, const parcel& what, const delivery_notes& notes) {
    return delivery(to, what, notes).run();
}

}  // namespace brygga::transfer
