#include "formats/mail/message_ids.hpp"

#include <gmock/gmock.h>

namespace brygga::mail {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

message_ids ours(std::string key = "a key of these tests", std::string domain = "post.energi.example") {
    return message_ids::under(std::move(key), std::move(domain)).value();
}

TEST(message_ids, name_a_document_and_are_known_again) {
    const auto id = ours().make("0SA94VZH27K4B");
    ASSERT_TRUE(id);
    EXPECT_THAT(*id, ::testing::MatchesRegex("brygga\\.0SA94VZH27K4B\\.[0-9a-f]{16}@post\\.energi\\.example"));
    EXPECT_EQ(*id, ours().make("0SA94VZH27K4B").value());
    EXPECT_EQ(ours().parse(*id), "0SA94VZH27K4B");
    std::string loud = *id;
    loud.replace(loud.find('@'), std::string::npos, "@POST.Energi.example");
    EXPECT_EQ(ours().parse(loud), "0SA94VZH27K4B") << "servers may write a domain in capitals";
}

TEST(message_ids, whatever_is_changed_is_nobodys) {
    const std::string id = ours().make("0SA94VZH27K4B").value();
    for (std::size_t at = 0; at < id.size(); ++at) {
        std::string forged = id;
        forged[at] = forged[at] == '7' ? '8' : '7';
        EXPECT_EQ(ours().parse(forged), std::nullopt) << forged;
        EXPECT_EQ(ours().parse(std::string_view(id).substr(0, at)), std::nullopt);
    }
    EXPECT_EQ(ours("another key of these").parse(id), std::nullopt);
    EXPECT_EQ(ours("a key of these tests", "post.vatten.example").parse(id), std::nullopt);
    EXPECT_EQ(ours().parse("<" + id + ">"), std::nullopt);
    EXPECT_EQ(ours().parse(""), std::nullopt);
}

TEST(message_ids, only_tokens_domains_and_keys_that_are_some) {
    EXPECT_TRUE(ours().make(std::string(64, 'A')));
    for (const std::string& token : {std::string(), std::string(65, 'A'), std::string("A.B"), std::string("A B"),
                                     std::string("Å"), std::string("A\r\nBcc"), std::string("A@B")})
        EXPECT_EQ(ours().make(token).error().code, error_code::invalid_argument) << token;
    EXPECT_TRUE(message_ids::under(std::string(16, 'k'), "a.example"));
    EXPECT_FALSE(message_ids::under(std::string(15, 'k'), "a.example"));
    for (const std::string domain : {"", "example", "a@b.example", "å.example", "a.example\r\n", ".example", "-a.example"})
        EXPECT_FALSE(message_ids::under(std::string(16, 'k'), domain)) << domain;
}

TEST(message_ids, are_found_in_any_text) {
    const std::string one = ours().make("0SA94VZH27K4B").value(), two = ours().make("0SA94VZH27K4C").value();
    EXPECT_THAT(ids_in("Message-ID: <" + one + ">\r\nand " + two + ". And again " + one, 10), ElementsAre(one, two));
    EXPECT_THAT(ids_in(one + " " + two, 1), ElementsAre(one));
    EXPECT_THAT(ids_in("brygga.energi.example brygga. xbrygga.A.0123456789abcdef@a.example brygga.A.0123@a.example", 10),
                IsEmpty());
    std::string hostile;
    for (int i = 0; i < 200'000; ++i)
        hostile += "brygga.";
    EXPECT_THAT(ids_in(hostile, 10), IsEmpty());
}

}  // namespace

}  // namespace brygga::mail
