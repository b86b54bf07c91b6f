#include "connectors/encryption/key_mark.hpp"

#include "tests/encryption/in_memory.hpp"
#include "tests/intake/faulty_files.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::encryption {
namespace {

using intake_test::get;
using intake_test::put;

class key_mark : public testing::Test {
 protected:
    [[nodiscard]] std::size_t leftovers() const {
        std::size_t out = 0;
        for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator(folder_.path() / "tmp"))
            ++out;
        return out;
    }

    intake_test::scratch_folder folder_;
    filedrop::file_system& files_ = filedrop::posix_file_system();
};

TEST_F(key_mark, knows_the_key_that_left_it) {
    const named_key key = key_of("2026", 'a');
    EXPECT_TRUE(check_key_mark(files_, folder_.path(), key)) << "none was left yet";
    ASSERT_TRUE(leave_key_mark(files_, folder_.path(), key, "K1"));
    const std::string mark = get(folder_.path() / "keys/2026");
    EXPECT_TRUE(leave_key_mark(files_, folder_.path(), key, "K2"));
    EXPECT_EQ(get(folder_.path() / "keys/2026"), mark) << "the first one stays";
    EXPECT_TRUE(check_key_mark(files_, folder_.path(), key));
    EXPECT_TRUE(check_key_mark(files_, folder_.path(), key_of("2027", 'b')));
    for (const auto& refused : {check_key_mark(files_, folder_.path(), key_of("2026", 'b')),
                                leave_key_mark(files_, folder_.path(), key_of("2026", 'b'), "K3")}) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, error_code::invalid_config);
        EXPECT_NE(refused.error().text.find("the key 2026 of the originals is not the one"), std::string::npos);
    }
    EXPECT_EQ(leftovers(), 0U);
}

TEST_F(key_mark, one_that_was_damaged_is_told) {
    const named_key key = key_of("2026", 'a');
    ASSERT_TRUE(leave_key_mark(files_, folder_.path(), key, "K1"));
    std::string mark = get(folder_.path() / "keys/2026");
    mark.back() = static_cast<char>(mark.back() + 1);
    put(folder_.path() / "keys/2026", mark);
    EXPECT_EQ(check_key_mark(files_, folder_.path(), key).error().code, error_code::corrupt);
    put(folder_.path() / "keys/2026", "");
    EXPECT_EQ(check_key_mark(files_, folder_.path(), key).error().text,
              "the mark of the key 2026: the file does not begin as an encrypted one");
}

TEST_F(key_mark, a_failure_anywhere_can_be_repeated) {
    const named_key key = key_of("2026", 'a');
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after}) {
        bool failed = true;
        for (std::size_t n = 1; failed; ++n) {
            std::filesystem::remove_all(folder_.path() / "keys");
            std::filesystem::remove_all(folder_.path() / "tmp");
            intake_test::faulty_files faulty;
            faulty.fail_at = n;
            faulty.moment = moment;
            failed = !leave_key_mark(faulty, folder_.path(), key, "K1");
            EXPECT_TRUE(check_key_mark(files_, folder_.path(), key)) << n;
            EXPECT_TRUE(leave_key_mark(files_, folder_.path(), key, "K1")) << n;
            EXPECT_EQ(leftovers(), 0U) << n;
            ASSERT_TRUE(n > 8 || failed);
        }
    }
}

}  // namespace
}  // namespace brygga::encryption
