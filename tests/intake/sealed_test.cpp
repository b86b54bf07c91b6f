// A delivered file that is sealed: verified before its format is read, where the company has keys.
#include <gmock/gmock.h>

#include "tests/intake/site.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace seal::testing;

class sealed_delivery : public ::testing::Test {
 protected:
    sealed_delivery() {
        put_key(other_key);
        at.with.tenants.front().seal_keys = {{"471117", {key_file(), {}, {}}, key_of(other_key).kvv(), {}, {}}};
    }
    [[nodiscard]] std::filesystem::path key_file() const { return folder.path() / "seal.key"; }
    void put_key(std::string_view digits) const {
        intake_test::put(key_file(), digits);
        std::filesystem::permissions(key_file(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    [[nodiscard]] std::vector<std::string> reasons_for(const std::string& bytes) {
        at.deliver("in.txt", bytes);
        const day_report told = at.run();
        EXPECT_EQ(told.files.size(), 1u);
        EXPECT_TRUE(told.failures.empty());
        return told.files.empty() ? std::vector<std::string>() : told.files.front().reasons;
    }
    [[nodiscard]] std::string receipt() const {
        for (const auto& each : std::filesystem::directory_iterator(at.tenant().rejected()))
            if (each.path().string().ends_with(".receipt.json")) return intake_test::get(each.path());
        return {};
    }

    intake_test::scratch_folder folder;
    intake_test::site at{folder.path()};
    const std::string sealed = sealed_by_reference(other_key, unsealed(example("7.1")));
};

// That no format knows it is for the formats to say.
TEST_F(sealed_delivery, that_is_right_goes_on_to_its_format) {
    EXPECT_THAT(reasons_for(sealed), ElementsAre("unknown-format"));
}

TEST_F(sealed_delivery, that_was_changed_is_rejected_with_the_finding) {
    EXPECT_THAT(reasons_for(replaced(sealed, "7001", "7002")), ElementsAre("SEAL-R08"));
    EXPECT_THAT(receipt(), HasSubstr("error SEAL-R08 line 16 columns 41-72"));
    EXPECT_EQ(intake_test::site::files_in(at.tenant().rejected()).size(), 1u);
}

TEST_F(sealed_delivery, of_an_unknown_key_is_rejected) {
    EXPECT_THAT(reasons_for(example("7.1")), ElementsAre("SEAL-R07"));
}

TEST_F(sealed_delivery, that_is_cut_is_rejected) {
    EXPECT_THAT(reasons_for(sealed.substr(0, sealed.size() - 82)), ElementsAre("SEAL-R06"));
}

TEST_F(sealed_delivery, with_the_older_seal_is_rejected) {
    EXPECT_THAT(reasons_for(replaced(sealed, "HMAC", "SAK1")), ElementsAre("SEAL-R11"));
}

TEST_F(sealed_delivery, is_for_its_format_alone_where_there_is_no_key) {
    at.with.tenants.front().seal_keys.clear();
    EXPECT_THAT(reasons_for(replaced(sealed, "7001", "7002")), ElementsAre("unknown-format"));
}

TEST_F(sealed_delivery, that_is_not_sealed_is_booked_as_ever) {
    EXPECT_THAT(reasons_for(intake_test::paid_file()), ElementsAre());
    EXPECT_EQ(intake_test::site::files_in(at.tenant().archive()).size(), 1u);
}

TEST_F(sealed_delivery, of_a_format_that_must_be_sealed_is_rejected_without_a_seal) {
    at.with.tenants.front().sealed = {"bgmax"};
    EXPECT_THAT(reasons_for(intake_test::paid_file()), ElementsAre("SEAL-R06"));
    EXPECT_THAT(reasons_for(sealed), ElementsAre("unknown-format")) << "which is right, and no BgMax";
}

// Neither refused nor let through: it waits in work/ until the key can be read.
TEST_F(sealed_delivery, waits_while_the_key_cannot_be_read) {
    std::filesystem::remove(key_file());
    at.deliver("in.txt", sealed);
    EXPECT_EQ(at.run().failures.size(), 1u);
    put_key(test_key);
    const day_report wrong = at.run();
    ASSERT_EQ(wrong.failures.size(), 1u);
    EXPECT_THAT(wrong.failures[0].why.text, HasSubstr("SEAL-R02"));
    put_key(other_key);
    const day_report told = at.run();
    EXPECT_TRUE(told.failures.empty());
    ASSERT_EQ(told.files.size(), 1u);
    EXPECT_THAT(told.files[0].reasons, ElementsAre("unknown-format"));
}

TEST_F(sealed_delivery, ends_rejected_whichever_call_fails) {
    const std::string changed = replaced(sealed, "7001", "7002");
    for (std::size_t wrong = 1, reached = 1; reached >= wrong; ++wrong) {
        SCOPED_TRACE(wrong);
        const intake_test::scratch_folder own;
        intake_test::site there(own.path());
        there.with.tenants.front().seal_keys = at.with.tenants.front().seal_keys;
        there.deliver("in.txt", changed);
        there.files.calls = 0;
        there.files.fail_at = wrong;
        static_cast<void>(there.run());
        reached = there.files.calls;
        there.files.fail_at = 0;
        static_cast<void>(there.run());
        EXPECT_EQ(intake_test::site::files_in(there.tenant().rejected()).size(), 1u);
        EXPECT_TRUE(intake_test::site::files_in(there.tenant().work()).empty());
    }
}

}  // namespace
}  // namespace brygga::intake
