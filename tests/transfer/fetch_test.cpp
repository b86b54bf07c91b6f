// Downloads where each call in turn goes wrong, at the partner or at home: in the end one copy in the inbox, never a second,
// and nothing cleared away at the partner that is not ours.
#include "connectors/transfer/fetch.hpp"

#include <cerrno>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/filedrop/inbox.hpp"
#include "connectors/transfer/poll.hpp"
#include "formats/core/sha256.hpp"
#include "tests/intake/faulty_files.hpp"
#include "tests/transfer/faulty_server.hpp"
#include "tests/transfer/kept_fetches.hpp"

namespace brygga::transfer::test {
namespace {

using intake_test::faulty_files;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::string_view content = "<Document>camt</Document>";

// Our side: folders, and what is kept between attempts.
struct receiver : kept_fetches {
    explicit receiver(partner& at, afterwards then = afterwards::remove) : from(at), where{"bank", "out", then, "done"} {}

    partner& from;
    source_folder where;
    faulty_files files;

    [[nodiscard]] home_folders home() { return kept_fetches::home(files); }
    outcome<fetched> attempt(const std::string& name, const step_hook& at_step = {}) {
        const fetch_notes noted = notes(at_step);
        if (auto placed = place_staged(home(), noted); !placed) return tl::unexpected(placed.error());
        const auto connection = from.connect();
        const auto facts = connection->facts(joined(where.folder, name));
        if (!facts) return tl::unexpected(facts.error());
        if (!*facts) return fetched::before;
        return fetch(*connection, where, {name, **facts}, home(), noted);
    }
    outcome<fetched> until_done(const std::string& name, int attempts = 4) {
        auto ended = attempt(name);
        while (--attempts > 0 && (ended ? *ended == fetched::changing : retryable(ended.error().what)))
            ended = attempt(name);
        return ended;
    }
};

TEST(fetch, brings_a_file_home_and_then_clears_it_away) {
    partner at;
    at.files["out/camt.xml"] = content;
    receiver to(at);
    EXPECT_EQ(to.attempt("camt.xml").value(), fetched::now);
    EXPECT_THAT(to.inbox(), ElementsAre(Pair("camt.xml", content)));
    EXPECT_THAT(at.files, IsEmpty());
    EXPECT_TRUE(to.staging_is_empty());
    ASSERT_EQ(to.taken.size(), 1u);
    EXPECT_EQ(to.taken[0].sha256, sha256_hex(content));
    EXPECT_EQ(to.taken[0].size_bytes, content.size());
    EXPECT_EQ(to.taken[0].name, "camt.xml");
}

TEST(fetch, moves_a_file_away_beside_one_of_its_name) {
    partner at;
    at.files["out/camt.xml"] = content;
    at.files["done/camt.xml"] = "older";
    receiver to(at, afterwards::move);
    EXPECT_EQ(to.attempt("camt.xml").value(), fetched::now);
    EXPECT_EQ(at.files.size(), 2u);
    EXPECT_EQ(at.files["done/camt.xml"], "older");
    EXPECT_EQ(at.files["done/" + to.taken.at(0).key + "-camt.xml"], content);
    EXPECT_THAT(at.lost, IsEmpty());
}

TEST(fetch, remembers_what_it_leaves_there) {
    partner at;
    at.files["out/camt.xml"] = content;
    receiver to(at, afterwards::leave);
    EXPECT_EQ(to.attempt("camt.xml").value(), fetched::now);
    EXPECT_EQ(to.attempt("camt.xml").value(), fetched::before);
    EXPECT_THAT(to.inbox(), ElementsAre(Pair("camt.xml", content)));
    at.modified_s["out/camt.xml"] = 77;
    EXPECT_EQ(to.attempt("camt.xml").value(), fetched::now) << "written again: the intake knows the bytes";
    EXPECT_EQ(to.inbox().size(), 2u) << "nothing in the inbox is replaced";
}

TEST(fetch, a_file_of_the_same_name_that_comes_after_it_was_cleared_is_another_file) {
    partner at;
    receiver to(at);
    for (const char* const each : {"first", "secnd"}) {
        at.files["out/camt.xml"] = each;
        EXPECT_EQ(to.attempt("camt.xml").value(), fetched::now);
    }
    EXPECT_EQ(to.inbox().size(), 2u);
    EXPECT_THAT(at.files, IsEmpty());
}

TEST(fetch, leaves_a_file_that_changes_while_it_is_read) {
    partner at;
    at.files["out/camt.xml"] = content;
    receiver to(at);
    const auto ended = to.attempt("camt.xml", [&](std::string_view step) {
        if (step == fetch_step::reading && at.files["out/camt.xml"] == content) at.files["out/camt.xml"] += "more";
    });
    EXPECT_EQ(ended.value(), fetched::changing);
    EXPECT_THAT(to.inbox(), IsEmpty());
    EXPECT_TRUE(to.staging_is_empty());
    EXPECT_EQ(to.attempt("camt.xml").value(), fetched::now);
    EXPECT_EQ(to.inbox()["camt.xml"], std::string(content) + "more");
}

TEST(fetch, does_not_clear_away_a_newer_file_of_the_name) {
    partner at;
    at.files["out/camt.xml"] = content;
    receiver to(at);
    const auto ended = to.attempt("camt.xml", [&](std::string_view step) {
        if (step == fetch_step::placed) at.files["out/camt.xml"] = "a newer one";
    });
    EXPECT_EQ(ended.value(), fetched::now);
    EXPECT_EQ(at.files["out/camt.xml"], "a newer one");
    EXPECT_EQ(to.attempt("camt.xml").value(), fetched::now);
    EXPECT_EQ(to.inbox().size(), 2u);
}

TEST(fetch, goes_on_where_a_cut_download_ended) {
    const std::string large(1'000'000, 'x');
    partner at;
    at.files["out/camt.xml"] = large;
    receiver to(at);
    int blocks = 0;
    const auto cut = to.attempt("camt.xml", [&](std::string_view step) {
        if (step == fetch_step::reading && ++blocks == 2) at.cut = true;
    });
    EXPECT_EQ(cut.error().what, fault::cut);
    blocks = 0;
    EXPECT_EQ(to.attempt("camt.xml", [&](std::string_view step) { blocks += step == fetch_step::reading ? 1 : 0; }).value(),
              fetched::now);
    EXPECT_EQ(blocks, 2) << "of four";
    EXPECT_THAT(to.inbox(), ElementsAre(Pair("camt.xml", large)));
}

// What has been taken from the partner is nowhere else: the inbox must see it.
TEST(fetch, whatever_the_name_the_inbox_sees_the_file) {
    const std::string long_name(300, 'x');
    for (const std::string name :
         {".camt", "BGMAX.TMP", ".bg.part", "bg.txt~", "a.crdownload", "a b.filepart", long_name.c_str()}) {
        partner at;
        at.files["out/" + name] = content;
        receiver to(at);
        EXPECT_EQ(to.attempt(name).value(), fetched::now);
        const auto look = filedrop::look_into(to.files, to.folder.path() / "inbox");
        ASSERT_TRUE(look);
        EXPECT_EQ(look->candidates.size(), 1u) << name;
    }
}

poll_rules everything(const std::string& pattern = "*") {
    return {{"bank", "out", afterwards::remove, {}}, timing::name_pattern::parse(pattern).value(), false, {}, {}, [](auto) {}};
}

TEST(poll, leaves_what_a_transfer_program_may_still_write) {
    partner at;
    for (const char* const name : {"out/camt.xml", "out/camt.xml.part", "out/B.TMP", "out/.c.filepart", "out/d.txt~"})
        at.files[name] = content;
    receiver to(at);
    const auto told = poll(*at.connect(), everything(), to.home(), to.notes());
    EXPECT_EQ(told.value().fetched, 1u);
    EXPECT_EQ(at.files.size(), 4u);
    poll_rules wanted = everything("*.tmp");
    wanted.names = timing::name_pattern::parse("*.TMP").value();
    wanted.unfinished_names = true;
    EXPECT_EQ(poll(*at.connect(), wanted, to.home(), to.notes()).value().fetched, 1u) << "the pattern says so";
}

TEST(poll, tells_at_which_file_the_connection_was_lost) {
    partner at;
    at.files["out/a.xml"] = at.files["out/b.xml"] = content;
    at.wrong_call = 3;  // after two looks into the folder
    at.how = mishap::cut_before;
    receiver to(at);
    const auto told = poll(*at.connect(), everything(), to.home(), to.notes());
    ASSERT_TRUE(told.value().ended_by);
    EXPECT_EQ(told->ended_by->name, "a.xml");
    poll_rules without = everything();
    without.passed_over.insert("a.xml");
    at.cut = false;
    EXPECT_EQ(poll(*at.connect(), without, to.home(), to.notes()).value().fetched, 1u);
    EXPECT_THAT(at.files, ElementsAre(Pair("out/a.xml", content)));
}

// Between the note and the inbox the partner clears its folder itself: ours is the only copy.
TEST(fetch, places_what_the_partner_no_longer_has) {
    for (const std::string_view death : {fetch_step::whole, fetch_step::taken}) {
        partner at;
        at.files["out/camt.xml"] = content;
        receiver to(at);
        struct dead {};
        EXPECT_THROW(static_cast<void>(to.attempt("camt.xml",
                                                  [&](std::string_view step) {
                                                      if (step == death) throw dead{};
                                                  })),
                     dead);
        at.files.clear();
        EXPECT_EQ(to.attempt("camt.xml").value(), fetched::before);
        EXPECT_THAT(to.inbox(), ElementsAre(Pair("camt.xml", content)));
        EXPECT_EQ(to.taken.size(), 1u);
    }
}

// Ours was taken and then cleared away by somebody else before we could note it.
TEST(fetch, another_file_with_the_size_and_time_of_a_taken_one_is_not_cleared_away_unread) {
    partner at;
    at.files["out/camt.xml"] = "first";
    receiver to(at);
    const auto cut = to.attempt("camt.xml", [&](std::string_view step) { at.cut = step == fetch_step::placed; });
    EXPECT_EQ(cut.error().what, fault::cut);
    at.files["out/camt.xml"] = "secnd";
    EXPECT_EQ(to.attempt("camt.xml").value(), fetched::now);
    EXPECT_EQ(to.inbox().size(), 2u);
    EXPECT_THAT(at.files, IsEmpty());
}

class fetch_on_a_bad_day : public ::testing::TestWithParam<afterwards> {};
INSTANTIATE_TEST_SUITE_P(all, fetch_on_a_bad_day, ::testing::Values(afterwards::remove, afterwards::move, afterwards::leave));

void expect_one_copy(receiver& to, const partner& at) {
    EXPECT_THAT(to.inbox(), ElementsAre(Pair("camt.xml", content)));
    EXPECT_TRUE(to.staging_is_empty());
    EXPECT_EQ(to.taken.size(), 1u);
    EXPECT_THAT(at.lost, IsEmpty());
    switch (to.where.then) {
        case afterwards::remove:
            EXPECT_THAT(at.files, IsEmpty());
            break;
        case afterwards::move:
            EXPECT_THAT(at.files, ElementsAre(Pair("done/camt.xml", content)));
            break;
        case afterwards::leave:
            EXPECT_THAT(at.files, ElementsAre(Pair("out/camt.xml", content)));
            break;
    }
}

TEST_P(fetch_on_a_bad_day, ends_with_one_copy_whatever_the_server_does_at_whichever_call) {
    for (const mishap how : all_mishaps) {
        int wrong = 0;
        for (bool reached = true; reached;) {
            SCOPED_TRACE(testing::Message() << "call " << ++wrong << " goes wrong in way " << static_cast<int>(how));
            partner at;
            at.files["out/camt.xml"] = content;
            at.wrong_call = wrong;
            at.how = how;
            receiver to(at, GetParam());
            const auto ended = to.until_done("camt.xml");
            ASSERT_TRUE(ended) << ended.error().text;
            static_cast<void>(to.until_done("camt.xml"));
            expect_one_copy(to, at);
            reached = at.calls >= wrong;
        }
        EXPECT_GT(wrong, 5);
    }
}

TEST_P(fetch_on_a_bad_day, ends_with_one_copy_whichever_call_fails_at_home) {
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after})
        for (std::size_t wrong = 1, reached = 1; reached >= wrong; ++wrong) {
            SCOPED_TRACE(wrong);
            partner at;
            at.files["out/camt.xml"] = content;
            receiver to(at, GetParam());
            to.files.fail_at = wrong;
            to.files.moment = moment;
            const auto ended = to.until_done("camt.xml");
            ASSERT_TRUE(ended) << ended.error().text;
            expect_one_copy(to, at);
            reached = to.files.calls;
        }
}

TEST_P(fetch_on_a_bad_day, goes_on_after_a_death_at_each_step) {
    for (int death = 1;; ++death) {
        SCOPED_TRACE(death);
        partner at;
        at.files["out/camt.xml"] = content;
        receiver to(at, GetParam());
        struct dead {};
        int steps = 0;
        bool died = false;
        try {
            static_cast<void>(to.attempt("camt.xml", [&](std::string_view) {
                if (++steps == death) throw dead{};
            }));
        } catch (const dead&) {
            died = true;
        }
        ASSERT_TRUE(to.until_done("camt.xml"));
        expect_one_copy(to, at);
        if (died) continue;
        EXPECT_GE(death, GetParam() == afterwards::leave ? 6 : 7);
        break;
    }
}

}  // namespace
}  // namespace brygga::transfer::test
