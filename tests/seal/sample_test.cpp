// The published sealed file and the one that it was made from, where they lie beside the checkout (BRYGGA_SHARED_DIR). Nothing of
// them is copied here.
#include <gmock/gmock.h>

#include "formats/bankgirot/seal/reader.hpp"
#include "formats/bankgirot/seal/writer.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::seal::testing {

namespace {

class seal_sample : public ::testing::Test {
 protected:
    void SetUp() override {
        const std::filesystem::path folder = std::filesystem::path(BRYGGA_SHARED_DIR) / "samples/seal";
        if (!std::filesystem::exists(folder))
            GTEST_SKIP() << "no " << folder << ": set BRYGGA_SHARED_DIR to test the published sealed file";
        data_ = file_bytes(folder / "gobankgiro-basic.txt");
        sealed_ = file_bytes(folder / "gobankgiro-basic-signed.txt");
    }
    std::string data_, sealed_;
};

TEST_F(seal_sample, verifies) {
    const auto what = verify(sealed_, std::array{key_of(test_key)}, {.today = parse_iso_date("2024-04-29")});
    ASSERT_TRUE(what);
    EXPECT_EQ(what->is, verdict::ok);
    EXPECT_EQ(what->findings.total(), 0u);
    EXPECT_EQ(what->found->text(), "284F075A27506C1F5C4EBAEB812D6BAE");
    EXPECT_EQ(what->records, 4u);
    EXPECT_EQ(sealed_.substr(what->inner_begin, what->inner_end - what->inner_begin), data_ + "\r\n");
}

TEST_F(seal_sample, is_made_again_byte_for_byte) {
    std::string out;
    const auto done =
        seal_file(data_, key_of(test_key), {.day = *parse_iso_date("2024-04-29")}, [&](std::string_view part) { out += part; });
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(out, sealed_);
}

}  // namespace

}  // namespace brygga::seal::testing
