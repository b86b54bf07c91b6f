#include "formats/archive/directory.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace brygga::archive {

namespace {

constexpr std::string_view end_mark = "PK\x05\x06", end_mark_64 = "PK\x06\x06", locator_mark = "PK\x06\x07",
                           entry_mark = "PK\x01\x02", local_mark = "PK\x03\x04";
constexpr std::size_t end_bytes = 22, locator_bytes = 20, end_bytes_64 = 56, entry_bytes = 46, local_bytes = 30;
constexpr std::size_t longest_comment = 65'535;
constexpr std::uint64_t in_64 = 0xFFFF'FFFF, count_in_64 = 0xFFFF;  // the value stands in the 64-bit record
constexpr std::uint32_t dos_folder = 0x10;
constexpr std::uint32_t unix_type = 0xF000, unix_folder = 0x4000;

tl::unexpected<error> damaged(std::string_view why) {
    return fail(error_code::invalid_content, fmt::format("the archive is damaged: {}", why));
}

// Little-endian; the caller has looked that the bytes are there.
std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t out = 0;
    for (std::size_t i = size; i-- != 0;)
        out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
    return out;
}

struct directory {
    std::uint64_t entries{}, size{}, offset{};
};

// The end record whose comment reaches to the end of the bytes.
std::optional<std::size_t> end_of(std::string_view bytes) {
    if (bytes.size() < end_bytes) return std::nullopt;
    const std::size_t first = bytes.size() - std::min(bytes.size(), end_bytes + longest_comment);
    for (std::size_t at = bytes.size() - end_bytes + 1; at-- > first;)
        if (bytes.substr(at).starts_with(end_mark) && at + end_bytes + number(bytes, at + 20, 2) == bytes.size()) return at;
    return std::nullopt;
}

result<directory> directory_of(std::string_view bytes) {
    const auto end = end_of(bytes);
    if (!end) return damaged("its end is missing");
    directory out{number(bytes, *end + 10, 2), number(bytes, *end + 12, 4), number(bytes, *end + 16, 4)};
    std::size_t behind = *end;
    const bool is_large = out.entries == count_in_64 || out.size == in_64 || out.offset == in_64;
    const bool has_locator = *end >= locator_bytes && bytes.substr(*end - locator_bytes).starts_with(locator_mark);
    if (is_large && has_locator) {
        const std::uint64_t at = number(bytes, *end - locator_bytes + 8, 8);
        if (at > *end || *end - at < end_bytes_64 || !bytes.substr(at).starts_with(end_mark_64))
            return damaged("its end points elsewhere");
        out = {number(bytes, at + 32, 8), number(bytes, at + 40, 8), number(bytes, at + 48, 8)};
        behind = static_cast<std::size_t>(at);
    }
    if (out.size > behind || out.offset != behind - out.size) return damaged("its directory is not where its end says");
    return out;
}

// Places within the fields that local header and entry of the directory have in common, from the version that is needed on.
constexpr std::size_t common_in_local = 4, common_in_entry = 6, common_bytes = 22;
constexpr std::size_t flags_at = 2, method_at = 4, clock_at = 6, day_at = 8, packed_at = 14, extra_size_at = 24;
constexpr std::uint64_t encrypted_flag = 1, descriptor_flag = 8;

struct entry {
    std::string_view name;
    std::uint64_t packed{}, unpacked{}, local{};
    bool is_folder = false;  // says so of itself
    std::size_t size{};      // of the entry
};

// Values that do not fit in 32 bits stand in the extra field 1, those that are missing above, in this order.
void read_large(entry& item, std::string_view extra) {
    while (extra.size() >= 4) {
        const std::uint64_t id = number(extra, 0, 2), size = number(extra, 2, 2);
        extra.remove_prefix(4);
        if (size > extra.size()) return;
        std::size_t at = 0;
        for (std::uint64_t* each : {&item.unpacked, &item.packed, &item.local}) {
            if (id != 1 || *each != in_64 || at + 8 > size) continue;
            *each = number(extra, at, 8);
            at += 8;
        }
        extra.remove_prefix(size);
    }
}

std::optional<entry> entry_at(std::string_view bytes, std::size_t at, std::size_t end) {
    if (end - at < entry_bytes || !bytes.substr(at).starts_with(entry_mark)) return std::nullopt;
    const std::size_t name = number(bytes, at + 28, 2), extra = number(bytes, at + 30, 2), comment = number(bytes, at + 32, 2);
    entry out;
    out.size = entry_bytes + name + extra + comment;
    if (end - at < out.size) return std::nullopt;
    out.name = bytes.substr(at + entry_bytes, name);
    out.packed = number(bytes, at + 20, 4);
    out.unpacked = number(bytes, at + 24, 4);
    out.local = number(bytes, at + 42, 4);
    const auto attributes = static_cast<std::uint32_t>(number(bytes, at + 38, 4));
    out.is_folder = (attributes & dos_folder) != 0 || (attributes >> 16 & unix_type) == unix_folder;
    read_large(out, bytes.substr(at + entry_bytes + name, extra));
    return out;
}

// Of an entry that is at its place.
zip_entry facts_of(const entry& item, std::string_view bytes, std::size_t at) {
    const std::string_view ours = bytes.substr(at + common_in_entry), local = bytes.substr(item.local + common_in_local);
    const std::uint64_t flags = number(ours, flags_at, 2);
    zip_entry out;
    out.name = item.name;
    out.packed = item.packed;
    out.unpacked = item.unpacked;
    out.position = item.local;
    out.method = static_cast<std::uint16_t>(number(ours, method_at, 2));
    out.clock = static_cast<std::uint16_t>(number(ours, clock_at, 2));
    out.day = static_cast<std::uint16_t>(number(ours, day_at, 2));
    out.is_folder = item.is_folder || item.name.ends_with('/');
    out.is_encrypted = (flags & encrypted_flag) != 0;
    out.has_descriptor = (flags & descriptor_flag) != 0;
    out.has_extra = item.size != entry_bytes + item.name.size() || number(local, extra_size_at, 2) != 0;
    out.is_zip64 =
        number(ours, packed_at, 4) == in_64 || number(ours, packed_at + 4, 4) == in_64 || number(bytes, at + 42, 4) == in_64;
    out.is_alike = out.has_descriptor ? ours.substr(0, packed_at - 4) == local.substr(0, packed_at - 4)
                                      : ours.substr(0, common_bytes) == local.substr(0, common_bytes);
    return out;
}

// Behind the bytes of an entry without descriptor.
std::uint64_t end_of(const zip_entry& item, std::string_view bytes) {
    return item.position + local_bytes + item.name.size() +
           number(bytes, static_cast<std::size_t>(item.position) + common_in_local + extra_size_at, 2) + item.packed;
}

bool is_at_its_place(const entry& item, std::string_view bytes, std::uint64_t directory_at) {
    if (item.local > directory_at || directory_at - item.local < local_bytes) return false;
    const std::string_view local = bytes.substr(item.local, directory_at - item.local);
    return local.starts_with(local_mark) && local.substr(local_bytes, number(local, 26, 2)) == item.name;
}

}  // namespace

result<std::uint64_t> checked_entries(std::string_view bytes, std::uint64_t limit,
                                      const std::function<void(std::uint64_t)>& passed, std::vector<zip_entry>* into) {
    const auto all = directory_of(bytes);
    if (!all) return tl::unexpected(all.error());
    if (all->entries > limit) return fail(error_code::limit_exceeded, fmt::format("the archive has more than {} members", limit));
    std::vector<std::uint64_t> places;
    const auto end = static_cast<std::size_t>(all->offset + all->size);
    for (auto at = static_cast<std::size_t>(all->offset); at != end;) {
        if (places.size() == all->entries) return damaged("its directory has more entries than its end says");
        const auto item = entry_at(bytes, at, end);
        if (!item) return damaged("an entry of its directory cannot be read");
        if (!is_at_its_place(*item, bytes, all->offset)) return damaged("an entry of its directory is not where it says");
        const bool is_named_folder = item->name.ends_with('/');
        if (item->is_folder != is_named_folder && (item->is_folder || item->unpacked != 0))
            return damaged("an entry is no plain folder and no plain file");
        if (is_named_folder && item->unpacked != 0) return damaged("a folder has content");
        places.push_back(item->local);
        if (into != nullptr) into->push_back(facts_of(*item, bytes, at));
        if (passed) passed(item->local);
        at += item->size;
    }
    if (places.size() != all->entries) return damaged("its directory has fewer entries than its end says");
    std::sort(places.begin(), places.end());
    if (std::adjacent_find(places.begin(), places.end()) != places.end()) return damaged("two entries are the same file");
    return all->entries;
}

result<std::vector<zip_entry>> list_zip(std::string_view bytes, const zip_limits& limits) {
    std::vector<zip_entry> made;
    const auto counted = checked_entries(bytes, limits.members, {}, &made);
    if (!counted) return tl::unexpected(counted.error());
    std::sort(made.begin(), made.end(), [](const zip_entry& a, const zip_entry& b) { return a.position < b.position; });
    for (std::size_t i = 0; i < made.size(); ++i)
        made[i].begins_behind_last = i == 0 ? made[i].position == 0 : end_of(made[i - 1], bytes) == made[i].position;
    return made;
}

}  // namespace brygga::archive
