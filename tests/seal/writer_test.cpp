// Sealing: the bytes of the worked examples, line ends, and what is refused before a byte is handed out.
#include "formats/bankgirot/seal/writer.hpp"

#include <gmock/gmock.h>

#include "formats/bankgirot/seal/reader.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::seal::testing {

namespace {

const seal_options on_the_day{.day = parse_iso_date("2026-11-23").value(), .kvv = {}, .passed = {}};

std::string sealed_text(std::string_view data, std::string_view digits = test_key, const seal_options& options = on_the_day) {
    std::string out;
    const auto done = seal_file(data, key_of(digits), options, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(done) << done.error().text;
    EXPECT_TRUE(done->accepted());
    return out;
}

TEST(seal_writer, makes_the_worked_examples_byte_for_byte) {
    for (const std::string number : {"7.1", "7.2"})
        EXPECT_EQ(sealed_text(unsealed(example(number))), example(number)) << number;
}

TEST(seal_writer, tells_what_it_wrote) {
    std::string out;
    const auto done = seal_file("\r\n" + unsealed(example("7.2")) + " \t\r\n", key_of(test_key), on_the_day,
                                [&](std::string_view part) { out += part; });
    ASSERT_TRUE(done);
    EXPECT_EQ(done->kvv.text(), test_kvv);
    EXPECT_EQ(done->code.text(), "F151D0757C3415CDCDCCCD532240F4AD");
    EXPECT_EQ(done->records, 9u);
    EXPECT_EQ(done->left_out, 2u);
    EXPECT_EQ(done->findings.kept()[0].found, "2 lines");
    EXPECT_EQ(out, example("7.2"));
}

TEST(seal_writer, takes_the_line_ends_of_the_data) {
    const std::string whole = example("7.2"), data = unsealed(whole);
    for (const std::string_view end : {"\n", "\r"})
        EXPECT_EQ(sealed_text(replaced(data, "\r\n", end)), replaced(whole, "\r\n", end));
    // Without one at the end: the last record gets it, TK99 does not.
    EXPECT_EQ(sealed_text(data.substr(0, data.size() - 2)), whole.substr(0, whole.size() - 2));
    // Mixed ones stay: TK00 has the first, TK99 the last.
    std::string mixed = data;
    mixed.replace(mixed.size() - 2, 2, "\n");
    const std::string sealed = sealed_text(mixed);
    EXPECT_EQ(sealed.substr(80, 2), "\r\n");
    EXPECT_EQ(sealed.substr(82, mixed.size()), mixed);
    EXPECT_TRUE(sealed.ends_with(" \n") && !sealed.ends_with("\r\n"));
    // One record without any.
    EXPECT_EQ(sealed_text(data.substr(0, 80)), sealed_by_reference(test_key, data.substr(0, 82)).substr(0, 3 * 82 - 2));
}

TEST(seal_writer, refuses_data_without_a_record) {
    for (const std::string_view nothing : {"", "\r\n", " \t \n\n"}) {
        const auto done = seal_file(nothing, key_of(test_key), on_the_day, [](std::string_view) { FAIL() << "handed out"; });
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, error_code::invalid_content);
    }
}

TEST(seal_writer, hands_out_nothing_that_is_refused) {
    std::string data = unsealed(example("7.2"));
    data.insert(data.size() - 2, "\t");  // the very last column
    const auto done = seal_file(data, key_of(test_key), on_the_day, [](std::string_view) { FAIL() << "handed out"; });
    ASSERT_TRUE(done);
    EXPECT_FALSE(done->accepted());
}

TEST(seal_writer, refuses_a_day_that_is_none) {
    for (const date day : {date{}, date{std::chrono::year{2026}, std::chrono::February, std::chrono::day{30}},
                           date{std::chrono::year{2070}, std::chrono::January, std::chrono::day{1}}}) {
        const auto done = seal_file(unsealed(example("7.2")), key_of(test_key), {day, {}, {}},
                                    [](std::string_view) { FAIL() << "handed out"; });
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, error_code::invalid_argument);
    }
}

// Pieces that are much smaller than the file: neither input nor output is held.
TEST(seal_writer, hands_out_a_large_file_in_small_pieces) {
    std::string data = unsealed(example("7.2"));
    while (data.size() < std::size_t{2} << 20)
        data += data;
    std::size_t largest = 0, total = 0, passed = 0;
    seal_options options = on_the_day;
    options.passed = [&](std::size_t offset) { passed = std::max(passed, offset); };
    const auto done = seal_file(data, key_of(test_key), options, [&](std::string_view part) {
        largest = std::max(largest, part.size());
        total += part.size();
    });
    ASSERT_TRUE(done);
    EXPECT_EQ(total, data.size() + 164);
    EXPECT_EQ(passed, data.size());
    EXPECT_LT(largest, std::size_t{128} << 10);
}

TEST(seal_writer, seals_with_the_key_it_is_given) {
    const std::string data = unsealed(example("7.1"));
    const std::string bytes = sealed_text(data, other_key);
    EXPECT_EQ(bytes, sealed_by_reference(other_key, data));
    EXPECT_EQ(verify(bytes, std::array{key_of(other_key)})->is, verdict::ok);
    EXPECT_EQ(verify(bytes, std::array{key_of(test_key)})->is, verdict::wrong_key);
}

}  // namespace

}  // namespace brygga::seal::testing
