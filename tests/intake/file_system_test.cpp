#include "connectors/filedrop/file_system.hpp"

#include <string>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/intake/faulty_files.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::filedrop {
namespace {

using intake_test::get;
using intake_test::put;

class file_system_test : public testing::Test {
 protected:
    [[nodiscard]] std::filesystem::path at(std::string_view name) const { return scratch_.path() / name; }
    [[nodiscard]] std::vector<std::string> names() {
        return files_.list(scratch_.path()).value_or(std::vector<std::string>{"?"});
    }

    intake_test::scratch_folder scratch_;
    file_system& files_ = posix_file_system();
};

TEST_F(file_system_test, lists_in_order_and_tells_kinds_without_following_links) {
    put(at("b"), "12345");
    put(at(".a"), "");
    std::filesystem::create_directory(at("folder"));
    std::filesystem::create_symlink(at("b"), at("link"));
    ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
    EXPECT_EQ(names(), (std::vector<std::string>{".a", "b", "folder", "link", "pipe"}));
    EXPECT_EQ(files_.facts(at("b"))->kind, file_kind::regular);
    EXPECT_EQ(files_.facts(at("b"))->size_bytes, 5U);
    EXPECT_EQ(files_.facts(at("folder"))->kind, file_kind::folder);
    EXPECT_EQ(files_.facts(at("link"))->kind, file_kind::link);
    EXPECT_EQ(files_.facts(at("pipe"))->kind, file_kind::other);
    EXPECT_FALSE(files_.open(at("link")));
    EXPECT_TRUE(files_.open(at("pipe"))) << "opening a pipe must not wait for its writer";
    EXPECT_EQ(files_.facts(at("none")).error().code, error_code::not_found);
    EXPECT_EQ(files_.list(at("none")).error().code, error_code::not_found);
}

TEST_F(file_system_test, error_texts_hold_no_path) {
    const auto text = files_.open(at("Exempelsson.txt")).error().text;
    EXPECT_EQ(text.find("Exempelsson"), std::string::npos) << text;
    EXPECT_EQ(text.find(scratch_.path().string()), std::string::npos) << text;
}

TEST_F(file_system_test, rename_new_never_replaces) {
    put(at("a"), "one");
    put(at("b"), "two");
    EXPECT_EQ(files_.rename_new(at("a"), at("b")).error().code, error_code::already_exists);
    EXPECT_EQ(get(at("a")), "one");
    EXPECT_EQ(get(at("b")), "two");
    EXPECT_TRUE(files_.rename_new(at("a"), at("c")));
    EXPECT_TRUE(files_.rename_over(at("c"), at("b")));
    EXPECT_EQ(get(at("b")), "one");
    EXPECT_EQ(files_.rename_new(at("a"), at("d")).error().code, error_code::not_found);
}

TEST_F(file_system_test, a_lock_excludes_others_until_closed_and_stays_through_a_rename) {
    put(at("a"), "x");
    auto first = files_.open(at("a"));
    ASSERT_TRUE(first && (*first)->lock());
    ASSERT_TRUE(files_.rename_new(at("a"), at("b")));
    auto second = files_.open(at("b"));
    ASSERT_TRUE(second);
    EXPECT_EQ((*second)->lock().error().code, error_code::busy);
    first->reset();
    EXPECT_TRUE((*second)->lock());
}

TEST_F(file_system_test, makes_folders_with_parents) {
    EXPECT_TRUE(files_.make_folder(at("x/y/z")));
    EXPECT_TRUE(files_.make_folder(at("x/y/z")));
    EXPECT_TRUE(std::filesystem::is_directory(at("x/y/z")));
    put(at("file"), "");
    EXPECT_FALSE(files_.make_folder(at("file")));
    EXPECT_FALSE(files_.make_folder(at("file/below")));
}

TEST_F(file_system_test, knows_free_space) {
    EXPECT_GT(files_.free_bytes(scratch_.path()).value_or(0), 0U);
    EXPECT_EQ(files_.free_bytes(at("none")).error().code, error_code::not_found);
}

TEST_F(file_system_test, writes_durably_and_reads_within_a_limit) {
    EXPECT_TRUE(write_durably(files_, at("a"), "K", "one", if_there::refuse));
    EXPECT_EQ(write_durably(files_, at("a"), "K", "two", if_there::refuse).error().code, error_code::already_exists);
    EXPECT_EQ(read_all(files_, at("a"), 3).value_or(""), "one");
    EXPECT_TRUE(write_durably(files_, at("a"), "K", "two!", if_there::replace));
    EXPECT_EQ(read_all(files_, at("a"), 4).value_or(""), "two!");
    EXPECT_EQ(read_all(files_, at("a"), 3).error().code, error_code::limit_exceeded);
    EXPECT_EQ(names(), std::vector<std::string>{"a"});
}

TEST_F(file_system_test, lets_everybody_read_what_is_for_everybody_whatever_the_umask) {
    const mode_t before = ::umask(0077);
    EXPECT_TRUE(write_durably(files_, at("a"), "K", "one", if_there::replace, readers::everybody));
    EXPECT_TRUE(write_durably(files_, at("b"), "K", "one", if_there::replace));
    ::umask(before);
    EXPECT_EQ(files_.facts(at("a"))->permissions, 0644U);
    EXPECT_EQ(files_.facts(at("b"))->permissions, 0600U);
}

// Whatever call fails, the old content or the new one is there whole, and a repetition leaves no trace.
TEST_F(file_system_test, a_durable_write_that_fails_anywhere_can_be_repeated) {
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after}) {
        bool failed = true;
        for (std::size_t n = 1; failed; ++n) {
            put(at("a"), "old");
            intake_test::faulty_files faulty;
            faulty.fail_at = n;
            faulty.error_number = ENOSPC;
            faulty.moment = moment;
            failed = !write_durably(faulty, at("a"), "K", "new", if_there::replace, readers::everybody);
            const std::string content = get(at("a"));
            EXPECT_TRUE(content == "old" || content == "new") << content;
            EXPECT_TRUE(write_durably(files_, at("a"), "K", "new", if_there::replace));
            EXPECT_EQ(get(at("a")), "new");
            EXPECT_EQ(names(), std::vector<std::string>{"a"});
            ASSERT_LT(n, 20U);
        }
    }
}

}  // namespace
}  // namespace brygga::filedrop
