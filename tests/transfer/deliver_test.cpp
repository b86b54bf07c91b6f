// Uploads on a server where each call in turn goes wrong in each way: in the end one whole file, and never a second.
#include "connectors/transfer/deliver.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/core/sha256.hpp"
#include "tests/transfer/faulty_server.hpp"
#include "tests/transfer/one_file.hpp"

namespace brygga::transfer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::string_view content = "payment order";
const std::string large(1'000'000, 'x');

struct sender {
    partner& to;
    std::string bytes{content};
    one_file file{bytes};

    outcome<delivered> attempt(const std::function<void(std::string_view)>& at_step = {}) {
        return file.attempt(*to.connect(), at_step);
    }
    // As the queue does: again while that can help.
    outcome<delivered> until_done(int attempts = 4) {
        auto ended = attempt();
        while (!ended && retryable(ended.error().what) && --attempts > 0)
            ended = attempt();
        return ended;
    }
    // Whether an attempt has so many steps: it ends at the last of them, as a kill would end it.
    bool dies_at(int death) {
        int steps = 0;
        struct dead {};
        try {
            static_cast<void>(attempt([&](std::string_view) {
                if (++steps == death) throw dead{};
            }));
        } catch (const dead&) {
            return true;
        }
        return false;
    }
};

TEST(deliver, puts_a_file_there_under_its_name) {
    partner to;
    sender from{to};
    EXPECT_EQ(from.attempt().value(), delivered::now);
    EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", content)));
    from.file.before = tried::somehow;
    EXPECT_EQ(from.attempt().value(), delivered::before) << "sent again with the same name and bytes";
    EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", content)));
}

TEST(deliver, carries_an_empty_file_too) {
    partner to;
    sender from{to, ""};
    EXPECT_EQ(from.attempt().value(), delivered::now);
    EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", "")));
}

TEST(deliver, never_touches_another_file) {
    for (const std::string other : {"payment-order", "other", ""}) {
        partner to;
        to.files["in/pain.xml"] = other;
        sender from{to};
        EXPECT_EQ(from.attempt().error().what, fault::name_taken) << other;
        EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", other)));
    }
}

TEST(deliver, sees_a_file_that_takes_the_name_while_it_uploads) {
    partner to;
    sender from{to};
    const auto ended = from.attempt([&](std::string_view step) {
        if (step == delivery_step::proven) to.files["in/pain.xml"] = "other";
    });
    EXPECT_EQ(ended.error().what, fault::name_taken);
    EXPECT_EQ(to.files["in/pain.xml"], "other");
    EXPECT_THAT(to.lost, IsEmpty());
}

TEST(deliver, a_file_that_the_partner_takes_at_once_is_not_sent_again) {
    partner to;
    to.after_rename = [](partner& at) { at.files.erase("in/pain.xml"); };
    sender from{to};
    EXPECT_EQ(from.attempt().value(), delivered::collected);
    EXPECT_EQ(from.attempt().value(), delivered::collected);
    EXPECT_THAT(to.files, IsEmpty());
}

TEST(deliver, another_file_under_the_name_of_a_delivered_one_is_told) {
    for (const std::string other : {"another file", "payment-order"}) {
        partner to;
        sender from{to};
        from.file.before = tried::uploaded;
        to.files["in/pain.xml"] = other;
        EXPECT_EQ(from.attempt().error().what, fault::name_taken) << other << ", which has our size or not";
    }
}

TEST(deliver, goes_on_where_a_cut_upload_ended) {
    partner to;
    to.files["in/.pain.xml.7f.part"] = large.substr(0, 600'000);
    sender from{to, large};
    from.file.before = tried::somehow;
    int chunks = 0;
    EXPECT_EQ(from.attempt([&](std::string_view step) { chunks += step == delivery_step::writing ? 1 : 0; }).value(),
              delivered::now);
    EXPECT_EQ(chunks, 2) << "of four";
    EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", large)));
}

TEST(deliver, does_not_go_on_from_bytes_that_are_not_ours) {
    for (const std::string& part : {std::string(600'000, 'y'), std::string(1'000'000, 'y'), std::string(1'000'001, 'x')}) {
        partner to;
        to.files["in/.pain.xml.7f.part"] = part;
        sender from{to, large};
        from.file.before = tried::somehow;
        const auto ended = from.until_done();
        EXPECT_EQ(ended.value(), delivered::now);
        EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", large)));
    }
}

// The server has lost half of what was noted, and lies about what it is sent again: what then is removed was never renamed.
TEST(deliver, what_was_noted_and_is_no_longer_whole_is_sent_again) {
    partner to;
    to.files["in/.pain.xml.7f.part"] = large.substr(0, 600'000);
    to.wrong_call = 4;  // the first bytes, after two looks
    to.how = mishap::lies;
    sender from{to, large};
    from.file.before = tried::uploaded;
    EXPECT_EQ(from.attempt().error().what, fault::unproven);
    EXPECT_THAT(to.files, IsEmpty());
    EXPECT_EQ(from.attempt().value(), delivered::now);
    EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", large)));
}

struct behaviour {
    const char* name;
    bool collects;
    std::string bytes;
    std::string part;  // of an earlier attempt
};

class deliver_on_a_bad_day : public ::testing::TestWithParam<behaviour> {};

TEST_P(deliver_on_a_bad_day, ends_with_one_whole_file_whatever_goes_wrong_at_whichever_call) {
    const behaviour& with = GetParam();
    for (const mishap how : all_mishaps) {
        int wrong = 0;
        for (bool reached = true; reached;) {
            SCOPED_TRACE(testing::Message() << "call " << ++wrong << " goes wrong in way " << static_cast<int>(how));
            partner to;
            to.wrong_call = wrong;
            to.how = how;
            if (!with.part.empty()) to.files["in/.pain.xml.7f.part"] = with.part;
            std::vector<std::string> collected;
            if (with.collects)
                to.after_rename = [&](partner& at) {
                    collected.push_back(at.files["in/pain.xml"]);
                    at.files.erase("in/pain.xml");
                };
            sender from{to, with.bytes};
            if (!with.part.empty()) from.file.before = tried::somehow;
            const auto ended = from.until_done();
            ASSERT_TRUE(ended) << ended.error().text;
            if (with.collects) {
                EXPECT_EQ(collected, std::vector{with.bytes}) << "taken twice, or not whole";
                EXPECT_THAT(to.files, IsEmpty());
            } else {
                EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", with.bytes)));
            }
            EXPECT_THAT(to.lost, IsEmpty());
            reached = to.calls >= wrong;
        }
        EXPECT_GT(wrong, 8) << "the calls of one delivery";
    }
}
INSTANTIATE_TEST_SUITE_P(all, deliver_on_a_bad_day,
                         ::testing::Values(behaviour{"patient", false, std::string(content), ""},
                                           behaviour{"collecting", true, std::string(content), ""},
                                           behaviour{"large", false, large, ""},
                                           behaviour{"resumed", false, large, large.substr(0, 300'000)},
                                           behaviour{"resumed_and_collected", true, large, large.substr(0, 300'000)}),
                         [](const auto& of) { return of.param.name; });

// Killed at each step, and then not wanted any more: what had its name is found, and nothing else goes there.
TEST(deliver, what_is_not_wanted_any_more_is_only_looked_for) {
    for (const bool whole : {false, true})
        for (const bool collects : {false, true})
            for (int death = 1;; ++death) {
                SCOPED_TRACE(death);
                partner to;
                to.whole = whole;
                bool had_its_name = false;
                to.after_rename = [&](partner& at) {
                    had_its_name = true;
                    if (collects) at.files.erase("in/pain.xml");
                };
                sender from{to};
                const bool died = from.dies_at(death);
                const auto files = to.files;
                from.file.wanted = false;
                const auto ended = from.attempt();
                EXPECT_EQ(to.files, files);
                if (!had_its_name)
                    EXPECT_EQ(ended.error().what,
                              from.file.before == tried::uploaded && whole ? fault::in_doubt : fault::not_wanted);
                else if (ended)
                    EXPECT_EQ(*ended, collects ? delivered::collected : delivered::before);
                else
                    EXPECT_TRUE(whole && collects) << "of one request nobody can tell";
                if (!died) break;
            }
}

// Killed at each step: the note is durable, everything else is what the partner's folder says.
TEST(deliver, goes_on_after_a_death_at_each_step) {
    for (const bool collects : {false, true})
        for (int death = 1;; ++death) {
            SCOPED_TRACE(death);
            partner to;
            int copies = 0;
            to.after_rename = [&](partner& at) {
                ++copies;
                if (collects) at.files.erase("in/pain.xml");
            };
            sender from{to};
            const bool died = from.dies_at(death);
            ASSERT_TRUE(from.until_done());
            EXPECT_EQ(copies, 1);
            if (collects)
                EXPECT_THAT(to.files, IsEmpty());
            else
                EXPECT_THAT(to.files, ElementsAre(Pair("in/pain.xml", content)));
            if (!died) {
                EXPECT_GE(death, collects ? 7 : 8);
                break;
            }
        }
}

// Three files that are delivered together.
struct senders {
    partner& to;
    std::array<tried, 3> before{};
    int notes = 0;

    std::vector<std::optional<outcome<delivered>>> attempt(const std::function<void(std::string_view)>& at_step = {}) {
        std::vector<parcel> all;
        for (std::size_t i = 0; i < before.size(); ++i) {
            const std::string name(1, static_cast<char>('a' + i));
            all.push_back({content, sha256_hex(content), "in", name, "." + name + ".part", before[i]});
        }
        for (tried& each : before)
            if (each == tried::never) each = tried::somehow;
        return deliver(*to.connect(), all,
                       {[this](std::span<const std::size_t> which) -> outcome<void> {
                            ++notes;
                            for (const std::size_t i : which)
                                before[i] = tried::uploaded;
                            return {};
                        },
                        [this](std::size_t which) -> outcome<void> {
                            before[which] = tried::somehow;
                            return {};
                        },
                        at_step});
    }
    [[nodiscard]] static int done(const std::vector<std::optional<outcome<delivered>>>& ended) {
        int count = 0;
        for (const auto& each : ended)
            if (each && *each) ++count;
        return count;
    }
};

const auto three = ElementsAre(Pair("in/a", content), Pair("in/b", content), Pair("in/c", content));

TEST(deliver_together, needs_one_note) {
    partner to;
    senders from{to};
    EXPECT_EQ(senders::done(from.attempt()), 3);
    EXPECT_EQ(from.notes, 1);
    EXPECT_THAT(to.files, three);
}

TEST(deliver_together, one_whose_name_is_taken_does_not_keep_the_others) {
    partner to;
    to.files["in/b"] = "other";
    senders from{to};
    const auto ended = from.attempt();
    ASSERT_TRUE(ended[1]);
    EXPECT_EQ(ended[1]->error().what, fault::name_taken);
    EXPECT_EQ(senders::done(ended), 2);
    EXPECT_THAT(to.files, ElementsAre(Pair("in/a", content), Pair("in/b", "other"), Pair("in/c", content)));
}

TEST(deliver_together, those_behind_a_cut_have_not_had_their_turn) {
    partner to;
    to.wrong_call = 9;  // the first of the second file
    to.how = mishap::cut_before;
    senders from{to};
    const auto ended = from.attempt();
    EXPECT_FALSE(ended[0]) << "brought, and not renamed";
    ASSERT_TRUE(ended[1]);
    EXPECT_EQ(ended[1]->error().what, fault::cut);
    EXPECT_FALSE(ended[2]);
    EXPECT_EQ(from.notes, 0);
    EXPECT_EQ(senders::done(from.attempt()), 3);
    EXPECT_THAT(to.files, three);
}

TEST(deliver_together, ends_with_one_of_each_whichever_call_goes_wrong) {
    for (const mishap how : all_mishaps)
        for (int wrong = 1, reached = 1; reached >= wrong; ++wrong) {
            SCOPED_TRACE(testing::Message() << "call " << wrong << " goes wrong in way " << static_cast<int>(how));
            partner to;
            to.wrong_call = wrong;
            to.how = how;
            senders from{to};
            for (int attempt = 0; attempt < 3; ++attempt)
                static_cast<void>(from.attempt());
            EXPECT_THAT(to.files, three);
            EXPECT_THAT(to.lost, IsEmpty());
            reached = to.calls;
        }
}

TEST(deliver_together, ends_with_one_of_each_wherever_the_process_dies) {
    struct dead {};
    for (const bool collects : {false, true})
        for (int death = 1;; ++death) {
            SCOPED_TRACE(death);
            partner to;
            int copies = 0;
            to.after_rename = [&](partner& at) {
                ++copies;
                if (collects) std::erase_if(at.files, [](const auto& each) { return each.first.find('.') == std::string::npos; });
            };
            senders from{to};
            int steps = 0;
            bool died = false;
            try {
                static_cast<void>(from.attempt([&](std::string_view) {
                    if (++steps == death) throw dead{};
                }));
            } catch (const dead&) {
                died = true;
                EXPECT_EQ(senders::done(from.attempt()), 3);
            }
            EXPECT_EQ(copies, 3);
            EXPECT_EQ(to.files.size(), collects ? 0u : 3u);
            if (died) continue;
            EXPECT_GT(death, 15);
            break;
        }
}

}  // namespace
}  // namespace brygga::transfer::test
