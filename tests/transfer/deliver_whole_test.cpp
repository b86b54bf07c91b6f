// Uploads in one request, on a server where each call in turn goes wrong in each way: in the end one whole file, or a person is
// asked because nobody here can know; and never a second.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/transfer/deliver.hpp"
#include "tests/transfer/faulty_server.hpp"
#include "tests/transfer/one_file.hpp"

namespace brygga::transfer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const std::string content = "payment order";

partner whole_server() {
    partner made;
    made.whole = true;
    return made;
}

struct sender {
    partner& to;
    one_file file{content};

    outcome<delivered> attempt(const std::function<void(std::string_view)>& at_step = {}) {
        return file.attempt(*to.connect(), at_step);
    }
    outcome<delivered> until_done(int attempts = 4) {
        auto ended = attempt();
        while (!ended && retryable(ended.error().what) && --attempts > 0)
            ended = attempt();
        return ended;
    }
};

TEST(deliver_whole, puts_a_file_there_under_its_name) {
    partner to = whole_server();
    sender from{to};
    EXPECT_EQ(from.attempt().value(), delivered::now);
    EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", content)));
    EXPECT_THAT(from.file.steps, ElementsAre("looked", "writing", "writing", "noted", "written", "seen"));
    EXPECT_EQ(from.attempt().value(), delivered::before);
    from.file.before = tried::somehow;
    EXPECT_EQ(from.attempt().value(), delivered::before) << "sent again with the same name and bytes";
    EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", content)));
}

TEST(deliver_whole, never_touches_another_file) {
    for (const std::string other : {"payment-order", "other", ""}) {
        partner to = whole_server();
        to.files["in/pain.xml"] = other;
        sender from{to};
        EXPECT_EQ(from.attempt().error().what, fault::name_taken) << other;
        EXPECT_EQ(from.attempt([&](std::string_view) {}).error().what, fault::name_taken);
        EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", other)));
    }
}

TEST(deliver_whole, a_name_that_is_taken_between_look_and_upload_stays_anothers) {
    partner to = whole_server();
    sender from{to};
    const auto ended = from.attempt([&](std::string_view step) {
        if (step == delivery_step::looked) to.files["in/pain.xml"] = "another";
    });
    EXPECT_EQ(ended.error().what, fault::name_taken);
    EXPECT_NE(from.file.before, tried::uploaded) << "the server said that it is not ours";
    EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", "another")));
}

TEST(deliver_whole, without_a_note_the_last_bytes_do_not_go) {
    partner to = whole_server();
    sender from{to};
    from.file.notes_fail = true;
    EXPECT_EQ(from.attempt().error().what, fault::ours);
    EXPECT_THAT(to.files, IsEmpty());
}

TEST(deliver_whole, a_file_that_is_collected_at_once_is_delivered_where_the_server_told_its_hash_and_in_doubt_where_not) {
    for (const bool tells : {true, false}) {
        partner to = whole_server();
        to.tells_hash = tells;
        int copies = 0;
        to.after_rename = [&](partner& at) {
            ++copies;
            at.files.clear();
        };
        sender from{to};
        const auto ended = from.attempt();
        if (tells)
            EXPECT_EQ(ended.value(), delivered::collected);
        else
            EXPECT_EQ(ended.error().what, fault::in_doubt);
        EXPECT_EQ(from.attempt().error().what, fault::in_doubt);
        EXPECT_EQ(copies, 1) << "never a second";
    }
}

// A person asks the partner, and says send again when it has nothing.
void decide(sender& from, outcome<delivered>& ended, std::size_t copies) {
    if (ended || ended.error().what != fault::in_doubt || copies != 0) return;
    from.file.before = tried::somehow;
    ended = from.until_done();
}

TEST(deliver_whole, ends_with_one_whole_file_whatever_goes_wrong_at_whichever_call) {
    for (const bool collects : {false, true})
        for (const mishap how : all_mishaps) {
            if (collects && how == mishap::half) continue;  // it collects half a file and says yes: nothing of ours to mend
            int wrong = 0;
            for (bool reached = true; reached;) {
                SCOPED_TRACE(testing::Message() << "call " << ++wrong << " goes wrong in way " << static_cast<int>(how));
                partner to = whole_server();
                to.wrong_call = wrong;
                to.how = how;
                to.tells_hash = collects;
                std::vector<std::string> collected;
                if (collects)
                    to.after_rename = [&](partner& at) {
                        collected.push_back(at.files["in/pain.xml"]);
                        at.files.erase("in/pain.xml");
                    };
                sender from{to};
                auto ended = from.until_done();
                decide(from, ended, collected.size() + to.files.size());
                if (!collects) {
                    ASSERT_TRUE(ended) << ended.error().text;
                    EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", content)));
                } else {
                    EXPECT_TRUE(ended || ended.error().what == fault::in_doubt);
                    EXPECT_EQ(collected, std::vector{content}) << "taken twice, or not whole";
                    EXPECT_THAT(to.files, IsEmpty());
                }
                reached = to.calls >= wrong;
            }
            EXPECT_GE(wrong, 4);
        }
}

TEST(deliver_whole, goes_on_after_a_death_at_each_step) {
    for (const std::string_view death : whole_delivery_steps) {
        SCOPED_TRACE(death);
        partner to = whole_server();
        int copies = 0;
        to.after_rename = [&](partner&) { ++copies; };
        sender from{to};
        struct dead {};
        EXPECT_THROW(static_cast<void>(from.attempt([&](std::string_view step) {
                         if (step == death) throw dead{};
                     })),
                     dead);
        auto ended = from.until_done();
        // Between the note and the answer nobody here can know.
        EXPECT_EQ(!ended, death == delivery_step::noted);
        decide(from, ended, to.files.size());
        EXPECT_TRUE(ended);
        EXPECT_EQ(copies, 1);
        EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", content)));
    }
}

}  // namespace
}  // namespace brygga::transfer::test
