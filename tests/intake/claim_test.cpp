#include "connectors/filedrop/claim.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/ledger/manual_clock.hpp"

namespace brygga::filedrop {
namespace {

using namespace std::string_literals;

struct name_case {
    std::string delivered, escaped, readable;
};

class escape_test : public testing::TestWithParam<name_case> {};

TEST_P(escape_test, is_safe_reversible_and_readable) {
    const auto& [delivered, escaped, readable] = GetParam();
    EXPECT_EQ(escape_name(delivered), escaped);
    EXPECT_EQ(unescape_name(escaped), delivered);
    EXPECT_EQ(readable_name(delivered), readable);
}

INSTANTIATE_TEST_SUITE_P(
    names, escape_test,
    testing::Values(name_case{"in.txt", "in.txt", "in.txt"},
                    name_case{"BgMax_2026-03-02.txt", "BgMax_2026-03-02.txt", "BgMax_2026-03-02.txt"},
                    name_case{"a b.txt", "a%20b.txt", "a b.txt"}, name_case{"a\nb", "a%0Ab", "a%0Ab"},
                    name_case{"..", "%2E.", ".."}, name_case{"../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd", "../../etc/passwd"},
                    name_case{".hidden", "%2Ehidden", ".hidden"}, name_case{"50%.txt", "50%25.txt", "50%.txt"},
                    name_case{"%41", "%2541", "%41"}, name_case{"~", "%7E", "~"},
                    name_case{"\xC3\xA5r.txt", "%C3%A5r.txt", "\xC3\xA5r.txt"}, name_case{"\xE5r.txt", "%E5r.txt", "%E5r.txt"},
                    name_case{"\xC2\x85", "%C2%85", "%C2%85"}, name_case{"a\0b"s, "a%00b", "a%00b"}, name_case{"", "%", ""},
                    name_case{"x.receipt.json", "x.receipt%2Ejson", "x.receipt.json"},
                    name_case{"x.receipt.json.txt", "x.receipt.json.txt", "x.receipt.json.txt"}));

TEST(escape_name_test, cuts_long_names_at_a_character_and_marks_the_cut) {
    const std::string fits(max_escaped_name, 'a');
    EXPECT_EQ(escape_name(fits), fits);
    const std::string cut = escape_name(fits + "b");
    EXPECT_EQ(cut, std::string(max_escaped_name - 1, 'a') + "~");
    const std::string wide = escape_name(std::string(255, '\n'));
    EXPECT_LE(wide.size(), max_escaped_name);
    EXPECT_TRUE(wide.ends_with("%0A~")) << wide;
}

RC_GTEST_PROP(escape_name_test, any_name_becomes_a_safe_one, (const std::string& name)) {
    const std::string escaped = escape_name(name);
    RC_ASSERT(!escaped.empty() && escaped.size() <= max_escaped_name);
    RC_ASSERT(escaped.front() != '.');
    RC_ASSERT(!std::string_view(escaped).ends_with(receipt_ending));
    RC_ASSERT(escaped.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-%~") ==
              std::string::npos);
    if (escaped.back() != '~') RC_ASSERT(unescape_name(escaped) == name);
    const auto parsed = parse_claimed_name("0123456789ABC__" + escaped);
    RC_ASSERT(parsed && parsed->escaped == escaped && parsed->claim == "0123456789ABC");
}

TEST(claimed_name_test, reads_only_names_of_claimed_files) {
    for (const std::string_view text : {"", "in.txt", "0123456789ABC", "0123456789ABC__", "0123456789ABC_in.txt",
                                        "0123456789ABc__in.txt", "0123456789AB!__in.txt", "__0123456789ABC__in.txt"})
        EXPECT_FALSE(parse_claimed_name(text)) << text;
}

TEST(claim_source_test, ids_rise_tell_their_time_and_differ_between_processes) {
    ledger::manual_clock clock;
    std::uint32_t chance = 5;
    claim_source first(clock, [&] { return chance; });
    claim_source second(clock, [&] { return chance + 1; });
    const std::string a = first.next();
    EXPECT_EQ(a.size(), claim_characters);
    EXPECT_EQ(time_of_claim(a), clock.now_ms);
    EXPECT_NE(second.next(), a);
    const std::string b = first.next();
    EXPECT_LT(a, b);
    clock.now_ms += 1;
    chance = 0;
    const std::string c = first.next();
    EXPECT_LT(b, c);
    EXPECT_EQ(time_of_claim(c), clock.now_ms);
    clock.now_ms -= 1000;
    EXPECT_LT(c, first.next());
}

TEST(claim_source_test, the_machines_own_chance_differs) {
    ledger::manual_clock clock;
    std::set<std::string> seen;
    for (int i = 0; i < 20; ++i)
        seen.insert(claim_source(clock).next());
    EXPECT_GT(seen.size(), 18U);
}

}  // namespace
}  // namespace brygga::filedrop
