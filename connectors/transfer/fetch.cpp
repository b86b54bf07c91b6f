#include "connectors/transfer/fetch.hpp"

#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "connectors/filedrop/claim.hpp"
#include "connectors/filedrop/inbox.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::transfer {

namespace {

constexpr std::size_t block_bytes = std::size_t{256} << 10;
constexpr std::size_t key_digits = 32;

tl::unexpected<transfer_error> ours(const error& why) {
    return failed(fault::ours, why.text);
}

std::string key_of(const source_folder& where, const remote_entry& entry) {
    return sha256_hex(fmt::format("{}\n{}\n{}\n{}\n{}", where.partner, where.folder, entry.name, entry.facts.size_bytes,
                                  entry.facts.modified_s))
        .substr(0, key_digits);
}

// In staging a whole file is called KEY__NAME, with the partner's name as escape_name gives it; a part of one KEY.part.
constexpr std::string_view before_name = "__";

struct staged_file {
    std::string key, name;

    [[nodiscard]] std::filesystem::path in(const std::filesystem::path& staging) const {
        return staging / fmt::format("{}{}{}", key, before_name, filedrop::escape_name(name));
    }
};

std::optional<staged_file> parse_staged(std::string_view text) {
    if (text.size() <= key_digits + before_name.size() || text.substr(key_digits, before_name.size()) != before_name)
        return std::nullopt;
    return staged_file{std::string(text.substr(0, key_digits)),
                       filedrop::unescape_name(text.substr(key_digits + before_name.size()))};
}

void pass(const fetch_notes& notes, std::string_view step) {
    if (notes.at_step) notes.at_step(step);
}

outcome<void> into_inbox(const home_folders& home, const staged_file& file) {
    const std::string name = filedrop::inbox_name(file.name);
    auto moved = filedrop::move_durably(*home.files, file.in(home.staging), home.inbox / name);
    if (!moved && moved.error().code == error_code::already_exists)
        moved = filedrop::move_durably(*home.files, file.in(home.staging), home.inbox / (file.key + "-" + name));
    if (!moved) return ours(moved.error());
    return {};
}

outcome<void> note_and_place(const home_folders& home, const staged_file& file, const fetch_notes& notes) {
    const auto print = intake::fingerprint_of(*home.files, file.in(home.staging));
    if (!print) return ours(print.error());
    const auto known = notes.state_of(file.key);
    if (!known) return tl::unexpected(known.error());
    if (known->state != fetch_state::taken || known->sha256 != print->sha256)
        if (auto noted = notes.note_taken({file.key, file.name, print->size_bytes, print->sha256}); !noted) return noted;
    pass(notes, fetch_step::taken);
    if (auto placed = into_inbox(home, file); !placed) return placed;
    pass(notes, fetch_step::placed);
    return {};
}

class visit {
 public:
    visit(remote_files& from, const source_folder& where, const remote_entry& entry, const home_folders& home,
          const fetch_notes& notes)
        : from_(from),
          where_(where),
          entry_(entry),
          home_(home),
          notes_(notes),
          path_(joined(where.folder, entry.name)),
          file_{key_of(where, entry), entry.name} {}

    outcome<fetched> run() {
        const auto known = notes_.state_of(file_.key);
        if (!known) return tl::unexpected(known.error());
        // What was cleared away and is there again is a new file, unless it was to be left.
        if (known->state == fetch_state::cleared && where_.then == afterwards::leave) return fetched::before;
        if (known->state == fetch_state::taken) {
            // Another file may stand there with the size and time of what was taken: it must not be cleared away unread.
            const auto there = sha256_of(from_, path_);
            if (!there) return tl::unexpected(there.error());
            if (*there == known->sha256) return finish(fetched::before);
        }
        const auto whole = bring();
        if (!whole) return tl::unexpected(whole.error());
        return *whole ? finish(fetched::now) : outcome<fetched>(fetched::changing);
    }

 private:
    [[nodiscard]] std::filesystem::path partly() const { return home_.staging / (file_.key + ".part"); }

    outcome<std::uint64_t> size_at_home(const std::filesystem::path& path) const {
        const auto facts = home_.files->facts(path);
        if (facts) return facts->size_bytes;
        if (facts.error().code == error_code::not_found) return std::uint64_t{0};
        return ours(facts.error());
    }

    // False: it changed meanwhile.
    outcome<bool> bring() {
        if (auto read = download(); !read) return tl::unexpected(read.error());
        const auto size = size_at_home(partly());
        if (!size) return tl::unexpected(size.error());
        auto now = from_.facts(path_);
        if (!now) return tl::unexpected(now.error());
        if (!*now || !same_version(**now, entry_.facts) || *size != entry_.facts.size_bytes) {
            if (auto gone = home_.files->remove(partly()); !gone) return ours(gone.error());
            return false;
        }
        if (auto same = compare_with(now->value().sha256); !same) return tl::unexpected(same.error());
        if (auto moved = filedrop::move_durably(*home_.files, partly(), file_.in(home_.staging)); !moved)
            return ours(moved.error());
        pass(notes_, fetch_step::whole);
        if (auto placed = note_and_place(home_, file_, notes_); !placed) return tl::unexpected(placed.error());
        return true;
    }

    // What came, where the server tells its hash.
    outcome<void> compare_with(const std::string& told) const {
        if (told.empty()) return {};
        const auto print = intake::fingerprint_of(*home_.files, partly());
        if (!print) return ours(print.error());
        if (print->sha256 == told) return {};
        if (auto gone = home_.files->remove(partly()); !gone) return ours(gone.error());
        return failed(fault::unproven, "the bytes that came are not those that the server tells the hash of");
    }

    // Goes on where an earlier attempt at this version ended.
    outcome<void> download() {
        auto begin = size_at_home(partly());
        if (!begin) return tl::unexpected(begin.error());
        if (*begin > entry_.facts.size_bytes) {
            if (auto gone = home_.files->remove(partly()); !gone) return ours(gone.error());
            *begin = 0;
        }
        auto in = from_.read(path_, *begin);
        if (!in) return tl::unexpected(in.error());
        auto out = home_.files->append(partly());
        if (!out) return ours(out.error());
        std::vector<char> block(block_bytes);
        // One block more than was listed is enough to see that it grows.
        for (std::uint64_t have = *begin; have <= entry_.facts.size_bytes;) {
            const auto got = (*in)->read(block);
            if (!got) return tl::unexpected(got.error());
            if (*got == 0) break;
            if (auto written = (*out)->write({block.data(), *got}); !written) return ours(written.error());
            have += *got;
            pass(notes_, fetch_step::reading);
        }
        if (auto synced = (*out)->sync(); !synced) return ours(synced.error());
        return {};
    }

    // The bytes are in the inbox: away at the partner.
    outcome<fetched> finish(fetched how) {
        if (where_.then != afterwards::leave) {
            if (auto done = clear(); !done) return tl::unexpected(done.error());
            pass(notes_, fetch_step::cleared);
        }
        if (auto noted = notes_.note_cleared(file_.key); !noted) return tl::unexpected(noted.error());
        pass(notes_, fetch_step::noted);
        return how;
    }

    // Only the version that is ours: another file of this name is another file.
    outcome<void> clear() {
        auto now = from_.facts(path_);
        if (!now) return tl::unexpected(now.error());
        if (!*now || !same_version(**now, entry_.facts)) return {};
        // Gone is gone, whoever did it: also an earlier request of ours that nobody answered.
        const bool moves = where_.then == afterwards::move;
        auto done = moves ? move_away() : from_.remove(path_);
        if (!done && (moves || done.error().what != fault::not_found)) return done;
        now = from_.facts(path_);
        if (!now) return tl::unexpected(now.error());
        if (*now && same_version(**now, entry_.facts))
            return failed(fault::unproven, "the server said that the file is gone, and it is there");
        return {};
    }

    outcome<void> move_away() {
        const upload_way how = from_.uploads();
        staged_upload* const* const renaming = std::get_if<staged_upload*>(&how);
        if (renaming == nullptr) return failed(fault::not_supported, "this server gives no file another name");
        const std::string to = joined(where_.done_folder, entry_.name);
        auto taken = from_.facts(to);
        if (!taken) return tl::unexpected(taken.error());
        return (*renaming)->rename(path_, *taken ? joined(where_.done_folder, file_.key + "-" + entry_.name) : to);
    }

    remote_files& from_;
    const source_folder& where_;
    const remote_entry& entry_;
    const home_folders& home_;
    const fetch_notes& notes_;
    std::string path_;
    staged_file file_;
};

}  // namespace

outcome<void> place_staged(const home_folders& home, const fetch_notes& notes) {
    const auto names = home.files->list(home.staging);
    if (!names) return ours(names.error());
    for (const std::string& each : *names) {
        const auto file = parse_staged(each);
        if (!file) continue;
        if (auto placed = note_and_place(home, *file, notes); !placed) return placed;
    }
    return {};
}

outcome<fetched> fetch(remote_files& from, const source_folder& where, const remote_entry& entry, const home_folders& home,
                       const fetch_notes& notes) {
    return visit(from, where, entry, home, notes).run();
}

}  // namespace brygga::transfer
