// What a mail server's refusals mean.
#include "connectors/mail/replies.hpp"

#include <gmock/gmock.h>

namespace brygga::mail {

// Of a failed case.
static void PrintTo(smtp_stage at, std::ostream* to) {
    *to << told_at(at, {550, {}});
}

namespace {

using transfer::fault;

struct reply_case {
    smtp_stage at;
    std::string_view line;
    fault what;
};

// RFC 5321 section 4.2, RFC 3463, RFC 4954 section 6.
const reply_case cases[] = {
    {smtp_stage::recipient, "550 5.1.1 no such user", fault::no_recipient},
    {smtp_stage::recipient, "550 no such user", fault::no_recipient},
    {smtp_stage::recipient, "550-5.1.10 first of two lines", fault::no_recipient},
    {smtp_stage::recipient, "553 5.1.3 no address", fault::no_recipient},
    {smtp_stage::recipient, "556 5.1.10 the domain takes no mail", fault::no_recipient},
    {smtp_stage::recipient, "552 5.2.2 mailbox full", fault::no_recipient},
    {smtp_stage::recipient, "550 5.4.1 no way there", fault::no_recipient},
    {smtp_stage::recipient, "450 4.2.1 busy", fault::try_later},
    {smtp_stage::recipient, "451 greylisted", fault::try_later},
    {smtp_stage::recipient, "421 4.7.0 too many", fault::try_later},
    {smtp_stage::recipient, "550 5.7.1 relaying denied", fault::refused_request},
    {smtp_stage::recipient, "554 5.7.1 our list says no", fault::refused_request},
    {smtp_stage::recipient, "554 no", fault::refused_request},
    {smtp_stage::recipient, "530 5.7.0 authentication required", fault::login},
    {smtp_stage::sender, "550 5.1.8 bad sender", fault::refused_request},
    {smtp_stage::sender, "552 5.3.4 too large", fault::no_recipient},
    {smtp_stage::sender, "452 4.3.1 no space", fault::try_later},
    {smtp_stage::content, "552 5.2.3 too large for the mailbox", fault::no_recipient},
    {smtp_stage::content, "554 5.6.0 content", fault::refused_request},
    {smtp_stage::content, "554 5.7.1 looks like spam", fault::refused_request},
    {smtp_stage::content, "550 5.2.1 disabled", fault::no_recipient},
    {smtp_stage::content, "451 4.3.0 later", fault::try_later},
    {smtp_stage::login, "535 5.7.8 not you", fault::login},
    {smtp_stage::login, "454 4.7.0 cannot tell now", fault::try_later},
    {smtp_stage::login, "500 what", fault::login},
    {smtp_stage::greeting, "554 nobody here", fault::refused_request},
    {smtp_stage::greeting, "421 not now", fault::try_later},
};

TEST(smtp_replies, mean_what_the_standards_say) {
    for (const reply_case& each : cases) {
        const smtp_reply reply = reply_of(each.line);
        ASSERT_TRUE(reply.refuses()) << each.line;
        EXPECT_EQ(info(fault_of_reply(each.at, reply)).name, info(each.what).name)
            << testing::PrintToString(each.at) << ": " << each.line;
    }
}

TEST(smtp_replies, are_told_without_what_the_server_wrote) {
    EXPECT_EQ(told_at(smtp_stage::recipient, reply_of("550 5.1.1 anna@kund.example unknown")),
              "when it was told of the recipient (550 5.1.1)");
    EXPECT_EQ(told_at(smtp_stage::content, reply_of("554 anna")), "when it was given the message (554)");
}

TEST(smtp_replies, have_a_code_and_perhaps_a_status) {
    for (const std::string_view none : {"", "25", "2500 x", "abc", "25x y", "250x"})
        EXPECT_EQ(reply_of(none).code, 0) << none;
    for (const std::string_view without : {"250", "250 ", "250 2.1", "250 2.1.", "250 7.1.1", "250 2..1", "250 .2.1"})
        EXPECT_EQ(reply_of(without).status, "") << without;
    EXPECT_EQ(reply_of("250 2.1.5 ok").status, "2.1.5");
    EXPECT_EQ(reply_of("550-5.123.456 x").status, "5.123.456");
    EXPECT_FALSE(reply_of("354 go on").refuses());
}

TEST(smtp_stages, follow_our_commands) {
    smtp_stage at = smtp_stage::greeting;
    const auto after = [&](std::string_view command) { return at = stage_after(command, at); };
    EXPECT_EQ(after("EHLO x"), smtp_stage::greeting);
    EXPECT_EQ(after("AUTH PLAIN AAAA"), smtp_stage::login);
    EXPECT_EQ(after("AAAA"), smtp_stage::login) << "the rest of a login";
    EXPECT_EQ(after("MAIL FROM:<a@b.example>"), smtp_stage::sender);
    EXPECT_EQ(after("RCPT TO:<a@b.example>"), smtp_stage::recipient);
    EXPECT_EQ(after("DATA"), smtp_stage::content);
}

}  // namespace
}  // namespace brygga::mail
