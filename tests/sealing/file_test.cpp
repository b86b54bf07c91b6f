// A sealed file on the disk: whole, or not there.
#include "connectors/sealing/file.hpp"

#include <gmock/gmock.h>

#include "tests/intake/faulty_files.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::sealing {
namespace {

using namespace seal::testing;

const seal::seal_options on_the_day{.day = parse_iso_date("2026-11-23").value()};

TEST(sealed_file, is_written_whole) {
    const intake_test::scratch_folder folder;
    const auto to = folder.path() / "sealed";
    intake_test::put(to, "what a dead process left, and it is longer than the beginning of the next");
    const auto done = write_sealed(filedrop::posix_file_system(), unsealed(example("7.1")), key_of(test_key), on_the_day, to);
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(done->code.text(), "E05AED750389DC5026F9868A07EAEF8A");
    EXPECT_EQ(intake_test::get(to), example("7.1"));
}

TEST(sealed_file, is_not_there_when_the_data_are_refused) {
    const intake_test::scratch_folder folder;
    const auto to = folder.path() / "sealed";
    const auto done = write_sealed(filedrop::posix_file_system(), example("7.1"), key_of(test_key), on_the_day, to);
    ASSERT_TRUE(done);
    EXPECT_FALSE(done->accepted());
    EXPECT_FALSE(std::filesystem::exists(to));
    EXPECT_FALSE(write_sealed(filedrop::posix_file_system(), "", key_of(test_key), on_the_day, to));
    EXPECT_FALSE(std::filesystem::exists(to));
}

TEST(sealed_file, whichever_call_fails_is_told) {
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after})
        for (std::size_t wrong = 1, reached = 1; reached >= wrong; ++wrong) {
            SCOPED_TRACE(wrong);
            const intake_test::scratch_folder folder;
            const auto to = folder.path() / "sealed";
            intake_test::faulty_files files;
            files.fail_at = wrong;
            files.moment = moment;
            const auto done = write_sealed(files, unsealed(example("7.1")), key_of(test_key), on_the_day, to);
            reached = files.calls;
            EXPECT_EQ(done.has_value(), reached < wrong);
            if (done) {
                EXPECT_EQ(intake_test::get(to), example("7.1"));
            }
        }
}

}  // namespace
}  // namespace brygga::sealing
