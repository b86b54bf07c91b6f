// A file that is made from the ledger reaches the queue once, together with the rows that it stands for, or neither does.
#include "connectors/dispatch/made_file.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "connectors/dispatch/steps.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "formats/core/sha256.hpp"
#include "tests/dispatch/office.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::dispatch::test {
namespace {

using seal::testing::example;
using seal::testing::other_key;
using seal::testing::sealed_by_reference;
using seal::testing::unsealed;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr ledger::timestamp_ms on_the_day = 1'795'431'600'000;  // 2026-11-23 12:00 in Sweden
constexpr std::string_view bankgiro = "9912346";

std::string sealing_rule() {
    return fmt::format(
        "seal = '471117'\nformats = ['lb']\n[[tenant.seal_key]]\ncustomer = '471117'\n"
        "secret = {{file = 'seal.key'}}\nkvv = '{}'\n",
        seal::testing::key_of(other_key).kvv().text());
}

void put_key(const std::filesystem::path& folder) {
    intake_test::put(folder / "seal.key", std::string(other_key));
    std::filesystem::permissions(folder / "seal.key", std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

// Cancels the mandate of one payer.
result<void> write_row(ledger::transaction& into, ledger::row_id outgoing_id) {
    ledger::mandate item{0, std::string(bankgiro), "7001"};
    if (auto added = into.direct_debit().add_mandate(item); !added) return added;
    ledger::mandate_event event;
    event.state = ledger::mandate_state::cancelling;
    event.source_id = outgoing_id;
    return into.direct_debit().add_mandate_event(item.id, event);
}

maker making(const std::string& bytes) {
    return [bytes](ledger::transaction& into, ledger::row_id outgoing_id) -> result<std::string> {
        if (auto written = write_row(into, outgoing_id); !written) return tl::unexpected(written.error());
        return bytes;
    };
}

// The files that the mandate's events name; nothing when there is no mandate.
std::vector<ledger::row_id> sources(const office& at) {
    const auto in = at.store->begin_read("energi");
    if (!in) return {-1};
    const auto item = (*in)->direct_debit().mandate_with_number(bankgiro, "7001");
    if (!item || !*item) return {};
    std::vector<ledger::row_id> out;
    const auto events = (*in)->direct_debit().mandate_events((*item)->row.id);
    if (!events) return {-1};
    for (const auto& each : *events)
        out.push_back(each.source_id);
    return out;
}

std::vector<std::string> matters(const office& at) {
    const auto in = at.store->begin_read("energi");
    if (!in) return {in.error().text};
    const auto open = (*in)->matters().open_matters(10);
    if (!open) return {open.error().text};
    std::vector<std::string> out;
    for (const auto& each : *open)
        out.push_back(each.row.kind + " " + each.row.detail);
    return out;
}

made make(office& at, const maker& how, dispatch_report& told) {
    const config::tenant& who = at.with.tenants.front();
    const partners::partner& bank = who.partners.front();
    return queue_made(at.with, who, bank, *at.store, at.how, {"day:2026-11-23", "day.txt", &bank.sends.front()}, how, told);
}

class made_file : public ::testing::Test {
 protected:
    made_file() {
        put_key(folder.path());
        at.clock.now_ms = on_the_day;
    }
    intake_test::scratch_folder folder;
    office at{folder.path(), sealing_rule()};
    dispatch_report told;
    const std::string data = unsealed(example("7.2"));
    const std::string sealed = sealed_by_reference(other_key, data);
};

TEST_F(made_file, is_sealed_and_sent_and_its_rows_name_it) {
    const made done = make(at, making(data), told);
    EXPECT_EQ(done.end, made_end::queued);
    EXPECT_THAT(told.troubles, IsEmpty());
    EXPECT_THAT(sources(at), ElementsAre(done.id));
    EXPECT_THAT(at.run().troubles, IsEmpty());
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/day.txt", sealed)));
    EXPECT_THAT(at.queue(), ElementsAre("day.txt sent 1 seen-there"));
    EXPECT_THAT(at.left_at_home(), IsEmpty());
    const std::string hash = sha256_hex(sealed);
    EXPECT_TRUE(std::filesystem::exists(at.with.originals / hash.substr(0, 2) / hash)) << "what was sent is kept";
    const auto in = at.store->begin_read("energi");
    const auto queued = (*in)->exchange().outgoing_with_key("day:2026-11-23").value().value();
    EXPECT_EQ(queued.row.id, done.id);
    EXPECT_EQ(queued.row.format, "lb");
    EXPECT_EQ(queued.row.laid_sha256, sha256_hex(data));
}

TEST_F(made_file, of_the_same_key_is_not_made_again) {
    const made first = make(at, making(data), told);
    const made second = make(
        at, [](ledger::transaction&, ledger::row_id) -> result<std::string> { return fail(error_code::io, "asked"); }, told);
    EXPECT_EQ(second.end, made_end::already_there);
    EXPECT_EQ(second.id, first.id);
    EXPECT_THAT(told.troubles, IsEmpty());
    EXPECT_THAT(sources(at), ElementsAre(first.id));
}

TEST_F(made_file, that_is_empty_is_not_sent_and_what_else_was_written_stays) {
    const auto nothing = [](ledger::transaction& into, ledger::row_id) -> result<std::string> {
        ledger::matter item;
        item.kind = "told";
        item.key = "told";
        item.detail = "{}";
        if (auto added = into.matters().add_matter(item); !added) return tl::unexpected(added.error());
        return std::string();
    };
    EXPECT_EQ(make(at, nothing, told).end, made_end::nothing);
    EXPECT_THAT(at.queue(), IsEmpty());
    EXPECT_THAT(matters(at), ElementsAre("told {}"));
}

TEST_F(made_file, that_our_own_reader_refuses_leaves_no_row_and_a_person_sees_it) {
    for (int pass = 0; pass < 2; ++pass)
        EXPECT_EQ(make(at, making(payment_order()), told).end, made_end::refused);
    EXPECT_THAT(sources(at), IsEmpty());
    EXPECT_THAT(at.queue(), IsEmpty());
    EXPECT_THAT(at.left_at_home(), IsEmpty());
    ASSERT_EQ(told.troubles.size(), 2u);
    EXPECT_EQ(told.troubles[0].at, "made");
    EXPECT_EQ(told.troubles[0].text, "it is pain.001, which is not among the formats of this outbox");
    EXPECT_THAT(matters(at), ElementsAre(R"(made-file-refused {"file":"day.txt","folder":"in","partner":"bank",)"
                                         R"("why":"it is pain.001, which is not among the formats of this outbox"})"));
    EXPECT_EQ(make(at, making(data), told).end, made_end::queued) << "mended, it goes";
}

TEST_F(made_file, that_cannot_be_sealed_is_refused_too) {
    EXPECT_EQ(make(at, making(example("7.2")), told).end, made_end::refused);
    EXPECT_THAT(sources(at), IsEmpty());
    EXPECT_THAT(at.left_at_home(), IsEmpty());
    EXPECT_THAT(matters(at), ElementsAre(HasSubstr("it cannot be sealed: SEAL-R03 in line 1")));
}

TEST_F(made_file, that_its_maker_found_wrong_is_refused) {
    const auto wrong = [](ledger::transaction& into, ledger::row_id id) -> result<std::string> {
        if (auto written = write_row(into, id); !written) return tl::unexpected(written.error());
        return fail(error_code::corrupt, "our own reader finds AG-R17 in what was written");
    };
    EXPECT_EQ(make(at, wrong, told).end, made_end::refused);
    EXPECT_THAT(sources(at), IsEmpty());
    EXPECT_THAT(matters(at), ElementsAre(HasSubstr("AG-R17")));
}

TEST_F(made_file, waits_for_its_seal_key) {
    std::filesystem::remove(folder.path() / "seal.key");
    EXPECT_EQ(make(at, making(data), told).end, made_end::not_now);
    ASSERT_EQ(told.troubles.size(), 1u);
    EXPECT_THAT(told.troubles[0].text, HasSubstr("the seal key:"));
    EXPECT_THAT(sources(at), IsEmpty());
    EXPECT_THAT(matters(at), IsEmpty()) << "it is of the moment";
    put_key(folder.path());
    EXPECT_EQ(make(at, making(data), told).end, made_end::queued);
}

TEST_F(made_file, waits_while_another_process_exchanges_files_with_the_partner) {
    const config::tenant& who = at.with.tenants.front();
    const auto lock = filedrop::take_lock(filedrop::posix_file_system(), who.lock_of(who.partners.front()));
    ASSERT_TRUE(lock);
    EXPECT_EQ(make(at, making(data), told).end, made_end::not_now);
    ASSERT_EQ(told.troubles.size(), 1u);
    EXPECT_EQ(told.troubles[0].at, "lock");
}

TEST(made_file_unsealed, goes_as_it_is_and_is_judged_though_the_rule_takes_anything) {
    const intake_test::scratch_folder folder;
    office at(folder.path(), "");
    at.clock.now_ms = on_the_day;
    dispatch_report told;
    EXPECT_EQ(make(at, making("hello"), told).end, made_end::refused);
    EXPECT_EQ(make(at, making(payment_order()), told).end, made_end::queued);
    static_cast<void>(at.run());
    EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/day.txt", payment_order())));
    EXPECT_THAT(at.left_at_home(), IsEmpty());
}

// At each step the process dies once, and the next one begins a moment later.
TEST(made_file_death, at_each_step_ends_with_the_same_books_and_one_file) {
    struct dead {};
    const std::string data = unsealed(example("7.2")), sealed = sealed_by_reference(other_key, data);
    for (int death = 1;; ++death) {
        SCOPED_TRACE(death);
        const intake_test::scratch_folder folder;
        put_key(folder.path());
        transfer::test::partner bank;
        bool died = false;
        std::vector<std::string> seen;
        for (int process = 0; process < 2; ++process) {
            office at(folder.path(), sealing_rule());
            at.clock.now_ms = on_the_day + process * 60'000;
            at.how.connect = [&](const partners::partner&, const std::stop_token&) { return bank.connect(); };
            if (process == 0)
                at.how.base.at_step = [&](std::string_view step) {
                    seen.emplace_back(step);
                    if (static_cast<int>(seen.size()) == death) throw dead{};
                };
            dispatch_report told;
            try {
                static_cast<void>(make(at, making(data), told));
                static_cast<void>(at.run());
            } catch (const dead&) {
                died = true;
            }
            if (process == 0) continue;
            EXPECT_THAT(bank.files, ElementsAre(Pair("in/day.txt", sealed)));
            ASSERT_EQ(at.queue().size(), 1u);
            EXPECT_THAT(at.queue()[0], HasSubstr("day.txt sent"));
            EXPECT_EQ(sources(at).size(), 1u);
            EXPECT_THAT(at.left_at_home(), IsEmpty());
            EXPECT_TRUE(std::filesystem::is_empty(at.with.originals / "tmp"));
        }
        if (died) continue;
        for (const auto each : {step::made, step::made_written, step::made_kept, step::made_queued})
            EXPECT_THAT(seen, Contains(std::string(each)));
        return;
    }
}

TEST(made_file_bad_day, ends_with_one_file_whichever_call_fails_at_home) {
    const std::string data = unsealed(example("7.2")), sealed = sealed_by_reference(other_key, data);
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after})
        for (std::size_t wrong = 1, reached = 1; reached >= wrong; ++wrong) {
            SCOPED_TRACE(wrong);
            const intake_test::scratch_folder folder;
            put_key(folder.path());
            office at(folder.path(), sealing_rule());
            at.clock.now_ms = on_the_day;
            at.files.fail_at = wrong;
            at.files.moment = moment;
            for (int pass = 0; pass < 3; ++pass, at.clock.now_ms += 8000) {
                dispatch_report told;
                const made done = make(at, making(data), told);
                EXPECT_EQ(done.end == made_end::not_now, !told.troubles.empty()) << "no failure is silent";
                static_cast<void>(at.run());
            }
            EXPECT_THAT(at.bank.files, ElementsAre(Pair("in/day.txt", sealed)));
            ASSERT_EQ(at.queue().size(), 1u);
            EXPECT_THAT(at.queue()[0], HasSubstr("day.txt sent"));
            EXPECT_EQ(sources(at).size(), 1u);
            EXPECT_THAT(matters(at), IsEmpty());
            EXPECT_THAT(at.left_at_home(), IsEmpty());
            reached = at.files.calls;
        }
}

}  // namespace
}  // namespace brygga::dispatch::test
