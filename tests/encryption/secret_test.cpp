#include "connectors/secrets/secret.hpp"

#include <cstdlib>
#include <utility>

#include <gtest/gtest.h>

#include "tests/intake/scratch_folder.hpp"

namespace brygga::secrets {
namespace {

using intake_test::put;

class secret_test : public testing::Test {
 protected:
    ~secret_test() override {
        ::unsetenv("BRYGGA_TEST_SECRET");
        ::unsetenv("CREDENTIALS_DIRECTORY");
    }
    static result<secret_text> read(const secret_source& from) { return secrets::read(from, filedrop::posix_file_system()); }

    intake_test::scratch_folder folder_;
};

TEST_F(secret_test, the_first_line_of_a_file) {
    for (const auto* const text : {"ord", "ord\n", "ord\r\n", "ord\nmer\n"}) {
        put(folder_.path() / "s", text);
        EXPECT_EQ(read({folder_.path() / "s", {}, {}})->text(), "ord");
    }
    put(folder_.path() / "s", "");
    EXPECT_EQ(read({folder_.path() / "s", {}, {}})->text(), "");
    EXPECT_EQ(read({folder_.path() / "none", {}, {}}).error().code, error_code::not_found);
}

TEST_F(secret_test, a_variable) {
    EXPECT_EQ(read({{}, "BRYGGA_TEST_SECRET", {}}).error().text, "the variable of the environment is not set");
    ::setenv("BRYGGA_TEST_SECRET", "", 1);
    EXPECT_EQ(read({{}, "BRYGGA_TEST_SECRET", {}}).error().code, error_code::not_found);
    ::setenv("BRYGGA_TEST_SECRET", "ord", 1);
    EXPECT_EQ(read({{}, "BRYGGA_TEST_SECRET", {}})->text(), "ord");
    EXPECT_FALSE(read({{}, "BRYGGA_TEST_SECRET", {}})->is_exposed());
}

TEST_F(secret_test, a_credential_of_the_service_manager) {
    EXPECT_EQ(read({{}, {}, "bank"}).error().code, error_code::not_found);
    ::setenv("CREDENTIALS_DIRECTORY", folder_.path().c_str(), 1);
    EXPECT_EQ(read({{}, {}, "bank"}).error().text, "cannot open the file: No such file or directory");
    put(folder_.path() / "bank", "ord\n");
    EXPECT_EQ(read({{}, {}, "bank"})->text(), "ord");
}

TEST_F(secret_test, no_source_is_no_secret) {
    EXPECT_FALSE(secret_source{}.given());
    EXPECT_EQ(read({})->text(), "");
}

TEST_F(secret_test, a_secret_has_a_limit) {
    for (const std::size_t size : {max_secret_bytes, max_secret_bytes + 1}) {
        const std::string text(size, 'x');
        put(folder_.path() / "s", text);
        ::setenv("BRYGGA_TEST_SECRET", text.c_str(), 1);
        for (const secret_source& from :
             {secret_source{folder_.path() / "s", {}, {}}, secret_source{{}, "BRYGGA_TEST_SECRET", {}}}) {
            const auto secret = read(from);
            if (size == max_secret_bytes)
                EXPECT_EQ(secret->text(), text);
            else
                EXPECT_EQ(secret.error().code, error_code::limit_exceeded);
        }
    }
}

TEST_F(secret_test, it_can_be_handed_on) {
    put(folder_.path() / "s", "ord");
    auto first = read({folder_.path() / "s", {}, {}});
    secret_text second = std::move(*first);
    EXPECT_EQ(second.text(), "ord");
    secret_text third;
    third = std::move(second);
    EXPECT_EQ(third.text(), "ord");
}

}  // namespace
}  // namespace brygga::secrets
