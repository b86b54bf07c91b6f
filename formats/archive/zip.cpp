#include "formats/archive/zip.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_set>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include "formats/archive/directory.hpp"
#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"

namespace brygga::archive {

namespace {

constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::size_t longest_name = 1024;
// A small file may be packed well; what the ratio is about begins here.
constexpr std::uint64_t ratio_from_bytes = std::uint64_t{1} << 20;

struct free_reader {
    void operator()(::archive* reader) const noexcept { archive_read_free(reader); }
};
using reader_handle = std::unique_ptr<::archive, free_reader>;

// libarchive reads names by the locale of the thread: they are UTF-8 whatever the process has.
class utf8_names {
 public:
    utf8_names() : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
        if (utf8_ != nullptr) before_ = uselocale(utf8_);
    }
    ~utf8_names() {
        if (utf8_ == nullptr) return;
        uselocale(before_);
        freelocale(utf8_);
    }
    utf8_names(const utf8_names&) = delete;
    utf8_names& operator=(const utf8_names&) = delete;

 private:
    locale_t utf8_, before_ = nullptr;
};

// Texts never repeat the name of a member: it may be anything, and somebody's.
tl::unexpected<error> refuse(std::size_t member, std::string_view why) {
    return fail(error_code::invalid_content, fmt::format("member {} of the archive {}", member, why));
}

tl::unexpected<error> too_much(std::string_view what, std::uint64_t limit) {
    return fail(error_code::limit_exceeded, fmt::format("the archive has more than {} {}", limit, what));
}

bool is_plain_step(std::string_view step) noexcept {
    return !step.empty() && step != "." && step != "..";
}

// Relative, without anything that a file system could take for more than a name.
bool is_plain_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > longest_name || !is_valid_utf8(name)) return false;
    const auto is_odd = [](char byte) {
        return static_cast<unsigned char>(byte) < ' ' || byte == '\x7F' || byte == '\\' || byte == ':';
    };
    if (std::any_of(name.begin(), name.end(), is_odd)) return false;
    for (;;) {
        const std::size_t slash = name.find('/');
        if (!is_plain_step(name.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        name.remove_prefix(slash + 1);
    }
}

class zip_reading {
 public:
    zip_reading(std::string_view bytes, const zip_limits& limits) : bytes_(bytes), limits_(limits), handle_(archive_read_new()) {}

    // Of an archive with entries.
    result<void> open(std::uint64_t entries) {
        entries_ = entries;
        const bool opened = handle_ && archive_read_support_format_zip_seekable(handle_.get()) == ARCHIVE_OK &&
                            archive_read_open_memory(handle_.get(), bytes_.data(), bytes_.size()) == ARCHIVE_OK;
        if (!opened) return fail(error_code::invalid_content, "it is no ZIP archive that can be read");
        return {};
    }

    // Nothing at the end.
    result<bool> next(zip_member& out) {
        for (;;) {
            archive_entry* entry = nullptr;
            const int came = archive_read_next_header(handle_.get(), &entry);
            if (came == ARCHIVE_EOF) return at_end();
            ++number_;
            if (came != ARCHIVE_OK) return refuse(number_, "is damaged");
            if (auto allowed = allow(entry); !allowed) return tl::unexpected(std::move(allowed.error()));
            if (archive_entry_filetype(entry) == AE_IFDIR) continue;
            if (auto read = unpack(); !read) return tl::unexpected(std::move(read.error()));
            out = {name_, content_,
                   static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_read_header_position(handle_.get())))};
            return true;
        }
    }

 private:
    result<bool> at_end() const {
        if (number_ != entries_) return fail(error_code::invalid_content, "the archive is damaged: not all of it can be read");
        return false;
    }

    result<void> allow(archive_entry* entry) {
        const char* const name = archive_entry_pathname_utf8(entry);
        name_ = name == nullptr ? std::string() : std::string(name);
        const bool is_folder = archive_entry_filetype(entry) == AE_IFDIR;
        if (is_folder && name_.ends_with('/')) name_.pop_back();
        if (!is_plain_name(name_)) return refuse(number_, "has a name that leaves its folder or is no plain text");
        const bool is_link = (!is_folder && archive_entry_filetype(entry) != AE_IFREG) ||
                             archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr;
        if (is_link) return refuse(number_, "is no plain file");
        if (archive_entry_is_encrypted(entry) != 0) return refuse(number_, "is encrypted");
        if (!names_.insert(in_small_letters(name_)).second) return refuse(number_, "has the name of another one");
        return {};
    }

    result<void> unpack() {
        content_.clear();
        for (;;) {
            const la_ssize_t size = archive_read_data(handle_.get(), block_.data(), block_.size());
            if (size < 0) return refuse(number_, "is damaged: its bytes are not those that were packed");
            if (size == 0) return {};
            content_.append(block_.data(), static_cast<std::size_t>(size));
            unpacked_ += static_cast<std::uint64_t>(size);
            if (content_.size() > limits_.member_bytes) return too_much("bytes in a member", limits_.member_bytes);
            if (unpacked_ > limits_.bytes) return too_much("bytes", limits_.bytes);
            if (unpacked_ > ratio_from_bytes && unpacked_ / limits_.ratio > bytes_.size())
                return too_much("times its size", limits_.ratio);
        }
    }

    std::string_view bytes_;
    const zip_limits& limits_;
    reader_handle handle_;
    std::array<char, block_bytes> block_{};
    std::string name_, content_;
    std::unordered_set<std::string> names_;
    std::size_t number_ = 0;
    std::uint64_t entries_ = 0;
    std::uint64_t unpacked_ = 0;
};

}  // namespace

bool is_zip(std::string_view head) noexcept {
    return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
}

result<void> read_zip(std::string_view bytes, const zip_limits& limits,
                      const std::function<result<void>(const zip_member&)>& visit, const passed_bytes& passed) {
    const auto entries = checked_entries(bytes, limits.members, passed);
    if (!entries) return tl::unexpected(entries.error());
    if (*entries == 0) return {};
    const utf8_names names;
    zip_reading reading(bytes, limits);
    if (auto opened = reading.open(*entries); !opened) return opened;
    zip_member member;
    for (;;) {
        const auto more = reading.next(member);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return {};
        if (auto visited = visit(member); !visited) return visited;
        if (passed) passed(member.position);
    }
}

}  // namespace brygga::archive
