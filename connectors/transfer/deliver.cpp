#include "connectors/transfer/deliver.hpp"

#include <algorithm>
#include <optional>

namespace brygga::transfer {

namespace {

constexpr std::size_t chunk_bytes = std::size_t{256} << 10;

using facts = std::optional<remote_facts>;

bool whole(const facts& file, const parcel& what) {
    return file && file->regular && file->size_bytes == what.bytes.size();
}

// By content, not by size alone; read, unless the server tells the hash.
outcome<bool> holds_our_bytes(remote_files& at, const std::string& path, const facts& file, const parcel& what) {
    if (!whole(file, what)) return false;
    if (!file->sha256.empty()) return file->sha256 == what.sha256;
    const auto hash = sha256_of(at, path);
    if (!hash) return tl::unexpected(hash.error());
    return *hash == what.sha256;
}

tl::unexpected<transfer_error> taken_by_another() {
    return failed(fault::name_taken, "another file with other bytes has the name");
}

tl::unexpected<transfer_error> not_wanted() {
    return failed(fault::not_wanted, "the partner does not have the file, and it is not to be sent any more");
}

class staged_delivery {
 public:
    staged_delivery(remote_files& to, staged_upload& by, std::span<const parcel> all, std::size_t index,
                    const delivery_notes& notes)
        : to_(to),
          by_(by),
          what_(all[index]),
          index_(index),
          notes_(notes),
          path_(joined(what_.folder, what_.name)),
          temporary_(joined(what_.folder, what_.temporary)) {}

    // All bytes under the temporary name; or what has become of the file before.
    outcome<std::optional<delivered>> bring() {
        if (auto looked = look(); !looked) return tl::unexpected(looked.error());
        pass(delivery_step::looked);
        const bool noted = what_.before == tried::uploaded || what_.before == tried::not_renamed;
        if (noted && !part_) return after_a_rename();
        if (there_) return occupied();
        if (!what_.wanted) return not_wanted();
        if (noted && whole(part_, what_)) return std::nullopt;
        // What was noted is no longer there as it was. Its removal must not look like a rename to the next attempt.
        if (noted)
            if (auto withdrawn = notes_.withdraw_upload(index_); !withdrawn) return tl::unexpected(withdrawn.error());
        if (auto sent = upload(); !sent) return tl::unexpected(sent.error());
        return std::nullopt;
    }

    // After the note.
    outcome<delivered> rename() {
        // Some servers replace what has the name.
        if (auto looked = look_at(path_, there_); !looked) return tl::unexpected(looked.error());
        if (there_) return failed(fault::name_taken, "another file has taken the name meanwhile");
        if (auto renamed = by_.rename(temporary_, path_); !renamed) return refused(renamed.error());
        pass(delivery_step::renamed);
        if (auto looked = look_at(path_, there_); !looked) return tl::unexpected(looked.error());
        if (!there_) return renamed_away();
        if (!whole(there_, what_)) return failed(fault::unproven, "the file has another size after its rename");
        pass(delivery_step::seen);
        return delivered::now;
    }

 private:
    void pass(std::string_view step) const {
        if (notes_.at_step) notes_.at_step(step);
    }

    outcome<void> look_at(const std::string& path, facts& into) {
        auto found = to_.facts(path);
        if (!found) return tl::unexpected(found.error());
        into = *found;
        return {};
    }

    outcome<void> look() {
        if (auto looked = look_at(path_, there_); !looked) return looked;
        if (what_.before == tried::never) return {};
        return look_at(temporary_, part_);
    }

    outcome<delivered> renamed_away() {
        if (auto looked = look_at(temporary_, part_); !looked) return tl::unexpected(looked.error());
        if (part_) return failed(fault::unproven, "the server said that it renamed the file, and it has its old name");
        return delivered::collected;
    }

    // By a name that was taken since we looked, or for a reason of the server's.
    outcome<delivered> refused(const transfer_error& why) {
        if (info(why.what).how_far == reach::connection || !look_at(path_, there_) || !there_) return tl::unexpected(why);
        const auto ours = holds_our_bytes(to_, path_, there_, what_);
        if (ours && !*ours) return taken_by_another();
        return tl::unexpected(why);
    }

    // All bytes were there and the temporary name is gone: only our rename takes it away.
    outcome<std::optional<delivered>> after_a_rename() {
        if (whole(there_, what_)) {
            const auto same = holds_our_bytes(to_, path_, there_, what_);
            const bool hidden = !same && (same.error().what == fault::permission || same.error().what == fault::not_supported);
            if (!same && !hidden) return tl::unexpected(same.error());
            // Of a file that nobody may read the size must do.
            if (hidden || *same) return delivered::before;
        }
        if (what_.before == tried::not_renamed)
            return failed(fault::in_doubt, "all bytes were there under a temporary name, which is gone without our rename");
        if (!there_) return delivered::collected;
        return failed(fault::name_taken, "another file has the name; ours had been delivered and was taken away");
    }

    outcome<std::optional<delivered>> occupied() {
        auto same = holds_our_bytes(to_, path_, there_, what_);
        if (!same) return tl::unexpected(same.error());
        if (!*same) return taken_by_another();
        if (part_)
            if (auto removed = to_.remove(temporary_); !removed) return tl::unexpected(removed.error());
        return delivered::before;
    }

    // Goes on where an earlier attempt ended, unless the server lets nobody read what was left.
    outcome<void> upload() {
        const std::uint64_t begin = part_ && part_->regular && part_->size_bytes <= what_.bytes.size() ? part_->size_bytes : 0;
        auto proof = write_and_prove(begin);
        if (proof && *proof == read_back::unreadable && begin != 0) proof = write_and_prove(0);
        if (!proof) return tl::unexpected(proof.error());
        if (*proof == read_back::short_or_gone)
            return unproven("the server took all bytes, and the file there is missing or of another size");
        if (*proof == read_back::other_bytes) return unproven("the server took all bytes, and those that are there are others");
        pass(delivery_step::proven);
        return {};
    }

    enum class read_back : std::uint8_t { our_bytes, other_bytes, short_or_gone, unreadable };

    // What a server says of each write proves nothing: the file is read back. Where we may only write its size must do.
    outcome<read_back> write_and_prove(std::uint64_t begin) {
        if (auto sent = write_from(begin); !sent) return tl::unexpected(sent.error());
        pass(delivery_step::written);
        if (auto looked = look_at(temporary_, part_); !looked) return tl::unexpected(looked.error());
        if (!whole(part_, what_)) return read_back::short_or_gone;
        const auto same = holds_our_bytes(to_, temporary_, part_, what_);
        if (same) return *same ? read_back::our_bytes : read_back::other_bytes;
        if (same.error().what == fault::not_found) return read_back::short_or_gone;
        if (same.error().what == fault::permission || same.error().what == fault::not_supported) return read_back::unreadable;
        return tl::unexpected(same.error());
    }

    // What is there is of no use: without it the next attempt begins at the beginning.
    tl::unexpected<transfer_error> unproven(std::string text) {
        static_cast<void>(to_.remove(temporary_));
        return failed(fault::unproven, std::move(text));
    }

    outcome<void> write_from(std::uint64_t begin) {
        auto out = by_.write(temporary_, begin);
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

    remote_files& to_;
    staged_upload& by_;
    const parcel& what_;
    std::size_t index_;
    const delivery_notes& notes_;
    std::string path_, temporary_;
    facts there_, part_;
};

class whole_delivery {
 public:
    whole_delivery(remote_files& to, whole_upload& by, std::span<const parcel> all, std::size_t index,
                   const delivery_notes& notes)
        : to_(to), by_(by), what_(all[index]), index_(index), notes_(notes), path_(joined(what_.folder, what_.name)) {}

    outcome<delivered> run() {
        auto there = to_.facts(path_);
        if (!there) return tl::unexpected(there.error());
        pass(delivery_step::looked);
        if (*there) {
            auto same = holds_our_bytes(to_, path_, *there, what_);
            if (!same) return tl::unexpected(same.error());
            if (!*same) return taken_by_another();
            return delivered::before;
        }
        if (what_.before == tried::uploaded || what_.before == tried::not_renamed)
            return failed(fault::in_doubt, "an earlier attempt may have brought the file, and it is not there");
        if (!what_.wanted) return not_wanted();
        const auto told = upload();
        if (!told) return tl::unexpected(told.error());
        pass(delivery_step::written);
        return look(*told);
    }

 private:
    void pass(std::string_view step) const {
        if (notes_.at_step) notes_.at_step(step);
    }

    // The hash that the server tells.
    outcome<std::string> upload() {
        bool noted = false;
        auto sent = by_.put(path_, what_.bytes, what_.sha256, [&](bool last) -> outcome<void> {
            pass(delivery_step::writing);
            if (!last) return {};
            if (auto done = notes_.note_uploaded({&index_, 1}); !done) return done;
            noted = true;
            pass(delivery_step::noted);
            return {};
        });
        if (sent || !noted || sent.error().what == fault::unanswered) return sent;
        if (auto withdrawn = notes_.withdraw_upload(index_); !withdrawn) return tl::unexpected(withdrawn.error());
        return sent;
    }

    // The server has said yes.
    outcome<delivered> look(const std::string& told) {
        auto there = to_.facts(path_);
        if (!there) return tl::unexpected(there.error());
        if (!*there) {
            if (told == what_.sha256) return delivered::collected;
            return failed(fault::in_doubt, "the server said that it took the file, and it is not there");
        }
        const bool ours = whole(*there, what_) && ((*there)->sha256.empty() || (*there)->sha256 == what_.sha256);
        if (!ours) return unproven();
        pass(delivery_step::seen);
        return delivered::now;
    }

    // What has our name is not our file. Once it is away the next attempt may send the file again.
    tl::unexpected<transfer_error> unproven() {
        if (to_.remove(path_)) {
            if (auto withdrawn = notes_.withdraw_upload(index_); !withdrawn) return tl::unexpected(withdrawn.error());
        }
        return failed(fault::unproven, "the server took the file, and what is there has another size or hash");
    }

    remote_files& to_;
    whole_upload& by_;
    const parcel& what_;
    std::size_t index_;
    const delivery_notes& notes_;
    std::string path_;
};

using outcomes = std::vector<std::optional<outcome<delivered>>>;

bool ends_connection(const outcome<delivered>& ended) {
    return !ended && info(ended.error().what).how_far == reach::connection;
}

class staged_deliveries {
 public:
    staged_deliveries(remote_files& to, staged_upload& by, std::span<const parcel> what, const delivery_notes& notes)
        : notes_(notes), ended_(what.size()) {
        for (std::size_t i = 0; i < what.size(); ++i)
            all_.emplace_back(to, by, what, i, notes);
    }

    outcomes run() && {
        // What could not be renamed now is not noted either: the note says that only our rename takes the temporary file away.
        if (bring() && !brought_.empty() && note()) rename();
        return std::move(ended_);
    }

 private:
    // False: the connection is of no more use.
    bool bring() {
        for (std::size_t i = 0; i < all_.size(); ++i) {
            const auto came = all_[i].bring();
            if (!came)
                ended_[i] = tl::unexpected(came.error());
            else if (*came)
                ended_[i] = **came;
            else
                brought_.push_back(i);
            if (ended_[i] && ends_connection(*ended_[i])) return false;
        }
        return true;
    }

    bool note() {
        if (auto noted = notes_.note_uploaded(brought_); !noted) {
            for (const std::size_t i : brought_)
                ended_[i] = tl::unexpected(noted.error());
            return false;
        }
        if (notes_.at_step) notes_.at_step(delivery_step::noted);
        return true;
    }

    void rename() {
        for (const std::size_t i : brought_) {
            ended_[i] = all_[i].rename();
            if (ends_connection(*ended_[i])) return;
        }
    }

    const delivery_notes& notes_;
    std::vector<staged_delivery> all_;
    std::vector<std::size_t> brought_;
    outcomes ended_;
};

outcomes deliver_whole(remote_files& to, whole_upload& by, std::span<const parcel> what, const delivery_notes& notes) {
    outcomes ended(what.size());
    for (std::size_t i = 0; i < what.size(); ++i) {
        ended[i] = whole_delivery(to, by, what, i, notes).run();
        if (ends_connection(*ended[i])) break;
    }
    return ended;
}

}  // namespace

outcomes deliver(remote_files& to, std::span<const parcel> what, const delivery_notes& notes) {
    const upload_way how = to.uploads();
    if (staged_upload* const* const by = std::get_if<staged_upload*>(&how)) return staged_deliveries(to, **by, what, notes).run();
    return deliver_whole(to, *std::get<whole_upload*>(how), what, notes);
}

outcome<void> clear_away(remote_files& from, const std::string& temporary) {
    if (!std::holds_alternative<staged_upload*>(from.uploads())) return {};
    auto removed = from.remove(temporary);
    if (!removed && removed.error().what == fault::not_found) return {};
    return removed;
}

}  // namespace brygga::transfer
