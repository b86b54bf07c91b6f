// ZIP archives: what is in them, and what of strangers' archives is refused.
#include "formats/archive/zip.hpp"

#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>

namespace brygga::archive {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using members = std::vector<std::pair<std::string, std::string>>;

struct zip_options {
    unsigned type = AE_IFREG;
    const char* how = nullptr;  // of libarchive
};

std::string zip_of(const members& all, const zip_options& options = {}) {
    std::string out;
    ::archive* const writer = archive_write_new();
    archive_write_set_format_zip(writer);
    if (options.how != nullptr && archive_write_set_options(writer, options.how) != ARCHIVE_OK)
        throw std::runtime_error(options.how);
    archive_write_set_options(writer, "hdrcharset=UTF-8");
    archive_write_set_passphrase(writer, "secret");
    archive_write_set_bytes_in_last_block(writer, 1);  // no padding
    const auto take = [](::archive*, void* to, const void* bytes, std::size_t size) {
        static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
        return static_cast<la_ssize_t>(size);
    };
    archive_write_open(writer, &out, nullptr, take, nullptr);
    for (const auto& [name, bytes] : all) {
        archive_entry* const entry = archive_entry_new();
        archive_entry_set_pathname_utf8(entry, name.c_str());
        archive_entry_set_filetype(entry, options.type);
        archive_entry_set_perm(entry, 0644);
        if (options.type == AE_IFLNK) archive_entry_set_symlink(entry, "/etc/passwd");
        archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
        archive_write_header(writer, entry);
        archive_write_data(writer, bytes.data(), bytes.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return out;
}

struct outcome {
    members read;
    std::string told;
};

outcome read(std::string_view bytes, const zip_limits& limits = {}) {
    outcome out;
    const auto done = read_zip(bytes, limits, [&](const zip_member& each) -> result<void> {
        out.read.emplace_back(each.name, each.bytes);
        return {};
    });
    if (!done) out.told = done.error().text;
    return out;
}

TEST(zip, gives_its_files_in_order) {
    const members all = {{"b.xml", "second"}, {"a/Ö.xml", std::string(200'000, 'x')}, {"empty", ""}};
    for (const char* how : {"zip:compression=deflate", "zip:compression=store"}) {
        const std::string bytes = zip_of(all, {AE_IFREG, how});
        EXPECT_TRUE(is_zip(bytes));
        const outcome got = read(bytes);
        EXPECT_EQ(got.told, "");
        EXPECT_EQ(got.read, all);
    }
}

TEST(zip, may_be_empty) {
    const std::string bytes = zip_of({});
    EXPECT_TRUE(is_zip(bytes));
    EXPECT_EQ(read(bytes).told, "");
}

TEST(zip, passes_folders_over) {
    EXPECT_EQ(read(zip_of({{"a/", ""}, {"a/b", "x"}})).read, (members{{"a/b", "x"}}));
}

TEST(zip, stops_when_the_visitor_does) {
    int seen = 0;
    const auto done = read_zip(zip_of({{"a", "1"}, {"b", "2"}}), {}, [&](const zip_member&) -> result<void> {
        ++seen;
        return fail(error_code::io, "enough");
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().text, "enough");
    EXPECT_EQ(seen, 1);
}

TEST(zip, refuses_names_that_leave_their_folder_or_are_no_text) {
    for (const std::string name : {"../a", "/a", "a/../b", "a/./b", "a//b", "C:a", "a\nb", "..", "a\x7F"}) {
        const outcome got = read(zip_of({{"good", "x"}, {name, "y"}}));
        EXPECT_THAT(got.told, HasSubstr("member 2 of the archive has a name")) << name;
        EXPECT_EQ(got.read.size(), 1U) << name;
    }
    EXPECT_THAT(read(zip_of({{std::string(2000, 'a'), "y"}})).told, HasSubstr("has a name"));
}

TEST(zip, refuses_a_name_that_is_there_in_whatever_capitals) {
    EXPECT_THAT(read(zip_of({{"a.xml", "1"}, {"A.XML", "2"}})).told,
                HasSubstr("member 2 of the archive has the name of another one"));
}

TEST(zip, refuses_links_and_what_is_encrypted) {
    EXPECT_THAT(read(zip_of({{"a", ""}}, {AE_IFLNK, nullptr})).told, HasSubstr("is no plain file"));
    EXPECT_THAT(read(zip_of({{"a", "secret"}}, {AE_IFREG, "zip:encryption=traditional"})).told, HasSubstr("is encrypted"));
}

TEST(zip, refuses_damage_wherever_it_is) {
    const std::string bytes = zip_of({{"a", "the bytes that were packed"}}, {AE_IFREG, "zip:compression=store"});
    std::string changed = bytes;
    changed[bytes.find("that were")] ^= 1;
    EXPECT_THAT(read(changed).told, HasSubstr("not those that were packed"));
    for (std::size_t size = 4; size < bytes.size(); ++size)
        EXPECT_FALSE(read(std::string_view(bytes).substr(0, size)).told.empty()) << size;
    EXPECT_FALSE(is_zip("<Invoice"));
    EXPECT_FALSE(read("<Invoice").told.empty());
}

// Whoever reads by the directory and whoever does not must see the same.
TEST(zip, refuses_a_directory_that_says_otherwise) {
    const std::string bytes = zip_of({{"1.xml", "first"}, {"2.xml", "second"}}, {AE_IFREG, "zip:compression=store"});
    ASSERT_EQ(read(bytes).told, "");
    const std::size_t one = bytes.find("PK\x01\x02"), two = bytes.find("PK\x01\x02", one + 1), end = bytes.find("PK\x05\x06");
    const auto told_with = [&](std::size_t at, std::string_view with) {
        std::string changed = bytes;
        changed.replace(at, with.size(), with);
        return read(changed).told;
    };
    using namespace std::string_view_literals;
    EXPECT_THAT(told_with(end + 10, "\x01\x00"sv), HasSubstr("more entries than its end says"));
    EXPECT_THAT(told_with(end + 10, "\x05\x00"sv), HasSubstr("fewer entries than its end says"));
    EXPECT_THAT(told_with(two + 42, "\x00\x00\x00\x00"sv), HasSubstr("not where it says"));
    EXPECT_THAT(told_with(two + 46, "3.xml"), HasSubstr("not where it says"));
    EXPECT_THAT(told_with(end + 16, "\x01\x00\x00\x00"sv), HasSubstr("not where its end says"));
    EXPECT_THAT(told_with(two + 38, "\x10\x00\x00\x00"sv), HasSubstr("no plain folder"));
    EXPECT_THAT(told_with(two + 38, std::string_view("\x00\x00\xED\x41", 4)), HasSubstr("no plain folder"));
    std::string same = bytes;
    same.replace(two + 46, 5, "1.xml").replace(two + 42, 4, std::string(4, '\0'));
    EXPECT_THAT(read(same).told, HasSubstr("two entries are the same file"));
}

TEST(zip, refuses_folders_with_content_or_names_that_leave) {
    const std::string bytes = zip_of({{"good", "x"}, {"bad.xml?", "refused"}}, {AE_IFREG, "zip:compression=store"});
    std::string named = bytes;
    for (std::size_t at = named.find('?'); at != std::string::npos; at = named.find('?', at))
        named[at] = '/';
    EXPECT_THAT(read(named).told, HasSubstr("folder"));
    EXPECT_THAT(read(zip_of({{"../x/", ""}}, {AE_IFDIR, nullptr})).told, HasSubstr("has a name"));
    EXPECT_EQ(read(zip_of({{"x/", ""}}, {AE_IFDIR, nullptr})).told, "");
}

// Before libarchive keeps the whole directory in memory.
TEST(zip, counts_its_entries_first) {
    std::string bytes = zip_of({{"a", "1"}});
    const std::size_t end = bytes.find("PK\x05\x06");
    bytes.replace(end + 10, 2, "\x10\x27");
    EXPECT_THAT(read(bytes, {.members = 9'999}).told, HasSubstr("more than 9999 members"));
}

TEST(zip, holds_to_its_limits) {
    const std::string bytes = zip_of({{"a", "12345"}, {"b", "12345"}});
    EXPECT_THAT(read(bytes, {.members = 1}).told, HasSubstr("more than 1 members"));
    EXPECT_THAT(read(bytes, {.member_bytes = 4}).told, HasSubstr("more than 4 bytes in a member"));
    EXPECT_THAT(read(bytes, {.bytes = 9}).told, HasSubstr("more than 9 bytes"));
    EXPECT_EQ(read(bytes, {.members = 2, .member_bytes = 5, .bytes = 10}).told, "");
    const std::string bomb = zip_of({{"a", std::string(std::size_t{4} << 20, '\0')}});
    EXPECT_THAT(read(bomb).told, HasSubstr("more than 200 times its size"));
}

}  // namespace

}  // namespace brygga::archive
