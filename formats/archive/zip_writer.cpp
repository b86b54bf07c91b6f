#include "formats/archive/zip_writer.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <zlib.h>

#include "formats/core/small_letters.hpp"

namespace brygga::archive {

namespace {

constexpr std::string_view local_mark = "PK\x03\x04", entry_mark = "PK\x01\x02", end_mark = "PK\x05\x06";
constexpr std::uint64_t local_bytes = 30, entry_bytes = 46, end_bytes = 22;
constexpr std::uint16_t version = 10;  // 1.0: stored members only
constexpr std::size_t longest_name = 1024;

// Little-endian.
void append(std::string& to, std::uint64_t number, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i)
        to += static_cast<char>(number >> 8 * i & 0xFFU);
}

bool is_plain_step(std::string_view step) noexcept {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    return !step.empty() && step != "." && step != ".." && step.find_first_not_of(letters) == std::string_view::npos;
}

bool is_plain_path(std::string_view name) noexcept {
    if (name.size() > longest_name) return false;
    for (;;) {
        const std::size_t slash = name.find('/');
        if (!is_plain_step(name.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        name.remove_prefix(slash + 1);
    }
}

std::uint32_t check_sum_of(std::string_view bytes) {
    return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

}  // namespace

std::optional<dos_time> dos_time_of(std::chrono::sys_seconds clock) noexcept {
    using namespace std::chrono;
    const sys_days day = floor<days>(clock);
    const year_month_day date(day);
    const int year = static_cast<int>(date.year());
    constexpr int first_year = 1980, last_year = 2107;
    if (year < first_year || year > last_year) return std::nullopt;
    const hh_mm_ss time(clock - day);
    const unsigned packed_day = static_cast<unsigned>(year - first_year) << 9 | static_cast<unsigned>(date.month()) << 5 |
                                static_cast<unsigned>(date.day());
    const auto packed_clock = time.hours().count() << 11 | time.minutes().count() << 5 | time.seconds().count() / 2;
    return dos_time{static_cast<std::uint16_t>(packed_day), static_cast<std::uint16_t>(packed_clock)};
}

zip_writer::zip_writer(std::function<void(std::string_view)> to, dos_time at, const zip_write_limits& within)
    : to_(std::move(to)), at_(at), within_(within) {
    within_.members = std::min(within_.members, most_zip_members);
    within_.bytes = std::min(within_.bytes, most_zip_bytes);
}

result<void> zip_writer::add(std::string_view name, std::string_view bytes) {
    if (finished_) return fail(error_code::invalid_argument, "the archive is finished");
    if (!is_plain_path(name)) return fail(error_code::invalid_argument, "a member of the archive has no plain name");
    if (entries_.size() == within_.members)
        return fail(error_code::limit_exceeded, fmt::format("the archive has more than {} members", within_.members));
    const std::uint64_t local = local_bytes + name.size() + bytes.size(), in_directory = entry_bytes + name.size();
    if (bytes.size() > within_.bytes || written_ + local + directory_ + in_directory + end_bytes > within_.bytes)
        return fail(error_code::limit_exceeded, fmt::format("the archive has more than {} bytes", within_.bytes));
    if (!names_.insert(in_small_letters(name)).second)
        return fail(error_code::already_exists, "two members of the archive have one name");
    entry made{std::string(name), check_sum_of(bytes), static_cast<std::uint32_t>(bytes.size()),
               static_cast<std::uint32_t>(written_)};
    std::string head(local_mark);
    head += shared_fields(made);
    head += name;
    write(head);
    write(bytes);
    directory_ += in_directory;
    entries_.push_back(std::move(made));
    return {};
}

// From the version that is needed to the size of the extra field, alike before a member and in the directory.
std::string zip_writer::shared_fields(const entry& item) const {
    constexpr std::uint16_t flags = 0, stored = 0, extra = 0;
    std::string out;
    append(out, version, 2);
    append(out, flags, 2);
    append(out, stored, 2);
    append(out, at_.clock, 2);
    append(out, at_.day, 2);
    append(out, item.check_sum, 4);
    append(out, item.size, 4);  // packed
    append(out, item.size, 4);
    append(out, item.name.size(), 2);
    append(out, extra, 2);
    return out;
}

result<void> zip_writer::finish() {
    if (finished_) return fail(error_code::invalid_argument, "the archive is finished");
    finished_ = true;
    const std::uint64_t offset = written_;
    constexpr std::size_t zeros_in_entry = 2 + 2 + 2 + 4;  // comment, disk, internal and external attributes
    for (const entry& each : entries_) {
        std::string out(entry_mark);
        append(out, version, 2);  // made by
        out += shared_fields(each);
        out.append(zeros_in_entry, '\0');
        append(out, each.offset, 4);
        out += each.name;
        write(out);
    }
    std::string end(end_mark);
    append(end, 0, 2 + 2);  // disks
    append(end, entries_.size(), 2);
    append(end, entries_.size(), 2);
    append(end, directory_, 4);
    append(end, offset, 4);
    append(end, 0, 2);  // comment
    write(end);
    return {};
}

void zip_writer::write(std::string_view bytes) {
    if (!bytes.empty()) to_(bytes);
    written_ += bytes.size();
}

}  // namespace brygga::archive
