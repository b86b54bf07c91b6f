// What verify() hands out beside its findings, and that bytes may come in any pieces.
#include "formats/bankgirot/seal/reader.hpp"

#include <gmock/gmock.h>

#include "formats/bankgirot/seal/detail/verifier.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::seal::testing {

namespace {

verification verified(std::string_view bytes, std::string_view digits = test_key) {
    auto what = verify(bytes, std::array{key_of(digits)});
    EXPECT_TRUE(what);
    return std::move(*what);
}

TEST(seal_reader, verifies_the_worked_examples) {
    for (const auto& [number, mac, records] : {std::tuple{"7.1", "E05AED750389DC5026F9868A07EAEF8A", 14u},
                                               std::tuple{"7.2", "F151D0757C3415CDCDCCCD532240F4AD", 9u}}) {
        SCOPED_TRACE(number);
        const std::string bytes = example(number);
        const verification what = verified(bytes);
        EXPECT_EQ(what.is, verdict::ok);
        EXPECT_EQ(what.found->text(), mac);
        EXPECT_EQ(*what.expected, *what.found);
        EXPECT_EQ(what.kvv->text(), test_kvv);
        EXPECT_EQ(what.records, records);
        EXPECT_EQ(what.opening_date, "261123");
        EXPECT_EQ(what.closing_date, "261123");
        EXPECT_EQ(bytes.substr(what.inner_begin, what.inner_end - what.inner_begin), unsealed(bytes));
    }
}

TEST(seal_reader, tells_both_values_of_a_changed_file) {
    std::string bytes = example("7.2");
    bytes[200] = 'X';
    const verification what = verified(bytes);
    EXPECT_EQ(what.is, verdict::changed);
    EXPECT_EQ(what.found->text(), "F151D0757C3415CDCDCCCD532240F4AD");
    EXPECT_EQ(what.expected->text(), reference_mac(test_key, std::string_view(bytes).substr(0, bytes.size() - 82)));
    ASSERT_EQ(what.findings.kept().size(), 1u);
    EXPECT_EQ(what.findings.kept()[0].found, what.found->text());
    EXPECT_EQ(what.findings.kept()[0].expected, what.expected->text());
}

TEST(seal_reader, names_the_keys_it_knows_when_another_was_used) {
    const auto what = verify(example("7.2"), std::array{key_of(other_key), key_of("0000000000000000000000000000000f")});
    ASSERT_TRUE(what);
    EXPECT_EQ(what->is, verdict::wrong_key);
    EXPECT_FALSE(what->expected) << "no MAC is computed with a key that cannot be the right one";
    EXPECT_EQ(what->findings.kept()[0].found, test_kvv);
    EXPECT_EQ(what->findings.kept()[0].expected,
              reference_mac(other_key, "00000000") + ", " + reference_mac("0000000000000000000000000000000f", "00000000"));
    EXPECT_EQ(verify(example("7.2"), {})->findings.kept()[0].expected, "a known key; there is none");
}

// Findings never tell what a record says, only its code.
TEST(seal_reader, keeps_records_out_of_findings) {
    const std::string bytes = example("7.2");
    for (const std::string& each : {unsealed(bytes), bytes.substr(0, bytes.size() - 82), bytes + bytes, bytes.substr(82),
                                    bytes + "260000000026ANNA EXEMPEL\r\n"}) {
        SCOPED_TRACE(each.size());
        const verification what = verified(each);
        EXPECT_NE(what.is, verdict::ok);
        for (const finding& one : what.findings.kept())
            EXPECT_LE(one.found.size(), 2u) << one.found;
    }
}

// An input that ends within TK99 or TK00, or in each other place, is never ok.
TEST(seal_reader, finds_every_cut) {
    const std::string bytes = example("7.2");
    const std::size_t whole = bytes.size() - 10;  // trailing blanks and line end may go
    for (std::size_t size = 0; size < whole; ++size)
        EXPECT_NE(verified(std::string_view(bytes).substr(0, size)).is, verdict::ok) << size;
    for (std::size_t size = whole; size <= bytes.size(); ++size)
        EXPECT_EQ(verified(std::string_view(bytes).substr(0, size)).is, verdict::ok) << size;
}

// Each single byte of the content that becomes another under the table is seen.
TEST(seal_reader, finds_every_changed_byte) {
    const std::string bytes = example("7.1");
    for (std::size_t at = 0; at < bytes.size() - 82; ++at) {
        if (bytes[at] == '\r' || bytes[at] == '\n') continue;
        std::string changed = bytes;
        changed[at] = changed[at] == '7' ? '8' : '7';
        EXPECT_NE(verified(changed).is, verdict::ok) << at;
    }
}

struct judged {
    verdict is{};
    std::size_t begin{}, end{};
    std::uint64_t records{};
    std::optional<mac> computed;
    std::vector<std::string> findings;
    bool operator==(const judged&) const = default;
};

judged of(const verification& what) {
    judged out{what.is, what.inner_begin, what.inner_end, what.records, what.expected, {}};
    for (const finding& each : what.findings.kept())
        out.findings.push_back(describe(each) + " @" + std::to_string(each.where.offset));
    return out;
}

judged in_pieces(std::string_view bytes, std::size_t first, std::size_t others) {
    const key with = key_of(test_key);
    auto reader = detail::verifier::begin(&with, with.kvv().text(), {});
    EXPECT_TRUE(reader->update(bytes.substr(0, first)));
    for (std::size_t at = first; at < bytes.size(); at += others)
        EXPECT_TRUE(reader->update(bytes.substr(at, others)));
    return of(*reader->finish());
}

TEST(seal_reader, says_the_same_however_the_bytes_are_cut) {
    const std::string bytes = example("7.2");
    const std::vector<std::string> files{bytes,
                                         replaced(bytes, "\r\n", "\n"),
                                         replaced(bytes, "\r\n", "\r"),
                                         "\r\n \r\n" + bytes + "\r\n\x1A",
                                         replaced(bytes, "26000", "99261"),
                                         replaced(bytes, "\r\n26000", "\r\n99\r\n26000"),
                                         bytes + bytes,
                                         bytes.substr(0, 82) + bytes,
                                         unsealed(bytes),
                                         bytes.substr(0, bytes.size() - 82),
                                         bytes.substr(82),
                                         "\xEF\xBB\xBF" + bytes,
                                         bytes.substr(0, 80) + bytes.substr(82),
                                         replaced(bytes, "HMAC", "SAK1"),
                                         bytes + "x"};
    for (const std::string& each : files) {
        const judged whole = of(verified(each));
        for (const std::size_t others : {std::size_t{1}, std::size_t{7}, std::size_t{80}, each.size()})
            EXPECT_EQ(in_pieces(each, 0, others), whole) << others;
        for (std::size_t first = 0; first <= each.size(); ++first)
            EXPECT_EQ(in_pieces(each, first, each.size()), whole) << first;
    }
}

TEST(seal_reader, tells_how_far_it_has_come) {
    std::string data = unsealed(example("7.2"));
    while (data.size() < std::size_t{3} << 20)
        data += data;
    const std::string bytes = sealed_by_reference(test_key, data);
    std::vector<std::size_t> told;
    verify_options options;
    options.passed = [&](std::size_t offset) { told.push_back(offset); };
    EXPECT_EQ(verify(bytes, std::array{key_of(test_key)}, options)->is, verdict::ok);
    ASSERT_GE(told.size(), 4u);
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    EXPECT_EQ(told.back(), bytes.size());
}

}  // namespace

}  // namespace brygga::seal::testing
