// What is laid into an outbox that seals reaches the partner sealed, once, with the same bytes whatever goes wrong.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "connectors/dispatch/dispatch.hpp"
#include "connectors/dispatch/steps.hpp"
#include "connectors/transfer/deliver.hpp"
#include "formats/core/sha256.hpp"
#include "tests/dispatch/office.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::dispatch::test {
namespace {

using seal::testing::example;
using seal::testing::other_key;
using seal::testing::replaced;
using seal::testing::sealed_by_reference;
using seal::testing::unsealed;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr ledger::timestamp_ms ms_per_day = 86'400'000;
constexpr ledger::timestamp_ms on_the_day = 1'795'431'600'000;  // 2026-11-23 12:00 in Sweden
constexpr std::string_view newer_key = "ffeeddccbbaa99887766554433221100";

std::string seal_table(std::string_view file, std::string_view digits, std::string_view more = "") {
    return fmt::format("[[tenant.seal_key]]\ncustomer = '471117'\nsecret = {{file = '{}'}}\nkvv = '{}'\n{}", file,
                       seal::testing::key_of(digits).kvv().text(), more);
}

void put_key(const std::filesystem::path& path, std::string_view digits) {
    intake_test::put(path, digits);
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

const std::string& sealing_rule() {
    static const std::string text = "seal = '471117'\n" + seal_table("seal.key", other_key);
    return text;
}

class sealed_dispatch : public ::testing::Test {
 protected:
    sealed_dispatch() {
        put_key(folder.path() / "seal.key", other_key);
        at.clock.now_ms = on_the_day;
    }
    intake_test::scratch_folder folder;
    office at{folder.path(), sealing_rule()};
    const std::string data = unsealed(example("7.2"));
    const std::string sealed = sealed_by_reference(other_key, data);
};

TEST_F(sealed_dispatch, a_file_reaches_the_partner_sealed) {
    at.lay("lb.txt", data);
    EXPECT_THAT(at.run().troubles, IsEmpty());
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/lb.txt", sealed)));
    EXPECT_THAT(at.queue(), ElementsAre("lb.txt sent 1 seen-there"));
    EXPECT_THAT(at.left_at_home(), IsEmpty());
    const std::string hash = sha256_hex(sealed);
    EXPECT_TRUE(std::filesystem::exists(at.with.originals / hash.substr(0, 2) / hash)) << "what was sent is kept";
    const std::string unsealed_hash = sha256_hex(data);
    EXPECT_FALSE(std::filesystem::exists(at.with.originals / unsealed_hash.substr(0, 2) / unsealed_hash));
}

TEST_F(sealed_dispatch, sending_again_sends_the_same_bytes_though_the_day_is_another) {
    at.lay("lb.txt", data);
    static_cast<void>(at.run());
    at.bank.files.clear();
    at.clock.now_ms += 3 * ms_per_day;
    at.decide("lb.txt", ledger::sending::queued);
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/lb.txt", sealed)));
}

// Two seals of two days differ, and the payments in them are the same.
TEST_F(sealed_dispatch, the_same_data_on_another_day_are_refused) {
    at.lay("lb.txt", data);
    static_cast<void>(at.run());
    at.clock.now_ms += ms_per_day;
    at.lay("again.txt", data);
    const auto told = at.run();
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/lb.txt", sealed)));
    ASSERT_EQ(told.refused.size(), 1u);
    EXPECT_THAT(told.refused[0].why, HasSubstr("the same bytes were queued for this partner before"));
}

TEST_F(sealed_dispatch, what_cannot_be_sealed_is_refused_with_the_reason_beside_it) {
    struct bad {
        std::string name, bytes, why;
    };
    std::string tab = data, narrow = data;
    tab[100] = '\t';
    narrow.erase(100, 1);
    const std::vector<bad> all{{"empty.txt", "\r\n", "there is nothing to seal: the data hold no record"},
                               {"narrow.txt", narrow, "it cannot be sealed: SEAL-R05 in line 2: brygga seal tells more"},
                               {"sealed.txt", example("7.2"), "it cannot be sealed: SEAL-R03 in line 1: brygga seal tells more"},
                               {"tab.txt", tab, "it cannot be sealed: SEAL-R04 in line 2: brygga seal tells more"}};
    for (const bad& each : all)
        at.lay(each.name, each.bytes);
    const auto told = at.run();
    EXPECT_THAT(at.bank.files, IsEmpty());
    ASSERT_EQ(told.refused.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(told.refused[i].why, all[i].why);
        EXPECT_EQ(intake_test::get(at.outbox() / "rejected" / all[i].name), all[i].bytes) << "as it was laid";
        EXPECT_EQ(intake_test::get(at.outbox() / "rejected" / (all[i].name + ".reason.txt")), all[i].why + "\n");
        EXPECT_EQ(at.queue()[i], all[i].name + " refused 0 " + all[i].why);
    }
}

TEST_F(sealed_dispatch, a_file_that_is_too_large_is_refused) {
    at.lay("large.txt", "");
    std::filesystem::resize_file(at.outbox() / "large.txt", (std::uint64_t{256} << 20) + 1);
    const auto told = at.run();
    ASSERT_EQ(told.refused.size(), 1u);
    EXPECT_EQ(told.refused[0].why, "it is larger than a file that is sealed may be");
}

TEST_F(sealed_dispatch, without_its_key_a_file_waits) {
    std::filesystem::remove(folder.path() / "seal.key");
    at.lay("lb.txt", data);
    auto told = at.run();
    ASSERT_EQ(told.troubles.size(), 1u);
    EXPECT_THAT(told.troubles[0].text, HasSubstr("customer 471117, KVV 1C53FD715A183AC598D3FEF45719C96F: the seal key:"));
    EXPECT_THAT(at.bank.files, IsEmpty());
    put_key(folder.path() / "seal.key", newer_key);
    told = at.run();
    EXPECT_THAT(told.troubles[0].text, HasSubstr("SEAL-R02"));
    put_key(folder.path() / "seal.key", other_key);
    EXPECT_THAT(at.run().troubles, IsEmpty());
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/lb.txt", sealed)));
}

TEST(sealed_dispatch_keys, are_chosen_by_the_day_and_none_is_trouble) {
    const intake_test::scratch_folder folder;
    put_key(folder.path() / "old.key", other_key);
    put_key(folder.path() / "new.key", newer_key);
    office at(folder.path(), "seal = '471117'\n" + seal_table("old.key", other_key, "valid_until = '2026-11-23'\n") +
                                 seal_table("new.key", newer_key, "valid_from = '2026-11-25'\n"));
    const std::string data = unsealed(example("7.2")), other_data = unsealed(example("7.1"));
    at.clock.now_ms = on_the_day;
    at.lay("old.txt", data);
    static_cast<void>(at.run());
    at.clock.now_ms += 2 * ms_per_day;
    at.lay("new.txt", other_data);
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/new.txt", sealed_by_reference(newer_key, other_data, "261125")),
                                           Pair("in/old.txt", sealed_by_reference(other_key, data))));
    at.clock.now_ms = on_the_day + ms_per_day;
    at.lay("between.txt", replaced(data, "ANNA", "EVA "));
    const auto told = at.run();
    ASSERT_EQ(told.troubles.size(), 1u);
    EXPECT_EQ(told.troubles[0].text, "no [[tenant.seal_key]] of customer 471117 is valid on 2026-11-24");
}

// At each step the process dies once, and the next one starts a day later: the bytes are those of the first day.
TEST(sealed_dispatch_death, at_each_step_ends_with_one_file_of_the_same_bytes) {
    struct dead {};
    const std::string data = unsealed(example("7.2")), sealed = sealed_by_reference(other_key, data);
    for (int death = 1;; ++death) {
        SCOPED_TRACE(death);
        const intake_test::scratch_folder folder;
        put_key(folder.path() / "seal.key", other_key);
        transfer::test::partner bank;
        bool died = false;
        std::vector<std::string> seen;
        for (int process = 0; process < 2; ++process) {
            office at(folder.path(), sealing_rule());
            at.clock.now_ms = on_the_day + process * ms_per_day;
            at.how.connect = [&](const partners::partner&, const std::stop_token&) { return bank.connect(); };
            if (process == 0) {
                at.lay("lb.txt", data);
                at.how.base.at_step = [&](std::string_view step) {
                    seen.emplace_back(step);
                    if (static_cast<int>(seen.size()) == death) throw dead{};
                };
            }
            try {
                static_cast<void>(at.run());
            } catch (const dead&) {
                died = true;
            }
            if (process == 0) continue;
            EXPECT_THAT(bank.files, ElementsAre(Pair("in/lb.txt", sealed)));
            ASSERT_EQ(at.queue().size(), 1u);
            EXPECT_THAT(at.queue()[0], HasSubstr("lb.txt sent"));
            EXPECT_THAT(at.left_at_home(), IsEmpty());
        }
        if (died) continue;
        EXPECT_THAT(seen, ::testing::Contains(std::string(step::sealed)));
        EXPECT_GT(death, 8);
        return;
    }
}

TEST(sealed_dispatch_bad_day, ends_with_one_file_whichever_call_fails_at_home) {
    const std::string data = unsealed(example("7.2")), sealed = sealed_by_reference(other_key, data);
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after})
        for (std::size_t wrong = 1, reached = 1; reached >= wrong; ++wrong) {
            SCOPED_TRACE(wrong);
            const intake_test::scratch_folder folder;
            put_key(folder.path() / "seal.key", other_key);
            office at(folder.path(), sealing_rule());
            at.clock.now_ms = on_the_day;
            at.files.fail_at = wrong;
            at.files.moment = moment;
            at.lay("lb.txt", data);
            for (int pass = 0; pass < 3; ++pass, at.clock.now_ms += 8000)
                static_cast<void>(at.run());
            EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/lb.txt", sealed)));
            ASSERT_EQ(at.queue().size(), 1u);
            EXPECT_THAT(at.queue()[0], HasSubstr("lb.txt sent"));
            EXPECT_THAT(at.left_at_home(), IsEmpty());
            reached = at.files.calls;
        }
}

}  // namespace
}  // namespace brygga::dispatch::test
